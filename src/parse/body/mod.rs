//! Reads the body of a note: dated lines, tasks, tags, fields and sections, all with their spans.
//!
//! One pass of the Markdown parser makes an outline of blocks, lines and links; everything else reads the
//! outline. Whether an entry counts as contact is not decided here: an entry carries the facts (setting, checkbox,
//! source) by which the index decides. Front matter is read elsewhere; the parser of one note puts both together.

use chrono::NaiveDate;

use super::words::BodyWords;
use crate::model::diagnostic::Finding;
use crate::model::entry::{Entry, UndatedLine};
use crate::model::link::Link;
use crate::model::note::{NoteKind, Tag};
use crate::model::obsidian::TasksSettings;
use crate::model::span::{LineIndex, Span};
use crate::model::task::Task;

pub mod log_place;
pub mod merge;
pub mod task_line;

mod blocks;
mod comments;
mod dated;
mod deep;
mod entries;
mod fields;
mod keys;
mod leading;
mod links;
mod outline;
mod person;
mod sections;
mod shown;
mod tags;
mod task_fields;
mod tasks;

/// What the body parser has to know beside the text.
#[derive(Clone, Copy)]
pub struct BodyContext<'a> {
    /// What the note is.
    pub kind: NoteKind,
    /// The note's own date.
    pub note_date: Option<NaiveDate>,
    /// The words of both languages, and how dates are read.
    pub words: BodyWords<'a>,
    /// Settings of the Tasks plugin.
    pub tasks: &'a TasksSettings,
    /// The lines of the whole note.
    pub lines: &'a LineIndex<'a>,
}

/// A field written in the body. Whether its key is known is for the caller to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyField {
    /// The key as written, without emphasis.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value as written, without blanks around it.
    pub value: Box<str>,
    /// Where the value stands.
    pub value_span: Span,
    /// The line, from 1.
    pub line: u32,
}

/// A heading of the note's own level (not in a quote or a list), and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The words of the heading.
    pub heading: Box<str>,
    /// 1–6.
    pub level: u8,
    /// The heading.
    pub heading_span: Span,
    /// All below it, up to the next heading of the same or a higher level.
    pub content: Span,
    /// Whether there is a word below it; empty bullets, comments and further headings are none.
    pub has_content: bool,
}

/// Everything read from one body, each list in file order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Body {
    /// Dated lines.
    pub entries: Vec<Entry>,
    /// Lines with links that no date applies to.
    pub undated: Vec<UndatedLine>,
    /// Checkbox lines; none from code and comments.
    pub tasks: Vec<Task>,
    /// Tags on lines that belong to no entry.
    pub tags: Vec<Tag>,
    /// Fields of people, meetings and events.
    pub fields: Vec<BodyField>,
    /// Sections of people, meetings and events.
    pub sections: Vec<Section>,
    /// What to tell the user.
    pub findings: Vec<(Span, Finding)>,
}

/// The links of one line of text, in order.
pub fn links_in_line(line: &str) -> Vec<Link> {
    let wikis = links::wikis_in(line, 0..line.len()).into_iter().filter_map(|range| links::wiki(line, &range));
    let mut found: Vec<Link> = wikis.chain(links::markdowns_in(line)).collect();
    found.sort_by_key(|link| link.span.start);
    found
}

/// Reads the bytes `body` of the note `text`. Notes that hold no facts (generated, template, conflict copy, damaged)
/// give an empty body.
pub fn read_body(text: &str, body: Span, context: &BodyContext<'_>) -> Body {
    if !holds_facts(context.kind) || !body.lies_in(text) {
        return Body::default();
    }
    let mut findings = Vec::new();
    let mut outline = blocks::outline(text, body, &mut findings);
    comments::mark(&mut outline, &mut findings);
    tags::find(&mut outline);
    fields::find(&mut outline, context);
    let tasks = tasks::read(&outline, context, &mut findings);

    let mut entries = entries::Entries::new(&outline, context, &tasks, &mut findings);
    match context.kind {
        NoteKind::Person | NoteKind::Owner => person::read(&mut entries),
        _ => dated::read(&mut entries),
    }
    let entries::Finished { entries, undated, tags } = entries.finish();
    let (fields, sections) = if has_fields(context.kind) {
        (keys::read(&outline, context, &tasks), sections::read(&outline, body))
    } else {
        (Vec::new(), Vec::new())
    };
    let tasks = tasks.into_iter().map(|found| found.task).collect();
    Body { entries, undated, tasks, tags, fields, sections, findings }
}

fn holds_facts(kind: NoteKind) -> bool {
    !matches!(kind, NoteKind::Generated | NoteKind::ConflictCopy | NoteKind::Damaged | NoteKind::Template)
}

fn has_fields(kind: NoteKind) -> bool {
    matches!(kind, NoteKind::Person | NoteKind::Owner | NoteKind::Meeting | NoteKind::Event)
}

#[cfg(test)]
mod tests;
