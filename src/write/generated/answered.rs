//! What becomes of the lines of a generated agenda that somebody answered or wrote below.
//!
//! A plan knows each answer it was made from by its whole text. One that was carried out goes; one that was refused
//! stays as it was left, to be tried again; one that nobody could place moves below with all other lines of a person. An
//! answer the plan does not know was given after the agenda was read: then nothing is written, and it is read again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::item_id::ItemId;
use crate::parse::ticks::block::{Block, blocks, columns};
use crate::parse::ticks::copies::{Line, joined};

use super::super::markers::OURS;
use super::super::refusal::Refusal;

/// The answers a plan was made from, each by its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Carried out, now or before: their lines go.
    pub applied: BTreeSet<String>,
    /// Refused: their lines stay.
    pub kept: BTreeSet<String>,
    /// Not to be placed: their lines move below.
    pub unplaced: BTreeSet<String>,
    /// The marks in a box that are answers, beside `x`, `X`, `-` and `>`.
    pub marks: BTreeSet<char>,
}

/// The old text without the lines that go or stay where they are, and the new text with those that stay.
#[derive(Debug)]
pub(super) struct Woven {
    /// Bytes at which a line begins that is dealt with.
    pub(super) settled: BTreeSet<usize>,
    /// Bytes at which a line begins that moves below, even though the program wrote it.
    pub(super) moved: BTreeSet<usize>,
    /// The generated text with what stays in it.
    pub(super) fresh: String,
}

/// A line that somebody wrote below one that is still open, without quote marks and its end.
#[derive(Debug)]
struct Draft(String);

impl Line for Draft {
    fn columns(&self) -> usize {
        columns(&self.0)
    }

    fn words(&self) -> &str {
        self.0.trim()
    }

    fn set_columns(&mut self, columns: usize) {
        self.0 = " ".repeat(columns) + self.0.trim_start();
    }
}

impl Answered {
    fn is_answer(&self, block: &Block<'_>) -> bool {
        matches!(block.mark, 'x' | 'X' | '-' | '>') || self.marks.contains(&block.mark)
    }

    /// Weaves what stays of `old` into `fresh`.
    ///
    /// # Errors
    /// [`Refusal::Unread`] for an answer that is not known.
    pub(super) fn weave(&self, old: &str, fresh: &str) -> Result<Woven, Refusal> {
        let open: BTreeSet<ItemId> = blocks(fresh).iter().map(|block| block.id).collect();
        let mut woven = Woven { settled: BTreeSet::new(), moved: BTreeSet::new(), fresh: String::new() };
        let mut kept: BTreeMap<ItemId, Vec<String>> = BTreeMap::new();
        let mut repeated = BTreeSet::new();
        let mut drafts: HashMap<ItemId, Vec<Vec<Draft>>> = HashMap::new();
        for block in blocks(old) {
            let starts = block.starts.iter().copied();
            let text = block.text();
            if self.is_answer(&block) {
                if self.applied.contains(&text) {
                    woven.settled.extend(starts);
                } else if self.kept.contains(&text) {
                    woven.settled.extend(starts);
                    // Two answers to one line, as after a merge, both stay.
                    if repeated.insert(text) {
                        kept.entry(block.id).or_default().extend(lines_of(&block));
                    }
                } else if self.unplaced.contains(&text) {
                    woven.moved.extend(starts);
                } else {
                    return Err(Refusal::Unread);
                }
            } else if block.below.is_empty() {
                continue;
            } else if open.contains(&block.id) {
                woven.settled.extend(starts.skip(1));
                let lines = lines_of(&block).into_iter().skip(1).map(Draft).collect();
                drafts.entry(block.id).or_default().push(lines);
            } else {
                // Without its line nobody would know what was written below it.
                woven.moved.extend(starts);
            }
        }
        let drafts = drafts.into_iter().map(|(id, copies)| (id, joined(copies))).collect();
        woven.fresh = with_lines(fresh, &mut kept, &drafts);
        Ok(woven)
    }
}

/// The lines of a block without line ends and what stands before its first line in quotes: where no blank stands behind
/// their marks, the one before a deeper line is its depth.
fn lines_of(block: &Block<'_>) -> Vec<String> {
    let is_apart = block.line.len() == unquoted(block.line).len() || quote_of(block.line).ends_with(' ');
    let lines = std::iter::once(block.line).chain(block.below.iter().copied());
    let lines = lines.map(|line| {
        let line = line.trim_end_matches(['\n', '\r']);
        let rest = unquoted(line);
        if !is_apart && quote_of(line).ends_with(' ') { format!(" {rest}") } else { rest.to_owned() }
    });
    lines.collect()
}

/// The quote marks of a line and the blank behind each.
fn quote_of(line: &str) -> &str {
    line.get(..line.len() - unquoted(line).len()).unwrap_or_default()
}

/// A line without its quote marks and the blank behind each.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

/// The generated text with what stays: an answer in place of its line, other lines below theirs. An answer whose line is
/// no longer generated stands at the end.
fn with_lines(fresh: &str, kept: &mut BTreeMap<ItemId, Vec<String>>, below: &HashMap<ItemId, Vec<Draft>>) -> String {
    if kept.is_empty() && below.is_empty() {
        return fresh.to_owned();
    }
    let ids: HashMap<usize, ItemId> =
        blocks(fresh).iter().filter_map(|block| Some((*block.starts.first()?, block.id))).collect();
    let end = if fresh.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = String::with_capacity(fresh.len());
    let mut at = 0;
    let mut is_open = true;
    for line in fresh.split_inclusive('\n') {
        if is_open && line.starts_with(OURS) {
            is_open = false;
            let last: Vec<String> = std::mem::take(kept).into_values().flatten().collect();
            for line in &last {
                text.extend([line.as_str(), end]);
            }
            if !last.is_empty() {
                text.push_str(end);
            }
        }
        let id = ids.get(&at);
        at += line.len();
        let quote = quote_of(line);
        let stays = id.and_then(|id| kept.remove(id));
        match &stays {
            Some(lines) => lines.iter().for_each(|line| text.extend([quote, line, end])),
            None => text.push_str(line),
        }
        if stays.is_none() {
            let lines = id.and_then(|id| below.get(id)).into_iter().flatten();
            lines.for_each(|Draft(line)| text.extend([quote, line, end]));
        }
    }
    text
}
