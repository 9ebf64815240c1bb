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
    let people = (0..)
        .map(PersonId)
        .zip(index.people.iter().map(|record| &**record))
        .filter(|(_, record)| record.silence().is_none());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{day, log};
    use crate::report::support::{contacted, mentor, tracked, vault};

    #[test]
    fn rank_is_days_over_cadence_by_weight_without_rounding() {
        let of = |late_days, cadence_days, weight| Pressure { late_days, cadence_days, weight };
        assert_eq!(of(7, 14, 150).hundredths(), 75);
        assert_eq!(of(1, 3, 300).compare(of(1, 1, 100)), Ordering::Equal);
        assert_eq!(of(1, 3, 299).compare(of(1, 1, 100)), Ordering::Less);
        assert_eq!(of(0, 1, 300).hundredths(), 0);
    }

    #[test]
    fn weight_comes_first_then_cooperation_then_what_was_given_and_nothing_said_is_nobody() {
        let index = vault([
            tracked("a.md", 30).build(),
            tracked("b.md", 30).entry(log("2026-01-01").moved(MoveKind::Got)).build(),
            tracked("c.md", 30)
                .entry(log("2026-01-01").moved(MoveKind::Got))
                .entry(log("2026-01-02").moved(MoveKind::Got))
                .build(),
            tracked("d.md", 30)
                .entry(log("2026-01-01").moved(MoveKind::Got))
                .entry(log("2026-01-05").moved(MoveKind::Cooperated))
                .build(),
            contacted("e.md", 30, 10).with(mentor).build(),
        ]);
        let order = |on: &str| -> Vec<String> {
            let ranked = by_importance(&index, Today(day(on)));
            ranked.iter().map(|one| index.person(one.person).unwrap().path.as_str().to_owned()).collect()
        };
        assert_eq!(order("2026-11-20"), ["e.md", "d.md", "c.md", "b.md"]);
        assert_eq!(order("2026-01-04").last().map(String::as_str), Some("d.md"), "not yet");
    }
}
