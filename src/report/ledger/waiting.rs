//! What waits to be told to someone.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::Index;
use crate::index::share_queue::{share_queue, waits};
use crate::model::today::Today;
use crate::report::facts::reference;
use crate::report::reason::{PersonRef, Source};

/// A line kept for someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// The day it was written for.
    pub date: NaiveDate,
    /// The words.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// What waits, the oldest first.
pub(super) fn waiting(index: &Index, today: Today) -> Vec<Waiting> {
    let kept = share_queue(index, today);
    let mut found: Vec<Waiting> = kept
        .iter()
        .filter(|kept| waits(index, kept))
        .filter_map(|kept| {
            let PersonRef { person, path } = reference(index.person(kept.person)?);
            let source = Source { path: kept.item.path.as_str().to_owned(), line: kept.item.line };
            Some(Waiting { person, path, date: kept.item.date, text: kept.item.text.to_string(), source })
        })
        .collect();
    found.sort_by_key(|waiting| waiting.date);
    found
}
