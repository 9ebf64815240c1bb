//! Information: how near to its source, who makes news and who passes it on, what several tell of one topic, whose word
//! is alone, points and questions left open, what was learned by watching others.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::suggested::Suggested;
use crate::model::today::Today;

mod captured;
mod models;
mod questions;
mod shares;
#[cfg(test)]
mod tests;
mod topics;

pub use captured::{Occasion, Point};
pub use models::RoleModel;
pub use questions::{Answerer, Question};
pub use shares::{Teller, YearShare};
pub use topics::{Nearer, TopicLine, TopicTold, Unconfirmed};

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Information {
    /// `vault-scan/information/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Source and relayed by year, this one first.
    pub years: Vec<YearShare>,
    /// Whether most of this year's was relayed.
    pub mostly_relayed: bool,
    /// Who is near the source.
    pub sources: Vec<Teller>,
    /// Who only passes on.
    pub relayers: Vec<Teller>,
    /// Topics of which several told, the newest first.
    pub topics: Vec<TopicLine>,
    /// What one alone passed on, the newest first.
    pub unconfirmed: Vec<Unconfirmed>,
    /// Points noted at talks and meetings, the newest first.
    pub captured: Vec<Occasion>,
    /// Questions without an answer, the newest first.
    pub questions: Vec<Question>,
    /// Those who were watched, by name.
    pub models: Vec<RoleModel>,
}

impl Information {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        // What nobody marked says nothing about how near it was.
        let is_marked = |share: &YearShare| share.source + share.relayed > 0;
        !self.years.iter().any(is_marked)
            && self.sources.is_empty()
            && self.captured.is_empty()
            && self.questions.is_empty()
            && self.models.is_empty()
    }
}

/// The report of `today`.
pub fn information(index: &Index, index_options: &IndexOptions, today: Today) -> Information {
    information_of(&Suggested::new(index, index_options, today))
}

/// The same of what other reports read too.
pub fn information_of(suggested: &Suggested<'_>) -> Information {
    let Suggested { index, options: index_options, today, .. } = *suggested;
    let years = shares::years(index, index_options, today);
    let this_year = index_options.year_starts.year_of(today.0);
    let (sources, relayers) = shares::tellers(index, today);
    let (topics, unconfirmed) = topics::lines(index, today);
    Information {
        schema: "vault-scan/information/1",
        today: today.0,
        mostly_relayed: years.iter().any(|share| share.year == this_year && share.mostly_relayed),
        years,
        sources,
        relayers,
        topics,
        unconfirmed,
        captured: captured::occasions(index, today),
        questions: questions::open(suggested),
        models: models::watched(index, today),
    }
}
