//! Findings as sentences in a language.

use crate::model::diagnostic::{Diagnostic, Finding, Severity};
use crate::model::language::Language;
use crate::vocabulary::diagnostics::{Catalogue, Severity as Word};

/// What a finding says to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
}

/// The sentence of a finding in `language`.
pub fn sentence(finding: &Finding, language: Language) -> Sentence {
    say(finding.code, &finding.arguments, language)
}

/// The sentence of a diagnostic in `language`.
pub fn sentence_of(diagnostic: &Diagnostic, language: Language) -> Sentence {
    say(diagnostic.code, &diagnostic.arguments, language)
}

fn say(code: &str, arguments: &[Box<str>], language: Language) -> Sentence {
    let catalogue = Catalogue::built_in();
    let severity = match catalogue.severity(code) {
        Some(Word::Error) => Severity::Error,
        Some(Word::Hint) => Severity::Hint,
        Some(Word::Warning) | None => Severity::Warning,
    };
    let message = catalogue.message(code, language.tag(), arguments);
    let help = catalogue.help(code, language.tag(), arguments);
    Sentence { severity, message, help }
}
