//! Who helped this year, so that it is remembered.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::thanks::{Debt, DebtState};
use crate::model::today::Today;
use crate::report::facts::deed;
use crate::report::reason::Deed;

use super::Account;

/// Someone who helped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Helper {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// What they did, the latest first.
    pub deeds: Vec<Deed>,
    /// How many of these have not been thanked for.
    pub not_thanked: usize,
}

/// All who helped in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Helpers {
    /// The first day of the year.
    pub from: NaiveDate,
    /// They, who helped most often first.
    pub people: Vec<Helper>,
}

/// Who helped in the year `today` belongs to, up to that day.
pub(super) fn helpers(index: &Index, options: &IndexOptions, accounts: &[Account<'_>], today: Today) -> Helpers {
    let (from, _) = options.year_starts.days_of(options.year_starts.year_of(today.0));
    let mut people: Vec<Helper> = Vec::new();
    for Account { subject: person, debts } in accounts {
        let this_year: Vec<&Debt<'_>> = debts.iter().filter(|debt| debt.favour.date >= from).collect();
        if !this_year.is_empty() {
            people.push(Helper {
                person: person.name(),
                path: person.path(),
                deeds: this_year.iter().rev().map(|debt| deed(index, debt.favour)).collect(),
                not_thanked: this_year.iter().filter(|debt| !matches!(debt.state, DebtState::Thanked(_))).count(),
            });
        }
    }
    people.sort_by_key(|helper| Reverse(helper.deeds.len()));
    Helpers { from, people }
}
