//! One date from the text of one value, in every class people write; refusals each with their own reason.
//!
//! Lines that begin with a date are read by `leading_date`, dates relative to today by `relative_dates`.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::civil_day::civil_date;
use super::clock::clock;
use super::leading_date::{first_full_date, leading_date};
use super::lunar_dates::{is_plainly_lunar, read_lunar};
use super::relative_dates::is_relative;
use super::scan::Scan;
use crate::model::date::{PartialDate, WrittenDate, YEARS};
use crate::model::diagnostic::Finding;
use crate::model::fold::{fold, trim_blanks};
use crate::vocabulary::time::{TimeWords, UnitWord};

/// A date as read, with the time that stood beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// The date.
    pub value: WrittenDate,
    /// The time of day after it, if any; a zone is ignored.
    pub time: Option<NaiveTime>,
    /// What is to be said: a weekday that does not fit, a date that only looks like ISO.
    pub hints: Vec<Finding>,
}

/// Reads a date of any class: `2026-11-20 14:30`, `[[2026-11-20]]`, 2026年11月20日, `20 Nov 2026`, `11-20`, `2026-11`,
/// 农历八月十五. Whether the place allows a day without a year, a month or a lunar day is for the caller to say.
pub fn read_date(text: &str, words: &TimeWords) -> Result<ReadDate, Finding> {
    let text = trim_blanks(text);
    if let Some(day) = iso_day(text.as_bytes()) {
        let value = WrittenDate::Civil(PartialDate::Day(day));
        return Ok(ReadDate { value, time: None, hints: Vec::new() });
    }
    let folded = fold(text);
    let inner = without_link(&folded);
    if is_plainly_lunar(inner, words) {
        let day = read_lunar(inner, words)?;
        return Ok(ReadDate { value: WrittenDate::Lunar(day), time: None, hints: Vec::new() });
    }
    match civil_with_time(inner, text, words)? {
        Some(read) => Ok(read),
        None if is_relative(inner, words) => Err(Finding::new("date-relative", [text])),
        None => Err(Finding::new("date-unread", [text])),
    }
}

/// A date, or the first full date of a text that says more: `2026-01-01（一句话）`.
pub fn read_dated_text(text: &str, words: &TimeWords) -> Result<ReadDate, Finding> {
    read_date(text, words).or_else(|refused| {
        if refused.code != "date-unread" {
            return Err(refused);
        }
        let rest = first_full_date(text, words).and_then(|(_, at)| text.get(at..)).unwrap_or_default();
        let Some(found) = leading_date(rest, words) else { return Err(refused) };
        let written = rest.get(..found.length).unwrap_or_default();
        let wrong = found.wrong_weekday.map(|_| wrong_weekday(written, found.date));
        let value = WrittenDate::Civil(PartialDate::Day(found.date));
        Ok(ReadDate { value, time: found.time, hints: wrong.into_iter().collect() })
    })
}

/// The whole day of exactly `YYYY-MM-DD`, within 1900–2100.
pub(super) fn iso_day(bytes: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    let year = i32::try_from(number(&[y1, y2, y3, y4])).ok()?;
    let day = NaiveDate::from_ymd_opt(year, number(&[m1, m2]), number(&[d1, d2]))?;
    YEARS.contains(&year).then_some(day)
}

/// What a wikilink points to: `[[Daily/2026-11-20|x]]` gives `2026-11-20`; other text is given back.
pub(super) fn without_link(text: &str) -> &str {
    let Some(inner) = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) else { return text };
    link_target(inner)
}

/// The date part of the inside of a wikilink: before `|` or `#`, and a path's last part when that begins like a year.
pub(super) fn link_target(inner: &str) -> &str {
    let target = inner.split(['|', '#']).next().unwrap_or(inner);
    let name = target.rsplit_once('/').map_or(target, |(_, name)| name);
    // in `2026/11/20` the last part is no date of its own
    let dated = name.len() >= 8 && name.bytes().take(4).all(|b| b.is_ascii_digit());
    trim_blanks(if dated { name } else { target })
}

fn civil_with_time(inner: &str, text: &str, words: &TimeWords) -> Result<Option<ReadDate>, Finding> {
    let mut scan = Scan::new(inner);
    let mut named = weekday(&mut scan, words);
    scan.mark(',');
    scan.blanks();
    let Some(value) = civil_date(&mut scan, words).map_err(|problem| problem.finding(text))? else { return Ok(None) };
    let mut hints = Vec::new();
    let mut time = None;
    if let WrittenDate::Civil(PartialDate::Day(_)) = value {
        skip_to_time(&mut scan);
        named = weekday(&mut scan, words).or(named);
        skip_to_time(&mut scan);
        let read = clock(&mut scan, words).map_err(|problem| problem.finding(text))?;
        time = read.map(|clock| clock.time);
        if time.is_some() {
            zone(&mut scan);
        }
    }
    scan.blanks();
    if !scan.is_at_end() {
        return Ok(None);
    }
    if let (Some(named), WrittenDate::Civil(PartialDate::Day(day))) = (named, value)
        && named != day.weekday()
    {
        hints.push(wrong_weekday(text, day));
    }
    if let WrittenDate::Civil(PartialDate::Day(day)) = value
        && !is_padded(inner)
    {
        hints.push(Finding::new("date-not-padded", [text, &day.to_string()]));
    }
    Ok(Some(ReadDate { value, time, hints }))
}

