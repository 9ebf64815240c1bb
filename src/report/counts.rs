//! Things counted: moves by their kind, planned contacts by what became of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::keeping::Tally;
use crate::index::ledger::Fact;

/// How many of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedKind {
    /// The leaf of the tag: `intro`, `info`; `null` for the bare tag.
    pub kind: Option<String>,
    /// How many.
    pub count: usize,
}

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

impl From<Tally> for Kept {
    fn from(tally: Tally) -> Self {
        Kept { planned: tally.planned, kept: tally.kept, per_cent: tally.per_cent(), excused: tally.excused }
    }
}

/// Facts by the first leaf of their tag, most first, then by its name.
pub(super) fn by_kind<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Vec<CountedKind> {
    let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for fact in facts {
        *counts.entry(leaf(fact)).or_default() += 1;
    }
    let counted = counts.into_iter().map(|(kind, count)| CountedKind { kind: kind.map(str::to_owned), count });
    let mut kinds: Vec<CountedKind> = counted.collect();
    kinds.sort_by_key(|kind| Reverse(kind.count));
    kinds
}

/// The first leaf of a fact's tag: `info` of `got/info/source`.
pub(super) fn leaf(fact: &Fact) -> Option<&str> {
    fact.detail.as_deref().map(|detail| detail.split('/').next().unwrap_or(detail))
}
