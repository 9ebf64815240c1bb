//! What the names of notes say before they are opened: which are copies that a sync program made.
//!
//! A name alone may prove it; a name that only may be a copy's is compared by text. Who changed a note asks again about
//! the pairs it is in.

use std::collections::{HashMap, HashSet};

use crate::model::path::NotePath;
use crate::parse::note::NameRole;
use crate::vault::conflicts::{by_name, mostly_equal, twin_candidates};
use crate::vault::read::{NoteRead, read_note};
use crate::vault::walk::Found;

use super::options::Options;

/// The roles of all notes of a vault.
#[derive(Debug, Default)]
pub(super) struct Roles {
    named: HashMap<NotePath, NameRole>,
    /// Pairs of a possible copy and the note it may be a copy of, with what their texts said.
    pairs: Vec<(NotePath, NotePath, bool)>,
    paired: HashSet<NotePath>,
}

impl Roles {
    /// The roles of the notes that were found.
    pub(super) fn of<'f>(found: impl Iterator<Item = &'f Found>, options: &Options) -> Self {
        let found: Vec<&Found> = found.collect();
        let mut roles = Roles::default();
        for found in &found {
            if let Some(base) = by_name(&found.path, |name| options.vocabulary.names_conflict_copy(name)) {
                roles.named.insert(found.path.clone(), NameRole::ConflictCopy(base.into()));
            }
        }
        let paths: Vec<NotePath> = found.iter().map(|found| found.path.clone()).collect();
        roles.pairs = twin_candidates(&paths).into_iter().map(|(copy, base)| (copy, base, false)).collect();
        roles.paired = roles.pairs.iter().flat_map(|(copy, base, _)| [copy.clone(), base.clone()]).collect();
        if !roles.pairs.is_empty() {
            let by_path: HashMap<&NotePath, &Found> = found.iter().map(|found| (&found.path, *found)).collect();
            roles.compare(|path| by_path.get(path).copied(), |_| true);
        }
        roles
    }

    /// What the name of the note at `path` says.
    pub(super) fn role(&self, path: &NotePath) -> NameRole {
        if let Some(role) = self.named.get(path) {
            return role.clone();
        }
        if !self.paired.contains(path) {
            return NameRole::Ordinary;
        }
        // The last base that fits names the copy.
        let base = self.pairs.iter().rev().find(|(copy, _, equal)| *equal && copy == path).map(|(_, base, _)| base);
        base.map_or(NameRole::Ordinary, |base| NameRole::ConflictCopy(base.stem().into()))
    }

    /// Whether the text of the note at `path` decides about a role.
    pub(super) fn hangs_on(&self, path: &NotePath) -> bool {
        self.paired.contains(path)
    }

    /// Asks again about the pairs in which a `changed` note stands; the notes that may have another role now.
    pub(super) fn ask_again<'f>(
        &mut self,
        changed: &HashSet<NotePath>,
        find: impl Fn(&NotePath) -> Option<&'f Found>,
    ) -> HashSet<NotePath> {
        self.compare(find, |path| changed.contains(path))
    }

    fn compare<'f>(
        &mut self,
        find: impl Fn(&NotePath) -> Option<&'f Found>,
        asked: impl Fn(&NotePath) -> bool,
    ) -> HashSet<NotePath> {
        let text = |path: &NotePath| match find(path).map(read_note) {
            Some(NoteRead::Text(text, _)) => Some(text),
            _ => None,
        };
        let mut turned = HashSet::new();
        for (copy, base, equal) in self.pairs.iter_mut().filter(|(copy, base, _)| asked(copy) || asked(base)) {
            let now = matches!((text(copy), text(base)), (Some(a), Some(b)) if mostly_equal(&a, &b));
            if now != *equal {
                *equal = now;
                turned.insert(copy.clone());
            }
        }
        turned
    }
}
