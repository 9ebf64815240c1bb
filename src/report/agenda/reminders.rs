//! Thanks owed, steps around meetings and the like, as the index reminds of them. What the log answered is not asked again.

use crate::index::ledger::Fact;
use crate::index::record::PersonId;
use crate::index::reminders::{Ground, Reminder, ReminderKind, reminders};
use crate::index::thanks::is_large;
use crate::report::facts::manager;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item};

/// The lines, by kind and day.
pub(super) fn items(day: &Day<'_>) -> Vec<AgendaItem> {
    let reminders = reminders(day.index, day.index_options, day.today);
    reminders.iter().filter(|reminder| reminder.is_open).filter_map(|reminder| line(day, reminder)).collect()
}

fn line(day: &Day<'_>, reminder: &Reminder<'_>) -> Option<AgendaItem> {
    let section = day.section(reminder.date)?;
    let reason = match reminder.ground {
        Ground::Favour(fact) => favour(day, reminder.person, fact),
        Ground::Year(from, to) => Reason::Plan { from, to, ends: from.pred_opt().unwrap_or(from) },
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

fn favour(day: &Day<'_>, person: Option<PersonId>, fact: &Fact) -> Reason {
    Reason::Thanks {
        text: fact.words().to_owned(),
        favour: fact.detail.as_deref().map(str::to_owned),
        date: fact.date,
        manager: person.and_then(|id| manager(day.index, id)),
        is_large: is_large(fact),
    }
}

fn item_kind(kind: ReminderKind) -> ItemKind {
    match kind {
        ReminderKind::Thanks => ItemKind::Thanks,
        ReminderKind::Plan => ItemKind::Plan,
    }
}
