//! What notes say, the other way round: which of them speak of someone, and which use an alias as a name.

use std::collections::{BTreeSet, HashMap};

use super::identity::Someone;
use super::resolve::NoteId;
use super::said::Said;

/// For everyone the notes that speak of them, in path order.
#[derive(Debug)]
pub(super) struct Mentions {
    /// The people, and the owner last.
    notes: Vec<Vec<NoteId>>,
}

impl Mentions {
    /// Those of so many people.
    pub(super) fn new(people: usize) -> Self {
        Mentions { notes: vec![Vec::new(); people + 1] }
    }

    /// The notes that speak of someone.
    pub(super) fn of(&self, who: Someone) -> &[NoteId] {
        self.notes.get(self.place(who)).map_or(&[], Vec::as_slice)
    }

    /// Takes in that a note speaks of someone.
    pub(super) fn add(&mut self, who: Someone, note: NoteId) {
        let place = self.place(who);
        let Some(notes) = self.notes.get_mut(place) else { return };
        if let Err(at) = notes.binary_search(&note) {
            notes.insert(at, note);
        }
    }

    /// Takes in that a note speaks of someone no more.
    pub(super) fn remove(&mut self, who: Someone, note: NoteId) {
        let place = self.place(who);
        let Some(notes) = self.notes.get_mut(place) else { return };
        if let Ok(at) = notes.binary_search(&note) {
            notes.remove(at);
        }
    }

    fn place(&self, who: Someone) -> usize {
        match who {
            Someone::Person(id) => id.0 as usize,
            Someone::Owner => self.notes.len().saturating_sub(1),
        }
    }
}

/// For each alias that is used as a name the notes that do. The first of them tells it to the user.
#[derive(Debug, Default)]
pub(super) struct Hints(HashMap<Box<str>, BTreeSet<NoteId>>);

impl Hints {
    /// Takes in what a note uses.
    pub(super) fn add(&mut self, said: &Said, note: NoteId) {
        for (alias, _) in said.hints() {
            self.0.entry(alias.clone()).or_default().insert(note);
        }
    }

    /// Takes back what a note used.
    pub(super) fn remove(&mut self, said: &Said, note: NoteId) {
        for (alias, _) in said.hints() {
            if let Some(notes) = self.0.get_mut(alias) {
                notes.remove(&note);
            }
        }
    }

    /// The notes that tell of the aliases in `said`.
    pub(super) fn tellers(&self, said: &Said) -> impl Iterator<Item = NoteId> {
        said.hints().iter().filter_map(|(alias, _)| self.teller(alias))
    }

    /// The note that tells of an alias.
    pub(super) fn teller(&self, alias: &str) -> Option<NoteId> {
        self.0.get(alias)?.first().copied()
    }
}
