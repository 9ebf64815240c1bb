//! An entry as it is typed on the command line: a date in words, then the text.

use chrono::{Datelike, NaiveDate};

use crate::model::date::WrittenDate;
use crate::model::diagnostic::Finding;
use crate::model::today::Today;
use crate::parse::dates::read_date;
use crate::parse::relative_dates::read_relative;
use crate::vocabulary::time::TimeWords;

use super::load::Loaded;

/// The most words a date may have: `2 weeks from now`.
const DATE_WORDS: usize = 4;

/// The most bytes a day may have that text follows at once: `二〇二六年十一月二十日`.
const LONGEST_DAY: usize = 40;

/// An entry, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedEntry {
    /// Its day.
    pub date: NaiveDate,
    /// Its first line.
    pub text: String,
    /// Further lines, as items.
    pub nested: Vec<String>,
}

/// Reads `words`: a date, if they begin with one, and the text; without a date it is of today. Words that begin like no
/// date are text.
///
/// # Errors
/// A date that may mean two days, or none.
pub fn typed_entry(words: &[String], today: Today) -> Result<TypedEntry, Finding> {
    let (date, text) = match leading_day(words, today)? {
        Some((date, count)) => (date, words.get(count..).unwrap_or_default().join(" ")),
        None => {
            let text = words.join(" ");
            match day_before_text(&text, today) {
                Some((date, length)) => (date, text.get(length..).unwrap_or_default().to_owned()),
                None => (today.0, text),
            }
        }
    };
    let text = text.trim_start_matches(is_after_day);
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default().trim().to_owned();
    let nested = lines.map(as_item).collect();
    Ok(TypedEntry { date, text: first, nested })
}

/// Reads words that are a day and nothing else.
///
/// # Errors
/// They are none, or may mean two.
pub fn typed_day(words: &[String], today: Today) -> Result<NaiveDate, Finding> {
    match leading_day(words, today)? {
        Some((date, count)) if count == words.len() => Ok(date),
        _ => read_relative(&words.join(" "), today.0, &TimeWords::built_in()),
    }
}

/// The names of all channels, in the vault's language.
pub fn channel_names(loaded: &Loaded) -> Vec<String> {
    let words = &loaded.options.vocabulary;
    words.channels().map(|id| words.channel_name(id, loaded.language.tag()).to_owned()).collect()
}

/// The day some words begin with, and how many they are; the longest that is one.
fn leading_day(words: &[String], today: Today) -> Result<Option<(NaiveDate, usize)>, Finding> {
    let time = TimeWords::built_in();
    let mut refused = None;
    for count in (1..=DATE_WORDS.min(words.len())).rev() {
        let text = words.get(..count).unwrap_or_default().join(" ");
        match day(&text, today, &time) {
            Ok(date) => return Ok(Some((date, count))),
            Err(finding) if is_meant_as_day(&finding, &text) => refused = Some(finding),
            Err(_) => {}
        }
    }
    // Of `next friday dinner`, the date is what is wrong; of `2026 plans`, nothing.
    refused.map_or(Ok(None), Err)
}

/// The day with which a text begins that goes on without a blank, as Chinese does (`昨天通话：问候`), and its length. A day
/// still ahead is rather what the text is about: `后天要开会` was said today.
fn day_before_text(text: &str, today: Today) -> Option<(NaiveDate, usize)> {
    let time = TimeWords::built_in();
    let goes_on = |c: char| is_after_day(c) || c.is_alphabetic() && !c.is_ascii();
    let ends = text.char_indices().filter(|(_, c)| goes_on(*c)).map(|(at, _)| at);
    let ends: Vec<usize> = ends.skip_while(|at| *at == 0).take_while(|at| *at <= LONGEST_DAY).collect();
    ends.into_iter().rev().find_map(|end| {
        let date = day(text.get(..end)?.trim_end(), today, &time).ok()?;
        (date <= today.0).then_some((date, end))
    })
}

/// Whether a character parts a day from what happened on it.
fn is_after_day(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：' | ',' | '，' | '、' | ';' | '；')
}

fn day(text: &str, today: Today, time: &TimeWords) -> Result<NaiveDate, Finding> {
    if let Ok(WrittenDate::YearLess(day)) = read_date(text, time).map(|read| read.value) {
        let this_year = NaiveDate::from_ymd_opt(today.0.year(), day.month, day.day);
        return match (this_year, NaiveDate::from_ymd_opt(today.0.year() - 1, day.month, day.day)) {
            (Some(date), _) if date <= today.0 => Ok(date),
            (Some(ahead), Some(past)) => {
                Err(Finding::new("date-which-year", [text, &past.to_string(), &ahead.to_string()]))
            }
            (Some(only), None) | (None, Some(only)) => Ok(only),
            (None, None) => Err(Finding::new("date-no-such-day", [text])),
        };
    }
    if let Some(day) = slashed(text) {
        return day.and_then(|(month, day)| self::day(&format!("{month:02}-{day:02}"), today, time));
    }
    read_relative(text, today.0, time)
}

