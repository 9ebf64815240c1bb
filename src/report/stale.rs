//! The stale-contact report: late and lost by severity, broken rhythms, never contacted, snoozed and paused.

use chrono::NaiveDate;
use serde::Serialize;

use super::reason::{CadenceReason, LastContact};

/// The group a person stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaleGroup {
    /// Past the hard limit.
    Lost,
    /// Past due.
    Late,
    /// No cadence of their own, but the rhythm broke.
    Drifting,
    /// Tracked, never contacted.
    Never,
    /// Hidden for now.
    Snoozed,
    /// Paused.
    Paused,
}

/// A rhythm observed from past contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rhythm {
    /// Median days between the last contacts.
    pub median_days: i64,
    /// How many gaps it rests on.
    pub gaps: usize,
}

/// One person of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleItem {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// Group.
    pub group: StaleGroup,
    /// State word of the contract.
    pub state: &'static str,
    /// Last contact day.
    pub last_contact: Option<NaiveDate>,
    /// Days since.
    pub days_silent: Option<i64>,
    /// ISO 8601 period.
    pub cadence: Option<String>,
    /// Winning rule.
    pub cadence_rule: &'static str,
    /// Rule and its detail.
    pub rule: CadenceReason,
    /// Due day.
    pub due: Option<NaiveDate>,
    /// Days past due.
    pub late_days: i64,
    /// The last contact with its words.
    pub last: Option<LastContact>,
    /// For drifting people.
    pub rhythm: Option<Rhythm>,
    /// For never contacted people, their first day; for snoozed and paused ones, the last hidden day.
    pub until: Option<NaiveDate>,
    /// How they were met, or why paused.
    pub note: Option<String>,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleContacts {
    /// `vault-scan/stale/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Its people, by group and severity.
    pub items: Vec<StaleItem>,
}
