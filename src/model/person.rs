//! Who someone is and the plan for them, as their note's front matter and body fields say.

use chrono::NaiveDate;

use super::cadence::{Cadence, Precision};
use super::date::{LunarDay, LunarRule, PartialDate, YearlyDay};
use super::link::Link;
use super::meeting_rule::{MeetingMove, MeetingRule};
use super::span::Span;

/// A value with its place in the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its bytes.
    pub span: Span,
    /// Its line, from 1.
    pub line: u32,
}

impl<T> At<T> {
    /// The same place with what `make` makes of the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> At<U> {
        At { value: make(self.value), span: self.span, line: self.line }
    }
}

/// How close the tie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// core, 核心
    Core,
    /// strong, 强
    Strong,
    /// weak, 弱
    Weak,
}

/// How busy they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Busyness {
    /// low, 低
    Low,
    /// mid, 中
    Middle,
    /// high, 高
    High,
}

/// Where a relation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// active, 活跃
    Active,
    /// warmup, 预热
    Warmup,
    /// dormant, 休眠
    Dormant,
    /// archived, 归档
    Archived,
    /// let-go, 放下
    LetGo,
}

/// Which calendar a birthday is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BirthdayCalendar {
    /// By the solar date.
    Solar,
    /// By the lunar date.
    Lunar,
    /// Both days are kept.
    Both,
}

/// Whether someone makes news or passes it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InfoPosition {
    /// source, 源头
    Source,
    /// relayed, 转述
    Relayed,
}

/// A day to remember with its label, `2019-06-01 wedding`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledDay {
    /// The day, every year.
    pub day: YearlyDay,
    /// What it is; may be empty.
    pub label: Box<str>,
}

/// A tie to another person, `[[x]] label`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The other person.
    pub link: Link,
    /// What they are to this person; may be empty.
    pub label: Box<str>,
}

/// What is planned next: a date, words, or both.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NextContact {
    /// The day.
    pub date: Option<NaiveDate>,
    /// The words.
    pub text: Box<str>,
}

/// Everything a person note's keys say. Absent is `None` or empty. The owner note uses the same type.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Person {
    /// The name shown: `name`, else family and given name, else the file name without a leading `@`.
    pub name: Box<str>,
    /// Family name.
    pub family_name: Option<Box<str>>,
    /// Given name.
    pub given_name: Option<Box<str>>,
    /// Other names they are called by.
    pub aliases: Vec<Box<str>>,
    /// Spelling to sort the name by, such as pinyin.
    pub sort_as: Option<Box<str>>,
    /// A stable id the user gave.
    pub uid: Option<Box<str>>,
    /// Companies; a link where written as one.
    pub company: Vec<Link>,
    /// Post.
    pub role: Option<Box<str>>,
    /// Department.
    pub department: Option<Box<str>>,
    /// Level in the firm.
    pub level: Option<Box<str>>,
    /// Trade.
    pub industry: Option<Box<str>>,
    /// Their manager.
    pub manager: Option<Link>,
    /// City.
    pub city: Option<Box<str>>,
    /// Time zone.
    pub timezone: Option<Box<str>>,
    /// Phones, raw.
    pub phones: Vec<Box<str>>,
    /// WeChat id.
    pub wechat: Option<Box<str>>,
    /// E-mail addresses.
    pub emails: Vec<Box<str>>,
    /// Web addresses.
    pub urls: Vec<Box<str>>,
    /// Birthday as written under `birthday`, in either calendar.
    pub birthday: Option<At<YearlyDay>>,
    /// Birthday as written under `lunar_birthday`.
    pub lunar_birthday: Option<At<LunarDay>>,
    /// Which calendar the birthday is kept in, when said.
    pub birthday_calendar: Option<BirthdayCalendar>,
    /// How missing lunar days are handled, when said.
    pub lunar_rule: Option<LunarRule>,
    /// Other days to remember.
    pub dates: Vec<At<LabelledDay>>,
    /// Relationship words as written; one may name a role preset.
    pub relationship: Vec<Box<str>>,
    /// Canonical role preset named by `relationship` or by `endorser: yes`, in that order.
    pub presets: Vec<At<Box<str>>>,
    /// Ties to other people.
    pub relations: Vec<Relation>,
    /// How close.
    pub closeness: Option<At<Closeness>>,
    /// How busy.
    pub busyness: Option<At<Busyness>>,
    /// First met; counts as contact when a whole date.
    pub met_on: Option<At<PartialDate>>,
    /// Where or through what they were met.
    pub met_through: Option<Box<str>>,
    /// Whether those words say that it was at an interview.
    pub met_at_interview: bool,
    /// Who introduced them.
    pub introduced_by: Option<Link>,
    /// Last contact by key; counts as contact.
    pub last_contact: Option<At<NaiveDate>>,
    /// Own cadence.
    pub cadence: Option<At<Cadence>>,
    /// Whether that cadence is what was written or near it.
    pub cadence_precision: Precision,
    /// Own meeting rule.
    pub meeting: Option<At<MeetingRule>>,
    /// From which day the rule's interval counts.
    pub meeting_start: Option<At<NaiveDate>>,
    /// Minutes.
    pub meeting_length: Option<u32>,
    /// Occurrences moved or cancelled.
    pub meeting_moved: Vec<At<MeetingMove>>,
    /// What is planned next.
    pub next_contact: Option<At<NextContact>>,
    /// In which form they like to be met.
    pub form: Option<Box<str>>,
    /// Topics.
    pub topics: Vec<Box<str>>,
    /// What they need.
    pub needs: Vec<At<Box<str>>>,
    /// What they can offer; in the owner note, what the owner can.
    pub offers: Vec<At<Box<str>>>,
    /// What the owner can offer them.
    pub my_offer: Vec<At<Box<str>>>,
    /// Their say in decisions.
    pub decision: Option<Box<str>>,
    /// Whether those words say that they have none.
    pub has_no_vote: bool,
    /// Until when they hold office.
    pub term_until: Option<PartialDate>,
    /// Source or relayed.
    pub info_position: Option<InfoPosition>,
    /// Status by key, or archived by folder.
    pub status: Option<Status>,
    /// Died; the day when known.
    pub deceased: Option<At<Option<NaiveDate>>>,
    /// Hidden through this day.
    pub snooze_until: Option<At<NaiveDate>>,
    /// Paused without an end.
    pub paused: Option<At<bool>>,
    /// Paused through this day.
    pub paused_until: Option<At<NaiveDate>>,
    /// Why paused.
    pub pause_reason: Option<Box<str>>,
    /// Days on which a contact was skipped.
    pub skipped: Vec<At<NaiveDate>>,
    /// How many days ahead yearly days are announced.
    pub remind_before: Option<u32>,
    /// Free notes.
    pub notes: Option<Box<str>>,
    /// The owner's achievements.
    pub achievements: Vec<At<Box<str>>>,
    /// The owner's sharing cadence.
    pub share: Option<At<Cadence>>,
}

impl Person {
    /// Whether the note says any way to reach them.
    pub fn is_reachable(&self) -> bool {
        !self.phones.is_empty() || self.wechat.is_some() || !self.emails.is_empty()
    }
}
