//! The fields of a task line, read backwards from its end as the Tasks plugin does: emoji and Dataview, mixed or not.
//!
//! Keys and signs here are the file format of those plugins, the same in every language, so they are not vocabulary.

use std::ops::Range;

use chrono::NaiveDate;

use crate::model::date::YEARS;
use crate::model::diagnostic::Finding;
use crate::model::span::Span;
use crate::model::task::Priority;

use super::fields::{block_id, without_block_id};
use super::outline::{InlineField, Line, Outline, span};

/// A value after a sign is short; a longer text is no value.
const LONGEST_VALUE: usize = 200;

/// What a field says about a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Due,
    Scheduled,
    Start,
    Done,
    Cancelled,
    Created,
    Priority(Priority),
    WrittenPriority,
    Recurrence,
    /// Read past, not kept: on completion, ids.
    Other,
}

const SIGNS: [(char, Field); 20] = [
    ('📅', Field::Due),
    ('📆', Field::Due),
    ('🗓', Field::Due),
    ('⏳', Field::Scheduled),
    ('⌛', Field::Scheduled),
    ('🛫', Field::Start),
    ('✅', Field::Done),
    ('❌', Field::Cancelled),
    ('➕', Field::Created),
    ('🔺', Field::Priority(Priority::Highest)),
    ('⏫', Field::Priority(Priority::High)),
    ('🔼', Field::Priority(Priority::Medium)),
    ('🔽', Field::Priority(Priority::Low)),
    ('⏬', Field::Priority(Priority::Lowest)),
    ('🔁', Field::Recurrence),
    ('🏁', Field::Other),
    ('🆔', Field::Other),
    ('⛔', Field::Other),
    ('\u{1f503}', Field::Recurrence),                // 🔃, seen in older notes
    ('\u{2b07}', Field::Priority(Priority::Lowest)), // ⬇, likewise
];

/// The fields of one task line.
#[derive(Clone, Debug, Default)]
pub(super) struct TaskFields {
    pub(super) due: Option<NaiveDate>,
    pub(super) scheduled: Option<NaiveDate>,
    pub(super) start: Option<NaiveDate>,
    pub(super) done: Option<NaiveDate>,
    pub(super) cancelled: Option<NaiveDate>,
    pub(super) created: Option<NaiveDate>,
    pub(super) priority: Option<Priority>,
    pub(super) recurrence: Option<Box<str>>,
    pub(super) block_id: Option<Box<str>>,
    /// What is not shown, in order.
    pub(super) hidden: Vec<Range<usize>>,
}

/// A sign on the line: where, up to where, and what it means.
struct Sign {
    span: Range<usize>,
    field: Field,
}

/// Reads the fields of a task line.
pub(super) fn read(outline: &Outline<'_>, line: &Line, findings: &mut Vec<(Span, Finding)>) -> TaskFields {
    let source = outline.source(line.span.clone());
    let mut fields = TaskFields { block_id: block_id(source).map(Into::into), ..TaskFields::default() };
    let mut reader = Backwards {
        outline,
        end: line.span.start + without_block_id(source).len(),
        line_end: line.span.end,
        signs: signs(source, line.span.start),
        brackets: outline.fields.get(line.fields.clone()).unwrap_or_default(),
        tags: line.tags.clone(),
        dues: dues(source, line.span.start),
    };
    let other_due = reader.dues.last().map(|(_, date)| *date);
    fields.hidden.extend(reader.dues.iter().map(|(range, _)| range.clone()));
    while reader.step(&mut fields, findings) {}
    reader.left_over(findings);
    fields.due = fields.due.or(other_due);
    fields.hidden.sort_by_key(|range| range.start);
    fields
}

struct Backwards<'o, 't> {
    outline: &'o Outline<'t>,
    /// All behind this byte is read.
    end: usize,
    line_end: usize,
    signs: Vec<Sign>,
    brackets: &'o [InlineField],
    tags: Range<usize>,
    dues: Vec<(Range<usize>, NaiveDate)>,
}

