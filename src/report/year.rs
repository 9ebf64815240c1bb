//! A year looked back on: contacts, what was given and got, new people, first cooperations, the plan kept.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// `vault-scan/year/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The calendar year in which it began.
    pub year: i32,
}

impl Year {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// The report of `today`.
pub fn year(index: &Index, index_options: &IndexOptions, year: i32, today: Today) -> Year {
    let _ = (index, index_options);
    Year { schema: "vault-scan/year/1", today: today.0, year }
}
