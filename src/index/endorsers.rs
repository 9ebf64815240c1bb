//! Who might vouch for the owner, and the three tests of each: a say in decisions and still there to use it, knowing the
//! owner truly from events shared over time, and effort spent for the owner before. Each gap is named, so that the
//! reports can say what comes next.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::model::date::PartialDate;
use crate::model::entry::EntrySource;
use crate::model::moves::MoveKind;
use crate::model::today::Today;

use super::endorsements::is_endorsement;
use super::ledger::Fact;
use super::record::{Evidence, Index, PersonId, PersonRecord};

/// Shared events from which someone knows the owner.
const EVENTS: usize = 3;
/// Days over which they are to be spread.
const SPAN: i64 = 180;
/// Days after which shared events are long ago, and before which the end of a term is near.
const YEAR: u64 = 365;

/// How a test ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Passed.
    Yes,
    /// Something is not known.
    Unsure,
    /// Not passed.
    No,
}

impl Verdict {
    /// Its word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Unsure => "unsure",
            Verdict::No => "no",
        }
    }
}

/// What is missing for a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nothing says what say they have.
    DecisionUnknown,
    /// They have no vote.
    NoVote,
    /// Nothing says how long they stay.
    TermUnknown,
    /// They have left.
    TermPast,
    /// They leave within a year.
    TermEnding,
    /// Nothing was done together.
    NoEvents,
    /// Too little.
    FewEvents,
    /// Within too short a time.
    ShortTime,
    /// Not in the past year.
    LongAgo,
    /// They did nothing for the owner yet.
    NothingDone,
    /// They gave advice, and no more yet.
    OnlyAdvice,
}

impl Gap {
    /// Its word in JSON, by which templates find the next step.
    pub fn as_str(self) -> &'static str {
        match self {
            Gap::DecisionUnknown => "decision-unknown",
            Gap::NoVote => "no-vote",
            Gap::TermUnknown => "term-unknown",
            Gap::TermPast => "term-past",
            Gap::TermEnding => "term-ending",
            Gap::NoEvents => "no-events",
            Gap::FewEvents => "few-events",
            Gap::ShortTime => "short-time",
            Gap::LongAgo => "long-ago",
            Gap::NothingDone => "nothing-done",
            Gap::OnlyAdvice => "only-advice",
        }
    }

    fn verdict(self) -> Verdict {
        match self {
            Gap::DecisionUnknown | Gap::TermUnknown => Verdict::Unsure,
            _ => Verdict::No,
        }
    }
}

/// Events shared with someone: meetings, events, work done together, endorsements. Messages and calls are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// On how many days.
    pub days: usize,
    /// The first of them.
    pub first: Option<NaiveDate>,
    /// The last.
    pub last: Option<NaiveDate>,
}

/// Someone who might vouch for the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'i> {
    /// Who.
    pub person: PersonId,
    /// What is known of them.
    pub record: &'i PersonRecord,
    /// Until when they hold office.
    pub term_ends: Option<NaiveDate>,
    /// What the owner shared with them.
    pub shared: Shared,
    /// What they spent effort on for the owner, newest first.
    pub did: Vec<&'i Fact>,
    /// What is missing for the first test: a say, and still there.
    pub say_gaps: Vec<Gap>,
    /// For the second: knows the owner.
    pub knows_gaps: Vec<Gap>,
    /// For the third: willing.
    pub willing_gaps: Vec<Gap>,
}

impl Candidate<'_> {
    /// Whether all three tests are passed.
    pub fn passes(&self) -> bool {
        self.say_gaps.is_empty() && self.knows_gaps.is_empty() && self.willing_gaps.is_empty()
    }
}

/// How a test with these gaps ends.
pub fn verdict(gaps: &[Gap]) -> Verdict {
    gaps.iter().map(|gap| gap.verdict()).max().unwrap_or(Verdict::Yes)
}

/// The candidates on `today`, in path order: whom a note calls an endorser, and who vouched for the owner before. Who
/// died, was let go or archived is none.
pub fn candidates(index: &Index, today: Today) -> Vec<Candidate<'_>> {
    (0..).map(PersonId).zip(&index.people).filter_map(|(id, _)| candidate(index, id, today)).collect()
}

