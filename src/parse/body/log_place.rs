//! Where a new line of the interaction log goes, found in the same outline by which the log is read.
//!
//! What is absent: the line itself, and what must stand around it; `write` makes both.

use std::ops::Range;

use chrono::NaiveDate;

use super::BodyContext;
use super::leading;
use super::outline::{Block, BlockKind, Outline, PieceKind};
use super::shown;
use super::{blocks, comments};
use crate::model::entry::Setting;
use crate::model::fold::fold;
use crate::model::span::Span;

/// A place for new lines of the log. `at` is a byte of the text: the start of a line, or the end of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPlace {
    /// Before which byte the lines go.
    pub at: usize,
    /// Whether a heading goes with them.
    pub section: LogSection,
    /// What the lines follow.
    pub above: Neighbour,
    /// What follows the lines.
    pub below: Neighbour,
    /// The blanks before the bullet of a neighbour.
    pub indent: String,
}

/// Whether a note has a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogSection {
    /// It has.
    Found,
    /// It has none: a heading must go before the first line.
    Missing,
}

/// What stands beside the new lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// An item of a list without blank lines between its items.
    TightItem,
    /// An item of a list with blank lines between them.
    LooseItem,
    /// Anything else: a heading, a paragraph, a table, nothing.
    Other,
}

/// The places for new lines of the log in the bytes `body` of `text`, the right one first; the others are for a note
/// whose right place turns out to lie in code or a comment that is never closed.
pub fn log_places(text: &str, body: Span, context: &BodyContext<'_>) -> Vec<LogPlace> {
    let mut findings = Vec::new();
    let mut outline = blocks::outline(text, body, &mut findings);
    comments::mark(&mut outline, &mut findings);
    let finder = Finder { outline: &outline, context, body: body.range() };
    match finder.section() {
        Some(section) => finder.in_section(&section),
        None => finder.at_the_end(),
    }
}

/// How far one level of a nested list is indented in the bytes `body` of `text`, as its first nested item shows; the
/// blanks, or nothing when no item is nested.
pub fn nested_indent(text: &str, body: Span) -> Option<String> {
    let outline = blocks::outline(text, body, &mut Vec::new());
    outline.blocks.iter().filter(|block| block.kind == BlockKind::Item && !block.quoted).find_map(|block| {
        let parent = outline.blocks.get(block.parent?)?;
        let own = indent_of(text, block)?;
        let step = own.strip_prefix(indent_of(text, parent)?)?;
        (!step.is_empty()).then(|| step.to_owned())
    })
}

/// Whether `^id` marks any line of the bytes `body` of `text`, comments included; code holds no ids.
pub fn has_block_id(text: &str, body: Span, id: &str) -> bool {
    if !text.contains(id) {
        return false;
    }
    let outline = blocks::outline(text, body, &mut Vec::new());
    let mark = format!("^{id}");
    let marks = |source: &str| source.match_indices(&mark).any(|(at, _)| stands_alone(source, at..at + mark.len()));
    let in_line = outline.lines.iter().any(|line| {
        let pieces = outline.pieces.get(line.pieces.clone()).unwrap_or_default().iter();
        let code = |piece: &&super::outline::Piece| matches!(piece.kind, PieceKind::Decoded(_));
        let in_code = |at: usize| pieces.clone().filter(code).any(|piece| piece.span.contains(&at));
        let source = outline.source(line.span.clone());
        source
            .match_indices(&mark)
            .any(|(at, _)| stands_alone(source, at..at + mark.len()) && !in_code(line.span.start + at))
    });
    in_line || outline.comments.iter().any(|comment| marks(outline.source(comment.clone())))
}

/// Whether the bytes `at` of `source` are a whole block id.
fn stands_alone(source: &str, at: Range<usize>) -> bool {
    let before =
        source.get(..at.start).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    let after = source.get(at.end..).and_then(|after| after.chars().next());
    before && after.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-')
}

/// The log section: its heading, and up to where it reaches.
struct Section {
    heading: usize,
    content: Range<usize>,
}

/// The dated blocks of a section: items outside dated headings, and dated headings.
#[derive(Default)]
struct Dated<'o> {
    items: Vec<(NaiveDate, &'o Block)>,
    headings: Vec<&'o Block>,
}

struct Finder<'o, 't> {
    outline: &'o Outline<'t>,
    context: &'o BodyContext<'o>,
    body: Range<usize>,
}

