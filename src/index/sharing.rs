//! The owner's habit of sharing: the day of the last one, and when the next is due.

use chrono::{Datelike, NaiveDate};

use crate::model::cadence::{Cadence, Period};
use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::ledger::Fact;
use super::record::Index;

/// Where the habit stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharing<'i> {
    /// How often the owner means to share.
    pub cadence: Period,
    /// The last time.
    pub last: Option<&'i Fact>,
    /// The day the next is due; without a last one the first of today's month, so that it is asked once a month.
    pub due: NaiveDate,
}

/// Where the owner's habit stands; `None` where their note names no rhythm.
pub fn sharing(index: &Index, today: Today) -> Option<Sharing<'_>> {
    let cadence = match index.owner.as_ref()?.person.share.as_ref()?.value {
        Cadence::Every(period) => period,
        Cadence::Untracked => return None,
    };
    let last = shared(index, today).next_back();
    let due = match last {
        Some(fact) => cadence.after(fact.date, 1)?,
        None => today.0.with_day(1)?,
    };
    Some(Sharing { cadence, last, due })
}

/// All that was shared up to `today`, oldest first.
pub fn shared(index: &Index, today: Today) -> impl DoubleEndedIterator<Item = &Fact> {
    index.ledger.facts.iter().filter(move |fact| fact.date <= today.0 && fact.is(MoveKind::Gave, "share"))
}
