//! Checkbox lines, in any kind of note.

use std::ops::Range;

use crate::model::diagnostic::Finding;
use crate::model::entry::Setting;
use crate::model::fold::fold;
use crate::model::obsidian::TasksSettings;
use crate::model::span::Span;
use crate::model::task::{Task, TaskState};

use super::outline::{Line, Outline};
use super::task_fields::{self, TaskFields};
use super::{BodyContext, shown};

/// A task and the item it is.
pub(super) struct FoundTask {
    pub(super) block: usize,
    pub(super) task: Task,
    /// The fields of its line, which are not shown, in order.
    pub(super) hidden: Vec<Range<usize>>,
}

/// The character in a checkbox at `start`, and where the text behind it begins.
pub(super) fn checkbox(text: &str, start: usize) -> Option<(char, usize)> {
    let rest = text.get(start..)?.strip_prefix('[')?;
    let mark = rest.chars().next().filter(|c| !matches!(c, '[' | ']' | '\n' | '\r'))?;
    let after = rest.get(mark.len_utf8()..)?.strip_prefix(']')?;
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let ends = after.is_empty() || after.starts_with(['\n', '\r']);
    (ends || blanks > 0).then(|| (mark, start + 2 + mark.len_utf8() + blanks))
}

/// Reads the tasks of all items, in file order; those in comments are none.
pub(super) fn read(
    outline: &Outline<'_>,
    context: &BodyContext<'_>,
    findings: &mut Vec<(Span, Finding)>,
) -> Vec<FoundTask> {
    let mut tasks = Vec::new();
    for (place, block) in outline.blocks.iter().enumerate() {
        let Some(mark) = block.mark else { continue };
        let Some(line) = outline.lines.get(block.lines.start) else { continue };
        let setting = outline.setting(block, block.lines.start..block.lines.start + 1);
        if setting == Setting::Comment || outline.is_comment(block.span.start) {
            continue;
        }
        let fields = task_fields::read(outline, line, findings);
        let hidden = fields.hidden.clone();
        let first = block.lines.start..block.lines.start + 1;
        tasks.push(FoundTask {
            block: place,
            task: task(outline, context, line, first, mark, setting, fields),
            hidden,
        });
    }
    tasks
}

fn task(
    outline: &Outline<'_>,
    context: &BodyContext<'_>,
    line: &Line,
    place: Range<usize>,
    mark: char,
    setting: Setting,
    fields: TaskFields,
) -> Task {
    let span = whole_line(outline.text, line.span.start);
    let source = outline.source(span.range());
    let filter = context.tasks.global_filter.as_deref().filter(|filter| !filter.is_empty());
    let mut hidden = fields.hidden;
    if let Some(filter) = filter {
        let matches = outline.source(line.span.clone()).match_indices(filter);
        hidden.extend(matches.map(|(at, found)| line.span.start + at..line.span.start + at + found.len()));
        hidden.sort_by_key(|range| range.start);
    }
    let links = outline.links.get(line.links.clone()).unwrap_or_default().iter();
    let worded = |setting| matches!(setting, Setting::Plain | Setting::Quote | Setting::Struck);
    let text = shown::words(outline, place.clone(), 0, &hidden);
    let is_tagged = || {
        let mut tags = outline.tags_of(place.clone()).iter();
        tags.any(|tag| {
            context.words.move_tag(&fold(outline.source(tag.span.start + 1..tag.span.end))) == Some("thanked")
        })
    };
    Task {
        state: state(context.tasks, mark),
        mark,
        is_thanks: context.words.is_task_of_thanks(&fold(&text)) || is_tagged(),
        text,
        links: links.filter(|found| worded(found.setting)).map(|found| found.link.clone()).collect(),
        due: fields.due,
        scheduled: fields.scheduled,
        start: fields.start,
        done: fields.done,
        cancelled: fields.cancelled,
        created: fields.created,
        priority: fields.priority,
        recurrence: fields.recurrence,
        block_id: fields.block_id,
        passes_filter: filter.is_none_or(|filter| source.contains(filter)),
        setting,
        span,
        line: context.lines.line(span.start),
    }
}

fn state(settings: &TasksSettings, mark: char) -> TaskState {
    if settings.done_marks.contains(&mark) {
        TaskState::Done
    } else if settings.cancelled_marks.contains(&mark) {
        TaskState::Cancelled
    } else {
        TaskState::Open
    }
}

/// The line that holds byte `at`, without its line end.
fn whole_line(text: &str, at: usize) -> Span {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
    let start = start + line.len() - line.trim_start_matches('\u{feff}').len();
    Span::new(start, start + line.trim_start_matches('\u{feff}').trim_end_matches('\r').len())
}
