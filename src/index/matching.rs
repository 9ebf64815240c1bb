//! Who offers what someone needs: needs, topics, questions and parts of affairs are held against what people and the owner
//! offer. Nothing is matched without evidence that a reader sees: the same phrase, one phrase within the other, or most
//! of its words. Words that fit everywhere (`help`, `经验`) are none, and a match that might be missed is better than a
//! silly one.
//!
//! Chinese is compared by its characters, as the words of a trade (补货, 效期) are in no dictionary; English by words
//! without plurals. [`Matches`] is made once in time linear in the phrases, and a text is held against few of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::path::NotePath;
use crate::model::person::At;

use super::options::IndexOptions;
use super::record::{Index, PersonId, PersonRecord};

use phrase::Phrase;
use shared::{Fit, compare};
use words::Words;

mod phrase;
mod shared;
#[cfg(test)]
mod tests;
mod words;

/// The owner or someone with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whom {
    /// The owner.
    Owner,
    /// Someone.
    Person(PersonId),
}

/// A phrase with whose it is and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'i> {
    /// Whose.
    pub by: Whom,
    /// The words.
    pub text: &'i str,
    /// The note.
    pub path: &'i NotePath,
    /// The line, from 1.
    pub line: u32,
}

/// How two phrases fit, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// They are the same.
    Equal,
    /// One holds all of the other.
    Contains,
    /// They share most of their words.
    Words,
}

impl MatchKind {
    /// Its word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MatchKind::Equal => "equal",
            MatchKind::Contains => "contains",
            MatchKind::Words => "words",
        }
    }
}

/// What someone asks for and what somebody else offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'i> {
    /// What is asked for.
    pub asked: Said<'i>,
    /// What is offered.
    pub offered: Said<'i>,
    /// How they fit.
    pub kind: MatchKind,
    /// The words they share, as the offer has them.
    pub shared: Vec<&'i str>,
    /// How well they fit, from 1 to 100.
    pub score: u32,
}

/// No more phrases than this are held against one text. The rarest words are asked first, so those that fit are among
/// them unless a vault says the same in hundreds of ways.
const CANDIDATES: usize = 200;
/// No more people than this are named for one phrase that they all offer.
const SAYERS: usize = 20;

/// What everybody offers, by its words.
#[derive(Debug)]
pub struct Matches<'i> {
    index: &'i Index,
    words: Words,
    /// Phrases that differ in more than how they are written.
    phrases: Vec<Phrase>,
    /// Who offers each, in order of people, the owner first.
    offers: Vec<Vec<Said<'i>>>,
    by_units: HashMap<Vec<u32>, u32>,
    by_key: HashMap<u64, Vec<u32>>,
}

impl<'i> Matches<'i> {
    /// Everything offered in `index`. Who died, was let go or archived offers nothing any more.
    pub fn new(index: &'i Index, options: &IndexOptions) -> Self {
        let words = Words::new(&options.topic_words, &options.synonyms);
        let (phrases, offers) = (Vec::new(), Vec::new());
        let mut made = Matches { index, words, phrases, offers, by_units: HashMap::new(), by_key: HashMap::new() };
        if let Some(owner) = index.owner.as_deref() {
            made.add(Whom::Owner, owner, &owner.person.offers);
            made.add(Whom::Owner, owner, &owner.person.achievements);
        }
        for (id, record) in (0..).map(PersonId).zip(&index.people) {
            if record.silence().is_none() {
                made.add(Whom::Person(id), record, &record.person.offers);
            }
        }
        made
    }

