//! Where someone stands on a given day.

use chrono::NaiveDate;

use crate::model::cadence::Period;

use super::record::{CadenceRule, PlanKind};

mod rule;

pub use rule::standing;

/// The state a report shows, exactly one a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not yet due.
    Ok,
    /// Due today.
    Due,
    /// Past due.
    Late,
    /// Past the hard limit.
    Lost,
    /// A day is set.
    Planned,
    /// Hidden through a day.
    Snoozed,
    /// Due again only after a skipped period.
    Skipped,
    /// Paused.
    Paused,
    /// Let go, on purpose.
    LetGo,
    /// Tracked, and never contacted.
    Never,
    /// Not tracked: no cadence, archived, or no longer alive.
    Untracked,
}

impl State {
    /// The word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Due => "due",
            State::Late => "late",
            State::Lost => "lost",
            State::Planned => "planned",
            State::Snoozed => "snoozed",
            State::Skipped => "skipped",
            State::Paused => "paused",
            State::LetGo => "let-go",
            State::Never => "never",
            State::Untracked => "untracked",
        }
    }
}

/// What a planned day rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlannedBy {
    /// A plain entry dated ahead.
    Entry,
    /// A plan to be confirmed.
    Plan(PlanKind),
    /// An occurrence of the meeting rule.
    MeetingRule,
}

/// One step of how the due day came about, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Last contact on this day.
    LastContact(NaiveDate),
    /// Nobody has ever been in contact.
    NeverContacted,
    /// This period, by this rule.
    Cadence(Period, CadenceRule),
    /// No cadence, by this rule.
    NoCadence(CadenceRule),
    /// Due on this day by last contact and cadence.
    DueOn(NaiveDate),
    /// Skipped on the first day, so due on the second.
    Skipped(NaiveDate, NaiveDate),
    /// Hidden through this day.
    SnoozedThrough(NaiveDate),
    /// Paused, through this day if one is given.
    Paused(Option<NaiveDate>),
    /// Planned for this day.
    Planned(NaiveDate, PlannedBy),
    /// Given a first day of their own by a stagger that depends only on the note's path.
    FirstContactOn(NaiveDate),
    /// Archived, let go or no longer alive: never reminded.
    Silent(Silence),
}

/// Why someone is never reminded about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Silence {
    /// `status: archived`, or in an archive folder.
    Archived,
    /// `status: let-go`
    LetGo,
    /// No longer alive.
    Deceased,
}

/// Where someone stands on a given day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// Newest counted contact up to today.
    pub last_contact: Option<NaiveDate>,
    /// The day the next contact is due.
    pub due: Option<NaiveDate>,
    /// Days past due; 0 on the day and before.
    pub late_days: i64,
    /// The first day of being lost.
    pub lost_on: Option<NaiveDate>,
    /// The next planned day and what it rests on.
    pub planned: Option<(NaiveDate, PlannedBy)>,
    /// How the due day came about.
    pub steps: Vec<Step>,
}
