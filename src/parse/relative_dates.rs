//! Dates relative to today. They are read on the command line only, where today is known and what is stored is ISO;
//! in a note their meaning would move.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::dates::{chinese_weekday, read_date};
use super::scan::Scan;
use crate::model::cadence::{Period, Unit};
use crate::model::date::{PartialDate, WrittenDate};
use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::vocabulary::time::{TimeWords, UnitWord};

/// Reads a day given on the command line: 昨天, 两周前, `in 2 weeks`, 上周五, `last Friday`, or any full date. Weeks run
/// Monday to Sunday. `next Friday` is refused with both dates it may mean.
pub fn read_relative(text: &str, today: NaiveDate, words: &TimeWords) -> Result<NaiveDate, Finding> {
    let folded = fold(text);
    match relative(&folded, words) {
        Some(relative) => relative.on(today, text),
        None => match read_date(text, words)?.value {
            WrittenDate::Civil(PartialDate::Day(day)) => Ok(day),
            _ => Err(Finding::new("date-not-whole", [text])),
        },
    }
}

/// Whether a folded text is a date relative to today, or a vague word of that kind such as `last week`.
pub(super) fn is_relative(folded: &str, words: &TimeWords) -> bool {
    words.relative.vague.whole(folded).is_some() || relative(folded, words).is_some()
}

#[derive(Clone, Copy)]
enum Relative {
    Days(i64),
    Ago(Period),
    Ahead(Period),
    /// A weekday so many weeks from this one.
    InWeek(i64, Weekday),
    LastWeekday(Weekday),
    NextWeekday(Weekday),
}

impl Relative {
    fn on(self, today: NaiveDate, text: &str) -> Result<NaiveDate, Finding> {
        let outside = || Finding::new("date-unread", [text]);
        let plus = |days: i64| chrono::TimeDelta::try_days(days).and_then(|delta| today.checked_add_signed(delta));
        match self {
            Relative::Days(days) => plus(days),
            Relative::Ago(period) => before(today, period),
            Relative::Ahead(period) => period.after(today, 1),
            Relative::InWeek(weeks, weekday) => {
                let from_monday = |day: Weekday| i64::from(day.num_days_from_monday());
                plus(weeks * 7 + from_monday(weekday) - from_monday(today.weekday()))
            }
            Relative::LastWeekday(weekday) => {
                let back = today.weekday().days_since(weekday);
                plus(-i64::from(if back == 0 { 7 } else { back }))
            }
            Relative::NextWeekday(weekday) => {
                let ahead = weekday.days_since(today.weekday());
                let coming = i64::from(if ahead == 0 { 7 } else { ahead });
                let (coming, later) = (plus(coming).ok_or_else(outside)?, plus(coming + 7).ok_or_else(outside)?);
                return Err(Finding::new("next-weekday", [text, &coming.to_string(), &later.to_string()]));
            }
        }
        .ok_or_else(outside)
    }
}

fn before(today: NaiveDate, period: Period) -> Option<NaiveDate> {
    match period.unit {
        Unit::Day => today.checked_sub_days(Days::new(period.count.into())),
        Unit::Week => today.checked_sub_days(Days::new(u64::from(period.count) * 7)),
        Unit::Month => today.checked_sub_months(Months::new(period.count)),
        Unit::Year => today.checked_sub_months(Months::new(period.count.checked_mul(12)?)),
    }
}

fn relative(folded: &str, words: &TimeWords) -> Option<Relative> {
    day_word(folded, words).or_else(|| length(folded, words)).or_else(|| weekday(folded, words))
}

fn day_word(folded: &str, words: &TimeWords) -> Option<Relative> {
    let table = &words.relative;
    let days = [
        (&table.today, 0),
        (&table.yesterday, -1),
        (&table.before_yesterday, -2),
        (&table.three_days_ago, -3),
        (&table.tomorrow, 1),
        (&table.after_tomorrow, 2),
        (&table.three_days_ahead, 3),
    ];
    days.into_iter().find_map(|(word, days)| word.whole(folded).map(|()| Relative::Days(days)))
}

/// 3天前, 一个月后, `3 days ago`, `in 2 weeks`, `2 weeks from now`
fn length(folded: &str, words: &TimeWords) -> Option<Relative> {
    let table = &words.relative;
    let mut scan = Scan::new(folded);
    let ahead = scan.takes(&table.ahead_before);
    scan.blanks();
    let counted = match scan.number(3, words) {
        Some(count) => Some(count),
        None if scan.rest.starts_with(|c: char| c.is_ascii()) => Some(scan.word(&words.numbers)?),
        None => None,
    };
    scan.blanks();
    let unit = scan.word(&words.units)?;
    let count = match counted {
        Some(count) => count,
        None if unit == UnitWord::HalfYear => 1, // 半年前
        None => return None,                     // 年后 is after the New Year
    };
    let period = match unit {
        UnitWord::Day => Period { count, unit: Unit::Day },
        UnitWord::Week => Period { count, unit: Unit::Week },
        UnitWord::Month => Period { count, unit: Unit::Month },
        UnitWord::Quarter => Period { count: count * 3, unit: Unit::Month },
        UnitWord::HalfYear => Period { count: count * 6, unit: Unit::Month },
        UnitWord::Year => Period { count, unit: Unit::Year },
    };
    scan.blanks();
    let direction = match ahead {
        true => Relative::Ahead(period),
        false if scan.takes(&table.ago) => Relative::Ago(period),
        false if scan.takes(&table.ahead) => Relative::Ahead(period),
        false => return None,
    };
    scan.is_at_end().then_some(direction)
}

