//! The sentences of diagnostics by code, read once from `diagnostics.toml`.
//!
//! A code, its severity and what fills its sentence are a `Diagnostic` of the model; this is only what it says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::is_chinese;

const BUILT_IN: &str = include_str!("../diagnostics.toml");

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something the user wrote is not read.
    Error,
    /// Something is read, but likely not as meant.
    Warning,
    /// Which of several readings was taken.
    Hint,
}

impl Severity {
    /// The word as it is printed and written to JSON: `error`, `warning` or `hint`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// All diagnostics: severity, message and help by code, in both languages.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Catalogue {
    by_code: BTreeMap<Box<str>, Sentences>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    severity: Severity,
    en: Sentence,
    zh: Sentence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    message: Box<str>,
    help: Box<str>,
    /// Said instead of `help` when the last argument, a suggestion, is empty.
    #[serde(default)]
    help_alone: Option<Box<str>>,
}

impl Catalogue {
    /// The diagnostics the program comes with.
    pub fn built_in() -> &'static Catalogue {
        // The file is part of the program and a test proves it sound, so the empty value is never seen.
        static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| toml::from_str(BUILT_IN).unwrap_or_default());
        &CATALOGUE
    }

    /// How much a code matters; `None` for a code the catalogue lacks.
    pub fn severity(&self, code: &str) -> Option<Severity> {
        self.by_code.get(code).map(|sentences| sentences.severity)
    }

    /// What happened, with `{0}`, `{1}` … filled; the arguments alone for a code the catalogue lacks.
    pub fn message<S: AsRef<str>>(&self, code: &str, language: &str, arguments: &[S]) -> String {
        match self.sentence(code, language) {
            Some(sentence) => filled(&sentence.message, arguments),
            None => arguments.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "),
        }
    }

    /// What the user can do, with `{0}`, `{1}` … filled; empty for a code the catalogue lacks.
    pub fn help<S: AsRef<str>>(&self, code: &str, language: &str, arguments: &[S]) -> String {
        let Some(sentence) = self.sentence(code, language) else { return String::new() };
        let alone = arguments.last().is_some_and(|last| last.as_ref().is_empty());
        let help = sentence.help_alone.as_ref().filter(|_| alone).unwrap_or(&sentence.help);
        filled(help, arguments)
    }

    /// All codes, sorted.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.by_code.keys().map(AsRef::as_ref)
    }

    fn sentence(&self, code: &str, language: &str) -> Option<&Sentence> {
        let sentences = self.by_code.get(code)?;
        Some(if is_chinese(language) { &sentences.zh } else { &sentences.en })
    }
}

/// Fills a sentence in one pass, so that a value holding `{1}` stays as the user wrote it.
fn filled<S: AsRef<str>>(sentence: &str, arguments: &[S]) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').and_then(|(number, after)| Some((number.parse::<usize>().ok()?, after))) {
            Some((number, after)) => {
                text.push_str(arguments.get(number).map_or("", AsRef::as_ref));
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests;
