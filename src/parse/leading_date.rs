//! Whole days at the beginning of a line or a file name, and the first one within a text.
//!
//! Every list item of a vault is tried here, so nothing is allocated and a line that begins with anything but a digit,
//! a bracket, a numeral or the name of a month is left at its first character.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::civil_day::{civil_date, whole};
use super::dates::{chinese_weekday, iso_day, link_target};
use super::scan::Scan;
use crate::model::date::{PartialDate, WrittenDate};
use crate::model::diagnostic::Finding;
use crate::vocabulary::time::TimeWords;

/// A date a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadingDate {
    /// The day.
    pub date: NaiveDate,
    /// The time after it, if any (`14:30`).
    pub time: Option<NaiveTime>,
    /// A weekday beside it that it does not fall on, as named.
    pub wrong_weekday: Option<Weekday>,
    /// How many bytes of the line it takes, brackets, weekday and time included, trailing blanks not.
    pub length: usize,
}

/// The date `line` begins with: `2026-01-01`, `[[2026-01-01]]`, 2026年1月1日, `2026/1/1`, `20 Nov 2026`, each with an
/// optional weekday and time. The line has no leading blanks or list marker. `None` also for a day that does not
/// exist; `read_date` on the text gives the reason.
pub fn leading_date(line: &str, words: &TimeWords) -> Option<LeadingDate> {
    let mut scan = Scan::new(line);
    let (date, mut named) = match line.strip_prefix("[[") {
        Some(rest) => {
            let (inner, after) = rest.split_once("]]")?;
            let mut inner = Scan::new(link_target(inner));
            let date = day(&mut inner, words)?;
            let named = weekday(&mut inner, date, words);
            inner.blanks();
            if !inner.is_at_end() {
                return None;
            }
            scan.rest = after;
            (date, named)
        }
        None => (day(&mut scan, words)?, None),
    };
    if scan.peek().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    named = weekday(&mut scan, date, words).or(named);
    let time = time(&mut scan);
    let wrong_weekday = named.filter(|named| *named != date.weekday());
    Some(LeadingDate { date, time, wrong_weekday, length: line.len() - scan.rest.len() })
}

/// Why the date a line seems to begin with is refused: `2026-02-30 文`, `03/04/2026 文`, `26-11-20 文`. `None` for a line
/// that begins with a good date, or with numbers that need be no date (`1.2.3`, `11-20`, `2026`).
pub fn refused_leading_date(line: &str, words: &TimeWords) -> Option<Finding> {
    let line = line.strip_prefix("[[").unwrap_or(line);
    let length = line.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/')).count();
    let head = line.get(..length)?;
    if head.bytes().filter(|byte| !byte.is_ascii_digit()).count() != 2 || head.starts_with('-') {
        return None;
    }
    let mut scan = Scan::new(head);
    civil_date(&mut scan, words).err().map(|problem| problem.finding(head))
}

/// The date a file name begins with: any full date, `2026_11_20` or the compact `20261120`.
pub fn date_in_name(stem: &str, words: &TimeWords) -> Option<NaiveDate> {
    let mut scan = Scan::new(stem);
    match scan.digits(8) {
        Some((all, 8)) => return whole(all / 10_000, all / 100 % 100, all % 100).ok(),
        Some((year, 4)) if scan.mark('_') => {
            let (month, _) = scan.digits(2)?;
            let (true, Some((day, _))) = (scan.mark('_'), scan.digits(2)) else { return None };
            return whole(year, month, day).ok();
        }
        _ => {}
    }
    let mut scan = Scan::new(stem);
    day(&mut scan, words).filter(|_| !scan.peek().is_some_and(|c| c.is_ascii_digit()))
}

/// The first full date within a text, and the byte it begins at: for a key such as `2026-01-01（一句话）`, and for lines
/// and names that only count when they hold a full date.
pub fn first_full_date(text: &str, words: &TimeWords) -> Option<(NaiveDate, usize)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = match c {
            '0'..='9' => !before.is_ascii_digit(),
            c if c.is_ascii_alphabetic() => !before.is_alphanumeric(),
            c => !c.is_ascii(),
        };
        if begins
            && let Some(rest) = text.get(at..)
            && let Some(found) = leading_date(rest, words)
        {
            return Some((found.date, at));
        }
        before = c;
    }
    None
}

