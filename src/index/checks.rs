//! What is odd about a person once all their days are known.

use chrono::NaiveDate;

use crate::model::date::{LunarDay, SolarDay, YearlyDay};
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::person::{At, BirthdayCalendar};

use super::lunar::lacks_its_leap_month;
use super::meetings::{is_known_move, lacks_start};
use super::record::{Evidence, PersonRecord};

/// Findings about one person's days.
pub(super) fn check_person(record: &PersonRecord) -> Vec<Diagnostic> {
    let mut findings = meeting(record);
    findings.extend(leap_months(record));
    findings.extend(unconverted_birthday(record));
    findings
}

/// A `last_contact` key that the log of the same note has overtaken, with the day from which on it has.
pub(super) fn last_contact_behind(record: &PersonRecord) -> Option<(NaiveDate, Diagnostic)> {
    let key = record.person.last_contact.as_ref()?;
    let is_log = |evidence: &Evidence| evidence.source.is_some() && evidence.path == record.path;
    let later = record.contacts.iter().filter(|contact| contact.date > key.value);
    let first = later.filter(|contact| contact.evidence.iter().any(is_log)).map(|contact| contact.date).next()?;
    let finding = Finding::new("last-contact-behind", [&key.value.to_string(), &first.to_string()]);
    Some((first, finding.on_line(&record.path, key.span, key.line)))
}

fn meeting(record: &PersonRecord) -> Vec<Diagnostic> {
    let Some(rule) = &record.person.meeting else { return Vec::new() };
    if lacks_start(&rule.value, record) {
        return vec![Finding::new("meeting-needs-start", []).on_line(&record.path, rule.span, rule.line)];
    }
    let unknown = record.person.meeting_moved.iter().filter(|moved| !is_known_move(&rule.value, record, &moved.value));
    unknown
        .map(|moved| {
            let from = moved.value.from.to_string();
            Finding::new("meeting-move-unknown", [&from]).on_line(&record.path, moved.span, moved.line)
        })
        .collect()
}

/// Days in a leap month that their first year did not have.
fn leap_months(record: &PersonRecord) -> impl Iterator<Item = Diagnostic> + '_ {
    let person = &record.person;
    let moved = |at: &At<YearlyDay>| Some(At { value: lunar(at.value)?, span: at.span, line: at.line });
    let birthday = person.birthday.as_ref().and_then(moved);
    let labelled = person
        .dates
        .iter()
        .filter_map(|dated| Some(At { value: lunar(dated.value.day)?, span: dated.span, line: dated.line }));
    birthday.into_iter().chain(person.lunar_birthday.clone()).chain(labelled).filter_map(|At { value, span, line }| {
        let year = value.year.filter(|_| lacks_its_leap_month(value))?.to_string();
        let finding = Finding::new("no-such-leap-month", [&year, &value.month.to_string()]);
        Some(finding.on_line(&record.path, span, line))
    })
}

/// A birthday to be kept by the lunar calendar of which only a solar day without a year is known: it stays solar.
fn unconverted_birthday(record: &PersonRecord) -> Option<Diagnostic> {
    let person = &record.person;
    let wants_lunar = matches!(person.birthday_calendar, Some(BirthdayCalendar::Lunar | BirthdayCalendar::Both));
    let birthday = person.birthday.as_ref().filter(|_| wants_lunar && person.lunar_birthday.is_none())?;
    let YearlyDay::Solar(SolarDay { year: None, month, day }) = birthday.value else { return None };
    let day = format!("{month:02}-{day:02}");
    Some(Finding::new("lunar-birthday-needs-year", [&day]).on_line(&record.path, birthday.span, birthday.line))
}

fn lunar(day: YearlyDay) -> Option<LunarDay> {
    match day {
        YearlyDay::Lunar(day) => Some(day),
        YearlyDay::Solar(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{at, indexed, person};

    #[test]
    fn a_solar_birthday_without_a_year_cannot_be_kept_by_the_lunar_calendar() {
        let told = |year, calendar, lunar: Option<LunarDay>| {
            let born = YearlyDay::Solar(SolarDay { year, month: 10, day: 14 });
            let note = person("P/A.md").with(|p| {
                p.birthday = Some(at(born));
                p.birthday_calendar = calendar;
                p.lunar_birthday = lunar.map(at);
            });
            indexed(vec![note.build()]).diagnostics.iter().map(|found| found.code).collect::<Vec<_>>()
        };
        let day = LunarDay { year: None, month: 9, leap: false, day: 13 };
        assert_eq!(told(None, Some(BirthdayCalendar::Lunar), None), ["lunar-birthday-needs-year"]);
        assert_eq!(told(None, Some(BirthdayCalendar::Both), None), ["lunar-birthday-needs-year"]);
        assert!(told(Some(1997), Some(BirthdayCalendar::Lunar), None).is_empty());
        assert!(told(None, Some(BirthdayCalendar::Lunar), Some(day)).is_empty());
        assert!(told(None, Some(BirthdayCalendar::Solar), None).is_empty());
        assert!(told(None, None, None).is_empty());
    }

    #[test]
    fn a_birth_year_without_the_leap_month_is_an_error_and_one_with_it_is_none() {
        let told = |year| {
            let born = LunarDay { year, month: 6, leap: true, day: 10 };
            let note = person("P/A.md").with(|p| p.lunar_birthday = Some(at(born)));
            indexed(vec![note.build()]).diagnostics
        };
        let wrong = told(Some(1990));
        assert_eq!((wrong.len(), wrong[0].code), (1, "no-such-leap-month"));
        assert_eq!(wrong[0].arguments, ["1990".into(), "6".into()]);
        assert!(told(Some(1987)).is_empty() && told(None).is_empty());
    }
}
