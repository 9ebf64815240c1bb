//! Thanks owed, steps around meetings and the like, as the index reminds of them. What the log answered is not asked again.

use chrono::NaiveDate;

use crate::index::ledger::Fact;
use crate::index::reminders::{Ground, Reminder, ReminderKind, reminders};
use crate::report::facts::{deed, manager};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item};
use super::talks::Talks;

/// The lines, by kind and day.
/// `others` are those of contacts and meetings: who is to be talked to anyway can be told things then.
pub(super) fn items(day: &Day<'_>, others: &[AgendaItem]) -> Vec<AgendaItem> {
    let reminders = reminders(day.index, day.index_options, day.today);
    let talks = Talks::new(others);
    reminders.iter().filter(|reminder| reminder.is_open).filter_map(|reminder| line(day, &talks, reminder)).collect()
}

fn line(day: &Day<'_>, talks: &Talks<'_>, reminder: &Reminder<'_>) -> Option<AgendaItem> {
    let (section, date) = place(day, reminder)?;
    let reason = match reminder.ground {
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
        None => about_nobody(place, reminder, reason, source),
    };
    let late_days = reminder.late_after.map_or(0, |last| day.today.days_since(last).max(0));
    Some(AgendaItem { id: reminder.id.to_string(), late_days, ..made })
}

/// The section and the day it is shown for. What is asked for until a day stands under that day, once it is asked for.
fn place(day: &Day<'_>, reminder: &Reminder<'_>) -> Option<(Section, NaiveDate)> {
    match reminder.ground {
        Ground::Endorsement { ends, .. } => {
            let is_asked = reminder.date <= day.today.0;
            is_asked.then(|| (day.section(ends).unwrap_or(Section::Later), ends))
        }
        _ => Some((day.section(reminder.date)?, reminder.date)),
    }
}

fn about_nobody(
    (section, kind): (Section, ItemKind),
    reminder: &Reminder<'_>,
    reason: Reason,
    source: Option<Source>,
) -> AgendaItem {
    AgendaItem {
        id: String::new(),
        section,
        kind,
        person: None,
        path: None,
        date: reminder.date,
        late_days: 0,
        day_mark: None,
        folded: false,
        reason,
        next_move: None,
        source,
    }
}

fn endorsement(fact: &Fact, ends: NaiveDate) -> Reason {
    Reason::Endorsement { text: fact.words().to_owned(), date: fact.date, ends }
}

fn item_kind(kind: ReminderKind) -> ItemKind {
    match kind {
        ReminderKind::Thanks => ItemKind::Thanks,
        ReminderKind::Share => ItemKind::Share,
        ReminderKind::Sharing => ItemKind::Sharing,
        ReminderKind::Endorsement => ItemKind::Endorsement,
        ReminderKind::Plan => ItemKind::Plan,
    }
}
