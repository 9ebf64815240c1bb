//! Where something stands in the text of one note.

use std::ops::Range;

/// A half-open range of byte offsets into the text of one note, byte-order mark included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Notes are at most 4 MB, so offsets fit in 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The same span as a range that slices a `str`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Span::new(self.start as usize + by, self.end as usize + by)
    }

    /// Whether both ends lie inside `text` and on character boundaries.
    pub fn lies_in(self, text: &str) -> bool {
        self.start <= self.end && text.is_char_boundary(self.start as usize) && text.is_char_boundary(self.end as usize)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A line and column as an editor shows them, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Finds lines in one text, in logarithmic time after one pass.
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<u32>,
}

impl<'t> LineIndex<'t> {
    /// Notes where each line of `text` begins. A line ends with LF; a CR before it belongs to the line end.
    pub fn new(text: &'t str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        LineIndex { text, starts }
    }

    /// The line, from 1, that holds byte `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Line and column of byte `offset`.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let end = (offset as usize).min(self.text.len());
        let column =
            self.text.get(start..end).map_or(1, |before| before.chars().filter(|c| *c != '\u{feff}').count() + 1);
        Position { line, column: column as u32 }
    }

    /// The text of `line` (from 1) without its line end; empty past the end.
    pub fn text_of(&self, line: u32) -> &'t str {
        let Some(start) = self.starts.get(line as usize - 1).map(|s| *s as usize) else { return "" };
        let end = self.starts.get(line as usize).map_or(self.text.len(), |s| *s as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_after_chinese_and_skips_the_byte_order_mark() {
        let index = LineIndex::new("\u{feff}ab\n姓名：x\r\n");
        assert_eq!(index.position(3), Position { line: 1, column: 1 });
        let colon = "\u{feff}ab\n姓名".len() as u32;
        assert_eq!(index.position(colon), Position { line: 2, column: 3 });
        assert_eq!(index.text_of(2), "姓名：x");
        assert_eq!(index.text_of(3), "");
        assert_eq!(index.text_of(9), "");
    }
}
