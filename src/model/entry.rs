//! A dated line, and the surroundings that decide whether it counts as contact.

use chrono::{NaiveDate, NaiveTime};

use super::item_id::ItemId;
use super::link::Link;
use super::moves::{Move, MoveField};
use super::span::Span;
use super::task::TaskState;

/// What surrounds a link or a line. Anything but `Plain` is not contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// Ordinary text.
    Plain,
    /// A quote or callout (`>`).
    Quote,
    /// A fence, an indented block or a code span.
    Code,
    /// `%%…%%` or `<!-- … -->`.
    Comment,
    /// `~~…~~`
    Struck,
    /// `![[…]]`
    Embed,
    /// Inside an inline field such as `[for:: …]`.
    Field,
}

/// The shape by which a dated line was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntrySource {
    /// A list item that starts with a date.
    LogItem,
    /// A heading with a date, and the body below it.
    DatedHeading,
    /// A table row under a date column, in a log section.
    TableRow,
    /// A link to a day, in a person note.
    LinkDate,
    /// An inline field with a date, `IN:: 2026-01-01` or `[date:: 2026-01-01]`.
    InlineField,
    /// A line of a dated note (daily, meeting, event, other).
    Line,
    /// The attendees of a note.
    Attendees,
    /// Who was met at an event (key or heading).
    Met,
    /// Another front-matter key of a dated note.
    FrontMatter,
}

/// Which date an entry took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatedBy {
    /// A date on the line itself.
    Line,
    /// The done date of a ticked task.
    DoneDate,
    /// The nearest heading with a date.
    Heading,
    /// The note.
    Note,
}

/// How a contact took place: the canonical English word of the vocabulary (`call`, `lunch` …).
pub type Channel = &'static str;

/// A link on an entry, with what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLink {
    /// The link.
    pub link: Link,
    /// What surrounds it.
    pub setting: Setting,
}

/// An item indented under an entry, or a line with links in the body of a dated heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedItem {
    /// Its words for a person, as [`Entry::text`].
    pub text: Box<str>,
    /// What it gave or got.
    pub moves: Vec<Move>,
    /// Fields that refine the moves.
    pub fields: Vec<MoveField>,
    /// Its links.
    pub links: Vec<EntryLink>,
    /// The agenda line it answers.
    pub id: Option<ItemId>,
    /// The item's own lines.
    pub span: Span,
    /// Its first line, from 1.
    pub line: u32,
    /// The last line of what stands below it in turn; its first where nothing does.
    pub last_line: u32,
}

/// A line that links someone where neither it nor its note has a date. It is no entry; that it counts for nothing can
/// be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndatedLine {
    /// What surrounds the whole line.
    pub setting: Setting,
    /// Its checkbox, when it has one.
    pub task: Option<TaskState>,
    /// The words for a person, as [`Entry::text`].
    pub text: Box<str>,
    /// Its links.
    pub links: Vec<EntryLink>,
    /// Its line, from 1.
    pub line: u32,
}

/// A dated line. In a person note it is about that person; elsewhere it is about the people it links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its civil date; a zone in the text is ignored.
    pub date: NaiveDate,
    /// Its time of day, when written.
    pub time: Option<NaiveTime>,
    /// Which date that is.
    pub dated_by: DatedBy,
    /// The shape it was recognised by.
    pub source: EntrySource,
    /// What surrounds the whole line.
    pub setting: Setting,
    /// Its checkbox, when it has one.
    pub task: Option<TaskState>,
    /// How the contact took place, when the line says so.
    pub channel: Option<Channel>,
    /// The words for a person: no date, channel, tags, fields or block id; links by the words they show.
    pub text: Box<str>,
    /// Links on the line.
    pub links: Vec<EntryLink>,
    /// What it gave or got.
    pub moves: Vec<Move>,
    /// Fields that refine the moves.
    pub fields: Vec<MoveField>,
    /// What stands below it.
    pub nested: Vec<NestedItem>,
    /// The agenda line it answers.
    pub id: Option<ItemId>,
    /// The entry's own lines.
    pub span: Span,
    /// Its first line, from 1.
    pub line: u32,
}
