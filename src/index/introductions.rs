//! Introductions: whom to bring together, because one needs what the other offers, and which ones were promised.
//!
//! A pair is suggested once, with all that speaks for it. It is no candidate where the two know each other already: by an
//! introduction on record, by a tie in their notes, as colleagues of one firm; nor where one of them is left alone, nor
//! where somebody said no to it before.

use std::collections::{BTreeMap, HashSet};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::model::fold::fold;
use crate::model::item_id::ItemId;
use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::item_ids::about_introduction;
use super::ledger::Fact;
use super::matching::{Match, Matches, Whom};
use super::options::IndexOptions;
use super::record::{FollowUp, Index, PersonId, PersonRecord, TieOther};
use super::standing::{State, standing};

/// Two people who may be brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'i> {
    /// Who needs something.
    pub needs: PersonId,
    /// Who offers it.
    pub offers: PersonId,
    /// What speaks for it, the best first; never empty. The first is of `needs`, others may be the other way round.
    pub matches: Vec<Match<'i>>,
    /// Its name, by which it is answered.
    pub id: ItemId,
    /// Whether it is to be suggested; one that was answered is known by its name only.
    pub is_open: bool,
}

/// How many candidates one need has at most: who asks around needs no longer list.
const PER_NEED: usize = 3;

/// All candidates, those answered among them, the best first.
pub fn introductions<'i>(
    index: &'i Index,
    options: &IndexOptions,
    matches: &Matches<'i>,
    today: Today,
) -> Vec<Candidate<'i>> {
    if index.people.iter().all(|record| record.person.needs.is_empty()) {
        return Vec::new();
    }
    let known = Known::new(index, today);
    let is_left_alone = |record: &PersonRecord| {
        let (needs, offers) = (&record.person.needs, &record.person.offers);
        // Who neither asks nor offers is in no pair.
        (needs.is_empty() && offers.is_empty())
            || record.silence().is_some()
            || standing(record, today, options).state == State::Paused
    };
    let left_alone: Vec<bool> = index.people.par_iter().map(|record| is_left_alone(record)).collect();
    let is_left_alone = |id: PersonId| left_alone.get(id.0 as usize).copied().unwrap_or(true);
    let of_person = |at: usize| -> Vec<(PersonId, PersonId, Match<'i>)> {
        let needy = PersonId(u32::try_from(at).unwrap_or(u32::MAX));
        if is_left_alone(needy) {
            return Vec::new();
        }
        let mut pairs = Vec::new();
        for need in matches.needs(Whom::Person(needy)) {
            if offers_it(index, needy, need.text) {
                continue;
            }
            let found = matches.offers_for(need).into_iter().filter_map(|found| match found.offered.by {
                Whom::Person(id) if !is_left_alone(id) && !known.each_other(index, needy, id) => Some((id, found)),
                _ => None,
            });
            pairs.extend(found.take(PER_NEED).map(|(giver, found)| (needy, giver, found)));
        }
        pairs
    };
    let found: Vec<Vec<_>> = (0..index.people.len()).into_par_iter().map(of_person).collect();
    let mut pairs: BTreeMap<(PersonId, PersonId), Vec<Match<'i>>> = BTreeMap::new();
    for (needy, giver, found) in found.into_iter().flatten() {
        pairs.entry((needy.min(giver), needy.max(giver))).or_default().push(found);
    }
    let apart = kept_apart(index, today);
    let candidates = pairs.into_iter().filter_map(|(pair, matches)| {
        let found = candidate(index, pair, matches, today)?;
        Some(Candidate { is_open: found.is_open && !apart.contains(&pair), ..found })
    });
    let mut candidates: Vec<Candidate<'i>> = candidates.collect();
    candidates.sort_by(|a, b| (score(b), a.needs, a.offers).cmp(&(score(a), b.needs, b.offers)));
    candidates
}

/// Introductions that were promised and not made yet.
pub fn promised(index: &Index) -> impl Iterator<Item = &FollowUp> {
    index.follow_ups.iter().filter(|task| task.introduces)
}

/// Introductions made up to `today`, oldest first.
pub fn made(index: &Index, today: Today) -> impl Iterator<Item = &Fact> {
    index.ledger.facts().filter(move |fact| fact.is(MoveKind::Gave, "intro") && fact.date <= today.0)
}

