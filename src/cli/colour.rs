//! Whether output carries colour: by option, by environment, by what it goes to.

use crate::render::style::Style;

use super::args::ColorWhen;

/// What the environment says about colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Environment {
    /// Nothing.
    #[default]
    Silent,
    /// `NO_COLOR`, `CLICOLOR=0` or `TERM=dumb`.
    Off,
    /// `CLICOLOR_FORCE`: also into a pipe.
    Forced,
}

/// What standard output or standard error goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A terminal.
    Terminal,
    /// A pipe or a file.
    Pipe,
}

impl Environment {
    /// Reads the variables by `lookup`. `NO_COLOR` wins over `CLICOLOR_FORCE`; an empty value is none.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| lookup(name).filter(|value| !value.is_empty());
        if set("NO_COLOR").is_some() {
            Environment::Off
        } else if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
            Environment::Forced
        } else if set("CLICOLOR").as_deref() == Some("0") || set("TERM").as_deref() == Some("dumb") {
            Environment::Off
        } else {
            Environment::Silent
        }
    }
}

/// The style of one stream. The option outranks the environment.
pub fn style(when: ColorWhen, environment: Environment, target: Target) -> Style {
    match (when, environment, target) {
        (ColorWhen::Always, _, _) => Style::Colour,
        (ColorWhen::Never, _, _) => Style::Plain,
        (ColorWhen::Auto, Environment::Off, _) => Style::Plain,
        (ColorWhen::Auto, Environment::Forced, _) => Style::Colour,
        (ColorWhen::Auto, Environment::Silent, Target::Terminal) => Style::Colour,
        (ColorWhen::Auto, Environment::Silent, Target::Pipe) => Style::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_is_plain_a_terminal_is_not_and_the_option_wins() {
        for (when, variables, target, expected) in [
            (ColorWhen::Auto, "", Target::Terminal, Style::Colour),
            (ColorWhen::Auto, "", Target::Pipe, Style::Plain),
            (ColorWhen::Auto, "NO_COLOR=1", Target::Terminal, Style::Plain),
            (ColorWhen::Auto, "NO_COLOR=", Target::Terminal, Style::Colour),
            (ColorWhen::Auto, "CLICOLOR_FORCE=1", Target::Pipe, Style::Colour),
            (ColorWhen::Auto, "CLICOLOR_FORCE=0", Target::Pipe, Style::Plain),
            (ColorWhen::Auto, "CLICOLOR_FORCE=1 NO_COLOR=1", Target::Terminal, Style::Plain),
            (ColorWhen::Auto, "TERM=dumb", Target::Terminal, Style::Plain),
            (ColorWhen::Auto, "CLICOLOR=0", Target::Terminal, Style::Plain),
            (ColorWhen::Always, "NO_COLOR=1", Target::Pipe, Style::Colour),
            (ColorWhen::Never, "CLICOLOR_FORCE=1", Target::Terminal, Style::Plain),
        ] {
            let environment = Environment::read(|name| {
                let value = variables.split(' ').find_map(|variable| variable.strip_prefix(name)?.strip_prefix('='));
                value.map(str::to_owned)
            });
            assert_eq!(style(when, environment, target), expected, "{when:?} {variables} {target:?}");
        }
    }
}