/// Whether a date is not of the form `2026-1-5`, which Obsidian takes for text and neither sorts nor compares.
fn is_padded(text: &str) -> bool {
    let date = text.split(|c: char| !c.is_ascii_digit() && c != '-').next().unwrap_or(text);
    let lengths: Vec<usize> = date.split('-').map(str::len).collect();
    !matches!(lengths.as_slice(), [4, 1, 1 | 2] | [4, 2, 1])
}

/// The warning about a weekday beside a date it does not fall on.
pub(super) fn wrong_weekday(text: &str, day: NaiveDate) -> Finding {
    Finding::new("wrong-weekday", [text, &day.to_string()])
}

/// Skips blanks, a comma or the `T` before a time.
fn skip_to_time(scan: &mut Scan<'_>) {
    scan.mark(',');
    scan.blanks();
    if let Some(rest) = scan.rest.strip_prefix(['t', 'T'])
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        scan.rest = rest;
    }
}

/// Takes a zone after a time: `Z`, `+08:00`, `+0800`.
fn zone(scan: &mut Scan<'_>) {
    let rest = scan.rest;
    let digits = rest.trim_start_matches(['+', '-']);
    if rest == "z" || (digits.len() < rest.len() && digits.bytes().all(|b| b.is_ascii_digit() || b == b':')) {
        scan.rest = "";
    }
}

/// Takes a weekday: 周五, 星期五, `Fri`, also in brackets.
pub(super) fn weekday(scan: &mut Scan<'_>, words: &TimeWords) -> Option<Weekday> {
    let mut at = *scan;
    let bracket = at.mark('(');
    let named = match chinese_weekday(&mut at, words) {
        Some(named) => named,
        None => at.word(&words.weekdays.english)?,
    };
    if bracket && !at.mark(')') {
        return None;
    }
    *scan = at;
    Some(named)
}

