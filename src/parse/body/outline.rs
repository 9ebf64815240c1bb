//! The body as blocks, lines and links, with where each stands; what the Markdown parser is asked for, once.
//!
//! Blocks stand in file order, a list item before all it holds, so the blocks of an item are one range.

use std::ops::Range;

use crate::model::entry::{EntryLink, Setting};
use crate::model::span::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A heading of level 1–6.
    Heading(u8),
    /// A list item; its lines are those before anything nested in it.
    Item,
    /// A paragraph, or a further paragraph of an item.
    Paragraph,
    /// The head of a table; each cell is a line.
    TableHead,
    /// A row of a table; each cell is a line.
    TableRow,
    /// Code, HTML or an HTML comment, kept only for the links in it.
    Raw(Setting),
}

/// One block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// All of it, with what is nested in it.
    pub(super) span: Range<usize>,
    /// Its own lines.
    pub(super) lines: Range<usize>,
    /// One past its last nested block.
    pub(super) end: usize,
    /// The item it stands in.
    pub(super) parent: Option<usize>,
    /// Whether it stands in a quote or callout.
    pub(super) quoted: bool,
    /// The character in the box of an item; the lines begin behind the box.
    pub(super) mark: Option<char>,
}

/// One line of text, or one cell; without quote marks and bullets.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) span: Range<usize>,
    pub(super) pieces: Range<usize>,
    pub(super) links: Range<usize>,
    pub(super) tags: Range<usize>,
    pub(super) fields: Range<usize>,
}

/// What a stretch of a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Text in which tags and comments are looked for.
    Text,
    /// Text that is only shown: code, labels of outside links.
    Literal,
    /// Shown differently from how it is written (`&amp;`).
    Decoded(Box<str>),
    /// A link to a note, by its place among the links.
    Link(usize),
    /// Not shown: HTML, embeds.
    Hidden,
}

/// A stretch of a line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) span: Range<usize>,
    pub(super) struck: bool,
}

/// `key:: value`, alone on its line or in brackets. Spans of key and value are trimmed.
#[derive(Clone, Debug)]
pub(super) struct InlineField {
    pub(super) span: Range<usize>,
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
}

/// A tag, `span` with its `#`.
#[derive(Clone, Debug)]
pub(super) struct FoundTag {
    pub(super) span: Range<usize>,
    pub(super) struck: bool,
}

/// The whole body.
pub(super) struct Outline<'t> {
    pub(super) text: &'t str,
    pub(super) blocks: Vec<Block>,
    pub(super) lines: Vec<Line>,
    pub(super) pieces: Vec<Piece>,
    pub(super) links: Vec<EntryLink>,
    pub(super) tags: Vec<FoundTag>,
    pub(super) fields: Vec<InlineField>,
    /// Comments of both kinds, in order, apart from each other.
    pub(super) comments: Vec<Range<usize>>,
    /// Code blocks and blocks of HTML, in order.
    pub(super) raw: Vec<Range<usize>>,
}

impl<'t> Outline<'t> {
    /// The source of a range; empty where it is none.
    pub(super) fn source(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// The lines of a range.
    pub(super) fn lines(&self, lines: Range<usize>) -> &[Line] {
        self.lines.get(lines).unwrap_or_default()
    }

    /// From the start of the first to the end of the last of some lines.
    pub(super) fn reach(&self, lines: Range<usize>) -> Range<usize> {
        match self.lines(lines) {
            [] => 0..0,
            [only] => only.span.clone(),
            [first, .., last] => first.span.start..last.span.end,
        }
    }

    /// The links of a run of lines.
    pub(super) fn links_of(&self, lines: Range<usize>) -> &[EntryLink] {
        self.links.get(across(self.lines(lines), |line| &line.links)).unwrap_or_default()
    }

    /// The tags of a run of lines.
    pub(super) fn tags_of(&self, lines: Range<usize>) -> &[FoundTag] {
        self.tags.get(across(self.lines(lines), |line| &line.tags)).unwrap_or_default()
    }

    /// The inline fields of a run of lines.
    pub(super) fn fields_of(&self, lines: Range<usize>) -> &[InlineField] {
        self.fields.get(across(self.lines(lines), |line| &line.fields)).unwrap_or_default()
    }

    /// The pieces of a run of lines.
    pub(super) fn pieces_of(&self, lines: Range<usize>) -> &[Piece] {
        self.pieces.get(across(self.lines(lines), |line| &line.pieces)).unwrap_or_default()
    }

    /// Whether any link stands in a stretch of the source.
    pub(super) fn has_link_in(&self, range: &Range<usize>) -> bool {
        let first = self.links.partition_point(|found| (found.link.span.start as usize) < range.start);
        self.links.get(first).is_some_and(|found| (found.link.span.start as usize) < range.end)
    }

    /// The comments that touch a stretch of the source.
    pub(super) fn comments_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let first = self.comments.partition_point(|comment| comment.end <= range.start);
        let rest = self.comments.get(first..).unwrap_or_default();
        let count = rest.partition_point(|comment| comment.start < range.end);
        rest.get(..count).unwrap_or_default()
    }

    /// Whether a byte stands in a comment.
    pub(super) fn is_comment(&self, at: usize) -> bool {
        !self.comments.is_empty() && !self.comments_in(&(at..at + 1)).is_empty()
    }

    /// What surrounds some lines as a whole.
    pub(super) fn setting(&self, block: &Block, lines: Range<usize>) -> Setting {
        if let BlockKind::Raw(setting) = block.kind {
            return setting;
        }
        let reach = self.reach(lines.clone());
        let covered = self.comments_in(&reach);
        if let [first, ..] = covered
            && self.source(reach.start..first.start.max(reach.start)).trim().is_empty()
            && covered.last().is_some_and(|last| self.source(last.end..reach.end).trim().is_empty())
            && covered.windows(2).all(|two| match two {
                [a, b] => self.source(a.end..b.start).trim().is_empty(),
                _ => true,
            })
        {
            return Setting::Comment;
        }
        if block.quoted {
            return Setting::Quote;
        }
        let mut worded = self
            .pieces_of(lines)
            .iter()
            .filter(|piece| !self.source(piece.span.clone()).trim().is_empty() && !self.is_comment(piece.span.start));
        let has_words = worded.clone().next().is_some();
        if has_words && worded.all(|piece| piece.struck) { Setting::Struck } else { Setting::Plain }
    }
}

/// The span of a range of bytes.
pub(super) fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn across(lines: &[Line], part: impl Fn(&Line) -> &Range<usize>) -> Range<usize> {
    match lines {
        [] => 0..0,
        [first, ..] => part(first).start..lines.last().map_or(0, |last| part(last).end),
    }
}
