//! The grammar of a civil date at the cursor: whole days, days without a year, months and years, as numbers, as
//! Chinese and as English text. It allocates nothing, so log lines may be tried with it.

use chrono::NaiveDate;

use super::scan::Scan;
use crate::model::date::{PartialDate, SolarDay, WrittenDate, YEARS};
use crate::model::diagnostic::Finding;
use crate::vocabulary::time::TimeWords;

/// Why a text that looks like a date is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateProblem {
    /// `03/04/2026`: numbers before the year, as written.
    DayOrMonth(u32, u32, u32),
    /// `26-11-20`
    TwoDigitYear,
    /// `2026-02-30`
    NoSuchDay,
    /// A year outside 1900–2100.
    YearOutside(u32),
    /// `20261120`
    Compact(NaiveDate),
    /// 八月十五, in either calendar.
    LunarOrSolar,
}

impl DateProblem {
    pub(super) fn finding(self, text: &str) -> Finding {
        match self {
            DateProblem::DayOrMonth(first, second, year) => {
                let reading = |month, day| whole(year, month, day).map(|d| d.to_string());
                match (reading(first, second), reading(second, first)) {
                    (Ok(a), Ok(b)) if a != b => Finding::new("date-day-or-month", [text, &a, &b]),
                    (Ok(only), _) | (_, Ok(only)) => Finding::new("date-year-last", [text, &only]),
                    (Err(problem), Err(_)) => problem.finding(text),
                }
            }
            DateProblem::TwoDigitYear => Finding::new("date-two-digit-year", [text]),
            DateProblem::NoSuchDay => Finding::new("date-no-such-day", [text]),
            DateProblem::YearOutside(year) => Finding::new("date-year-outside", [text, &year.to_string()]),
            DateProblem::Compact(date) => Finding::new("date-compact", [text, &date.to_string()]),
            DateProblem::LunarOrSolar => Finding::new("date-lunar-or-solar", [text]),
        }
    }
}

type Found = Result<Option<WrittenDate>, DateProblem>;

/// Takes a civil date of any class that stands at the cursor; `Ok(None)` when the text is no date.
pub(super) fn civil_date(scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    match scan.peek() {
        Some('0'..='9') => from_digits(scan, words),
        Some('-') => year_less_iso(scan),
        Some(c) if c.is_ascii_alphabetic() => from_month_name(scan, words),
        Some(_) => from_numerals(scan, words),
        None => Ok(None),
    }
}

/// A whole day within the years a date may lie in.
pub(super) fn whole(year: u32, month: u32, day: u32) -> Result<NaiveDate, DateProblem> {
    let year = known_year(year)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateProblem::NoSuchDay)
}

fn known_year(year: u32) -> Result<i32, DateProblem> {
    match i32::try_from(year) {
        Ok(known) if YEARS.contains(&known) => Ok(known),
        _ => Err(DateProblem::YearOutside(year)),
    }
}

fn day(year: u32, month: u32, day: u32) -> Found {
    Ok(Some(WrittenDate::Civil(PartialDate::Day(whole(year, month, day)?))))
}

fn month_alone(year: u32, month: u32) -> Found {
    let year = known_year(year)?;
    if !(1..=12).contains(&month) {
        return Err(DateProblem::NoSuchDay);
    }
    Ok(Some(WrittenDate::Civil(PartialDate::Month(year, month))))
}

fn year_alone(year: u32) -> Found {
    Ok(Some(WrittenDate::Civil(PartialDate::Year(known_year(year)?))))
}

/// A day that returns every year; 29 February is one.
fn year_less(month: u32, day: u32) -> Found {
    NaiveDate::from_ymd_opt(2000, month, day).ok_or(DateProblem::NoSuchDay)?;
    Ok(Some(WrittenDate::YearLess(SolarDay { year: None, month, day })))
}

fn from_digits(scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let Some((first, length)) = scan.digits(8) else { return Ok(None) };
    match length {
        4 => after_year(first, scan, words),
        8 => match whole(first / 10_000, first / 100 % 100, first % 100) {
            Ok(date) => Err(DateProblem::Compact(date)),
            Err(_) => Ok(None),
        },
        1 | 2 => after_short_number(first, scan, words),
        _ => Ok(None),
    }
}

fn separator(scan: &mut Scan<'_>) -> Option<char> {
    ['-', '/', '.'].into_iter().find(|mark| scan.mark(*mark))
}

/// After four digits: `-11-20`, `/11`, 年11月20日, or nothing.
fn after_year(year: u32, scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let mut at = *scan;
    if let Some(mark) = separator(&mut at) {
        let Some((month, _)) = at.digits(2) else { return year_alone(year) };
        *scan = at;
        if at.mark(mark)
            && let Some((number, _)) = at.digits(2)
        {
            *scan = at;
            return day(year, month, number);
        }
        return month_alone(year, month);
    }
    at.blanks();
    if at.takes(&words.date.year) {
        *scan = at;
        return after_year_word(year, scan, words);
    }
    year_alone(year)
}

