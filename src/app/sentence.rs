//! Findings as sentences in a language.

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::report::problems::Sentence;
use crate::vocabulary::diagnostics::Catalogue;

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
    Sentence {
        severity: catalogue.severity(code).map_or("warning", |severity| severity.word()),
        message: catalogue.message(code, language.tag(), arguments),
        help: catalogue.help(code, language.tag(), arguments),
    }
}
