//! What the network yields. It has four uses: wider thinking, opportunities, information, honest advice. Per year: who
//! brought which, and which nobody serves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::ledger::Fact;
use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::model::moves::MoveKind;
use crate::model::today::Today;
use crate::report::facts::{reference, told_fact};
use crate::report::reason::LastContact;

/// The uses in the order they are told, with the favours that serve each.
const USES: [(&str, &[&str]); 4] = [
    ("thinking", &["view", "teaching"]),
    ("opportunities", &["opportunity", "intro", "endorsement"]),
    ("information", &["info"]),
    ("advice", &["feedback"]),
];

/// Someone who served a use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Giver {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// How often.
    pub count: usize,
    /// The newest line.
    pub last: LastContact,
}

/// One use in one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Use {
    /// `thinking`, `opportunities`, `information` or `advice`.
    pub served: &'static str,
    /// How often, all together.
    pub count: usize,
    /// By whom, the most frequent first; empty for a use nobody serves.
    pub givers: Vec<Giver>,
}

/// One year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearOfUses {
    /// Its number: of the calendar year in which it began.
    pub year: i32,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last.
    pub to: NaiveDate,
    /// The four uses.
    pub uses: Vec<Use>,
    /// Those of them nobody serves.
    pub unserved: Vec<&'static str>,
}

/// Per use who served it, how often, and the newest line.
type Served<'i> = [BTreeMap<PersonId, (usize, &'i Fact)>; 4];

/// All years that brought anything, and this one, newest first.
pub(super) fn yields(index: &Index, options: &IndexOptions, today: Today) -> Vec<YearOfUses> {
    let this_year = options.year_starts.year_of(today.0);
    let mut years: BTreeMap<i32, Served<'_>> = BTreeMap::new();
    for fact in index.ledger.facts().filter(|fact| fact.kind == MoveKind::Got && fact.date <= today.0) {
        let Some(place) = USES.iter().position(|(_, leaves)| leaves.iter().any(|leaf| fact.is(MoveKind::Got, leaf)))
        else {
            continue;
        };
        let uses = years.entry(options.year_starts.year_of(fact.date)).or_default();
        let Some(givers) = uses.get_mut(place) else { continue };
        for person in &fact.people {
            // Facts come in order of days: the last one seen is the newest.
            let giver = givers.entry(*person).or_insert((0, fact));
            *giver = (giver.0 + 1, fact);
        }
    }
    if years.is_empty() {
        return Vec::new();
    }
    years.entry(this_year).or_default();
    years.into_iter().rev().map(|(year, uses)| of_year(index, options, year, uses, today)).collect()
}

fn of_year(index: &Index, options: &IndexOptions, year: i32, found: Served<'_>, today: Today) -> YearOfUses {
    let (from, to) = options.year_starts.days_of(year);
    let uses: Vec<Use> = USES
        .iter()
        .zip(found)
        .map(|((served, _), givers)| {
            let mut givers: Vec<Giver> = givers
                .into_iter()
                .filter_map(|(id, (count, fact))| {
                    let person = reference(index.person(id)?);
                    Some(Giver { person: person.person, path: person.path, count, last: told_fact(fact, today) })
                })
                .collect();
            givers.sort_by(|a, b| {
                b.count.cmp(&a.count).then(b.last.date.cmp(&a.last.date)).then_with(|| a.path.cmp(&b.path))
            });
            Use { served, count: givers.iter().map(|giver| giver.count).sum(), givers }
        })
        .collect();
    let unserved = uses.iter().filter(|one| one.givers.is_empty()).map(|one| one.served).collect();
    YearOfUses { year, from, to, uses, unserved }
}
