//! An edit of a note's body, found in its bytes. The front matter is out of reach: a place is a place in the body.

use std::ops::Range;

use crate::parse::front_matter::split::{Oddity, split};

use super::ours::{OUTSIDE_LIMIT, decode, first_conflict, is_conflict_edge};
use super::refusal::Refusal;

/// A note cut in two: what is never written, and the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteText<'t> {
    head: &'t str,
    body: &'t str,
}

/// A note before and after an edit of its body. Only [`NoteText::splice`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    old: String,
    new: String,
}

impl<'t> NoteText<'t> {
    /// Cuts a note that may be written to.
    ///
    /// # Errors
    /// Every refusal that can be told from the bytes: not plain text, an open front matter, blank lines before it, a
    /// merge unsolved, a size over 4 MB.
    pub fn cut(bytes: &'t [u8]) -> Result<Self, Refusal> {
        if bytes.len() > OUTSIDE_LIMIT {
            return Err(Refusal::TooLarge { bytes: bytes.len() as u64 });
        }
        let text = decode(bytes)?;
        let parts = split(text);
        match parts.oddity {
            Some(Oddity::BlankLinesBefore(_)) => return Err(Refusal::BlankBeforeFrontMatter),
            Some(Oddity::NotClosed(_)) => return Err(Refusal::OpenFrontMatter),
            None => {}
        }
        let (head, body) = text.split_at_checked(parts.body.range().start).unwrap_or(("", text));
        // In front matter there is no code that could hold such lines.
        let in_head = head.lines().position(is_conflict_edge).map(|above| above + 1);
        let lines_of_head = || head.matches('\n').count();
        if let Some(line) = in_head.or_else(|| first_conflict(body).map(|line| lines_of_head() + line)) {
            return Err(Refusal::MergeMarkers { line });
        }
        Ok(NoteText { head, body })
    }

    /// The body, front matter left out.
    pub fn body(&self) -> &'t str {
        self.body
    }

    /// How many bytes stand before the body.
    pub fn body_start(&self) -> usize {
        self.head.len()
    }

    /// The note with `text` in the place `at` of the body; nothing if that is no place in it.
    pub fn splice(&self, at: Range<usize>, text: &str) -> Option<Splice> {
        let (before, after) = (self.body.get(..at.start)?, self.body.get(at.end..)?);
        let old = [self.head, self.body].concat();
        let new = [self.head, before, text, after].concat();
        Some(Splice { old, new })
    }
}

impl Splice {
    /// The note as it was, byte for byte.
    pub fn old(&self) -> &str {
        &self.old
    }

    /// The note as it will be.
    #[allow(clippy::new_ret_no_self, reason = "old and new are the two sides of an edit; nothing is made here")]
    pub fn new(&self) -> &str {
        &self.new
    }

    /// The lines of the new note that the old one lacks.
    pub fn fresh_lines(&self) -> Vec<&str> {
        let (above, below) = self.untouched();
        let fresh = self.new.lines().count().saturating_sub(above + below);
        self.new.lines().skip(above).take(fresh).collect()
    }

    /// Where the line with this number, from 1, stands in the new note; none if the edit touched that line.
    pub fn moved_line(&self, number: usize) -> Option<usize> {
        let (above, below) = self.untouched();
        let (old, new) = (self.old.lines().count(), self.new.lines().count());
        if number <= above {
            Some(number)
        } else if number > old - below && number <= old {
            Some(number + new - old)
        } else {
            None
        }
    }

