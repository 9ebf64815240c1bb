//! The one sink: results go to standard output, messages to standard error. Text of notes and names of files must be
//! escaped before they come here; what is printed here by itself is.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::render::escape;
use crate::render::style::Style;
use crate::render::wrap::{Margin, wrapped};
use crate::report::problems::Problem;
use crate::vocabulary::diagnostics::Catalogue;

use super::args::Common;
use super::colour::{Environment, Target, style};
use super::error::{CliError, Exit};
use super::excerpt::shown;

/// How much is said beside results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Only what went wrong.
    Quiet,
    /// What matters.
    #[default]
    Normal,
    /// Every file.
    Verbose,
}

/// Standard output and standard error of one run.
#[derive(Debug)]
pub struct Terminal {
    results: Style,
    messages: Style,
    verbosity: Verbosity,
    language: Cell<Language>,
    /// Whether a line that says how things stand is shown.
    stands: Cell<bool>,
}

impl Terminal {
    /// The streams of this process, as the options and the environment ask for.
    pub fn new(common: &Common) -> Self {
        let environment = Environment::read(|name| std::env::var(name).ok());
        let verbosity = match (common.quiet, common.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        Terminal {
            results: style(common.color, environment, target(&io::stdout())),
            messages: style(common.color, environment, target(&io::stderr())),
            verbosity,
            language: Cell::new(common.lang.as_deref().and_then(Language::from_tag).unwrap_or(Language::English)),
            stands: Cell::new(false),
        }
    }

    /// The style of results.
    pub fn style(&self) -> Style {
        self.results
    }

    /// The style of messages.
    pub fn message_style(&self) -> Style {
        self.messages
    }

    /// How much to say.
    pub fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// What standard error goes to; a progress bar needs a terminal.
    pub fn message_target(&self) -> Target {
        if self.verbosity == Verbosity::Quiet { Target::Pipe } else { target(&io::stderr()) }
    }

    /// How wide the terminal is that results go to; `None` when they go elsewhere.
    pub fn result_columns(&self) -> Option<usize> {
        columns(&io::stdout())
    }

    /// Sets the language of what is said from here on.
    pub fn speak(&self, language: Language) {
        self.language.set(language);
    }

    /// The language spoken.
    pub fn language(&self) -> Language {
        self.language.get()
    }

    /// Prints a result, ending in one line end; nothing for an empty one.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn result(&self, text: &str) -> Result<(), CliError> {
        if text.is_empty() {
            return Ok(());
        }
        let mut out = AutoStream::new(io::stdout().lock(), choice(self.results));
        out.write_all(text.as_bytes())?;
        if !text.ends_with('\n') {
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(())
    }

    /// Prints a result made of sentences: on a terminal its long lines are broken.
    ///
    /// # Errors
    /// As for any result.
    pub fn prose(&self, text: &str) -> Result<(), CliError> {
        match self.result_columns() {
            Some(columns) => self.result(&wrapped(text, columns, Margin::Flush)),
            None => self.result(text),
        }
    }

    /// Says something beside the result, unless quiet.
    pub fn message(&self, text: &str) {
        if self.verbosity > Verbosity::Quiet {
            match columns(&io::stderr()) {
                Some(columns) => self.warn(&wrapped(text, columns, Margin::Flush)),
                None => self.warn(text),
            }
        }
    }

    /// Prints findings that are no result: about settings, or files left alone. Hints are for those who ask for more.
    pub fn findings(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let problem = placed(diagnostic, self.language());
            let least = if problem.severity == "hint" { Verbosity::Verbose } else { Verbosity::Quiet };
            if self.verbosity >= least {
                self.warn(&shown(&problem, "", self.messages, columns(&io::stderr())));
            }
        }
    }

    /// Says how something is done, unless quiet.
    pub fn remark(&self, finding: &Finding) {
        if self.verbosity > Verbosity::Quiet {
            self.problem(&unplaced(finding, "", self.language()));
        }
    }

    /// Says how things stand, in the place of what was said so the last time. It never takes more than one line.
    pub fn status(&self, text: &str) {
        let columns = columns(&io::stderr()).unwrap_or(80);
        let text = cut(text, columns.saturating_sub(1));
        let mut err = AutoStream::new(io::stderr().lock(), ColorChoice::Always);
        let _ = write!(err, "\r\u{1b}[2K{text}");
        let _ = err.flush();
        self.stands.set(true);
    }

