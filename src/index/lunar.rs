//! Days of the Chinese lunar calendar as civil days, and the days on which a yearly day falls.
//!
//! A lunar year is numbered by the civil year in which it begins. The data covers lunar years 1900 to 2100. A yearly
//! lunar day is worked out lunar year by lunar year; its civil dates may then fall twice in one civil year or miss one.

use chrono::{Datelike, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::ChineseTraditional;
use icu_calendar::types::{Month, RataDie};

use crate::model::date::{LeapDay, LunarDay, LunarRule, SolarDay, YEARS, YearlyDay};

/// The civil day of exactly this lunar day in `year`; `None` when the year lacks the leap month, the month the day, or
/// the year is outside the data.
pub fn civil_day(year: i32, month: u32, leap: Leap, day: u32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    match (year, month, leap) {
        LATE_MOON_MONTH => return late_moon_day(day),
        LATE_MOON_MONTH_BEFORE if day == 30 => return late_moon_day(0),
        _ => {}
    }
    tabled(year, month, leap, day)
}

/// The tables disagree on the new moon of 2057-09-29, seconds after midnight in China: by the national standard
/// (GB/T 33661-2017) the ninth month begins on that day, in the table used here a day early.
const LATE_MOON_MONTH: (i32, u32, Leap) = (2057, 9, Leap::Ordinary);
const LATE_MOON_MONTH_BEFORE: (i32, u32, Leap) = (2057, 8, Leap::Ordinary);

/// A day of the ninth month of 2057, 0 being the last of the eighth.
fn late_moon_day(day: u32) -> Option<NaiveDate> {
    let (year, month, leap) = LATE_MOON_MONTH;
    // the table has this day under the next number
    if day < 30 { tabled(year, month, leap, day + 1) } else { None }
}

fn tabled(year: i32, month: u32, leap: Leap, day: u32) -> Option<NaiveDate> {
    let number = u8::try_from(month).ok()?;
    let month = if leap == Leap::Leap { Month::leap(number) } else { Month::new(number) };
    let date = Date::try_new_chinese_traditional(year, month, u8::try_from(day).ok()?).ok()?;
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(date.to_rata_die().to_i64_date()).ok()?)
}

/// Whether a month is the leap month of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leap {
    /// The ordinary month.
    Ordinary,
    /// The leap month (闰).
    Leap,
}

impl Leap {
    /// Whether the month of `day` is the leap month.
    pub fn of(day: LunarDay) -> Self {
        if day.leap { Leap::Leap } else { Leap::Ordinary }
    }
}

/// The lunar day of a civil day, its lunar year with it; `None` outside the data.
pub fn lunar_day(date: NaiveDate) -> Option<LunarDay> {
    let day = RataDie::new(i64::from(date.num_days_from_ce()));
    let lunar = Date::from_rata_die(day, ChineseTraditional::new());
    let year = lunar.cyclic_year().related_iso;
    let month = lunar.month().to_input();
    let (number, day) = (u32::from(month.number()), u32::from(lunar.day_of_month().0));
    let tabled = LunarDay { year: Some(year), month: number, leap: month.is_leap(), day };
    let found = match ((year, number, Leap::of(tabled)), day) {
        (LATE_MOON_MONTH, 1) => LunarDay { month: LATE_MOON_MONTH_BEFORE.1, day: 30, ..tabled },
        (LATE_MOON_MONTH, day) => LunarDay { day: day - 1, ..tabled },
        _ => tabled,
    };
    YEARS.contains(&year).then_some(found)
}

/// Whether lunar year `year` has a leap month of this number.
pub fn has_leap_month(year: i32, month: u32) -> bool {
    civil_day(year, month, Leap::Leap, 1).is_some()
}

/// The number of the leap month of a lunar year, if it has one.
pub fn leap_month(year: i32) -> Option<u32> {
    (1..=12).find(|month| has_leap_month(year, *month))
}

/// Whether a lunar birthday names a leap month its birth year does not have: an error in the note; the ordinary month
/// is then kept.
pub fn lacks_its_leap_month(day: LunarDay) -> bool {
    day.leap && day.year.is_some_and(|year| !has_leap_month(year, day.month))
}

/// The civil day on which a lunar day is kept in lunar year `year`: a leap month falls back on the ordinary one, day 30
/// on day 29, as `rule` allows.
pub fn kept_in_lunar_year(day: LunarDay, year: i32, rule: LunarRule) -> Option<NaiveDate> {
    let exact = |leap, number| civil_day(year, day.month, leap, number);
    let or_29th = |leap| match exact(leap, day.day) {
        None if day.day == 30 => exact(leap, 29),
        found => found,
    };
    let leap = if lacks_its_leap_month(day) { Leap::Ordinary } else { Leap::of(day) };
    match (rule, leap) {
        (LunarRule::Strict, leap) => exact(leap, day.day),
        (LunarRule::Fallback, Leap::Leap) => or_29th(Leap::Leap).or_else(|| or_29th(Leap::Ordinary)),
        (LunarRule::Ordinary | LunarRule::Fallback, _) => or_29th(Leap::Ordinary),
    }
}

