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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{NoteBuilder, at, day, indexed, log, note, person, wiki};
    use crate::model::date::PartialDate;
    use crate::model::note::NoteKind;

    fn interviewer() -> NoteBuilder {
        person("A.md").with(|person| {
            person.met_at_interview = true;
            person.met_on = Some(at(PartialDate::Day(day("2026-10-01"))));
        })
    }

    fn on(note: NoteBuilder, today: &str) -> Option<Interview> {
        let index = indexed([note.build()]);
        interview(&index, &index.people[0], Today(day(today)))
    }

    #[test]
    fn a_follow_up_is_missed_from_four_weeks_on_for_a_year() {
        for (today, missed) in
            [("2026-10-28", false), ("2026-10-29", true), ("2027-10-01", true), ("2027-10-02", false)]
        {
            assert_eq!(on(interviewer(), today).map(|met| met.is_missed), Some(missed), "{today}");
        }
        assert_eq!(on(person("A.md").entry(log("2026-10-01")), "2026-11-20"), None);
        assert_eq!(on(interviewer(), "2026-09-30"), None);
    }

    #[test]
    fn a_letter_of_the_next_day_is_no_follow_up_and_a_coffee_after_three_weeks_is() {
        for (contact, followed) in [("2026-10-02", false), ("2026-10-21", false), ("2026-10-22", true)] {
            let met = on(interviewer().entry(log(contact)), "2026-11-20").unwrap();
            assert_eq!((met.followed_up.is_some(), met.is_missed), (followed, !followed), "{contact}");
        }
    }

    #[test]
    fn nobody_of_another_company_is_followed_up() {
        let works = |at: &str| {
            let company = vec![wiki(at)];
            move |person: &mut Person| person.company = company
        };
        for (company, missed) in [("Acme", true), ("Other", false)] {
            let owner = note("me.md", NoteKind::Owner).with(works("acme"));
            let index = indexed([interviewer().with(works(company)).build(), owner.build()]);
            let met = interview(&index, &index.people[0], Today(day("2026-11-20"))).unwrap();
            assert_eq!(met.is_missed, missed, "{company}");
        }
    }
}
