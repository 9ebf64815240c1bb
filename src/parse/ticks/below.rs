//! What was written below a line of the agenda: the first item is what took place, the others hang below it.

use chrono::{Datelike, NaiveDate};

use crate::model::date::WrittenDate;
use crate::parse::dates::read_date;
use crate::parse::leading_date::leading_date;

use super::TickContext;
use super::block::{Indent, after_bullet, check};
use super::copies::{Line, joined};

/// The most characters a day without a year has: `十二月二十一日`.
const LONGEST_DAY: usize = 7;

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
            let text = super::without_names(line.get(start..).unwrap_or_default().trim());
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

    /// Takes the day that the first line begins with. A day still ahead is no day on which something took place: it stays.
    pub(super) fn take_date(&mut self, context: &TickContext<'_>) -> Option<NaiveDate> {
        let first = self.lines.first_mut()?;
        let whole = leading_date(&first.text, context.time).map(|found| (found.date, found.length));
        let (date, length) = whole.or_else(|| day_of_this_year(&first.text, context))?;
        let rest = first.text.get(length..).filter(|_| date <= context.today)?;
        let blank = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | ',' | '，');
        first.text = rest.trim_start_matches(blank).to_owned();
        if first.text.is_empty() {
            self.lines.remove(0);
        }
        Some(date)
    }

    /// Takes out the first line that `reads` something from.
    pub(super) fn take<T>(&mut self, reads: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (at, found) = self.lines.iter().enumerate().find_map(|(at, line)| Some((at, reads(&line.text)?)))?;
        self.lines.remove(at);
        Some(found)
    }

    /// What stands below all copies of one line.
    pub(super) fn joined(copies: Vec<Below>) -> Below {
        Below { lines: joined(copies.into_iter().map(|copy| copy.lines).collect()) }
    }
}

impl Line for Sub {
    fn columns(&self) -> usize {
        self.columns
    }

    fn words(&self) -> &str {
        &self.text
    }

    fn set_columns(&mut self, columns: usize) {
        self.columns = columns;
    }
}

/// `11月14日` at the beginning of a text, which on an agenda is one of this year, and how many bytes it takes.
fn day_of_this_year(text: &str, context: &TickContext<'_>) -> Option<(NaiveDate, usize)> {
    let (end, last) = text.char_indices().take(LONGEST_DAY).find(|(_, c)| matches!(c, '日' | '号'))?;
    let length = end + last.len_utf8();
    let WrittenDate::YearLess(day) = read_date(text.get(..length)?, context.time).ok()?.value else { return None };
    Some((NaiveDate::from_ymd_opt(context.today.year(), day.month, day.day)?, length))
}
