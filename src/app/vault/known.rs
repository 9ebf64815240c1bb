//! One note as it is known, and what opening it again makes of it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::app::roles::Roles;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::note::Note;
use crate::model::path::NotePath;
use crate::parse::note::{NameRole, ParseContext, parse_note, unread_note};
use crate::vault::read::{NoteRead, read_note};
use crate::vault::stamp::Stamp;
use crate::vault::walk::Found;
use crate::watch::moment::{Moment, Now};

/// How long a note that was emptied stays known as it was: an editor that truncates first is about to write.
pub(super) const EMPTIED: Duration = Duration::from_secs(10);

/// A disk may not tell two writes apart that are this close.
const COARSE: Duration = Duration::from_secs(3);

/// A note with its facts.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) found: Found,
    pub(super) role: NameRole,
    pub(super) note: Arc<Note>,
    pub(super) findings: Vec<Diagnostic>,
    /// Of its bytes; a note that was opened only once has none.
    pub(super) hash: Option<u64>,
    pub(super) opened: SystemTime,
    /// Whether there was nothing in it.
    pub(super) is_blank: bool,
    pub(super) emptied: Option<Moment>,
}

impl Known {
    /// Whether it was emptied so short a time before it was opened that somebody is likely about to write it.
    pub(super) fn is_half_saved(&self) -> bool {
        let Stamp { size, modified } = self.found.stamp;
        self.is_blank && (size > 0 || modified.is_some_and(|modified| modified + EMPTIED > self.opened))
    }
}

/// What opening a note again gave.
pub(super) enum Fresh {
    /// The bytes it had, in the role it had.
    Same { hash: Option<u64> },
    /// Nothing, where there was something a moment ago.
    Emptied,
    /// A note to be taken.
    Other { note: Arc<Note>, findings: Vec<Diagnostic>, hash: Option<u64>, role: NameRole },
}

pub(super) fn reopen(known: &Known, roles: &Roles, context: &ParseContext<'_>, when: Now) -> Fresh {
    let role = roles.role(&known.found.path);
    fresh(known, read_note(&known.found), role, context, when)
}

/// What is made of what was `read` where `known` stood.
pub(super) fn fresh(known: &Known, read: NoteRead, role: NameRole, context: &ParseContext<'_>, when: Now) -> Fresh {
    if let NoteRead::Unread(finding) = &read
        && finding.code == NOT_DOWNLOADED
    {
        // A sync client that makes room changes no word: what the note said, it still says.
        let mut findings = known.findings.clone();
        findings.retain(|told| told.code != NOT_DOWNLOADED);
        findings.push(finding.clone().about(&known.found.path));
        return Fresh::Other { note: known.note.clone(), findings, hash: known.hash, role };
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
    Fresh::Other { note: Arc::new(note), findings, hash, role }
}

pub(super) fn parsed(
    read: NoteRead,
    found: &Found,
    role: &NameRole,
    context: &ParseContext<'_>,
) -> (Note, Vec<Diagnostic>) {
    match read {
        NoteRead::Unread(finding) => (unread_note(&found.path), vec![finding.about(&found.path)]),
        NoteRead::Text(text, encoding) => {
            let (mut note, mut findings) = parse_note(&found.path, &text, role, context);
            note.shrink();
            findings.extend(encoding.finding().map(|finding: Finding| finding.about(&found.path)));
            (note, findings)
        }
    }
}

/// The code of a note whose bytes lie in a cloud.
pub(super) const NOT_DOWNLOADED: &str = "note-not-downloaded";

/// Stands for the bytes of a note that was never opened.
pub(super) const NEW: u64 = 0;

pub(super) fn unopened(found: Found, when: Now) -> Known {
    let note = Arc::new(unread_note(&found.path));
    let (role, findings) = (NameRole::Ordinary, Vec::new());
    Known { found, role, note, findings, hash: Some(NEW), opened: when.wall, is_blank: false, emptied: None }
}

/// Whether a file may hold other bytes than when it was opened: its stamp differs, or says too little.
pub(super) fn is_stale(before: &Found, now: &Found, opened: SystemTime) -> bool {
    let is_recent = |modified: SystemTime| opened.duration_since(modified).is_ok_and(|age| age < COARSE);
    before.stamp != now.stamp || now.stamp.modified.is_none_or(|modified| modified > opened || is_recent(modified))
}

/// A report has no facts, so only its bytes tell that somebody ticked a line in it.
pub(super) fn hash_of_reports(read: &NoteRead) -> Option<u64> {
    match read {
        NoteRead::Text(text, _) if text.contains("vault-scan:begin") => hash_of_text(text),
        _ => None,
    }
}

pub(super) fn is_blank(read: &NoteRead) -> bool {
    matches!(read, NoteRead::Text(text, _) if text.is_empty())
}

fn hash_of(read: &NoteRead) -> Option<u64> {
    match read {
        NoteRead::Text(text, _) => hash_of_text(text),
        NoteRead::Unread(_) => None,
    }
}

pub(super) fn hash_of_text(text: &str) -> Option<u64> {
    Some(text_hash(text))
}

/// Tells two texts apart that one file holds one after the other.
pub(in crate::app) fn text_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

pub(super) fn find<'k>(known: &'k [Known], path: &NotePath) -> Option<&'k Known> {
    known.binary_search_by(|one| one.found.path.cmp(path)).ok().and_then(|place| known.get(place))
}

pub(super) fn places(known: &[Known]) -> HashMap<PathBuf, usize> {
    known.iter().enumerate().map(|(place, known)| (known.found.os_path.clone(), place)).collect()
}
