//! Fields written in the body: bullets before the first `##`, the table between contact marks, Dataview lines.
//! Which keys are known is for the caller to say.

use std::ops::Range;

use crate::model::entry::Setting;
use crate::model::fold::fold;

use super::entries::is_move_key;
use super::fields::without_block_id;
use super::outline::{BlockKind, Outline, span};
use super::tasks::FoundTask;
use super::{BodyContext, BodyField, leading, task_fields};

const CONTACT_MARK: &str = "/---contact---/";
const LONGEST_KEY: usize = 80;

/// The fields of a body, in file order.
pub(super) fn read(outline: &Outline<'_>, context: &BodyContext<'_>, tasks: &[FoundTask]) -> Vec<BodyField> {
    let mut fields = Vec::new();
    let table = contact_table(outline, context, &mut fields);
    let mut before_sections = true;
    for (place, block) in outline.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading(level) if level >= 2 => before_sections = false,
            BlockKind::Raw(_) => continue,
            _ => {}
        }
        if table.iter().any(|table| table.contains(&block.span.start)) {
            continue;
        }
        let is_task = tasks.binary_search_by_key(&place, |found| found.block).is_ok();
        if outline.setting(block, block.lines.clone()) != Setting::Plain {
            continue;
        }
        dataview(outline, context, block.lines.clone(), is_task, &mut fields);
        if before_sections && !is_task && block.kind == BlockKind::Item {
            fields.extend(bullet(outline, context, block.lines.start));
        }
    }
    fields.sort_by_key(|field| field.key_span);
    fields
}

/// `- **键**：值`. A date before the colon is a log entry; two colons are Dataview's.
fn bullet(outline: &Outline<'_>, context: &BodyContext<'_>, place: usize) -> Option<BodyField> {
    let line = outline.lines.get(place)?;
    if !line.fields.is_empty() || leading::lead(outline, line, context).date.is_some() {
        return None;
    }
    let source = without_block_id(outline.source(line.span.clone()));
    let colon = source.find([':', '：']).filter(|at| *at <= LONGEST_KEY)?;
    let mark = source.get(colon..)?.chars().next()?.len_utf8();
    let key = trim(source, 0..colon);
    let name = source.get(key.clone())?;
    // `[[A]]: …` and an address (`https://…`) are no keys.
    if name.is_empty() || name.contains(['[', ']', '<', '>', '`']) || source.get(colon + mark..)?.starts_with("//") {
        return None;
    }
    let value = trim(source, colon + mark..source.len());
    let shift = |range: Range<usize>| range.start + line.span.start..range.end + line.span.start;
    Some(field(outline, context, shift(key), shift(value)))
}

fn dataview(
    outline: &Outline<'_>,
    context: &BodyContext<'_>,
    lines: Range<usize>,
    is_task: bool,
    fields: &mut Vec<BodyField>,
) {
    for found in outline.fields_of(lines) {
        let key = outline.source(found.key.clone());
        let folded = fold(key);
        let is_other = is_move_key(context, &folded) || (is_task && task_fields::is_task_key(key));
        if !is_other {
            fields.push(field(outline, context, found.key.clone(), found.value.clone()));
        }
    }
}

/// The two-column table between contact marks; its rows are read from their source, because without a blank line the
/// closing mark is a row to Markdown. Gives the bytes it takes.
fn contact_table(
    outline: &Outline<'_>,
    context: &BodyContext<'_>,
    fields: &mut Vec<BodyField>,
) -> Option<Range<usize>> {
    let first = outline.blocks.first()?.span.start;
    let mut at = first;
    let mut opened = None;
    if !outline.text.contains(CONTACT_MARK) {
        return None;
    }
    for line in outline.source(first..outline.text.len()).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let is_mark = line.trim() == CONTACT_MARK && !is_skipped(outline, start);
        match opened {
            None if is_mark => opened = Some(start),
            None => {}
            Some(from) if is_mark => return Some(from..at),
            Some(_) => fields.extend(row(line, start).map(|(key, value)| field(outline, context, key, value))),
        }
    }
    // Without a closing mark there is no table, and nothing may be taken from the rest of the note.
    fields.clear();
    None
}

fn is_skipped(outline: &Outline<'_>, at: usize) -> bool {
    let next = outline.raw.partition_point(|raw| raw.end <= at);
    outline.raw.get(next).is_some_and(|raw| raw.start <= at) || outline.is_comment(at)
}

/// Key and value of `| key | value |`; none for the rule below the head and for empty cells. A bar in the value is
/// written `\|`.
fn row(line: &str, start: usize) -> Option<(Range<usize>, Range<usize>)> {
    let open = line.find('|').filter(|at| line.get(..*at).is_some_and(|before| before.trim().is_empty()))?;
    let middle = open + 1 + line.get(open + 1..)?.find('|')?;
    let end = line.trim_end().len();
    let end = if line.get(..end)?.ends_with('|') && end > middle + 1 { end - 1 } else { end };
    let (key, value) = (trim(line, open + 1..middle), trim(line, middle + 1..end.max(middle + 1)));
    let is_rule = |range: &Range<usize>| line.get(range.clone()).is_none_or(|c| c.trim_matches(['-', ':']).is_empty());
    if is_rule(&key) || is_rule(&value) {
        return None;
    }
    let shift = |range: Range<usize>| range.start + start..range.end + start;
    Some((shift(key), shift(value)))
}

fn field(outline: &Outline<'_>, context: &BodyContext<'_>, key: Range<usize>, value: Range<usize>) -> BodyField {
    BodyField {
        key: outline.source(key.clone()).into(),
        key_span: span(&key),
        value: outline.source(value.clone()).into(),
        value_span: span(&value),
        line: context.lines.line(span(&key).start),
    }
}

/// A range without blanks and emphasis around it.
fn trim(source: &str, range: Range<usize>) -> Range<usize> {
    let Some(text) = source.get(range.clone()) else { return 0..0 };
    let skip = |c: char| c.is_whitespace() || matches!(c, '*' | '\u{200b}' | '\u{feff}');
    let start = range.start + (text.len() - text.trim_start_matches(skip).len());
    start..(range.start + text.trim_end_matches(skip).len()).max(start)
}
