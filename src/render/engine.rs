//! Templates: the built-in ones of each language, a vault's own in their place, and the few functions they use.
//!
//! Every printed value is escaped once for its context by the formatter, whatever a template says. Note text is
//! never itself a template.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, State, UndefinedBehavior};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::language::Language;

use super::escape;
use super::link::LinkWriter;
use super::style::Style;

/// What the text is for; decides escaping and links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A generated note.
    Markdown,
    /// A terminal, with or without colour.
    Terminal(Style),
}

/// A template that does not work: which, where and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{template}:{line}: {message}")]
pub struct TemplateError {
    /// Template name, `agenda.md.j2`.
    pub template: String,
    /// Line in it, from 1; 0 when unknown.
    pub line: usize,
    /// What went wrong.
    pub message: String,
}

/// What a user template may cost: enough for reports about 100,000 people, not for an endless loop.
const FUEL: u64 = 500_000_000;
/// How deep macros may call each other.
const RECURSION: usize = 64;

/// The templates of one language for one medium.
pub struct Engine {
    environment: Environment<'static>,
    medium: Medium,
}

impl Engine {
    /// Builds the templates of `language` for `medium`. `own` holds the vault's templates by file name
    /// (`agenda.md.j2`); each takes the place of the built-in one.
    ///
    /// # Errors
    /// A template that does not parse.
    pub fn new(
        language: Language,
        medium: Medium,
        links: LinkWriter,
        words: BTreeMap<String, String>,
        own: &BTreeMap<String, String>,
    ) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| template_error(&error))?);
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        environment.remove_filter("safe");
        environment.remove_filter("escape");
        environment.remove_filter("e");
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("own".into()));
        environment.set_formatter(move |out, _state, value| {
            let text = match value.as_str() {
                _ if value.is_none() => return Ok(()),
                _ if value.is_safe() => value.to_string(),
                Some(text) => escaped(text, medium),
                None => escaped(&value.to_string(), medium),
            };
            out.write_str(&text).map_err(minijinja::Error::from)
        });
        add_functions(&mut environment, medium, links, words);
        for (name, source) in built_in(language) {
            if !own.contains_key(*name) {
                environment.add_template(name, source).map_err(|error| template_error(&error))?;
            }
        }
        for (name, source) in own {
            environment.add_template_owned(name.clone(), source.clone()).map_err(|error| template_error(&error))?;
        }
        Ok(Engine { environment, medium })
    }

    /// Renders a report by its name (`agenda`), without a final line end.
    ///
    /// # Errors
    /// A template that fails, with its line.
    pub fn render<R: Serialize>(&self, report: &str, data: &R) -> Result<String, TemplateError> {
        let extension = match self.medium {
            Medium::Markdown => "md",
            Medium::Terminal(_) => "txt",
        };
        let name = format!("{report}.{extension}.j2");
        let template = self.environment.get_template(&name).map_err(|error| template_error(&error))?;
        let text = template.render(Value::from(Serde(data))).map_err(|error| template_error(&error))?;
        Ok(tidy(&text))
    }

    /// One sentence: a macro of `phrases.j2` called with `value`, as plain text without escapes of its own.
    ///
    /// # Errors
    /// A template that fails, with its line.
    pub fn phrase<R: Serialize>(&self, name: &str, value: &R, today: NaiveDate) -> Result<String, TemplateError> {
        let source = format!("{{% from 'phrases.j2' import {name} with context %}}{{{{ {name}(value) }}}}");
        let context = BTreeMap::from([("value", Value::from(Serde(value))), ("today", Value::from(today.to_string()))]);
        self.environment.render_str(&source, context).map(|text| tidy(&text)).map_err(|error| template_error(&error))
    }
}

/// Templates by file name.
fn built_in(language: Language) -> &'static [(&'static str, &'static str)] {
    macro_rules! templates {
        ($folder:literal, $($name:literal),* $(,)?) => {
            &[$(($name, include_str!(concat!("templates/", $folder, "/", $name)))),*]
        };
    }
    match language {
        Language::Chinese => templates!(
            "zh-CN",
            "phrases.j2",
            "agenda.md.j2",
            "agenda.txt.j2",
            "stale.md.j2",
            "stale.txt.j2",
            "people.md.j2",
            "people.txt.j2",
            "problems.md.j2",
            "problems.txt.j2",
        ),
        Language::English => templates!(
            "en",
            "phrases.j2",
            "agenda.md.j2",
            "agenda.txt.j2",
            "stale.md.j2",
            "stale.txt.j2",
            "people.md.j2",
            "people.txt.j2",
            "problems.md.j2",
            "problems.txt.j2",
        ),
    }
}

