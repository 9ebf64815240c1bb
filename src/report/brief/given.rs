//! What someone did for the owner: it opens the brief, so that it is remembered when it counts.

use serde::Serialize;

use crate::index::record::{Index, PersonId};
use crate::index::thanks::{DebtState, Thanks};
use crate::model::today::Today;
use crate::report::facts::deed;
use crate::report::reason::Deed;

/// How many favours are told.
const SHOWN: usize = 5;

/// What someone did for the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Helped {
    /// The newest favours, newest first; large ones before all others.
    pub shown: Vec<Deed>,
    /// How many more there are.
    pub more: usize,
}

/// The favours up to today, and those that wait for thanks, oldest first.
pub(super) fn helped(index: &Index, id: PersonId, today: Today) -> (Helped, Vec<Deed>) {
    let debts = Thanks::new(index, today).debts(id);
    let owed = debts.iter().filter(|debt| debt.state == DebtState::Owed).map(|debt| deed(index, debt.favour)).collect();
    let mut newest: Vec<_> = debts.iter().rev().collect();
    newest.sort_by_key(|debt| !debt.is_large);
    let mut shown: Vec<_> = newest.iter().take(SHOWN).collect();
    shown.sort_by_key(|debt| std::cmp::Reverse((debt.favour.date, debt.favour.line)));
    let shown: Vec<Deed> = shown.into_iter().map(|debt| deed(index, debt.favour)).collect();
    (Helped { more: debts.len() - shown.len(), shown }, owed)
}