/// After 年: 11月20日, 11月, or nothing.
fn after_year_word(year: u32, scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let mut at = *scan;
    at.blanks();
    let Some(month) = at.number(2, words) else { return year_alone(year) };
    at.blanks();
    if !at.takes(&words.date.month) {
        return year_alone(year);
    }
    *scan = at;
    at.blanks();
    let Some(number) = at.number(2, words) else { return month_alone(year, month) };
    at.blanks();
    at.takes(&words.date.day);
    *scan = at;
    day(year, month, number)
}

/// After one or two digits: `11-20`, `03/04/2026`, `26-11-20`, 11月20日, `20 Nov 2026`.
fn after_short_number(first: u32, scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let mut at = *scan;
    if let Some(mark) = separator(&mut at) {
        let Some((second, _)) = at.digits(2) else { return Ok(None) };
        *scan = at;
        if at.mark(mark)
            && let Some((third, length)) = at.digits(4)
        {
            *scan = at;
            return match length {
                4 => Err(DateProblem::DayOrMonth(first, second, third)),
                1 | 2 => Err(DateProblem::TwoDigitYear),
                _ => Ok(None),
            };
        }
        return if mark == '-' { year_less(first, second) } else { Ok(None) };
    }
    at.blanks();
    if at.takes(&words.date.year) {
        return Err(DateProblem::TwoDigitYear);
    }
    if at.takes(&words.date.month) {
        *scan = at;
        return after_month_word(first, scan, words);
    }
    at.takes(&words.date.ordinal_suffix);
    at.blanks();
    at.takes(&words.meeting.filler);
    at.blanks();
    let Some(month) = at.word(&words.months.names) else { return Ok(None) };
    *scan = at;
    match year_after_name(scan) {
        Some(year) => day(year, month, first),
        None => year_less(month, first),
    }
}

/// After 11月: 20日, with the last character optional.
fn after_month_word(month: u32, scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let mut at = *scan;
    at.blanks();
    let Some(number) = at.number(2, words) else { return Ok(None) };
    at.blanks();
    at.takes(&words.date.day);
    *scan = at;
    year_less(month, number)
}

/// `--11-20`, `--1120`
fn year_less_iso(scan: &mut Scan<'_>) -> Found {
    let mut at = *scan;
    if !(at.mark('-') && at.mark('-')) {
        return Ok(None);
    }
    let (month, number) = match at.digits(4) {
        Some((both, 4)) => (both / 100, both % 100),
        Some((month, 2)) if at.mark('-') => match at.digits(2) {
            Some((number, _)) => (month, number),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    *scan = at;
    year_less(month, number)
}

/// `November 20, 2026`, `Nov 20`, `Nov 2026`
fn from_month_name(scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let mut at = *scan;
    let Some(month) = at.word(&words.months.names) else { return Ok(None) };
    at.mark('.');
    at.blanks();
    match at.digits(4) {
        Some((year, 4)) => {
            *scan = at;
            month_alone(year, month)
        }
        Some((number, 1 | 2)) => {
            at.takes(&words.date.ordinal_suffix);
            *scan = at;
            match year_after_name(scan) {
                Some(year) => day(year, month, number),
                None => year_less(month, number),
            }
        }
        _ => Ok(None),
    }
}

/// `, 2026` or ` 2026` after an English day or month.
fn year_after_name(scan: &mut Scan<'_>) -> Option<u32> {
    let mut at = *scan;
    at.mark('.');
    at.mark(',');
    at.blanks();
    let (year, 4) = at.digits(4)? else { return None };
    *scan = at;
    Some(year)
}

/// 二〇二六年十一月二十日, 十一月二十日
fn from_numerals(scan: &mut Scan<'_>, words: &TimeWords) -> Found {
    let mut at = *scan;
    if let Some(year) = at.year_in_digits(words) {
        if !at.takes(&words.date.year) {
            return Ok(None);
        }
        *scan = at;
        return after_year_word(year, scan, words);
    }
    let Some(first) = at.numeral(words) else { return Ok(None) };
    if at.takes(&words.date.month) {
        let Some(number) = at.numeral(words) else { return Ok(None) };
        if !at.takes(&words.date.day) {
            *scan = at;
            return Err(DateProblem::LunarOrSolar);
        }
        *scan = at;
        return year_less(first, number);
    }
    // 二六年: two digits read one by one
    if at.word(&words.numerals.digits).is_some() && at.takes(&words.date.year) {
        return Err(DateProblem::TwoDigitYear);
    }
    Ok(None)
}
