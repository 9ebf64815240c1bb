//! Contacts of the year, month by month, and the long silences they ended.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use serde::Serialize;

use crate::index::record::{Contact, Index, PersonRecord};
use crate::model::today::Today;
use crate::report::facts::{reference, told};
use crate::report::reason::{LastContact, PersonRef};

use super::Span;

/// A shorter silence is no news.
const SILENT_DAYS: i64 = 90;
/// How many silences are told.
const SILENCES: usize = 5;

/// A month of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    /// Days of contact in it, each person's counted by itself.
    pub contacts: usize,
    /// People one was in contact with.
    pub people: usize,
}

/// A silence that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// With whom.
    #[serde(flatten)]
    pub person: PersonRef,
    /// The last contact before it.
    pub since: NaiveDate,
    /// How many days it lasted.
    pub silent_days: i64,
    /// The contact that ended it.
    pub contact: LastContact,
}

/// The months that have begun. A year that begins on another day than the first counts its months from there.
pub(super) fn months(index: &Index, span: Span) -> Vec<Month> {
    let firsts: Vec<NaiveDate> = (0..12)
        .map_while(|month| span.from.checked_add_months(Months::new(month)))
        .take_while(|first| *first <= span.until)
        .collect();
    let mut counted: Vec<(usize, BTreeSet<u32>)> = vec![Default::default(); firsts.len()];
    for (number, record) in (0..).zip(&index.people) {
        for contact in of(record, span) {
            let after = firsts.partition_point(|first| *first <= contact.date);
            let Some((contacts, people)) = after.checked_sub(1).and_then(|at| counted.get_mut(at)) else { continue };
            *contacts += 1;
            people.insert(number);
        }
    }
    let months = firsts.into_iter().zip(counted);
    months.map(|(month, (contacts, people))| Month { month, contacts, people: people.len() }).collect()
}

/// Someone's contacts of these days.
pub(super) fn of(record: &PersonRecord, span: Span) -> &[Contact] {
    let first = record.contacts.partition_point(|contact| contact.date < span.from);
    let end = record.contacts.partition_point(|contact| contact.date <= span.until);
    record.contacts.get(first..end).unwrap_or_default()
}

/// The longest silences that a contact of these days ended, longer than what the cadence asks for.
pub(super) fn silences(index: &Index, span: Span) -> Vec<Silence> {
    let mut found: Vec<(i64, &PersonRecord, &Contact, &Contact)> = Vec::new();
    for record in index.people.iter().map(|record| &**record) {
        let wanted = record.cadence.period.map_or(0, |period| i64::from(period.days()));
        let pairs = record.contacts.iter().zip(record.contacts.iter().skip(1));
        let ended = pairs.filter(|(_, contact)| span.holds(contact.date)).filter_map(|(before, contact)| {
            let days = (contact.date - before.date).num_days();
            (days >= SILENT_DAYS && days > wanted).then_some((days, record, before, contact))
        });
        found.extend(ended.max_by_key(|(days, ..)| *days));
    }
    found.sort_by(|a, b| (Reverse(a.0), &a.1.path).cmp(&(Reverse(b.0), &b.1.path)));
    let longest = found.into_iter().take(SILENCES).map(|(silent_days, record, before, contact)| Silence {
        person: reference(record),
        since: before.date,
        silent_days,
        contact: told(contact, Today(span.until)),
    });
    longest.collect()
}
