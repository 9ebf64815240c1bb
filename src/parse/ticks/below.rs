//! What was written below a line of the agenda: the first item is what took place, the others hang below it.

use chrono::NaiveDate;

use crate::parse::leading_date::leading_date;

use super::TickContext;
use super::block::{Indent, after_bullet, check};

/// The lines below, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Below {
    lines: Vec<Sub>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sub {
    columns: usize,
    /// The words behind the bullet, box included.
    text: String,
}

impl Below {
    /// Takes them from raw lines.
    pub(super) fn of(raw: &[&str]) -> Self {
        let lines = raw.iter().map(|line| {
            let indent = Indent::of(line);
            let start = after_bullet(line, indent.bytes).unwrap_or(indent.bytes);
            let text = super::line::without_names(line.get(start..).unwrap_or_default().trim());
            Sub { columns: indent.columns, text: text.trim().to_owned() }
        });
        Below { lines: lines.filter(|line| !line.text.is_empty()).collect() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The words of each line, behind its bullet.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.text.as_str())
    }

    /// What took place, in the words of the first line; none if that is a box of its own.
    pub fn text(&self) -> Option<&str> {
        self.lines.first().map(|line| line.text.as_str()).filter(|text| check(text, 0).is_none())
    }

    /// The lines that hang below it, each an item with its depth.
    pub fn nested(&self) -> Vec<String> {
        let skipped = usize::from(self.text().is_some());
        let base = self.lines.first().map_or(0, |line| line.columns);
        let rest = self.lines.get(skipped..).unwrap_or_default();
        // What is deeper than the first line hangs below the same entry as what stands beside it.
        let child = rest.iter().take_while(|line| line.columns > base).map(|line| line.columns).min().unwrap_or(base);
        let mut base = if skipped == 0 { base } else { child };
        let first = self.lines.first().map_or(0, |line| line.columns);
        let lines = rest.iter().map(|line| {
            if line.columns <= first {
                base = line.columns;
            }
            format!("{}- {}", " ".repeat(line.columns.saturating_sub(base)), line.text)
        });
        lines.collect()
    }

    /// Takes the day that the first line begins with.
    pub(super) fn take_date(&mut self, context: &TickContext<'_>) -> Option<NaiveDate> {
        let first = self.lines.first_mut()?;
        let found = leading_date(&first.text, context.time)?;
        let rest = first.text.get(found.length..)?;
        let blank = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | ',' | '，');
        first.text = rest.trim_start_matches(blank).to_owned();
        if first.text.is_empty() {
            self.lines.remove(0);
        }
        Some(found.date)
    }

    /// Takes out the first line that `reads` something from.
    pub(super) fn take<T>(&mut self, reads: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (at, found) = self.lines.iter().enumerate().find_map(|(at, line)| Some((at, reads(&line.text)?)))?;
        self.lines.remove(at);
        Some(found)
    }

    /// Puts in the lines of another copy that are not here yet.
    pub(super) fn join(&mut self, other: Below) {
        for line in other.lines {
            if !self.lines.iter().any(|known| known.text == line.text) {
                self.lines.push(line);
            }
        }
    }
}
