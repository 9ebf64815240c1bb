//! Things counted: moves by their kind, planned contacts by what became of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::keeping::Tally as Planned;
use crate::index::ledger::Fact;

use super::exchange::Tally;

/// Planned contacts counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Those whose time has passed, without those left out on purpose.
    pub planned: usize,
    /// Those with contact in time.
    pub kept: usize,
    /// Kept of planned, in per cent; `null` when none was planned.
    pub per_cent: Option<usize>,
    /// Those skipped, put off or paused.
    pub excused: usize,
}

impl From<Planned> for Kept {
    fn from(tally: Planned) -> Self {
        Kept { planned: tally.planned, kept: tally.kept, per_cent: tally.per_cent(), excused: tally.excused }
    }
}

/// Facts by the first leaf of their tag, most first, then by its name.
pub(super) fn by_kind<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Vec<Tally> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in facts {
        *counts.entry(leaf(fact).unwrap_or("other")).or_default() += 1;
    }
    let counted = counts.into_iter().map(|(kind, times)| Tally { kind: kind.to_owned(), times });
    let mut kinds: Vec<Tally> = counted.collect();
    kinds.sort_by_key(|kind| Reverse(kind.times));
    kinds
}

/// The first leaf of a fact's tag: `info` of `got/info/source`.
pub(super) fn leaf(fact: &Fact) -> Option<&str> {
    fact.detail.as_deref().map(|detail| detail.split('/').next().unwrap_or(detail))
}
