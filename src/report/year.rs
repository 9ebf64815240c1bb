//! A year looked back on: contacts, what was given and got, new people, first cooperations, who helped, the plan kept.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::keeping::{Tally, noted_since, planned_contacts};
use crate::index::ledger::Fact;
use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::counts::{Kept, by_kind};
use super::exchange::Tally as Kind;
use super::reason::Source;

mod contacts;
mod help;
mod people;
#[cfg(test)]
mod tests;

pub use contacts::{Month, Silence};
pub use help::{Endorsement, Helper, Told};
pub use people::{FirstCooperation, NewPerson, YearWith};

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// `vault-scan/year/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// The calendar year in which it began.
    pub year: i32,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// Whether it is over.
    pub is_over: bool,
    /// Days of contact, each person's counted by itself.
    pub contacts: usize,
    /// People one was in contact with.
    pub people_contacted: usize,
    /// Per month so far.
    pub months: Vec<Month>,
    /// What of the plan was kept.
    pub plan: Kept,
    /// What was given, by kind.
    pub gave: Vec<Kind>,
    /// How often.
    pub gave_times: usize,
    /// What was got, by kind.
    pub got: Vec<Kind>,
    /// How often.
    pub got_times: usize,
    /// People met for the first time, by day.
    pub new_people: Vec<NewPerson>,
    /// With whom one worked together for the first time, by day.
    pub first_cooperations: Vec<FirstCooperation>,
    /// Who helped, most often first.
    pub helped: Vec<Helper>,
    /// Endorsements got, by day.
    pub endorsements: Vec<Endorsement>,
    /// What was shared, by day.
    pub shared: Vec<Told>,
    /// The longest silences that ended, longest first.
    pub silences: Vec<Silence>,
    /// Each person's year, who gave and got most first.
    pub people: Vec<YearWith>,
}

impl Year {
    /// Whether there is nothing to tell: no contact in all the year.
    pub fn is_empty(&self) -> bool {
        self.contacts == 0
    }
}

/// The days a report is about.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: NaiveDate,
    /// The last day that has come.
    until: NaiveDate,
}

impl Span {
    fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }

    /// The facts of these days, oldest first.
    fn facts(self, index: &Index) -> Vec<&Fact> {
        index.ledger.facts().filter(|fact| self.holds(fact.date)).collect()
    }
}

/// The report of the year that began in the calendar year `year`, up to `today`.
pub fn year(index: &Index, index_options: &IndexOptions, year: i32, today: Today) -> Year {
    let (from, to) = index_options.year_starts.days_of(year);
    let span = Span { from, until: to.min(today.0) };
    let facts = span.facts(index);
    let of = |kind: MoveKind| facts.iter().copied().filter(move |fact| fact.kind == kind);
    let people = people::people(index, span);
    Year {
        schema: "vault-scan/year/1",
        today: today.0,
        year,
        from,
        to,
        is_over: to < today.0,
        contacts: people.iter().map(|person| person.contacts).sum(),
        people_contacted: people.iter().filter(|person| person.contacts > 0).count(),
        months: contacts::months(index, span),
        plan: kept(index, index_options, (from, to), today),
        gave: by_kind(of(MoveKind::Gave)),
        gave_times: of(MoveKind::Gave).count(),
        got: by_kind(of(MoveKind::Got)),
        got_times: of(MoveKind::Got).count(),
        new_people: people::new_people(index, span),
        first_cooperations: people::first_cooperations(index, span),
        helped: help::helped(index, &facts),
        endorsements: help::endorsements(index, &facts),
        shared: help::shared(index, span),
        silences: contacts::silences(index, span),
        people,
    }
}

fn kept(index: &Index, options: &IndexOptions, (from, to): (NaiveDate, NaiveDate), today: Today) -> Kept {
    let (this_year, _) = options.year_starts.days_of(options.year_starts.year_of(today.0));
    let from = noted_since(index, this_year).max(from);
    let tallies = index.people.iter().map(|record| Tally::of(&planned_contacts(record, from, to, today)));
    tallies.fold(Tally::default(), Tally::plus).into()
}

/// Where a fact is written.
fn source(fact: &Fact) -> Source {
    Source { path: fact.path.as_str().to_owned(), line: fact.line }
}