impl<'o> Finder<'o, '_> {
    fn section(&self) -> Option<Section> {
        let (heading, block, level) = self.headings().find(|(_, block, _)| {
            let words = shown::words(self.outline, block.lines.clone(), 0, &[]);
            self.context.words.is_log_heading(&fold(&words)) && self.is_plain(block)
        })?;
        let next = self.headings().find(|(place, _, other)| *place > heading && *other <= level);
        let end = next.map_or(self.body.end, |(_, next, _)| self.line_start(next.span.start));
        Some(Section { heading, content: self.after_line(block.span.end)..end })
    }

    /// The headings of the note's own level.
    fn headings(&self) -> impl Iterator<Item = (usize, &'o Block, u8)> {
        self.outline.blocks.iter().enumerate().filter_map(|(place, block)| match block.kind {
            BlockKind::Heading(level) if block.parent.is_none() && !block.quoted => Some((place, block, level)),
            _ => None,
        })
    }

    fn in_section(&self, section: &Section) -> Vec<LogPlace> {
        let dated = self.dated(section);
        let end = self.end_of(section.content.clone(), LogSection::Found);
        let top = self.top_of(section, &dated);
        let before_raw = self.before_raw(section.content.clone(), LogSection::Found);
        let below_heading = LogPlace {
            at: section.content.start,
            section: LogSection::Found,
            above: Neighbour::Other,
            below: Neighbour::Other,
            indent: String::new(),
        };
        let mut places = if dated.go_on_top() { vec![top, end] } else { vec![end] };
        places.extend(before_raw);
        places.push(below_heading);
        places
    }

    fn at_the_end(&self) -> Vec<LogPlace> {
        let end = LogPlace {
            at: self.body.end,
            section: LogSection::Missing,
            above: Neighbour::Other,
            below: Neighbour::Other,
            indent: String::new(),
        };
        std::iter::once(end).chain(self.before_raw(self.body.clone(), LogSection::Missing)).collect()
    }

    fn dated(&self, section: &Section) -> Dated<'o> {
        let mut dated = Dated::default();
        let mut below: Option<u8> = None;
        for block in self.outline.blocks.get(section.heading + 1..).unwrap_or_default() {
            if block.span.start >= section.content.end {
                break;
            }
            if block.parent.is_some() || block.quoted {
                continue;
            }
            let date = || {
                let line = self.outline.lines(block.lines.clone()).first()?;
                leading::lead(self.outline, line, self.context).date.filter(|_| self.is_plain(block))
            };
            match block.kind {
                BlockKind::Heading(level) => {
                    below = below.filter(|open| *open < level);
                    if date().is_some() {
                        below = below.or(Some(level));
                        dated.headings.push(block);
                    }
                }
                BlockKind::Item if below.is_none() => dated.items.extend(date().map(|date| (date, block))),
                _ => {}
            }
        }
        dated
    }

    /// Behind the last line of `range` that is not blank.
    fn end_of(&self, range: Range<usize>, section: LogSection) -> LogPlace {
        let source = self.outline.source(range.clone());
        let at = match range.start + source.trim_end().len() {
            at if at == range.start => self.within_blanks(range),
            at => self.after_line(at),
        };
        let item = self.last_item(at);
        let above = item.map_or(Neighbour::Other, |item| self.as_neighbour(item));
        let indent = item.and_then(|item| indent_of(self.outline.text, item)).unwrap_or_default();
        LogPlace { at, section, above, below: Neighbour::Other, indent: indent.to_owned() }
    }

    /// In a section without a word: behind one blank line, where there is one.
    fn within_blanks(&self, range: Range<usize>) -> usize {
        let first = self.outline.source(range.clone()).split_inclusive('\n').next().unwrap_or_default();
        range.start + if first.ends_with('\n') { first.len() } else { 0 }
    }

    fn top_of(&self, section: &Section, dated: &Dated<'_>) -> LogPlace {
        let place = |at: usize, below: Neighbour, indent: &str| LogPlace {
            at,
            section: LogSection::Found,
            above: self.last_item(at).map_or(Neighbour::Other, |item| self.as_neighbour(item)),
            below,
            indent: indent.to_owned(),
        };
        if let Some((_, item)) = dated.items.first() {
            let at = self.line_start(item.span.start);
            let is_bullet = self.outline.source(item.span.clone()).trim_start().starts_with(['-', '*', '+']);
            // A number may not follow a line of text at once.
            let below = if is_bullet { self.looseness(dated) } else { Neighbour::Other };
            return place(at, below, indent_of(self.outline.text, item).unwrap_or_default());
        }
        let at = dated.headings.first().map_or(section.content.start, |heading| self.line_start(heading.span.start));
        place(at, Neighbour::Other, "")
    }

    /// How the first two dated items stand to each other.
    fn looseness(&self, dated: &Dated<'_>) -> Neighbour {
        match dated.items.as_slice() {
            [(_, first), (_, second), ..] => self.between(first, second),
            _ => Neighbour::TightItem,
        }
    }

    /// Before the last code, comment or HTML of `range`, for when it is not closed and so takes in all that follows.
    fn before_raw(&self, range: Range<usize>, section: LogSection) -> Option<LogPlace> {
        let all = self.outline.raw.iter().chain(&self.outline.comments);
        let covers = |raw: &&Range<usize>| raw.start < range.end && raw.end > range.start;
        let first = all.filter(covers).filter(|raw| self.outline.source(raw.end..range.end).trim().is_empty());
        let start = self.line_start(first.map(|raw| raw.start).min()?);
        if start < range.start {
            return None;
        }
        Some(LogPlace { section, ..self.end_of(range.start..start, section) })
    }

    /// The item of the note's own level whose last line ends right before `at`, blank lines aside.
    fn last_item(&self, at: usize) -> Option<&'o Block> {
        let text = self.outline.source(0..at).trim_end().len();
        let own = |block: &&Block| block.kind == BlockKind::Item && block.parent.is_none();
        let item = self.outline.blocks.iter().rev().filter(own).find(|block| block.span.start < text)?;
        let end = item.span.start + self.outline.source(item.span.clone()).trim_end().len();
        (end >= text && !item.quoted).then_some(item)
    }

    fn as_neighbour(&self, item: &Block) -> Neighbour {
        let own = |block: &&Block| block.kind == BlockKind::Item && block.parent.is_none() && !block.quoted;
        let before =
            self.outline.blocks.iter().filter(own).take_while(|block| block.span.start < item.span.start).last();
        before.map_or(Neighbour::TightItem, |before| self.between(before, item))
    }

    /// Whether two items stand in one list, and a blank line between them.
    fn between(&self, first: &Block, second: &Block) -> Neighbour {
        let end = first.span.start + self.outline.source(first.span.clone()).trim_end().len();
        let gap = self.outline.source(end..second.span.start);
        let is_loose = gap.trim().is_empty() && gap.matches('\n').count() > 1;
        if is_loose { Neighbour::LooseItem } else { Neighbour::TightItem }
    }

    fn is_plain(&self, block: &Block) -> bool {
        !self.outline.is_comment(block.span.start)
            && self.outline.setting(block, block.lines.clone()) != Setting::Comment
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.outline.source(self.body.start..at);
        self.body.start + before.rfind('\n').map_or(0, |end| end + 1)
    }

    /// The start of the line after the one that ends at or holds the byte before `at`.
    fn after_line(&self, at: usize) -> usize {
        if at > self.body.start && self.outline.source(at - 1..at) == "\n" {
            return at;
        }
        let rest = self.outline.source(at..self.body.end);
        rest.find('\n').map_or(self.body.end, |end| at + end + 1)
    }
}

impl Dated<'_> {
    /// Whether the newest entries stand first.
    fn go_on_top(&self) -> bool {
        if self.items.len() < 2 {
            return !self.headings.is_empty();
        }
        let steps = |falls: fn(NaiveDate, NaiveDate) -> bool| {
            self.items.windows(2).filter(|two| matches!(two, [(a, _), (b, _)] if falls(*a, *b))).count()
        };
        let (rising, falling) = (steps(|a, b| a < b), steps(|a, b| a > b));
        // A line logged late is one step the wrong way; the rest of the log says how it runs.
        let ends = self.items.first().zip(self.items.last()).is_some_and(|((first, _), (last, _))| last < first);
        falling > rising || (falling == rising && ends)
    }
}

/// The blanks before the bullet of an item; nothing if other characters stand there. The parser may count a tab to the
/// item or to what is around it.
fn indent_of<'t>(text: &'t str, item: &Block) -> Option<&'t str> {
    let source = text.get(item.span.clone())?;
    let before = text.get(..item.span.start + source.len() - source.trim_start().len())?;
    let line = before.rsplit('\n').next()?;
    let line = line.trim_start_matches('\u{feff}');
    line.chars().all(|c| c == ' ' || c == '\t').then_some(line)
}
