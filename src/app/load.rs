//! From a folder to an index.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::index::build::build_index;
use crate::index::record::Index;
use crate::model::cadence::Cadence;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::model::note::Note;
use crate::model::obsidian::{IgnoreRule, ObsidianSettings};
use crate::model::path::NotePath;
use crate::model::span::{LineIndex, Span};
use crate::parse::note::{NameRole, ParseContext, parse_note, unread_note};
use crate::parse::periodic::PeriodicNotes;
use crate::vault::conflicts::{by_name, mostly_equal, twin_candidates};
use crate::vault::filter::Filter;
use crate::vault::obsidian::read_obsidian;
use crate::vault::read::{NoteRead, read_note};
use crate::vault::root::{VaultError, check_folder};
use crate::vault::walk::{Found, walk};
use crate::vocabulary::time::TimeWords;

use super::language::vault_language;
use super::options::Options;

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
    pub index: Index,
    /// The language of its reports and messages.
    pub language: Language,
    /// Obsidian's settings.
    pub obsidian: ObsidianSettings,
    /// Folded stems that more than one note has.
    pub shared_stems: Arc<BTreeSet<String>>,
    /// What the run was told.
    pub options: Options,
}

/// Reads the vault at `root`. A note that cannot be read is a diagnostic, never an error.
///
/// # Errors
/// A vault that is no folder or cannot be listed.
pub fn load(root: &Path, options: Options, progress: &(dyn Fn(Progress) + Sync)) -> Result<Loaded, VaultError> {
    check_folder(root)?;
    let (mut obsidian, mut diagnostics) = read_obsidian(root);
    let own = options.ignore.iter().map(|folder| IgnoreRule::Prefix(format!("{}/", folder.trim_matches('/'))));
    obsidian.ignore.extend(own);
    let (filter, findings) = Filter::new(&obsidian);
    let settings = NotePath::new(".obsidian/app.json");
    diagnostics.extend(findings.into_iter().map(|finding| finding.about(&settings)));
    let (periodic, findings) = PeriodicNotes::compile(&obsidian);
    diagnostics.extend(findings);

    let walked = walk(root, &filter)?;
    diagnostics.extend(walked.diagnostics);
    progress(Progress::Found(walked.notes.len()));

    let roles = name_roles(&walked.notes, &options);
    let time = time_words(&options);
    let context = ParseContext { words: &options.vocabulary, time: &time, obsidian: &obsidian, periodic: &periodic };
    let read: Vec<(Note, Vec<Diagnostic>)> = walked
        .notes
        .par_iter()
        .map(|found| {
            let read = read_one(found, &roles, &context);
            progress(Progress::Read);
            read
        })
        .collect();
    let mut notes = Vec::with_capacity(read.len());
    for (note, findings) in read {
        notes.push(note);
        diagnostics.extend(findings);
    }

    let language = options.language.unwrap_or_else(|| vault_language(&notes));
    let shared_stems = Arc::new(shared_stems(&notes));
    let mut index = build_index(notes, diagnostics, &options.index);
    let dated = index.dated_diagnostics.iter_mut().map(|(_, diagnostic)| diagnostic);
    locate(index.diagnostics.iter_mut().chain(dated), &walked.notes);
    Ok(Loaded { root: root.to_owned(), index, language, obsidian, shared_stems, options })
}

fn read_one(found: &Found, roles: &HashMap<NotePath, NameRole>, context: &ParseContext<'_>) -> (Note, Vec<Diagnostic>) {
    match read_note(found) {
        NoteRead::Unread(finding) => (unread_note(&found.path), vec![finding.about(&found.path)]),
        NoteRead::Text(text, encoding) => {
            let role = roles.get(&found.path).unwrap_or(&NameRole::Ordinary);
            let (note, mut findings) = parse_note(&found.path, &text, role, context);
            findings.extend(encoding.finding().map(|finding: Finding| finding.about(&found.path)));
            (note, findings)
        }
    }
}

/// Conflict copies: by their names, or by names that a sync program may have made beside a note almost equal.
fn name_roles(notes: &[Found], options: &Options) -> HashMap<NotePath, NameRole> {
    let mut roles = HashMap::new();
    for found in notes {
        if let Some(base) = by_name(&found.path, |name| options.vocabulary.names_conflict_copy(name)) {
            roles.insert(found.path.clone(), NameRole::ConflictCopy(base.into()));
        }
    }
    let paths: Vec<NotePath> = notes.iter().map(|found| found.path.clone()).collect();
    let twins = twin_candidates(&paths);
    if twins.is_empty() {
        return roles;
    }
    let by_path: HashMap<&NotePath, &Found> = notes.iter().map(|found| (&found.path, found)).collect();
    let text = |path: &NotePath| match by_path.get(path).map(|found| read_note(found)) {
        Some(NoteRead::Text(text, _)) => Some(text),
        _ => None,
    };
    for (copy, base) in twins {
        if let (Some(a), Some(b)) = (text(&copy), text(&base))
            && mostly_equal(&a, &b)
        {
            roles.insert(copy, NameRole::ConflictCopy(base.stem().into()));
        }
    }
    roles
}

/// Fills in column and line of the findings that were made from several notes, when no note's text was at hand. Each
/// note is read, and its lines are counted, once for all of its findings.
fn locate<'d>(diagnostics: impl Iterator<Item = &'d mut Diagnostic>, notes: &[Found]) {
    let mut unlocated: BTreeMap<NotePath, Vec<&mut Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics.filter(|one| one.excerpt.is_empty() && one.span != Span::default()) {
        unlocated.entry(diagnostic.path.clone()).or_default().push(diagnostic);
    }
    if unlocated.is_empty() {
        return;
    }
    let by_path: HashMap<&NotePath, &Found> = notes.iter().map(|found| (&found.path, found)).collect();
    for (path, findings) in unlocated {
        let Some(NoteRead::Text(text, _)) = by_path.get(&path).map(|found| read_note(found)) else { continue };
        let lines = LineIndex::new(&text);
        for diagnostic in findings.into_iter().filter(|one| one.span.lies_in(&text)) {
            *diagnostic = diagnostic.clone().located(&lines);
        }
    }
}

/// The words of time, with those the configuration gives a cadence.
fn time_words(options: &Options) -> TimeWords {
    let mut time = TimeWords::built_in();
    for (word, cadence) in &options.cadence_words {
        match cadence {
            Cadence::Every(period) => time.define_cadence(word, &period.to_string()),
            Cadence::Untracked => time.define_cadence(word, "none"),
        }
    }
    time
}

fn shared_stems(notes: &[Note]) -> BTreeSet<String> {
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