fn candidate<'i>(
    index: &Index,
    pair: (PersonId, PersonId),
    mut matches: Vec<Match<'i>>,
    today: Today,
) -> Option<Candidate<'i>> {
    matches.sort_by_key(|found| std::cmp::Reverse(found.score));
    let Whom::Person(needs) = matches.first()?.asked.by else { return None };
    let offers = if needs == pair.0 { pair.1 } else { pair.0 };
    let (first, second) = (index.person(pair.0)?, index.person(pair.1)?);
    // The pair has one name whoever needs the other.
    let (id, answer) = about_introduction(first, second).open(index, [pair.0]);
    let is_open = answer.is_none_or(|answer| answer.until.is_some_and(|until| until < today.0));
    let id = answer.filter(|_| !is_open).map_or(id, |answer| answer.id);
    Some(Candidate { needs, offers, matches, id, is_open })
}

/// Pairs to which a line says no, or not before a day, by the people it names. A suggestion is answered by its name, which
/// is made of the paths of two notes, so without this a no would be forgotten as soon as one of them is moved.
fn kept_apart(index: &Index, today: Today) -> HashSet<(PersonId, PersonId)> {
    let holds = |fact: &&Fact| {
        let is_put_off = || fact.until.is_some_and(|until| until >= today.0);
        fact.is(MoveKind::Skip, "introduction") || fact.is(MoveKind::Snooze, "introduction") && is_put_off()
    };
    let pairs = |fact: &Fact| -> Vec<(PersonId, PersonId)> {
        // Outside their own notes a line is with all whom it names.
        let others = if fact.others.is_empty() { &fact.people } else { &fact.others };
        let with = |one: &PersonId| others.iter().map(|other| (*one.min(other), *one.max(other))).collect::<Vec<_>>();
        fact.people.iter().flat_map(with).collect()
    };
    index.ledger.facts().filter(|fact| fact.date <= today.0).filter(holds).flat_map(pairs).collect()
}

/// The best match, and a little for each more.
fn score(candidate: &Candidate<'_>) -> u32 {
    let more = u32::try_from(candidate.matches.len()).unwrap_or(u32::MAX).saturating_sub(1);
    candidate.matches.first().map_or(0, |best| best.score).saturating_add(more.saturating_mul(10))
}

/// Whether someone offers the very thing they ask for.
fn offers_it(index: &Index, person: PersonId, need: &str) -> bool {
    let need = fold(need);
    index.person(person).is_some_and(|record| record.person.offers.iter().any(|offer| fold(&offer.value) == need))
}

/// Who was brought together already, or is about to be.
struct Known(HashSet<(PersonId, PersonId)>);

impl Known {
    fn new(index: &Index, today: Today) -> Self {
        let mut pairs = HashSet::new();
        let mut add = |people: &mut dyn Iterator<Item = PersonId>| {
            // More than a handful are a round, not an introduction.
            let people: Vec<PersonId> = people.take(6).collect();
            for (at, one) in people.iter().enumerate() {
                pairs.extend(people.iter().skip(at + 1).map(|other| (*one.min(other), *one.max(other))));
            }
        };
        let introduced = |fact: &&Fact| fact.is(MoveKind::Gave, "intro") || fact.is(MoveKind::Got, "intro");
        for fact in index.ledger.facts().filter(introduced).filter(|fact| fact.date <= today.0) {
            add(&mut fact.people.iter().chain(&fact.others).chain(&fact.cc).copied());
        }
        for task in promised(index) {
            add(&mut task.people.iter().copied());
        }
        Known(pairs)
    }

    fn each_other(&self, index: &Index, a: PersonId, b: PersonId) -> bool {
        if a == b || self.0.contains(&(a.min(b), a.max(b))) {
            return true;
        }
        let (Some(one), Some(other)) = (index.person(a), index.person(b)) else { return true };
        let is_tied = one.ties.iter().any(|tie| tie.other == TieOther::Person(b));
        let firms = |record: &PersonRecord| -> Vec<String> {
            record.person.company.iter().map(|firm| fold(firm.shown())).collect()
        };
        is_tied || firms(one).iter().any(|firm| firms(other).contains(firm))
    }
}

#[cfg(test)]
mod tests;
