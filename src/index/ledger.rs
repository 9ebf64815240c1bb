//! What was given and got: each tag of a move as one fact with its evidence, in person notes, daily notes, meetings and
//! events alike. All reports that tell of giving, thanks, cooperation, endorsements and information read this list.
//!
//! A fact that several notes tell of (the log of a person and the daily note) is one fact, as one day of contact is one
//! contact. What a fact means for someone on a day (thanks owed, how a tie stands) is said by the modules that ask.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::entry::Channel;
use crate::model::item_id::ItemId;
use crate::model::moves::MoveKind;
use crate::model::note::NoteKind;
use crate::model::path::NotePath;
use crate::model::task::TaskState;

use super::record::PersonId;

mod gather;
#[cfg(test)]
mod tests;

pub(super) use gather::{NoteFacts, facts_of, thanks_of};

/// One thing that passed between the owner and others, or an own line (`#learned`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The day.
    pub date: NaiveDate,
    /// What kind of move.
    pub kind: MoveKind,
    /// The canonical leaf: `intro`, `info/source`.
    pub detail: Option<Box<str>>,
    /// With whom: whose note it stands in, else whom its line links, else the one other person of a meeting. An
    /// introduction is with all whom it names. Own lines may be with nobody.
    pub people: Vec<PersonId>,
    /// Whom else its line names.
    pub others: Vec<PersonId>,
    /// How it took place, where the entry says so.
    pub channel: Option<Channel>,
    /// The words of its line.
    pub text: Box<str>,
    /// The words of the entry it stands below; `None` for an entry's own line.
    pub about: Option<Box<str>>,
    /// What it is about, by `#topic/…` on its line or on the entry above it.
    pub topics: Vec<Box<str>>,
    /// What stands below it: of a captured point what was done, of a question its answer. Kept for these two only.
    pub below: Vec<Box<str>>,
    /// What the box before its entry says, where it has one: a question may be a task.
    pub task: Option<TaskState>,
    /// Who was copied in.
    pub cc: Vec<PersonId>,
    /// The last day it may be used.
    pub expires: Option<NaiveDate>,
    /// The day it is put off to, or ends.
    pub until: Option<NaiveDate>,
    /// The agenda line it answers.
    pub id: Option<ItemId>,
    /// What note it stands in.
    pub note: NoteKind,
    /// Which.
    pub path: NotePath,
    /// Its line, from 1.
    pub line: u32,
    /// The line of the entry it belongs to.
    pub entry_line: u32,
}

impl Fact {
    /// Whether it is `kind` with this leaf: `info` also stands for `info/source`.
    pub fn is(&self, kind: MoveKind, detail: &str) -> bool {
        let leaf = self.detail.as_deref().unwrap_or_default();
        self.kind == kind && (leaf == detail || leaf.strip_prefix(detail).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Whether it stands on its entry's own line.
    pub fn is_own_line(&self) -> bool {
        self.line == self.entry_line
    }

    /// Its words; those of the entry above where it has none, as `- #thanked` below a line.
    pub fn words(&self) -> &str {
        match (&*self.text, &self.about) {
            ("", Some(about)) => about,
            (text, _) => text,
        }
    }
}

/// A line that waits to be told to someone: `[for:: [[A]]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The day it was written for.
    pub date: NaiveDate,
    /// To whom.
    pub people: Vec<PersonId>,
    /// The words.
    pub text: Box<str>,
    /// The note.
    pub path: NotePath,
    /// The line, from 1.
    pub line: u32,
}

/// All facts, in order of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By date, path and line.
    facts: Vec<Arc<Fact>>,
    /// Likewise.
    pub queue: Vec<Queued>,
    /// Per person the places of their facts.
    of_people: Vec<Vec<u32>>,
}

impl Ledger {
    /// Puts facts of all notes in order; `people` is how many there are.
    pub(super) fn new<'n>(notes: impl IntoIterator<Item = &'n NoteFacts>, people: usize) -> Ledger {
        let (mut facts, mut queue) = (Vec::new(), Vec::new());
        for note in notes {
            facts.extend(note.facts.iter().cloned());
            queue.extend(note.queue.iter().cloned());
        }
        let mut facts = told_once(facts);
        facts.sort_by(|a, b| place(a).cmp(&place(b)));
        queue.sort_by(|a: &Queued, b| (a.date, &a.path, a.line).cmp(&(b.date, &b.path, b.line)));
        let mut of_people = vec![Vec::new(); people];
        for (at, fact) in (0..).zip(&facts) {
            for person in &fact.people {
                if let Some(list) = of_people.get_mut(person.0 as usize) {
                    list.push(at);
                }
            }
        }
        Ledger { facts, queue, of_people }
    }

    /// All facts, oldest first, those that lie ahead included.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = &Fact> + Clone {
        self.facts.iter().map(Arc::as_ref)
    }

    /// The facts of the days after one, oldest first.
    pub fn after(&self, day: NaiveDate) -> impl DoubleEndedIterator<Item = &Fact> + Clone {
        let first = self.facts.partition_point(|fact| fact.date <= day);
        self.facts.get(first..).unwrap_or_default().iter().map(Arc::as_ref)
    }

    /// The facts with someone, oldest first, those that lie ahead included.
    pub fn of(&self, person: PersonId) -> impl DoubleEndedIterator<Item = &Fact> {
        let places = self.of_people.get(person.0 as usize).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| self.facts.get(*at as usize)).map(Arc::as_ref)
    }
}

/// Leaves out what a second note tells of the same person, day and move. Two such lines in one note are two facts, so
/// the note with most of them is believed.
fn told_once(mut facts: Vec<Arc<Fact>>) -> Vec<Arc<Fact>> {
    fn same(fact: &Fact) -> (NaiveDate, MoveKind, Option<&str>, &[PersonId]) {
        (fact.date, fact.kind, fact.detail.as_deref(), &fact.people)
    }
    facts.sort_by(|a, b| (same(a), place(a)).cmp(&(same(b), place(b))));
    let mut kept: Vec<Arc<Fact>> = Vec::with_capacity(facts.len());
    let mut rest = facts.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while let Some(next) = rest.next_if(|next| same(next) == same(&group[0])) {
            group.push(next);
        }
        if group[0].people.is_empty() || group.iter().all(|fact| fact.path == group[0].path) {
            kept.append(&mut group);
            continue;
        }
        let count = |path: &NotePath| group.iter().filter(|fact| fact.path == *path).count();
        // Of equals the first: a note about the person before any other, then by path.
        let best = group
            .iter()
            .max_by_key(|fact| (count(&fact.path), fact.note == NoteKind::Person, std::cmp::Reverse(&fact.path)));
        let Some(best) = best.map(|fact| fact.path.clone()) else { continue };
        kept.extend(group.into_iter().filter(|fact| fact.path == best));
    }
    kept
}

fn place(fact: &Fact) -> (NaiveDate, &NotePath, u32, MoveKind, Option<&str>) {
    (fact.date, &fact.path, fact.line, fact.kind, fact.detail.as_deref())
}
