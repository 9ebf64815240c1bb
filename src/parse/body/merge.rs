//! Merge markers that a version control system left in a note.

use pulldown_cmark::{Event, Parser, Tag};

use super::deep::without_deep_lines;
use crate::model::span::Span;

const MARKERS: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// Where merge markers stand at the start of a line in the bytes `body` of `text`, outside code; `None` if nowhere.
/// The Markdown parser runs only on the rare text that holds such a line at all.
pub fn has_merge_markers(text: &str, body: Span) -> Option<Vec<Span>> {
    let source = text.get(body.range())?;
    let mut start = body.range().start;
    let mut found = Vec::new();
    for line in source.split_inclusive('\n') {
        if MARKERS.iter().any(|marker| line.starts_with(marker)) {
            found.push(Span::new(start, start + line.trim_end_matches(['\n', '\r']).len()));
        }
        start += line.len();
    }
    if found.is_empty() {
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
        let at = marker.start as usize;
        let next = code.partition_point(|block| block.end <= at);
        code.get(next).is_none_or(|block| at < block.start)
    });
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        has_merge_markers(text, Span::new(0, text.len())).map_or(0, |found| found.len())
    }

    #[test]
    fn markers_count_at_line_start_and_outside_code() {
        for (text, expected) in [
            ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n", 2),
            ("- x\n<<<<<<< HEAD\n", 1),
            ("```\n<<<<<<< HEAD\n```\n", 0),
            ("```\ncode\n```\n>>>>>>> topic\n", 1),
            (" <<<<<<< HEAD\n", 0),
            ("<<<<<<<\n", 0),
            ("text <<<<<<< HEAD\n", 0),
            (">>>>>>> topic", 1),
            ("", 0),
        ] {
            assert_eq!(count(text), expected, "{text:?}");
        }
    }

    #[test]
    fn markers_have_their_lines_as_spans() {
        let text = "---\na: b\n---\n<<<<<<< HEAD\r\nx\n";
        assert_eq!(has_merge_markers(text, Span::new(13, text.len())), Some(vec![Span::new(13, 25)]));
    }
}
