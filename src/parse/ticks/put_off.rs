//! The day to which a line is put off, wherever it was written: behind the box, at the end of the line, before or behind
//! its name, or below it.
//!
//! A line of the agenda holds days of its own. So each day found is tried by taking it out: what is then a line of the
//! program's own was written by a person.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use crate::model::date::{PartialDate, WrittenDate};
use crate::model::fold::fold;
use crate::model::item_id::ItemId;
use crate::parse::dates::{read_date, weekday};
use crate::parse::relative_dates::read_relative;
use crate::parse::scan::Scan;
use crate::vocabulary::time::TimeWords;

use super::below::Below;
use super::{Block, Mark, TickContext};

/// The most characters a day takes: `2026 年 11 月 20 日 星期五`, `in one hundred and two weeks`.
const LONGEST: usize = 30;

/// What the `[>]` of a block says.
pub(super) fn read(block: &Block<'_>, below: &mut Below, context: &TickContext<'_>) -> Mark {
    let content = block.content();
    let is_as_written = (context.is_ours)(&block.with_box("[ ]"));
    if !is_as_written {
        let found = candidates(content, context);
        let proven = found.iter().find(|(range, _)| {
            let mut without = content.to_owned();
            without.replace_range(range.clone(), " ");
            let before = block.line.get(..block.check.start).unwrap_or_default();
            (context.is_ours)(&format!("{before}[ ] {without}"))
        });
        if let Some((_, date)) = proven.or_else(|| found.first()) {
            return Mark::PutOff(*date);
        }
    }
    if let Some(date) = below.take(|text| whole(text, context)) {
        return Mark::PutOff(date);
    }
    let start = content.find('[').map_or(content, |link| content.get(..link).unwrap_or_default());
    let written = if is_as_written { "" } else { start.trim() };
    Mark::Unread(written.chars().take(LONGEST * 2).collect::<String>().into())
}

/// Days on the line with the stretch each takes, the likeliest place first.
fn candidates(content: &str, context: &TickContext<'_>) -> Vec<(Range<usize>, NaiveDate)> {
    let mut found = Vec::new();
    found.extend(leading(content, 0, context));
    let name = ItemId::places(content).last();
    let (end, behind) = match name {
        Some((at, _)) => (at, at + ItemId::MARK_LENGTH),
        None => (content.len(), content.len()),
    };
    found.extend(leading(content, behind, context));
    let words = content.char_indices().map(|(at, _)| at).filter(|at| *at < end && begins_word(content, *at));
    let said = words.filter(|at| says_put_off(content.get(*at..).unwrap_or_default(), context.time));
    let mut said: Vec<_> = said.filter_map(|at| leading(content, at, context)).collect();
    said.reverse();
    found.extend(said);
    found.extend(trailing(content, end, context));
    found
}

fn says_put_off(text: &str, time: &TimeWords) -> bool {
    time.relative.put_off.at_start(text).is_some()
}

/// The day that the text from `from` on begins with, behind words such as 改到.
fn leading(content: &str, from: usize, context: &TickContext<'_>) -> Option<(Range<usize>, NaiveDate)> {
    let rest = content.get(from..)?;
    let text = after_words(rest, context.time);
    let start = content.len() - text.len();
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).collect();
    ends.into_iter().rev().find_map(|end| {
        let (date, next) = (text.get(..end)?, text.get(end..)?);
        if is_cut(date, next) {
            return None;
        }
        Some((from..start + end, day(date, context)?))
    })
}

/// The day that the text before `end` ends with.
fn trailing(content: &str, end: usize, context: &TickContext<'_>) -> Option<(Range<usize>, NaiveDate)> {
    let text = content.get(..end)?.trim_end();
    let starts: Vec<usize> = text.char_indices().rev().map(|(at, _)| at).take(LONGEST).collect();
    starts.into_iter().rev().find_map(|start| {
        let (before, date) = (text.get(..start)?, text.get(start..)?);
        if is_cut(before, date) {
            return None;
        }
        Some((start..text.len(), day(date, context)?))
    })
}

/// The day that is all a line says.
fn whole(text: &str, context: &TickContext<'_>) -> Option<NaiveDate> {
    let bare = after_words(text, context.time);
    day(bare.trim_end_matches(['.', '。', '!', '！']), context)
}

/// The text behind words such as `snooze until` and the marks beside them.
fn after_words<'t>(text: &'t str, time: &TimeWords) -> &'t str {
    let marks = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，' | '#' | '>' | '→');
    let mut text = text.trim_start_matches(marks);
    while let Some(((), rest)) = time.relative.put_off.at_start(text) {
        text = rest.trim_start_matches(marks);
    }
    text
}

/// Whether a word of letters or a number is cut in two here.
fn is_cut(before: &str, after: &str) -> bool {
    let alike = |kind: fn(&char) -> bool| {
        before.chars().next_back().is_some_and(|c| kind(&c)) && after.chars().next().is_some_and(|c| kind(&c))
    };
    alike(char::is_ascii_alphabetic)
        || alike(char::is_ascii_digit)
        || after.starts_with(['-', '/', '.']) && {
            let next = after.chars().nth(1);
            next.is_some_and(|c| c.is_ascii_digit())
        }
}

fn begins_word(content: &str, at: usize) -> bool {
    let before = content.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_ascii_alphanumeric())
}

fn day(text: &str, context: &TickContext<'_>) -> Option<NaiveDate> {
    coming_day(text, context.today, context.time)
}

/// A day to which something can be put off: what lacks its year or its week is the next such day.
pub fn coming_day(text: &str, today: NaiveDate, words: &TimeWords) -> Option<NaiveDate> {
    let text = text.trim();
    let bracketed = text.strip_prefix('[').filter(|inner| !inner.starts_with('[') && !inner.contains("::"));
    let text = bracketed.and_then(|inner| inner.strip_suffix(']')).unwrap_or(text);
    if text.is_empty() {
        return None;
    }
    let folded = fold(text);
    let table = &words.relative;
    if table.next_week.whole(&folded).is_some() {
        return today.checked_add_days(Days::new(u64::from(7 - today.weekday().num_days_from_monday())));
    }
    if table.next_month.whole(&folded).is_some() {
        return today.with_day(1)?.checked_add_months(chrono::Months::new(1));
    }
    let mut scan = Scan::new(&folded);
    if let Some(named) = weekday(&mut scan, words).filter(|_| scan.is_at_end()) {
        let ahead = named.days_since(today.weekday());
        return today.checked_add_days(Days::new(u64::from(if ahead == 0 { 7 } else { ahead })));
    }
    match read_relative(text, today, words) {
        Ok(date) => Some(date),
        Err(finding) if finding.code == "next-weekday" => {
            // Beyond this week both readings are one.
            let coming: NaiveDate = finding.arguments.get(1)?.parse().ok()?;
            (coming.iso_week() != today.iso_week()).then_some(coming)
        }
        Err(_) => match read_date(text, words).ok()?.value {
            WrittenDate::YearLess(day) => {
                let in_year = |year| NaiveDate::from_ymd_opt(year, day.month, day.day);
                let this = in_year(today.year()).filter(|date| *date >= today);
                this.or_else(|| in_year(today.year() + 1)).or_else(|| in_year(today.year() + 2))
            }
            WrittenDate::Civil(PartialDate::Day(date)) => Some(date),
            _ => None,
        },
    }
}
