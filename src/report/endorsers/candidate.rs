//! One candidate: the tests, what passed both ways, what the owner has that they need.

use serde::Serialize;

use crate::index::endorsers::Candidate;
use crate::index::interviews::interview;
use crate::index::ledger::Fact;
use crate::index::matching::Matches;
use crate::index::record::Index;
use crate::model::moves::MoveKind;
use crate::model::today::Today;
use crate::report::reason::Source;
use crate::report::told::Told;
use crate::report::vouching::Tests;

use super::interviews::InterviewLine;

/// How much passed both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// How often the owner gave them something.
    pub gave: usize,
    /// How often they gave the owner something.
    pub got: usize,
    /// What the owner gave last.
    pub last_gave: Option<Told>,
}

/// What the owner has for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// What it is.
    pub offer: String,
    /// Where it stands.
    pub source: Source,
    /// The need it meets; `null` for what their note says is for them.
    pub need: Option<String>,
    /// Where that need stands.
    pub need_source: Option<Source>,
}

/// One candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CandidateLine {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// The three tests.
    pub tests: Tests,
    /// What passed both ways.
    pub balance: Balance,
    /// What the owner has that they need.
    pub offers: Vec<Offer>,
    /// The interview at which they were met.
    pub interview: Option<InterviewLine>,
}

pub(super) fn line(index: &Index, matches: Option<&Matches<'_>>, found: &Candidate<'_>, today: Today) -> CandidateLine {
    let record = found.record;
    CandidateLine {
        person: record.person.name.to_string(),
        path: record.path.as_str().to_owned(),
        tests: Tests::of(found),
        balance: balance(index, found, today),
        offers: offers(matches, found),
        interview: interview(index, record, today).map(|met| InterviewLine::new(record, met)),
    }
}

fn balance(index: &Index, found: &Candidate<'_>, today: Today) -> Balance {
    let past = || index.ledger.of(found.person).filter(|fact| fact.date <= today.0);
    let of = |kind| past().filter(move |fact: &&Fact| fact.kind == kind);
    Balance {
        gave: of(MoveKind::Gave).count(),
        got: of(MoveKind::Got).count(),
        last_gave: of(MoveKind::Gave).next_back().map(Told::of),
    }
}

/// What fits a need comes first; what their note says is for them follows, unless it was named already.
fn offers(matches: Option<&Matches<'_>>, found: &Candidate<'_>) -> Vec<Offer> {
    let source = |path: &str, line| Source { path: path.to_owned(), line };
    let fitting = matches.map(|matches| matches.of_owner_for(found.person)).unwrap_or_default();
    let mut offers: Vec<Offer> = fitting
        .iter()
        .map(|fit| Offer {
            offer: fit.offered.text.to_owned(),
            source: source(fit.offered.path.as_str(), fit.offered.line),
            need: Some(fit.asked.text.to_owned()),
            need_source: Some(source(fit.asked.path.as_str(), fit.asked.line)),
        })
        .collect();
    for own in &found.record.person.my_offer {
        if offers.iter().all(|offer| *offer.offer != *own.value) {
            let source = source(found.record.path.as_str(), own.line);
            offers.push(Offer { offer: own.value.to_string(), source, need: None, need_source: None });
        }
    }
    offers
}
