//! Inline fields in the manner of Dataview: `[key:: value]`, `(key:: value)` in a line, `key:: value` alone on one.

use std::ops::Range;

use crate::model::entry::Setting;

use super::BodyContext;
use super::outline::{InlineField, Outline, Piece, PieceKind};

/// A key is a few words; what is longer before `::` is text.
const LONGEST_KEY: usize = 80;

/// Finds the fields of every line, none in code and comments, and gives links in them their setting.
pub(super) fn find(outline: &mut Outline<'_>, context: &BodyContext<'_>) {
    let mut fields: Vec<InlineField> = Vec::new();
    for place in 0..outline.lines.len() {
        let first = fields.len();
        let Some(line) = outline.lines.get(place) else { continue };
        let source = outline.source(line.span.clone());
        if source.contains("::") || source.contains("：：") {
            fields.extend(in_line(outline, line.span.clone(), line.pieces.clone(), context));
        }
        let (links, last) = (line.links.clone(), fields.len());
        for found in outline.links.get_mut(links).unwrap_or_default() {
            let at = found.link.span.start as usize;
            let of_line = fields.get(first..).unwrap_or_default();
            let next = of_line.partition_point(|field| field.span.end <= at);
            let inside = of_line.get(next).is_some_and(|field| field.span.contains(&at));
            if inside && matches!(found.setting, Setting::Plain | Setting::Struck) {
                found.setting = Setting::Field;
            }
        }
        if let Some(line) = outline.lines.get_mut(place) {
            line.fields = first..last;
        }
    }
    outline.fields = fields;
}

fn in_line(
    outline: &Outline<'_>,
    line: Range<usize>,
    pieces: Range<usize>,
    context: &BodyContext<'_>,
) -> Vec<InlineField> {
    let mut found = bracketed(outline, outline.pieces.get(pieces).unwrap_or_default());
    found.retain(|field| !outline.is_comment(field.span.start));
    found.sort_by_key(|field| (field.span.start, std::cmp::Reverse(field.span.end)));
    let mut end = 0;
    found.retain(|field| {
        let outside = field.span.start >= end;
        end = end.max(field.span.end);
        outside
    });
    if found.is_empty() {
        found.extend(alone(outline, line, context));
    }
    found
}

/// Fields in brackets. Each bracket is looked at once, so a row of open ones costs no more than any other text.
fn bracketed(outline: &Outline<'_>, pieces: &[Piece]) -> Vec<InlineField> {
    let mut found = Vec::new();
    let (mut square, mut round) = (Vec::new(), Vec::new());
    for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Text) {
        for (offset, byte) in outline.source(piece.span.clone()).bytes().enumerate() {
            let at = piece.span.start + offset;
            let open = match byte {
                b'[' => {
                    square.push(at);
                    None
                }
                b'(' => {
                    round.push(at);
                    None
                }
                b']' => square.pop(),
                b')' => round.pop(),
                _ => None,
            };
            found.extend(open.and_then(|open| field(outline, open + 1..at, open..at + 1)));
        }
    }
    found
}

/// A field that is the whole line, but for a block id.
fn alone(outline: &Outline<'_>, line: Range<usize>, context: &BodyContext<'_>) -> Option<InlineField> {
    let source = outline.source(line.clone());
    // `2026-01-01 10:00:: x` is a dated line, not a key.
    if outline.is_comment(line.start)
        || context.words.leading_date(source.trim_start_matches(['*', '_', ' '])).is_some()
    {
        return None;
    }
    let end = line.start + without_block_id(source).len();
    field(outline, line.start..end, line)
}

/// The field whose key and value are the bytes `inside`.
fn field(outline: &Outline<'_>, inside: Range<usize>, span: Range<usize>) -> Option<InlineField> {
    let source = outline.source(inside.clone());
    let (at, mark) = separator(source)?;
    let after = source.get(at + mark..)?;
    // `std::vector` is code that lost its marks.
    if mark == 2 && after.starts_with(|c: char| c.is_ascii_alphabetic() || c == ':') {
        return None;
    }
    let key = trimmed(source, 0..at, &['*', '_']);
    let name = source.get(key.clone())?;
    if !is_key(name) {
        return None;
    }
    let value = trimmed(source, at + mark..source.len(), &[]);
    let value = match source.get(value.clone()) {
        // `**key::** value`: the end of the emphasis belongs to the key.
        Some(text) if source.starts_with('*') && text.starts_with("**") => {
            trimmed(source, value.start + 2..value.end, &[])
        }
        _ => value,
    };
    let shift = |range: Range<usize>| range.start + inside.start..range.end + inside.start;
    Some(InlineField { span, key: shift(key), value: shift(value) })
}

/// Where the two colons stand within reach of a key, and their length.
fn separator(source: &str) -> Option<(usize, usize)> {
    let mut reach = source.len().min(LONGEST_KEY);
    while !source.is_char_boundary(reach) {
        reach -= 1;
    }
    let head = source.get(..reach)?;
    let ascii = head.find("::").map(|at| (at, 2));
    let wide = head.find("：：").map(|at| (at, 6));
    ascii.into_iter().chain(wide).min()
}

fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphanumeric() || !c.is_ascii())
        && name.chars().all(|c| {
            c.is_alphanumeric()
                || matches!(c, ' ' | '_' | '-' | '/' | '（' | '）')
                || (!c.is_ascii()
                    && !matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'))
        })
}

/// The part of `range` without blanks and the given marks around it.
fn trimmed(source: &str, range: Range<usize>, marks: &[char]) -> Range<usize> {
    let Some(text) = source.get(range.clone()) else { return 0..0 };
    let skip = |c: char| c.is_whitespace() || c == '\u{200b}' || marks.contains(&c);
    let start = range.start + (text.len() - text.trim_start_matches(skip).len());
    let end = range.start + text.trim_end_matches(skip).len();
    start..end.max(start)
}

/// A line without ` ^id` at its end.
pub(super) fn without_block_id(line: &str) -> &str {
    let line = line.trim_end();
    match block_id(line) {
        Some(id) => line.get(..line.len() - id.len() - 1).unwrap_or(line).trim_end(),
        None => line,
    }
}

/// The id of `… ^id`, without the caret: Latin letters, digits and `-`, at the end, behind a blank.
pub(super) fn block_id(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let start = line.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
    let before = line.get(..start)?.strip_suffix('^')?;
    let id = line.get(start..)?;
    (!id.is_empty() && (before.is_empty() || before.ends_with(char::is_whitespace))).then_some(id)
}