    /// What fits `asked`, the best first; nothing of whoever asks. Of equal ones those of the owner come first.
    pub fn offers_for(&self, asked: Said<'i>) -> Vec<Match<'i>> {
        let phrase = self.words.read(asked.text);
        let mut found: Vec<Match<'i>> = Vec::new();
        for at in self.candidates(&phrase) {
            let Some(offered) = self.phrases.get(at as usize) else { continue };
            let Some(fit) = compare(&phrase, offered) else { continue };
            let sayers = self.offers.get(at as usize).map(Vec::as_slice).unwrap_or_default();
            let first = sayers.first().map(|said| said.text);
            for said in sayers.iter().filter(|said| said.by != asked.by).take(SAYERS) {
                // The same words may be written in another way: then their places are others.
                let own = if Some(said.text) == first { None } else { compare(&phrase, &self.words.read(said.text)) };
                found.push(fitting(asked, *said, own.as_ref().unwrap_or(&fit)));
            }
        }
        found.sort_by(|a, b| (b.score, a.offered.by, a.offered.line).cmp(&(a.score, b.offered.by, b.offered.line)));
        let mut seen = HashSet::new();
        found.retain(|found| seen.insert(found.offered.by));
        found
    }

    /// What of the owner's fits what `person` needs: one match for each need at most, in the order of their note.
    pub fn of_owner_for(&self, person: PersonId) -> Vec<Match<'i>> {
        let needs = self.needs(Whom::Person(person)).into_iter();
        needs
            .filter_map(|need| self.offers_for(need).into_iter().find(|found| found.offered.by == Whom::Owner))
            .collect()
    }

    /// What `person` offers that fits what the owner needs.
    pub fn for_owner_from(&self, person: PersonId) -> Vec<Match<'i>> {
        let is_theirs = |found: &Match<'_>| found.offered.by == Whom::Person(person);
        self.needs(Whom::Owner)
            .into_iter()
            .filter_map(|need| self.offers_for(need).into_iter().find(is_theirs))
            .collect()
    }

    /// What someone says they need, in the order of their note.
    pub fn needs(&self, whom: Whom) -> Vec<Said<'i>> {
        let index = self.index;
        let record = match whom {
            Whom::Owner => index.owner.as_deref(),
            Whom::Person(id) => index.person(id),
        };
        let said = |record: &'i PersonRecord| record.person.needs.iter().map(move |need| said(whom, record, need));
        record.into_iter().flat_map(said).collect()
    }

    fn add(&mut self, by: Whom, record: &'i PersonRecord, offers: &'i [At<Box<str>>]) {
        for offer in offers {
            let phrase = self.words.add(&offer.value);
            if phrase.is_empty() {
                continue;
            }
            let units = phrase.ids();
            let at = match self.by_units.get(&units) {
                Some(at) => *at,
                None => {
                    let at = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
                    for key in phrase.keys() {
                        self.by_key.entry(key).or_default().push(at);
                    }
                    self.by_units.insert(units, at);
                    self.phrases.push(phrase);
                    self.offers.push(Vec::new());
                    at
                }
            };
            if let Some(sayers) = self.offers.get_mut(at as usize) {
                sayers.push(said(by, record, offer));
            }
        }
    }

    /// Phrases that share a word with this one, in the order they were added.
    fn candidates(&self, phrase: &Phrase) -> Vec<u32> {
        let mut found: BTreeMap<u32, ()> = BTreeMap::new();
        found.extend(self.by_units.get(&phrase.ids()).map(|at| (*at, ())));
        let mut lists: Vec<&Vec<u32>> = phrase.keys().filter_map(|key| self.by_key.get(&key)).collect();
        lists.sort_by_key(|list| list.len());
        for list in lists {
            if found.len() >= CANDIDATES {
                break;
            }
            found.extend(list.iter().take(CANDIDATES).map(|at| (*at, ())));
        }
        found.into_keys().collect()
    }
}

fn said<'i>(by: Whom, record: &'i PersonRecord, line: &'i At<Box<str>>) -> Said<'i> {
    Said { by, text: &line.value, path: &record.path, line: line.line }
}

fn fitting<'i>(asked: Said<'i>, offered: Said<'i>, fit: &Fit) -> Match<'i> {
    let shared = fit.places.iter().filter_map(|place| offered.text.get(place.clone())).collect();
    Match { asked, offered, kind: fit.kind, shared, score: fit.score }
}
