//! What someone is to be thanked for, and what closed the debts that are closed.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::{Index, PersonId};
use crate::index::thanks::{Debt, DebtState, Thanks};
use crate::model::today::Today;
use crate::report::facts::deed;
use crate::report::reason::Deed;

/// A favour and how the thanks for it stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThanksLine {
    /// The favour.
    pub favour: Deed,
    /// `owed`, `promised`, `put-off`, `left-out` or `thanked`.
    pub state: &'static str,
    /// The line that said thanks, where one did.
    pub thanks: Option<Deed>,
    /// The words of the open task that asks for it, where one does.
    pub task: Option<String>,
    /// The last day it is put off for, or the day it was left out.
    pub day: Option<NaiveDate>,
}

/// All favours of someone up to `today`, the latest first.
pub(super) fn thanks(index: &Index, id: PersonId, today: Today) -> Vec<ThanksLine> {
    let debts = Thanks::new(index, today).debts(id);
    debts.iter().rev().map(|debt| line(index, debt)).collect()
}

fn line(index: &Index, debt: &Debt<'_>) -> ThanksLine {
    let open = ThanksLine { favour: deed(index, debt.favour), state: "owed", thanks: None, task: None, day: None };
    match debt.state {
        DebtState::Owed => open,
        DebtState::Promised(task) => ThanksLine { state: "promised", task: Some(task.text.to_string()), ..open },
        DebtState::PutOff(until) => ThanksLine { state: "put-off", day: Some(until), ..open },
        DebtState::LeftOut(day) => ThanksLine { state: "left-out", day: Some(day), ..open },
        DebtState::Thanked(fact) => ThanksLine { state: "thanked", thanks: Some(deed(index, fact)), ..open },
    }
}
