//! Why someone stands where they stand: how the due day came about, which lines counted and which did not.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::endorsers::candidate;
use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::index::tie::{Strength, tie_standing};
use crate::model::today::Today;

use super::exchange::{Exchange, exchange};
use super::facts::{Subject, tie_steps};
use super::reason::{CadenceReason, TieStep};
use super::suggestion::{Suggestion, suggestions_about};
use super::vouching::Tests;

mod around;
mod informed;
mod lines;
mod rank;
mod silence;
mod steps;
mod thanks;

pub use around::OpenStep;
pub use informed::Informed;
pub use lines::Line;
pub use rank::Rank;
pub use silence::{Meaning, Silence};
pub use steps::DueStep;
pub use thanks::ThanksLine;

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
    /// In how many calendar months they fell: from six on a tie is strong.
    pub months_in_year: usize,
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
    /// The three tests of someone who might vouch for the owner; `null` for everybody else.
    pub endorser: Option<Tests>,
    /// Information they gave, newest first.
    pub informed: Vec<Informed>,
    /// What their role still asks for around meetings.
    pub open_steps: Vec<OpenStep>,
    /// How the tie stands.
    pub tie: Tie,
    /// How pressing a contact is, and the place among those who matter most.
    pub rank: Rank,
    /// What their silence means beyond being late; `null` where nothing does.
    pub silence: Option<Silence>,
    /// What is suggested about them, with the lines it rests on: what the owner has for them, what they have for the
    /// owner, whom to bring them together with.
    pub suggestions: Vec<Suggestion>,
    /// Lines that counted as contact, newest first.
    pub counted: Vec<Line>,
    /// Lines that name the person and did not count, newest first.
    pub not_counted: Vec<Line>,
    /// Give and take with them; `null` where nothing passed.
    pub exchange: Option<Exchange>,
    /// What they did, and whether they were thanked for it, the latest first.
    pub thanks: Vec<ThanksLine>,
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
        endorser: candidate(index, id, today).map(|found| Tests::of(&found)),
        informed: informed::lines(index, id, today),
        open_steps: around::open(index, index_options, id, today),
        tie: tie_of(index, &subject, today),
        rank: rank::rank(index, &subject, today),
        silence: silence::silence(index, &subject, today),
        suggestions: suggestions_about(index, index_options, id, today),
        counted: lines::counted(subject.record, today),
        not_counted: lines::not_counted(subject.record, today),
        exchange: exchange(index, id, today),
        thanks: thanks::thanks(index, id, today),
    })
}

fn tie_of(index: &Index, subject: &Subject<'_>, today: Today) -> Tie {
    let standing = tie_standing(index, subject.id, today);
    let days = subject.record.contacts.iter().rev().map(|contact| contact.date).filter(|date| *date <= today.0);
    Tie {
        state: standing.state.as_str(),
        strength: standing.strength.map(Strength::as_str),
        days_in_year: standing.in_year,
        months_in_year: standing.months_in_year,
        days: days.take(standing.in_year).collect(),
        came_by: tie_steps(index, subject.id, today),
    }
}

#[cfg(test)]
mod tests;