/// The tests of one person; `None` for who is no candidate.
pub fn candidate(index: &Index, person: PersonId, today: Today) -> Option<Candidate<'_>> {
    let record = index.person(person)?;
    let is_named = record.person.presets.iter().any(|preset| &*preset.value == "endorser");
    let past = || index.ledger.of(person).filter(|fact| fact.date <= today.0);
    if record.silence().is_some() || !(is_named || past().any(is_endorsement)) {
        return None;
    }
    let term_ends = record.person.term_until.and_then(PartialDate::last_day);
    let shared = shared(index, person, today);
    let mut did: Vec<&Fact> = past().filter(|fact| is_effort(fact) || is_advice(fact)).collect();
    did.reverse();
    Some(Candidate {
        person,
        record,
        term_ends,
        shared,
        say_gaps: say_gaps(record, term_ends, today),
        knows_gaps: knows_gaps(shared, today),
        willing_gaps: willing_gaps(&did),
        did,
    })
}

/// What the owner shared with someone up to `today`.
pub fn shared(index: &Index, person: PersonId, today: Today) -> Shared {
    let Some(record) = index.person(person) else { return Shared { days: 0, first: None, last: None } };
    let contacts = record.contacts.iter().filter(|contact| contact.evidence.iter().any(is_together));
    let met = record.meeting_days.iter().map(|day| day.date);
    let worked = index.ledger.of(person).filter(|fact| fact.kind == MoveKind::Cooperated || is_endorsement(fact));
    let days: BTreeSet<NaiveDate> = contacts
        .map(|contact| contact.date)
        .chain(met)
        .chain(worked.map(|fact| fact.date))
        .filter(|date| *date <= today.0)
        .collect();
    Shared { days: days.len(), first: days.first().copied(), last: days.last().copied() }
}

/// Whether a contact was one of being together, on a screen at least.
fn is_together(evidence: &Evidence) -> bool {
    let by_list = matches!(evidence.source, Some(EntrySource::Attendees | EntrySource::Met));
    by_list
        || matches!(
            evidence.channel,
            Some("met" | "meeting" | "video" | "event" | "lunch" | "dinner" | "meal" | "coffee")
        )
}

fn is_effort(fact: &Fact) -> bool {
    ["endorsement", "opportunity", "intro", "help"].into_iter().any(|leaf| fact.is(MoveKind::Got, leaf))
}

fn is_advice(fact: &Fact) -> bool {
    ["feedback", "teaching", "view"].into_iter().any(|leaf| fact.is(MoveKind::Got, leaf))
}

fn say_gaps(record: &PersonRecord, term_ends: Option<NaiveDate>, today: Today) -> Vec<Gap> {
    let person = &record.person;
    let say = match &person.decision {
        None => Some(Gap::DecisionUnknown),
        Some(_) if person.has_no_vote => Some(Gap::NoVote),
        Some(_) => None,
    };
    let in_a_year = today.0.checked_add_days(Days::new(YEAR)).unwrap_or(NaiveDate::MAX);
    let term = match term_ends {
        // Of someone without a vote, or of whom that is not known, it is not the first thing to ask.
        None => say.is_none().then_some(Gap::TermUnknown),
        Some(ends) if ends < today.0 => Some(Gap::TermPast),
        Some(ends) if ends <= in_a_year => Some(Gap::TermEnding),
        Some(_) => None,
    };
    say.into_iter().chain(term).collect()
}

fn knows_gaps(shared: Shared, today: Today) -> Vec<Gap> {
    let (Some(first), Some(last)) = (shared.first, shared.last) else { return vec![Gap::NoEvents] };
    let few = (shared.days < EVENTS).then_some(Gap::FewEvents);
    let short = ((last - first).num_days() < SPAN).then_some(Gap::ShortTime);
    let year_ago = today.0.checked_sub_days(Days::new(YEAR)).unwrap_or(NaiveDate::MIN);
    let old = (last < year_ago).then_some(Gap::LongAgo);
    [few, short, old].into_iter().flatten().collect()
}

fn willing_gaps(did: &[&Fact]) -> Vec<Gap> {
    if did.iter().any(|fact| is_effort(fact)) {
        return Vec::new();
    }
    vec![if did.is_empty() { Gap::NothingDone } else { Gap::OnlyAdvice }]
}

#[cfg(test)]
mod tests;
