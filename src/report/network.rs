//! The network: how ties stand, weak ties, coverage, what it yields, whom to introduce to whom.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;

/// Options of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkOptions {
    /// How many people the picture shows.
    pub shown: usize,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Network {
    /// `vault-scan/network/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
}

impl Network {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// The report of `today`.
pub fn network(index: &Index, index_options: &IndexOptions, options: &NetworkOptions, today: Today) -> Network {
    let _ = (index, index_options, options);
    Network { schema: "vault-scan/network/1", today: today.0 }
}
