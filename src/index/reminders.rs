//! What the agenda asks for beside contacts, meetings, tasks and yearly days: thanks owed, things waiting to be told,
//! the steps before and after a meeting, endorsements that end, the next sharing, the plan of a new year.
//!
//! One module makes the reminders of each kind from the index alone. Whether one was answered is read from the log, by
//! its name: so a snooze or a skip of it holds on every device.

use chrono::NaiveDate;

use crate::model::item_id::ItemId;
use crate::model::path::NotePath;
use crate::model::today::Today;

use super::item_ids::About;
use super::ledger::{Fact, Queued};
use super::options::{After, Before, IndexOptions};
use super::record::{Index, MeetingRecord, PersonId};
use super::sharing::Sharing;
use super::steps::{HeldMeeting, MeetingAhead};

mod events;
mod share;
mod sharing;
mod steps;
#[cfg(test)]
mod tests;
mod thanks;

/// What a reminder asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReminderKind {
    /// Prepare a meeting or an event.
    Prepare,
    /// Sum up a meeting or an event.
    Summary,
    /// Say thanks.
    Thanks,
    /// Tell someone what was kept for them.
    Share,
    /// Share something with others, as one means to every month or so.
    Sharing,
}

impl ReminderKind {
    /// Its word in JSON, in names of agenda lines, and behind `#skip/` and `#snooze/`.
    pub fn as_str(self) -> &'static str {
        match self {
            ReminderKind::Prepare => "prepare",
            ReminderKind::Summary => "summary",
            ReminderKind::Thanks => "thanks",
            ReminderKind::Share => "share",
            ReminderKind::Sharing => "sharing",
        }
    }
}

/// What a reminder rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground<'i> {
    /// A meeting to come, and what is to be done before it.
    Ahead(MeetingAhead<'i>, Before),
    /// A meeting that took place, and what is to be done after it.
    Held(HeldMeeting<'i>, After),
    /// An event, before or after it.
    Event(&'i MeetingRecord),
    /// A favour, and others that wait for thanks to the same person.
    Favour {
        /// The oldest.
        favour: &'i Fact,
        /// How many more.
        more: usize,
        /// Whether one of them is so large that thanks are best said over a meal.
        is_large: bool,
    },
    /// The line of another reminder stands for it: it is open and has none of its own.
    Behind,
    /// A line kept for someone.
    Kept(&'i Queued),
    /// How long it is since something was shared.
    Sharing(Sharing<'i>),
}

/// One thing to be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder<'i> {
    /// What for.
    pub kind: ReminderKind,
    /// Whom it is about; `None` for the owner alone.
    pub person: Option<PersonId>,
    /// The day it is for: from then on it is today's.
    pub date: NaiveDate,
    /// The day after which it is late; `None` where nothing is.
    pub late_after: Option<NaiveDate>,
    /// What it rests on.
    pub ground: Ground<'i>,
    /// The note and line that say so, where one line does.
    pub source: Option<(&'i NotePath, u32)>,
    /// Its name on the agenda.
    pub id: ItemId,
    /// Whether it is to be asked for now; the others are known by their names only.
    pub is_open: bool,
}

/// What the makers of reminders are told.
pub(super) struct Asked<'i> {
    pub(super) index: &'i Index,
    pub(super) options: &'i IndexOptions,
    pub(super) today: Today,
}

/// A reminder before it is known whether it was answered.
pub(super) struct Draft<'i> {
    pub(super) kind: ReminderKind,
    pub(super) person: Option<PersonId>,
    pub(super) date: NaiveDate,
    pub(super) late_after: Option<NaiveDate>,
    pub(super) ground: Ground<'i>,
    pub(super) source: Option<(&'i NotePath, u32)>,
    /// What its name is made of: note, day and words that stay the same as long as it is the same reminder.
    pub(super) name: (&'i str, NaiveDate, &'i str),
    /// Whether it is to be asked for, as far as the log says without an answer to it.
    pub(super) is_open: bool,
}

/// All reminders that `today`'s agenda could know, by kind and day; those answered or done are among them.
pub fn reminders<'i>(index: &'i Index, options: &'i IndexOptions, today: Today) -> Vec<Reminder<'i>> {
    let asked = Asked { index, options, today };
    let mut drafts = Vec::new();
    steps::add(&asked, &mut drafts);
    events::add(&asked, &mut drafts);
    thanks::add(&asked, &mut drafts);
    share::add(&asked, &mut drafts);
    sharing::add(&asked, &mut drafts);
    let mut reminders: Vec<Reminder<'i>> = drafts.iter().map(|draft| asked.settle(draft)).collect();
    steps::join_thanks(&mut reminders, today);
    reminders
        .sort_by(|a, b| (a.kind, a.date, a.person, a.source, a.id).cmp(&(b.kind, b.date, b.person, b.source, b.id)));
    reminders
}

impl<'i> Asked<'i> {
    fn settle(&self, draft: &Draft<'i>) -> Reminder<'i> {
        let Draft { kind, person, mut date, late_after, ground, source, name, mut is_open } = *draft;
        let (path, day, words) = name;
        let about = About { path, kind: kind.as_str(), day, words };
        let (id, answer) = about.open(self.index, person);
        match answer.map(|answer| answer.until) {
            // Done, or left out for good.
            Some(None) => is_open = false,
            Some(Some(until)) => date = date.max(until.succ_opt().unwrap_or(until)),
            None => {}
        }
        // A reminder that was answered is known by the name under which it was asked.
        let id = if is_open { id } else { answer.map_or(id, |answer| answer.id) };
        Reminder { kind, person, date, late_after, ground, source, id, is_open }
    }
}
