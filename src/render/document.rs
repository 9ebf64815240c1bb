//! Any of the reports that are written into the vault, so that printing, writing and asking for one go one way.

use serde::Serialize;

use crate::report::agenda::Agenda;
use crate::report::endorsers::Endorsers;
use crate::report::information::Information;
use crate::report::ledger::Ledger;
use crate::report::network::Network;
use crate::report::people::People;
use crate::report::plan::Plan;
use crate::report::problems::Problems;
use crate::report::stale::StaleContacts;
use crate::report::year::Year;

/// A report. It is serialised as the report itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Document {
    /// What to do.
    Agenda(Agenda),
    /// Whom the owner is losing.
    Stale(StaleContacts),
    /// The plan of the year.
    Plan(Plan),
    /// What was given and got.
    Ledger(Box<Ledger>),
    /// How ties stand.
    Network(Box<Network>),
    /// Who can vouch for the owner.
    Endorsers(Endorsers),
    /// How near to the source the owner is.
    Information(Information),
    /// A year looked back on.
    Year(Year),
    /// Everyone.
    People(People),
    /// What `check` found.
    Problems(Problems),
}

impl Document {
    /// Whether there is nothing to say. Its file is then not created; one that exists is written all the same, so that
    /// it does not go on telling yesterday's news.
    pub fn is_empty(&self) -> bool {
        match self {
            Document::Agenda(report) => report.items.is_empty(),
            Document::Stale(report) => report.items.is_empty(),
            Document::Plan(report) => report.is_empty(),
            Document::Ledger(report) => report.is_empty(),
            Document::Network(report) => report.is_empty(),
            Document::Endorsers(report) => report.is_empty(),
            Document::Information(report) => report.is_empty(),
            Document::Year(report) => report.is_empty(),
            Document::People(report) => report.people.is_empty(),
            Document::Problems(report) => report.diagnostics.is_empty(),
        }
    }
}
