//! A vault that is kept read: each note with its facts, so that one saved note costs one read and one parse.
//!
//! The disk is the truth. What is kept here equals what a fresh reading would give, whatever happened in between and in
//! whatever order it was told; only the note that an editor emptied a moment ago is kept as it was. Settings are not
//! looked at again: who changes them reads anew.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::index::build::build_index;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::model::note::{Note, NoteKind};
use crate::model::obsidian::{IgnoreRule, ObsidianSettings};
use crate::model::path::NotePath;
use crate::parse::note::{NameRole, ParseContext, parse_note, unread_note};
use crate::parse::periodic::PeriodicNotes;
use crate::render::kept::KeptLines;
use crate::vault::filter::Filter;
use crate::vault::obsidian::read_obsidian;
use crate::vault::read::{NoteRead, read_note, read_text};
use crate::vault::root::{VaultError, check_folder};
use crate::vault::stamp::{Stamp, stamp};
use crate::vault::walk::{Found, Walk, walk};
use crate::vocabulary::time::TimeWords;
use crate::watch::look::Look;
use crate::watch::moment::{Moment, Now};

use super::language::vault_language;
use super::load::{Loaded, Progress, locate, shared_stems, time_words};
use super::options::Options;
use super::roles::Roles;

/// How long a note that was emptied stays known as it was: an editor that truncates first is about to write.
const EMPTIED: Duration = Duration::from_secs(10);

/// A disk may not tell two writes apart that are this close.
const COARSE: Duration = Duration::from_secs(3);

/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Notes made, changed or gone, in no order. A note written with the bytes it had is none.
    pub changed: Vec<NotePath>,
    /// Whether something else changed that reports tell of: what was found odd while listing.
    pub remarks: bool,
    /// How many notes were opened.
    pub opened: usize,
    /// When to look at some note again that is kept for now though it is empty.
    pub again: Option<Moment>,
}

impl Updated {
    /// Whether reports may differ now.
    pub fn is_news(&self) -> bool {
        self.remarks || !self.changed.is_empty()
    }
}

/// A note with its facts.
#[derive(Debug)]
struct Known {
    found: Found,
    role: NameRole,
    note: Arc<Note>,
    findings: Vec<Diagnostic>,
    /// Of its bytes; a note that was opened only once has none.
    hash: Option<u64>,
    opened: SystemTime,
    /// Whether there was nothing in it.
    is_blank: bool,
    emptied: Option<Moment>,
}

