//! Birthdays and other yearly days of people: when they fall next, in the calendar they are kept in, and how many
//! years they then come to.

use chrono::{Datelike, NaiveDate};

use crate::model::date::{LunarDay, LunarRule, SolarDay, YearlyDay};
use crate::model::person::{BirthdayCalendar, Person};

use super::lunar::{kept_in_lunar_year, lunar_birthday, lunar_day, yearly_dates};
use super::options::IndexOptions;
use super::record::PersonRecord;

/// One yearly day of someone, as it falls once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearlyDate {
    /// The civil day.
    pub date: NaiveDate,
    /// The day as it is kept every year; tells the calendar.
    pub day: YearlyDay,
    /// What it is.
    pub what: YearlyKind,
    /// Full years it comes to, such as the age turned; by lunar years for a lunar day. `None` without a first year.
    pub years: Option<i32>,
    /// The line it is written on, from 1.
    pub line: u32,
}

/// What a yearly day is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearlyKind {
    /// The birthday.
    Birthday,
    /// A day to remember, with its label; may be empty.
    Labelled(Box<str>),
}

/// The next birthday of someone from `from` on; none for the dead.
pub fn next_birthday(record: &PersonRecord, from: NaiveDate, options: &IndexOptions) -> Option<YearlyDate> {
    let days = living(record)?.birthdays(options).into_iter();
    days.filter_map(|day| day.dates(from).next()).min_by_key(|found| found.date)
}

/// All yearly days of someone from `from` through `to`, by date; none for the dead.
pub fn yearly_days(record: &PersonRecord, from: NaiveDate, to: NaiveDate, options: &IndexOptions) -> Vec<YearlyDate> {
    let Some(living) = living(record) else { return Vec::new() };
    let days = living.birthdays(options).into_iter().chain(living.labelled(options));
    let mut found: Vec<YearlyDate> =
        days.flat_map(|day| day.dates(from).take_while(|found| found.date <= to).collect::<Vec<_>>()).collect();
    found.sort_by(|a, b| (a.date, &a.what).cmp(&(b.date, &b.what)));
    found.dedup_by(|a, b| (a.date, &a.what) == (b.date, &b.what)); // a solar and a lunar birthday may meet
    found
}

/// How many days ahead the yearly days of someone are announced.
pub fn remind_before(record: &PersonRecord, options: &IndexOptions) -> u32 {
    record.person.remind_before.unwrap_or(options.remind_before)
}

fn living(record: &PersonRecord) -> Option<Living<'_>> {
    record.person.deceased.is_none().then_some(Living(&record.person))
}

struct Living<'r>(&'r Person);

impl Living<'_> {
    fn birthdays<'o>(&self, options: &'o IndexOptions) -> Vec<Kept<'o>> {
        let rule = self.0.lunar_rule.unwrap_or(options.lunar_rule);
        let kept = |day, line| Kept { day, what: YearlyKind::Birthday, line, rule, options };
        kept_birthdays(self.0, rule).into_iter().map(|(day, line)| kept(day, line)).collect()
    }

    fn labelled<'o>(&self, options: &'o IndexOptions) -> Vec<Kept<'o>> {
        let rule = self.0.lunar_rule.unwrap_or(options.lunar_rule);
        let days = self.0.dates.iter().map(|dated| {
            let what = YearlyKind::Labelled(dated.value.label.clone());
            Kept { day: dated.value.day, what, line: dated.line, rule, options }
        });
        days.collect()
    }
}

/// A yearly day with the rules by which it is kept.
struct Kept<'o> {
    day: YearlyDay,
    what: YearlyKind,
    line: u32,
    rule: LunarRule,
    options: &'o IndexOptions,
}

impl Kept<'_> {
    fn dates(&self, from: NaiveDate) -> impl Iterator<Item = YearlyDate> + '_ {
        yearly_dates(self.day, self.rule, self.options.leap_day, from).map(|date| YearlyDate {
            date,
            day: self.day,
            what: self.what.clone(),
            years: years_on(self.day, date),
            line: self.line,
        })
    }
}

