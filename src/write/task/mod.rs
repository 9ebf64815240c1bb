//! One task line changed in place: exactly the line that was read, or none.
//!
//! A line is the one that was read when the note has not changed since, or when it is the only task of its text. What a
//! task is, the parser says; a line of code or of a comment is none. A task that recurs is not ticked: what comes next is
//! for the program that knows its rule.

use std::ops::Range;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::context::WriteContext;
use super::intent::{TaskChange, TaskEdit};
use super::refusal::Refusal;
use super::splice::{NoteText, Splice};
use crate::model::note::NoteKind;
use crate::model::obsidian::{DoneDate, TaskFormat};
use crate::model::span::{LineIndex, Span};
use crate::model::task::{Task, TaskState};
use crate::parse::body::task_line::task_line;
use crate::parse::body::{BodyContext, read_body};
use crate::parse::words::BodyWords;
use crate::vocabulary::time::TimeWords;

#[cfg(test)]
mod tests;

/// The edit that changes the task; none if the line has been changed so already.
///
/// # Errors
/// The line is gone, stands there more than once and cannot be told apart, or recurs.
pub fn change(note: &NoteText<'_>, task: &TaskEdit, context: &WriteContext<'_>) -> Result<Option<Splice>, Refusal> {
    let tasks = tasks_of(note.body(), context);
    let line_of = |found: &Task| note.body().get(found.span.range()).unwrap_or_default();
    let same: Vec<&Task> = tasks.iter().filter(|found| line_of(found) == task.line).collect();
    let before = only_task(&task.line, context);
    let is_changed = |found: &Task| {
        before.as_ref().is_some_and(|before| is_changed_so(line_of(found), found, task, before, context))
    };
    let is_exactly = |found: &Task| {
        let wanted = before.as_ref().and_then(|before| changed(&task.line, before, task.change, context));
        wanted.is_some_and(|wanted| wanted != task.line && wanted == line_of(found))
    };
    let found = match same.as_slice() {
        _ if as_recorded(note, task, &same).is_some() => as_recorded(note, task, &same),
        [] if tasks.iter().any(is_changed) => return Ok(None),
        [] => return Err(Refusal::TaskGone { line: task.line.clone() }),
        // Of two such lines one is changed just so: it may have been this one, and the other is another task.
        [only] if !tasks.iter().any(is_exactly) => Some(*only),
        _ => return Err(Refusal::TaskTwice { line: task.line.clone() }),
    };
    let Some(found) = found else { return Err(Refusal::TaskGone { line: task.line.clone() }) };
    if found.recurrence.is_some() && !matches!(task.change, TaskChange::Scheduled(_)) {
        return Err(Refusal::TaskRecurs { line: task.line.clone() });
    }
    match changed(&task.line, found, task.change, context) {
        Some(line) if line == task.line => Ok(None),
        Some(line) => Ok(note.splice(found.span.range(), &line)),
        None => Err(Refusal::TaskGone { line: task.line.clone() }),
    }
}

