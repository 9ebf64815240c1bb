//! The three tests of someone who might vouch for the owner, as data. The report of endorsers and `why` tell the same.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::endorsers::{Candidate, Gap, verdict};

use super::told::Told;

/// The tests of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tests {
    /// Whether all three are passed.
    pub passes: bool,
    /// Has a say in decisions and will still be there.
    pub say: Say,
    /// Knows the owner from shared events over time.
    pub knows: Knows,
    /// Is willing to spend effort.
    pub willing: Willing,
}

/// A say in decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Say {
    /// `yes`, `unsure` or `no`.
    pub verdict: &'static str,
    /// What their note says of it.
    pub decision: Option<String>,
    /// The last day of their term.
    pub term_until: Option<NaiveDate>,
    /// What is missing: `decision-unknown`, `no-vote`, `term-unknown`, `term-past`, `term-ending`.
    pub gaps: Vec<&'static str>,
}

/// Shared events over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Knows {
    /// `yes` or `no`.
    pub verdict: &'static str,
    /// On how many days something was shared.
    pub events: usize,
    /// The first of them.
    pub first: Option<NaiveDate>,
    /// The last.
    pub last: Option<NaiveDate>,
    /// What is missing: `no-events`, `few-events`, `short-time`, `long-ago`.
    pub gaps: Vec<&'static str>,
}

/// Effort spent for the owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Willing {
    /// `yes` or `no`.
    pub verdict: &'static str,
    /// What they did, newest first.
    pub did: Vec<Told>,
    /// What is missing: `nothing-done`, `only-advice`.
    pub gaps: Vec<&'static str>,
}

impl Tests {
    pub(super) fn of(candidate: &Candidate<'_>) -> Self {
        let Candidate { record, term_ends, shared, did, say_gaps, knows_gaps, willing_gaps, .. } = candidate;
        Tests {
            passes: candidate.passes(),
            say: Say {
                verdict: verdict(say_gaps).as_str(),
                decision: record.person.decision.as_deref().map(str::to_owned),
                term_until: *term_ends,
                gaps: words(say_gaps),
            },
            knows: Knows {
                verdict: verdict(knows_gaps).as_str(),
                events: shared.days,
                first: shared.first,
                last: shared.last,
                gaps: words(knows_gaps),
            },
            willing: Willing {
                verdict: verdict(willing_gaps).as_str(),
                did: did.iter().map(|fact| Told::of(fact)).collect(),
                gaps: words(willing_gaps),
            },
        }
    }
}

fn words(gaps: &[Gap]) -> Vec<&'static str> {
    gaps.iter().map(|gap| gap.as_str()).collect()
}
