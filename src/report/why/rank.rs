//! How pressing a contact is, and how much someone matters.

use serde::Serialize;

use crate::index::importance::{Pressure, by_importance};
use crate::index::record::Index;
use crate::model::today::Today;
use crate::report::facts::Subject;

/// The rank of someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rank {
    /// Weight in hundredths; 100 is ordinary.
    pub weight: u32,
    /// Days overdue.
    pub late_days: u32,
    /// About how many days the cadence has; `null` where none is known.
    pub cadence_days: Option<u32>,
    /// Days overdue ÷ days of the cadence × weight, in hundredths: the higher, the sooner the agenda asks.
    pub rank: u64,
    /// The place in the list of those who matter most, from 1; `null` where nothing speaks for one.
    pub place: Option<usize>,
    /// How many that list has.
    pub of: usize,
}

/// Of one person.
pub(super) fn rank(index: &Index, subject: &Subject<'_>, today: Today) -> Rank {
    let pressure = Pressure::of(subject.record, &subject.standing);
    let ranked = by_importance(index, today);
    Rank {
        weight: pressure.weight,
        late_days: pressure.late_days,
        cadence_days: subject.record.cadence.period.map(|_| pressure.cadence_days),
        rank: pressure.hundredths(),
        place: ranked.iter().position(|one| one.person == subject.id).map(|at| at + 1),
        of: ranked.len(),
    }
}
