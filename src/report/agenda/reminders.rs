//! Thanks owed, steps around meetings and the like, as the index reminds of them. What the log answered is not asked again.

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
    let section = day.section(reminder.date)?;
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
    };
    let source = reminder.source.map(|(path, line)| Source { path: path.as_str().to_owned(), line });
    let place = (section, item_kind(reminder.kind));
    let made = match reminder.person {
        Some(id) => item(day.subject(id)?, place, reminder.date, reason, source),
        None => about_nobody(place, reminder, reason, source),
    };
    let late_days = reminder.late_after.map_or(0, |last| day.today.days_since(last).max(0));
    Some(AgendaItem { id: reminder.id.to_string(), late_days, ..made })
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
        source,
    }
}

fn item_kind(kind: ReminderKind) -> ItemKind {
    match kind {
        ReminderKind::Thanks => ItemKind::Thanks,
        ReminderKind::Share => ItemKind::Share,
        ReminderKind::Sharing => ItemKind::Sharing,
    }
}
