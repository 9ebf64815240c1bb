//! Why someone stands where they stand: how the due day came about, which lines counted and which did not.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::{Index, PersonId};
use crate::model::today::Today;

use super::exchange::{Exchange, exchange};
use super::facts::Subject;
use super::reason::CadenceReason;

mod lines;
mod steps;
mod thanks;

pub use lines::Line;
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
        counted: lines::counted(subject.record, today),
        not_counted: lines::not_counted(subject.record, today),
        exchange: exchange(index, id, today),
        thanks: thanks::thanks(index, id, today),
    })
}

#[cfg(test)]
mod tests;
