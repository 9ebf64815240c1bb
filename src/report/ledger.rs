//! The ledger: what was given and got with each person, thanks, sharing and gifts.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// `vault-scan/ledger/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
}

impl Ledger {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// The report of `today`.
pub fn ledger(index: &Index, index_options: &IndexOptions, today: Today) -> Ledger {
    let _ = (index, index_options);
    Ledger { schema: "vault-scan/ledger/1", today: today.0 }
}
