//! How a tie stands: who is known, who is a friend, with whom one works together. Knowing someone is no network; the test
//! is whether cooperation happens, so the state is read from the ledger and never typed by hand.

use chrono::{Datelike, Days, NaiveDate};

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
    /// In contact, in fewer than six months of the past year.
    Weak,
    /// In contact in six different months of the past year or more: as good as every second month. Many days of one
    /// busy week, a project or a fair, make no strong tie.
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

/// Different months with contact in a year from which a tie is strong.
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
    /// Different calendar months with contact in those 365 days; the first and the last may be the same month of two years.
    pub months_in_year: usize,
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
    let recent = past.get(past.partition_point(|contact| contact.date <= year_before(today))..).unwrap_or_default();
    let month = |contact: &Contact| (contact.date.year(), contact.date.month());
    let months_in_year = recent.chunk_by(|one, next| month(one) == month(next)).count();
    let strength = match months_in_year {
        _ if past.is_empty() => None,
        months if months >= STRONG => Some(Strength::Strong),
        _ => Some(Strength::Weak),
    };
    let last = tie_steps(index, person, today).pop();
    let state = last.map_or(TieState::Acquaintance, |step| step.state);
    let since = last.filter(|step| step.state > TieState::Acquaintance).map(|step| step.date);
    TieStanding { state, since, strength, in_year: recent.len(), months_in_year }
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
            let expected = TieStanding { state, since: since.map(day), strength, in_year, months_in_year: in_year };
            assert_eq!(found, expected, "{on}");
        }
    }

    #[test]
    fn work_at_the_first_meeting_leaves_no_step_below_it() {
        let note = person("A.md").entry(log("2026-03-01").moved(MoveKind::Cooperated)).entry(log("2026-04-01")).build();
        let index = indexed([note]);
        let steps = tie_steps(&index, PersonId(0), Today(day("2026-11-20")));
        assert_eq!(steps.iter().map(|step| step.state).collect::<Vec<_>>(), [TieState::Network]);
    }

    /// Contacts, months with contact in the year before 2026-11-20, strength.
    const MONTHS: [(&[&str], usize, Strength); 5] = [
        (&["2025-11-21", "2026-01-31", "2026-02-01", "2026-03-05", "2026-04-01", "2026-05-01"], 6, Strength::Strong),
        (&["2025-11-20", "2026-01-31", "2026-02-01", "2026-03-05", "2026-04-01", "2026-05-01"], 5, Strength::Weak),
        (&["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-11-21"], 5, Strength::Weak),
        (&["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-11-20"], 6, Strength::Strong),
        (&["2025-11-25", "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-11-02"], 6, Strength::Strong),
    ];

    #[test]
    fn contact_in_six_months_of_the_past_year_makes_a_tie_strong_and_the_same_day_last_year_is_no_longer_in_it() {
        for (days, months, strength) in MONTHS {
            let note = days.iter().fold(person("A.md"), |note, date| note.entry(log(date))).build();
            let standing = tie_standing(&indexed([note]), PersonId(0), Today(day("2026-11-20")));
            assert_eq!((standing.months_in_year, standing.strength), (months, Some(strength)), "{days:?}");
        }
    }

    #[test]
    fn many_days_in_a_few_months_leave_a_tie_weak() {
        let days = ["2026-06-01", "2026-06-02", "2026-06-03", "2026-07-01", "2026-07-02", "2026-07-03", "2026-07-04"];
        let note = days.into_iter().fold(person("A.md"), |note, date| note.entry(log(date))).build();
        let standing = tie_standing(&indexed([note]), PersonId(0), Today(day("2026-11-20")));
        assert_eq!((standing.in_year, standing.months_in_year, standing.strength), (7, 2, Some(Strength::Weak)));
    }
}