impl Known {
    /// Whether it was emptied so short a time before it was opened that somebody is likely about to write it.
    fn is_half_saved(&self) -> bool {
        let Stamp { size, modified } = self.found.stamp;
        self.is_blank && (size > 0 || modified.is_some_and(|modified| modified + EMPTIED > self.opened))
    }
}

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
    /// Lines of reports, where they are made more often than once.
    kept: Option<Arc<KeptLines>>,
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
            kept: None,
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
        let notes: Vec<&Note> = self.known.iter().map(|known| &*known.note).collect();
        self.options.language.unwrap_or_else(|| vault_language(&notes))
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

    /// The files that a walk finds new, gone, or perhaps written since they were opened. None of them is opened.
    ///
    /// # Errors
    /// As for [`Vault::update`].
    pub fn differences(&self) -> Result<BTreeSet<PathBuf>, VaultError> {
        let Walk { notes, .. } = walk(&self.root, &self.filter)?;
        let mut gone: HashMap<&Path, &Known> =
            self.known.iter().map(|known| (known.found.os_path.as_path(), known)).collect();
        let mut differ = BTreeSet::new();
        for found in notes {
            let known = gone.remove(found.os_path.as_path());
            if known.is_none_or(|known| is_stale(&known.found, &found, known.opened)) {
                differ.insert(found.os_path);
            }
        }
        differ.extend(gone.into_keys().map(Path::to_owned));
        Ok(differ)
    }

    /// Looks at the disk again.
    ///
    /// # Errors
    /// The vault is no folder any more, or cannot be listed. What was known stays.
    pub fn update(&mut self, look: &Look, when: Now) -> Result<Updated, VaultError> {
        let none = BTreeSet::new();
        let (named, mut walks) = match look {
            Look::Nowhere => return Ok(Updated::default()),
            Look::Files(files) => (files, false),
            Look::Everything(files) => (files, true),
            Look::EveryByte => (&none, true),
        };
        let mut asked: HashSet<usize> = HashSet::new();
        let mut remarks = false;
        for path in named {
            if let Some(before) = self.outside.get_mut(path) {
                let now = read_text(path).ok().as_deref().and_then(hash_of_text);
                remarks |= now != *before;
                *before = now;
                continue;
            }
            match (self.places.get(path), stamp(path)) {
                (Some(place), Some(now)) => {
                    if let Some(known) = self.known.get_mut(*place) {
                        known.found.stamp = now;
                        asked.insert(*place);
                    }
                }
                (None, None) if !self.is_expected(path) => {}
                _ => walks = true,
            }
        }
        if walks {
            let mut updated = self.walk_again(look, named, when)?;
            updated.remarks |= remarks;
            return Ok(updated);
        }
        let mut updated = self.open_again(&asked, when);
        updated.remarks = remarks;
        self.settle_roles(&mut updated, when);
        updated.again = self.next_emptied();
        Ok(updated)
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

    /// From here on lines of reports are kept, so that making them once more takes less time.
    pub fn keep_lines(&mut self) {
        self.kept.get_or_insert_default();
    }

    /// What reading this vault anew would give.
    pub fn loaded(&self) -> Loaded {
        let notes: Vec<&Note> = self.known.iter().map(|known| &*known.note).collect();
        let of_notes = self.known.iter().flat_map(|known| &known.findings);
        let diagnostics = self.of_settings.iter().chain(&self.of_walk).chain(of_notes).cloned().collect();
        let language = || self.options.language.unwrap_or_else(|| vault_language(&notes));
        let of_all = || (language(), Arc::new(shared_stems(&notes)));
        let index = || build_index(&notes, diagnostics, &self.options.index);
        let (mut index, (language, shared_stems)) = rayon::join(index, of_all);
        let dated = index.dated_diagnostics.iter_mut().map(|(_, diagnostic)| diagnostic);
        locate(index.diagnostics.iter_mut().chain(dated), |path| self.found(path));
        let (root, obsidian, options) = (self.root.clone(), self.obsidian.clone(), self.options.clone());
        let half_saved = self.known.iter().find(|known| known.is_half_saved()).map(|known| known.found.path.clone());
        Loaded {
            root,
            index,
            language,
            obsidian,
            shared_stems,
            options,
            strays: self.strays.clone(),
            kept: self.kept.clone(),
            half_saved,
        }
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

    /// Lists the vault and opens what is new, was written since, or was named.
    fn walk_again(&mut self, look: &Look, named: &BTreeSet<PathBuf>, when: Now) -> Result<Updated, VaultError> {
        let Walk { notes, diagnostics, folders, strays } = walk(&self.root, &self.filter)?;
        let mut updated = Updated { remarks: diagnostics != self.of_walk, ..Updated::default() };
        (self.of_walk, self.folders, self.strays) = (diagnostics, folders, strays);
        let same_names = notes.len() == self.known.len()
            && notes
                .iter()
                .zip(&self.known)
                .all(|(found, known)| found.path == known.found.path && found.os_path == known.found.os_path);
        let mut asked = HashSet::new();
        let mut made = Vec::new();
        let mut old: HashMap<NotePath, Known> = HashMap::new();
        if !same_names {
            self.roles = Roles::of(notes.iter(), &self.options);
            old = std::mem::take(&mut self.known).into_iter().map(|known| (known.found.path.clone(), known)).collect();
        }
        for (place, found) in notes.into_iter().enumerate() {
            let kept = match same_names {
                true => self.known.get_mut(place),
                false => {
                    let before = old.remove(&found.path).filter(|known| known.found.os_path == found.os_path);
                    if before.is_none() {
                        made.push(place);
                    }
                    self.known.push(before.unwrap_or_else(|| unopened(found.clone(), when)));
                    self.known.last_mut()
                }
            };
            let Some(known) = kept else { continue };
            let stale = *look == Look::EveryByte
                || named.contains(&found.os_path)
                || known.emptied.is_some()
                || is_stale(&known.found, &found, known.opened);
            known.found = found;
            if stale {
                asked.insert(place);
            }
        }
        if !same_names {
            updated.changed.extend(old.into_keys());
            self.places = places(&self.known);
            asked.extend(made);
            // A name that came or went may give or take the role of a copy.
            let turned =
                self.known.iter().enumerate().filter(|(_, known)| self.roles.role(&known.found.path) != known.role);
            asked.extend(turned.map(|(place, _)| place));
        }
        let opened = self.open_again(&asked, when);
        updated.opened += opened.opened;
        updated.changed.extend(opened.changed);
        self.settle_roles(&mut updated, when);
        updated.again = self.next_emptied();
        Ok(updated)
    }

    /// Opens some notes again, each in the role it has now.
    fn open_again(&mut self, asked: &HashSet<usize>, when: Now) -> Updated {
        let (context, roles) = (self.context(), &self.roles);
        let known = |place: &usize| Some((*place, self.known.get(*place)?));
        let asked: Vec<(usize, &Known)> = asked.iter().filter_map(known).collect();
        let opened = asked.len();
        let fresh: Vec<(usize, Fresh)> =
            asked.into_par_iter().map(|(place, known)| (place, reopen(known, roles, &context, when))).collect();
        let mut updated = Updated { opened, ..Updated::default() };
        for (place, fresh) in fresh {
            let Some(known) = self.known.get_mut(place) else { continue };
            known.opened = when.wall;
            match fresh {
                Fresh::Same { hash } => (known.hash, known.emptied) = (hash, None),
                Fresh::Emptied => known.emptied = known.emptied.or(Some(when.moment)),
                Fresh::Other { note, findings, hash, role } => {
                    let other_bytes = known.hash.is_some_and(|before| hash.is_some_and(|now| now != before));
                    let is_ours = known.hash == Some(NEW) && self.expected.remove(&known.found.os_path) == Some(hash);
                    if is_ours {
                        // Found by the walk that the event of our own write called for.
                    } else if other_bytes || note != *known.note || findings != known.findings {
                        updated.changed.push(known.found.path.clone());
                    }
                    (known.note, known.findings, known.hash) = (Arc::new(note), findings, hash);
                    (known.role, known.emptied) = (role, None);
                    known.is_blank = known.hash == hash_of_text("");
                }
            }
        }
        updated
    }

    /// A changed note may have become, or be no longer, almost equal to one it may be a copy of.
    fn settle_roles(&mut self, updated: &mut Updated, when: Now) {
        let changed: HashSet<NotePath> =
            updated.changed.iter().filter(|path| self.roles.hangs_on(path)).cloned().collect();
        if changed.is_empty() {
            return;
        }
        let known = &self.known;
        let turned = self.roles.ask_again(&changed, |path| find(known, path).map(|known| &known.found));
        let asked = turned.iter().filter_map(|path| self.known.binary_search_by(|one| one.found.path.cmp(path)).ok());
        let opened = self.open_again(&asked.collect(), when);
        updated.opened += opened.opened;
        updated.changed.extend(opened.changed);
    }

    fn next_emptied(&self) -> Option<Moment> {
        self.known.iter().filter_map(|known| known.emptied).min().map(|since| since + EMPTIED)
    }
}

/// What opening a note again gave.
enum Fresh {
    /// The bytes it had, in the role it had.
    Same { hash: Option<u64> },
    /// Nothing, where there was something a moment ago.
    Emptied,
    /// A note to be taken.
    Other { note: Note, findings: Vec<Diagnostic>, hash: Option<u64>, role: NameRole },
}

fn reopen(known: &Known, roles: &Roles, context: &ParseContext<'_>, when: Now) -> Fresh {
    let role = roles.role(&known.found.path);
    fresh(known, read_note(&known.found), role, context, when)
}

/// What is made of what was `read` where `known` stood.
fn fresh(known: &Known, read: NoteRead, role: NameRole, context: &ParseContext<'_>, when: Now) -> Fresh {
    if let NoteRead::Unread(finding) = &read
        && finding.code == NOT_DOWNLOADED
    {
        // A sync client that makes room changes no word: what the note said, it still says.
        let mut findings = known.findings.clone();
        findings.retain(|told| told.code != NOT_DOWNLOADED);
        findings.push(finding.clone().about(&known.found.path));
        return Fresh::Other { note: (*known.note).clone(), findings, hash: known.hash, role };
    }
    let hash = hash_of(&read);
    if hash.is_some() && hash == known.hash && role == known.role {
        return Fresh::Same { hash };
    }
    let waited = known.emptied.is_some_and(|since| when.moment.saturating_sub(since) >= EMPTIED);
    if is_blank(&read) && !waited && known.hash.is_none_or(|hash| hash != NEW && Some(hash) != hash_of_text("")) {
        return Fresh::Emptied;
    }
    let (note, findings) = parsed(read, &known.found, &role, context);
    Fresh::Other { note, findings, hash, role }
}

fn parsed(read: NoteRead, found: &Found, role: &NameRole, context: &ParseContext<'_>) -> (Note, Vec<Diagnostic>) {
    match read {
        NoteRead::Unread(finding) => (unread_note(&found.path), vec![finding.about(&found.path)]),
        NoteRead::Text(text, encoding) => {
            let (note, mut findings) = parse_note(&found.path, &text, role, context);
            findings.extend(encoding.finding().map(|finding: Finding| finding.about(&found.path)));
            (note, findings)
        }
    }
}

/// The code of a note whose bytes lie in a cloud.
const NOT_DOWNLOADED: &str = "note-not-downloaded";

/// Stands for the bytes of a note that was never opened.
const NEW: u64 = 0;

fn unopened(found: Found, when: Now) -> Known {
    let note = Arc::new(unread_note(&found.path));
    let (role, findings) = (NameRole::Ordinary, Vec::new());
    Known { found, role, note, findings, hash: Some(NEW), opened: when.wall, is_blank: false, emptied: None }
}

/// Whether a file may hold other bytes than when it was opened: its stamp differs, or says too little.
fn is_stale(before: &Found, now: &Found, opened: SystemTime) -> bool {
    let is_recent = |modified: SystemTime| opened.duration_since(modified).is_ok_and(|age| age < COARSE);
    before.stamp != now.stamp || now.stamp.modified.is_none_or(|modified| modified > opened || is_recent(modified))
}

/// A report has no facts, so only its bytes tell that somebody ticked a line in it.
fn hash_of_reports(read: &NoteRead) -> Option<u64> {
    match read {
        NoteRead::Text(text, _) if text.contains("vault-scan:begin") => hash_of_text(text),
        _ => None,
    }
}

fn is_blank(read: &NoteRead) -> bool {
    matches!(read, NoteRead::Text(text, _) if text.is_empty())
}

fn hash_of(read: &NoteRead) -> Option<u64> {
    match read {
        NoteRead::Text(text, _) => hash_of_text(text),
        NoteRead::Unread(_) => None,
    }
}

fn hash_of_text(text: &str) -> Option<u64> {
    Some(text_hash(text))
}

/// Tells two texts apart that one file holds one after the other.
pub(super) fn text_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn find<'k>(known: &'k [Known], path: &NotePath) -> Option<&'k Known> {
    known.binary_search_by(|one| one.found.path.cmp(path)).ok().and_then(|place| known.get(place))
}

fn places(known: &[Known]) -> HashMap<PathBuf, usize> {
    known.iter().enumerate().map(|(place, known)| (known.found.os_path.clone(), place)).collect()
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
