//! Each person's year; who is new; with whom the first cooperation came, and how long it took: a year or two is usual.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::index::importance::by_name;
use crate::index::record::{Index, PersonId, PersonRecord};
use crate::model::date::PartialDate;
use crate::model::entry::EntrySource;
use crate::model::moves::MoveKind;
use crate::report::facts::reference;
use crate::report::reason::{PersonRef, Source};

use super::contacts::of;
use super::{Span, source};

/// Someone met for the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewPerson {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// The day, where it is known.
    pub date: Option<NaiveDate>,
    /// Where or through what.
    pub met: Option<String>,
    /// Contacts since, in this year.
    pub contacts: usize,
}

/// The first time of working together with someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstCooperation {
    /// With whom.
    #[serde(flatten)]
    pub person: PersonRef,
    /// The day.
    pub date: NaiveDate,
    /// The day they met, or of the first contact.
    pub known_since: Option<NaiveDate>,
    /// Whole months between the two.
    pub months: Option<u32>,
    /// Days of contact before it.
    pub contacts_before: usize,
    /// How often the owner gave something before it.
    pub gave_before: usize,
    /// How often the other one did.
    pub got_before: usize,
    /// What it was.
    pub text: String,
    /// Where it is written.
    pub source: Source,
}

/// The year with one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearWith {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Days of contact.
    pub contacts: usize,
    /// How often the owner gave something.
    pub gave: usize,
    /// How often the other one did.
    pub got: usize,
    /// How often they worked together.
    pub cooperated: usize,
    /// The last contact of the year.
    pub last: Option<NaiveDate>,
}

/// Everyone with whom there was anything in these days; who gave and got most first, then by contacts and name.
pub(super) fn people(index: &Index, span: Span) -> Vec<YearWith> {
    let mut people: Vec<(YearWith, &PersonRecord)> = all(index)
        .map(|(id, record)| {
            let count = |kind| {
                let facts = index.ledger.of(id).filter(|fact| fact.kind == kind && span.holds(fact.date));
                facts.count()
            };
            let contacts = of(record, span);
            let with = YearWith {
                person: reference(record),
                contacts: contacts.len(),
                gave: count(MoveKind::Gave),
                got: count(MoveKind::Got),
                cooperated: count(MoveKind::Cooperated),
                last: contacts.last().map(|contact| contact.date),
            };
            (with, record)
        })
        .filter(|(with, _)| with.contacts + with.moves() > 0)
        .collect();
    people.sort_by(|(a, a_record), (b, b_record)| {
        let of = |with: &YearWith| Reverse((with.moves(), with.contacts));
        of(a).cmp(&of(b)).then_with(|| by_name(a_record, b_record))
    });
    people.into_iter().map(|(with, _)| with).collect()
}

impl YearWith {
    fn moves(&self) -> usize {
        self.gave + self.got + self.cooperated
    }
}

/// Who was met in these days for the first time: by the key that says so, else at an event where they were met before any
/// other contact. A first line in the log alone does not say that they were new.
pub(super) fn new_people(index: &Index, span: Span) -> Vec<NewPerson> {
    let mut new: Vec<(NewPerson, &PersonRecord)> = all(index)
        .filter_map(|(_, record)| {
            let date = match record.person.met_on.as_ref().map(|met| met.value) {
                Some(met) => is_in(met, span).then_some(met.day())?,
                None => Some(met_at_event(record).filter(|day| span.holds(*day))?),
            };
            let met = record.person.met_through.as_deref().map(str::to_owned);
            Some((NewPerson { person: reference(record), date, met, contacts: of(record, span).len() }, record))
        })
        .collect();
    new.sort_by(|(a, a_record), (b, b_record)| {
        (a.date.is_none(), a.date).cmp(&(b.date.is_none(), b.date)).then_with(|| by_name(a_record, b_record))
    });
    new.into_iter().map(|(person, _)| person).collect()
}

/// Whether all the days a date may mean are in the span. A year that begins in January has its calendar year.
fn is_in(met: PartialDate, span: Span) -> bool {
    match met {
        PartialDate::Day(day) => span.holds(day),
        PartialDate::Month(year, month) => {
            NaiveDate::from_ymd_opt(year, month, 1).is_some_and(|first| span.holds(first))
        }
        PartialDate::Year(year) => span.from.ordinal() == 1 && span.from.year() == year,
    }
}

fn met_at_event(record: &PersonRecord) -> Option<NaiveDate> {
    let first = record.contacts.first()?;
    first.evidence.iter().any(|evidence| evidence.source == Some(EntrySource::Met)).then_some(first.date)
}

/// First cooperations of these days, by day and name.
pub(super) fn first_cooperations(index: &Index, span: Span) -> Vec<FirstCooperation> {
    let mut found: Vec<(FirstCooperation, &PersonRecord)> = all(index)
        .filter_map(|(id, record)| {
            let first = index.ledger.of(id).find(|fact| fact.kind == MoveKind::Cooperated)?;
            span.holds(first.date).then_some(())?;
            let known_since = known_since(record).filter(|day| *day <= first.date);
            let before = |kind| index.ledger.of(id).filter(|fact| fact.kind == kind && fact.date < first.date).count();
            let cooperation = FirstCooperation {
                person: reference(record),
                date: first.date,
                known_since,
                months: known_since.and_then(|day| months_between(day, first.date)),
                contacts_before: record.contacts.partition_point(|contact| contact.date < first.date),
                gave_before: before(MoveKind::Gave),
                got_before: before(MoveKind::Got),
                text: first.words().to_owned(),
                source: source(first),
            };
            Some((cooperation, record))
        })
        .collect();
    found.sort_by(|(a, a_record), (b, b_record)| a.date.cmp(&b.date).then_with(|| by_name(a_record, b_record)));
    found.into_iter().map(|(cooperation, _)| cooperation).collect()
}

fn known_since(record: &PersonRecord) -> Option<NaiveDate> {
    let met = record.person.met_on.as_ref().and_then(|met| met.value.day());
    met.into_iter().chain(record.contacts.first().map(|contact| contact.date)).min()
}

/// Whole months from one day to a later one.
fn months_between(from: NaiveDate, to: NaiveDate) -> Option<u32> {
    let months = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    u32::try_from(if to.day() < from.day() { months - 1 } else { months }).ok()
}

fn all(index: &Index) -> impl Iterator<Item = (PersonId, &PersonRecord)> {
    (0..).map(PersonId).zip(index.people.iter().map(|record| &**record))
}
