//! Thanks owed, steps around meetings and the like, as the index reminds of them. What the log answered is not asked again.

use chrono::NaiveDate;

use crate::index::ledger::Fact;
use crate::index::options::{After, Before};
use crate::index::record::{MeetingRecord, PersonId};
use crate::index::reminders::{Ground, Reminder, ReminderKind, reminders};
use crate::index::steps::{HeldMeeting, MeetingAhead};
use crate::report::facts::{Subject, deed, manager, note_reference};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item, item_about_nobody};
use super::talks::Talks;

/// The lines, by kind and day.
/// `others` are those of contacts and meetings: who is to be talked to anyway can be told things then.
pub(super) fn items(day: &Day<'_, '_>, others: &[AgendaItem]) -> Vec<AgendaItem> {
    let reminders = reminders(day.index, day.index_options, day.today);
    let talks = Talks::new(others);
    reminders.iter().filter(|reminder| reminder.is_open).filter_map(|reminder| line(day, &talks, reminder)).collect()
}

fn line(day: &Day<'_, '_>, talks: &Talks<'_>, reminder: &Reminder<'_>) -> Option<AgendaItem> {
    let (section, date) = place(day, reminder)?;
    let reason = match reminder.ground {
        Ground::Ahead(ahead, before) => to_prepare(reminder_name(day, reminder), &ahead, before),
        Ground::Held(held, after) => to_sum_up(reminder_name(day, reminder), &held, after),
        Ground::Event(event) if reminder.kind == ReminderKind::Prepare => event_ahead(day, event),
        Ground::Event(event) => event_held(day, event),
        Ground::Favour { favour: fact, more, is_large } => Reason::Thanks {
            text: fact.words().to_owned(),
            favour: fact.detail.as_deref().map(str::to_owned),
            date: fact.date,
            manager: reminder.person.and_then(|id| manager(day.index, id)),
            is_large,
            more,
        },
        Ground::Behind => return None,
        Ground::Kept(item) => Reason::Share {
            text: item.text.to_string(),
            date: item.date,
            occasion: talks.with(day.subject(reminder.person?)?),
        },
        Ground::Sharing(habit) => {
            Reason::Sharing { cadence: habit.cadence.to_string(), last: habit.last.map(|fact| deed(day.index, fact)) }
        }
        Ground::Endorsement { fact, ends } => endorsement(fact, ends),
        Ground::Year(from, to) => Reason::Plan { from, to, ends: from.pred_opt().unwrap_or(from) },
    };
    let source = reminder.source.map(|(path, line)| Source { path: path.as_str().to_owned(), line });
    let place = (section, item_kind(reminder.kind));
    let made = match reminder.person {
        Some(id) => item(day.subject(id)?, place, date, reason, source),
        None => item_about_nobody(place, date, reason, source),
    };
    let late_days = reminder.late_after.map_or(0, |last| day.today.days_since(last).max(0));
    Some(AgendaItem { id: reminder.id.to_string(), late_days, ..made })
}

/// The section and the day it is shown for. What is asked for until a day stands under that day, once it is asked for.
fn place(day: &Day<'_, '_>, reminder: &Reminder<'_>) -> Option<(Section, NaiveDate)> {
    match reminder.ground {
        Ground::Endorsement { ends, .. } => {
            let is_asked = reminder.date <= day.today.0;
            is_asked.then(|| (day.section(ends).unwrap_or(Section::Later), ends))
        }
        _ => Some((day.section(reminder.date)?, reminder.date)),
    }
}

fn endorsement(fact: &Fact, ends: NaiveDate) -> Reason {
    Reason::Endorsement { text: fact.words().to_owned(), date: fact.date, ends }
}

fn reminder_name<'d>(day: &'d Day<'_, '_>, reminder: &Reminder<'_>) -> &'d str {
    reminder.person.and_then(|id| day.index.person(id)).map_or("", |record| &record.person.name)
}

fn to_prepare(name: &str, ahead: &MeetingAhead<'_>, before: Before) -> Reason {
    Reason::Prepare {
        step: match before {
            Before::Topic => "topic",
            Before::Goal => "goal",
        },
        meeting: ahead.date,
        time: ahead.time,
        note: ahead.note.map(|note| note_reference(note, name)),
        with: Vec::new(),
    }
}

fn to_sum_up(name: &str, held: &HeldMeeting<'_>, after: After) -> Reason {
    Reason::Summary {
        step: match after {
            After::Summary => "summary",
            After::Thanks => "thanks",
        },
        meeting: held.date,
        text: held.evidence.text.to_string(),
        note: held.note.map(|note| note_reference(note, name)),
        met: true,
        without_note: Vec::new(),
        unreachable: Vec::new(),
    }
}

fn event_ahead(day: &Day<'_, '_>, event: &MeetingRecord) -> Reason {
    let living = |id: &&PersonId| day.subject(**id).is_some_and(|person| person.record.person.deceased.is_none());
    Reason::Prepare {
        step: "event",
        meeting: event.date,
        time: event.time,
        note: Some(note_reference(event, "")),
        with: event.people.iter().filter(living).filter_map(|id| day.subject(*id)).map(Subject::reference).collect(),
    }
}

fn event_held(day: &Day<'_, '_>, event: &MeetingRecord) -> Reason {
    let met = event.met.iter().filter_map(|id| day.subject(*id));
    Reason::Summary {
        step: "event",
        meeting: event.date,
        text: String::new(),
        note: Some(note_reference(event, "")),
        met: !(event.met.is_empty() && event.strangers.is_empty()),
        without_note: event.strangers.iter().map(ToString::to_string).collect(),
        unreachable: met.filter(|met| !met.record.person.is_reachable()).map(Subject::reference).collect(),
    }
}

fn item_kind(kind: ReminderKind) -> ItemKind {
    match kind {
        ReminderKind::Prepare => ItemKind::Prepare,
        ReminderKind::Summary => ItemKind::Summary,
        ReminderKind::Thanks => ItemKind::Thanks,
        ReminderKind::Share => ItemKind::Share,
        ReminderKind::Sharing => ItemKind::Sharing,
        ReminderKind::Endorsement => ItemKind::Endorsement,
        ReminderKind::Plan => ItemKind::Plan,
    }
}