/// Takes a whole day.
fn day(scan: &mut Scan<'_>, words: &TimeWords) -> Option<NaiveDate> {
    if let Some(head) = scan.rest.as_bytes().get(..10)
        && let Some(date) = iso_day(head)
    {
        scan.rest = scan.rest.get(10..)?;
        return Some(date);
    }
    let may_begin = match scan.peek()? {
        '0'..='9' => true,
        // an English date has its day within `September 20`
        c if c.is_ascii_alphabetic() => scan.rest.bytes().take(12).any(|byte| byte.is_ascii_digit()),
        _ => words.numerals.digits.at_start(scan.rest).is_some(),
    };
    if !may_begin {
        return None;
    }
    match civil_date(scan, words) {
        Ok(Some(WrittenDate::Civil(PartialDate::Day(day)))) => Some(day),
        _ => None,
    }
}

/// Takes a weekday beside a date. One that does not fit is taken only when nothing but a time, a bracket or a separator
/// follows, as it may go on as text (`sat with Bob`, 周四见面); a Chinese one also before a blank.
fn weekday(scan: &mut Scan<'_>, date: NaiveDate, words: &TimeWords) -> Option<Weekday> {
    let mut at = *scan;
    at.blanks();
    let bracket = at.mark('(') || at.mark('（');
    let (named, is_english) = match chinese_weekday(&mut at, words) {
        Some(named) => (named, false),
        None => (at.word(&words.weekdays.english)?, true),
    };
    if bracket && !(at.mark(')') || at.mark('）')) {
        return None;
    }
    let stands_apart = !is_english && at.rest.starts_with(char::is_whitespace);
    let ends =
        stands_apart || at.rest.trim_start().chars().next().is_none_or(|c| c.is_ascii_digit() || is_separator(c));
    if !(bracket || ends || named == date.weekday()) {
        return None;
    }
    *scan = at;
    Some(named)
}

fn is_separator(c: char) -> bool {
    matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | ',' | '，' | ']' | '(' | '（')
}

