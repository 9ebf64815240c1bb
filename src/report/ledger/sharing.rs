//! The owner's habit of sharing: month by month for a year, and the next time.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::index::record::Index;
use crate::index::sharing::{shared, sharing as habit_of};
use crate::model::today::Today;
use crate::report::facts::deed;
use crate::report::reason::Deed;

/// How many months are looked back at, this one included.
const MONTHS: u32 = 12;

/// A month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    /// How often something was shared in it.
    pub times: usize,
}

/// The habit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sharing {
    /// ISO 8601 period; `null` where the owner's note names no rhythm.
    pub cadence: Option<String>,
    /// The last time.
    pub last: Option<Deed>,
    /// The day the next is due; `null` without a rhythm.
    pub due: Option<NaiveDate>,
    /// The months since the first sharing, a year at most, the oldest first.
    pub months: Vec<Month>,
}

/// The habit; `None` where nothing was shared and none is meant to be.
pub(super) fn sharing(index: &Index, today: Today) -> Option<Sharing> {
    let habit = habit_of(index, today);
    let first = shared(index, today).next().map(|fact| fact.date);
    if habit.is_none() && first.is_none() {
        return None;
    }
    let start = today.0.with_day(1)?;
    let months = (0..MONTHS).rev().filter_map(|back| start.checked_sub_months(Months::new(back)));
    let mut months: Vec<Month> = months
        .filter(|month| first.is_some_and(|first| first < *month + Months::new(1)))
        .map(|month| Month { month, times: 0 })
        .collect();
    for fact in shared(index, today) {
        if let Some(month) = months.iter_mut().find(|month| Some(month.month) == fact.date.with_day(1)) {
            month.times += 1;
        }
    }
    Some(Sharing {
        cadence: habit.map(|habit| habit.cadence.to_string()),
        last: shared(index, today).next_back().map(|fact| deed(index, fact)),
        due: habit.map(|habit| habit.due),
        months,
    })
}
