//! A fact of the ledger as reports quote it: its day, its words, and where they stand.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::ledger::Fact;
use crate::index::record::{Index, PersonId};

use super::facts::reference;
use super::reason::{PersonRef, Source};

/// One dated line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The day.
    pub date: NaiveDate,
    /// Canonical channel id (`call`), `null` when not said.
    pub channel: Option<String>,
    /// Its kind, as the leaf of the tag: `intro`, `info/source`; `null` for a tag without one.
    pub detail: Option<String>,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub source: Source,
}

impl Told {
    pub(super) fn of(fact: &Fact) -> Self {
        Told {
            date: fact.date,
            channel: fact.channel.map(str::to_owned),
            detail: fact.detail.as_deref().map(str::to_owned),
            text: fact.words().to_owned(),
            source: Source { path: fact.path.as_str().to_owned(), line: fact.line },
        }
    }
}

/// People by number, as reports name them.
pub(super) fn references<'a>(index: &Index, people: impl IntoIterator<Item = &'a PersonId>) -> Vec<PersonRef> {
    people.into_iter().filter_map(|id| index.person(*id)).map(reference).collect()
}