/// Takes ` 14:30` or `T14:30`.
fn time(scan: &mut Scan<'_>) -> Option<NaiveTime> {
    let mut at = *scan;
    if !at.mark('T') && !at.rest.starts_with(char::is_whitespace) {
        return None;
    }
    at.blanks();
    let (hour, _) = at.digits(2)?;
    let (true, Some((minute, 2))) = (at.mark(':'), at.digits(2)) else { return None };
    let mut seconds = at;
    if seconds.mark(':') && matches!(seconds.digits(2), Some((_, 2))) {
        at = seconds;
    }
    let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
    *scan = at;
    Some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leading(line: &str) -> Option<(String, Option<String>, usize)> {
        let found = leading_date(line, &TimeWords::built_in())?;
        Some((found.date.to_string(), found.time.map(|t| t.format("%H:%M").to_string()), found.length))
    }

    #[test]
    fn a_line_may_begin_with_a_date_of_any_full_class() {
        let table = [
            ("2026-01-01: 文", "2026-01-01", None, "2026-01-01"),
            ("2026-01-01", "2026-01-01", None, "2026-01-01"),
            ("2026-01-01 14:32 文", "2026-01-01", Some("14:32"), "2026-01-01 14:32"),
            ("2026-01-01T14:32 文", "2026-01-01", Some("14:32"), "2026-01-01T14:32"),
            ("2026-01-01 | 通话 | 文", "2026-01-01", None, "2026-01-01"),
            ("2026-01-01：文", "2026-01-01", None, "2026-01-01"),
            ("2026-1-5 文", "2026-01-05", None, "2026-1-5"),
            ("2026/1/1 文", "2026-01-01", None, "2026/1/1"),
            ("2026.1.1 文", "2026-01-01", None, "2026.1.1"),
            ("2026年1月1日 文", "2026-01-01", None, "2026年1月1日"),
            ("2026年1月1号文", "2026-01-01", None, "2026年1月1号"),
            ("二〇二六年一月一日 文", "2026-01-01", None, "二〇二六年一月一日"),
            ("[[2026-01-01]] 文", "2026-01-01", None, "[[2026-01-01]]"),
            ("[[2022-09-29 Thu]]", "2022-09-29", None, "[[2022-09-29 Thu]]"),
            ("[[Daily/2026-01-01|昨天]] 9:05 文", "2026-01-01", Some("09:05"), "[[Daily/2026-01-01|昨天]] 9:05"),
            ("2026-11-20 周五 09:59 文", "2026-11-20", Some("09:59"), "2026-11-20 周五 09:59"),
            ("2026-11-20（周五）文", "2026-11-20", None, "2026-11-20（周五）"),
            ("2026-11-20 Fri: text", "2026-11-20", None, "2026-11-20 Fri"),
            ("2026-11-20 sat with Bob", "2026-11-20", None, "2026-11-20"),
            ("2026-11-20 周六见面", "2026-11-20", None, "2026-11-20"),
            ("2026-11-20 25:00 x", "2026-11-20", None, "2026-11-20"),
            ("20 Nov 2026 lunch", "2026-11-20", None, "20 Nov 2026"),
            ("Nov 20, 2026 lunch", "2026-11-20", None, "Nov 20, 2026"),
        ];
        for (line, date, time, taken) in table {
            let expected = (date.to_owned(), time.map(str::to_owned), taken.len());
            assert_eq!(leading(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn other_lines_do_not_begin_with_a_date() {
        for line in [
            "",
            "文 2026-01-01",
            "2026-02-30 文",
            "2026-01-012",
            "2026-11 文",
            "26-01-01 文",
            "11-20 文",
            "1850-01-01",
            "[[张三]] 2026-01-01",
            "[[2026-01-01 会议]]",
            "20261120 文",
            "八月十五",
            "May was fine",
            "03/04/2026",
            "[[",
            "١٢٣",
        ] {
            assert_eq!(leading(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_that_seems_to_begin_with_a_date_tells_why_it_does_not() {
        let words = TimeWords::built_in();
        let code = |line| refused_leading_date(line, &words).map(|finding| finding.code);
        assert_eq!(code("2026-02-30 文"), Some("date-no-such-day"));
        assert_eq!(code("[[2026-02-30]] 文"), Some("date-no-such-day"));
        assert_eq!(code("03/04/2026 文"), Some("date-day-or-month"));
        assert_eq!(code("26-11-20: 文"), Some("date-two-digit-year"));
        assert_eq!(code("2206-11-20 文"), Some("date-year-outside"));
        for line in ["2026-11-20 文", "1.2.3 released", "11-20 文", "24/7/365", "3026 things", "-1-2 文", "文", ""]
        {
            assert_eq!(code(line), None, "{line}");
        }
    }

    #[test]
    fn a_wrong_weekday_beside_a_date_is_told() {
        let wrong = |line| leading_date(line, &TimeWords::built_in()).and_then(|found| found.wrong_weekday);
        assert_eq!(wrong("2026-11-20 周四 09:59 文"), Some(Weekday::Thu));
        assert_eq!(wrong("2026-11-20 Thu: text"), Some(Weekday::Thu));
        assert_eq!(wrong("2026-11-20 周五 09:59 文"), None);
    }

    #[test]
    fn a_file_name_may_begin_with_an_iso_or_compact_date() {
        let words = TimeWords::built_in();
        let table = [
            ("2026-11-20", Some("2026-11-20")),
            ("2026-11-20 与张三", Some("2026-11-20")),
            ("20261120", Some("2026-11-20")),
            ("20261120-会议", Some("2026-11-20")),
            ("2026_11_20", Some("2026-11-20")),
            ("2026年11月20日", Some("2026-11-20")),
            ("202611201", None),
            ("20261320", None),
            ("2026-11", None),
            ("张三 2026-11-20", None),
            ("12345678", None),
            ("", None),
        ];
        for (stem, expected) in table {
            assert_eq!(date_in_name(stem, &words).map(|d| d.to_string()).as_deref(), expected, "{stem}");
        }
    }

    #[test]
    fn the_first_full_date_of_a_text_is_found() {
        let words = TimeWords::built_in();
        let first = |text| first_full_date(text, &words).map(|(date, at)| (date.to_string(), at));
        assert_eq!(first("2026-01-01（一句话）"), Some(("2026-01-01".to_owned(), 0)));
        assert_eq!(first("见 2026年1月5日 与 2027-01-01"), Some(("2026-01-05".to_owned(), "见 ".len())));
        assert_eq!(first("seen Nov 20, 2026"), Some(("2026-11-20".to_owned(), 5)));
        assert_eq!(first("12026-01-01 and 2026-01-012"), None);
    }
}
