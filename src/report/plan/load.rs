//! How full the weeks to the end of the year are, against how much there is room for.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::index::load::{weeks, working_days};
use crate::model::today::Today;
use crate::report::facts::Subject;

use super::Room;

/// One week ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub week: NaiveDate,
    /// People to get in touch with whom no meeting of the week is with.
    pub contacts: usize,
    /// People to meet.
    pub meetings: usize,
    /// Both.
    pub people: usize,
    /// Its working days; of this week those that are left, today among them.
    pub working_days: usize,
    /// How many there is room for: working days × `max_per_day`.
    pub limit: usize,
}

/// The weeks ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Load {
    /// How many contacts a day asks for at most.
    pub max_per_day: usize,
    /// This week first.
    pub weeks: Vec<Week>,
    /// How many of them ask for more than there is room for.
    pub over: usize,
    /// Years among them whose statutory days are not known, counted from Monday to Friday.
    pub unknown_years: Vec<i32>,
}

impl Load {
    /// Whether nobody comes due.
    pub fn is_empty(&self) -> bool {
        self.weeks.iter().all(|week| week.people == 0)
    }
}

/// Of everybody, through the last day of the year.
pub(super) fn load(subjects: &[Subject<'_>], room: Room<'_>, last: NaiveDate, today: Today) -> Load {
    let people = subjects.iter().map(|subject| (subject.record, &subject.standing));
    let weeks = weeks(people, today, last).into_iter().map(|due| {
        let sunday = due.monday.checked_add_days(Days::new(6)).unwrap_or(due.monday);
        let working_days = working_days(room.holidays, due.monday.max(today.0), sunday);
        Week {
            week: due.monday,
            contacts: due.contacts,
            meetings: due.meetings,
            people: due.people(),
            working_days,
            limit: working_days * room.max_per_day,
        }
    });
    let weeks: Vec<Week> = weeks.collect();
    let years: BTreeSet<i32> = [today.0, last].into_iter().map(|day| day.year()).collect();
    let unknown_years = years.into_iter().filter(|year| !room.holidays.knows(*year)).collect();
    let over = weeks.iter().filter(|week| week.people > week.limit).count();
    Load { max_per_day: room.max_per_day, weeks, over, unknown_years }
}
