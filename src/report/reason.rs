//! Why a line stands in a report, as data.

use chrono::{NaiveDate, NaiveTime};
use serde::{Serialize, Serializer};

use super::suggestion::Suggestion;

/// The last contact: when, how, and what was talked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastContact {
    /// The day.
    pub date: NaiveDate,
    /// Days from that day to today.
    pub days: i64,
    /// Canonical channel id (`call`), `null` when not said.
    pub channel: Option<String>,
    /// What was talked about; empty when only a date is known.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// A day on which a tie came one step further.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TieStep {
    /// How far: `acquaintance` by the first contact, `friend` by the second, `network` by work done together.
    pub state: &'static str,
    /// The line that made it.
    pub line: LastContact,
}

/// A place in a note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Source {
    /// Path from the vault root.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
}

/// The rule behind a due day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CadenceReason {
    /// ISO 8601 period; `null` when not tracked.
    pub cadence: Option<String>,
    /// `own`, `preset`, `tag`, `closeness`, `default` or `none`.
    pub rule: &'static str,
    /// Preset or tag name, closeness with busyness where it is said (`core/high`), `approximate` for an own length near
    /// what was written; empty otherwise.
    pub detail: String,
}

/// Why an item is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// A contact is due or late.
    Contact {
        /// The rule.
        cadence: CadenceReason,
        /// The last contact.
        last: Option<LastContact>,
        /// Days past due; 0 on the day; negative before it.
        late_days: i64,
        /// Periods skipped since the last contact.
        skipped: u32,
    },
    /// Tracked and never contacted; a first day is proposed.
    FirstContact {
        /// The rule.
        cadence: CadenceReason,
        /// How they were met, if the note says so.
        met: Option<String>,
    },
    /// An occurrence of a meeting rule.
    MeetingRule {
        /// RFC 5545 rule.
        rule: String,
        /// Time of day, `HH:MM`.
        #[serde(serialize_with = "hours_and_minutes")]
        time: Option<NaiveTime>,
        /// Minutes.
        length: Option<u32>,
        /// What the interval counts from: `start`, `meeting-note`, `entry`, or `null` when it needs none.
        anchor: Option<&'static str>,
        /// The day of that anchor.
        anchor_date: Option<NaiveDate>,
        /// The day it was moved from.
        moved_from: Option<NaiveDate>,
        /// How many more follow within the agenda's reach, without lines of their own.
        more: usize,
        /// The last contact.
        last: Option<LastContact>,
    },
    /// A meeting or event note, a dated task, or an entry that lies ahead.
    Planned {
        /// `entry`, `task`, `meeting`, `event` or `next-contact`.
        by: &'static str,
        /// Its title or words.
        title: String,
        /// Time of day, `HH:MM`.
        #[serde(serialize_with = "hours_and_minutes")]
        time: Option<NaiveTime>,
        /// Where, for meetings and events.
        place: Option<String>,
        /// Who else will be there.
        with: Vec<PersonRef>,
        /// The last contact.
        last: Option<LastContact>,
    },
    /// A planned meeting whose day has passed and that nobody confirmed.
    DidYouMeet {
        /// `task`, `meeting`, `event` or `meeting-rule`.
        by: &'static str,
        /// Its title or words; empty for a rule.
        title: String,
        /// Who else was to be there.
        with: Vec<PersonRef>,
        /// The last contact.
        last: Option<LastContact>,
    },
    /// Left out or put off today, on purpose.
    PutOff {
        /// The last day it is put off for; `null` for a skip.
        until: Option<NaiveDate>,
        /// What was written about it.
        text: String,
    },
    /// An open task tied to someone.
    FollowUp {
        /// Its words.
        text: String,
        /// Due day.
        due: Option<NaiveDate>,
        /// Day it is scheduled for.
        scheduled: Option<NaiveDate>,
        /// `highest`, `high`, `medium`, `low`, `lowest` or `null`.
        priority: Option<&'static str>,
        /// Recurrence as written.
        recurrence: Option<String>,
        /// Whom else it names.
        with: Vec<PersonRef>,
        /// What is to be thanked for, where the task is to say thanks and something is owed.
        thanks_for: Option<Owed>,
        /// The affair it is a part of.
        affair: Option<Box<PartOf>>,
        /// `done` or `cancelled`, of one that was closed today.
        closed: Option<&'static str>,
    },
    /// A birthday or another yearly day.
    YearlyDay {
        /// `null` for a birthday, else the day's label.
        label: Option<String>,
        /// `solar` or `lunar`.
        calendar: &'static str,
        /// Month of that calendar, 1–12.
        month: u32,
        /// Day of that month.
        day: u32,
        /// Whether the lunar month written is a leap month.
        leap_month: bool,
        /// Years completed on the day, when the first year is known.
        years: Option<i32>,
        /// Whether the day had to move because this year lacks it.
        moved: bool,
        /// The last contact.
        last: Option<LastContact>,
    },
    /// Thanks are owed.
    Thanks {
        /// What was done for the owner.
        text: String,
        /// Its kind, as the leaf of the tag: `intro`, `info/source`.
        favour: Option<String>,
        /// The day of it.
        date: NaiveDate,
        /// Their manager, who may be copied in.
        manager: Option<Named>,
        /// A favour so large that thanks are best said over a meal.
        is_large: bool,
        /// How many other favours of theirs wait for thanks too.
        more: usize,
    },
    /// Something was kept to be told.
    Share {
        /// The words.
        text: String,
        /// The day it was written down for.
        date: NaiveDate,
        /// When they are to be talked to anyway; `null` when nothing of the kind is ahead.
        occasion: Option<Talk>,
    },
    /// It is time to share something again.
    Sharing {
        /// ISO 8601 period.
        cadence: String,
        /// The last time.
        last: Option<Deed>,
    },
    /// An endorsement may be used for some days more.
    Endorsement {
        /// What was said or written.
        text: String,
        /// The day of it.
        date: NaiveDate,
        /// The last day it may be used.
        ends: NaiveDate,
    },
    /// A year begins, and its plan is to be drawn up.
    Plan {
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
        /// The last day of the year before it.
        ends: NaiveDate,
    },
    /// Something is to be done before a meeting or an event.
    Prepare {
        /// `topic`: say what one wants to learn; `goal`: set a goal and sum up one's own work; `event`.
        step: &'static str,
        /// The day of the meeting.
        meeting: NaiveDate,
        /// Its time of day, `HH:MM`.
        #[serde(serialize_with = "hours_and_minutes")]
        time: Option<NaiveTime>,
        /// Its own note.
        note: Option<NoteRef>,
        /// Who will be there, for events.
        with: Vec<PersonRef>,
    },
    /// Something is to be done after a meeting or an event.
    Summary {
        /// `summary`, `thanks` (both are to be sent), or `event`.
        step: &'static str,
        /// The day of the meeting.
        meeting: NaiveDate,
        /// What was talked about; empty when nothing is told.
        text: String,
        /// Its own note.
        note: Option<NoteRef>,
        /// Of an event, whether its note says who was met.
        met: bool,
        /// Of an event, who was met and has no note yet.
        without_note: Vec<String>,
        /// Of an event, who was met and cannot be reached by what their notes say.
        unreachable: Vec<PersonRef>,
    },
    /// A festival, with a few people to greet in person.
    Festival {
        /// Canonical id.
        festival: &'static str,
        /// Ids of the days the line is for: New Year's Eve shares that of Spring Festival.
        days: Vec<&'static str>,
        /// Whom to greet, in rank order, a few.
        greet: Vec<PersonRef>,
    },
}

