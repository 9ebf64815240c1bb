//! Gifts given and received, with their occasion, and those to be returned on the next fitting day.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::gifts::{Occasion, next_occasion, occasion, unreturned};
use crate::index::ledger::Fact;
use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::moves::MoveKind;
use crate::model::today::Today;
use crate::report::facts::{deed, reference};
use crate::report::reason::{Deed, PersonRef};

use super::Account;

/// A gift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gift {
    /// Who gave it, or to whom it was given.
    pub people: Vec<PersonRef>,
    /// `given` or `received`, as the owner sees it.
    pub way: &'static str,
    /// What it was.
    pub deed: Deed,
    /// `birthday`, or the id of the festival near the day; `null` for neither.
    pub occasion: Option<&'static str>,
}

/// A gift that was not returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReturnGift {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// What they gave.
    pub gift: Deed,
    /// The next day that is fitting; `null` where none is known.
    pub date: Option<NaiveDate>,
    /// `birthday`, or the id of the festival; `null` where none is known.
    pub occasion: Option<&'static str>,
}

/// Gifts of this year and the last, the latest first.
pub(super) fn gifts(index: &Index, options: &IndexOptions, today: Today) -> Vec<Gift> {
    let from = first_day(options, today);
    let gifts = index.ledger.facts().rev().filter(|fact| (from..=today.0).contains(&fact.date));
    gifts.filter_map(|fact| gift(index, options, fact)).collect()
}

fn gift(index: &Index, options: &IndexOptions, fact: &Fact) -> Option<Gift> {
    let way = match fact.kind {
        MoveKind::Gave if fact.is(MoveKind::Gave, "gift") => "given",
        MoveKind::Got if fact.is(MoveKind::Got, "gift") => "received",
        _ => return None,
    };
    let records: Vec<_> = fact.people.iter().filter_map(|id| index.person(*id)).collect();
    let occasion = records.iter().find_map(|record| occasion(record, fact.date, options));
    let people = records.into_iter().map(reference).collect();
    Some(Gift { people, way, deed: deed(index, fact), occasion: occasion.map(Occasion::as_str) })
}

/// Gifts of that time that were not returned, by the day that is fitting; none of who is left alone for good.
pub(super) fn to_return(
    index: &Index,
    options: &IndexOptions,
    accounts: &[Account<'_>],
    today: Today,
) -> Vec<ReturnGift> {
    let from = first_day(options, today);
    let mut found: Vec<ReturnGift> = accounts
        .iter()
        .map(|account| &account.subject)
        .filter(|person| !person.is_silent())
        .filter_map(|person| {
            let gift = unreturned(index, person.id, today).filter(|gift| gift.date >= from)?;
            let next = next_occasion(person.record, today, options);
            Some(ReturnGift {
                person: person.name(),
                path: person.path(),
                gift: deed(index, gift),
                date: next.map(|(date, _)| date),
                occasion: next.map(|(_, occasion)| occasion.as_str()),
            })
        })
        .collect();
    found.sort_by_key(|gift| (gift.date.is_none(), gift.date));
    found
}

fn first_day(options: &IndexOptions, today: Today) -> NaiveDate {
    options.year_starts.days_of(options.year_starts.year_of(today.0) - 1).0
}