/// The line by its number, when the note is the one that was read.
fn as_recorded<'t>(note: &NoteText<'_>, task: &TaskEdit, same: &[&'t Task]) -> Option<&'t Task> {
    let probe = note.splice(0..0, "")?;
    let hash: [u8; 32] = Sha256::digest(probe.old()).into();
    if task.read_from? != hash {
        return None;
    }
    let head = probe.old().get(..note.body_start())?.matches('\n').count();
    same.iter().copied().find(|found| found.line as usize + head == task.number)
}

/// Whether a task is the wanted one after the wanted change; a done task also if it was done on another day.
fn is_changed_so(line: &str, found: &Task, task: &TaskEdit, before: &Task, context: &WriteContext<'_>) -> bool {
    let is = |change| changed(&task.line, before, change, context).is_some_and(|wanted| wanted == line);
    if line == task.line {
        return false;
    }
    let wanted_state = match task.change {
        TaskChange::Done(_) => TaskState::Done,
        TaskChange::Cancelled(_) => TaskState::Cancelled,
        TaskChange::Scheduled(_) => return is(task.change),
    };
    if found.state != wanted_state {
        return false;
    }
    let other_day = match wanted_state {
        TaskState::Done => found.done.map(TaskChange::Done),
        _ => found.cancelled.map(TaskChange::Cancelled),
    };
    is(task.change) || other_day.is_some_and(is) || bare(&task.line, wanted_state).is_some_and(|bare| bare == line)
}

/// The line with nothing but its box changed.
fn bare(line: &str, state: TaskState) -> Option<String> {
    with_mark(line, if state == TaskState::Done { 'x' } else { '-' })
}

fn with_mark(line: &str, mark: char) -> Option<String> {
    let place = task_line(line)?.mark;
    Some([line.get(..place.start)?, mark.encode_utf8(&mut [0; 4]), line.get(place.end..)?].concat())
}

/// The task line after `change`.
fn changed(line: &str, task: &Task, change: TaskChange, context: &WriteContext<'_>) -> Option<String> {
    let settings = context.tasks;
    let (marked, date, was, field) = match change {
        TaskChange::Done(_) | TaskChange::Cancelled(_) if task.state != TaskState::Open => {
            return Some(line.to_owned());
        }
        TaskChange::Done(date) => (with_mark(line, 'x')?, Some(date), task.done, &DONE),
        TaskChange::Cancelled(date) => (with_mark(line, '-')?, Some(date), task.cancelled, &CANCELLED),
        TaskChange::Scheduled(date) => (line.to_owned(), Some(date), task.scheduled, &SCHEDULED),
    };
    let is_written = match change {
        TaskChange::Done(_) => settings.done_date == DoneDate::Written,
        TaskChange::Cancelled(_) => settings.cancelled_date == DoneDate::Written,
        TaskChange::Scheduled(_) => true,
    };
    let Some(date) = date.filter(|_| is_written) else { return Some(marked) };
    let date = date.format("%Y-%m-%d").to_string();
    if let Some(place) = was.and_then(|was| place_of(&marked, field, was)) {
        return Some([marked.get(..place.start)?, &date, marked.get(place.end..)?].concat());
    }
    let end = task_line(&marked)?.end;
    let written = match format_of(&marked, settings.format) {
        TaskFormat::Emoji | TaskFormat::AsOnLine => format!(" {} {date}", field.sign),
        // Two blanks, as the plugin writes them: one is lost beside a link in reading view.
        TaskFormat::Dataview => format!("  [{}:: {date}]", field.key),
    };
    Some([marked.get(..end)?, &written, marked.get(end..)?].concat())
}

/// The spelling for a line: in a vault that names none, brackets where the line's own fields stand in them.
fn format_of(line: &str, set: TaskFormat) -> TaskFormat {
    let has_brackets =
        || KEYS.iter().any(|key| line.contains(&format!("[{key}::")) || line.contains(&format!("({key}::")));
    match set {
        TaskFormat::AsOnLine if has_brackets() => TaskFormat::Dataview,
        TaskFormat::AsOnLine => TaskFormat::Emoji,
        set => set,
    }
}

/// The keys of a task's date and priority fields in brackets.
const KEYS: [&str; 7] = ["due", "scheduled", "start", "created", "priority", "completion", "cancelled"];

/// The spellings of one date field.
struct DateField {
    sign: &'static str,
    others: &'static [&'static str],
    key: &'static str,
}

const DONE: DateField = DateField { sign: "✅", others: &[], key: "completion" };
const CANCELLED: DateField = DateField { sign: "❌", others: &[], key: "cancelled" };
const SCHEDULED: DateField = DateField { sign: "⏳", others: &["⌛"], key: "scheduled" };

/// Where the date of a field stands that has one; the last on the line is the one that is read.
fn place_of(line: &str, field: &DateField, date: NaiveDate) -> Option<Range<usize>> {
    let date = date.format("%Y-%m-%d").to_string();
    line.rmatch_indices(&date).map(|(at, _)| at).find_map(|at| {
        let before = line.get(..at)?.trim_end().trim_end_matches('\u{fe0f}');
        let by_sign = std::iter::once(&field.sign).chain(field.others).any(|sign| before.ends_with(sign));
        let by_key = before.strip_suffix("::").is_some_and(|before| before.trim_end().ends_with(field.key));
        (by_sign || by_key).then(|| at..at + date.len())
    })
}

/// The tasks of a body, as every note is read; none from code and comments.
fn tasks_of(body: &str, context: &WriteContext<'_>) -> Vec<Task> {
    let (lines, time) = (LineIndex::new(body), TimeWords::built_in());
    let context = BodyContext {
        kind: NoteKind::Other,
        note_date: None,
        words: BodyWords { words: context.words, time: &time },
        tasks: context.tasks,
        lines: &lines,
    };
    read_body(body, Span::new(0, body.len()), &context).tasks
}

fn only_task(line: &str, context: &WriteContext<'_>) -> Option<Task> {
    tasks_of(line.trim_start_matches(['>', ' ', '\t']), context).into_iter().next()
}
