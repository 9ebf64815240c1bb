//! Merge markers that a version control system left in a note.

use pulldown_cmark::{Event, Parser, Tag};

use super::deep::without_deep_lines;
use crate::model::span::Span;

const OPEN: &str = "<<<<<<< ";
const MIDDLE: &str = "=======";
const CLOSE: &str = ">>>>>>> ";

/// What a merge left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its first marker line.
    pub span: Span,
    /// The lines, from 1, that open it, part its sides and close it; none for a marker that stands alone.
    pub lines: Option<[usize; 3]>,
}

/// A marker line, and its number from 1 in the whole note.
#[derive(Clone, Copy)]
struct Marker {
    mark: &'static str,
    span: Span,
    line: usize,
}

/// The conflicts whose markers stand at the start of a line in the bytes `body` of `text`, outside code; `None` if
/// nowhere. The Markdown parser runs only on the rare text that holds such a line at all.
pub fn conflicts(text: &str, body: Span) -> Option<Vec<Conflict>> {
    let source = text.get(body.range())?;
    if !source.contains(OPEN) && !source.contains(CLOSE) {
        return None;
    }
    let mut found = markers(source, body.range().start, text.get(..body.range().start)?.matches('\n').count() + 1);
    if found.iter().all(|marker| marker.mark == MIDDLE) {
        return None;
    }
    let base = body.range().start;
    let (source, _) = without_deep_lines(source);
    let mut code = Vec::new();
    for (event, range) in Parser::new(&source).into_offset_iter() {
        if let Event::Start(Tag::CodeBlock(_)) = event {
            code.push(range.start + base..range.end + base);
        }
    }
    found.retain(|marker| {
        let at = marker.span.start as usize;
        let next = code.partition_point(|block| block.end <= at);
        code.get(next).is_none_or(|block| at < block.start)
    });
    let conflicts = paired(&found);
    (!conflicts.is_empty()).then_some(conflicts)
}

fn markers(source: &str, mut start: usize, first_line: usize) -> Vec<Marker> {
    let mut found = Vec::new();
    for (number, line) in source.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let mark = [OPEN, CLOSE].into_iter().find(|mark| line.starts_with(mark));
        if let Some(mark) = mark.or((content == MIDDLE).then_some(MIDDLE)) {
            found.push(Marker { mark, span: Span::new(start, start + content.len()), line: first_line + number });
        }
        start += line.len();
    }
    found
}

/// Opening, parting and closing lines that follow each other are one conflict; other openings and closings stand alone.
/// A parting line alone underlines a heading.
fn paired(markers: &[Marker]) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    let mut rest = markers;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let lines = match (first.mark, after) {
            (OPEN, [middle, close, ..]) if middle.mark == MIDDLE && close.mark == CLOSE => {
                rest = after.get(2..).unwrap_or_default();
                Some([first.line, middle.line, close.line])
            }
            (MIDDLE, _) => continue,
            _ => None,
        };
        conflicts.push(Conflict { span: first.span, lines });
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Option<[usize; 3]>> {
        let found = conflicts(text, Span::new(0, text.len())).unwrap_or_default();
        found.into_iter().map(|conflict| conflict.lines).collect()
    }

    #[test]
    fn markers_count_at_line_start_and_outside_code() {
        let whole = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n";
        for (text, expected) in [
            (whole, vec![Some([1, 3, 5])]),
            (&format!("Title\n=======\n\n{whole}\n{whole}"), vec![Some([4, 6, 8]), Some([10, 12, 14])]),
            ("<<<<<<< HEAD\na\n||||||| base\nc\n=======\nb\n>>>>>>> topic", vec![Some([1, 5, 7])]),
            ("- x\n<<<<<<< HEAD\n", vec![None]),
            ("<<<<<<< HEAD\na\n>>>>>>> topic\n", vec![None, None]),
            ("```\n<<<<<<< HEAD\n```\n", vec![]),
            ("```\ncode\n```\n>>>>>>> topic\n", vec![None]),
            (" <<<<<<< HEAD\n", vec![]),
            ("<<<<<<<\n", vec![]),
            ("text <<<<<<< HEAD\n", vec![]),
            ("Heading\n=======\n", vec![]),
            (">>>>>>> topic", vec![None]),
            ("", vec![]),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn markers_have_their_lines_as_spans_and_are_counted_in_the_whole_note() {
        let text = "---\na: b\n---\n<<<<<<< HEAD\r\nx\r\n=======\r\n>>>>>>> b\r\n";
        let expected = Conflict { span: Span::new(13, 25), lines: Some([4, 6, 7]) };
        assert_eq!(conflicts(text, Span::new(13, text.len())), Some(vec![expected]));
    }
}
