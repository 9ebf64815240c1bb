//! What is made of all notes: the index and what else a report needs to know of the whole vault. Where somebody asks
//! more often than once it is kept, and only what changed is taken in.

use std::collections::{BTreeSet, HashMap};
use std::mem;
use std::sync::Arc;

use crate::app::load::{Loaded, locate, shared_stems};
use crate::index::build::build_index;
use crate::index::keep::KeptIndex;
use crate::index::record::Index;
use crate::model::diagnostic::Diagnostic;
use crate::model::path::NotePath;
use crate::render::kept::KeptLines;

use super::Vault;
use super::known::find;

/// What is kept of it.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Lines of reports.
    lines: Arc<KeptLines>,
    whole: Option<Whole>,
    /// Notes that have another version since.
    changed: BTreeSet<NotePath>,
}

/// What all notes together are.
#[derive(Debug)]
struct Whole {
    index: KeptIndex,
    shared_stems: Arc<BTreeSet<String>>,
}

impl Made {
    /// Takes in that a note has another version.
    pub(super) fn expect(&mut self, note: &NotePath) {
        self.changed.insert(note.clone());
    }
}

impl Vault {
    /// From here on what is made of the notes is kept, so that making it once more takes less time.
    pub fn keep_made(&mut self) {
        self.made.get_or_insert_default();
    }

    /// What reading this vault anew would give.
    pub fn loaded(&mut self) -> Loaded {
        let (index, shared_stems) = match self.made.take() {
            None => (Arc::new(self.index()), Arc::new(shared_stems(&self.note_list()))),
            Some(mut made) => {
                let Whole { index, shared_stems } = self.take_in(&mut made);
                let loaded = (index.index().clone(), shared_stems.clone());
                self.made = Some(made);
                loaded
            }
        };
        Loaded {
            root: self.root.clone(),
            index,
            language: self.language(),
            obsidian: self.obsidian.clone(),
            shared_stems,
            options: self.options.clone(),
            strays: self.strays.clone(),
            kept: self.made.as_ref().map(|made| made.lines.clone()),
            half_saved: self.known.iter().find(|known| known.is_half_saved()).map(|known| known.found.path.clone()),
        }
    }

    /// Lets go of the notes where nothing made of them is kept: once the index is there a single run needs them no more,
    /// and they take more memory than it does. Whatever looks again finds all of them new.
    pub(in crate::app) fn forget_notes(&mut self) {
        if self.made.is_none() && self.options.overlay.is_none() {
            (self.known, self.places) = (Vec::new(), HashMap::new());
        }
    }

    /// The index and the like are to be made of all notes again.
    pub(super) fn make_anew(&mut self) {
        if let Some(made) = &mut self.made {
            made.whole = None;
        }
    }

    fn take_in<'m>(&self, made: &'m mut Made) -> &'m Whole {
        let changed = mem::take(&mut made.changed);
        let known = changed.iter().filter_map(|path| find(&self.known, path));
        let notes = known.map(|known| known.note.clone()).collect();
        let reading = |path: &NotePath| {
            let of_all = self.of_settings.iter().chain(&self.of_walk).filter(|one| one.path == *path);
            let of_note = find(&self.known, path).into_iter().flat_map(|known| &known.findings);
            of_all.chain(of_note).cloned().collect()
        };
        let whole = made
            .whole
            .take()
            .and_then(|mut whole| whole.index.update(notes, &reading, &self.options.index).then_some(whole));
        let whole = made.whole.insert(whole.unwrap_or_else(|| self.whole()));
        self.locate(whole.index.index_mut());
        whole
    }

    fn whole(&self) -> Whole {
        let notes = self.known.iter().map(|known| known.note.clone()).collect();
        let index = || KeptIndex::new(notes, self.reading().cloned().collect(), &self.options.index);
        let (index, stems) = rayon::join(index, || shared_stems(&self.note_list()));
        Whole { index, shared_stems: Arc::new(stems) }
    }

    fn index(&self) -> Index {
        let mut index = build_index(&self.note_list(), self.reading().cloned().collect(), &self.options.index);
        self.locate(&mut index);
        index
    }

    fn locate(&self, index: &mut Index) {
        let dated = index.dated_diagnostics.iter_mut().map(|(_, diagnostic)| diagnostic);
        locate(index.diagnostics.iter_mut().chain(dated), |path| self.found(path));
    }

    /// What was found when settings, folders and notes were read.
    fn reading(&self) -> impl Iterator<Item = &Diagnostic> {
        let of_notes = self.known.iter().flat_map(|known| &known.findings);
        self.of_settings.iter().chain(&self.of_walk).chain(of_notes)
    }
}
