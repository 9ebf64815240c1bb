//! Give and take with one person: how often, of which kinds, and the last of each side.

use std::collections::BTreeMap;

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::ledger::Fact;
use super::record::{Index, PersonId};

/// What went one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow<'i> {
    /// How often by kind; those without one under `other`.
    pub kinds: BTreeMap<&'i str, usize>,
    /// The last time.
    pub last: Option<&'i Fact>,
}

impl<'i> Flow<'i> {
    /// How often in all.
    pub fn times(&self) -> usize {
        self.kinds.values().sum()
    }

    fn add(&mut self, fact: &'i Fact) {
        let leaf = fact.detail.as_deref().unwrap_or("other");
        let kind = leaf.split_once('/').map_or(leaf, |(kind, _)| kind);
        *self.kinds.entry(kind).or_default() += 1;
        self.last = Some(fact);
    }
}

/// Give and take with someone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance<'i> {
    /// What the owner gave.
    pub gave: Flow<'i>,
    /// What the owner got.
    pub got: Flow<'i>,
}

/// Give and take with `person` up to `today`.
pub fn balance(index: &Index, person: PersonId, today: Today) -> Balance<'_> {
    let mut balance = Balance::default();
    for fact in index.ledger.of(person).filter(|fact| fact.date <= today.0) {
        match fact.kind {
            MoveKind::Gave => balance.gave.add(fact),
            MoveKind::Got => balance.got.add(fact),
            _ => {}
        }
    }
    balance
}
