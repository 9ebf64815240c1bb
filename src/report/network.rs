//! The network: how ties stand, weak ties, coverage, what it yields, whom to introduce to whom.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::suggested::Suggested;
use crate::model::today::Today;

pub mod contacts;
pub mod coverage;
pub mod graph;
pub mod introductions;
mod member;
pub mod reach;
pub mod ties;
pub mod uses;
pub mod weak_ties;

use contacts::{ContactDays, contact_days};
use coverage::{Coverage, coverage};
use graph::{Graph, graph};
use introductions::{Introductions, introductions_of};
use member::members;
use reach::{ReachGap, reach_gaps};
use ties::{TieChange, TieCounts};
use uses::{YearOfUses, yields};
use weak_ties::{WeakTie, weak_ties};

/// Options of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkOptions {
    /// How many people the picture shows.
    pub shown: usize,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Network {
    /// `vault-scan/network/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The year by the settings: the calendar year in which it began.
    pub year: i32,
    /// How many people stand how.
    pub ties: TieCounts,
    /// Whose tie came further this year.
    pub changes: Vec<TieChange>,
    /// Weak ties that gave or could give something.
    pub weak_ties: Vec<WeakTie>,
    /// Whom to bring together, and introductions promised and made.
    pub introductions: Introductions,
    /// How wide the network reaches, by field.
    pub coverage: Vec<Coverage>,
    /// What it yields, by year, newest first.
    pub yields: Vec<YearOfUses>,
    /// Contact details that are missing.
    pub reach_gaps: Vec<ReachGap>,
    /// The picture of people.
    pub graph: Graph,
    /// The picture of days.
    pub contacts: ContactDays,
}

impl Network {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.ties.people == 0 && self.yields.is_empty() && self.contacts.days.is_empty()
    }
}

/// The report of `today`.
pub fn network(index: &Index, index_options: &IndexOptions, options: &NetworkOptions, today: Today) -> Network {
    network_of(&Suggested::new(index, index_options, today), options)
}

/// The same of what other reports read too.
pub fn network_of(suggested: &Suggested<'_>, options: &NetworkOptions) -> Network {
    let Suggested { index, options: index_options, today, .. } = *suggested;
    let year = index_options.year_starts.year_of(today.0);
    let (from, _) = index_options.year_starts.days_of(year);
    let members = members(index, index_options, today);
    Network {
        schema: "vault-scan/network/1",
        today: today.0,
        year,
        ties: ties::counts(&members),
        changes: ties::changes(index, &members, from, today),
        weak_ties: weak_ties(index, &members, today),
        introductions: introductions_of(suggested, from),
        coverage: coverage(&members),
        yields: yields(index, index_options, today),
        reach_gaps: reach_gaps(&members, from),
        graph: graph(index, &members, options.shown, today),
        contacts: contact_days(index, today),
    }
}

#[cfg(test)]
mod tests;
