//! Questions without an answer, the edge of what the owner knows, and who could answer them.

use serde::Serialize;

use crate::index::ledger::Fact;
use crate::index::matching::{Matches, Said, Whom};
use crate::index::record::Index;
use crate::index::suggested::Suggested;
use crate::model::moves::MoveKind;
use crate::model::task::TaskState;
use crate::report::facts::reference;
use crate::report::reason::{PersonRef, Source};
use crate::report::told::{Told, references};

/// For how many questions it is looked for who could answer.
const ASKED: usize = 100;
/// No more than this are named for one.
const NAMED: usize = 3;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Day and words.
    #[serde(flatten)]
    pub told: Told,
    /// Who asked, or with whom it came up.
    pub with: Vec<PersonRef>,
    /// Who could answer, the best first.
    pub answerers: Vec<Answerer>,
}

/// Someone who could answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answerer {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// What they offer.
    pub offer: String,
    /// Where that stands.
    pub source: Source,
}

/// Those without anything below them and not in a box that was ticked, the newest first.
pub(super) fn open(suggested: &Suggested<'_>) -> Vec<Question> {
    let Suggested { index, today, .. } = *suggested;
    let is_open = |fact: &&Fact| {
        let is_asked = fact.kind == MoveKind::Question && fact.date <= today.0;
        is_asked && fact.below.iter().all(|text| text.is_empty()) && fact.task != Some(TaskState::Done)
    };
    let asked: Vec<&Fact> = index.ledger.facts().rev().filter(is_open).collect();
    let matches = (!asked.is_empty()).then(|| suggested.matches());
    let question = |(at, fact): (usize, &Fact)| Question {
        told: Told::of(fact),
        with: references(index, &fact.people),
        answerers: match matches {
            Some(matches) if at < ASKED => answerers(index, matches, fact),
            _ => Vec::new(),
        },
    };
    asked.into_iter().enumerate().map(question).collect()
}

fn answerers<'i>(index: &'i Index, matches: &Matches<'i>, fact: &'i Fact) -> Vec<Answerer> {
    let asked = Said { by: Whom::Owner, text: fact.words(), path: &fact.path, line: fact.line };
    let found = matches.offers_for(asked);
    let answerer = |said: &Said<'_>| {
        let Whom::Person(id) = said.by else { return None };
        let PersonRef { person, path } = reference(index.person(id)?);
        let source = Source { path: said.path.as_str().to_owned(), line: said.line };
        Some(Answerer { person, path, offer: said.text.to_owned(), source })
    };
    found.iter().filter_map(|found| answerer(&found.offered)).take(NAMED).collect()
}