/// Years between the first such day and that on `date`: lunar years for a lunar day, as 腊月 belongs to the lunar year
/// before.
fn years_on(day: YearlyDay, date: NaiveDate) -> Option<i32> {
    let years = match day {
        YearlyDay::Solar(day) => date.year() - day.year?,
        YearlyDay::Lunar(day) => lunar_day(date)?.year? - day.year?,
    };
    (years > 0).then_some(years)
}

/// The birthday or birthdays that are kept, with their lines: in the calendar that is said; else the lunar one if it is
/// written; else the solar one. What is not written is converted where the year is known.
fn kept_birthdays(person: &Person, rule: LunarRule) -> Vec<(YearlyDay, u32)> {
    let (mut solar, mut lunar) = (None, person.lunar_birthday.as_ref().map(|day| (day.value, day.line)));
    match person.birthday.as_ref().map(|day| (day.value, day.line)) {
        Some((YearlyDay::Solar(day), line)) => solar = Some((day, line)),
        Some((YearlyDay::Lunar(day), line)) => lunar = lunar.or(Some((day, line))),
        None => {}
    }
    let calendar = match (person.birthday_calendar, lunar) {
        (Some(said), _) => said,
        (None, Some(_)) => BirthdayCalendar::Lunar,
        (None, None) => BirthdayCalendar::Solar,
    };
    let as_lunar = lunar.map(|(day, line)| (with_year(day, solar), line)).or_else(|| to_lunar(solar?));
    let as_solar = solar.or_else(|| to_solar(lunar?, rule));
    let (as_lunar, as_solar) = (
        as_lunar.map(|(day, line)| (YearlyDay::Lunar(day), line)),
        as_solar.map(|(day, line)| (YearlyDay::Solar(day), line)),
    );
    match calendar {
        BirthdayCalendar::Solar => as_solar.or(as_lunar).into_iter().collect(),
        BirthdayCalendar::Lunar => as_lunar.or(as_solar).into_iter().collect(),
        BirthdayCalendar::Both => as_solar.into_iter().chain(as_lunar).collect(),
    }
}

/// A lunar birthday without a year takes that of the solar one beside it.
fn with_year(day: LunarDay, solar: Option<(SolarDay, u32)>) -> LunarDay {
    let year = day.year.or_else(|| lunar_birthday(solar?.0)?.year);
    LunarDay { year, ..day }
}

fn to_lunar((day, line): (SolarDay, u32)) -> Option<(LunarDay, u32)> {
    Some((lunar_birthday(day)?, line))
}