    /// Takes away what was said of how things stand.
    pub fn clear_status(&self) {
        if self.stands.replace(false) {
            let mut err = AutoStream::new(io::stderr().lock(), ColorChoice::Always);
            let _ = write!(err, "\r\u{1b}[2K");
            let _ = err.flush();
        }
    }

    /// Prints one problem that went wrong at the edge.
    pub fn problem(&self, problem: &Problem) {
        self.warn(&shown(problem, "", self.messages, columns(&io::stderr())));
    }

    /// Says why the run ends, and with which code.
    pub fn fail(&self, error: &CliError) -> Exit {
        // What would be a warning in a note stops a run here.
        match error {
            CliError::Said { finding, lines } => {
                self.problem(&Problem { severity: "error", ..unplaced(finding, "", self.language()) });
                for line in lines {
                    self.warn(&format!("  {}", escape::terminal(line)));
                }
            }
            CliError::Config(diagnostics) => {
                for diagnostic in diagnostics {
                    self.problem(&Problem { severity: "error", ..placed(diagnostic, self.language()) });
                }
            }
            CliError::Refused { path, finding } => {
                self.problem(&Problem { severity: "error", ..unplaced(finding, path, self.language()) });
            }
            CliError::ClosedPipe => {}
        }
        error.exit()
    }

    fn warn(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), choice(self.messages));
        // Nowhere is left to say that standard error is closed.
        let _ = writeln!(err, "{text}");
    }
}

/// As much of a line as fits; what is left out shows as `…`.
fn cut(text: &str, columns: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut taken = 0;
    let fits = line.graphemes(true).take_while(|cluster| {
        taken += cluster.width();
        taken < columns
    });
    fits.chain(["…"]).collect()
}

/// A finding with its sentence, about the file at `path` as a whole or, without one, about the run.
pub fn unplaced(finding: &Finding, path: &str, language: Language) -> Problem {
    let catalogue = Catalogue::built_in();
    Problem {
        code: finding.code,
        severity: catalogue.severity(finding.code).map_or("error", |severity| severity.word()),
        path: path.to_owned(),
        line: 0,
        column: 0,
        message: catalogue.message(finding.code, language.tag(), &finding.arguments),
        help: catalogue.help(finding.code, language.tag(), &finding.arguments),
        excerpt: String::new(),
    }
}

/// A finding with a place in a file, with its sentence.
pub fn placed(diagnostic: &Diagnostic, language: Language) -> Problem {
    let finding = Finding { code: diagnostic.code, arguments: diagnostic.arguments.clone() };
    Problem {
        line: diagnostic.position.line,
        column: diagnostic.position.column,
        excerpt: diagnostic.excerpt.to_string(),
        ..unplaced(&finding, diagnostic.path.as_str(), language)
    }
}

fn target(stream: &impl IsTerminal) -> Target {
    if stream.is_terminal() { Target::Terminal } else { Target::Pipe }
}

/// How wide the terminal behind a stream is; `None` where there is none.
#[cfg(unix)]
fn columns(stream: &impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| usize::from(width.0))
}

/// How wide the terminal behind a stream is; `None` where there is none.
#[cfg(windows)]
fn columns(stream: &impl std::os::windows::io::AsHandle) -> Option<usize> {
    terminal_size::terminal_size_of(stream).map(|(width, _)| usize::from(width.0))
}

fn choice(style: Style) -> ColorChoice {
    match style {
        Style::Plain => ColorChoice::Never,
        Style::Colour => ColorChoice::Always,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_says_how_things_stand_fits_its_width() {
        for (text, columns, expected) in [
            ("12 notes", 8, "12 notes"),
            ("12 notes", 7, "12 not…"),
            ("3 篇笔记", 8, "3 篇笔记"),
            ("3 篇笔记", 7, "3 篇笔…"),
            ("3 篇笔记\nmore", 80, "3 篇笔记"),
        ] {
            let shown = cut(text, columns);
            assert_eq!(shown, expected, "{text} {columns}");
            assert!(shown.width() <= columns);
        }
    }
}