/// The civil day on which a solar day is kept in civil year `year`.
pub fn kept_in_civil_year(day: SolarDay, year: i32, leap_day: LeapDay) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, day.month, day.day).or_else(|| match leap_day {
        _ if (day.month, day.day) != (2, 29) => None,
        LeapDay::Feb28 => NaiveDate::from_ymd_opt(year, 2, 28),
        LeapDay::Mar1 => NaiveDate::from_ymd_opt(year, 3, 1),
    })
}

/// The civil days on or after `from` on which a yearly day falls, in order, up to the end of the data. A day never
/// falls before the year it first came in, when that is known.
pub fn yearly_dates(
    day: YearlyDay,
    rule: LunarRule,
    leap_day: LeapDay,
    from: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    let first = match day {
        YearlyDay::Solar(SolarDay { year, .. }) | YearlyDay::Lunar(LunarDay { year, .. }) => year,
    };
    // a lunar year may reach into the second civil month after its own
    let start = (from.year() - 1).max(first.unwrap_or(*YEARS.start())).max(*YEARS.start());
    (start..=*YEARS.end())
        .filter_map(move |year| match day {
            YearlyDay::Solar(day) => kept_in_civil_year(day, year, leap_day),
            YearlyDay::Lunar(day) => kept_in_lunar_year(day, year, rule),
        })
        .skip_while(move |date| *date < from)
}