fn to_solar((day, line): (LunarDay, u32), rule: LunarRule) -> Option<(SolarDay, u32)> {
    Some((SolarDay::of(kept_in_lunar_year(day, day.year?, rule)?), line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{at, day, indexed, options, person};
    use crate::model::person::LabelledDay;

    fn solar(year: Option<i32>, month: u32, day: u32) -> YearlyDay {
        YearlyDay::Solar(SolarDay { year, month, day })
    }

    fn lunar(year: Option<i32>, month: u32, day: u32) -> LunarDay {
        LunarDay { year, month, leap: false, day }
    }

    /// Birthdays of a year from 2026-11-20 on, with the age turned.
    fn birthdays(change: impl FnOnce(&mut Person)) -> Vec<String> {
        let index = indexed(vec![person("P/A.md").with(change).build()]);
        let found = yearly_days(&index.people[0], day("2026-11-20"), day("2027-11-19"), &options());
        let next = next_birthday(&index.people[0], day("2026-11-20"), &options());
        assert_eq!(next.as_ref(), found.iter().find(|found| found.what == YearlyKind::Birthday));
        found.iter().map(|found| format!("{} {:?}", found.date, found.years)).collect()
    }

    #[test]
    fn a_solar_birthday_is_on_its_day_and_the_age_is_known_with_the_year() {
        let born = |year, month, day| move |p: &mut Person| p.birthday = Some(at(solar(year, month, day)));
        assert_eq!(birthdays(born(Some(1990), 11, 20)), ["2026-11-20 Some(36)"]);
        assert_eq!(birthdays(born(Some(1990), 11, 19)), ["2027-11-19 Some(37)"]);
        assert_eq!(birthdays(born(None, 11, 21)), ["2026-11-21 None"]);
        assert_eq!(birthdays(born(Some(2000), 2, 29)), ["2027-02-28 Some(27)"]);
        assert_eq!(birthdays(|_| {}), [""; 0]);
    }

    #[test]
    fn the_calendar_is_the_one_said_else_lunar_if_written_else_solar() {
        let both = |p: &mut Person| {
            p.birthday = Some(at(solar(Some(1985), 3, 1)));
            p.lunar_birthday = Some(at(lunar(None, 1, 10)));
        };
        let keeping = |calendar| {
            move |p: &mut Person| {
                both(p);
                p.birthday_calendar = Some(calendar);
            }
        };
        assert_eq!(birthdays(both), ["2027-02-15 Some(42)"]);
        assert_eq!(birthdays(keeping(BirthdayCalendar::Lunar)), ["2027-02-15 Some(42)"]);
        assert_eq!(birthdays(keeping(BirthdayCalendar::Solar)), ["2027-03-01 Some(42)"]);
        assert_eq!(birthdays(keeping(BirthdayCalendar::Both)), ["2027-02-15 Some(42)", "2027-03-01 Some(42)"]);
        let written = |p: &mut Person| p.birthday = Some(at(YearlyDay::Lunar(lunar(Some(1997), 9, 13))));
        assert_eq!(birthdays(written), ["2027-10-12 Some(30)"]);
    }

    #[test]
    fn a_full_solar_birthday_is_converted_for_who_keeps_the_lunar_one() {
        let keeps_lunar = |year| {
            move |p: &mut Person| {
                p.birthday = Some(at(solar(year, 10, 14)));
                p.birthday_calendar = Some(BirthdayCalendar::Lunar);
            }
        };
        assert_eq!(birthdays(keeps_lunar(Some(1997))), ["2027-10-12 Some(30)"]);
        assert_eq!(birthdays(keeps_lunar(None)), ["2027-10-14 None"]);
        let keeps_solar = |p: &mut Person| {
            p.lunar_birthday = Some(at(lunar(Some(1997), 9, 13)));
            p.birthday_calendar = Some(BirthdayCalendar::Solar);
        };
        assert_eq!(birthdays(keeps_solar), ["2027-10-14 Some(30)"]);
    }

    #[test]
    fn the_age_of_a_birthday_at_the_end_of_a_lunar_year_counts_lunar_years() {
        // lunar 2025-12-30 falls back on 2026-02-16; born on the last day of lunar 1999, in civil 2000
        let last = |p: &mut Person| p.lunar_birthday = Some(at(lunar(Some(1999), 12, 30)));
        assert_eq!(birthdays(last), ["2027-02-05 Some(27)"]);
    }

    #[test]
    fn other_days_are_kept_with_their_labels_and_the_dead_have_none() {
        let wedding = LabelledDay { day: solar(Some(2019), 6, 1), label: "wedding".into() };
        let with_both = |p: &mut Person| {
            p.birthday = Some(at(solar(None, 6, 1)));
            p.dates = vec![at(wedding.clone())];
        };
        assert_eq!(birthdays(with_both), ["2027-06-01 None", "2027-06-01 Some(8)"]);
        let dead = |p: &mut Person| {
            with_both(p);
            p.deceased = Some(at(None));
        };
        assert_eq!(birthdays(dead), [""; 0]);
    }
}
