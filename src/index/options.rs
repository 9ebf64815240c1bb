//! What the index needs to know from the settings.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::model::cadence::{Cadence, Period};
use crate::model::date::{LeapDay, LunarRule};
use crate::model::entry::Channel;

/// What is to be done before a meeting with someone in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Before {
    /// Tell them what one wants to learn (skill mentors).
    Topic,
    /// Set a goal and sum up one's own work, what was learned, mistakes and questions (career mentors).
    Goal,
}

/// What is to be done after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum After {
    /// Send a summary.
    Summary,
    /// Send a summary and thanks.
    Thanks,
}

/// The first day of the year for plans and reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearStart {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 28, so that every year has it.
    pub day: u32,
}

/// What a role brings along when the person note does not say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RolePreset {
    /// How often.
    pub cadence: Option<Cadence>,
    /// Weight in the day's ranking: 1 is ordinary, more comes first. In hundredths.
    pub weight: Option<u32>,
    /// In which form they are usually met.
    pub form: Option<Channel>,
    /// For how many minutes.
    pub length: Option<u32>,
    /// What is due before a meeting.
    pub before: Option<Before>,
    /// And after it.
    pub after: Option<After>,
}

/// Settings of the index, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexOptions {
    /// Role presets by canonical name (`skill-mentor`).
    pub presets: BTreeMap<Box<str>, RolePreset>,
    /// Cadence by tag; a tag also covers its sub-tags. Of several the shortest wins.
    pub tag_cadences: BTreeMap<Box<str>, Cadence>,
    /// Cadence by closeness (core, strong, weak) and busyness (low, middle, high).
    pub closeness_cadences: [[Cadence; 3]; 3],
    /// Cadence when nothing else says one.
    pub default_cadence: Cadence,
    /// Lost after this many cadences of silence.
    pub lost_after: u32,
    /// Where 29 February goes.
    pub leap_day: LeapDay,
    /// What happens to lunar days a year lacks.
    pub lunar_rule: LunarRule,
    /// Days ahead at which yearly days are announced.
    pub remind_before: u32,
    /// Canonical ids of festivals to announce.
    pub festivals: BTreeSet<Box<str>>,
    /// When a year begins.
    pub year_starts: YearStart,
    /// Thanks are overdue this many days after the favour.
    pub thanks_late_after: u32,
    /// For how many days thanks are asked for; after that they are only in the ledger.
    pub thanks_asked_for: u32,
    /// How long an endorsement that names no day may be used.
    pub endorsement_valid: Period,
    /// How many days before its end it is announced.
    pub endorsement_notice: u32,
    /// How many days before a meeting its preparation is asked for.
    pub prepare_before: u32,
    /// Words that mean the same when needs and offers are compared: each word as written with its others.
    pub synonyms: BTreeMap<Box<str>, Vec<Box<str>>>,
    /// Words that say little when needs and offers are compared.
    pub topic_words: TopicWords,
}

/// Words that say little about what someone needs or offers, folded.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TopicWords {
    /// Words without a topic of their own: `of`, `的`.
    pub empty: BTreeSet<Box<str>>,
    /// Words that fit too much to show by themselves that two phrases mean the same: `help`, `经验`.
    pub general: BTreeSet<Box<str>>,
}

impl YearStart {
    /// The year a day belongs to, by the calendar year in which it began.
    pub fn year_of(self, day: NaiveDate) -> i32 {
        let has_begun = (day.month(), day.day()) >= (self.month, self.day);
        if has_begun { day.year() } else { day.year() - 1 }
    }

    /// The first and the last day of a year.
    pub fn days_of(self, year: i32) -> (NaiveDate, NaiveDate) {
        let first = |year| NaiveDate::from_ymd_opt(year, self.month, self.day).unwrap_or_default();
        (first(year), first(year + 1).pred_opt().unwrap_or_default())
    }
}

impl IndexOptions {
    /// The period for closeness and busyness by the table, `None` where the table says untracked.
    pub fn by_closeness(&self, closeness: usize, busyness: usize) -> Option<Period> {
        match self.closeness_cadences.get(closeness)?.get(busyness)? {
            Cadence::Every(period) => Some(*period),
            Cadence::Untracked => None,
        }
    }
}
