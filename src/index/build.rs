//! From notes to the index, in two steps: what each note says about whom, and what that makes of each person. Nothing
//! depends on the order in which the notes were read, nor on today.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::mem::take;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelExtend, ParallelIterator};

use crate::model::diagnostic::Diagnostic;
use crate::model::note::{FrontMatterOutcome, Note, NoteKind};
use crate::model::path::NotePath;

use super::checks::{check_person, last_contact_behind};
use super::gather::gather;
use super::identity::{Identities, Someone};
use super::ledger::{Ledger, NoteFacts};
use super::lists;
use super::mentions::{Hints, Mentions};
use super::options::IndexOptions;
use super::portrait::{Rules, record_of};
use super::record::{Counts, Index, PersonId, PersonRecord};
use super::resolve::NoteId;
use super::said::{Listed, Said};
use super::twins::check_twins;

/// The index of `notes`, with `diagnostics` of reading them. The same for every order of the notes.
pub fn build_index<N: Borrow<Note>>(notes: &[N], diagnostics: Vec<Diagnostic>, options: &IndexOptions) -> Index {
    let mut notes: Vec<&Note> = notes.iter().map(Borrow::borrow).collect();
    notes.sort_by(|a, b| a.path.cmp(&b.path));
    Gathered::of(&notes, diagnostics, options).1
}

/// What all notes say, by note and by whom it is about.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) identities: Identities,
    /// By note.
    pub(super) said: Vec<Said>,
    pub(super) mentions: Mentions,
    pub(super) hints: Hints,
    /// By note, those that tell of moves.
    pub(super) facts: BTreeMap<NoteId, NoteFacts>,
    /// Notes that get in each other's way, by path.
    twins: Vec<Diagnostic>,
}

impl Gathered {
    /// What `notes`, which are in path order, say, and the index it makes.
    pub(super) fn of(notes: &[&Note], diagnostics: Vec<Diagnostic>, options: &IndexOptions) -> (Self, Index) {
        let (identities, twins) = rayon::join(|| Identities::new(notes), || twins(notes));
        let told = (0..notes.len()).into_par_iter().filter_map(|at| {
            let id = u32::try_from(at).map(NoteId).ok()?;
            Some(gather(notes.get(at)?, id, &identities))
        });
        let (said, mut listed): (Vec<Said>, Vec<Listed>) = told.collect::<Vec<_>>().into_iter().unzip();
        let facts = (0..).map(NoteId).zip(&mut listed).map(|(id, listed)| (id, take(&mut listed.facts)));
        let facts = facts.filter(|(_, facts)| !facts.is_empty()).collect();
        let mut mentions = Mentions::new(identities.people());
        let mut hints = Hints::default();
        for (id, said) in (0..).map(NoteId).zip(&said) {
            said.people().for_each(|who| mentions.add(who, id));
            hints.add(said, id);
        }
        let gathered = Gathered { identities, said, mentions, hints, facts, twins };
        let index = gathered.index(notes, listed, diagnostics, options);
        (gathered, index)
    }

    fn index(
        &self,
        notes: &[&Note],
        listed: Vec<Listed>,
        mut diagnostics: Vec<Diagnostic>,
        options: &IndexOptions,
    ) -> Index {
        let rules = Rules::new(options);
        let everyone = (0..self.identities.people()).into_par_iter().filter_map(|id| u32::try_from(id).ok());
        let everyone = everyone.map(|id| Someone::Person(PersonId(id)));
        let mut index = Index {
            people: everyone.filter_map(|who| self.record(who, notes, &rules)).map(Arc::new).collect(),
            owner: self.record(Someone::Owner, notes, &rules).map(Box::new),
            answers: lists::answers(&self.said),
            ledger: self.ledger(),
            counts: counts_of(notes),
            ..Index::default()
        };
        lists::fill(&mut index, listed);
        diagnostics.extend((0..).map(NoteId).zip(notes).flat_map(|(id, _)| self.findings(id)));
        diagnostics.extend(self.twins.iter().cloned());
        diagnostics.par_extend(index.people.par_iter().flat_map_iter(|record| check_person(record)));
        settle(&mut diagnostics);
        index.diagnostics = diagnostics;
        index.dated_diagnostics = index.people.iter().filter_map(|record| last_contact_behind(record)).collect();
        index.dated_diagnostics.sort_by(|(from, a), (later, b)| (from, &a.path).cmp(&(later, &b.path)));
        index
    }

    /// What was given and got, by all notes.
    pub(super) fn ledger(&self) -> Ledger {
        Ledger::new(self.facts.values(), self.identities.people())
    }

    /// What is known about someone.
    pub(super) fn record(&self, who: Someone, notes: &[&Note], rules: &Rules<'_>) -> Option<PersonRecord> {
        record_of(who, self.mentions.of(who), (notes, &self.said), &self.identities, rules)
    }

    /// What was odd when a note was gathered from, by itself and beside those that say the same.
    pub(super) fn findings(&self, note: NoteId) -> impl Iterator<Item = Diagnostic> {
        let said = self.said.get(note.0 as usize);
        let hints = said.into_iter().flat_map(Said::hints);
        let hints = hints.filter(move |(alias, _)| self.hints.teller(alias) == Some(note)).map(|(_, hint)| hint);
        said.into_iter().flat_map(Said::findings).chain(hints).cloned()
    }

    /// What was odd about the note at `path` beside others.
    pub(super) fn twins_at(&self, path: &NotePath) -> impl Iterator<Item = Diagnostic> {
        let first = self.twins.partition_point(|twin| twin.path < *path);
        let rest = self.twins.get(first..).unwrap_or_default();
        rest.iter().take_while(move |twin| twin.path == *path).cloned()
    }
}

/// By path and place, each once.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.path, a.position, a.span, a.code, &a.arguments).cmp(&(&b.path, b.position, b.span, b.code, &b.arguments))
    });
    diagnostics.dedup();
}

fn twins(notes: &[&Note]) -> Vec<Diagnostic> {
    let mut twins = check_twins(notes);
    twins.sort_by(|a, b| a.path.cmp(&b.path));
    twins
}

/// Our own reports are counted as a kind only: were they notes, the reports that tell of notes would differ on the
/// second run.
fn counts_of(notes: &[&Note]) -> Counts {
    let mut counts = Counts::default();
    for note in notes {
        *counts.kinds.entry(note.kind).or_default() += 1;
        if note.kind == NoteKind::Generated {
            continue;
        }
        counts.notes += 1;
        if note.front_matter != FrontMatterOutcome::Absent {
            *counts.front_matter.entry(note.front_matter).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
