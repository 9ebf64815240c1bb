//! What holds of the readers of time for any text: they end, never panic, and read back what is written.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::cadence::read_cadence;
use super::dates::read_date;
use super::leading_date::{date_in_name, first_full_date, leading_date};
use super::lunar_dates::read_lunar;
use super::meeting::{read_meeting, read_move};
use super::relative_dates::read_relative;
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::meeting_rule::Recurrence;
use crate::vocabulary::time::TimeWords;

/// Texts made of the pieces the grammars are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "每",
            "隔",
            "周",
            "星期",
            "五",
            "日",
            "月",
            "第",
            "二",
            "十",
            "廿",
            "个",
            "最后",
            "倒数第",
            "天",
            "号",
            "季度",
            "半年",
            "半",
            "年",
            "上午",
            "晚上",
            "点",
            "一刻",
            "次",
            "一次",
            "、",
            "和",
            "至",
            "农历",
            "闰",
            "初",
            "腊",
            "前",
            "后",
            "上",
            "下",
            "每隔",
            "双周",
            "every",
            "other",
            "friday",
            "mondays",
            "second",
            "1st",
            "last",
            "month",
            "of",
            "the",
            "at",
            "noon",
            "4pm",
            "9:30",
            "12",
            "2026",
            "-",
            "/",
            ".",
            ":",
            " ",
            "T",
            "->",
            "[[",
            "]]",
            "(",
            ")",
            "x",
            "rrule:",
            "freq=weekly",
            ";",
            "byday=",
            "mo",
            "nov",
            "ago",
            "in",
            "次",
            "，",
            "。",
            "\u{3000}",
            "\u{200b}",
            "P",
            "½",
            "İ",
            "é",
        ])
        .prop_map(str::to_owned),
        (0..3000u32).prop_map(|number| number.to_string()),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in pieces()) {
        let words = words();
        let today: NaiveDate = "2026-11-20".parse().unwrap();
        let _ = read_date(&text, words);
        let _ = read_lunar(&text, words);
        let _ = read_cadence(&text, words);
        let _ = read_move(&text, words);
        let _ = read_relative(&text, today, words);
        let _ = date_in_name(&text, words);
        if let Ok(read) = read_meeting(&text, words) {
            let rule = read.value.recurrence;
            prop_assert!(rule.occurrences(Some(today), today).take(3).all(|day| day >= today));
            prop_assert_eq!(rule.to_string().parse::<Recurrence>(), Ok(rule));
        }
        if let Some(found) = leading_date(&text, words) {
            prop_assert!(text.is_char_boundary(found.length));
        }
        if let Some((_, at)) = first_full_date(&text, words) {
            prop_assert!(text.is_char_boundary(at));
        }
    }

    #[test]
    fn a_written_date_is_read_back(days in 693_596..767_009i32) {
        let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
        let found = leading_date(&format!("{day}: text"), words()).unwrap();
        prop_assert_eq!((found.date, found.time, found.length), (day, None, 10));
        prop_assert_eq!(date_in_name(&day.format("%Y%m%d").to_string(), words()), Some(day));
        let chinese = day.format("%Y年%-m月%-d日").to_string();
        prop_assert_eq!(leading_date(&chinese, words()).map(|found| found.date), Some(day));
    }

    #[test]
    fn a_written_period_is_read_back(count in 1..1000u32, unit in 0..4usize) {
        let period = Period::new(count, [Unit::Day, Unit::Week, Unit::Month, Unit::Year][unit]);
        let read = read_cadence(&period.to_string(), words()).unwrap();
        prop_assert_eq!(read.value.cadence, Cadence::Every(period));
    }
}

fn words() -> &'static TimeWords {
    static WORDS: std::sync::LazyLock<TimeWords> = std::sync::LazyLock::new(TimeWords::built_in);
    &WORDS
}