impl Backwards<'_, '_> {
    /// Reads what stands last; false when that is text.
    fn step(&mut self, fields: &mut TaskFields, findings: &mut Vec<(Span, Finding)>) -> bool {
        self.end = self.outline.source(0..self.end).trim_end_matches([' ', '\t', '\u{a0}', '\u{3000}']).len();
        self.bracket(fields, findings) || self.sign(fields, findings) || self.tag() || self.other_due()
    }

    fn bracket(&mut self, fields: &mut TaskFields, findings: &mut Vec<(Span, Finding)>) -> bool {
        let end = self.end - usize::from(self.outline.source(0..self.end).ends_with("],"));
        let Some((last, rest)) = self.brackets.split_last() else { return false };
        if last.span.end != end || !self.outline.source(last.span.clone()).starts_with(['[', '(']) {
            return false;
        }
        let value = self.outline.source(last.value.clone());
        if let Some(field) = by_key(self.outline.source(last.key.clone()))
            && !fields.take(field, value)
        {
            findings.push((span(&last.span), Finding::new("task-date-unread", [value])));
            return false;
        }
        self.brackets = rest;
        self.end = last.span.start;
        true
    }

    fn sign(&mut self, fields: &mut TaskFields, findings: &mut Vec<(Span, Finding)>) -> bool {
        while self.signs.last().is_some_and(|sign| sign.span.start >= self.end) {
            self.signs.pop();
        }
        let Some(last) = self.signs.last() else { return false };
        let behind = last.span.end.min(self.end)..self.end;
        if behind.len() > LONGEST_VALUE {
            return false;
        }
        let value = self.outline.source(behind.clone()).trim();
        if !fields.take(last.field, value) {
            if last.field.is_date() && is_meant_as_date(value) {
                let place = last.span.start..self.end;
                findings.push((span(&place), Finding::new("task-date-unread", [value])));
                self.signs.pop();
            }
            return false;
        }
        self.end = last.span.start;
        fields.hidden.push(last.span.start..behind.end);
        self.signs.pop();
        true
    }

    fn tag(&mut self) -> bool {
        let Some(last) = self.tags.clone().next_back().and_then(|tag| self.outline.tags.get(tag)) else { return false };
        if last.span.end > self.end {
            self.tags.end -= 1;
            return true;
        }
        if last.span.end < self.end {
            return false;
        }
        self.end = last.span.start;
        self.tags.end -= 1;
        true
    }

    fn other_due(&mut self) -> bool {
        let Some((last, _)) = self.dues.last() else { return false };
        if last.end < self.end {
            return false;
        }
        self.end = self.end.min(last.start);
        self.dues.pop();
        true
    }

    /// A field that text follows is not read by the plugin either; the user should know.
    fn left_over(&self, findings: &mut Vec<(Span, Finding)>) {
        let sign = self.signs.iter().rev().filter(|sign| sign.field.is_date()).find(|sign| {
            let behind = self.outline.source(sign.span.end..self.line_end).trim_start();
            behind.get(..10).is_some_and(|value| day(value).is_some())
        });
        let bracket = self.brackets.iter().rev().find(|field| {
            let is_date = by_key(self.outline.source(field.key.clone())).is_some_and(Field::is_date);
            is_date && day(self.outline.source(field.value.clone())).is_some()
        });
        let found = sign.map(|sign| &sign.span).or(bracket.map(|field| &field.span));
        if let Some(found) = found {
            findings
                .push((span(found), Finding::new("task-field-not-last", [self.outline.source(found.clone()).trim()])));
        }
    }
}

impl Field {
    fn is_date(self) -> bool {
        matches!(self, Field::Due | Field::Scheduled | Field::Start | Field::Done | Field::Cancelled | Field::Created)
    }
}

