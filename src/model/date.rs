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
