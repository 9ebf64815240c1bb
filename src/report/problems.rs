//! What `check` found.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::Index;
use crate::model::diagnostic::Diagnostic;
use crate::model::note::{FrontMatterOutcome, NoteKind};
use crate::model::today::Today;

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
    /// Notes read, our own reports left out.
    pub notes: usize,
    /// People found.
    pub people: usize,
    /// Front matter.
    pub front_matter: FrontMatterCounts,
    /// Findings, by path and place.
    pub diagnostics: Vec<Problem>,
}

/// What the program says about one finding, in the vault's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What reading found, by path and place. The words come from outside: `say` gives the sentence of a finding.
pub fn problems(index: &Index, say: &dyn Fn(&Diagnostic) -> Sentence, today: Today) -> Problems {
    let mut found: Vec<&Diagnostic> = index.diagnostics.iter().collect();
    found.sort_by_key(|one| (&one.path, one.position.line, one.position.column, one.code));
    Problems {
        schema: "vault-scan/check/1",
        today: today.0,
        notes: written_by_people(index),
        people: index.people.len(),
        front_matter: front_matter(index),
        diagnostics: found.into_iter().map(|one| problem(one, say(one))).collect(),
    }
}

/// How many notes there are beside our own reports, which must not tell of themselves: a second run would differ.
fn written_by_people(index: &Index) -> usize {
    let generated = index.counts.kinds.get(&NoteKind::Generated).copied().unwrap_or_default();
    index.counts.notes.saturating_sub(generated)
}

fn problem(found: &Diagnostic, said: Sentence) -> Problem {
    Problem {
        code: found.code,
        severity: said.severity,
        path: found.path.as_str().to_owned(),
        line: found.position.line,
        column: found.position.column,
        message: said.message,
        help: said.help,
        excerpt: found.excerpt.to_string(),
    }
}

fn front_matter(index: &Index) -> FrontMatterCounts {
    let count = |outcome| index.counts.front_matter.get(&outcome).copied().unwrap_or(0);
    let whole = count(FrontMatterOutcome::Whole);
    let partial = count(FrontMatterOutcome::Partial);
    let unread = count(FrontMatterOutcome::Unread);
    FrontMatterCounts { blocks: whole + partial + unread, whole, partial, unread }
}

#[cfg(test)]
mod tests;
