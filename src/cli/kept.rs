//! Records of what was kept, in the words of reports: moments in local time, reasons by name.

use chrono::{DateTime, Local};

use crate::model::today::Today;
use crate::report::run::kept::{KeptCopies, KeptCopy, UndoRun, UndoRuns, When, WrittenNote};
use crate::state::listing::{Copy, Listing, Run};
use crate::state::record::{EditKind, KeptAs, Record};

/// A second since 1970 in local words.
pub(super) fn when(at: u64, today: Today) -> When {
    let seconds = i64::try_from(at).unwrap_or_default();
    let local = DateTime::from_timestamp(seconds, 0).unwrap_or_default().with_timezone(&Local).naive_local();
    let days_ago = (today.0 - local.date()).num_days();
    When { date: local.date(), time: local.format("%H:%M").to_string(), days_ago }
}

/// Everything that is kept; text that the program only passed through is none of it.
pub(super) fn copies(listing: &Listing, today: Today) -> KeptCopies {
    let copies: Vec<KeptCopy> = listing
        .copies
        .iter()
        .filter(|copy| copy.record.as_ref().is_none_or(|record| record.kept_as != KeptAs::Passing))
        .map(|copy| kept_copy(copy, today))
        .collect();
    let size = copies.iter().map(|copy| copy.size).sum();
    KeptCopies { schema: "vault-scan/recover/1", today: today.0, copies, size, broken: listing.broken }
}

/// The runs that can be taken back.
pub(super) fn runs(runs: &[Run], today: Today) -> UndoRuns {
    let note = |record: &Record| WrittenNote { path: record.path.clone(), edit: edit(record.edit) };
    let run = |run: &Run| UndoRun { when: when(run.at, today), notes: run.writes.iter().map(note).collect() };
    UndoRuns { schema: "vault-scan/undo/1", today: today.0, runs: runs.iter().map(run).collect() }
}

fn kept_copy(copy: &Copy, today: Today) -> KeptCopy {
    let path = copy.record.as_ref().map(|record| record.path.clone());
    let why = copy.record.as_ref().map_or("unknown", why);
    KeptCopy { id: copy.id.clone(), when: when(copy.at, today), path, why, size: copy.size }
}

fn why(record: &Record) -> &'static str {
    match (record.kept_as, record.edit) {
        (KeptAs::Rival, _) => "rival",
        (KeptAs::Stray, _) | (_, EditKind::None) => "stray",
        (_, EditKind::Log) => "before-log",
        (_, EditKind::Task) => "before-task",
        (_, EditKind::Report) => "before-report",
        (_, EditKind::Note) => "before-note",
        (_, EditKind::Undo) => "before-undo",
        (_, EditKind::Recover) => "before-recover",
    }
}

fn edit(kind: EditKind) -> &'static str {
    match kind {
        EditKind::Log => "log",
        EditKind::Task => "task",
        EditKind::Report => "report",
        EditKind::Note => "note",
        EditKind::Undo => "undo",
        EditKind::Recover => "recover",
        EditKind::None => "none",
    }
}
