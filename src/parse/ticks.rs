//! What somebody did to the lines of a generated agenda: ticked, left out, put off, and what they wrote below.
//!
//! The text is read line by line and not as Markdown, since a line must be known again after any editor, plugin or merge
//! has been at it: in a callout, moved deeper, with another bullet, with a done date behind its name. What a line is
//! about is not decided here; its name says so.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::model::item_id::ItemId;
use crate::model::link::Link;
use crate::model::obsidian::TasksSettings;
use crate::vocabulary::time::TimeWords;

mod below;
pub mod block;
pub mod copies;
mod line;
pub mod put_off;

pub use below::Below;
pub use block::{Block, blocks};

/// What the lines are read by.
#[derive(Clone, Copy)]
pub struct TickContext<'a> {
    /// The day of the run, from which words such as 下周一 count.
    pub today: NaiveDate,
    /// The words of time.
    pub time: &'a TimeWords,
    /// Which marks in a box mean done and cancelled.
    pub tasks: &'a TasksSettings,
    /// Whether the program wrote a line, box and blanks apart.
    pub is_ours: &'a dyn Fn(&str) -> bool,
}

/// What a box asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `[x]`: done, on the day the line says, if it says one.
    Done(Option<NaiveDate>),
    /// `[-]`: left out this time.
    Skip,
    /// `[>]`: put off to a day.
    PutOff(NaiveDate),
    /// `[>]` without a day that could be read; what was written in its place.
    Unread(Box<str>),
}

/// One answered line of the agenda, however often it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its name.
    pub id: ItemId,
    /// What is asked for.
    pub mark: Mark,
    /// The links on it, in order.
    pub links: Vec<Link>,
    /// Its words, without box, name and fields.
    pub words: Box<str>,
    /// The day that what is written below says it took place.
    pub told_on: Option<NaiveDate>,
    /// What stands below it.
    pub below: Below,
    /// Where its first copy stands, without its end and what is below it.
    pub place: Range<usize>,
    /// The text of each copy.
    pub texts: Vec<String>,
}

/// The answered lines of `text`, each name once, in the order in which they first stand there. Of two answers to one
/// line, as after a merge, done goes before put off, and that before left out; what was written below is put together.
pub fn ticks(text: &str, context: &TickContext<'_>) -> Vec<Tick> {
    let mut found: Vec<Vec<Tick>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for tick in blocks(text).iter().filter_map(|block| tick(block, context)) {
        let place = *places.entry(tick.id).or_insert(found.len());
        match found.get_mut(place) {
            Some(copies) => copies.push(tick),
            None => found.push(vec![tick]),
        }
    }
    found.into_iter().filter_map(Tick::joined).collect()
}

/// The answer in one block; none for a box that is empty or holds another mark.
pub fn tick(block: &Block<'_>, context: &TickContext<'_>) -> Option<Tick> {
    let line = line::Line::of(block.content());
    let mut below = Below::of(&block.below);
    let mut told_on = None;
    let mark = match block.mark {
        '>' => put_off::read(block, &mut below, context),
        mark if context.tasks.cancelled_marks.contains(&mark) || mark == '-' => Mark::Skip,
        mark if context.tasks.done_marks.contains(&mark) || matches!(mark, 'x' | 'X') => {
            told_on = below.take_date(context);
            Mark::Done(told_on.or(line.done_on).filter(|day| *day <= context.today))
        }
        _ => return None,
    };
    let start = block.starts.first().copied().unwrap_or_default();
    Some(Tick {
        id: block.id,
        mark,
        links: line.links(),
        words: line.words.as_str().into(),
        told_on,
        below,
        place: start..start + block.line.trim_end_matches(['\n', '\r']).len(),
        texts: vec![block.text()],
    })
}

/// The text without the names of agenda lines.
pub fn without_names(content: &str) -> String {
    let mut rest = content;
    let mut words = String::with_capacity(content.len());
    while let Some((at, _)) = ItemId::places(rest).next() {
        words.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + ItemId::MARK_LENGTH..).unwrap_or_default();
    }
    words.push_str(rest);
    words
}

impl Tick {
    /// Whom it is about, for a message that shows the line anyway; its words where it links nobody.
    pub fn who(&self) -> String {
        let names: Vec<&str> = self.links.iter().map(Link::shown).collect();
        if names.is_empty() { self.words.to_string() } else { names.join(", ") }
    }

    /// All copies of one line as one.
    fn joined(copies: Vec<Tick>) -> Option<Tick> {
        let mut below = Vec::new();
        let mut targets = BTreeSet::new();
        let copies = copies.into_iter().map(|mut tick| {
            below.push(std::mem::take(&mut tick.below));
            tick.links.retain(|link| targets.insert(link.target.clone()));
            tick
        });
        let mut one = copies.reduce(|mut one, other| {
            one.texts.extend(other.texts);
            one.told_on = one.told_on.or(other.told_on);
            one.links.extend(other.links);
            if rank(&other.mark) < rank(&one.mark) {
                one.mark = other.mark;
            }
            one
        })?;
        one.below = Below::joined(below);
        Some(one)
    }
}

fn rank(mark: &Mark) -> (u8, bool) {
    match mark {
        Mark::Done(date) => (0, date.is_none()),
        Mark::PutOff(_) => (1, false),
        Mark::Skip => (2, false),
        Mark::Unread(_) => (3, false),
    }
}

#[cfg(test)]
mod tests;
