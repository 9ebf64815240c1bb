//! How ties stand: how many people are known, are friends, work together with the owner; and who came further this year.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::Index;
use crate::index::tie::{Strength, TieState};
use crate::model::today::Today;
use crate::report::facts::tie_steps;
use crate::report::reason::TieStep;

use super::member::Member;

/// How many people stand how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TieCounts {
    /// All who are counted: not those who are archived, let go or no longer alive.
    pub people: usize,
    /// Met once, or not yet.
    pub acquaintance: usize,
    /// In contact, without working together.
    pub friend: usize,
    /// Worked together.
    pub network: usize,
    /// In contact every second month or more often.
    pub strong: usize,
    /// In contact less often.
    pub weak: usize,
    /// Without any contact so far.
    pub untouched: usize,
}

/// Someone whose tie came further this year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TieChange {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// Where the tie stands now.
    pub state: &'static str,
    /// This year's steps with their lines, oldest first.
    pub came_by: Vec<TieStep>,
}

/// The counts.
pub(super) fn counts(members: &[Member<'_>]) -> TieCounts {
    let mut counts = TieCounts { people: members.len(), ..TieCounts::default() };
    for member in members {
        match member.tie.state {
            TieState::Acquaintance => counts.acquaintance += 1,
            TieState::Friend => counts.friend += 1,
            TieState::Network => counts.network += 1,
        }
        match member.tie.strength {
            Some(Strength::Strong) => counts.strong += 1,
            Some(Strength::Weak) => counts.weak += 1,
            None => counts.untouched += 1,
        }
    }
    counts
}

/// Whose tie came further from `from` on: those who work together with the owner first, then the newest.
pub(super) fn changes(index: &Index, members: &[Member<'_>], from: NaiveDate, today: Today) -> Vec<TieChange> {
    let mut changes: Vec<(Reverse<TieState>, Reverse<NaiveDate>, TieChange)> = Vec::new();
    for member in members {
        let mut steps = tie_steps(index, member.id, today);
        steps.retain(|step| step.line.date >= from);
        if let Some(last) = steps.last() {
            let change =
                TieChange { person: member.name(), path: member.path(), state: last.state, came_by: steps.clone() };
            changes.push((Reverse(member.tie.state), Reverse(last.line.date), change));
        }
    }
    changes.sort_by(|a, b| (a.0, a.1, &a.2.path).cmp(&(b.0, b.1, &b.2.path)));
    changes.into_iter().map(|(_, _, change)| change).collect()
}
