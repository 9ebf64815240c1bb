//! What others did for the owner in the year, in the words noted down then: memory makes help smaller. And what the owner
//! shared.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::importance::by_name;
use crate::index::ledger::Fact;
use crate::index::record::{Index, PersonId};
use crate::index::sharing;
use crate::model::moves::MoveKind;
use crate::model::today::Today;
use crate::report::counts::leaf;
use crate::report::facts::reference;
use crate::report::reason::{PersonRef, Source};

use super::{Span, source};

/// One thing that was done, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The day.
    pub date: NaiveDate,
    /// The leaf of the tag: `intro`, `info`; `null` for the bare tag.
    pub kind: Option<String>,
    /// Its words.
    pub text: String,
    /// Where it is written.
    pub source: Source,
}

/// Someone who helped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Helper {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// With what, by day.
    pub with: Vec<Told>,
}

/// An endorsement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endorsement {
    /// Who gave it.
    #[serde(flatten)]
    pub person: PersonRef,
    /// When and in which words.
    #[serde(flatten)]
    pub told: Told,
    /// The last day it may be used, where its line names one.
    pub expires: Option<NaiveDate>,
}

/// Who helped, most often first, then by name.
pub(super) fn helped(index: &Index, facts: &[&Fact]) -> Vec<Helper> {
    let mut by_person: BTreeMap<PersonId, Vec<Told>> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.kind == MoveKind::Got) {
        for person in &fact.people {
            by_person.entry(*person).or_default().push(told(fact));
        }
    }
    let known = by_person.into_iter().filter_map(|(id, with)| Some((index.person(id)?, with)));
    let mut helpers: Vec<_> = known.collect();
    helpers.sort_by(|(a, a_with), (b, b_with)| {
        Reverse(a_with.len()).cmp(&Reverse(b_with.len())).then_with(|| by_name(a, b))
    });
    helpers.into_iter().map(|(record, with)| Helper { person: reference(record), with }).collect()
}

/// Endorsements, by day.
pub(super) fn endorsements(index: &Index, facts: &[&Fact]) -> Vec<Endorsement> {
    let got = facts.iter().filter(|fact| fact.is(MoveKind::Got, "endorsement"));
    let by_each = got.flat_map(|fact| fact.people.iter().filter_map(move |id| Some((fact, index.person(*id)?))));
    let made = by_each.map(|(fact, record)| Endorsement {
        person: reference(record),
        told: told(fact),
        expires: fact.expires,
    });
    made.collect()
}

/// What was shared, by day.
pub(super) fn shared(index: &Index, span: Span) -> Vec<Told> {
    sharing::shared(index, Today(span.until)).filter(|fact| span.holds(fact.date)).map(told).collect()
}

fn told(fact: &Fact) -> Told {
    Told { date: fact.date, kind: leaf(fact).map(str::to_owned), text: fact.words().to_owned(), source: source(fact) }
}
