//! Everyone in the index with last contact, next due day, cadence and rule.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use super::reason::Source;

/// A meeting rule as reports show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeetingRow {
    /// RFC 5545 rule.
    pub rule: String,
    /// Time of day.
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
    /// Tie state: filled when the ledger exists.
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
