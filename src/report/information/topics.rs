//! What several tell of one topic side by side, what one alone passed on, and who is nearer to the source of it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::index::information::{Nearness, Topic, Voices, informed, nearness, topics};
use crate::index::ledger::Fact;
use crate::index::record::Index;
use crate::index::sources::{NearBy, Sources};
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::report::facts::reference;
use crate::report::reason::PersonRef;
use crate::report::told::{Told, references};

/// For how many items it is looked for who is nearer to their source.
const ASKED: usize = 50;

/// One line about a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicTold {
    /// Who told it.
    pub by: Vec<PersonRef>,
    /// `source`, `relayed` or `unsaid`.
    pub nearness: &'static str,
    /// Day and words.
    #[serde(flatten)]
    pub told: Told,
}

/// One topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicLine {
    /// Its words.
    pub topic: String,
    /// `source` where one of them is, `independent` where two tell it apart from each other, `quoting` where each names
    /// another and they are one voice.
    pub voices: &'static str,
    /// What was told, oldest first.
    pub told: Vec<TopicTold>,
    /// Who is nearer to its source, where none of the tellers is.
    pub nearer: Vec<Nearer>,
}

/// Something that one alone passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unconfirmed {
    /// Who told it.
    pub by: Vec<PersonRef>,
    /// Its topics.
    pub topics: Vec<String>,
    /// Day and words.
    #[serde(flatten)]
    pub told: Told,
    /// Who is nearer to its source.
    pub nearer: Vec<Nearer>,
}

/// Someone nearer to the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nearer {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// `company`, `topic` or `offer`.
    pub by: &'static str,
    /// The words of their note that say so.
    pub words: String,
}

pub(super) fn lines(index: &Index, today: Today) -> (Vec<TopicLine>, Vec<Unconfirmed>) {
    let found = topics(index, today);
    let sources = Sources::new(index);
    let mut several: Vec<&Topic<'_>> = found.iter().filter(|topic| topic.tellers.len() > 1).collect();
    several.sort_by_key(|topic| std::cmp::Reverse(topic.told.last().map(|fact| fact.date)));
    // What is told of a topic by others too stands there.
    let confirmed: BTreeSet<(&NotePath, u32)> = found
        .iter()
        .filter(|topic| topic.voices != Voices::Single)
        .flat_map(|topic| &topic.told)
        .map(|fact| address(fact))
        .collect();
    let alone = informed(index, today).rev().filter(|fact| nearness(index, fact) == Nearness::Relayed);
    let alone: Vec<&Fact> = alone.filter(|fact| !confirmed.contains(&address(fact))).collect();
    let topics = several.into_iter().enumerate().map(|(at, topic)| line(index, &sources, topic, at)).collect();
    let unconfirmed = alone.into_iter().enumerate().map(|(at, fact)| Unconfirmed {
        by: references(index, &fact.people),
        topics: fact.topics.iter().map(ToString::to_string).collect(),
        told: Told::of(fact),
        nearer: if at < ASKED { nearer(index, &sources, &[fact]) } else { Vec::new() },
    });
    (topics, unconfirmed.collect())
}

/// Facts of one kind are told apart by where they stand.
fn address(fact: &Fact) -> (&NotePath, u32) {
    (&fact.path, fact.line)
}

fn line(index: &Index, sources: &Sources<'_>, topic: &Topic<'_>, at: usize) -> TopicLine {
    let is_asked = topic.voices != Voices::Source && at < ASKED;
    TopicLine {
        topic: topic.name.to_owned(),
        voices: topic.voices.as_str(),
        told: topic.told.iter().map(|fact| told(index, fact)).collect(),
        nearer: if is_asked { nearer(index, sources, &topic.told) } else { Vec::new() },
    }
}

fn told(index: &Index, fact: &Fact) -> TopicTold {
    let by = references(index, &fact.people);
    TopicTold { by, nearness: nearness(index, fact).as_str(), told: Told::of(fact) }
}

fn nearer(index: &Index, sources: &Sources<'_>, facts: &[&Fact]) -> Vec<Nearer> {
    let line = |near: &NearBy<'_>| {
        let PersonRef { person, path } = reference(index.person(near.person)?);
        Some(Nearer { person, path, by: near.ground.as_str(), words: near.words.to_owned() })
    };
    sources.nearer(facts).iter().filter_map(line).collect()
}
