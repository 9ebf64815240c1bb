//! What was planned and what was kept, this year so far and last year.

use serde::Serialize;

use crate::index::keeping::{Tally, noted_since, planned_contacts};
use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::model::today::Today;
use crate::report::counts::Kept;
use crate::report::facts::Subject;
use crate::report::reason::PersonRef;

/// The plan against what happened, by the rules that hold today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Keeping {
    /// This year, as far as it has gone.
    pub this_year: Kept,
    /// The year before.
    pub last_year: Kept,
    /// Per person, in the order of the table; those of whom nothing was planned yet are left out.
    pub people: Vec<KeptWith>,
}

/// The same with one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptWith {
    /// Who.
    #[serde(flatten)]
    pub person: PersonRef,
    /// This year.
    pub this_year: Kept,
    /// The year before.
    pub last_year: Kept,
}

/// Of the people of the plan.
pub(super) fn keeping(index: &Index, planned: &[&Subject<'_>], options: &IndexOptions, today: Today) -> Keeping {
    let year = options.year_starts.year_of(today.0);
    let since = noted_since(index, options.year_starts.days_of(year).0);
    let of = |subject: &Subject<'_>, year: i32| {
        let (from, to) = options.year_starts.days_of(year);
        Tally::of(&planned_contacts(subject.record, from.max(since), to, today))
    };
    let tallies: Vec<_> = planned.iter().map(|subject| (*subject, of(subject, year), of(subject, year - 1))).collect();
    let sum = |tally: fn(&(&Subject<'_>, Tally, Tally)) -> Tally| {
        Kept::from(tallies.iter().map(tally).fold(Tally::default(), Tally::plus))
    };
    let (this_year, last_year) = (sum(|(_, this, _)| *this), sum(|(_, _, last)| *last));
    let counted = tallies.into_iter().filter(|(_, this, last)| this.planned + last.planned > 0);
    let people = counted.map(|(subject, this, last)| KeptWith {
        person: subject.reference(),
        this_year: this.into(),
        last_year: last.into(),
    });
    Keeping { this_year, last_year, people: people.collect() }
}
