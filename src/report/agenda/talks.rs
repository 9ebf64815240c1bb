//! When someone is to be talked to anyway, by the agenda's own lines.

use std::collections::BTreeMap;

use crate::report::facts::Subject;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Talk};

/// The next talk with each person, by the path of their note.
pub(super) struct Talks<'a>(BTreeMap<&'a str, Talk>);

impl<'a> Talks<'a> {
    /// By the lines of contacts that are due and of meetings ahead: a meeting before a contact, the next before the others.
    pub(super) fn new(items: &'a [AgendaItem]) -> Self {
        let mut talks = BTreeMap::new();
        for item in items.iter().filter(|item| item.kind == ItemKind::Meeting && item.section != Section::Done) {
            let talk = Talk { by: "meeting", date: item.date };
            let with = match &item.reason {
                Reason::Planned { with, .. } => with.as_slice(),
                _ => &[],
            };
            // An event is about nobody: being expected there is not an appointment with each other.
            let Some(first) = item.path.as_deref() else { continue };
            for path in std::iter::once(first).chain(with.iter().map(|person| person.path.as_str())) {
                let known: &mut Talk = talks.entry(path).or_insert_with(|| talk.clone());
                known.date = known.date.min(item.date);
            }
        }
        for item in items.iter().filter(|item| item.kind == ItemKind::Contact && item.section == Section::Today) {
            if let Some(path) = item.path.as_deref() {
                talks.entry(path).or_insert(Talk { by: "contact", date: item.date });
            }
        }
        Talks(talks)
    }

    /// The next with someone.
    pub(super) fn with(&self, person: &Subject<'_>) -> Option<Talk> {
        self.0.get(person.record.path.as_str()).cloned()
    }
}
