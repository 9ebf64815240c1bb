//! The network as a picture: people by company, how strong each tie is, who introduced whom. Beyond so many people only
//! the strongest ties are shown, because more cannot be read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::index::record::{Index, PersonId, TieKind, TieOther};
use crate::index::tie::Strength;
use crate::model::link::Link;
use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::member::Member;

/// Someone in the picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Number in the picture, from 0.
    pub id: usize,
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// The group of their company; `null` where nobody else in the picture shares it.
    pub group: Option<usize>,
    /// Company, where it makes no group.
    pub company: Option<String>,
    /// `acquaintance`, `friend` or `network`.
    pub state: &'static str,
    /// `strong`, `weak`, or `null` without any contact.
    pub strength: Option<&'static str>,
}

/// A company that several people in the picture share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Number in the picture, from 0.
    pub id: usize,
    /// The company.
    pub company: String,
}

/// An introduction between two people in the picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Arrow {
    /// Who introduced; where the owner did, one of the two.
    pub from: usize,
    /// Who was introduced; where the owner did, the other.
    pub to: usize,
    /// `them` when the one introduced the other to the owner, `owner` when the owner introduced them to each other.
    pub by: &'static str,
    /// The names, for those who read.
    pub from_person: String,
    /// Likewise.
    pub to_person: String,
}

/// The picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// Companies that several people share, largest first.
    pub groups: Vec<Group>,
    /// The people, by group and then by the strength of their ties; those without a group come last.
    pub people: Vec<Node>,
    /// Introductions, in order of the people.
    pub arrows: Vec<Arrow>,
    /// How many people are in it.
    pub shown: usize,
    /// How many are left out, as their ties are weaker.
    pub hidden: usize,
}

/// The picture of the `shown` strongest ties.
pub(super) fn graph(index: &Index, members: &[Member<'_>], shown: usize, today: Today) -> Graph {
    let mut strongest: Vec<&Member<'_>> = members.iter().collect();
    strongest.sort_by(|a, b| {
        let order = |member: &Member<'_>| Reverse((member.tie.in_year, member.tie.state, member.last_contact));
        order(a).cmp(&order(b)).then_with(|| a.record.path.cmp(&b.record.path))
    });
    strongest.truncate(shown);
    let (groups, people) = grouped(&strongest);
    let places = people.iter().map(|node| (node.path.as_str(), node)).collect();
    let arrows = arrows(index, &strongest, &places, today);
    Graph { arrows, shown: people.len(), hidden: members.len() - people.len(), groups, people }
}

fn grouped(strongest: &[&Member<'_>]) -> (Vec<Group>, Vec<Node>) {
    let mut of_company: BTreeMap<&str, Vec<&Member<'_>>> = BTreeMap::new();
    let mut others: Vec<&Member<'_>> = Vec::new();
    for member in strongest {
        match company(member) {
            Some(company) => of_company.entry(company).or_default().push(member),
            None => others.push(member),
        }
    }
    let (mut shared, alone): (Vec<_>, Vec<_>) = of_company.into_iter().partition(|(_, people)| people.len() > 1);
    shared.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    others.extend(alone.into_iter().flat_map(|(_, people)| people));
    let groups = (0..).zip(&shared).map(|(id, (company, _))| Group { id, company: (*company).to_owned() });
    let in_groups =
        (0..).zip(&shared).flat_map(|(id, (_, people))| people.iter().map(move |member| (Some(id), *member)));
    let everyone = in_groups.chain(others.iter().map(|member| (None, *member)));
    let node = |(id, (group, member)): (usize, (Option<usize>, &Member<'_>))| Node {
        id,
        person: member.name(),
        path: member.path(),
        group,
        company: company(member).filter(|_| group.is_none()).map(str::to_owned),
        state: member.tie.state.as_str(),
        strength: member.tie.strength.map(Strength::as_str),
    };
    (groups.collect(), (0..).zip(everyone).map(node).collect())
}

/// The first company of their note, by which they are grouped.
fn company<'i>(member: &Member<'i>) -> Option<&'i str> {
    member.record.person.company.first().map(Link::shown)
}

/// Introductions between the people shown: whom `introduced_by` names, `#got/intro` with its other people, and whom the
/// owner brought together by `#gave/intro`.
fn arrows(index: &Index, shown: &[&Member<'_>], places: &BTreeMap<&str, &Node>, today: Today) -> Vec<Arrow> {
    let node = |id: PersonId| places.get(index.person(id)?.path.as_str()).copied();
    let mut arrows = BTreeSet::new();
    let mut add = |from: PersonId, to: PersonId, by: &'static str| {
        if let (Some(from), Some(to)) = (node(from), node(to))
            && from.id != to.id
        {
            // The owner's introduction has no direction: one of each pair is enough.
            let (from, to) = if by == "owner" && from.id > to.id { (to, from) } else { (from, to) };
            let names = (from.person.clone(), to.person.clone());
            arrows.insert(Arrow { from: from.id, to: to.id, by, from_person: names.0, to_person: names.1 });
        }
    };
    for member in shown {
        for tie in member.record.ties.iter().filter(|tie| tie.kind == TieKind::IntroducedBy) {
            if let TieOther::Person(other) = tie.other {
                add(other, member.id, "them");
            }
        }
        for fact in index.ledger.of(member.id).filter(|fact| fact.date <= today.0) {
            if fact.is(MoveKind::Got, "intro") {
                fact.others.iter().for_each(|other| add(member.id, *other, "them"));
            } else if fact.is(MoveKind::Gave, "intro") && fact.people.first() == Some(&member.id) {
                fact.people.iter().skip(1).for_each(|other| add(member.id, *other, "owner"));
            }
        }
    }
    arrows.into_iter().collect()
}
