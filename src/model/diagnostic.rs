//! What the program says about a note: code, place, and the words that fill its sentence.
//!
//! The sentences themselves, in both languages, are data (`src/diagnostics.toml`), keyed by code.

use super::path::NotePath;
use super::span::{LineIndex, Position, Span};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the user wrote is not read.
    Error,
    /// Something is read, but likely not as meant.
    Warning,
    /// Which of several readings was taken.
    Hint,
}

/// How many characters of a note one line or value of a message shows.
const LONGEST: usize = 200;

/// A kebab-case code such as `unknown-person`, stable once released. The catalogue of codes with severity and
/// sentences is `src/diagnostics.toml`; a test checks that every code used is in it.
pub type Code = &'static str;

/// One finding about one place in one note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which sentence of the catalogue.
    pub code: Code,
    /// The note.
    pub path: NotePath,
    /// The bytes it is about.
    pub span: Span,
    /// The same place as an editor shows it.
    pub position: Position,
    /// The user's own line, cut at 200 characters.
    pub excerpt: Box<str>,
    /// Values for `{0}`, `{1}` … of the sentence.
    pub arguments: Vec<Box<str>>,
}

impl Diagnostic {
    /// Fills in column and excerpt from the text of its note, for a finding made without it.
    pub fn located(self, lines: &LineIndex<'_>) -> Self {
        if self.span == Span::default() || !self.excerpt.is_empty() {
            return self;
        }
        let position = lines.position(self.span.start);
        let excerpt = lines.text_of(position.line).chars().take(LONGEST).collect::<String>().into();
        Diagnostic { position, excerpt, ..self }
    }
}

/// A finding before its note is known: what parsers of one value return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which sentence of the catalogue.
    pub code: Code,
    /// Values for `{0}`, `{1}` … of the sentence.
    pub arguments: Vec<Box<str>>,
}

impl Finding {
    /// A finding whose sentence takes `arguments`; each is cut at 200 characters, as a value may fill a whole note.
    pub fn new<const N: usize>(code: Code, arguments: [&str; N]) -> Self {
        Finding { code, arguments: arguments.iter().map(|argument| cut(argument)).collect() }
    }

    /// Places the finding in a note.
    pub fn at(self, path: &NotePath, lines: &LineIndex<'_>, span: Span) -> Diagnostic {
        let position = lines.position(span.start);
        let excerpt = lines.text_of(position.line).chars().take(LONGEST).collect::<String>().into();
        Diagnostic { code: self.code, path: path.clone(), span, position, excerpt, arguments: self.arguments }
    }

    /// Places the finding where only the span and line are known, not the text: [`Diagnostic::located`] adds the rest.
    pub fn on_line(self, path: &NotePath, span: Span, line: u32) -> Diagnostic {
        let position = Position { line, column: 1 };
        Diagnostic {
            code: self.code,
            path: path.clone(),
            span,
            position,
            excerpt: "".into(),
            arguments: self.arguments,
        }
    }

    /// Places the finding on a note as a whole (name, size, encoding).
    pub fn about(self, path: &NotePath) -> Diagnostic {
        let position = Position { line: 1, column: 1 };
        Diagnostic {
            code: self.code,
            path: path.clone(),
            span: Span::default(),
            position,
            excerpt: "".into(),
            arguments: self.arguments,
        }
    }
}

fn cut(argument: &str) -> Box<str> {
    match argument.char_indices().nth(LONGEST) {
        Some((end, _)) => [argument.get(..end).unwrap_or_default(), "…"].concat().into(),
        None => argument.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_without_end_is_cut_at_a_character() {
        for (length, shown) in [(0, 0), (199, 199), (200, 200), (201, 201), (100_000, 201)] {
            let finding = Finding::new("x", [&"长".repeat(length)]);
            assert_eq!(finding.arguments[0].chars().count(), shown, "{length}");
            assert_eq!(finding.arguments[0].ends_with('…'), length > 200);
        }
    }
}
