//! What is kept of earlier bytes, and what taking back a run did: plain data for small templates and scripts.

use chrono::NaiveDate;
use serde::Serialize;

use super::ScanMode;

/// A moment in local words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// The local day.
    pub date: NaiveDate,
    /// The local time, `17:14`.
    pub time: String,
    /// How many days before today; 0 for today.
    pub days_ago: i64,
}

/// One kept copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptCopy {
    /// What it is called.
    pub id: String,
    /// When it was kept.
    pub when: When,
    /// The file from the vault root; `null` where a crash came before that was written down.
    pub path: Option<String>,
    /// Why: before-log, before-task, before-report, before-undo, before-recover, rival, stray or unknown.
    pub why: &'static str,
    /// In bytes.
    pub size: u64,
}

/// Everything that is kept, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptCopies {
    /// `vault-scan/recover/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The copies.
    pub copies: Vec<KeptCopy>,
    /// Their size in bytes.
    pub size: u64,
    /// Records that could not be read.
    pub broken: usize,
}

/// One note that a run wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenNote {
    /// The note from the vault root.
    pub path: String,
    /// What was written: log, task, note or recover.
    pub edit: &'static str,
}

/// One run that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndoRun {
    /// When it wrote.
    pub when: When,
    /// What.
    pub notes: Vec<WrittenNote>,
}

/// The runs that can be taken back, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndoRuns {
    /// `vault-scan/undo/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The runs.
    pub runs: Vec<UndoRun>,
}

/// What taking back a run did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndoSummary {
    /// Whether it wrote.
    pub mode: ScanMode,
    /// When the run wrote.
    pub when: When,
    /// Notes that are as before.
    pub restored: Vec<String>,
    /// Notes that were created, and are taken away.
    pub removed: Vec<String>,
    /// Notes that already were as before.
    pub unchanged: Vec<String>,
    /// Reports that were made again.
    pub reports: Vec<String>,
    /// Answers that wait in the agenda for the next run.
    pub waiting: usize,
    /// How many runs before it can be taken back.
    pub left: usize,
}
