//! Ties that ask for more than their rhythm says: who once helped and has not been heard of for long, weak ties that gave
//! or could give something, and those of which nothing ever came.

use chrono::{Months, NaiveDate};

use crate::model::moves::MoveKind;
use crate::model::person::Closeness;
use crate::model::today::Today;

use super::ledger::Fact;
use super::record::{CadenceRule, Index, PersonId, PersonRecord};
use super::rhythm::{Rhythm, rhythm};
use super::standing::State;
use super::thanks::is_large;
use super::tie::{Strength, tie_standing};

/// Months of silence from which someone who once helped is missed.
const MISSED: u32 = 9;
/// Or so many of their rhythms, where that is longer.
const RHYTHMS: u32 = 3;
/// Months of silence from which letting go may be thought of.
const LONG: u32 = 6;
/// Contacts from which it can be said that nothing came of them.
const TRIED: usize = 2;
/// Days of silence from which a weak tie is worth a call.
const QUIET: i64 = 60;
/// The weight, in hundredths, from which someone matters whatever came of it: that of mentors and endorsers.
const IMPORTANT: u32 = 150;

/// What a silence means beyond being late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cooling<'i> {
    /// They once helped.
    Missed(Help<'i>),
    /// Nothing ever came of it.
    NothingCame(LettingGo),
    /// The rhythm there was is broken.
    Broken(Rhythm),
    /// A weak tie, and worth a call.
    WorthACall,
}

/// What the silence of someone in `state` means; of several what says most. `None` where they are merely late, or not
/// silent at all.
pub fn cooling(index: &Index, person: PersonId, state: State, today: Today) -> Option<Cooling<'_>> {
    if !matches!(state, State::Lost | State::Late | State::Ok | State::Untracked) {
        return None;
    }
    let record = index.person(person)?;
    let missed = help(index, person, today).filter(|help| is_missed(record, help, today)).map(Cooling::Missed);
    let broken = || rhythm(record, today).filter(|found| found.is_broken() && record.silence().is_none());
    missed.or_else(|| match state {
        State::Lost => letting_go(index, person, today).map(Cooling::NothingCame),
        State::Late => None,
        _ => broken()
            .map(Cooling::Broken)
            .or_else(|| is_worth_a_call(index, person, today).then_some(Cooling::WorthACall)),
    })
}

/// What someone did for the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Help<'i> {
    /// How often, one line counted once.
    pub times: usize,
    /// The one that says most: the last large one, else the last.
    pub told: &'i Fact,
}

/// What someone did for the owner up to `today`.
pub fn help(index: &Index, person: PersonId, today: Today) -> Option<Help<'_>> {
    let mut got: Vec<&Fact> =
        index.ledger.of(person).filter(|fact| fact.date <= today.0 && fact.kind == MoveKind::Got).collect();
    let told = got.iter().rev().find(|fact| is_large(fact)).or_else(|| got.last()).copied()?;
    got.dedup_by(|a, b| (&a.path, a.line) == (&b.path, b.line));
    Some(Help { times: got.len(), told })
}

/// Whether someone who once helped has been silent for nine months, or three of their rhythms where that is longer.
pub fn is_missed(record: &PersonRecord, help: &Help<'_>, today: Today) -> bool {
    let last = record.last_contact(today).unwrap_or(help.told.date);
    let months = last.checked_add_months(Months::new(MISSED));
    let rhythms = record.cadence.period.and_then(|period| period.after(last, RHYTHMS));
    record.silence().is_none() && months.max(rhythms).is_some_and(|limit| today.0 > limit)
}

/// Whether a weak tie, by what the note says or else by the rhythm of contact, gave or could give something and has been
/// quiet for two months. Not of someone who is set to be untracked.
pub fn is_worth_a_call(index: &Index, person: PersonId, today: Today) -> bool {
    let Some(record) = index.person(person) else { return false };
    let closeness = record.person.closeness.as_ref().map(|closeness| closeness.value);
    let gives = || help(index, person, today).is_some() || !record.person.offers.is_empty();
    let is_unwanted = record.cadence.period.is_none() && record.cadence.rule != CadenceRule::None;
    let is_quiet = record.last_contact(today).is_some_and(|last| today.days_since(last) >= QUIET);
    is_quiet
        && !is_unwanted
        && record.silence().is_none()
        && match closeness {
            Some(closeness) => closeness == Closeness::Weak,
            None => tie_standing(index, person, today).strength == Some(Strength::Weak),
        }
        && gives()
}

/// What speaks for letting someone go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LettingGo {
    /// Days of contact so far.
    pub contacts: usize,
    /// The first of them.
    pub first: NaiveDate,
    /// How often a contact was skipped or put off since the last.
    pub skipped: usize,
}

/// What speaks for letting someone go who is lost: half a year of silence after at least two contacts, and in all that
/// time nothing given, nothing got, no cooperation. Nothing does where nobody writes such things down, nor for mentors,
/// endorsers and the closest.
pub fn letting_go(index: &Index, person: PersonId, today: Today) -> Option<LettingGo> {
    let record = index.person(person)?;
    let last = record.last_contact(today)?;
    let past = record.contacts.get(..record.contacts.partition_point(|contact| contact.date <= today.0))?;
    let has_long_passed = last.checked_add_months(Months::new(LONG)).is_some_and(|limit| today.0 > limit);
    let is_exchange = |fact: &Fact| matches!(fact.kind, MoveKind::Gave | MoveKind::Got | MoveKind::Cooperated);
    let is_close = record.person.closeness.as_ref().is_some_and(|closeness| closeness.value == Closeness::Core);
    let is_empty = !index.ledger.of(person).any(is_exchange) && index.ledger.facts().any(is_exchange);
    if !has_long_passed || past.len() < TRIED || is_close || record.weight >= IMPORTANT || !is_empty {
        return None;
    }
    let put_off = record.skips.iter().chain(&record.snoozes).filter(|one| one.date > last && one.date <= today.0);
    Some(LettingGo { contacts: past.len(), first: past.first()?.date, skipped: put_off.count() })
}
