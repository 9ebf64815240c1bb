//! A date in a Moment format, for templates of Obsidian that ask for one.

use chrono::{Datelike, NaiveDate};

use super::token::{Lexeme, next_lexeme};
use crate::model::language::Language;

/// `date` in `format`; names of months and weekdays are those of `language`. Times of day are midnight, and tokens
/// without meaning for a day stay as they are.
pub fn written_date(format: &str, date: NaiveDate, language: Language) -> String {
    let mut out = String::new();
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let (source, lexeme) = next_lexeme(rest, c);
        match lexeme {
            Lexeme::Text(text) => out.push_str(text),
            Lexeme::Token => out.push_str(&token(source, date, language).unwrap_or_else(|| source.to_owned())),
        }
        rest = rest.get(source.len().max(1)..).unwrap_or_default();
    }
    out
}

fn token(token: &str, date: NaiveDate, language: Language) -> Option<String> {
    let chinese = language == Language::Chinese;
    let by = |format: &str| date.format(format).to_string();
    let weekday = || date.weekday().num_days_from_sunday() as usize;
    let chinese_day = |before: &str| format!("{before}{}", ["日", "一", "二", "三", "四", "五", "六"][weekday() % 7]);
    Some(match token {
        "YYYY" | "yyyy" => by("%Y"),
        "YY" => by("%y"),
        "M" => date.month().to_string(),
        "MM" => by("%m"),
        "MMM" | "MMMM" if chinese => format!("{}月", date.month()),
        "MMM" => by("%b"),
        "MMMM" => by("%B"),
        "D" => date.day().to_string(),
        "DD" => by("%d"),
        "Do" if chinese => format!("{}日", date.day()),
        "Do" => format!("{}{}", date.day(), ordinal_ending(date.day())),
        "d" => weekday().to_string(),
        "dd" if chinese => chinese_day(""),
        "dd" => by("%a").chars().take(2).collect(),
        "ddd" if chinese => chinese_day("周"),
        "ddd" => by("%a"),
        "dddd" if chinese => chinese_day("星期"),
        "dddd" => by("%A"),
        "E" => by("%u"),
        "gggg" | "GGGG" => by("%G"),
        "w" | "W" => date.iso_week().week().to_string(),
        "ww" | "WW" => by("%V"),
        "Q" => (date.month0() / 3 + 1).to_string(),
        "HH" | "hh" | "mm" | "ss" => "00".to_owned(),
        "H" | "h" | "m" | "s" => "0".to_owned(),
        _ => return None,
    })
}

fn ordinal_ending(day: u32) -> &'static str {
    match (day % 10, day / 10) {
        (1, 0 | 2 | 3) => "st",
        (2, 0 | 2) => "nd",
        (3, 0 | 2) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_every_token() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for (format, english, chinese) in [
            ("YYYY-MM-DD", "2026-11-20", "2026-11-20"),
            ("dddd, MMMM Do YYYY", "Friday, November 20th 2026", "星期五, 11月 20日 2026"),
            ("ddd dd d E", "Fri Fr 5 5", "周五 五 5 5"),
            ("gggg-[W]ww [Q]Q", "2026-W47 Q4", "2026-W47 Q4"),
            ("YY/M/D HH:mm", "26/11/20 00:00", "26/11/20 00:00"),
            ("[年]YYYY年", "年2026年", "年2026年"),
            ("", "", ""),
        ] {
            assert_eq!(written_date(format, date, Language::English), english, "{format}");
            assert_eq!(written_date(format, date, Language::Chinese), chinese, "{format}");
        }
        let first = date.with_day(1).unwrap();
        assert_eq!(written_date("Do", first, Language::English), "1st");
        assert_eq!(written_date("Do", first.with_day(11).unwrap(), Language::English), "11th");
    }
}
