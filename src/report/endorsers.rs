//! Endorsers: the three tests of each candidate, what they know one by, endorsements that end.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endorsers {
    /// `vault-scan/endorsers/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
}

impl Endorsers {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// The report of `today`.
pub fn endorsers(index: &Index, index_options: &IndexOptions, today: Today) -> Endorsers {
    let _ = (index, index_options);
    Endorsers { schema: "vault-scan/endorsers/1", today: today.0 }
}
