//! The plan of the year: whom to meet how often, in what form, about what; what was kept; how full the weeks ahead are; and
//! who matters most.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::holidays::Holidays;
use crate::model::today::Today;

use super::facts::subjects;
use super::reason::PersonRef;

mod keeping;
mod load;
mod table;
#[cfg(test)]
mod tests;
mod top;

pub use keeping::{Keeping, KeptWith};
pub use load::{Load, Week};
pub use table::{Meeting, MeetingDay, Row};
pub use top::TopPerson;

/// Options of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOptions {
    /// How many people the list of those who matter most has.
    pub top: usize,
}

/// How much there is room for: what the agenda goes by too.
#[derive(Clone, Copy, Debug)]
pub struct Room<'h> {
    /// How many contacts a day asks for.
    pub max_per_day: usize,
    /// The statutory days off and make-up working days that are known.
    pub holidays: &'h Holidays,
}

/// Someone with cells of the table that are still empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// `post`, `work`, `form`, `length`, `topic`.
    pub missing: Vec<&'static str>,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// `vault-scan/plan/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The year, by the calendar year in which it began.
    pub year: i32,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The table, who weighs most first.
    pub people: Vec<Row>,
    /// Who has gaps in it, the most pressing first.
    pub fill_first: Vec<Gaps>,
    /// What was planned and kept.
    pub keeping: Keeping,
    /// The weeks ahead.
    pub load: Load,
    /// Who matters most.
    pub top: Vec<TopPerson>,
    /// How many people the vault has a note about.
    pub known: usize,
}

impl Plan {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.top.is_empty() && self.load.is_empty()
    }
}

/// The report of `today`, about the year it lies in.
pub fn plan(index: &Index, index_options: &IndexOptions, options: &PlanOptions, room: Room<'_>, today: Today) -> Plan {
    let year = index_options.year_starts.year_of(today.0);
    let (from, to) = index_options.year_starts.days_of(year);
    let subjects = subjects(index, index_options, today);
    let planned = table::planned(&subjects);
    Plan {
        schema: "vault-scan/plan/1",
        today: today.0,
        year,
        from,
        to,
        people: planned.iter().map(|subject| table::row(subject, index_options)).collect(),
        fill_first: table::gaps(&planned, index_options),
        keeping: keeping::keeping(index, &planned, index_options, today),
        load: load::load(&subjects, room, to, today),
        top: top::top(index, options.top, today),
        known: index.people.len(),
    }
}
