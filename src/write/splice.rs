//! An edit of a note's body, found in its bytes. The front matter is out of reach: a place is a place in the body.

use std::ops::Range;

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
        let text = super::ours::decode(bytes)?;
        Ok(NoteText { head: "", body: text })
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
    pub fn new(&self) -> &str {
        &self.new
    }
}
