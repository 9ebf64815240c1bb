//! Who matters most, with what that rests on.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::importance::{Importance, by_importance};
use crate::index::record::{Index, PersonRecord};
use crate::index::tie::Strength;
use crate::model::today::Today;
use crate::report::counts::by_kind;
use crate::report::exchange::Tally;
use crate::report::facts::{company, reference};
use crate::report::reason::{PersonRef, Source};

/// One of those who matter most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopPerson {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// Their place, from 1.
    pub place: usize,
    /// Weight in hundredths; 100 is ordinary.
    pub weight: u32,
    /// Roles by canonical name.
    pub roles: Vec<String>,
    /// Their post.
    pub post: Option<String>,
    /// Their company.
    pub company: Option<String>,
    /// What they gave, by kind, most first.
    pub gave: Vec<Tally>,
    /// All of that.
    pub gave_times: usize,
    /// The last of it.
    pub last_gave: Option<NaiveDate>,
    /// How often one worked together.
    pub cooperated_times: usize,
    /// When last.
    pub last_cooperated: Option<NaiveDate>,
    /// `acquaintance`, `friend` or `network`.
    pub tie: &'static str,
    /// `strong`, `weak`, or `null` without contact.
    pub strength: Option<&'static str>,
    /// Days of contact in the past 365 days.
    pub contacts_in_year: usize,
    /// Their note.
    pub source: Source,
}

/// The first `most`.
pub(super) fn top(index: &Index, most: usize, today: Today) -> Vec<TopPerson> {
    let ranked = by_importance(index, today);
    (1..).zip(ranked.iter().take(most)).filter_map(|(place, one)| person(index, place, one)).collect()
}

fn person(index: &Index, place: usize, one: &Importance<'_>) -> Option<TopPerson> {
    let record = index.person(one.person)?;
    Some(TopPerson {
        person: reference(record),
        place,
        weight: one.weight,
        roles: roles(record),
        post: record.person.role.as_deref().map(str::to_owned),
        company: company(&record.person),
        gave: by_kind(one.got.iter().copied()),
        gave_times: one.got.len(),
        last_gave: one.got.last().map(|fact| fact.date),
        cooperated_times: one.cooperated.len(),
        last_cooperated: one.cooperated.last().map(|fact| fact.date),
        tie: one.tie.state.as_str(),
        strength: one.tie.strength.map(Strength::as_str),
        contacts_in_year: one.tie.in_year,
        source: Source { path: record.path.as_str().to_owned(), line: 1 },
    })
}

/// The roles, each once.
fn roles(record: &PersonRecord) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let presets = record.person.presets.iter().map(|preset| &preset.value);
    presets.filter(|preset| seen.insert(*preset)).map(ToString::to_string).collect()
}
