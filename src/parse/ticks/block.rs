//! A line of the agenda with all that stands below it, as raw text.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::item_id::ItemId;

/// A checkbox line that carries a name of ours, and the deeper lines that follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'t> {
    /// Its name.
    pub id: ItemId,
    /// The character in its box.
    pub mark: char,
    /// The line, with its end.
    pub line: &'t str,
    /// Where the box stands in the line, brackets included.
    pub check: Range<usize>,
    /// The lines below it, each with its end; blank ones between them are left out.
    pub below: Vec<&'t str>,
    /// The byte at which each of these lines begins.
    pub starts: Vec<usize>,
}

impl<'t> Block<'t> {
    /// The line behind the box, without its end.
    pub fn content(&self) -> &'t str {
        self.line.get(self.check.end..).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// The line with another box.
    pub fn with_box(&self, check: &str) -> String {
        let before = self.line.get(..self.check.start).unwrap_or_default();
        [before, check, self.line.get(self.check.end..).unwrap_or_default()].concat()
    }

    /// The text by which it is known again: its lines without what editors change on their own.
    pub fn text(&self) -> String {
        let lines = std::iter::once(self.line).chain(self.below.iter().copied());
        lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Whether the box is empty.
    pub fn is_open(&self) -> bool {
        self.mark == ' '
    }
}

/// All such blocks of a text, in order. In an unsolved merge a line has what stands below it on each side, and so is
/// there more than once.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut sides = HashSet::new();
    let lines = lines(text, &mut sides);
    let mut blocks = blocks_of(&lines, Side::Ours);
    if !sides.is_empty() {
        let mut known: HashSet<Vec<usize>> = blocks.iter().map(|block| block.starts.clone()).collect();
        for side in [Side::Base, Side::Theirs].into_iter().filter(|side| sides.contains(side)) {
            blocks.extend(blocks_of(&lines, side).into_iter().filter(|block| known.insert(block.starts.clone())));
        }
        blocks.sort_by(|one, other| one.starts.cmp(&other.starts));
    }
    blocks
}

/// Which side of an unsolved merge a line stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Ours,
    /// What both sides changed; git shows it where it is told to.
    Base,
    Theirs,
}

/// The lines of a text that git did not put in, where each begins, and its side, if it is not on all; `sides` holds those
/// beside our own.
fn lines<'t>(text: &'t str, sides: &mut HashSet<Side>) -> Vec<(usize, &'t str, Option<Side>)> {
    let mut side = None;
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        side = match line.get(..7) {
            Some("<<<<<<<") => Some(Side::Ours),
            Some("|||||||") if side.is_some() => Some(Side::Base),
            Some("=======") if side.is_some() => Some(Side::Theirs),
            Some(">>>>>>>") => None,
            _ => {
                sides.extend(side.filter(|side| *side != Side::Ours));
                lines.push((start, line, side));
                continue;
            }
        };
    }
    lines
}

fn blocks_of<'t>(lines: &[(usize, &'t str, Option<Side>)], side: Side) -> Vec<Block<'t>> {
    let mut blocks: Vec<Block<'t>> = Vec::new();
    // The quote marks and the indentation of the line that deeper ones belong to.
    let mut above: Option<Indent> = None;
    for (start, line, _) in lines.iter().filter(|(_, _, on)| on.is_none_or(|on| on == side)) {
        let indent = Indent::of(line);
        let content = line.get(indent.bytes..).unwrap_or_default();
        if let Some(item) = item(line, indent.bytes) {
            above = Some(indent);
            blocks.push(Block { starts: vec![*start], ..item });
            continue;
        }
        if content.trim().is_empty() {
            // A line that is blank but for its quote marks parts nothing; outside quotes deeper lines may go on.
            continue;
        }
        let belongs = above.is_some_and(|above| indent.quotes == above.quotes && indent.columns > above.columns);
        match blocks.last_mut().filter(|_| belongs) {
            Some(block) => {
                block.below.push(line);
                block.starts.push(*start);
            }
            None => above = None,
        }
    }
    blocks
}

/// How many columns in a line begins, behind its quote marks.
pub fn columns(line: &str) -> usize {
    Indent::of(line).columns
}

/// How far in a line begins.
#[derive(Clone, Copy)]
pub(super) struct Indent {
    /// Quote marks before it.
    quotes: usize,
    /// Columns behind the last of them; a tab goes on to the next multiple of four.
    pub(super) columns: usize,
    /// Bytes of all that.
    pub(super) bytes: usize,
}

impl Indent {
    pub(super) fn of(line: &str) -> Self {
        let mut indent = Indent { quotes: 0, columns: 0, bytes: 0 };
        for c in line.chars() {
            match c {
                '>' => (indent.quotes, indent.columns) = (indent.quotes + 1, 0),
                ' ' | '\u{a0}' => indent.columns += 1,
                '\u{3000}' => indent.columns += 2,
                '\t' => indent.columns += 4 - indent.columns % 4,
                '\u{feff}' | '\u{200b}' => {}
                _ => break,
            }
            indent.bytes += c.len_utf8();
        }
        indent
    }
}

/// Where the text behind a list marker begins, in a line that begins at `from`; none for a line that is no item.
pub(super) fn after_bullet(line: &str, from: usize) -> Option<usize> {
    let rest = line.get(from..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match rest.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let after = rest.get(marker..)?;
    let text = after.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']);
    let ends = after.trim().is_empty();
    (ends || text.len() < after.len()).then(|| line.len() - text.len())
}

/// The box at `from`: its mark and where it ends. No blank needs to follow, since one writes 暂缓 right behind it.
pub(super) fn check(line: &str, from: usize) -> Option<(char, usize)> {
    let rest = line.get(from..)?.strip_prefix('[')?;
    let mark = rest.chars().next().filter(|c| !matches!(c, '[' | ']' | '\n' | '\r'))?;
    let after = rest.get(mark.len_utf8()..)?.strip_prefix(']')?;
    // `[x](…)` is a link.
    (!after.starts_with(['(', '['])).then_some((mark, from + mark.len_utf8() + 2))
}

fn item(line: &str, from: usize) -> Option<Block<'_>> {
    let start = after_bullet(line, from)?;
    let (mark, end) = check(line, start)?;
    let id = ItemId::in_line(line)?;
    Some(Block { id, mark, line, check: start..end, below: Vec::new(), starts: Vec::new() })
}
