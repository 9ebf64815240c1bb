//! Give and take with someone, as reports tell it.

use std::cmp::Reverse;

use serde::Serialize;

use crate::index::balance::{Flow, balance};
use crate::index::record::{Index, PersonId};
use crate::model::today::Today;

use super::facts::deed;
use super::reason::Deed;

/// How often something of a kind passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The kind: `intro`, `info`; `other` where the tag has none.
    pub kind: String,
    /// How often.
    pub times: usize,
}

/// What went one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OneWay {
    /// How often in all.
    pub times: usize,
    /// By kind, the most frequent first.
    pub kinds: Vec<Tally>,
    /// The last time.
    pub last: Option<Deed>,
}

/// Give and take with someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// What the owner gave.
    pub gave: OneWay,
    /// What the owner got.
    pub got: OneWay,
    /// `both`, `only-gave` or `only-got`, as the owner sees it.
    pub side: &'static str,
}

/// Give and take with someone up to `today`; `None` where nothing passed.
pub(super) fn exchange(index: &Index, id: PersonId, today: Today) -> Option<Exchange> {
    let balance = balance(index, id, today);
    let side = match (balance.gave.last, balance.got.last) {
        (Some(_), Some(_)) => "both",
        (Some(_), None) => "only-gave",
        (None, Some(_)) => "only-got",
        (None, None) => return None,
    };
    Some(Exchange { gave: one_way(index, &balance.gave), got: one_way(index, &balance.got), side })
}

fn one_way(index: &Index, flow: &Flow<'_>) -> OneWay {
    let mut kinds: Vec<Tally> =
        flow.kinds.iter().map(|(kind, times)| Tally { kind: (*kind).to_owned(), times: *times }).collect();
    kinds.sort_by_key(|tally| Reverse(tally.times));
    OneWay { times: flow.times(), kinds, last: flow.last.map(|fact| deed(index, fact)) }
}
