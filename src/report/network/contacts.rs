//! Contacts per day of one year: what the picture draws.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::index::record::Index;
use crate::model::today::Today;

/// So many whole weeks stand before the week of today.
const WEEKS: u64 = 52;

/// A day on which someone was contacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayOfContact {
    /// The day.
    pub date: NaiveDate,
    /// How many people.
    pub people: usize,
}

/// One year of contacts, weeks beginning on Monday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactDays {
    /// The Monday 52 weeks before this week's.
    pub from: NaiveDate,
    /// Today.
    pub to: NaiveDate,
    /// How many contacts: people, counted on each day.
    pub contacts: usize,
    /// The days that had any, oldest first.
    pub days: Vec<DayOfContact>,
}

/// The year up to `today`.
pub(super) fn contact_days(index: &Index, today: Today) -> ContactDays {
    let back = WEEKS * 7 + u64::from(today.0.weekday().num_days_from_monday());
    let from = today.0.checked_sub_days(Days::new(back)).unwrap_or(today.0);
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for record in &index.people {
        let first = record.contacts.partition_point(|contact| contact.date < from);
        let within = record.contacts.iter().skip(first).map(|contact| contact.date);
        for date in within.take_while(|date| *date <= today.0) {
            *days.entry(date).or_default() += 1;
        }
    }
    let days: Vec<_> = days.into_iter().map(|(date, people)| DayOfContact { date, people }).collect();
    ContactDays { from, to: today.0, contacts: days.iter().map(|day| day.people).sum(), days }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{day, log, person};
    use crate::report::support::{today, vault};

    #[test]
    fn a_year_begins_on_a_monday_and_ends_today() {
        let days = ["2025-11-16", "2025-11-17", "2026-11-20", "2026-11-21"];
        let logged = |path| days.into_iter().fold(person(path), |note, date| note.entry(log(date))).build();
        let found = contact_days(&vault([logged("A.md"), logged("B.md")]), today());
        assert_eq!((found.from, found.to, found.contacts), (day("2025-11-17"), today().0, 4));
        let both = |date| DayOfContact { date: day(date), people: 2 };
        assert_eq!(found.days, [both("2025-11-17"), both("2026-11-20")]);
    }
}
