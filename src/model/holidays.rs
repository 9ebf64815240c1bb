//! Statutory days off and make-up working days, by year of the State Council's notice.
//!
//! The data has the shape of the holiday-cn files. A year without a notice, or with an empty one, is unknown: it is
//! never guessed. Overrides come in as text; reading files is left to the caller.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

const BUILT_IN: [(i32, &str); 2] =
    [(2025, include_str!("../holidays/2025.json")), (2026, include_str!("../holidays/2026.json"))];

/// What the notices say of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatutoryDay<'h> {
    /// A day off (放假); the name of the holiday as in the notice.
    Off(&'h str),
    /// A make-up working day (调休) for the named holiday.
    MakeUpWork(&'h str),
    /// In no notice: working days and week-ends as usual.
    Ordinary,
    /// No notice is known for its year.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Off,
    MakeUpWork,
}

/// The notices of all known years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    years: BTreeMap<i32, BTreeMap<NaiveDate, (Box<str>, Kind)>>,
}

impl Holidays {
    /// The notices that come with the program.
    pub fn built_in() -> Self {
        let mut holidays = Holidays::default();
        for (year, text) in BUILT_IN {
            holidays.replace_year(year, text);
        }
        holidays
    }

    /// Takes `text`, a holiday-cn file, for `year` in place of what was known. An empty list makes the year unknown.
    /// `false`, and no change, when the text is not such a file of that year.
    pub fn replace_year(&mut self, year: i32, text: &str) -> bool {
        let Some(days) = read_file(year, text) else { return false };
        self.years.insert(year, days);
        true
    }

    /// Whether the notice of `year` is known.
    pub fn knows(&self, year: i32) -> bool {
        self.years.get(&year).is_some_and(|days| !days.is_empty())
    }

    /// What the notices say of `date`. The notice of the next year is read too, as New Year may begin in December.
    pub fn on(&self, date: NaiveDate) -> StatutoryDay<'_> {
        let year = date.year();
        let named = [year, year + 1].iter().find_map(|year| self.years.get(year)?.get(&date));
        match named {
            Some((name, Kind::Off)) => StatutoryDay::Off(name),
            Some((name, Kind::MakeUpWork)) => StatutoryDay::MakeUpWork(name),
            None if self.knows(year) => StatutoryDay::Ordinary,
            None => StatutoryDay::Unknown,
        }
    }
}

fn read_file(year: i32, text: &str) -> Option<BTreeMap<NaiveDate, (Box<str>, Kind)>> {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    if file.get("year")?.as_i64()? != i64::from(year) {
        return None;
    }
    file.get("days")?.as_array()?.iter().map(read_day).collect()
}

fn read_day(day: &Value) -> Option<(NaiveDate, (Box<str>, Kind))> {
    let date = day.get("date")?.as_str()?.parse().ok()?;
    let kind = if day.get("isOffDay")?.as_bool()? { Kind::Off } else { Kind::MakeUpWork };
    Some((date, (day.get("name")?.as_str()?.into(), kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_of_2026_are_as_in_the_notice() {
        let holidays = Holidays::built_in();
        for work in ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"] {
            let found = holidays.on(day(&format!("2026-{work}")));
            assert!(matches!(found, StatutoryDay::MakeUpWork(_)), "{work}: {found:?}");
        }
        let spring = day("2026-02-15").iter_days().take(9);
        assert!(spring.into_iter().all(|d| holidays.on(d) == StatutoryDay::Off("春节")));
        let national = day("2026-10-01").iter_days().take(7);
        assert!(national.into_iter().all(|d| holidays.on(d) == StatutoryDay::Off("国庆节")));
        for ordinary in ["2026-02-24", "2026-09-30", "2026-10-08", "2026-11-20"] {
            assert_eq!(holidays.on(day(ordinary)), StatutoryDay::Ordinary, "{ordinary}");
        }
    }

    #[test]
    fn a_year_without_a_notice_is_unknown() {
        let mut holidays = Holidays::built_in();
        assert_eq!(holidays.on(day("2027-10-01")), StatutoryDay::Unknown);
        assert!(holidays.replace_year(2026, r#"{"year":2026,"days":[]}"#));
        assert_eq!(holidays.on(day("2026-10-01")), StatutoryDay::Unknown);
    }

    #[test]
    fn late_december_reads_the_notice_of_the_next_year() {
        let mut holidays = Holidays::built_in();
        let notice = r#"{"year":2027,"days":[{"name":"元旦","date":"2026-12-31","isOffDay":true}]}"#;
        assert!(holidays.replace_year(2027, notice));
        assert_eq!(holidays.on(day("2026-12-31")), StatutoryDay::Off("元旦"));
        assert_eq!(holidays.on(day("2026-12-30")), StatutoryDay::Ordinary);
    }

    #[test]
    fn a_file_of_another_shape_or_year_changes_nothing() {
        let mut holidays = Holidays::built_in();
        for text in ["", "[]", r#"{"year":2025,"days":[]}"#, r#"{"year":2026,"days":[{"date":"x"}]}"#] {
            assert!(!holidays.replace_year(2026, text), "{text}");
        }
        assert!(holidays.knows(2026));
    }
}