fn escaped(text: &str, medium: Medium) -> String {
    match medium {
        Medium::Markdown => escape::markdown(text),
        Medium::Terminal(_) => escape::terminal(text),
    }
}

fn add_functions(
    environment: &mut Environment<'static>,
    medium: Medium,
    links: LinkWriter,
    words: BTreeMap<String, String>,
) {
    // link(path, label): a link in a note, the bare label on a terminal.
    let cell_links = links.clone();
    environment.add_function("link", move |path: &str, label: &str| {
        Value::from_safe_string(match medium {
            Medium::Markdown => links.link(path, label),
            Medium::Terminal(style) => style.name(&escape::terminal(label)),
        })
    });
    // The same inside a table cell, where a wikilink's own pipe takes a backslash.
    environment.add_function("cell_link", move |path: &str, label: &str| {
        Value::from_safe_string(match medium {
            Medium::Markdown => cell_links.link_in_cell(path, label),
            Medium::Terminal(style) => style.name(&escape::terminal(label)),
        })
    });
    // word("call"): a word of the vocabulary by id; the id itself where there is none.
    environment.add_function("word", move |id: &str| words.get(id).cloned().unwrap_or_else(|| id.to_owned()));
    for (name, paint) in [
        ("strong", Style::strong as fn(Style, &str) -> String),
        ("dim", Style::dim),
        ("warn", Style::warn),
        ("heading", Style::heading),
    ] {
        environment.add_filter(name, move |value: Value| {
            let text = if value.is_safe() { value.to_string() } else { escaped(&value.to_string(), medium) };
            Value::from_safe_string(match medium {
                Medium::Markdown => text,
                Medium::Terminal(style) => paint(style, &text),
            })
        });
    }
    environment.add_filter("short", |text: &str, width: usize| shorten(text, width));
    environment.add_filter("count_of", |period: &str| period_parts(period).map(|(count, _)| count));
    environment.add_filter("unit_of", |period: &str| period_parts(period).map(|(_, unit)| unit.to_string()));
    environment.add_filter("year", |date: &str| parse(date).map(|date| date.year()));
    environment.add_filter("month", |date: &str| parse(date).map(|date| date.month()));
    environment.add_filter("day_of_month", |date: &str| parse(date).map(|date| date.day()));
    environment.add_filter("weekday", |date: &str| parse(date).map(|date| date.weekday().num_days_from_monday()));
    environment.add_filter("days_to", |from: &str, to: &str| -> Result<i64, minijinja::Error> {
        Ok((parse(to)? - parse(from)?).num_days())
    });
    environment.add_filter("where", |state: &State<'_, '_>, items: Vec<Value>, name: &str, wanted: Value| {
        let _ = state;
        items.into_iter().filter(|item| item.get_attr(name).is_ok_and(|found| found == wanted)).collect::<Vec<_>>()
    });
}

fn parse(date: &str) -> Result<NaiveDate, minijinja::Error> {
    NaiveDate::parse_from_str(date, "%Y-%m-%d")
        .map_err(|_| minijinja::Error::new(ErrorKind::InvalidOperation, format!("not a date: {date}")))
}

/// Count and unit letter of an ISO 8601 period such as `P2W`.
fn period_parts(period: &str) -> Result<(u32, char), minijinja::Error> {
    let wrong = || minijinja::Error::new(ErrorKind::InvalidOperation, format!("not a period: {period}"));
    let inner = period.strip_prefix('P').ok_or_else(wrong)?;
    let unit = inner.chars().last().ok_or_else(wrong)?;
    let count = inner.trim_end_matches(unit).parse().map_err(|_| wrong())?;
    Ok((count, unit))
}

/// Cuts text to about `width` columns at a grapheme, on one line, with an ellipsis where something was cut.
fn shorten(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let columns = unicode_width::UnicodeWidthStr::width(grapheme);
        if used + columns > width {
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        used += columns;
        out.push_str(grapheme);
    }
    out
}

/// Drops blanks at line ends and makes each run of empty lines one, so that templates may be laid out freely.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn template_error(error: &minijinja::Error) -> TemplateError {
    let mut message = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        message = format!("{message}: {inner}");
        source = inner.source();
    }
    TemplateError { template: error.name().unwrap_or("template").to_owned(), line: error.line().unwrap_or(0), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortening_cuts_at_columns_and_never_inside_a_character() {
        assert_eq!(shorten("谈了新项目", 10), "谈了新项目");
        assert_eq!(shorten("谈了新项目的预算", 10), "谈了新项目…");
        assert_eq!(shorten("👨‍👩‍👧‍👦x", 1), "…");
    }

    #[test]
    fn tidy_keeps_single_empty_lines() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n"), "a\n\nb");
    }
}