/// 周五, 上周五, 下周五, `Friday`, `last Friday`, `next Friday`
fn weekday(folded: &str, words: &TimeWords) -> Option<Relative> {
    let table = &words.relative;
    let mut scan = Scan::new(folded);
    let english = |mut scan: Scan<'_>| {
        scan.blanks();
        let weekday = scan.word(&words.weekdays.english)?;
        scan.is_at_end().then_some(weekday)
    };
    let mut after = scan;
    if after.takes(&table.last) {
        return english(after).map(Relative::LastWeekday);
    }
    if after.takes(&table.next) {
        return english(after).map(Relative::NextWeekday);
    }
    let weeks = if scan.takes(&table.previous_week) {
        -1
    } else if scan.takes(&table.following_week) {
        1
    } else {
        scan.takes(&table.this_week);
        0
    };
    scan.blanks();
    let mut chinese = scan;
    let weekday = match chinese_weekday(&mut chinese, words) {
        Some(weekday) if chinese.is_at_end() => weekday,
        _ => english(scan)?,
    };
    Some(Relative::InWeek(weeks, weekday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str, today: &str) -> Result<String, Finding> {
        read_relative(text, today.parse().unwrap(), &TimeWords::built_in()).map(|day| day.to_string())
    }

    #[test]
    fn words_of_days_lengths_and_weekdays_count_from_today() {
        let table = [
            ("今天", "2026-11-20"),
            ("昨天", "2026-11-19"),
            ("前天", "2026-11-18"),
            ("大前天", "2026-11-17"),
            ("明天", "2026-11-21"),
            ("后天", "2026-11-22"),
            ("today", "2026-11-20"),
            ("Yesterday", "2026-11-19"),
            ("tomorrow", "2026-11-21"),
            ("3天前", "2026-11-17"),
            ("三天前", "2026-11-17"),
            ("两周前", "2026-11-06"),
            ("一个月后", "2026-12-20"),
            ("3 days ago", "2026-11-17"),
            ("in 2 weeks", "2026-12-04"),
            ("a week ago", "2026-11-13"),
            ("in one month", "2026-12-20"),
            ("半年前", "2026-05-20"),
            ("周五", "2026-11-20"),
            ("这周五", "2026-11-20"),
            ("周日", "2026-11-22"),
            ("周一", "2026-11-16"),
            ("上周五", "2026-11-13"),
            ("上个星期五", "2026-11-13"),
            ("下周五", "2026-11-27"),
            ("下周一", "2026-11-23"),
            ("Friday", "2026-11-20"),
            ("this Friday", "2026-11-20"),
            ("last Friday", "2026-11-13"),
            ("last Thursday", "2026-11-19"),
            ("2026-01-05", "2026-01-05"),
            ("2026年1月5日", "2026-01-05"),
        ];
        for (text, expected) in table {
            assert_eq!(on(text, "2026-11-20"), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn on_a_sunday_the_week_still_runs_from_monday() {
        assert_eq!(on("上周五", "2026-11-22").unwrap(), "2026-11-13");
        assert_eq!(on("last Friday", "2026-11-22").unwrap(), "2026-11-20");
        assert_eq!(on("周五", "2026-11-22").unwrap(), "2026-11-20");
        assert_eq!(on("下周五", "2026-11-22").unwrap(), "2026-11-27");
    }

    #[test]
    fn a_day_the_month_lacks_becomes_its_last() {
        assert_eq!(on("一个月后", "2026-01-31").unwrap(), "2026-02-28");
        assert_eq!(on("1 month ago", "2026-03-31").unwrap(), "2026-02-28");
    }

    #[test]
    fn next_friday_is_refused_with_both_dates() {
        let arguments = |today| on("next Friday", today).unwrap_err().arguments;
        assert_eq!(arguments("2026-11-18").iter().map(|a| &**a).collect::<Vec<_>>()[1..], ["2026-11-20", "2026-11-27"]);
        assert_eq!(arguments("2026-11-20").iter().map(|a| &**a).collect::<Vec<_>>()[1..], ["2026-11-27", "2026-12-04"]);
    }

    #[test]
    fn what_is_no_whole_day_is_refused() {
        assert_eq!(on("2026-11", "2026-11-20").unwrap_err().code, "date-not-whole");
        assert_eq!(on("11-20", "2026-11-20").unwrap_err().code, "date-not-whole");
        assert_eq!(on("someday", "2026-11-20").unwrap_err().code, "date-unread");
        assert_eq!(on("last week", "2026-11-20").unwrap_err().code, "date-relative");
    }
}
