//! The plan of the year: whom to meet how often, in what form, about what; what was kept; the load per week.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;

/// Options of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanOptions {
    /// How many people the list of those who matter most has.
    pub top: usize,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// `vault-scan/plan/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
}

impl Plan {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// The report of `today`.
pub fn plan(index: &Index, index_options: &IndexOptions, options: &PlanOptions, today: Today) -> Plan {
    let _ = (index, index_options, options);
    Plan { schema: "vault-scan/plan/1", today: today.0 }
}
