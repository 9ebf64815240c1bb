//! Why someone stands where they stand: how the due day came about, which lines counted and which did not.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::index::tie::{Strength, tie_standing};
use crate::model::today::Today;

use super::facts::{Subject, tie_steps};
use super::reason::{CadenceReason, TieStep};

mod lines;
mod rank;
mod steps;

pub use lines::Line;
pub use rank::Rank;
pub use steps::DueStep;

/// How the due day came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The day; `null` when none is due.
    pub date: Option<NaiveDate>,
    /// The rule that gave the cadence.
    pub rule: &'static str,
    /// The cadence with its rule and detail.
    pub cadence: CadenceReason,
    /// The steps, in order.
    pub steps: Vec<DueStep>,
}

/// How the tie stands, and how it came there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// `acquaintance`, `friend` or `network`.
    pub state: &'static str,
    /// `strong`, `weak`, or `null` without any contact.
    pub strength: Option<&'static str>,
    /// How many days of contact the past 365 days had.
    pub days_in_year: usize,
    /// Those days, newest first.
    pub days: Vec<NaiveDate>,
    /// The steps with their lines, oldest first.
    pub came_by: Vec<TieStep>,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// `vault-scan/why/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// State word.
    pub state: &'static str,
    /// Days past due.
    pub late_days: i64,
    /// How the due day came about.
    pub due: Due,
    /// How the tie stands.
    pub tie: Tie,
    /// How pressing a contact is, and the place among those who matter most.
    pub rank: Rank,
    /// Lines that counted as contact, newest first.
    pub counted: Vec<Line>,
    /// Lines that name the person and did not count, newest first.
    pub not_counted: Vec<Line>,
}

/// The whole chain for one person; `None` when the index has no such number.
pub fn why(index: &Index, index_options: &IndexOptions, id: PersonId, today: Today) -> Option<Why> {
    let subject = Subject::of(index, index_options, id, today)?;
    let cadence = subject.cadence();
    Some(Why {
        schema: "vault-scan/why/1",
        today: today.0,
        person: subject.name(),
        path: subject.path(),
        state: subject.standing.state.as_str(),
        late_days: subject.standing.late_days,
        due: Due {
            date: subject.standing.due,
            rule: cadence.rule,
            steps: subject.standing.steps.iter().map(|step| DueStep::of(*step, &cadence.detail)).collect(),
            cadence,
        },
        tie: tie_of(index, &subject, today),
        rank: rank::rank(index, &subject, today),
        counted: lines::counted(subject.record, today),
        not_counted: lines::not_counted(subject.record, today),
    })
}

fn tie_of(index: &Index, subject: &Subject<'_>, today: Today) -> Tie {
    let standing = tie_standing(index, subject.id, today);
    let days = subject.record.contacts.iter().rev().map(|contact| contact.date).filter(|date| *date <= today.0);
    Tie {
        state: standing.state.as_str(),
        strength: standing.strength.map(Strength::as_str),
        days_in_year: standing.in_year,
        days: days.take(standing.in_year).collect(),
        came_by: tie_steps(index, subject.id, today),
    }
}

#[cfg(test)]
mod tests;
