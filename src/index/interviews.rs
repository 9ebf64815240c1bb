//! Who was met at an interview. Trust that begins there is kept by getting in touch again once one has joined.

use chrono::{Days, NaiveDate};

use crate::model::fold::fold;
use crate::model::link::Link;
use crate::model::person::Person;
use crate::model::today::Today;

use super::record::{Contact, Index, PersonRecord};

/// Days after an interview from which one has likely joined: a contact from then on is the follow-up.
const JOINED: u64 = 21;
/// Days after which the follow-up is missed.
const MISSED: u64 = 28;
/// And for how long it is still worth a word.
const LATE: u64 = 365;

/// An interview at which someone was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interview {
    /// Its day: when they were first met, else of the first contact.
    pub on: NaiveDate,
    /// The first contact after joining.
    pub followed_up: Option<NaiveDate>,
    /// Whether it is time for one.
    pub is_missed: bool,
}

/// The interview at which someone was met, if it was one. A follow-up is missed only where both are in one company, as
/// far as the notes say.
pub fn interview(index: &Index, record: &PersonRecord, today: Today) -> Option<Interview> {
    let person = &record.person;
    let is_interviewer = person.presets.iter().any(|preset| &*preset.value == "interviewer");
    if !person.met_at_interview && !is_interviewer {
        return None;
    }
    let past = || record.contacts.iter().map(date_of).filter(|date| *date <= today.0);
    let met_on = person.met_on.as_ref().and_then(|met| met.value.day()).filter(|day| *day <= today.0);
    let on = met_on.or_else(|| past().next())?;
    let after = |days| on.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
    let followed_up = past().find(|date| *date >= after(JOINED));
    let is_time = (after(MISSED)..=after(LATE)).contains(&today.0) && record.silence().is_none();
    let has_joined = index.owner.as_deref().is_none_or(|owner| share_company(&owner.person, person));
    Some(Interview { on, followed_up, is_missed: followed_up.is_none() && is_time && has_joined })
}

fn date_of(contact: &Contact) -> NaiveDate {
    contact.date
}

/// Whether two people may be in one company; who names none may be in any.
fn share_company(a: &Person, b: &Person) -> bool {
    let names = |person: &Person| person.company.iter().map(Link::shown).map(fold).collect::<Vec<_>>();
    let (a, b) = (names(a), names(b));
    a.is_empty() || b.is_empty() || a.iter().any(|name| b.contains(name))
}
