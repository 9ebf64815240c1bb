//! The facts of one note.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::entry::{Entry, EntryLink, NestedItem, Setting};
use crate::model::link::Link;
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::{Held, Note, NoteKind};
use crate::model::task::{Task, TaskState};

use crate::index::record::PersonId;

use super::{Fact, Queued};

/// What one note tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct NoteFacts {
    pub(in crate::index) facts: Vec<Arc<Fact>>,
    pub(in crate::index) queue: Vec<Queued>,
}

impl NoteFacts {
    /// Whether it tells nothing.
    pub(in crate::index) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.queue.is_empty()
    }
}

/// The facts of `note`, which is about `own` if it is about someone. `whom` says which person a link means, if one.
///
/// What is quoted, struck through, in code or in a box that is open or cancelled tells of nothing that happened; a
/// question in an open box was asked all the same.
pub(in crate::index) fn facts_of(
    note: &Note,
    own: Option<PersonId>,
    whom: &mut dyn FnMut(&Link) -> Option<PersonId>,
) -> NoteFacts {
    let mut gathering = Gathering { note, own, alone: None, whom, found: NoteFacts::default() };
    gathering.alone = gathering.only_one_there();
    for entry in note.entries.iter().filter(|entry| entry.setting == Setting::Plain) {
        gathering.add_queued(entry, (&entry.moves, &entry.fields), &entry.text, entry.line);
        for item in &entry.nested {
            gathering.add_queued(entry, (&item.moves, &item.fields), &item.text, item.line);
        }
        if entry.task != Some(TaskState::Cancelled) {
            gathering.add_entry(entry);
        }
    }
    gathering.add_thanks_of_occasion();
    gathering.found
}

/// The thanks that a task about `people` tells of, once it is done on a day it names. An entry that tells of them by its
/// tag is enough.
pub(in crate::index) fn thanks_of(note: &Note, task: &Task, people: &[PersonId]) -> Option<Arc<Fact>> {
    let date = task.done.filter(|_| task.is_thanks && task.state == TaskState::Done)?;
    let tells = |entry: &Entry| entry.moves.iter().any(|moved| moved.kind == MoveKind::Thanked);
    if note.entries.iter().any(|entry| entry.line == task.line && tells(entry)) {
        return None;
    }
    let bare = bare_thanks(note, date, people.to_vec());
    Some(Arc::new(Fact { text: task.text.clone(), line: task.line, entry_line: task.line, ..bare }))
}

/// Thanks without a word, told by the note as a whole.
fn bare_thanks(note: &Note, date: NaiveDate, people: Vec<PersonId>) -> Fact {
    Fact {
        date,
        kind: MoveKind::Thanked,
        detail: None,
        people,
        others: Vec::new(),
        channel: None,
        text: Box::default(),
        about: None,
        topics: Vec::new(),
        below: Vec::new(),
        task: None,
        cc: Vec::new(),
        expires: None,
        until: None,
        id: None,
        note: note.kind,
        path: note.path.clone(),
        line: 1,
        entry_line: 1,
    }
}

struct Gathering<'n, 'w> {
    note: &'n Note,
    own: Option<PersonId>,
    /// The one other person of a meeting: what it says without a name is about them.
    alone: Option<PersonId>,
    whom: &'w mut dyn FnMut(&Link) -> Option<PersonId>,
    found: NoteFacts,
}

/// A line that may hold moves: an entry's own, or an item below it.
struct Told<'e> {
    entry: &'e Entry,
    item: Option<&'e NestedItem>,
    moves: &'e [Move],
    fields: &'e [MoveField],
}

impl Gathering<'_, '_> {
    fn add_entry(&mut self, entry: &Entry) {
        let on_entry = self.linked(&entry.links);
        let own = Told { entry, item: None, moves: &entry.moves, fields: &entry.fields };
        self.add(&own, &on_entry, &on_entry);
        for item in entry.nested.iter().filter(|item| !item.moves.is_empty()) {
            let on_item = self.linked(&item.links);
            let told = Told { entry, item: Some(item), moves: &item.moves, fields: &item.fields };
            let with = if on_item.is_empty() { &on_entry } else { &on_item };
            self.add(&told, with, &on_item);
        }
    }