/// The lunar day to keep for someone whose whole solar birthday is known and who keeps the lunar one.
pub fn lunar_birthday(solar: SolarDay) -> Option<LunarDay> {
    lunar_day(NaiveDate::from_ymd_opt(solar.year?, solar.month, solar.day)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lunar(month: u32, leap: Leap, day: u32) -> LunarDay {
        LunarDay { year: None, month, leap: leap == Leap::Leap, day }
    }

    fn dates(of: LunarDay, rule: LunarRule, from: &str, to: &str) -> Vec<String> {
        yearly_dates(YearlyDay::Lunar(of), rule, LeapDay::default(), day(from))
            .take_while(|date| *date <= day(to))
            .map(|date| date.to_string())
            .collect()
    }

    #[test]
    fn the_table_of_lunar_days_holds() {
        let fallback = |of, from, to| dates(of, LunarRule::Fallback, from, to);
        let ordinary = Leap::Ordinary;
        assert_eq!(
            fallback(lunar(8, ordinary, 15), "2026-01-01", "2028-12-31"),
            ["2026-09-25", "2027-09-15", "2028-10-03"]
        );
        assert_eq!(
            fallback(lunar(12, ordinary, 30), "2026-02-15", "2030-12-31"),
            ["2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12", "2030-02-02"]
        );
        assert_eq!(
            fallback(lunar(6, Leap::Leap, 10), "2025-07-01", "2027-12-31"),
            ["2025-08-03", "2026-07-23", "2027-07-13"]
        );
        assert_eq!(fallback(lunar(6, ordinary, 10), "2025-01-01", "2026-12-31"), ["2025-07-04", "2026-07-23"]);
        assert_eq!(
            fallback(lunar(11, ordinary, 25), "2026-01-01", "2029-12-31"),
            ["2026-01-13", "2027-01-02", "2027-12-22", "2029-01-09", "2029-12-29"]
        );
        assert_eq!(fallback(lunar(8, ordinary, 15), "1978-01-01", "1978-12-31"), ["1978-09-17"]);
        assert_eq!(fallback(lunar(9, ordinary, 9), "2057-01-01", "2057-12-31"), ["2057-10-07"]);
    }

    #[test]
    fn leap_months_are_as_in_the_almanac() {
        let expected =
            [(2014, 9), (2017, 6), (2020, 4), (2023, 2), (2025, 6), (2028, 5), (2031, 3), (2033, 11), (2036, 6)];
        let found: Vec<(i32, u32)> = (2014..=2036).filter_map(|year| Some((year, leap_month(year)?))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_leap_month_and_a_thirtieth_day_are_kept_as_the_rule_says() {
        let leap = lunar(6, Leap::Leap, 10);
        assert_eq!(dates(leap, LunarRule::Strict, "2025-01-01", "2040-12-31"), ["2025-08-03", "2036-08-01"]);
        assert_eq!(dates(leap, LunarRule::Ordinary, "2025-01-01", "2026-12-31"), ["2025-07-04", "2026-07-23"]);
        let last = lunar(12, Leap::Ordinary, 30);
        assert_eq!(dates(last, LunarRule::Strict, "2025-01-01", "2030-12-31"), ["2030-02-02"]);
        assert_eq!(dates(last, LunarRule::Ordinary, "2026-02-15", "2027-12-31"), ["2026-02-16", "2027-02-05"]);
    }

    #[test]
    fn a_birth_year_without_the_leap_month_keeps_the_ordinary_one() {
        let wrong = LunarDay { year: Some(1990), ..lunar(6, Leap::Leap, 10) };
        assert!(lacks_its_leap_month(wrong));
        assert_eq!(dates(wrong, LunarRule::Fallback, "2025-01-01", "2025-12-31"), ["2025-07-04"]);
        assert!(!lacks_its_leap_month(LunarDay { year: Some(1987), ..wrong }));
        assert!(!lacks_its_leap_month(lunar(6, Leap::Leap, 10)));
    }

    #[test]
    fn the_next_date_is_on_the_day_itself_and_the_next_year_after_it() {
        let next = |from| {
            let day = YearlyDay::Lunar(lunar(8, Leap::Ordinary, 15));
            yearly_dates(day, LunarRule::Fallback, LeapDay::default(), from).next().unwrap().to_string()
        };
        assert_eq!(next(day("2026-09-24")), "2026-09-25");
        assert_eq!(next(day("2026-09-25")), "2026-09-25");
        assert_eq!(next(day("2026-09-26")), "2027-09-15");
    }

    #[test]
    fn a_leap_day_is_kept_on_28_february_or_1_march() {
        let of = YearlyDay::Solar(SolarDay { year: Some(2024), month: 2, day: 29 });
        let dates = |leap_day| {
            let all = yearly_dates(of, LunarRule::default(), leap_day, day("2020-01-01"));
            all.take(5).map(|date| date.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(dates(LeapDay::Feb28), ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
        assert_eq!(dates(LeapDay::Mar1)[..2], ["2024-02-29", "2025-03-01"]);
    }

    #[test]
    fn a_solar_day_is_converted_and_back() {
        let table = [
            ("2026-02-17", (2026, 1, false, 1)),
            ("2026-02-16", (2025, 12, false, 29)),
            ("2025-07-25", (2025, 6, true, 1)),
            ("2025-10-06", (2025, 8, false, 15)),
            ("2033-12-22", (2033, 11, true, 1)),
            ("1985-02-20", (1985, 1, false, 1)),
        ];
        for (civil, (year, month, leap, number)) in table {
            let expected = LunarDay { year: Some(year), month, leap, day: number };
            assert_eq!(lunar_day(day(civil)), Some(expected), "{civil}");
        }
        for civil in day("1900-02-01").iter_days().take(73_000).step_by(11) {
            let Some(lunar) = lunar_day(civil) else { panic!("{civil}") };
            assert_eq!(civil_day(lunar.year.unwrap(), lunar.month, Leap::of(lunar), lunar.day), Some(civil));
        }
        assert_eq!(lunar_day(day("1900-01-01")), None);
    }

    #[test]
    fn the_late_new_moon_of_2057_begins_the_ninth_month_on_the_29th() {
        let civil = |month, number| civil_day(2057, month, Leap::Ordinary, number).map(|date| date.to_string());
        assert_eq!(civil(8, 29).as_deref(), Some("2057-09-27"));
        assert_eq!(civil(8, 30).as_deref(), Some("2057-09-28"));
        assert_eq!(civil(9, 1).as_deref(), Some("2057-09-29"));
        assert_eq!(civil(9, 29).as_deref(), Some("2057-10-27"));
        assert_eq!(civil(9, 30), None);
        assert_eq!(civil(10, 1).as_deref(), Some("2057-10-28"));
        for date in day("2057-08-01").iter_days().take(120) {
            let lunar = lunar_day(date).unwrap();
            assert_eq!(civil_day(lunar.year.unwrap(), lunar.month, Leap::of(lunar), lunar.day), Some(date));
        }
    }

    #[test]
    fn the_solar_birthday_of_someone_who_keeps_the_lunar_one_is_converted() {
        let born = SolarDay { year: Some(1997), month: 10, day: 14 };
        assert_eq!(lunar_birthday(born), Some(LunarDay { year: Some(1997), month: 9, leap: false, day: 13 }));
        assert_eq!(lunar_birthday(SolarDay { year: None, ..born }), None);
    }
}