/// Month and day of `11/20`; of `11/12` they cannot be told apart.
fn slashed(text: &str) -> Option<Result<(u32, u32), Finding>> {
    let (first, second) = text.split_once('/')?;
    let number = |part: &str| {
        let is_short = matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|number| is_short && (1..=31).contains(number))
    };
    match (number(first)?, number(second)?) {
        (month, day) if month <= 12 && (day > 12 || day == month) => Some(Ok((month, day))),
        (month, day) if month <= 12 && day <= 12 => {
            let shown = |month: u32, day: u32| format!("{month:02}-{day:02}");
            Some(Err(Finding::new("date-day-or-month", [text, &shown(month, day), &shown(day, month)])))
        }
        _ => None,
    }
}

/// Whether a text was meant as a day, though it is none that can be told. `1.2.3` is a version more often than a day.
fn is_meant_as_day(finding: &Finding, text: &str) -> bool {
    match finding.code {
        "next-weekday" | "date-day-or-month" | "date-year-last" | "date-which-year" | "date-no-such-day" => true,
        "date-two-digit-year" => !text.contains('.'),
        _ => false,
    }
}

fn as_item(line: &str) -> String {
    let text = line.trim_start();
    let is_item = text.starts_with("- ") || text.starts_with("* ");
    if is_item { line.to_owned() } else { format!("- {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Today {
        Today(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap())
    }

    fn read(line: &str) -> Result<TypedEntry, Finding> {
        typed_entry(&line.split(' ').map(str::to_owned).collect::<Vec<_>>(), today())
    }

    #[test]
    fn a_date_in_words_comes_before_the_text() {
        for (line, date, text) in [
            ("聊了新项目", "2026-11-20", "聊了新项目"),
            ("昨天 午餐：聊了", "2026-11-19", "午餐：聊了"),
            ("上周五 聊了", "2026-11-13", "聊了"),
            ("last friday coffee", "2026-11-13", "coffee"),
            ("3 days ago coffee", "2026-11-17", "coffee"),
            ("2026-11-01 call", "2026-11-01", "call"),
            ("2026年11月1日 call", "2026-11-01", "call"),
            ("20 Nov 2026 call", "2026-11-20", "call"),
            ("11-12 call", "2026-11-12", "call"),
            ("11-20 call", "2026-11-20", "call"),
            ("明天 见面", "2026-11-21", "见面"),
            ("2026 plans", "2026-11-20", "2026 plans"),
            ("3 people came", "2026-11-20", "3 people came"),
            ("last time we met", "2026-11-20", "last time we met"),
            ("1.2.3 released", "2026-11-20", "1.2.3 released"),
            ("yesterday", "2026-11-19", ""),
            ("昨天通话：问候", "2026-11-19", "通话：问候"),
            ("昨天晚上 吃饭：火锅", "2026-11-19", "晚上 吃饭：火锅"),
            ("昨天：问候", "2026-11-19", "问候"),
            ("昨天，见面", "2026-11-19", "见面"),
            ("三天前见面", "2026-11-17", "见面"),
            ("上周五午饭", "2026-11-13", "午饭"),
            ("11月12日电话", "2026-11-12", "电话"),
            ("2026-11-12午餐", "2026-11-12", "午餐"),
            ("今天聊了", "2026-11-20", "聊了"),
            ("后天要开会", "2026-11-20", "后天要开会"),
            ("昨夜聊了", "2026-11-20", "昨夜聊了"),
            ("yesterday: dinner", "2026-11-19", "dinner"),
            ("last friday, dinner", "2026-11-13", "dinner"),
            ("yesterdays", "2026-11-20", "yesterdays"),
            ("11/19 call", "2026-11-19", "call"),
            ("24/7 support", "2026-11-20", "24/7 support"),
        ] {
            let entry = read(line).unwrap();
            assert_eq!((entry.date.to_string().as_str(), entry.text.as_str()), (date, text), "{line}");
        }
    }

    #[test]
    fn a_date_that_may_be_two_days_or_is_none_is_told() {
        for (line, code) in [
            ("next friday dinner", "next-weekday"),
            ("03/04/2026 call", "date-day-or-month"),
            ("11-21 call", "date-which-year"),
            ("11/12 call", "date-day-or-month"),
            ("2026-02-30 call", "date-no-such-day"),
        ] {
            assert_eq!(read(line).unwrap_err().code, code, "{line}");
        }
    }

    #[test]
    fn further_lines_are_items() {
        let entry = typed_entry(&["午餐\n#获得/引荐 李四\n  - 详情\n".to_owned()], today()).unwrap();
        assert_eq!((entry.text.as_str(), entry.nested), ("午餐", vec!["- #获得/引荐 李四".into(), "  - 详情".into()]));
    }
}
