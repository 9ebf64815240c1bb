//! One note: the facts of its own file and nothing else.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::affair::Affair;
use super::entry::{Entry, UndatedLine};
use super::link::Link;
use super::path::NotePath;
use super::person::Person;
use super::span::Span;
use super::task::Task;

/// What a note is. The first rule that fits decides: by key, by name, by class, by date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// The one note about the user (`type: me`).
    Owner,
    /// About someone.
    Person,
    /// Minutes of a meeting.
    Meeting,
    /// An event.
    Event,
    /// A daily note.
    Daily,
    /// A weekly to yearly note; only lines with their own date count.
    Periodic,
    /// Another note with a date of its own.
    Dated,
    /// Any other note.
    Other,
    /// Written by this program.
    Generated,
    /// A copy that a sync program made of a conflict.
    ConflictCopy,
    /// Holds merge markers; known by name only.
    Damaged,
    /// A template.
    Template,
}

/// How the front matter was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FrontMatterOutcome {
    /// There is none.
    #[default]
    Absent,
    /// All of it, as YAML. It may be empty.
    Whole,
    /// Key by key, as it is not all YAML.
    Partial,
    /// Not at all: it is too large, or there are no keys in it.
    Unread,
}

/// What a meeting or event note says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Occasion {
    /// Its title, when it has one beside the file name.
    pub title: Option<Box<str>>,
    /// Where.
    pub place: Option<Box<str>>,
    /// At what time.
    pub time: Option<NaiveTime>,
    /// Who was or will be there.
    pub attendees: Vec<Link>,
    /// Who was met (events).
    pub met: Vec<Link>,
    /// What it is for.
    pub goal: Option<Box<str>>,
    /// Preparation.
    pub prep: Option<Box<str>>,
    /// Minutes.
    pub minutes: Option<Box<str>>,
    /// Summary sent after it.
    pub summary: Option<Box<str>>,
    /// What follows from it.
    pub follow_up: Option<Box<str>>,
    /// The day thanks were given.
    pub thanked: Option<NaiveDate>,
    /// Whether the note says it took place.
    pub held: Held,
}

/// Whether a meeting or event note is about something that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Held {
    /// It has content beyond goal and preparation.
    #[default]
    Filled,
    /// `status: planned`, or nothing beyond goal and preparation.
    Planned,
    /// `status: cancelled`.
    Cancelled,
}

/// A tag of the note, without `#`, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    /// The name, `network/core`.
    pub name: Box<str>,
    /// Where.
    pub span: Span,
}

/// Facts of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which file.
    pub path: NotePath,
    /// What it is.
    pub kind: NoteKind,
    /// Other names it may be linked by.
    pub aliases: Vec<Box<str>>,
    /// Its own date: never one for a person note.
    pub date: Option<NaiveDate>,
    /// Who it is about, for person and owner notes.
    pub person: Option<Arc<Person>>,
    /// What took place, for meeting and event notes.
    pub occasion: Option<Box<Occasion>>,
    /// Dated lines, in file order.
    pub entries: Vec<Entry>,
    /// Lines with links in a periodic or undated note that have no date of their own, in file order.
    pub undated: Vec<UndatedLine>,
    /// Checkbox lines, in file order.
    pub tasks: Vec<Task>,
    /// Affairs whose parts are among the tasks, in file order.
    pub affairs: Vec<Affair>,
    /// Tags of front matter, and of the body's own lines outside entries.
    pub tags: Vec<Tag>,
    /// How the front matter was read.
    pub front_matter: FrontMatterOutcome,
}

impl Note {
    /// Gives back the room its lists were given to grow in. A line with one link holds room for four, and notes are many.
    pub fn shrink(&mut self) {
        for entry in &mut self.entries {
            entry.links.shrink_to_fit();
            entry.moves.shrink_to_fit();
            entry.fields.shrink_to_fit();
            for item in &mut entry.nested {
                item.links.shrink_to_fit();
                item.moves.shrink_to_fit();
                item.fields.shrink_to_fit();
            }
            entry.nested.shrink_to_fit();
        }
        self.entries.shrink_to_fit();
        self.undated.iter_mut().for_each(|line| line.links.shrink_to_fit());
        self.undated.shrink_to_fit();
        self.tasks.iter_mut().for_each(|task| task.links.shrink_to_fit());
        self.tasks.shrink_to_fit();
        self.aliases.shrink_to_fit();
        self.tags.shrink_to_fit();
    }
}
