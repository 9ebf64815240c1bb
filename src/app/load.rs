//! From a folder to an index.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::index::record::Index;
use crate::model::cadence::Cadence;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::model::note::Note;
use crate::model::obsidian::ObsidianSettings;
use crate::model::path::NotePath;
use crate::model::span::{LineIndex, Span};
use crate::parse::cadence::read_cadence;
use crate::render::kept::KeptLines;
use crate::vault::read::{NoteRead, read_note};
use crate::vault::root::VaultError;
use crate::vault::walk::Found;
use crate::vocabulary::time::TimeWords;

use super::options::Options;
use super::vault::Vault;

/// How far loading has come; told from several threads at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many notes were found.
    Found(usize),
    /// One more note was read.
    Read,
}

/// A vault, read.
#[derive(Debug)]
pub struct Loaded {
    /// Its folder.
    pub root: PathBuf,
    /// What is known.
    pub index: Arc<Index>,
    /// The language of its reports and messages.
    pub language: Language,
    /// Obsidian's settings.
    pub obsidian: ObsidianSettings,
    /// Folded stems that more than one note has.
    pub shared_stems: Arc<BTreeSet<String>>,
    /// What the run was told.
    pub options: Options,
    /// Temporary files of ours that the walk passed; what a crash left is among them.
    pub strays: Vec<PathBuf>,
    /// Lines of reports that were made before, where somebody keeps them.
    pub(super) kept: Option<Arc<KeptLines>>,
    /// A note that was empty when it was opened and had been written a moment before: what it says is not known yet.
    pub half_saved: Option<NotePath>,
}

/// Reads the vault at `root`. A note that cannot be read is a diagnostic, never an error.
///
/// # Errors
/// A vault that is no folder or cannot be listed.
pub fn load(root: &Path, options: Options, progress: &(dyn Fn(Progress) + Sync)) -> Result<Loaded, VaultError> {
    // Nobody looks again, so when it was read does not matter.
    Ok(Vault::open(root, options, SystemTime::UNIX_EPOCH, progress)?.loaded())
}

/// Fills in column and line of the findings that were made from several notes, when no note's text was at hand. Each
/// note is read, and its lines are counted, once for all of its findings.
pub(super) fn locate<'d, 'f>(
    diagnostics: impl Iterator<Item = &'d mut Diagnostic>,
    find: impl Fn(&NotePath) -> Option<&'f Found> + Sync,
) {
    let mut unlocated: BTreeMap<NotePath, Vec<&mut Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics.filter(|one| one.excerpt.is_empty() && one.span != Span::default()) {
        unlocated.entry(diagnostic.path.clone()).or_default().push(diagnostic);
    }
    unlocated.into_par_iter().for_each(|(path, findings)| {
        let Some(NoteRead::Text(text, _)) = find(&path).map(read_note) else { return };
        let lines = LineIndex::new(&text);
        for diagnostic in findings.into_iter().filter(|one| one.span.lies_in(&text)) {
            *diagnostic = diagnostic.clone().located(&lines);
        }
    });
}

impl Loaded {
    /// Takes in findings about the vault that its notes do not tell.
    pub fn add_diagnostics(&mut self, found: Vec<Diagnostic>) {
        if !found.is_empty() {
            let index = Arc::make_mut(&mut self.index);
            index.diagnostics.extend(found);
            index.diagnostics.sort_by(|a, b| (&a.path, a.position).cmp(&(&b.path, b.position)));
        }
    }

    /// Whether a text is a cadence in this vault, whose settings may define words of their own.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read_cadence(&self, text: &str) -> Result<(), Finding> {
        read_cadence(text, &time_words(&self.options)).map(|_| ())
    }
}

/// The words of time, with those the configuration gives a cadence.
pub(super) fn time_words(options: &Options) -> TimeWords {
    let mut time = TimeWords::built_in();
    for (word, cadence) in &options.cadence_words {
        match cadence {
            Cadence::Every(period) => time.define_cadence(word, &period.to_string()),
            Cadence::Untracked => time.define_cadence(word, "none"),
        }
    }
    time
}

pub(super) fn shared_stems(notes: &[&Note]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for note in notes {
        let stem = fold(note.path.stem());
        if !seen.insert(stem.clone()) {
            shared.insert(stem);
        }
    }
    shared
}
