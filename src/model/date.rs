//! Dates as people write them: whole days, days without a year, months and years alone.

use chrono::{Datelike, NaiveDate};

/// The years a date may lie in; anything outside is likely a slip of the pen.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A date that may stop at the month or the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialDate {
    /// `2026`
    Year(i32),
    /// `2026-11`
    Month(i32, u32),
    /// `2026-11-20`
    Day(NaiveDate),
}

impl PartialDate {
    /// The whole day, when there is one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            PartialDate::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The last day it covers: a term "until 2027" runs to 31 December.
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            PartialDate::Day(day) => Some(day),
            PartialDate::Month(year, month) => {
                let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
            }
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
        }
    }
}

/// A day that returns every year in the solar calendar. 29 February is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SolarDay {
    /// The first year, when known.
    pub year: Option<i32>,
    /// 1–12.
    pub month: u32,
    /// 1–31, valid for the month in a leap year.
    pub day: u32,
}

impl SolarDay {
    /// The yearly day of a whole date, its year kept.
    pub fn of(date: NaiveDate) -> Self {
        SolarDay { year: Some(date.year()), month: date.month(), day: date.day() }
    }
}

/// A day of the Chinese lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDay {
    /// The lunar year, numbered by the civil year in which it begins, when known.
    pub year: Option<i32>,
    /// 1–12.
    pub month: u32,
    /// Whether the month is the leap month (闰).
    pub leap: bool,
    /// 1–30.
    pub day: u32,
}

/// A day that returns every year, in either calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearlyDay {
    /// In the solar calendar.
    Solar(SolarDay),
    /// In the Chinese lunar calendar.
    Lunar(LunarDay),
}

/// Any date a note may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WrittenDate {
    /// A day, month or year.
    Civil(PartialDate),
    /// A solar day without a year.
    YearLess(SolarDay),
    /// A lunar day, with or without a year.
    Lunar(LunarDay),
}

impl WrittenDate {
    /// The whole civil day, when there is one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            WrittenDate::Civil(date) => date.day(),
            WrittenDate::YearLess(_) | WrittenDate::Lunar(_) => None,
        }
    }

    /// The day of the year it stands for, as a birthday; `None` for a month or a year alone.
    pub fn yearly(self) -> Option<YearlyDay> {
        match self {
            WrittenDate::Civil(date) => date.day().map(|day| YearlyDay::Solar(SolarDay::of(day))),
            WrittenDate::YearLess(day) => Some(YearlyDay::Solar(day)),
            WrittenDate::Lunar(day) => Some(YearlyDay::Lunar(day)),
        }
    }
}

/// On which day 29 February is kept in a common year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeapDay {
    /// 28 February.
    #[default]
    February28,
    /// 1 March.
    March1,
}

/// How a lunar day is kept in a lunar year that lacks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LunarRule {
    /// A leap month falls back on the ordinary month of its number, day 30 on day 29.
    #[default]
    Fallback,
    /// A year without the exact day is skipped.
    Strict,
    /// A leap month is always kept in the ordinary month, day 30 on day 29.
    Ordinary,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_or_year_alone_runs_to_its_last_day_and_is_no_birthday() {
        let last = |date: PartialDate| date.last_day().map(|day| day.to_string());
        assert_eq!(last(PartialDate::Month(2026, 2)).as_deref(), Some("2026-02-28"));
        assert_eq!(last(PartialDate::Month(2026, 12)).as_deref(), Some("2026-12-31"));
        assert_eq!(last(PartialDate::Year(2027)).as_deref(), Some("2027-12-31"));
        assert_eq!(WrittenDate::Civil(PartialDate::Year(2027)).yearly(), None);
        let day = SolarDay { year: None, month: 2, day: 29 };
        assert_eq!(WrittenDate::YearLess(day).yearly(), Some(YearlyDay::Solar(day)));
        assert_eq!(WrittenDate::YearLess(day).day(), None);
    }
}
