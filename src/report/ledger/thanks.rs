//! Thanks that are owed, and those that were said, with the way they were said.

use std::cmp::Reverse;

use serde::Serialize;

use crate::index::record::Index;
use crate::index::thanks::{Debt, DebtState};
use crate::model::today::Today;
use crate::report::facts::{deed, owed};
use crate::report::reason::{Deed, Owed, Source};

use super::Account;

/// For how many days thanks that were said are listed.
const LISTED: i64 = 90;

/// Someone who is to be thanked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThanksOwed {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// For what, how often, and whom to copy in.
    pub owed: Owed,
    /// Days since the oldest favour.
    pub days: i64,
    /// The open task that says so; `null` without one.
    pub task: Option<ThanksTask>,
}

/// An open task to say thanks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThanksTask {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// A favour and the thanks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SaidThanks {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// The favour.
    pub favour: Deed,
    /// The thanks: when, by which channel, who was copied in.
    pub thanks: Deed,
}

/// Who is to be thanked, the latest favour first. What was left out or put off is not owed now.
pub(super) fn owed_to(index: &Index, accounts: &[Account<'_>], today: Today) -> Vec<ThanksOwed> {
    let mut found: Vec<ThanksOwed> = accounts
        .iter()
        .filter(|account| !account.subject.is_silent())
        .filter_map(|Account { subject: person, debts }| {
            let open: Vec<&Debt<'_>> = debts.iter().filter(|debt| is_open(debt)).collect();
            let task = open.iter().find_map(|debt| match debt.state {
                DebtState::Promised(task) => Some(task),
                _ => None,
            });
            let first = open.first()?.favour.date;
            Some(ThanksOwed {
                person: person.name(),
                path: person.path(),
                owed: owed(index, person.id, &open)?,
                days: today.days_since(first),
                task: task.map(|task| ThanksTask {
                    text: task.text.to_string(),
                    source: Source { path: task.path.as_str().to_owned(), line: task.line },
                }),
            })
        })
        .collect();
    found.sort_by_key(|owed| owed.days);
    found
}

/// What someone was thanked for lately, the latest first.
pub(super) fn said(index: &Index, accounts: &[Account<'_>], today: Today) -> Vec<SaidThanks> {
    let mut found: Vec<SaidThanks> = Vec::new();
    for Account { subject: person, debts } in accounts {
        for debt in debts {
            if let DebtState::Thanked(thanks) = debt.state
                && today.days_since(thanks.date) <= LISTED
            {
                // Below the favour's own line the entry's channel is that of the favour.
                let channel = thanks.channel.filter(|_| thanks.is_own_line()).map(str::to_owned);
                let (favour, thanks) = (deed(index, debt.favour), Deed { channel, ..deed(index, thanks) });
                found.push(SaidThanks { person: person.name(), path: person.path(), favour, thanks });
            }
        }
    }
    found.sort_by_key(|said| Reverse((said.thanks.date, said.favour.date)));
    found
}

fn is_open(debt: &Debt<'_>) -> bool {
    matches!(debt.state, DebtState::Owed | DebtState::Promised(_))
}
