//! The rhythm someone's contacts show by themselves, for people no cadence was chosen for, or who are not tracked: when
//! it breaks, they are drifting away unnoticed.

use chrono::NaiveDate;

use crate::model::today::Today;

use super::record::{CadenceRule, PersonRecord};

/// Fewer contacts show no rhythm.
const CONTACTS_AT_LEAST: usize = 4;
/// Only the latest gaps tell how things are now.
const GAPS_AT_MOST: usize = 8;
/// Silence beyond twice the rhythm is a break only when it is longer by this many days too: a week missed among
/// people seen daily is a holiday.
const SLACK_DAYS: i64 = 14;

/// The rhythm of someone's contacts on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Median of the latest gaps, in days.
    pub median_days: i64,
    /// How many gaps it is taken over.
    pub gaps: usize,
    /// All days of contact so far.
    pub contacts: usize,
    /// The last of them.
    pub last_contact: NaiveDate,
    /// Days of silence since.
    pub silent_days: i64,
}

impl Rhythm {
    /// Whether the silence is out of this rhythm.
    pub fn is_broken(&self) -> bool {
        self.silent_days > 2 * self.median_days && self.silent_days > self.median_days + SLACK_DAYS
    }
}

/// The rhythm of the contacts up to today; `None` with too few of them, or for someone a cadence was chosen for: being
/// late already tells of those. Someone set to be untracked is reminded of nowhere else.
pub fn rhythm(record: &PersonRecord, today: Today) -> Option<Rhythm> {
    if record.cadence.period.is_some() && record.cadence.rule != CadenceRule::Default {
        return None;
    }
    let days: Vec<NaiveDate> =
        record.contacts.iter().map(|contact| contact.date).take_while(|date| *date <= today.0).collect();
    if days.len() < CONTACTS_AT_LEAST {
        return None;
    }
    let last_contact = *days.last()?;
    let gaps = days.iter().zip(days.iter().skip(1)).map(|(from, to)| (*to - *from).num_days());
    let mut gaps: Vec<i64> = gaps.rev().take(GAPS_AT_MOST).collect();
    gaps.sort_unstable();
    let middle = gaps.get(gaps.len() / 2)?;
    let before = gaps.get((gaps.len() - 1) / 2)?;
    Some(Rhythm {
        median_days: (middle + before) / 2,
        gaps: gaps.len(),
        contacts: days.len(),
        last_contact,
        silent_days: today.days_since(last_contact),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{at, day, every, indexed, log, person};
    use crate::model::cadence::{Cadence, Unit};

    fn seen(dates: &[&str], on: &str) -> Option<Rhythm> {
        let note = dates.iter().fold(person("P/A.md"), |note, date| note.entry(log(date)));
        rhythm(&indexed(vec![note.build()]).people[0], Today(day(on)))
    }

    #[test]
    fn the_median_of_the_gaps_is_the_rhythm_and_days_ahead_do_not_count() {
        let dates = ["2026-01-01", "2026-01-11", "2026-01-31", "2026-02-10", "2027-01-01"];
        let found = seen(&dates, "2026-02-20").unwrap();
        assert_eq!((found.median_days, found.gaps, found.contacts, found.silent_days), (10, 3, 4, 10));
        assert_eq!(seen(&dates[..3], "2026-02-20"), None);
        let even = ["2026-01-01", "2026-01-11", "2026-01-31", "2026-02-10", "2026-03-02"];
        assert_eq!(seen(&even, "2026-03-02").unwrap().median_days, 15);
    }

    #[test]
    fn only_the_latest_gaps_tell() {
        let mut dates = vec!["2020-01-01".to_owned(), "2023-01-01".to_owned()];
        dates.extend((1..=9).map(|n| format!("2026-01-{n:02}")));
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let found = seen(&dates, "2026-01-09").unwrap();
        assert_eq!((found.median_days, found.gaps), (1, 8));
    }

    #[test]
    fn silence_breaks_a_rhythm_past_twice_its_length_and_two_weeks_more() {
        let monthly = ["2026-01-01", "2026-01-31", "2026-03-02", "2026-04-01"];
        assert!(!seen(&monthly, "2026-05-31").unwrap().is_broken()); // 60 days
        assert!(seen(&monthly, "2026-06-01").unwrap().is_broken());
        let daily = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];
        assert!(!seen(&daily, "2026-01-19").unwrap().is_broken()); // 15 days
        assert!(seen(&daily, "2026-01-20").unwrap().is_broken());
    }

    #[test]
    fn someone_with_a_chosen_cadence_has_no_rhythm_to_report_and_someone_untracked_has() {
        let dates = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];
        let note = dates.iter().fold(person("P/A.md"), |note, date| note.entry(log(date)));
        let note = note.with(|person| person.cadence = Some(at(every(1, Unit::Month))));
        assert_eq!(rhythm(&indexed(vec![note.build()]).people[0], Today(day("2026-02-01"))), None);
        let note = dates.iter().fold(person("P/A.md"), |note, date| note.entry(log(date)));
        let note = note.with(|person| person.cadence = Some(at(Cadence::Untracked)));
        assert!(rhythm(&indexed(vec![note.build()]).people[0], Today(day("2026-02-01"))).is_some());
    }
}
