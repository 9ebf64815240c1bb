//! The ledger: thanks owed and said, what waits to be told, sharing, gifts, who helped this year, and give and take with
//! each person. Sections that have nothing to tell are empty.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::thanks::{Debt, Thanks};
use crate::model::today::Today;

use super::facts::{Subject, subjects};

mod gifts;
mod give_and_take;
mod helpers;
mod sharing;
#[cfg(test)]
mod tests;
mod thanks;
mod waiting;

pub use gifts::{Gift, ReturnGift};
pub use give_and_take::WithPerson;
pub use helpers::{Helper, Helpers};
pub use sharing::{Month, Sharing};
pub use thanks::{SaidThanks, ThanksOwed};
pub use waiting::Waiting;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// `vault-scan/ledger/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Who is to be thanked, the latest favour first.
    pub owed: Vec<ThanksOwed>,
    /// Thanks that were said in the past ninety days, the latest first.
    pub thanked: Vec<SaidThanks>,
    /// What waits to be told to someone, by day.
    pub waiting: Vec<Waiting>,
    /// The owner's habit of sharing; `null` where there is none.
    pub sharing: Option<Sharing>,
    /// Gifts of this year and the last, the latest first.
    pub gifts: Vec<Gift>,
    /// Gifts of that time that were not returned, by the day that is fitting.
    pub to_return: Vec<ReturnGift>,
    /// Who helped this year.
    pub helped: Helpers,
    /// Give and take with each person, by name.
    pub balance: Vec<WithPerson>,
}

/// Someone with all debts of thanks to them.
struct Account<'i> {
    subject: Subject<'i>,
    debts: Vec<Debt<'i>>,
}

impl Ledger {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.balance.is_empty() && self.waiting.is_empty() && self.sharing.is_none()
    }
}

/// The report of `today`.
pub fn ledger(index: &Index, index_options: &IndexOptions, today: Today) -> Ledger {
    let mut everyone = subjects(index, index_options, today);
    everyone.sort_by(|a, b| a.record.sort_key.cmp(&b.record.sort_key).then_with(|| a.record.path.cmp(&b.record.path)));
    let thanks = Thanks::new(index, today);
    let accounts: Vec<Account<'_>> =
        everyone.into_iter().map(|subject| Account { debts: thanks.debts(subject.id), subject }).collect();
    Ledger {
        schema: "vault-scan/ledger/1",
        today: today.0,
        owed: thanks::owed_to(index, &accounts, today),
        thanked: thanks::said(index, &accounts, today),
        waiting: waiting::waiting(index, today),
        sharing: sharing::sharing(index, today),
        gifts: gifts::gifts(index, index_options, today),
        to_return: gifts::to_return(index, index_options, &accounts, today),
        helped: helpers::helpers(index, index_options, &accounts, today),
        balance: give_and_take::people(index, &accounts, today),
    }
}