    /// How many lines above and below the edit are the same.
    fn untouched(&self) -> (usize, usize) {
        let same = |a: &(&str, &str)| a.0 == a.1;
        let above = self.old.lines().zip(self.new.lines()).take_while(same).count();
        let (old, new) = (self.old.lines().count(), self.new.lines().count());
        let below = self.old.lines().rev().zip(self.new.lines().rev()).take_while(same).count();
        (above, below.min(old.min(new) - above))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    const MERGE: &str = "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> phone\n";

    fn parts(text: &str) -> Result<(&str, &str), Refusal> {
        NoteText::cut(text.as_bytes()).map(|note| (note.head, note.body))
    }

    #[test]
    fn a_note_is_cut_behind_its_front_matter() {
        let cases = [
            ("---\na: 1\n---\nbody\n", "---\na: 1\n---\n", "body\n"),
            ("\u{feff}---\r\na: 1\r\n...\r\nbody", "\u{feff}---\r\na: 1\r\n...\r\n", "body"),
            ("---\na: 1\n---", "---\na: 1\n---", ""),
            ("\u{feff}body\n---\nx\n---\n", "\u{feff}", "body\n---\nx\n---\n"),
            ("no front matter", "", "no front matter"),
            ("", "", ""),
            ("Heading\n=======\n", "", "Heading\n=======\n"),
            ("```\n<<<<<<< HEAD\n```\n", "", "```\n<<<<<<< HEAD\n```\n"),
        ];
        for (text, head, body) in cases {
            assert_eq!(parts(text), Ok((head, body)), "{text:?}");
        }
    }

    #[test]
    fn notes_that_are_not_certain_are_refused() {
        let long = "x".repeat(OUTSIDE_LIMIT + 1);
        let cases = [
            ("---\na: 1\nbody\n".to_owned(), Refusal::OpenFrontMatter),
            ("\n \n---\na: 1\n---\nbody\n".to_owned(), Refusal::BlankBeforeFrontMatter),
            ("\u{feff}\n---\na: 1\n---\nbody\n".to_owned(), Refusal::BlankBeforeFrontMatter),
            ("a\0b".to_owned(), Refusal::NulByte),
            ("a\rb\r".to_owned(), Refusal::LoneCarriageReturn),
            (format!("---\n{MERGE}---\nbody\n"), Refusal::MergeMarkers { line: 2 }),
            (format!("---\na: 1\n---\n\n{MERGE}"), Refusal::MergeMarkers { line: 5 }),
            (MERGE.replace("=======", "||||||| base\nours\n======="), Refusal::MergeMarkers { line: 1 }),
            ("---\na: 1\n---\nx\n>>>>>>> phone".to_owned(), Refusal::MergeMarkers { line: 5 }),
            (format!("<<<<<<< HEAD\n---\na: 1\n---\n{MERGE}"), Refusal::MergeMarkers { line: 1 }),
            (long, Refusal::TooLarge { bytes: OUTSIDE_LIMIT as u64 + 1 }),
        ];
        for (text, refusal) in cases {
            assert_eq!(parts(&text), Err(refusal), "{:?}", text.get(..40));
        }
        assert_eq!(NoteText::cut(&[0xff, 0xfe, b'a', 0]), Err(Refusal::Utf16));
        assert_eq!(NoteText::cut(&[b'a', 0xd5, 0xc5]), Err(Refusal::NotUtf8));
        assert!(parts(&"x".repeat(OUTSIDE_LIMIT)).is_ok());
    }

    #[test]
    fn lines_are_found_again_behind_an_edit() {
        let splice = |old: &str, new: &str| Splice { old: old.into(), new: new.into() };
        let inserted = splice("a\nb\nc\n", "a\nx\ny\nb\nc\n");
        assert_eq!([1, 2, 3, 4].map(|n| inserted.moved_line(n)), [Some(1), Some(4), Some(5), None]);
        let changed = splice("a\nb\nc\n", "a\nB\nc\n");
        assert_eq!([1, 2, 3].map(|n| changed.moved_line(n)), [Some(1), None, Some(3)]);
        let removed = splice("a\nb\nc\n", "a\nc\n");
        assert_eq!([1, 2, 3].map(|n| removed.moved_line(n)), [Some(1), None, Some(2)]);
        let appended = splice("a\na\n", "a\na\na\n");
        assert_eq!([1, 2].map(|n| appended.moved_line(n)), [Some(1), Some(2)]);
    }

    proptest! {
        #[test]
        fn an_edit_changes_no_byte_outside_its_place_and_none_of_the_front_matter(
            text in "(\u{feff})?(---\n[a-c张: ]{0,6}\n(---|\\.\\.\\.)\n)?[a张\n\r ]{0,20}", from in any::<u8>(), length in any::<u8>(), new in any::<String>(),
        ) {
            let Ok(note) = NoteText::cut(text.as_bytes()) else { return Ok(()) };
            let start = usize::from(from) % (note.body().len() + 1);
            let at = start..start + usize::from(length) % (note.body().len() + 1 - start);
            let Some(splice) = note.splice(at.clone(), &new) else { return Ok(()) };
            assert_eq!(splice.old(), text);
            let (head, body) = text.split_at(note.body_start());
            assert!(splice.new().starts_with(head));
            assert_eq!(&splice.new()[head.len()..], [&body[..at.start], &new, &body[at.end..]].concat());
        }
    }

    #[test]
    fn the_fresh_lines_are_those_the_old_note_lacks() {
        for (old, new, fresh) in [
            ("a\nb\n", "a\nx\ny\nb\n", vec!["x", "y"]),
            ("a\nb", "a\nb\nx\n", vec!["x"]),
            ("a\nb\nc\n", "a\nx\nc\n", vec!["x"]),
            ("a\na\n", "a\na\na\n", vec!["a"]),
            ("", "x\n", vec!["x"]),
            ("a\n", "a\n", vec![]),
        ] {
            let splice = Splice { old: old.into(), new: new.into() };
            assert_eq!(splice.fresh_lines(), fresh, "{old:?} {new:?}");
        }
    }
}
