//! Where front matter ends and the body begins. Looks at fences only, never at what is between them.

use crate::model::span::Span;

/// A note cut in two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The lines between the fences, `None` without front matter. May be empty.
    pub front: Option<Span>,
    /// All that follows; the whole text without front matter. A byte-order mark belongs to neither.
    pub body: Span,
    /// What is unusual about the fences.
    pub oddity: Option<Oddity>,
}

/// What can be unusual about the fences. Writers refuse a note with either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Blank lines stand before the opener, whose bytes these are.
    BlankLinesBefore(Span),
    /// The opener, whose bytes these are, has no closer, so there is no front matter. Perhaps a thematic break.
    NotClosed(Span),
}

/// Finds the fences: `---` on the first line, `---` or `...` on a later one, each alone on its line but for
/// trailing blanks.
pub fn split(text: &str) -> Split {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let whole = |oddity| Split { front: None, body: Span::new(start, text.len()), oddity };

    let mut lines = Lines { text, at: start };
    let Some(opener) = lines.by_ref().find(|line| !is_blank(line.text)) else { return whole(None) };
    if !is_fence(opener.text, &["---"]) {
        return whole(None);
    }
    let opener_span = Span::new(opener.start, opener.start + "---".len());
    let front_start = lines.at;
    let Some(closer) = lines.by_ref().find(|line| is_fence(line.text, &["---", "..."])) else {
        return whole(Some(Oddity::NotClosed(opener_span)));
    };
    Split {
        front: Some(Span::new(front_start, closer.start)),
        body: Span::new(lines.at, text.len()),
        oddity: (opener.start > start).then_some(Oddity::BlankLinesBefore(opener_span)),
    }
}

/// One line, without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Line<'_> {
    /// One past its last byte, before the line end.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The lines of `text` from byte `at` on. A line ends with LF, CRLF, or the CR of old Macs.
#[derive(Clone, Debug)]
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let Some(end) = rest.find(['\n', '\r']) else {
            self.at = self.text.len();
            return Some(Line { start, text: rest });
        };
        let (line, tail) = rest.split_at(end);
        self.at += end + if tail.starts_with("\r\n") { 2 } else { 1 };
        Some(Line { start, text: line })
    }
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

fn is_fence(line: &str, fences: &[&str]) -> bool {
    fences.contains(&line.trim_end_matches([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::{Oddity, Split, split};
    use crate::model::span::Span;

    fn parts(text: &str) -> (Option<&str>, &str) {
        let Split { front, body, .. } = split(text);
        (front.map(|span| &text[span.range()]), &text[body.range()])
    }

    #[test]
    fn fences_are_found_in_every_shape() {
        let table: &[(&str, Option<&str>, &str)] = &[
            ("---\na: 1\n---\nbody\n", Some("a: 1\n"), "body\n"),
            ("\u{feff}---\na: 1\n---\nbody", Some("a: 1\n"), "body"),
            ("---\r\na: 1\r\n---\r\nbody\r\n", Some("a: 1\r\n"), "body\r\n"),
            ("---\ra: 1\r---\rbody", Some("a: 1\r"), "body"),
            ("--- \t\na: 1\n...  \nbody", Some("a: 1\n"), "body"),
            ("---\na: 1\n---", Some("a: 1\n"), ""),
            ("---\n---\nbody", Some(""), "body"),
            ("---\n---", Some(""), ""),
            ("---\n\n---\n", Some("\n"), ""),
            ("\n \n---\na: 1\n---\nbody", Some("a: 1\n"), "body"),
            ("---\na: 1\n---\nbody\n---\nb: 2\n---\n", Some("a: 1\n"), "body\n---\nb: 2\n---\n"),
            ("---\na: 1\n ---\nb\n---\n", Some("a: 1\n ---\nb\n"), ""),
            ("---\n\nA thematic break, then prose.\n", None, "---\n\nA thematic break, then prose.\n"),
            ("----\na: 1\n---\n", None, "----\na: 1\n---\n"),
            ("---yaml\na: 1\n---\n", None, "---yaml\na: 1\n---\n"),
            (" ---\na: 1\n---\n", None, " ---\na: 1\n---\n"),
            ("text\n---\na: 1\n---\n", None, "text\n---\na: 1\n---\n"),
            ("---", None, "---"),
            ("", None, ""),
            ("\u{feff}", None, ""),
        ];
        for (text, front, body) in table {
            assert_eq!(parts(text), (*front, *body), "{text:?}");
        }
    }

    #[test]
    fn blank_lines_before_and_a_missing_closer_are_noted_at_the_opener() {
        assert_eq!(split("---\n---\n").oddity, None);
        assert_eq!(split("\n---\n---\n").oddity, Some(Oddity::BlankLinesBefore(Span::new(1, 4))));
        assert_eq!(split("---\na: 1\n").oddity, Some(Oddity::NotClosed(Span::new(0, 3))));
    }
}
