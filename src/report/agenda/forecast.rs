//! How many people come due in each week, so that a heavy one is seen before it comes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use crate::index::meetings::upcoming as coming_meetings;
use crate::index::standing::State;
use crate::report::facts::Subject;

use super::WeekLoad;
use super::contacts::{first_day, upcoming};
use super::day::Day;

/// The weeks that begin within the agenda's reach, this one first. A person counts once a week, whether due or met;
/// what is overdue counts in this week.
pub(super) fn weeks(day: &Day<'_>) -> Vec<WeekLoad> {
    let first = monday(day.today.0);
    let mut people: BTreeMap<NaiveDate, BTreeSet<&str>> = BTreeMap::new();
    let mut week = first;
    while week <= day.last_day() {
        people.insert(week, BTreeSet::new());
        let Some(next) = week.checked_add_days(Days::new(7)) else { break };
        week = next;
    }
    for person in &day.subjects {
        for date in days_of(day, person, week) {
            if let Some(load) = people.get_mut(&monday(date)) {
                load.insert(person.record.path.as_str());
            }
        }
    }
    people.into_iter().map(|(week, people)| WeekLoad { week, people: people.len() }).collect()
}

/// The days before `end` on which someone is due or met.
fn days_of(day: &Day<'_>, person: &Subject<'_>, end: NaiveDate) -> Vec<NaiveDate> {
    let today = day.today.0;
    if person.is_left_alone() {
        return Vec::new();
    }
    let due = match person.standing.state {
        State::Due | State::Late | State::Lost => Some(today),
        State::Never => first_day(person).map(|first| first.max(today)),
        _ => upcoming(person, today),
    };
    let written = person.record.contacts.iter().map(|contact| contact.date).filter(|date| *date > today);
    let planned = person.record.plans.iter().map(|plan| plan.date).filter(|date| *date >= today);
    let days = u32::try_from(day.today.days_until(end)).unwrap_or(0);
    let by_rule = coming_meetings(person.record, day.today, days).into_iter().map(|met| met.date);
    due.into_iter().chain(written).chain(planned).chain(by_rule).filter(|date| *date < end).collect()
}

fn monday(date: NaiveDate) -> NaiveDate {
    let back = Days::new(u64::from(date.weekday().num_days_from_monday()));
    date.checked_sub_days(back).unwrap_or(date)
}
