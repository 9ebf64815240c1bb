//! How a tie stands: who is known, who is a friend, with whom one works together. Knowing someone is no network; the test
//! is whether cooperation happens, so the state is read from the ledger and never typed by hand.

use chrono::{Days, NaiveDate};

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::ledger::Fact;
use super::record::{Contact, Index, PersonId};

/// How far a tie has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieState {
    /// Met once, or not yet.
    Acquaintance,
    /// In contact on more than one day, without working together.
    Friend,
    /// Worked together at least once.
    Network,
}

impl TieState {
    /// Its word in JSON and of the vocabulary's labels.
    pub fn as_str(self) -> &'static str {
        match self {
            TieState::Acquaintance => "acquaintance",
            TieState::Friend => "friend",
            TieState::Network => "network",
        }
    }
}

/// How strong a tie is, by the rhythm of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// In contact, less often than every second month.
    Weak,
    /// In contact on six days or more of the past year: every second month.
    Strong,
}

impl Strength {
    /// Its word in JSON and of the vocabulary's labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Strength::Weak => "weak",
            Strength::Strong => "strong",
        }
    }
}

/// Days of contact in a year from which a tie is strong.
const STRONG: usize = 6;
/// How far back the rhythm is looked at.
const YEAR: u64 = 365;

/// How the tie to someone stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TieStanding {
    /// How far it has come.
    pub state: TieState,
    /// The day it came there: of the first cooperation, or of the second contact.
    pub since: Option<NaiveDate>,
    /// How strong it is; `None` without any contact.
    pub strength: Option<Strength>,
    /// Days of contact in the past 365 days, today included.
    pub in_year: usize,
}

/// A day on which a tie came one step further, with what brought it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TieStep<'i> {
    /// How far it came.
    pub state: TieState,
    /// The day.
    pub date: NaiveDate,
    /// By what.
    pub by: TieGround<'i>,
}

/// What brings a tie further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieGround<'i> {
    /// A day of contact: the first, or the second.
    Contact(&'i Contact),
    /// Work done together.
    Cooperation(&'i Fact),
}

/// How the tie to `person` came to where it stands on `today`, step by step. Who worked together before a second
/// contact was never a friend only; of two steps on one day the further one is told.
pub fn tie_steps(index: &Index, person: PersonId, today: Today) -> Vec<TieStep<'_>> {
    let past = past_contacts(index, person, today);
    let met = |nth: usize, state| {
        past.get(nth).map(|contact| TieStep { state, date: contact.date, by: TieGround::Contact(contact) })
    };
    let cooperated = index.ledger.of(person).find(|fact| fact.kind == MoveKind::Cooperated && fact.date <= today.0);
    let cooperated =
        cooperated.map(|fact| TieStep { state: TieState::Network, date: fact.date, by: TieGround::Cooperation(fact) });
    let known = [met(0, TieState::Acquaintance), met(1, TieState::Friend)];
    let is_first = |step: &TieStep<'_>| cooperated.is_none_or(|cooperation| step.date < cooperation.date);
    known.into_iter().flatten().filter(is_first).chain(cooperated).collect()
}

/// How the tie to `person` stands on `today`.
pub fn tie_standing(index: &Index, person: PersonId, today: Today) -> TieStanding {
    let past = past_contacts(index, person, today);
    let in_year = past.len() - past.partition_point(|contact| contact.date <= year_before(today));
    let strength = match in_year {
        _ if past.is_empty() => None,
        days if days >= STRONG => Some(Strength::Strong),
        _ => Some(Strength::Weak),
    };
    let last = tie_steps(index, person, today).pop();
    let state = last.map_or(TieState::Acquaintance, |step| step.state);
    let since = last.filter(|step| step.state > TieState::Acquaintance).map(|step| step.date);
    TieStanding { state, since, strength, in_year }
}

/// The last day that is no longer within the year whose contacts make a tie strong.
pub fn year_before(today: Today) -> NaiveDate {
    today.0.checked_sub_days(Days::new(YEAR)).unwrap_or(NaiveDate::MIN)
}

fn past_contacts(index: &Index, person: PersonId, today: Today) -> &[Contact] {
    let contacts = index.person(person).map(|record| record.contacts.as_slice()).unwrap_or_default();
    contacts.get(..contacts.partition_point(|contact| contact.date <= today.0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{day, indexed, log, person};

    /// The day of the table, state, since, days in the year and strength.
    type Row = (&'static str, TieState, Option<&'static str>, usize, Option<Strength>);

    #[test]
    fn a_tie_comes_further_by_the_second_contact_and_by_work_done_together() {
        let note = person("A.md")
            .entry(log("2026-03-01"))
            .entry(log("2026-04-01"))
            .entry(log("2026-05-01").moved(MoveKind::Cooperated))
            .build();
        let index = indexed([note]);
        let rows: [Row; 6] = [
            ("2026-02-28", TieState::Acquaintance, None, 0, None),
            ("2026-03-01", TieState::Acquaintance, None, 1, Some(Strength::Weak)),
            ("2026-03-31", TieState::Acquaintance, None, 1, Some(Strength::Weak)),
            ("2026-04-01", TieState::Friend, Some("2026-04-01"), 2, Some(Strength::Weak)),
            ("2026-05-01", TieState::Network, Some("2026-05-01"), 3, Some(Strength::Weak)),
            ("2027-05-01", TieState::Network, Some("2026-05-01"), 0, Some(Strength::Weak)),
        ];
        for (on, state, since, in_year, strength) in rows {
            let found = tie_standing(&index, PersonId(0), Today(day(on)));
            assert_eq!(found, TieStanding { state, since: since.map(day), strength, in_year }, "{on}");
        }
    }

    #[test]
    fn work_at_the_first_meeting_leaves_no_step_below_it() {
        let note = person("A.md").entry(log("2026-03-01").moved(MoveKind::Cooperated)).entry(log("2026-04-01")).build();
        let index = indexed([note]);
        let steps = tie_steps(&index, PersonId(0), Today(day("2026-11-20")));
        assert_eq!(steps.iter().map(|step| step.state).collect::<Vec<_>>(), [TieState::Network]);
    }

    #[test]
    fn six_days_of_the_past_year_make_a_tie_strong_and_the_same_day_last_year_is_no_longer_in_it() {
        for (first, expected) in [("2025-11-20", Strength::Weak), ("2025-11-21", Strength::Strong)] {
            let days = [first, "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-11-20", "2026-11-21"];
            let note = days.into_iter().fold(person("A.md"), |note, date| note.entry(log(date))).build();
            let standing = tie_standing(&indexed([note]), PersonId(0), Today(day("2026-11-20")));
            assert_eq!(standing.strength, Some(expected), "{first}");
        }
    }
}
