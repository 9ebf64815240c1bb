//! An index that is kept while its notes change: a save costs what the saved note says, and the people it speaks of.
//!
//! The two steps are those of a new index, taken for few instead of for all, so what is kept is what a new index would
//! be. What one note is to the others, its path, kind, name and aliases, decides what their links mean; when that changes
//! the index is made anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::diagnostic::Diagnostic;
use crate::model::note::Note;
use crate::model::path::NotePath;

use super::build::{Gathered, settle};
use super::checks::{check_person, last_contact_behind};
use super::gather::gather;
use super::identity::{Someone, is_the_same};
use super::lists;
use super::options::IndexOptions;
use super::portrait::Rules;
use super::record::{Index, PersonRecord};
use super::resolve::NoteId;

/// An index with what is needed to take in a changed note.
#[derive(Debug)]
pub struct KeptIndex {
    /// In path order.
    notes: Vec<Arc<Note>>,
    gathered: Gathered,
    index: Arc<Index>,
}

impl KeptIndex {
    /// The index of `notes`, with `diagnostics` of reading them.
    pub fn new(mut notes: Vec<Arc<Note>>, diagnostics: Vec<Diagnostic>, options: &IndexOptions) -> Self {
        notes.sort_by(|a, b| a.path.cmp(&b.path));
        let (gathered, index) = Gathered::of(&borrowed(&notes), diagnostics, options);
        KeptIndex { notes, gathered, index: Arc::new(index) }
    }

    /// The index as it is now.
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// The same, to be completed in place.
    pub fn index_mut(&mut self) -> &mut Index {
        Arc::make_mut(&mut self.index)
    }

    /// Takes in new versions of notes; `reading` gives what was found when the note at a path was read. Whether it could:
    /// where a note is not known or is another one to the rest now, nothing is done, and the index has to be made anew.
    #[must_use]
    pub fn update(
        &mut self,
        changed: Vec<Arc<Note>>,
        reading: &dyn Fn(&NotePath) -> Vec<Diagnostic>,
        options: &IndexOptions,
    ) -> bool {
        let placed: Option<Vec<(NoteId, Arc<Note>)>> =
            changed.into_iter().map(|note| Some((self.place_of(&note)?, note))).collect();
        let Some(placed) = placed else { return false };
        let news = self.gather_again(placed);
        self.draw_again(&news, options);
        self.tell_again(&news, reading);
        true
    }

    /// The place of a note that another version of it can take.
    fn place_of(&self, note: &Note) -> Option<NoteId> {
        let first = self.notes.partition_point(|known| known.path < note.path);
        let after = self.notes.get(first + 1);
        let is_alone = after.is_none_or(|after| after.path != note.path);
        let known = self.notes.get(first).filter(|known| is_alone && is_the_same(known, note));
        known.and_then(|_| u32::try_from(first).ok().map(NoteId))
    }

    /// The first step.
    fn gather_again(&mut self, changed: Vec<(NoteId, Arc<Note>)>) -> News {
        let Gathered { identities, said, mentions, hints, facts, .. } = &mut self.gathered;
        let index = Arc::make_mut(&mut self.index);
        let mut news = News::default();
        let (mut other_answers, mut other_facts) = (false, false);
        for (id, note) in changed {
            let (now, mut listed) = gather(&note, id, identities);
            let told = std::mem::take(&mut listed.facts);
            let before = if told.is_empty() { facts.remove(&id) } else { facts.insert(id, told) };
            other_facts |= before.as_ref() != facts.get(&id);
            lists::replace(index, &note.path, listed);
            let Some(before) = said.get_mut(id.0 as usize) else { continue };
            news.notes.insert(id);
            news.notes.extend(hints.tellers(before).chain(hints.tellers(&now)));
            hints.remove(before, id);
            hints.add(&now, id);
            news.notes.extend(hints.tellers(before).chain(hints.tellers(&now)));
            before.people().for_each(|who| mentions.remove(who, id));
            now.people().for_each(|who| mentions.add(who, id));
            news.people.extend(before.people().chain(now.people()));
            other_answers |= before.answers() != now.answers();
            *before = now;
            if let Some(known) = self.notes.get_mut(id.0 as usize) {
                *known = note;
            }
        }
        // What a note says of itself alone is theirs too: tags and keys.
        let own = news.notes.iter().filter_map(|id| identities.about(*id));
        news.people.extend(own);
        news.notes.extend(news.people.iter().filter_map(|who| identities.note_of(*who)));
        if other_answers {
            index.answers = lists::answers(said);
        }
        if other_facts {
            index.ledger = self.gathered.ledger();
        }
        news
    }

    /// The second step. Who is as before stays the same record.
    fn draw_again(&mut self, news: &News, options: &IndexOptions) {
        let (notes, rules) = (borrowed(&self.notes), Rules::new(options));
        let index = Arc::make_mut(&mut self.index);
        for who in &news.people {
            let Some(record) = self.gathered.record(*who, &notes, &rules) else { continue };
            match who {
                Someone::Owner => index.owner = Some(Box::new(record)),
                Someone::Person(id) => match index.people.get_mut(id.0 as usize) {
                    Some(known) if **known != record => *known = Arc::new(record),
                    _ => {}
                },
            }
        }
    }

    /// What there is to tell about the notes that have news.
    fn tell_again(&mut self, news: &News, reading: &dyn Fn(&NotePath) -> Vec<Diagnostic>) {
        let index = Arc::make_mut(&mut self.index);
        let mut paths = BTreeSet::new();
        let (mut told, mut dated) = (Vec::new(), Vec::new());
        for id in &news.notes {
            let Some(note) = self.notes.get(id.0 as usize) else { continue };
            let record: Option<&PersonRecord> = self.gathered.identities.person(*id).and_then(|id| index.person(id));
            told.extend(reading(&note.path));
            told.extend(self.gathered.findings(*id));
            told.extend(self.gathered.twins_at(&note.path));
            told.extend(record.into_iter().flat_map(check_person));
            dated.extend(record.and_then(last_contact_behind));
            paths.insert(&note.path);
        }
        settle(&mut told);
        index.diagnostics.retain(|known| !paths.contains(&known.path));
        index.diagnostics.extend(told);
        // In which order those of one note stand was settled before their columns were known.
        index.diagnostics.sort_by(|a, b| a.path.cmp(&b.path));
        index.dated_diagnostics.retain(|(_, known)| !paths.contains(&known.path));
        index.dated_diagnostics.extend(dated);
        index.dated_diagnostics.sort_by(|(from, a), (later, b)| (from, &a.path).cmp(&(later, &b.path)));
    }
}

/// What changed notes may have changed.
#[derive(Debug, Default)]
struct News {
    /// Notes of which there may be something else to tell.
    notes: BTreeSet<NoteId>,
    /// People whose records may be others.
    people: BTreeSet<Someone>,
}

fn borrowed(notes: &[Arc<Note>]) -> Vec<&Note> {
    notes.iter().map(Arc::as_ref).collect()
}

#[cfg(test)]
#[path = "keep_tests.rs"]
mod tests;
