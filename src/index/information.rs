//! How near to its source information was got, what several tell of one topic, and whose word is alone. Several notes
//! may tell of one topic (`#topic/…`); two tellers are two voices unless the line of one names the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::fold::fold;
use crate::model::moves::MoveKind;
use crate::model::person::InfoPosition;
use crate::model::today::Today;

use super::ledger::Fact;
use super::options::YearStart;
use super::record::{Index, PersonId};

/// From how many relayed items of a year on their share says something.
const ENOUGH: usize = 3;
/// Up to how many tellers of one topic their words are searched for each other's names.
const COMPARED: usize = 30;

/// How near to its source a piece of information was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// From the source.
    Source,
    /// Passed on.
    Relayed,
    /// Not said.
    Unsaid,
}

impl Nearness {
    /// Its word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Nearness::Source => "source",
            Nearness::Relayed => "relayed",
            Nearness::Unsaid => "unsaid",
        }
    }
}

/// Information got in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Share {
    /// From its source.
    pub source: usize,
    /// Passed on.
    pub relayed: usize,
    /// Neither said.
    pub unsaid: usize,
}

impl Share {
    /// Counts one more.
    pub fn add(&mut self, nearness: Nearness) {
        match nearness {
            Nearness::Source => self.source += 1,
            Nearness::Relayed => self.relayed += 1,
            Nearness::Unsaid => self.unsaid += 1,
        }
    }

    /// Whether most of what is marked was passed on, and it is more than a few.
    pub fn is_mostly_relayed(self) -> bool {
        self.relayed >= ENOUGH && self.relayed > self.source
    }
}

/// What the tellers of one topic are worth together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voices {
    /// One of them is the source.
    Source,
    /// At least two tell it independently.
    Independent,
    /// Several tell it, and each names another: one voice.
    Quoting,
    /// One alone passes it on.
    Single,
}

impl Voices {
    /// Its word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Voices::Source => "source",
            Voices::Independent => "independent",
            Voices::Quoting => "quoting",
            Voices::Single => "single",
        }
    }
}

/// All that was told of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic<'i> {
    /// Its words, as first written.
    pub name: &'i str,
    /// The lines, oldest first.
    pub told: Vec<&'i Fact>,
    /// Who tells, each once.
    pub tellers: BTreeSet<PersonId>,
    /// What they are worth together.
    pub voices: Voices,
}

/// Information got up to `today`, oldest first.
pub fn informed(index: &Index, today: Today) -> impl DoubleEndedIterator<Item = &Fact> {
    index.ledger.facts().filter(move |fact| fact.date <= today.0 && is_information(fact))
}

/// Whether a fact is information got.
pub fn is_information(fact: &Fact) -> bool {
    fact.is(MoveKind::Got, "info")
}

/// How near to its source it was: as its tag says, else as the note of who told it says of them.
pub fn nearness(index: &Index, fact: &Fact) -> Nearness {
    if fact.is(MoveKind::Got, "info/source") {
        return Nearness::Source;
    }
    if fact.is(MoveKind::Got, "info/relayed") {
        return Nearness::Relayed;
    }
    let positions = fact.people.iter().filter_map(|id| index.person(*id)?.person.info_position);
    match positions.min() {
        Some(InfoPosition::Source) => Nearness::Source,
        Some(InfoPosition::Relayed) => Nearness::Relayed,
        None => Nearness::Unsaid,
    }
}

/// The share of each year up to `today`.
pub fn shares(index: &Index, starts: YearStart, today: Today) -> BTreeMap<i32, Share> {
    let mut shares: BTreeMap<i32, Share> = BTreeMap::new();
    for fact in informed(index, today) {
        shares.entry(starts.year_of(fact.date)).or_default().add(nearness(index, fact));
    }
    shares
}

/// The topics that information up to `today` names, by their words.
pub fn topics(index: &Index, today: Today) -> Vec<Topic<'_>> {
    let mut by_name: BTreeMap<String, (&str, Vec<&Fact>)> = BTreeMap::new();
    for fact in informed(index, today) {
        let mut seen = BTreeSet::new();
        for topic in &fact.topics {
            let key = fold(topic);
            if seen.insert(key.clone()) {
                by_name.entry(key).or_insert((topic, Vec::new())).1.push(fact);
            }
        }
    }
    by_name.into_values().map(|(name, told)| topic(index, name, told)).collect()
}

fn topic<'i>(index: &'i Index, name: &'i str, told: Vec<&'i Fact>) -> Topic<'i> {
    let tellers: BTreeSet<PersonId> = told.iter().flat_map(|fact| fact.people.iter().copied()).collect();
    let voices = match () {
        () if told.iter().any(|fact| nearness(index, fact) == Nearness::Source) => Voices::Source,
        () if tellers.len() < 2 => Voices::Single,
        () if voices(index, &told, &tellers) > 1 => Voices::Independent,
        () => Voices::Quoting,
    };
    Topic { name, told, tellers, voices }
}

/// How many voices there are when those who name each other, or stand on one line, are one.
fn voices(index: &Index, told: &[&Fact], tellers: &BTreeSet<PersonId>) -> usize {
    // Each teller's voice is somebody before them or themselves; who is their own voice counts.
    let mut of: BTreeMap<PersonId, PersonId> = tellers.iter().map(|id| (*id, *id)).collect();
    let compared = if tellers.len() <= COMPARED { tellers.iter().collect() } else { Vec::new() };
    for fact in told {
        let Some(first) = fact.people.first() else { continue };
        let linked = fact.people.iter().chain(&fact.others).filter(|id| tellers.contains(id));
        let named = compared.iter().copied().filter(|id| names(index, fact, **id));
        for other in linked.chain(named) {
            let (a, b) = (voice_of(&mut of, *first), voice_of(&mut of, *other));
            of.insert(a.max(b), a.min(b));
        }
    }
    of.iter().filter(|(teller, voice)| teller == voice).count()
}

/// Whose voice someone is, with the way there made shorter for who asks next.
fn voice_of(of: &mut BTreeMap<PersonId, PersonId>, mut teller: PersonId) -> PersonId {
    while let Some(next) = of.get(&teller).copied().filter(|next| *next != teller) {
        let after = of.get(&next).copied().unwrap_or(next);
        of.insert(teller, after);
        teller = after;
    }
    teller
}

/// Whether the words of a line hold someone's name.
fn names(index: &Index, fact: &Fact, person: PersonId) -> bool {
    let Some(record) = index.person(person) else { return false };
    let mut names = std::iter::once(&record.person.name).chain(&record.person.aliases);
    // A name of one letter is found everywhere.
    names.any(|name| name.chars().count() > 1 && fact.text.contains(&**name))
}

#[cfg(test)]
mod tests;