/// A day on which someone is to be talked to anyway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Talk {
    /// `contact` or `meeting`.
    pub by: &'static str,
    /// The day; of a contact that is late today.
    pub date: NaiveDate,
}

/// What passed between the owner and someone: one line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// The day.
    pub date: NaiveDate,
    /// Its kind, as the leaf of the tag: `intro`, `info/source`; `null` where the tag has none.
    pub favour: Option<String>,
    /// Canonical channel id.
    pub channel: Option<String>,
    /// The words.
    pub text: String,
    /// Who was copied in.
    pub cc: Vec<PersonRef>,
    /// Where it stands.
    pub source: Source,
}

/// What someone did and has not been thanked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// The oldest favour.
    pub deed: Deed,
    /// How many more.
    pub more: usize,
    /// Whether one of them is so large that thanks are best said over a meal.
    pub is_large: bool,
    /// Their manager, who may be copied in.
    pub manager: Option<Named>,
}

/// The affair a task is a part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartOf {
    /// What the affair is about.
    pub title: String,
    /// Who may be asked about this part, a few.
    pub ask: Vec<Suggestion>,
    /// For how many days the part has waited, where it would be better cut into smaller ones.
    pub waited_days: Option<i64>,
    /// Where the affair stands.
    pub source: Source,
}

/// A person as reports name them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PersonRef {
    /// Name shown.
    pub person: String,
    /// Path of their note.
    pub path: String,
}

/// A note as reports name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NoteRef {
    /// Its title, without the day it begins with.
    pub title: String,
    /// Its path.
    pub path: String,
}

/// Someone who may have no note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Name shown.
    pub person: String,
    /// Path of their note; `null` for who has none.
    pub path: Option<String>,
}

/// Writes a time of day as `HH:MM`.
pub(super) fn hours_and_minutes<S: Serializer>(time: &Option<NaiveTime>, to: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => to.collect_str(&time.format("%H:%M")),
        None => to.serialize_none(),
    }
}
