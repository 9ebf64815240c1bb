//! Weak ties that are worth a call. People seen seldom live among other people and hear other news, so they often bring
//! the most; the list has those who did bring something, or write of what they could.

use std::cmp::Reverse;

use serde::Serialize;

use crate::index::record::Index;
use crate::index::standing::State;
use crate::index::tie::Strength;
use crate::model::moves::MoveKind;
use crate::model::today::Today;
use crate::report::facts::told_fact;
use crate::report::reason::{LastContact, Source};

use super::member::Member;

/// Someone called within so many days needs no call now: as often is a strong tie called.
const RECENTLY: i64 = 60;

/// Something someone could give, by their note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub source: Source,
}

/// A favour, with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Favour {
    /// The leaf of its tag: `opportunity`, `info/source`; `null` for `#got` alone.
    pub favour: Option<String>,
    /// The line.
    pub line: LastContact,
}

/// Someone seen seldom who gave or could give something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeakTie {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// Days of contact in the past 365 days.
    pub days_in_year: usize,
    /// The last contact; `null` without any.
    pub last: Option<LastContact>,
    /// What they gave so far, newest first.
    pub gave: Vec<Favour>,
    /// What they could give.
    pub could_give: Vec<Offer>,
    /// Whether this is a time to call: not recently in contact, nothing arranged, not put off or paused.
    pub worth_a_call: bool,
}

/// The weak ties that gave or could give something: those who gave first, then the longest silent.
pub(super) fn weak_ties(index: &Index, members: &[Member<'_>], today: Today) -> Vec<WeakTie> {
    let seldom = members.iter().filter(|member| member.tie.strength != Some(Strength::Strong));
    let mut ties: Vec<(bool, _, WeakTie)> = seldom
        .filter_map(|member| {
            let tie = weak_tie(index, member, today);
            let is_told = !tie.gave.is_empty() || !tie.could_give.is_empty();
            is_told.then_some((tie.gave.is_empty(), member.last_contact, tie))
        })
        .collect();
    // Nobody was silent longer than who was never contacted, but a first call is harder than one more.
    ties.sort_by(|a, b| {
        let order = |tie: &(bool, Option<chrono::NaiveDate>, WeakTie)| (tie.0, tie.1.is_none(), tie.1);
        order(a).cmp(&order(b)).then_with(|| a.2.path.cmp(&b.2.path))
    });
    ties.into_iter().map(|(_, _, tie)| tie).collect()
}

fn weak_tie(index: &Index, member: &Member<'_>, today: Today) -> WeakTie {
    let mut gave: Vec<_> =
        index.ledger.of(member.id).filter(|fact| fact.kind == MoveKind::Got && fact.date <= today.0).collect();
    gave.sort_by_key(|fact| (Reverse(fact.date), fact.line));
    let offer = |text: &str, line| Offer { text: text.to_owned(), source: Source { path: member.path(), line } };
    let is_free = !matches!(member.state, State::Planned | State::Snoozed | State::Paused);
    WeakTie {
        person: member.name(),
        path: member.path(),
        days_in_year: member.tie.in_year,
        last: member.last(today),
        gave: gave
            .into_iter()
            .map(|fact| Favour { favour: fact.detail.as_deref().map(str::to_owned), line: told_fact(fact, today) })
            .collect(),
        could_give: member.record.person.offers.iter().map(|given| offer(&given.value, given.line)).collect(),
        worth_a_call: is_free && member.last_contact.is_none_or(|date| today.days_since(date) > RECENTLY),
    }
}
