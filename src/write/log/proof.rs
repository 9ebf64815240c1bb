//! The proof that an edit of a log does what it says: the old entries are all there, and the new ones are the lines.

use chrono::NaiveDate;

use crate::model::entry::{DatedBy, Entry, EntrySource, Setting};
use crate::model::note::NoteKind;
use crate::model::span::{LineIndex, Span};
use crate::parse::body::log_place::LogPlace;
use crate::parse::body::{Body, BodyContext, read_body};
use crate::parse::words::BodyWords;
use crate::vocabulary::time::TimeWords;

use super::super::context::WriteContext;
use super::super::intent::LogLine;

/// Reads bodies of person notes as the rest of the program does.
pub(super) struct Reader<'c> {
    context: &'c WriteContext<'c>,
    time: &'c TimeWords,
}

impl<'c> Reader<'c> {
    pub(super) fn new(context: &'c WriteContext<'c>, time: &'c TimeWords) -> Self {
        Reader { context, time }
    }

    pub(super) fn read(&self, body: &str) -> Body {
        self.with(body, |context| read_body(body, Span::new(0, body.len()), context))
    }

    pub(super) fn places(&self, body: &str, find: fn(&str, Span, &BodyContext<'_>) -> Vec<LogPlace>) -> Vec<LogPlace> {
        self.with(body, |context| find(body, Span::new(0, body.len()), context))
    }

    fn with<T>(&self, body: &str, read: impl FnOnce(&BodyContext<'_>) -> T) -> T {
        let lines = LineIndex::new(body);
        read(&BodyContext {
            kind: NoteKind::Person,
            note_date: None,
            words: BodyWords { words: self.context.words, time: self.time },
            tasks: self.context.tasks,
            lines: &lines,
        })
    }
}

/// Whether `new` is `old` with exactly `lines` in the `length` bytes from `at` on.
pub(super) fn is_sound(old: &Body, new: &Body, at: usize, length: usize, lines: &[&LogLine]) -> bool {
    let inside = |span: Span| (at..at + length).contains(&span.range().start);
    let (ours, others): (Vec<&Entry>, Vec<&Entry>) = new.entries.iter().partition(|entry| inside(entry.span));
    let said: Vec<NaiveDate> = lines.iter().map(|line| line.date).collect();
    ours.iter().map(|entry| entry.date).eq(said)
        && ours.iter().all(|entry| is_plain_entry(entry))
        && others.into_iter().map(content).eq(old.entries.iter().map(content))
        && new
            .tasks
            .iter()
            .filter(|task| !inside(task.span))
            .map(|task| (task.mark, &task.text, task.setting))
            .eq(old.tasks.iter().map(|task| (task.mark, &task.text, task.setting)))
        && old.undated.len() == new.undated.len()
        && !new.findings.iter().any(|(span, finding)| inside(*span) && finding.code == "wrong-weekday")
}

fn is_plain_entry(entry: &Entry) -> bool {
    entry.setting == Setting::Plain
        && entry.dated_by == DatedBy::Line
        && entry.task.is_none()
        && entry.source == EntrySource::LogItem
}

/// All that an entry says, without where it stands.
fn content(entry: &Entry) -> impl PartialEq + use<> {
    let nested: Vec<_> =
        entry.nested.iter().map(|item| (item.text.clone(), item.links.len(), item.moves.len())).collect();
    (
        (entry.date, entry.time, entry.dated_by, entry.source),
        (entry.setting, entry.task, entry.channel, entry.text.clone()),
        (entry.links.len(), entry.moves.len(), entry.fields.len(), nested),
    )
}
