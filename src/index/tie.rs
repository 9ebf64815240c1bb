//! How a tie stands: who is known, who is a friend, with whom one works together. Knowing someone is no network; the test
//! is whether cooperation happens, so the state is read from the ledger and never typed by hand.

use chrono::{Days, NaiveDate};

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::record::{Index, PersonId};

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

/// How the tie to `person` stands on `today`.
pub fn tie_standing(index: &Index, person: PersonId, today: Today) -> TieStanding {
    let contacts = index.person(person).map(|record| record.contacts.as_slice()).unwrap_or_default();
    let past = contacts.get(..contacts.partition_point(|contact| contact.date <= today.0)).unwrap_or_default();
    let from = today.0.checked_sub_days(Days::new(YEAR)).unwrap_or(NaiveDate::MIN);
    let in_year = past.len() - past.partition_point(|contact| contact.date <= from);
    let cooperated = index.ledger.of(person).find(|fact| fact.kind == MoveKind::Cooperated && fact.date <= today.0);
    let (state, since) = match (cooperated, past.get(1)) {
        (Some(fact), _) => (TieState::Network, Some(fact.date)),
        (None, Some(second)) => (TieState::Friend, Some(second.date)),
        (None, None) => (TieState::Acquaintance, None),
    };
    let strength = match in_year {
        _ if past.is_empty() => None,
        days if days >= STRONG => Some(Strength::Strong),
        _ => Some(Strength::Weak),
    };
    TieStanding { state, since, strength, in_year }
}
