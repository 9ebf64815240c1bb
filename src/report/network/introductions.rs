//! Introductions: whom to bring together and why, which were promised, which were made this year.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::introductions::{made, promised};
use crate::index::record::PersonId;
use crate::index::suggested::Suggested;
use crate::report::facts::reference;
use crate::report::reason::{PersonRef, Source};
use crate::report::suggestion::{Suggestion, suggestions};

/// Two people who may be brought together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The line's block id, by which it can be answered in place.
    pub id: String,
    /// Who needs something.
    pub needs: PersonRef,
    /// Who offers it.
    pub offers: PersonRef,
    /// What speaks for it, the best first.
    pub suggestions: Vec<Suggestion>,
}

/// An introduction that was promised or made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Introduction {
    /// The day it was made, or is due; `null` for a promise without a day.
    pub date: Option<NaiveDate>,
    /// The words.
    pub text: String,
    /// Who.
    pub people: Vec<PersonRef>,
    /// Where it stands.
    pub source: Source,
}

/// All about introductions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Introductions {
    /// Suggested, the best first.
    pub suggested: Vec<Pair>,
    /// Promised and not made yet.
    pub promised: Vec<Introduction>,
    /// Made since the year began, newest first.
    pub made: Vec<Introduction>,
}

/// Those of the day, in the year that began on `from`.
pub(super) fn introductions_of(suggested: &Suggested<'_>, from: NaiveDate) -> Introductions {
    let Suggested { index, today, .. } = *suggested;
    let pairs = suggested.introductions().iter().filter(|candidate| candidate.is_open).filter_map(|candidate| {
        Some(Pair {
            id: candidate.id.to_string(),
            needs: reference(index.person(candidate.needs)?),
            offers: reference(index.person(candidate.offers)?),
            suggestions: suggestions(index, candidate),
        })
    });
    let people = |ids: &[PersonId]| ids.iter().filter_map(|id| index.person(*id)).map(reference).collect();
    let promises = promised(index).map(|task| Introduction {
        date: task.due.or(task.scheduled),
        text: task.text.to_string(),
        people: people(&task.people),
        source: Source { path: task.path.as_str().to_owned(), line: task.line },
    });
    let mut done: Vec<Introduction> = made(index, today)
        .filter(|fact| fact.date >= from)
        .map(|fact| Introduction {
            date: Some(fact.date),
            text: fact.words().to_owned(),
            people: people(&fact.people),
            source: Source { path: fact.path.as_str().to_owned(), line: fact.line },
        })
        .collect();
    done.reverse();
    Introductions { suggested: pairs.collect(), promised: promises.collect(), made: done }
}
