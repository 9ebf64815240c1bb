//! Endorsers: the three tests of each candidate, the balance with them, whether there are two, and endorsements that end.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::endorsers::{Candidate, candidates};
use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::suggested::Suggested;
use crate::model::today::Today;

use super::facts::reference;
use super::reason::PersonRef;

mod candidate;
mod interviews;
mod lasting;
#[cfg(test)]
mod tests;

pub use candidate::{Balance, CandidateLine, Offer};
pub use interviews::InterviewLine;
pub use lasting::EndorsementLine;

/// How many who pass all tests there are to be.
const TWO: usize = 2;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endorsers {
    /// `vault-scan/endorsers/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// How many pass all three tests.
    pub passing: usize,
    /// Whether another candidate is to be thought of, as fewer than two pass.
    pub needs_plan_b: bool,
    /// Who lacks least of those who do not pass yet.
    pub nearest: Option<PersonRef>,
    /// The candidates: who passes first, then by how little they lack.
    pub candidates: Vec<CandidateLine>,
    /// Interviews after which nobody got in touch again.
    pub interviews: Vec<InterviewLine>,
    /// Endorsements: those that may still be used by their end, then the others, newest first.
    pub endorsements: Vec<EndorsementLine>,
}

impl Endorsers {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty() && self.interviews.is_empty() && self.endorsements.is_empty()
    }
}

/// The report of `today`.
pub fn endorsers(index: &Index, index_options: &IndexOptions, today: Today) -> Endorsers {
    endorsers_of(&Suggested::new(index, index_options, today))
}

/// The same of what other reports read too.
pub fn endorsers_of(suggested: &Suggested<'_>) -> Endorsers {
    let Suggested { index, options: index_options, today, .. } = *suggested;
    let mut found = candidates(index, today);
    found.sort_by(|a, b| {
        let place = |found: &Candidate<'_>| (!found.passes(), lacks(found));
        place(a).cmp(&place(b)).then_with(|| a.record.sort_key.cmp(&b.record.sort_key)).then(a.person.cmp(&b.person))
    });
    let passing = found.iter().filter(|found| found.passes()).count();
    let needs_plan_b = passing < TWO && !found.is_empty();
    let nearest = found.iter().find(|found| needs_plan_b && !found.passes());
    // What everybody offers is read only where somebody may need it.
    let matches = (!found.is_empty()).then(|| suggested.matches());
    Endorsers {
        schema: "vault-scan/endorsers/1",
        today: today.0,
        passing,
        needs_plan_b,
        nearest: nearest.map(|found| reference(found.record)),
        candidates: found.iter().map(|found| candidate::line(index, matches, found, today)).collect(),
        interviews: interviews::missed(index, today),
        endorsements: lasting::lines(index, index_options, today),
    }
}

fn lacks(found: &Candidate<'_>) -> usize {
    found.say_gaps.len() + found.knows_gaps.len() + found.willing_gaps.len()
}
