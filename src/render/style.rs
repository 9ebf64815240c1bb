//! Colour and weight on a terminal; nothing when plain.

use anstyle::{AnsiColor, Style as Ansi};

/// Whether terminal text carries colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No escape codes at all.
    Plain,
    /// ANSI colours and weights.
    Colour,
}

impl Style {
    /// Text that matters.
    pub fn strong(self, text: &str) -> String {
        self.paint(Ansi::new().bold(), text)
    }

    /// A person's name.
    pub fn name(self, text: &str) -> String {
        self.paint(Ansi::new().bold().fg_color(Some(AnsiColor::Cyan.into())), text)
    }

    /// Text that can wait.
    pub fn dim(self, text: &str) -> String {
        self.paint(Ansi::new().dimmed(), text)
    }

    /// Text about something late or wrong.
    pub fn warn(self, text: &str) -> String {
        self.paint(Ansi::new().fg_color(Some(AnsiColor::Yellow.into())), text)
    }

    /// A heading.
    pub fn heading(self, text: &str) -> String {
        self.paint(Ansi::new().bold().underline(), text)
    }

    fn paint(self, style: Ansi, text: &str) -> String {
        match self {
            Style::Plain => text.to_owned(),
            Style::Colour if text.is_empty() => String::new(),
            Style::Colour => format!("{style}{text}{style:#}"),
        }
    }
}
