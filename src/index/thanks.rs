//! Thanks that are owed. Every favour opens a debt of thanks, and the next line that says thanks to the same person, on
//! the same day or later, closes all that are open.

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::ledger::Fact;
use super::record::{Index, PersonId};

/// What `person` gave up to `today` and was not thanked for since, oldest first.
pub fn owed(index: &Index, person: PersonId, today: Today) -> Vec<&Fact> {
    let mut open: Vec<&Fact> = Vec::new();
    let past = || index.ledger.of(person).filter(|fact| fact.date <= today.0);
    let last_thanks = past().filter(|fact| fact.kind == MoveKind::Thanked).map(|fact| fact.date).max();
    open.extend(past().filter(|fact| fact.kind == MoveKind::Got && last_thanks.is_none_or(|day| fact.date > day)));
    open
}

/// Whether a favour is so large that thanks are best said over a meal: an endorsement, an opportunity, an introduction.
pub fn is_large(favour: &Fact) -> bool {
    ["endorsement", "opportunity", "intro"].into_iter().any(|leaf| favour.is(MoveKind::Got, leaf))
}
