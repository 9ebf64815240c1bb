//! What `check` found.

use chrono::NaiveDate;
use serde::Serialize;

/// How front-matter blocks were read.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct FrontMatterCounts {
    /// Blocks found.
    pub blocks: usize,
    /// Read as one mapping.
    pub whole: usize,
    /// Read key by key.
    pub partial: usize,
    /// Not read.
    pub unread: usize,
}

/// One finding, with its sentence in the vault's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Code.
    pub code: &'static str,
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// Note.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The user's own line.
    pub excerpt: String,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// `vault-scan/check/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Notes read.
    pub notes: usize,
    /// People found.
    pub people: usize,
    /// Front matter.
    pub front_matter: FrontMatterCounts,
    /// Findings, by path and place.
    pub diagnostics: Vec<Problem>,
}