    /// `with` are those whom the line is about outside their own note, `named` all whom it names.
    fn add(&mut self, told: &Told<'_>, with: &[PersonId], named: &[PersonId]) {
        let Told { entry, item, moves, fields } = told;
        let people: Vec<PersonId> = match self.own {
            Some(own) => vec![own],
            None if with.is_empty() => self.alone.into_iter().collect(),
            None => with.to_vec(),
        };
        let others: Vec<PersonId> = named.iter().copied().filter(|id| !people.contains(id)).collect();
        let cc = self.field_people(fields, MoveFieldKind::Cc);
        let date_of = |kind| fields.iter().find(|field| field.kind == kind).and_then(|field| field.date);
        let topic = |moved: &Move| (moved.kind == MoveKind::Topic).then(|| moved.detail.clone()).flatten();
        let topics: Vec<Box<str>> = match item {
            Some(_) => moves.iter().chain(&entry.moves).filter_map(topic).collect(),
            None => moves.iter().filter_map(topic).collect(),
        };
        let is_open = entry.task == Some(TaskState::Open);
        let is_told = |moved: &&Move| tells(moved) && (!is_open || moved.kind == MoveKind::Question);
        for moved in moves.iter().filter(is_told) {
            let introduces = moved.kind == MoveKind::Gave && moved.detail.as_deref() == Some("intro");
            let (mut people, mut others) = (people.clone(), others.clone());
            if introduces {
                // Whichever note tells of it, it is with the same people, and so is one fact.
                people.append(&mut others);
                people.extend(self.field_people(fields, MoveFieldKind::For));
                people.sort_unstable();
                people.dedup();
            }
            let keeps_below = matches!(moved.kind, MoveKind::Captured | MoveKind::Question);
            let below = below(entry, *item).filter(|below| keeps_below && below.moves.iter().all(answers));
            self.found.facts.push(Arc::new(Fact {
                date: entry.date,
                kind: moved.kind,
                detail: moved.detail.clone(),
                people,
                others,
                channel: entry.channel,
                text: item.map_or(&entry.text, |item| &item.text).clone(),
                about: item.map(|_| entry.text.clone()),
                topics: topics.clone(),
                below: below.map(|item| item.text.clone()).collect(),
                task: entry.task,
                cc: cc.clone(),
                expires: date_of(MoveFieldKind::Expires),
                until: date_of(MoveFieldKind::Until),
                id: item.map_or(entry.id, |item| item.id),
                note: self.note.kind,
                path: self.note.path.clone(),
                line: item.map_or(entry.line, |item| item.line),
                entry_line: entry.line,
            }));
        }
    }

    /// A line that tells of something given says whom it was for; nothing of it waits to be told.
    fn add_queued(&mut self, entry: &Entry, (moves, fields): (&[Move], &[MoveField]), text: &str, line: u32) {
        let mut people = self.field_people(fields, MoveFieldKind::For);
        let is_given = entry.task.is_none() && moves.iter().any(|moved| moved.kind == MoveKind::Gave);
        let is_over = matches!(entry.task, Some(TaskState::Done | TaskState::Cancelled));
        if people.is_empty() || is_given || is_over {
            return;
        }
        people.retain(|id| Some(*id) != self.own);
        let path = self.note.path.clone();
        self.found.queue.push(Queued { date: entry.date, people, text: text.into(), path, line });
    }

    /// The day of thanks that a meeting or event names holds for all who were there.
    fn add_thanks_of_occasion(&mut self) {
        let Some(date) = self.note.occasion.as_ref().and_then(|occasion| occasion.thanked) else { return };
        let people = self.there();
        if people.is_empty() {
            return;
        }
        self.found.facts.push(Arc::new(bare_thanks(self.note, date, people)));
    }

    fn only_one_there(&mut self) -> Option<PersonId> {
        let is_held = self.note.occasion.as_ref().is_some_and(|occasion| occasion.held != Held::Cancelled);
        match self.there().as_slice() {
            [one] if is_held && self.note.kind == NoteKind::Meeting => Some(*one),
            _ => None,
        }
    }

    fn there(&mut self) -> Vec<PersonId> {
        let note = self.note;
        let links = note.occasion.iter().flat_map(|occasion| occasion.attendees.iter().chain(&occasion.met));
        let found: Vec<PersonId> = links.filter_map(|link| (self.whom)(link)).collect();
        once(found)
    }

    fn linked(&mut self, links: &[EntryLink]) -> Vec<PersonId> {
        let plain = links.iter().filter(|found| found.setting == Setting::Plain);
        let found: Vec<PersonId> = plain.filter_map(|found| (self.whom)(&found.link)).collect();
        once(found)
    }

    fn field_people(&mut self, fields: &[MoveField], kind: MoveFieldKind) -> Vec<PersonId> {
        let links = fields.iter().filter(|field| field.kind == kind).flat_map(|field| &field.links);
        let found: Vec<PersonId> = links.filter_map(|link| (self.whom)(link)).collect();
        once(found)
    }
}

/// What stands below an entry, or below one of its items.
fn below<'e>(entry: &'e Entry, item: Option<&NestedItem>) -> impl Iterator<Item = &'e NestedItem> {
    let lines = item.map(|item| (item.line, item.last_line));
    entry.nested.iter().filter(move |below| lines.is_none_or(|(own, last)| own < below.line && below.line <= last))
}

/// Whether a line with this move below a point or a question may be what came of it.
fn answers(moved: &Move) -> bool {
    matches!(moved.kind, MoveKind::Topic | MoveKind::Work | MoveKind::Learned | MoveKind::Gave | MoveKind::Prepared)
}

/// What postpones is no move between people, and a topic is part of the others.
/// What was left out or put off is no fact, but for two people who are not to be brought together: that stays known by
/// their names when a note is moved.
fn tells(moved: &Move) -> bool {
    match moved.kind {
        MoveKind::Skip | MoveKind::Snooze => moved.detail.as_deref() == Some("introduction"),
        kind => kind != MoveKind::Topic,
    }
}

fn once(mut people: Vec<PersonId>) -> Vec<PersonId> {
    let mut seen = Vec::new();
    people.retain(|id| {
        let is_new = !seen.contains(id);
        seen.push(*id);
        is_new
    });
    people
}
