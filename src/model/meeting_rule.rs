//! A fixed recurring appointment: an RFC 5545 recurrence rule by days, with an optional time of day.

use chrono::{NaiveDate, NaiveTime, Weekday};

/// How often a rule repeats (RFC 5545 `FREQ`); nothing finer than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// `DAILY`
    Daily,
    /// `WEEKLY`
    Weekly,
    /// `MONTHLY`
    Monthly,
    /// `YEARLY`
    Yearly,
}

/// One `BYDAY` value: a weekday, with an ordinal such as 2 (second) or -1 (last) where the rule has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByDay {
    /// Counted within the month (or year); `None` means every such weekday.
    pub ordinal: Option<i8>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A recurrence rule (RFC 5545 §3.3.10). Empty lists mean "not given". Its `Display` writes the parts in the
/// order FREQ, INTERVAL, COUNT, UNTIL, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYSETPOS, WKST, without `RRULE:`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Recurrence {
    /// `FREQ`
    pub frequency: Frequency,
    /// `INTERVAL`, at least 1.
    pub interval: u32,
    /// `COUNT`
    pub count: Option<u32>,
    /// `UNTIL`, a civil date, inclusive.
    pub until: Option<NaiveDate>,
    /// `BYMONTH`, 1–12.
    pub by_month: Vec<u8>,
    /// `BYWEEKNO`, ±1–53.
    pub by_week_number: Vec<i8>,
    /// `BYYEARDAY`, ±1–366.
    pub by_year_day: Vec<i16>,
    /// `BYMONTHDAY`, ±1–31.
    pub by_month_day: Vec<i8>,
    /// `BYDAY`
    pub by_day: Vec<ByDay>,
    /// `BYSETPOS`, ±1–366.
    pub by_set_position: Vec<i16>,
    /// `WKST`; Monday unless given.
    pub week_start: Weekday,
}

/// A meeting rule: when it recurs and at what time; no time means all day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MeetingRule {
    /// The days.
    pub recurrence: Recurrence,
    /// The time of day, if the rule names one.
    pub time: Option<NaiveTime>,
}

/// One exception to a meeting rule: an occurrence moved or cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MeetingMove {
    /// The occurrence it is about.
    pub from: NaiveDate,
    /// The new day and, if given, time; `None` when the occurrence falls away.
    pub to: Option<(NaiveDate, Option<NaiveTime>)>,
}