impl TaskFields {
    /// Keeps a value; false when it is none for this field. Of two values the last on the line stays.
    fn take(&mut self, field: Field, value: &str) -> bool {
        let slot = match field {
            Field::Due => &mut self.due,
            Field::Scheduled => &mut self.scheduled,
            Field::Start => &mut self.start,
            Field::Done => &mut self.done,
            Field::Cancelled => &mut self.cancelled,
            Field::Created => &mut self.created,
            Field::Priority(priority) => {
                self.priority = self.priority.or(Some(priority));
                return value.is_empty();
            }
            Field::WrittenPriority => {
                let written = written_priority(value);
                self.priority = self.priority.or(written);
                return written.is_some() || value == "none" || value == "normal";
            }
            Field::Recurrence => {
                let is_rule = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || " ,!-".contains(c));
                if is_rule && self.recurrence.is_none() {
                    self.recurrence = Some(value.into());
                }
                return is_rule;
            }
            Field::Other => return value.chars().all(|c| c.is_ascii_alphanumeric() || " ,_-".contains(c)),
        };
        let date = day(value);
        *slot = slot.or(date);
        date.is_some()
    }
}

fn by_key(key: &str) -> Option<Field> {
    Some(match key {
        "due" => Field::Due,
        "scheduled" => Field::Scheduled,
        "start" => Field::Start,
        "completion" => Field::Done,
        "cancelled" => Field::Cancelled,
        "created" => Field::Created,
        "priority" => Field::WrittenPriority,
        "repeat" => Field::Recurrence,
        "onCompletion" | "id" | "dependsOn" => Field::Other,
        _ => return None,
    })
}

/// Whether a key is one of the plugin's fields, which say nothing about a person.
pub(super) fn is_task_key(key: &str) -> bool {
    by_key(key).is_some()
}

fn written_priority(value: &str) -> Option<Priority> {
    Some(match value {
        "highest" => Priority::Highest,
        "high" => Priority::High,
        "medium" => Priority::Medium,
        "low" => Priority::Low,
        "lowest" => Priority::Lowest,
        _ => return None,
    })
}

fn signs(source: &str, base: usize) -> Vec<Sign> {
    if source.is_ascii() {
        return Vec::new();
    }
    let signs = source.char_indices().filter_map(|(at, c)| {
        let (_, field) = SIGNS.iter().find(|(sign, _)| *sign == c)?;
        let mut end = at + c.len_utf8();
        // The plugin writes some signs with a variation selector and reads all without.
        if source.get(end..).is_some_and(|rest| rest.starts_with('\u{fe0f}')) {
            end += '\u{fe0f}'.len_utf8();
        }
        Some(Sign { span: base + at..base + end, field: *field })
    });
    signs.collect()
}

/// `(@2026-08-14)` and `@{2026-08-14}`, the due dates of the Reminder and Kanban plugins, anywhere on the line.
fn dues(source: &str, base: usize) -> Vec<(Range<usize>, NaiveDate)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices('@') {
        let reminder = source.get(..at).is_some_and(|before| before.ends_with('('));
        let Some(rest) = source.get(at + 1..) else { continue };
        let (start, rest, close) = match (reminder, rest.strip_prefix('{')) {
            (true, _) => (at - 1, rest, ')'),
            (false, Some(rest)) => (at, rest, '}'),
            (false, None) => continue,
        };
        let Some(date) = rest.get(..10).and_then(day) else { continue };
        // A time of day may follow: `(@2026-08-14 09:00)`.
        let Some(length) = rest.bytes().take(20).position(|byte| byte == close as u8) else { continue };
        let end = source.len() - rest.len() + length + 1;
        found.push((base + start..base + end, date));
    }
    found
}

fn looks_like_date(value: &str) -> bool {
    value.len() == 10 && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// A year and more parts in digits, however they are joined: no day to the plugin, but to whoever wrote it.
fn is_meant_as_date(value: &str) -> bool {
    let joins = ['-', '/', '.'];
    let is_written_so = value.bytes().all(|byte| byte.is_ascii_digit() || joins.contains(&char::from(byte)));
    is_written_so && (6..=10).contains(&value.len()) && value.contains(joins)
}

/// `YYYY-MM-DD`, a day that exists; the plugin reads nothing else.
fn day(value: &str) -> Option<NaiveDate> {
    if !looks_like_date(value) {
        return None;
    }
    let mut parts = value.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len(), parts.next()) != (4, 2, 2, None) {
        return None;
    }
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}
