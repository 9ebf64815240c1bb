//! A vault that is kept read: each note with its facts, so that one saved note costs one read and one parse.
//!
//! The disk is the truth. What is kept here equals what a fresh reading would give, whatever happened in between and in
//! whatever order it was told; only the note that an editor emptied a moment ago is kept as it was. Settings are not
//! looked at again: who changes them reads anew. `known` is one note, `look` takes in what the disk holds now, `made` is
//! the index of it all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::model::diagnostic::Diagnostic;
use crate::model::language::Language;
use crate::model::note::{Note, NoteKind};
use crate::model::obsidian::{IgnoreRule, ObsidianSettings};
use crate::model::path::NotePath;
use crate::parse::note::ParseContext;
use crate::parse::periodic::PeriodicNotes;
use crate::vault::filter::Filter;
use crate::vault::obsidian::read_obsidian;
use crate::vault::read::read_note;
use crate::vault::root::{VaultError, check_folder};
use crate::vault::walk::{Found, Walk, walk};
use crate::vocabulary::time::TimeWords;

use super::language::vault_language;
use super::load::{Progress, time_words};
use super::options::Options;
use super::roles::Roles;

use known::{Known, find, hash_of_reports, hash_of_text, is_blank, parsed, places};
use made::Made;

mod known;
mod look;
mod made;

pub(super) use known::text_hash;
pub use look::Updated;

/// A vault, kept read.
#[derive(Debug)]
pub struct Vault {
    root: PathBuf,
    options: Options,
    obsidian: ObsidianSettings,
    filter: Filter,
    periodic: PeriodicNotes,
    time: TimeWords,
    of_settings: Vec<Diagnostic>,
    of_walk: Vec<Diagnostic>,
    folders: Vec<PathBuf>,
    strays: Vec<PathBuf>,
    /// In path order.
    known: Vec<Known>,
    places: HashMap<PathBuf, usize>,
    roles: Roles,
    /// Our own files where no notes are read, each with the hash of its bytes.
    outside: HashMap<PathBuf, Option<u64>>,
    /// Our own files that a walk has yet to find, each with the hash of its bytes.
    expected: HashMap<PathBuf, Option<u64>>,
    /// What was made of the notes, where that is done more often than once.
    made: Option<Made>,
}

impl Vault {
    /// Reads the vault at `root`. A note that cannot be read is a diagnostic, never an error.
    ///
    /// # Errors
    /// A vault that is no folder or cannot be listed.
    pub fn open(
        root: &Path,
        options: Options,
        wall: SystemTime,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vault, VaultError> {
        check_folder(root)?;
        let (mut obsidian, mut diagnostics) = read_obsidian(root);
        let own = options.ignore.iter().map(|folder| IgnoreRule::Prefix(format!("{}/", folder.trim_matches('/'))));
        obsidian.ignore.extend(own);
        let (filter, findings) = Filter::new(&obsidian);
        let settings = NotePath::new(".obsidian/app.json");
        diagnostics.extend(findings.into_iter().map(|finding| finding.about(&settings)));
        let (periodic, findings) = PeriodicNotes::compile(&obsidian);
        diagnostics.extend(findings);
        let time = time_words(&options);
        let mut vault = Vault {
            root: root.to_owned(),
            options,
            obsidian,
            filter,
            periodic,
            time,
            of_settings: diagnostics,
            of_walk: Vec::new(),
            folders: Vec::new(),
            strays: Vec::new(),
            known: Vec::new(),
            places: HashMap::new(),
            roles: Roles::default(),
            outside: HashMap::new(),
            expected: HashMap::new(),
            made: None,
        };
        vault.fill(wall, progress)?;
        Ok(vault)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What belongs to it.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What it was read with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The folders that may hold notes, the vault itself first.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The language of its reports and messages.
    pub fn language(&self) -> Language {
        self.options.language.unwrap_or_else(|| vault_language(&self.note_list()))
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// How many of them are the user's: our own reports do not count.
    pub fn notes(&self) -> usize {
        self.known.iter().filter(|known| known.note.kind != NoteKind::Generated).count()
    }

    /// Whether there is no note.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes in that a file of ours was written, and how it reads now: it is no news when the event of it comes.
    pub fn wrote(&mut self, path: &Path, text: &str) {
        let hash = hash_of_text(text);
        match self.places.get(path).and_then(|place| self.known.get_mut(*place)) {
            Some(known) => known.hash = hash,
            None => {
                let inside = path.strip_prefix(&self.root).ok().and_then(Path::to_str).unwrap_or_default();
                let files = match self.filter.is_note(&inside.replace('\\', "/")) {
                    true => &mut self.expected,
                    false => &mut self.outside,
                };
                files.insert(path.to_owned(), hash);
            }
        }
    }

    /// Takes in that a file of ours was taken away: it is no news when the event of it comes.
    pub fn removed(&mut self, path: &Path) {
        self.outside.remove(path);
        self.expected.remove(path);
        if let Some(place) = self.places.get(path).copied().filter(|place| *place < self.known.len()) {
            self.known.remove(place);
            self.places = places(&self.known);
        }
    }

    /// In path order.
    fn note_list(&self) -> Vec<&Note> {
        self.known.iter().map(|known| &*known.note).collect()
    }

    fn found(&self, path: &NotePath) -> Option<&Found> {
        find(&self.known, path).map(|known| &known.found)
    }

    /// A file that is not there may be one that went, or that only a walk can tell of: under another spelling.
    fn is_expected(&self, path: &Path) -> bool {
        let relative = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
        relative.is_none_or(|relative| self.found(&NotePath::new(relative)).is_some())
    }

    fn context(&self) -> ParseContext<'_> {
        ParseContext {
            words: &self.options.vocabulary,
            time: &self.time,
            obsidian: &self.obsidian,
            periodic: &self.periodic,
        }
    }

    fn fill(&mut self, wall: SystemTime, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), VaultError> {
        let mut walked = walk(&self.root, &self.filter)?;
        if let Some(overlay) = &self.options.overlay {
            overlay.lay_over(&mut walked, &self.root, &self.filter);
        }
        let Walk { notes, diagnostics, folders, strays } = walked;
        progress(Progress::Found(notes.len()));
        self.roles = Roles::of(notes.iter(), &self.options);
        let (context, roles) = (self.context(), &self.roles);
        let known = notes.into_par_iter().map(|found| {
            let role = roles.role(&found.path);
            let read = read_note(&found);
            let (hash, is_blank) = (hash_of_reports(&read), is_blank(&read));
            let (note, findings) = parsed(read, &found, &role, &context);
            progress(Progress::Read);
            Known { found, role, note: Arc::new(note), findings, hash, opened: wall, is_blank, emptied: None }
        });
        self.known = known.collect();
        (self.of_walk, self.folders, self.strays) = (diagnostics, folders, strays);
        self.places = places(&self.known);
        Ok(())
    }
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
