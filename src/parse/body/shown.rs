//! The words of a line for a person: links by the words they show, no emphasis, blanks made one.

use std::ops::Range;

use super::fields;
use super::outline::{Line, Outline, PieceKind};

/// The words of some lines from byte `from` on, without tags, inline fields, comments, block ids and what `hidden`
/// covers (in order).
pub(super) fn words(outline: &Outline<'_>, lines: Range<usize>, from: usize, hidden: &[Range<usize>]) -> Box<str> {
    write(outline, lines, from, hidden, Fields::Hidden)
}

/// As [`words`], with the text of inline fields: for the value of a field that is a line of its own.
pub(super) fn words_of_field(outline: &Outline<'_>, lines: Range<usize>, from: usize) -> Box<str> {
    write(outline, lines, from, &[], Fields::Shown)
}

#[derive(Clone, Copy, PartialEq)]
enum Fields {
    Hidden,
    Shown,
}

fn write(outline: &Outline<'_>, lines: Range<usize>, from: usize, hidden: &[Range<usize>], fields: Fields) -> Box<str> {
    let mut shown = Shown::default();
    for line in outline.lines(lines) {
        let first = hidden.partition_point(|range| range.end <= line.span.start);
        let of_line = hidden.get(first..).unwrap_or_default().iter().take_while(|range| range.start < line.span.end);
        let mut skip: Vec<Range<usize>> = of_line.cloned().collect();
        skip.extend(outline.tags.get(line.tags.clone()).unwrap_or_default().iter().map(|tag| tag.span.clone()));
        if fields == Fields::Hidden {
            skip.extend(outline.fields.get(line.fields.clone()).unwrap_or_default().iter().map(|f| f.span.clone()));
        }
        // A line that is all comment still has words, by which the program can say why it does not count.
        if !outline.is_comment(line.span.start) {
            skip.extend(outline.comments_in(&line.span).iter().cloned());
        }
        skip.extend(block_id(outline, line));
        skip.sort_by_key(|range| range.start);
        line_words(outline, line, from, &skip, &mut shown);
        shown.blank();
    }
    shown.finish()
}

fn line_words(outline: &Outline<'_>, line: &Line, from: usize, skip: &[Range<usize>], shown: &mut Shown) {
    let mut skip = skip;
    for piece in outline.pieces.get(line.pieces.clone()).unwrap_or_default() {
        if piece.span.end <= from {
            continue;
        }
        let mut at = piece.span.start.max(from);
        loop {
            while skip.first().is_some_and(|range| range.end <= at) {
                skip = skip.get(1..).unwrap_or_default();
            }
            let hole = skip.first().filter(|range| range.start < piece.span.end);
            let end = hole.map_or(piece.span.end, |range| range.start);
            if at < end {
                match &piece.kind {
                    PieceKind::Text => shown.marked(outline.source(at..end)),
                    PieceKind::Literal => shown.text(outline.source(at..end)),
                    PieceKind::Decoded(text) => shown.text(text),
                    PieceKind::Link(place) => {
                        shown.text(outline.links.get(*place).map_or("", |found| found.link.shown()));
                    }
                    PieceKind::Hidden => {}
                }
            }
            match hole {
                Some(hole) if hole.end < piece.span.end && hole.end > at => at = hole.end,
                _ => break,
            }
        }
    }
}

fn block_id(outline: &Outline<'_>, line: &Line) -> Option<Range<usize>> {
    let source = outline.source(line.span.clone()).trim_end();
    let id = fields::block_id(source)?;
    let end = line.span.start + source.len();
    Some(end - id.len() - 1..end)
}

/// Text with each run of blanks made one and none at either end.
#[derive(Default)]
struct Shown {
    text: String,
    blank: bool,
}

impl Shown {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.blank();
            } else if !matches!(c, '\u{200b}' | '\u{feff}') {
                if self.blank && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.blank = false;
                self.text.push(c);
            }
        }
    }

    /// Text with the signs of highlights and comments, which are not Markdown's own.
    fn marked(&mut self, text: &str) {
        if text.contains("==") || text.contains("%%") {
            let is_sign = |c: char| matches!(c, '=' | '%');
            for word in text.split_inclusive(char::is_whitespace) {
                let bare = word.trim_end();
                let lone = !bare.is_empty() && bare.chars().all(|c| c == '=');
                if lone || !bare.contains(is_sign) {
                    self.text(word);
                } else {
                    self.text(&word.replace("==", "").replace("%%", ""));
                }
            }
        } else {
            self.text(text);
        }
    }

    fn blank(&mut self) {
        self.blank = true;
    }

    fn finish(self) -> Box<str> {
        self.text.into_boxed_str()
    }
}
