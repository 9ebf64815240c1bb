//! Suggestions as data: who offers what someone needs, and the next move with someone, each with the lines it rests on.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::affairs::affair_of;
use crate::index::introductions::Candidate;
use crate::index::matching::{Match, Said, Whom};
use crate::index::next_move::NextMove;
use crate::index::options::IndexOptions;
use crate::index::record::{FollowUp, Index, PersonId};
use crate::index::suggested::Suggested;
use crate::model::today::Today;

use super::facts::reference;
use super::reason::{PersonRef, Source};

/// A line of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub source: Source,
}

/// What someone needs, and who offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Who needs it; `null` for the owner.
    pub needed_by: Option<PersonRef>,
    /// What is needed.
    pub need: Quoted,
    /// Who offers it; `null` for the owner.
    pub offered_by: Option<PersonRef>,
    /// What is offered.
    pub offer: Quoted,
    /// `equal`, `contains` or `words`.
    pub fit: &'static str,
    /// The words both share, as the offer has them.
    pub shared: Vec<String>,
}

/// What to do next for someone who is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum NextStep {
    /// Tell them what was kept for them.
    Tell {
        /// The words.
        text: String,
        /// The day it was kept.
        date: NaiveDate,
        /// Where it stands.
        source: Source,
    },
    /// Do what is open between the two.
    Push {
        /// Its words.
        text: String,
        /// The day it is due or planned for.
        due: Option<NaiveDate>,
        /// The affair it is a part of.
        affair: Option<String>,
        /// Where it stands.
        source: Source,
    },
    /// Make an introduction that was promised.
    Promised {
        /// Its words.
        text: String,
        /// The day it is due or planned for.
        due: Option<NaiveDate>,
        /// Whom else it names.
        with: Vec<PersonRef>,
        /// Where it stands.
        source: Source,
    },
    /// Offer them what they need.
    Offer {
        /// Their need and what the owner offers.
        suggestion: Suggestion,
    },
    /// Bring them together with somebody.
    Introduce {
        /// With whom.
        with: PersonRef,
        /// `needs` or `offers`: what they themselves do.
        side: &'static str,
        /// What speaks for it, the best first.
        suggestions: Vec<Suggestion>,
    },
}

/// A match as data.
pub(super) fn suggestion(index: &Index, found: &Match<'_>) -> Suggestion {
    Suggestion {
        needed_by: whom(index, found.asked.by),
        need: quoted(&found.asked),
        offered_by: whom(index, found.offered.by),
        offer: quoted(&found.offered),
        fit: found.kind.as_str(),
        shared: found.shared.iter().map(|word| (*word).to_owned()).collect(),
    }
}

/// What speaks for a pair, as data.
pub(super) fn suggestions(index: &Index, candidate: &Candidate<'_>) -> Vec<Suggestion> {
    candidate.matches.iter().map(|found| suggestion(index, found)).collect()
}

/// All that is suggested about someone. Of the dead and whom one let go there is nothing.
pub(super) fn suggestions_about(index: &Index, options: &IndexOptions, id: PersonId, today: Today) -> Vec<Suggestion> {
    if index.person(id).is_none_or(|record| record.silence().is_some()) {
        return Vec::new();
    }
    let suggested = Suggested::new(index, options, today);
    let matches = suggested.matches();
    let own = matches.of_owner_for(id).into_iter().chain(matches.for_owner_from(id));
    let mut found: Vec<Suggestion> = own.map(|found| suggestion(index, &found)).collect();
    let with_them = |candidate: &Candidate<'_>| candidate.is_open && [candidate.needs, candidate.offers].contains(&id);
    let candidates = suggested.introductions();
    found.extend(candidates.iter().filter(|candidate| with_them(candidate)).flat_map(|one| suggestions(index, one)));
    found
}

/// The next move with `person`, as data.
pub(super) fn next_step(index: &Index, person: PersonId, next: NextMove<'_>) -> Option<NextStep> {
    let of =
        |task: &FollowUp| (task.text.to_string(), task.due.or(task.scheduled), source(task.path.as_str(), task.line));
    Some(match next {
        NextMove::Tell(kept) => NextStep::Tell {
            text: kept.text.to_string(),
            date: kept.date,
            source: source(kept.path.as_str(), kept.line),
        },
        NextMove::Push(task) => {
            let (text, due, source) = of(task);
            NextStep::Push { text, due, affair: affair_of(index, task).map(|affair| affair.title.to_string()), source }
        }
        NextMove::Introduce(task) => {
            let (text, due, source) = of(task);
            let others = task.people.iter().filter(|id| **id != person);
            let with = others.filter_map(|id| index.person(*id)).map(reference).collect();
            NextStep::Promised { text, due, with, source }
        }
        NextMove::Offer(found) => NextStep::Offer { suggestion: suggestion(index, &found) },
        NextMove::Suggest(candidate) => {
            let (side, other) = match candidate.needs == person {
                true => ("needs", candidate.offers),
                false => ("offers", candidate.needs),
            };
            let with = reference(index.person(other)?);
            NextStep::Introduce { with, side, suggestions: suggestions(index, &candidate) }
        }
    })
}

fn whom(index: &Index, by: Whom) -> Option<PersonRef> {
    match by {
        Whom::Owner => None,
        Whom::Person(id) => index.person(id).map(reference),
    }
}

fn quoted(said: &Said<'_>) -> Quoted {
    Quoted { text: said.text.to_owned(), source: source(said.path.as_str(), said.line) }
}

fn source(path: &str, line: u32) -> Source {
    Source { path: path.to_owned(), line }
}
