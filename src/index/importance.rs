//! Who matters: how pressing a contact is on a day, and, apart from any day's lateness, who matters most, with what that
//! rests on.

use std::cmp::{Ordering, Reverse};

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::ledger::Fact;
use super::record::{Index, PersonId, PersonRecord};
use super::standing::Standing;
use super::tie::{Strength, TieStanding, tie_standing};

/// Weight of someone without a role that says otherwise, in hundredths.
const ORDINARY: u32 = 100;

/// How pressing a contact is: days overdue ÷ days of the cadence × weight, in whole numbers, so that no rounding decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pressure {
    /// Days overdue.
    pub late_days: u32,
    /// About how many days the cadence has; 1 where none is known.
    pub cadence_days: u32,
    /// Weight in hundredths.
    pub weight: u32,
}

impl Pressure {
    /// Of someone who stands so.
    pub fn of(record: &PersonRecord, standing: &Standing) -> Pressure {
        Pressure {
            late_days: u32::try_from(standing.late_days).unwrap_or(0),
            cadence_days: record.cadence.period.map_or(1, |period| period.days().max(1)),
            weight: record.weight,
        }
    }

    /// The rank in hundredths, rounded down: for reading, not for ordering.
    pub fn hundredths(self) -> u64 {
        u64::from(self.late_days) * u64::from(self.weight) / u64::from(self.cadence_days)
    }

    /// Compares two, the less pressing one first.
    pub fn compare(self, other: Pressure) -> Ordering {
        let over = |one: Pressure| u128::from(one.late_days) * u128::from(one.weight);
        (over(self) * u128::from(other.cadence_days)).cmp(&(over(other) * u128::from(self.cadence_days)))
    }
}

/// Someone who matters, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Importance<'i> {
    /// Who.
    pub person: PersonId,
    /// Weight in hundredths.
    pub weight: u32,
    /// How the tie stands.
    pub tie: TieStanding,
    /// What they gave the owner, oldest first.
    pub got: Vec<&'i Fact>,
    /// Where they worked together, oldest first.
    pub cooperated: Vec<&'i Fact>,
}

/// Those who matter, most first: by weight, by how far the tie has come, by what they gave, by days of contact in the past
/// year, by name. Someone of whom none of these says anything is not among them, nor who died, was let go or archived.
pub fn by_importance(index: &Index, today: Today) -> Vec<Importance<'_>> {
    let people = (0..).map(PersonId).zip(&index.people).filter(|(_, record)| record.silence().is_none());
    let mut found: Vec<(Importance<'_>, &PersonRecord)> = people
        .map(|(person, record)| (importance(index, person, record, today), record))
        .filter(|(importance, _)| importance.says_something())
        .collect();
    found.sort_by(|(a, a_record), (b, b_record)| {
        let of = |one: &Importance<'_>| {
            Reverse((one.weight, one.tie.state, one.got.len(), one.cooperated.len(), one.tie.in_year))
        };
        of(a).cmp(&of(b)).then_with(|| by_name(a_record, b_record))
    });
    found.into_iter().map(|(importance, _)| importance).collect()
}

/// Orders two people by name as the language collates it; of namesakes the note's path decides.
pub fn by_name(a: &PersonRecord, b: &PersonRecord) -> Ordering {
    a.sort_key.cmp(&b.sort_key).then_with(|| a.path.cmp(&b.path))
}

fn importance<'i>(index: &'i Index, person: PersonId, record: &PersonRecord, today: Today) -> Importance<'i> {
    let past = |kind| index.ledger.of(person).filter(move |fact| fact.kind == kind && fact.date <= today.0).collect();
    Importance {
        person,
        weight: record.weight,
        tie: tie_standing(index, person, today),
        got: past(MoveKind::Got),
        cooperated: past(MoveKind::Cooperated),
    }
}

impl Importance<'_> {
    fn says_something(&self) -> bool {
        self.weight > ORDINARY
            || !self.got.is_empty()
            || !self.cooperated.is_empty()
            || self.tie.strength == Some(Strength::Strong)
    }
}