/// Takes 周五, 星期五 or 礼拜五.
pub(super) fn chinese_weekday(scan: &mut Scan<'_>, words: &TimeWords) -> Option<Weekday> {
    let mut at = *scan;
    if at.peek().is_none_or(|c| c.is_ascii()) || at.word(&words.units) != Some(UnitWord::Week) {
        return None;
    }
    let named = at.word(&words.weekdays.chinese)?;
    *scan = at;
    Some(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::{LunarDay, SolarDay};

    fn read(text: &str) -> Result<ReadDate, Finding> {
        read_date(text, &TimeWords::built_in())
    }

    fn shown(text: &str) -> String {
        let read = read(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}"));
        let date = match read.value {
            WrittenDate::Civil(PartialDate::Day(day)) => day.to_string(),
            WrittenDate::Civil(PartialDate::Month(year, month)) => format!("{year}-{month:02}"),
            WrittenDate::Civil(PartialDate::Year(year)) => year.to_string(),
            WrittenDate::YearLess(SolarDay { year: None, month, day }) => format!("{month:02}-{day:02}"),
            other => panic!("{text}: {other:?}"),
        };
        read.time.map_or(date.clone(), |time| format!("{date} {}", time.format("%H:%M")))
    }

    #[test]
    fn every_class_of_date_is_read() {
        let table = [
            ("2026-11-20", "2026-11-20"),
            ("2026-11-20 14:30", "2026-11-20 14:30"),
            ("2026-11-20T14:30", "2026-11-20 14:30"),
            ("2026-11-20T14:30:00Z", "2026-11-20 14:30"),
            ("2026-11-20T14:30:00.123+08:00", "2026-11-20 14:30"),
            ("2026-11-20 周五 09:59", "2026-11-20 09:59"),
            ("2026-11-20 星期五", "2026-11-20"),
            ("2026-11-20（周五）", "2026-11-20"),
            ("2026-11-20 Fri", "2026-11-20"),
            ("2026-11-20 下午3点", "2026-11-20 15:00"),
            ("[[2026-11-20]]", "2026-11-20"),
            ("[[2022-09-29 Thu]]", "2022-09-29"),
            ("[[Daily/2026-11-20|today]]", "2026-11-20"),
            ("2026-1-5", "2026-01-05"),
            (" ２０２６－１１－２０ ", "2026-11-20"),
            ("2026/11/20", "2026-11-20"),
            ("2026.11.20", "2026-11-20"),
            ("2026年11月20日", "2026-11-20"),
            ("2026年11月20号", "2026-11-20"),
            ("2026 年 11 月 20 日", "2026-11-20"),
            ("二〇二六年十一月二十日", "2026-11-20"),
            ("二零二六年一月廿一日", "2026-01-21"),
            ("20 Nov 2026", "2026-11-20"),
            ("20th November 2026", "2026-11-20"),
            ("November 20, 2026", "2026-11-20"),
            ("Nov 20 2026", "2026-11-20"),
            ("Friday, 20 Nov 2026", "2026-11-20"),
            ("11-20", "11-20"),
            ("--11-20", "11-20"),
            ("--1120", "11-20"),
            ("11月20日", "11-20"),
            ("11月20号", "11-20"),
            ("十一月二十日", "11-20"),
            ("02-29", "02-29"),
            ("2026-11", "2026-11"),
            ("2026年11月", "2026-11"),
            ("2026", "2026"),
            ("2026年", "2026"),
            ("1900-01-01", "1900-01-01"),
            ("2100-12-31", "2100-12-31"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
            let hints: Vec<_> = read(text).unwrap().hints.iter().map(|hint| hint.code).collect();
            assert_eq!(hints, if text == "2026-1-5" { vec!["date-not-padded"] } else { vec![] }, "{text}");
        }
    }

    #[test]
    fn a_lunar_day_is_read_where_it_says_so() {
        let table = [
            ("农历八月十五", (None, 8, false, 15)),
            ("农历1997年九月十三", (Some(1997), 9, false, 13)),
            ("闰六月初十", (None, 6, true, 10)),
            ("腊月三十", (None, 12, false, 30)),
            ("lunar:08-15", (None, 8, false, 15)),
            ("lunar:闰06-10", (None, 6, true, 10)),
            ("八月初五", (None, 8, false, 5)),
            ("八月廿五", (None, 8, false, 25)),
        ];
        for (text, (year, month, leap, day)) in table {
            assert_eq!(read(text).unwrap().value, WrittenDate::Lunar(LunarDay { year, month, leap, day }), "{text}");
        }
    }

    #[test]
    fn each_refusal_has_its_own_reason() {
        let table = [
            ("03/04/2026", "date-day-or-month"),
            ("3-4-2026", "date-day-or-month"),
            ("11/20/2026", "date-year-last"),
            ("20.11.2026", "date-year-last"),
            ("26-11-20", "date-two-digit-year"),
            ("26/11/20", "date-two-digit-year"),
            ("26年11月20日", "date-two-digit-year"),
            ("二六年十一月二十日", "date-two-digit-year"),
            ("2026-13-45", "date-no-such-day"),
            ("2026-02-30", "date-no-such-day"),
            ("2025-02-29", "date-no-such-day"),
            ("2026年2月30日", "date-no-such-day"),
            ("2026-13", "date-no-such-day"),
            ("02-30", "date-no-such-day"),
            ("1899-12-31", "date-year-outside"),
            ("2101-01-01", "date-year-outside"),
            ("3026", "date-year-outside"),
            ("昨天", "date-relative"),
            ("last week", "date-relative"),
            ("3天前", "date-relative"),
            ("next Friday", "date-relative"),
            ("上周五", "date-relative"),
            ("20261120", "date-compact"),
            ("八月十五", "date-lunar-or-solar"),
            ("2026-11-20 25:00", "no-such-time"),
            ("中秋前", "date-unread"),
            ("2026-11-20 或 21", "date-unread"),
            ("2026-11/20", "date-unread"),
            ("", "date-unread"),
            ("20", "date-unread"),
        ];
        for (text, code) in table {
            assert_eq!(read(text).map_err(|finding| finding.code), Err(code), "{text}");
        }
    }

    #[test]
    fn both_readings_of_a_slashed_date_are_shown() {
        let arguments = |text| read(text).unwrap_err().arguments.into_iter().map(String::from).collect::<Vec<_>>();
        assert_eq!(arguments("03/04/2026"), ["03/04/2026", "2026-03-04", "2026-04-03"]);
        assert_eq!(arguments("11/20/2026"), ["11/20/2026", "2026-11-20"]);
        assert_eq!(read("04/04/2026").unwrap_err().code, "date-year-last");
    }

    #[test]
    fn a_weekday_that_does_not_fit_is_a_warning_and_the_date_holds() {
        let read = read("2026-11-20 周四").unwrap();
        assert_eq!(read.value, WrittenDate::Civil(PartialDate::Day("2026-11-20".parse().unwrap())));
        assert_eq!(read.hints.iter().map(|h| h.code).collect::<Vec<_>>(), ["wrong-weekday"]);
    }
}
