//! One line of the agenda.

use chrono::NaiveDate;
use serde::Serialize;

use super::reason::{Reason, Source};
use super::suggestion::NextStep;

/// Where on the agenda a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Today and what is overdue.
    Today,
    /// The next seven days.
    Week,
    /// After that, as far as the agenda looks.
    Later,
    /// Done today.
    Done,
}

/// What a line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Get in touch.
    Contact,
    /// A meeting takes place.
    Meeting,
    /// Did a planned meeting take place?
    DidYouMeet,
    /// Do an open task.
    FollowUp,
    /// A birthday or another yearly day comes.
    Birthday,
    /// A festival comes.
    Festival,
    /// Thank someone.
    Thanks,
    /// Tell someone what was kept for them.
    Share,
    /// Make an introduction that was promised.
    Introduction,
    /// Do a part of someone's affair.
    Affair,
    /// Use an endorsement before it ends.
    Endorsement,
    /// Share something: a month is nearly over without.
    Sharing,
    /// Prepare a meeting or an event.
    Prepare,
    /// Sum up a meeting or an event.
    Summary,
    /// Draw up the plan of a new year.
    Plan,
}

impl ItemKind {
    /// The word of the JSON contract and of block ids.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Contact => "contact",
            ItemKind::Meeting => "meeting",
            ItemKind::DidYouMeet => "did-you-meet",
            ItemKind::FollowUp => "follow-up",
            ItemKind::Birthday => "birthday",
            ItemKind::Festival => "festival",
            ItemKind::Thanks => "thanks",
            ItemKind::Share => "share",
            ItemKind::Introduction => "introduction",
            ItemKind::Affair => "affair",
            ItemKind::Endorsement => "endorsement",
            ItemKind::Sharing => "sharing",
            ItemKind::Prepare => "prepare",
            ItemKind::Summary => "summary",
            ItemKind::Plan => "plan",
        }
    }
}

/// What the notices of statutory holidays say of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayMark {
    /// The holiday as in the notice; two that fall together are joined by `、`.
    pub name: String,
    /// A day off; otherwise a make-up working day for it.
    pub off: bool,
}

/// One line of the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaItem {
    /// Stable block id: `vs-` and eight hex digits over path, kind and date.
    pub id: String,
    /// Where it stands.
    pub section: Section,
    /// What it asks for.
    pub kind: ItemKind,
    /// Whom it is about; `null` for festivals, events and meetings with nobody known.
    pub person: Option<String>,
    /// Their note; `null` where `person` is.
    pub path: Option<String>,
    /// The day it is for.
    pub date: NaiveDate,
    /// Days past `date`; 0 on the day and before.
    pub late_days: i64,
    /// Whether that day, when it lies ahead, is a statutory day off or a make-up working day; nothing is moved.
    pub day_mark: Option<DayMark>,
    /// Shown folded, not lost: a contact beyond the day's cap, a question of more than a month ago.
    pub folded: bool,
    /// Why it is there.
    pub reason: Reason,
    /// What to do for them, on today's contact lines where the notes say of something.
    pub next_move: Option<Box<NextStep>>,
    /// The line it comes from, when one line says so.
    pub source: Option<Source>,
}
