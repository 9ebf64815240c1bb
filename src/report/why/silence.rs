//! What a silence means beyond being late, as the report on stale contacts groups by it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::kept_warm::{Cooling, LettingGo, cooling};
use crate::index::record::Index;
use crate::model::today::Today;
use crate::report::facts::Subject;

/// A silence and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// Days since the last contact; `null` where there was none.
    pub days: Option<i64>,
    /// What it means.
    #[serde(flatten)]
    pub meaning: Meaning,
}

/// What a silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Meaning {
    /// They once helped.
    Benefactor {
        /// How often.
        times: usize,
    },
    /// Nothing was given, got or done together.
    LetGoCandidate {
        /// Days of contact so far.
        contacts: usize,
        /// The first of them.
        first: NaiveDate,
    },
    /// The rhythm there was is broken.
    Drifting {
        /// Median days between the last contacts.
        median_days: i64,
        /// How many gaps it rests on.
        gaps: usize,
    },
    /// A weak tie that gave or could give something.
    WeakTie,
}

/// That of someone; `None` where nothing but a day passed.
pub(super) fn silence(index: &Index, subject: &Subject<'_>, today: Today) -> Option<Silence> {
    let meaning = match cooling(index, subject.id, subject.standing.state, today)? {
        Cooling::Missed(help) => Meaning::Benefactor { times: help.times },
        Cooling::NothingCame(LettingGo { contacts, first, .. }) => Meaning::LetGoCandidate { contacts, first },
        Cooling::Broken(rhythm) => Meaning::Drifting { median_days: rhythm.median_days, gaps: rhythm.gaps },
        Cooling::WorthACall => Meaning::WeakTie,
    };
    Some(Silence { days: subject.standing.last_contact.map(|last| today.days_since(last)), meaning })
}
