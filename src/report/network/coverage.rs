//! How wide the network reaches: trades, companies, cities, levels. Many trades and levels widen the view; a field that
//! most notes leave empty says nothing about it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::link::Link;
use crate::model::person::Person;
use crate::report::reason::PersonRef;

use super::member::Member;

/// One value with the people who have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// As the first note writes it.
    pub value: String,
    /// How many people.
    pub count: usize,
    /// Who, in path order.
    pub people: Vec<PersonRef>,
}

/// One field of the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// `industry`, `company`, `city` or `level`.
    pub field: &'static str,
    /// How many people's notes have it.
    pub known: usize,
    /// How many have not.
    pub missing: usize,
    /// Its values, the commonest first.
    pub shares: Vec<Share>,
    /// What stands thin; `null` where most notes lack the field.
    pub thin: Option<Thin>,
}

/// Where a field is thin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Thin {
    /// The one value that more than half of the people share.
    pub crowded: Option<String>,
    /// Values that stand or fall with one person; not told of companies, most of which have one.
    pub single: Vec<String>,
}

/// What a note says in a field.
type Values<'v> = &'v dyn Fn(&Person) -> Vec<String>;

/// All fields that any note has.
pub(super) fn coverage(members: &[Member<'_>]) -> Vec<Coverage> {
    let one = |value: &Option<Box<str>>| value.iter().map(ToString::to_string).collect();
    let fields: [(&'static str, Values<'_>); 4] = [
        ("industry", &|person| one(&person.industry)),
        ("company", &|person| person.company.iter().map(|company| Link::shown(company).to_owned()).collect()),
        ("city", &|person| one(&person.city)),
        ("level", &|person| one(&person.level)),
    ];
    let told = fields.into_iter().map(|(field, values)| of_field(field, members, values));
    told.filter(|coverage| coverage.known > 0).collect()
}

fn of_field(field: &'static str, members: &[Member<'_>], values: Values<'_>) -> Coverage {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    let mut known = 0;
    for member in members {
        let mut has_any = false;
        for value in values(&member.record.person) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            has_any = true;
            let share = shares.entry(value.to_lowercase()).or_insert_with(|| Share {
                value: value.to_owned(),
                count: 0,
                people: Vec::new(),
            });
            share.count += 1;
            share.people.push(member.reference());
        }
        known += usize::from(has_any);
    }
    let mut shares: Vec<Share> = shares.into_values().collect();
    shares.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    let thin = (known * 2 > members.len()).then(|| thin(field, known, &shares));
    Coverage { field, known, missing: members.len() - known, shares, thin }
}

fn thin(field: &str, known: usize, shares: &[Share]) -> Thin {
    let crowded = shares.first().filter(|share| share.count > 1 && share.count * 2 > known);
    let single = shares.iter().filter(|share| share.count == 1 && field != "company");
    Thin {
        crowded: crowded.map(|share| share.value.clone()),
        single: single.map(|share| share.value.clone()).collect(),
    }
}
