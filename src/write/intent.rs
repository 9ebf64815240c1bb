//! What a run wants of one file: the closed list of what the program can do to a vault.

use chrono::NaiveDate;

use crate::state::record::EditKind;

use super::generated::GeneratedFile;
use super::removal::OldBrief;
use super::target::TargetPath;

/// What a run wants of one file. There is no case that touches a note's front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Lines in the log of a person's note.
    Log(Log),
    /// One task line, in place.
    Task(TaskEdit),
    /// A file the program generates, between its own markers.
    Report(GeneratedFile),
    /// A new note.
    Note(NewNote),
    /// A brief of ours that is needed no more, taken away while nobody wrote into it.
    Remove(OldBrief),
    /// A note as it was before one of the others, byte for byte.
    Restore(Restore),
}

/// Lines for the log of one person's note. A line whose id is in the note already is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The note.
    pub target: TargetPath,
    /// The lines, in the order they should stand.
    pub lines: Vec<LogLine>,
}

/// One entry as it will be written: `- 2026-11-20 通话：谈了新项目 #获得/引荐 ^vs-…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its day.
    pub date: NaiveDate,
    /// The word for the channel, as written; a Han word is followed by `：`, another by `: `.
    pub channel: Option<String>,
    /// Text, tags and fields; one line, may be empty.
    pub text: String,
    /// Items below it, each a line with its own `- ` and its indentation relative to the first.
    pub nested: Vec<String>,
    /// The id of the agenda line it comes from, `vs-1a2b3c4d`.
    pub id: Option<String>,
}

/// A change to one task line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskEdit {
    /// The note.
    pub target: TargetPath,
    /// The line as it was read, without its line end.
    pub line: String,
    /// Its number when it was read, from 1.
    pub number: usize,
    /// SHA-256 of the note as it was read, when known: only then is the number trusted.
    pub read_from: Option<[u8; 32]>,
    /// What becomes of it.
    pub change: TaskChange,
}

/// What becomes of a task line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskChange {
    /// `[x]`, with the done date where the vault writes one.
    Done(NaiveDate),
    /// `[-]`, with the day where the vault writes one.
    Cancelled(NaiveDate),
    /// Scheduled for another day; the box stays.
    Scheduled(NaiveDate),
}

/// A note that does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    /// Where.
    pub target: TargetPath,
    /// The whole file.
    pub text: String,
}

/// The bytes a file had before the program wrote to it, and which it is to have again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    /// The file.
    pub target: TargetPath,
    /// SHA-256, in hex, of what must stand there now: nobody else's change is taken back.
    pub expected: String,
    /// The file as it was; nothing for one that was not there, which is taken away.
    pub text: Option<String>,
    /// Whether a run is taken back, or one kept copy.
    pub kind: EditKind,
    /// The records this takes back.
    pub undoes: Vec<String>,
}

impl Intent {
    /// The file it is about.
    pub fn target(&self) -> &TargetPath {
        match self {
            Intent::Log(log) => &log.target,
            Intent::Task(task) => &task.target,
            Intent::Report(file) => file.target(),
            Intent::Note(note) => &note.target,
            Intent::Remove(brief) => brief.target(),
            Intent::Restore(restore) => &restore.target,
        }
    }
}
