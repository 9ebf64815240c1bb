//! Whom each note is about, and which note a link means: all that a note has to do with another one. As long as no note
//! came, went or changed its path, kind, name or aliases, every link means what it meant, and what the other notes say
//! stays as it was.

use crate::model::link::Link;
use crate::model::note::{Note, NoteKind};
use crate::model::path::NotePath;

use super::record::PersonId;
use super::resolve::{NoteId, Resolved, Resolver, answers_alike};

/// Someone a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Someone {
    /// One of the people.
    Person(PersonId),
    /// The owner.
    Owner,
}

/// Who is who among notes.
#[derive(Debug)]
pub(super) struct Identities {
    resolver: Resolver,
    /// By note.
    about: Vec<Option<Someone>>,
    /// The notes of the people, in path order.
    people: Vec<NoteId>,
    owner: Option<NoteId>,
}

impl Identities {
    /// Those of `notes`, which are in path order.
    pub(super) fn new(notes: &[&Note]) -> Self {
        let numbered = || (0..).map(NoteId).zip(notes);
        let people: Vec<NoteId> = numbered().filter(|(_, note)| is_person(note)).map(|(id, _)| id).collect();
        let is_owner = |note: &Note| note.kind == NoteKind::Owner && note.person.is_some();
        let owner = numbered().find(|(_, note)| is_owner(note)).map(|(id, _)| id);
        let mut about = vec![None; notes.len()];
        let people_are = (0..).map(|id| Someone::Person(PersonId(id)));
        for (id, who) in people.iter().copied().zip(people_are).chain(owner.map(|id| (id, Someone::Owner))) {
            if let Some(place) = about.get_mut(id.0 as usize) {
                *place = Some(who);
            }
        }
        Identities { resolver: Resolver::new(notes), about, people, owner }
    }

    /// Which note a link in the note at `from` means.
    pub(super) fn resolve(&self, link: &Link, from: &NotePath) -> Resolved {
        self.resolver.resolve(link, from)
    }

    /// Whom a note is about.
    pub(super) fn about(&self, note: NoteId) -> Option<Someone> {
        self.about.get(note.0 as usize).copied().flatten()
    }

    /// Which of the people a note is about.
    pub(super) fn person(&self, note: NoteId) -> Option<PersonId> {
        match self.about(note)? {
            Someone::Person(id) => Some(id),
            Someone::Owner => None,
        }
    }

    /// The note about someone.
    pub(super) fn note_of(&self, who: Someone) -> Option<NoteId> {
        match who {
            Someone::Person(id) => self.people.get(id.0 as usize).copied(),
            Someone::Owner => self.owner,
        }
    }

    /// The path of a note.
    pub(super) fn path(&self, note: NoteId) -> Option<&NotePath> {
        self.resolver.path(note)
    }

    /// How many people there are.
    pub(super) fn people(&self) -> usize {
        self.people.len()
    }
}

/// Whether another version of a note is the same to all others. How its front matter was read counts too, as the index
/// counts notes by it.
pub(super) fn is_the_same(before: &Note, now: &Note) -> bool {
    answers_alike(before, now) && before.front_matter == now.front_matter
}

fn is_person(note: &Note) -> bool {
    note.kind == NoteKind::Person && note.person.is_some()
}
