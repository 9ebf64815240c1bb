//! Before an event: prepare for it; after it: say who was met. Both are answered by filling the event's own note, or by
//! an answer in the owner's log.

use chrono::{Days, NaiveDate};

use crate::index::record::MeetingRecord;
use crate::model::note::{Held, NoteKind};

use super::{Asked, Draft, Ground, ReminderKind};

/// For how many days one is asked who was met.
const ASKED_DAYS: u64 = 30;

/// The reminders, done or not.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    let today = asked.today.0;
    let first = asked.index.meetings.partition_point(|note| after(note.date, ASKED_DAYS) < today);
    let last = after(today, asked.options.prepare_before.into());
    let near = asked.index.meetings.iter().skip(first).take_while(|note| note.date <= last);
    for event in near.filter(|note| note.kind == NoteKind::Event && note.held != Held::Cancelled) {
        let (kind, date, is_open) = match event.date >= today {
            true => {
                let from = event.date.checked_sub_days(Days::new(asked.options.prepare_before.into()));
                (ReminderKind::Prepare, from.unwrap_or(event.date), event.prep.is_none())
            }
            false => (ReminderKind::Summary, after(event.date, 1), needs_names(asked, event)),
        };
        drafts.push(Draft {
            kind,
            person: None,
            date,
            late_after: None,
            ground: Ground::Event(event),
            source: Some((&event.path, 1)),
            name: (event.path.as_str(), event.date, ""),
            is_open,
        });
    }
}

/// Whether the note does not say who was met, or names someone who has no note yet, or whose note has no way to reach
/// them.
fn needs_names(asked: &Asked<'_>, event: &MeetingRecord) -> bool {
    let unreachable = |id| asked.index.person(id).is_some_and(|record| !record.person.is_reachable());
    let nobody = event.met.is_empty() && event.strangers.is_empty();
    nobody || !event.strangers.is_empty() || event.met.iter().copied().any(unreachable)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}
