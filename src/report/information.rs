//! Information: how near to its source, what several tell of one topic, points and questions left open.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Information {
    /// `vault-scan/information/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
}

impl Information {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        true
    }
}

/// The report of `today`.
pub fn information(index: &Index, index_options: &IndexOptions, today: Today) -> Information {
    let _ = (index, index_options);
    Information { schema: "vault-scan/information/1", today: today.0 }
}
