//! Everyone in the index with last contact, next due day, cadence and rule.

use chrono::{NaiveDate, NaiveTime};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::index::meetings;
use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::tie::tie_standing;
use crate::model::today::Today;

use super::facts::{Subject, closeness_word, company, next_birthday, status_word, subjects};
use super::reason::{Source, hours_and_minutes};

/// The role by which someone stands as an endorser.
const ENDORSER: &str = "endorser";

/// A meeting rule as reports show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeetingRow {
    /// RFC 5545 rule.
    pub rule: String,
    /// Time of day, `HH:MM`.
    #[serde(serialize_with = "hours_and_minutes")]
    pub time: Option<NaiveTime>,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Name.
    pub name: String,
    /// Their note.
    pub path: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Status word, `active` unless said otherwise; `deceased` for the dead.
    pub status: &'static str,
    /// State word.
    pub state: &'static str,
    /// Last contact.
    pub last_contact: Option<NaiveDate>,
    /// Next due day.
    pub next_due: Option<NaiveDate>,
    /// Days past due.
    pub late_days: i64,
    /// ISO 8601 period.
    pub cadence: Option<String>,
    /// Winning rule.
    pub cadence_rule: &'static str,
    /// Preset or tag name, or closeness and busyness.
    pub cadence_detail: String,
    /// Meeting rule.
    pub meeting: Option<MeetingRow>,
    /// Its next three days.
    pub next_meetings: Vec<NaiveDate>,
    /// Next birthday.
    pub next_birthday: Option<NaiveDate>,
    /// `core`, `strong`, `weak`.
    pub closeness: Option<&'static str>,
    /// How far the tie has come: `acquaintance`, `friend` or `network`.
    pub tie: Option<&'static str>,
    /// Whether they are an endorser.
    pub endorser: bool,
    /// Company as shown.
    pub company: Option<String>,
    /// Post.
    pub role: Option<String>,
    /// Days of contact counted so far.
    pub contacts: usize,
    /// Where the last contact is written.
    pub last_source: Option<Source>,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct People {
    /// `vault-scan/people/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Everyone, in the order of names.
    pub people: Vec<PersonRow>,
}

/// Everyone in the index, those nobody is reminded about included, in the order of names.
pub fn people(index: &Index, index_options: &IndexOptions, today: Today) -> People {
    let mut everyone = subjects(index, index_options, today);
    everyone.sort_by(|a, b| a.record.sort_key.cmp(&b.record.sort_key).then_with(|| a.record.path.cmp(&b.record.path)));
    let people = everyone.par_iter().map(|subject| row(index, index_options, subject, today)).collect();
    People { schema: "vault-scan/people/1", today: today.0, people }
}

fn row(index: &Index, options: &IndexOptions, subject: &Subject<'_>, today: Today) -> PersonRow {
    let person = &subject.record.person;
    let cadence = subject.cadence();
    let last = subject.last(today);
    PersonRow {
        name: subject.name(),
        path: subject.path(),
        aliases: person.aliases.iter().map(ToString::to_string).collect(),
        status: status_word(person),
        state: subject.standing.state.as_str(),
        last_contact: subject.standing.last_contact,
        next_due: subject.standing.due,
        late_days: subject.standing.late_days,
        cadence: cadence.cadence,
        cadence_rule: cadence.rule,
        cadence_detail: cadence.detail,
        meeting: person
            .meeting
            .as_ref()
            .map(|meeting| MeetingRow { rule: meeting.value.recurrence.to_string(), time: meeting.value.time }),
        next_meetings: next_meetings(subject, today, 3),
        next_birthday: next_birthday(subject, options, today),
        closeness: person.closeness.as_ref().map(|closeness| closeness_word(closeness.value)),
        tie: Some(tie_standing(index, subject.id, today).state.as_str()),
        endorser: person.presets.iter().any(|preset| preset.value.as_ref() == ENDORSER),
        company: company(person),
        role: person.role.as_deref().map(str::to_owned),
        contacts: subject.record.contacts.iter().filter(|contact| contact.date <= today.0).count(),
        last_source: last.map(|last| last.source),
    }
}

/// The days of the meeting rule from today on; none for those who are left alone.
pub(super) fn next_meetings(subject: &Subject<'_>, today: Today, count: usize) -> Vec<NaiveDate> {
    if subject.is_left_alone() {
        return Vec::new();
    }
    meetings::next_meetings(subject.record, today, count).into_iter().map(|meeting| meeting.date).collect()
}

#[cfg(test)]
mod tests;
