//! The names of agenda lines, and which lines have had their answer.

use std::collections::HashMap;

use crate::index::item_ids::About;
use crate::index::record::{Answer, Index, PersonId};
use crate::model::today::Today;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{PersonRef, Reason};

/// Gives every line its name and leaves out those that were answered: a birthday that was greeted, a question that was
/// said no to, a meeting that was skipped. What was only put off comes back in the next round.
pub(super) fn name(items: &mut Vec<AgendaItem>, index: &Index, today: Today) {
    let mut seen = HashMap::new();
    items.retain_mut(|item| {
        if !item.id.is_empty() {
            return true; // a task or a reminder is named where it is known
        }
        let words = words(item);
        let path = place(item).to_owned();
        let place = (path.clone(), item.kind, item.section == Section::Done, item.date, words.clone());
        let nth: &mut u32 = seen.entry(place).or_default();
        *nth += 1;
        let words = if *nth > 1 { format!("{words}\n{nth}") } else { words };
        let about = About { path: &path, kind: item.kind.as_str(), day: day(item), words: &words };
        let people = people(item, index);
        let (id, answer) = about.open(index, people.iter().copied());
        item.id = match item.section {
            Section::Done => about.id(1),
            _ => id,
        }
        .to_string();
        // How someone stands, the index says; the rest is asked once.
        let asks_anew = matches!(item.kind, ItemKind::Contact) || item.section == Section::Done;
        let earlier = match item.kind {
            // Whoever said beforehand that they met, or would not, is not asked again.
            ItemKind::DidYouMeet => {
                About { kind: ItemKind::Meeting.as_str(), ..about }.open(index, people.iter().copied()).1
            }
            _ => None,
        };
        asks_anew || [answer, earlier].into_iter().flatten().all(|answer| is_over(answer, today))
    });
}

/// Whether what was put off is asked again.
fn is_over(answer: Answer, today: Today) -> bool {
    answer.until.is_some_and(|until| until < today.0)
}

fn place(item: &AgendaItem) -> &str {
    let written = item.source.as_ref().map(|source| source.path.as_str());
    match &item.reason {
        Reason::Festival { festival, .. } => festival,
        _ => item.path.as_deref().or(written).unwrap_or_default(),
    }
}

/// The day of a festival is that of its name, whichever of its days is ahead.
fn day(item: &AgendaItem) -> chrono::NaiveDate {
    match &item.reason {
        Reason::Festival { days, .. } if days.len() > 1 => item.date.succ_opt().unwrap_or(item.date),
        _ => item.date,
    }
}

/// What several lines of one note, kind and day differ in.
fn words(item: &AgendaItem) -> String {
    let written = item.source.as_ref().map(|source| source.path.as_str()).unwrap_or_default();
    let done = || format!("done\n{written}\n{}", item.source.as_ref().map_or(0, |source| source.line));
    match &item.reason {
        _ if item.section == Section::Done => done(),
        Reason::Planned { by: "meeting" | "event", .. } | Reason::DidYouMeet { by: "meeting" | "event", .. } => {
            written.to_owned()
        }
        Reason::Planned { title, .. } | Reason::DidYouMeet { title, .. } => title.clone(),
        Reason::YearlyDay { label, .. } => label.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

/// Everyone who must have answered. Of those a festival line names, some may be greeted and the others not.
fn people(item: &AgendaItem, index: &Index) -> Vec<PersonId> {
    let with: &[PersonRef] = match &item.reason {
        Reason::Planned { with, .. } | Reason::DidYouMeet { with, .. } => with,
        _ => &[],
    };
    let paths = item.path.as_deref().into_iter().chain(with.iter().map(|person| person.path.as_str()));
    paths.filter_map(|path| index.person_of(path)).collect()
}
