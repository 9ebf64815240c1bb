//! Endorsements: until when each may be used, and whether it was. One that names no day is good for as long as the
//! settings say. The reports and the reminder read the same list.

use chrono::NaiveDate;

use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::item_ids::About;
use super::ledger::Fact;
use super::options::IndexOptions;
use super::record::{Deferral, Index, PersonId, PersonRecord};

/// The word of its reminder.
const KIND: &str = "endorsement";

/// One endorsement of someone who can still be asked about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endorsement<'i> {
    /// Who gave it.
    pub person: PersonId,
    /// The line that tells of it.
    pub fact: &'i Fact,
    /// The last day it may be used.
    pub ends: NaiveDate,
    /// Who says so.
    pub ends_by: EndsBy,
    /// The log line that says it was used, or that no reminder of it is wanted.
    pub closed: Option<&'i Deferral>,
}

/// Where the end of an endorsement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndsBy {
    /// Its own `[expires:: …]`.
    Line,
    /// The settings.
    Settings,
}

/// All endorsements up to `today`, by person and day. Those of who died, was let go or archived are left out.
pub fn endorsements<'i>(index: &'i Index, options: &IndexOptions, today: Today) -> Vec<Endorsement<'i>> {
    let people = (0..).map(PersonId).zip(&index.people).filter(|(_, record)| record.silence().is_none());
    people.flat_map(|(id, record)| of(index, options, today, (id, record))).collect()
}

/// Those of one person.
pub(super) fn of<'i>(
    index: &'i Index,
    options: &IndexOptions,
    today: Today,
    (id, record): (PersonId, &'i PersonRecord),
) -> impl Iterator<Item = Endorsement<'i>> {
    let valid = options.endorsement_valid;
    let given = index.ledger.of(id).filter(move |fact| is_endorsement(fact) && fact.date <= today.0);
    given.map(move |fact| {
        let (ends, ends_by) = match fact.expires {
            Some(day) => (day, EndsBy::Line),
            None => (valid.after(fact.date, 1).unwrap_or(fact.date), EndsBy::Settings),
        };
        let (_, answer) = about(record, fact).open(index, Some(id));
        let answer = answer.filter(|answer| answer.until.is_none());
        let closed = answer.and_then(|answer| record.waived.iter().find(|line| line.id == Some(answer.id)));
        Endorsement { person: id, fact, ends, ends_by, closed }
    })
}

/// Whether someone vouched for the owner there.
pub fn is_endorsement(fact: &Fact) -> bool {
    fact.is(MoveKind::Got, KIND)
}

/// What its line on the agenda is about.
pub(super) fn about<'i>(record: &'i PersonRecord, fact: &'i Fact) -> About<'i> {
    About { path: record.path.as_str(), kind: KIND, day: fact.date, words: fact.words() }
}
