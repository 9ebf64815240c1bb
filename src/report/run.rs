//! What a run of a command says of itself: plain data for small templates.

pub mod kept;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::today::Today;

/// How many findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Severities {
    /// What the user wrote and is not read.
    pub errors: usize,
    /// What is read, but likely not as meant.
    pub warnings: usize,
    /// Which of several readings was taken.
    pub hints: usize,
}

impl Severities {
    /// Counts severities by their words: `error`, `warning`, `hint`.
    pub fn count<'s>(words: impl IntoIterator<Item = &'s str>) -> Self {
        let mut counts = Severities::default();
        for word in words {
            match word {
                "error" => counts.errors += 1,
                "warning" => counts.warnings += 1,
                _ => counts.hints += 1,
            }
        }
        counts
    }
}

/// Whether a scan writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScanMode {
    /// It does.
    Write,
    /// It shows what would change.
    DryRun,
    /// It only tells whether something would change.
    Check,
}

/// What a command did to a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteDeed {
    /// A line in logs.
    Log,
    /// A reminder put off to a day.
    Snooze,
    /// A reminder left out once.
    Skip,
    /// A new note.
    New,
}

/// What a command wrote into notes, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteWrite {
    /// Whether it wrote.
    pub mode: ScanMode,
    /// What it did.
    pub deed: NoteDeed,
    /// For whom.
    pub people: Vec<String>,
    /// The day it is about, ISO.
    pub date: String,
    /// Whether that day lies ahead.
    pub is_planned: bool,
    /// The new note; empty for a deed in one that was there.
    pub path: String,
}

impl NoteWrite {
    /// A deed for `people` about a day that has come.
    pub fn new(mode: ScanMode, deed: NoteDeed, people: Vec<String>, date: NaiveDate) -> Self {
        NoteWrite { mode, deed, people, date: date.to_string(), is_planned: false, path: String::new() }
    }
}

/// What one answered note was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// The note.
    pub path: String,
    /// The lines as they stand there now, without the names of agenda lines.
    pub lines: Vec<String>,
}

/// What a scan did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScanSummary {
    /// Whether it wrote.
    pub mode: ScanMode,
    /// Notes read.
    pub notes: usize,
    /// People found.
    pub people: usize,
    /// What the answers of the agenda put into notes, or would.
    pub answers: Vec<Noted>,
    /// Files written, or that would be, in order.
    pub changed: Vec<String>,
    /// Briefs taken away, or that would be, as their meeting is over.
    pub removed: Vec<String>,
    /// Lines of a person inside generated text that were moved below it.
    pub moved_lines: usize,
    /// How many files were right already.
    pub unchanged: usize,
    /// Which; empty unless asked for.
    pub unchanged_files: Vec<String>,
    /// Files left alone for a reason.
    pub refused: usize,
    /// Files that could not be written.
    pub failed: usize,
    /// What `check` would show.
    pub problems: Severities,
}

/// Which line a watcher says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WatchLine {
    /// How things stand; it takes the place of the last such line.
    Status,
    /// What a change led to.
    Change,
}

/// What a watcher says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatchSummary {
    /// Which line.
    pub line: WatchLine,
    /// The local day and time, `2026-11-20 14:03:09`.
    pub time: String,
    /// Whether the vault is listed again and again, as events do not tell all.
    pub polling: bool,
    /// Notes there are.
    pub notes: usize,
    /// People there are.
    pub people: usize,
    /// Items on the agenda of today.
    pub items: usize,
    /// Notes that changed: short hashes, or paths for who asked for them.
    pub changed: Vec<String>,
    /// Notes that answers of the agenda were written into: short hashes, or paths for who asked for them.
    pub noted: Vec<String>,
    /// Reports written.
    pub written: Vec<String>,
    /// When reports were last written; empty before the first time.
    pub last: String,
    /// How many notes got answers then.
    pub last_noted: usize,
}

/// What a scan did, for scripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScanDocument<'s> {
    /// Name and number of the form.
    pub schema: &'static str,
    /// The day of the run.
    pub today: NaiveDate,
    /// What it did.
    #[serde(flatten)]
    pub summary: &'s ScanSummary,
}

impl<'s> ScanDocument<'s> {
    /// The document of a scan on `today`.
    pub fn new(summary: &'s ScanSummary, today: Today) -> Self {
        ScanDocument { schema: "vault-scan/scan/1", today: today.0, summary }
    }
}

/// What a check found, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckSummary {
    /// Notes looked at.
    pub notes: usize,
    /// Notes with a finding.
    pub notes_with_problems: usize,
    /// Findings.
    pub problems: Severities,
}

/// A name with how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// A kind, a rule or a folder; an empty folder is the vault itself.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// How daily notes are named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DailyNotes {
    /// Their folder; empty for the vault itself.
    pub folder: String,
    /// Format of their names.
    pub format: String,
    /// How many there are.
    pub notes: usize,
}

/// What became of the file of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigFate {
    /// It was made.
    Made,
    /// There was one, which was left alone.
    Kept,
    /// It would be made.
    Planned,
}

/// What was understood of a vault at first sight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InitSummary {
    /// BCP 47 tag of the language most notes are in; `null` when a language was asked for.
    pub language: Option<&'static str>,
    /// Notes read.
    pub notes: usize,
    /// Notes by kind, those that occur.
    pub kinds: Vec<Counted>,
    /// People found.
    pub people: usize,
    /// A few of their names.
    pub examples: Vec<String>,
    /// Folders their notes are in, the fullest first, a few.
    pub folders: Vec<Counted>,
    /// How many folders are not shown.
    pub more_folders: usize,
    /// The owner's note.
    pub owner: Option<String>,
    /// Daily notes by the vault's settings.
    pub daily: Option<DailyNotes>,
    /// Blocks of front matter.
    pub blocks: usize,
    /// Blocks read as one mapping.
    pub whole_blocks: usize,
    /// Blocks read key by key.
    pub partial_blocks: usize,
    /// Blocks not read.
    pub unread_blocks: usize,
    /// People by the rule their cadence comes from.
    pub cadence_rules: Vec<Counted>,
    /// Folder of the reports.
    pub reports: String,
    /// The file of settings, from the current folder.
    pub config: String,
    /// What became of it.
    pub fate: ConfigFate,
    /// What was done for git; `null` when that was not asked for.
    pub git: Option<GitSummary>,
}

/// What was done for git.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GitSummary {
    /// The hook.
    pub hook: String,
    /// What became of it: `kept` is a hook of somebody else.
    pub hook_fate: ConfigFate,
    /// The line that somebody else's hook lacks; `null` when it has it.
    pub line: Option<String>,
    /// Whether this only would be done.
    pub planned: bool,
    /// Lines added, or that would be, by file.
    pub added: Vec<GitLines>,
}

/// Lines added to one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GitLines {
    /// The file.
    pub file: String,
    /// The lines.
    pub lines: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_counted_by_their_words() {
        let counts = Severities::count(["warning", "error", "hint", "warning"]);
        assert_eq!(counts, Severities { errors: 1, warnings: 2, hints: 1 });
    }
}
