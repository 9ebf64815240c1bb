//! How many people come due in each week, so that a heavy one is seen before it comes. The plan of the year counts the
//! same way.

use crate::index::load::weeks as weeks_due;

use super::WeekLoad;
use super::day::Day;

/// The weeks that begin within the agenda's reach, this one first.
pub(super) fn weeks(day: &Day<'_, '_>) -> Vec<WeekLoad> {
    let people = day.subjects.iter().map(|person| (person.record, &person.standing));
    let due = weeks_due(people, day.today, day.last_day());
    due.into_iter().map(|week| WeekLoad { week: week.monday, people: week.people() }).collect()
}
