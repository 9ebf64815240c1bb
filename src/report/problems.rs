//! What `check` found.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::record::Index;
use crate::model::diagnostic::Diagnostic;
use crate::model::note::FrontMatterOutcome;
use crate::model::path::NotePath;
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

/// What reading found in the notes that are `wanted`, by path and place. A hint only says how something was read, so
/// the same one is said once, where it comes up first. The words come from outside: `say` gives the sentence of a
/// finding.
pub fn problems(
    index: &Index,
    wanted: &dyn Fn(&NotePath) -> bool,
    say: &dyn Fn(&Diagnostic) -> Sentence,
    today: Today,
) -> Problems {
    let dated = index.dated_diagnostics.iter().filter(|(from, _)| *from <= today.0).map(|(_, one)| one);
    let mut found: Vec<&Diagnostic> = index.diagnostics.iter().chain(dated).filter(|one| wanted(&one.path)).collect();
    found.sort_by_key(|one| (&one.path, one.position.line, one.position.column, one.code));
    let mut hinted = BTreeSet::new();
    let said = found.into_iter().map(|one| (one, say(one)));
    let once = said.filter(|(one, said)| said.severity != "hint" || hinted.insert((one.code, &one.arguments)));
    let diagnostics = once.map(|(one, said)| problem(one, said)).collect();
    Problems {
        schema: "vault-scan/check/1",
        today: today.0,
        notes: index.counts.notes,
        people: index.people.len(),
        front_matter: front_matter(index),
        diagnostics,
    }
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
