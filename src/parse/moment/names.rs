//! Names of months and weekdays as Moment writes them in English and Chinese, read from the start of a text.
//!
//! They belong to Moment's format as its tokens do: nobody adds to them, so they are no part of the vocabulary.

use chrono::{Month, Weekday};

/// Numerals of the months: `十一月`.
const MONTHS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

/// What follows `周` and `星期`, Monday first; Sunday has two.
const WEEKDAYS: [(char, u32); 8] =
    [('一', 1), ('二', 2), ('三', 3), ('四', 4), ('五', 5), ('六', 6), ('日', 7), ('天', 7)];

const ENGLISH_WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// `Nov`, `November`, `11月`, `十一月`: the month, and the text after it.
pub(super) fn month(text: &str) -> Option<(u32, &str)> {
    let english = english(text).find_map(|(word, rest)| Some((word.parse::<Month>().ok()?.number_from_month(), rest)));
    english.or_else(|| numbered(text, '月')).or_else(|| {
        let (numeral, rest) = text.split_once('月')?;
        Some((number_of(numeral)?, rest))
    })
}

/// `Fri`, `Friday`, `周五`, `星期五`: the weekday from Monday as 1, and the text after it.
pub(super) fn weekday(text: &str) -> Option<(u32, &str)> {
    let english =
        english(text).find_map(|(word, rest)| Some((word.parse::<Weekday>().ok()?.number_from_monday(), rest)));
    english.or_else(|| chinese_weekday(text.strip_prefix('周').or_else(|| text.strip_prefix("星期"))?))
}

/// `Fr`, `五`.
pub(super) fn weekday_letters(text: &str) -> Option<(u32, &str)> {
    let english = text.split_at_checked(2).and_then(|(letters, rest)| {
        let is_it = |day: &&Weekday| day.to_string().get(..2).is_some_and(|start| start.eq_ignore_ascii_case(letters));
        Some((ENGLISH_WEEKDAYS.iter().find(is_it)?.number_from_monday(), rest))
    });
    english.or_else(|| chinese_weekday(text))
}

/// `1st`, `22nd`, `3rd`, `11th`, `20日`.
pub(super) fn ordinal(text: &str) -> Option<(u32, &str)> {
    if let Some(found) = numbered(text, '日') {
        return Some(found);
    }
    let (number, rest) = leading_number(text)?;
    let (ending, rest) = rest.split_at_checked(2)?;
    let known = ["st", "nd", "rd", "th"].iter().any(|known| known.eq_ignore_ascii_case(ending));
    known.then_some((number, rest))
}

/// The words `text` may begin with, the longest first: names have three to nine letters.
fn english(text: &str) -> impl Iterator<Item = (&str, &str)> {
    (3..=9).rev().filter_map(|length| text.split_at_checked(length))
}

fn chinese_weekday(text: &str) -> Option<(u32, &str)> {
    WEEKDAYS.iter().find_map(|(numeral, day)| Some((*day, text.strip_prefix(*numeral)?)))
}

fn number_of(numeral: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, name)| *name == numeral).map(|(number, _)| number)
}

fn numbered(text: &str, unit: char) -> Option<(u32, &str)> {
    let (number, rest) = leading_number(text)?;
    Some((number, rest.strip_prefix(unit)?))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}
