//! Days of the Chinese lunar calendar: 农历八月十五, 闰六月初十, 腊月三十, `lunar:08-15`.
//!
//! Whether a year has the leap month, or a month its thirtieth day, is not known here.

use super::scan::Scan;
use crate::model::date::{LunarDay, YEARS};
use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::vocabulary::time::TimeWords;

/// Reads a lunar day, with or without the word for the calendar and with or without a year. The finding says that it
/// is no lunar day, that no month has such a day, or that the year is outside 1900–2100.
pub fn read_lunar(text: &str, words: &TimeWords) -> Result<LunarDay, Finding> {
    let folded = fold(text);
    let mut scan = Scan::new(&folded);
    scan.takes(&words.lunar.prefix);
    scan.blanks();
    match lunar_day(&mut scan, words) {
        Some(day) if scan.is_at_end() => checked(day, text),
        _ => Err(Finding::new("lunar-date-unread", [text])),
    }
}

/// Whether the text says of itself that it is lunar: the prefix, a leap month, 正月, 冬月, 腊月, 初 or 廿 in the day.
pub(super) fn is_plainly_lunar(folded: &str, words: &TimeWords) -> bool {
    let mut scan = Scan::new(folded);
    let lunar = &words.lunar;
    if [&lunar.prefix, &lunar.leap, &lunar.first_month, &lunar.eleventh_month, &lunar.twelfth_month]
        .into_iter()
        .any(|table| scan.takes(table))
    {
        return true;
    }
    let whole = lunar_day(&mut scan, words).is_some() && scan.is_at_end();
    // 廿 is also written in solar dates, but then 日 or 号 follows it
    let late = words.numerals.twenty.within(folded) && !words.date.day.within(folded);
    whole && (lunar.early_day.within(folded) || late)
}

fn checked(day: LunarDay, text: &str) -> Result<LunarDay, Finding> {
    if let Some(year) = day.year.filter(|year| !YEARS.contains(year)) {
        return Err(Finding::new("date-year-outside", [text, &year.to_string()]));
    }
    let exists = (1..=12).contains(&day.month) && (1..=30).contains(&day.day);
    if exists { Ok(day) } else { Err(Finding::new("lunar-date-no-such-day", [text])) }
}

fn lunar_day(scan: &mut Scan<'_>, words: &TimeWords) -> Option<LunarDay> {
    let year = year(scan, words);
    let leap = scan.takes(&words.lunar.leap);
    let month = month_word(scan, words);
    let (month, day) = match month {
        Some(month) => (month, day_word(scan, words)?),
        None => (scan.digits(2)?.0, scan.mark('-').then(|| scan.digits(2)).flatten()?.0),
    };
    Some(LunarDay { year, month, leap, day })
}

/// 1997年, 一九九七年, `1997-`
fn year(scan: &mut Scan<'_>, words: &TimeWords) -> Option<i32> {
    let mut at = *scan;
    let year = match at.digits(4) {
        Some((year, 4)) => year,
        Some(_) => return None,
        None => at.year_in_digits(words)?,
    };
    at.blanks();
    if !at.takes(&words.date.year) && !at.mark('-') {
        return None;
    }
    at.blanks();
    *scan = at;
    i32::try_from(year).ok()
}

fn month_word(scan: &mut Scan<'_>, words: &TimeWords) -> Option<u32> {
    let mut at = *scan;
    let lunar = &words.lunar;
    let named = [(&lunar.first_month, 1), (&lunar.eleventh_month, 11), (&lunar.twelfth_month, 12)];
    let month = match named.into_iter().find_map(|(table, month)| at.takes(table).then_some(month)) {
        Some(month) => month,
        None => at.number(2, words)?,
    };
    if !at.takes(&words.date.month) {
        return None;
    }
    at.blanks();
    *scan = at;
    Some(month)
}

/// 初一 … 初十, 十一 … 三十, also in digits; 日 or 号 may follow.
fn day_word(scan: &mut Scan<'_>, words: &TimeWords) -> Option<u32> {
    let early = scan.takes(&words.lunar.early_day);
    let day = scan.number(2, words)?;
    scan.takes(&words.date.day);
    // 初 stands before 1 to 10 only; 0 is no day and refused later
    Some(if early && day > 10 { 0 } else { day })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lunar(year: Option<i32>, month: u32, leap: bool, day: u32) -> LunarDay {
        LunarDay { year, month, leap, day }
    }

    #[test]
    fn every_spelling_of_a_lunar_day_is_read() {
        let words = TimeWords::built_in();
        let table = [
            ("农历八月十五", lunar(None, 8, false, 15)),
            ("八月十五", lunar(None, 8, false, 15)),
            ("阴历 八月十五", lunar(None, 8, false, 15)),
            ("农历1997年九月十三", lunar(Some(1997), 9, false, 13)),
            ("一九九七年九月十三", lunar(Some(1997), 9, false, 13)),
            ("闰六月初十", lunar(None, 6, true, 10)),
            ("农历1998年闰五月初一", lunar(Some(1998), 5, true, 1)),
            ("腊月三十", lunar(None, 12, false, 30)),
            ("十二月三十", lunar(None, 12, false, 30)),
            ("冬月廿五", lunar(None, 11, false, 25)),
            ("十一月廿五", lunar(None, 11, false, 25)),
            ("正月初一", lunar(None, 1, false, 1)),
            ("一月初一", lunar(None, 1, false, 1)),
            ("四月二十", lunar(None, 4, false, 20)),
            ("四月廿九", lunar(None, 4, false, 29)),
            ("lunar:08-15", lunar(None, 8, false, 15)),
            ("Lunar: 08-15", lunar(None, 8, false, 15)),
            ("lunar:闰06-10", lunar(None, 6, true, 10)),
            ("lunar:1997-09-13", lunar(Some(1997), 9, false, 13)),
            ("08-15", lunar(None, 8, false, 15)),
            ("农历8月15日", lunar(None, 8, false, 15)),
            ("农历8月15", lunar(None, 8, false, 15)),
        ];
        for (text, expected) in table {
            assert_eq!(read_lunar(text, &words), Ok(expected), "{text}");
        }
    }

    #[test]
    fn every_lunar_day_and_month_in_words_is_read() {
        let words = TimeWords::built_in();
        let days = [
            "初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十", "十一", "十二", "十三",
            "十四", "十五", "十六", "十七", "十八", "十九", "二十", "廿一", "廿二", "廿三", "廿四", "廿五", "廿六",
            "廿七", "廿八", "廿九", "三十",
        ];
        for (day, text) in (1..).zip(days) {
            assert_eq!(read_lunar(&format!("五月{text}"), &words), Ok(lunar(None, 5, false, day)), "{text}");
        }
        let months = ["正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊"];
        for (month, text) in (1..).zip(months) {
            assert_eq!(read_lunar(&format!("{text}月初三"), &words), Ok(lunar(None, month, false, 3)), "{text}");
        }
    }

    #[test]
    fn a_day_no_lunar_month_has_is_refused() {
        let words = TimeWords::built_in();
        let table = [
            ("八月三十一", "lunar-date-no-such-day"),
            ("十三月初一", "lunar-date-no-such-day"),
            ("八月初十五", "lunar-date-no-such-day"),
            ("农历1897年九月十三", "date-year-outside"),
            ("农历", "lunar-date-unread"),
            ("农历八月", "lunar-date-unread"),
            ("中秋", "lunar-date-unread"),
            ("", "lunar-date-unread"),
        ];
        for (text, code) in table {
            assert_eq!(read_lunar(text, &words).map_err(|f| f.code), Err(code), "{text}");
        }
    }
}
