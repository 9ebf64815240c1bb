//! Information someone gave, and how near to its source.

use serde::Serialize;

use crate::index::information::{is_information, nearness};
use crate::index::record::{Index, PersonId};
use crate::model::today::Today;
use crate::report::told::Told;

/// One piece of information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Informed {
    /// `source`, `relayed` or `unsaid`.
    pub nearness: &'static str,
    /// Day and words.
    #[serde(flatten)]
    pub told: Told,
}

/// What `person` told up to `today`, newest first.
pub(super) fn lines(index: &Index, person: PersonId, today: Today) -> Vec<Informed> {
    let told = index.ledger.of(person).rev().filter(|fact| is_information(fact) && fact.date <= today.0);
    told.map(|fact| Informed { nearness: nearness(index, fact).as_str(), told: Told::of(fact) }).collect()
}
