//! Templates: the built-in ones of each language, a vault's own in their place, and the few functions they use.
//!
//! Every printed value is escaped once for its context by the formatter, whatever a template says. Note text is
//! never itself a template.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, State, UndefinedBehavior};
use serde::Serialize;

use crate::model::language::Language;

use super::functions::{add_functions, escaped};
use super::json::template_data;
use super::kept::KeptLines;
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
    basis: Basis,
    kept: Option<Arc<KeptLines>>,
}

/// What an engine is made of; two made of the same give the same text for the same data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Basis {
    language: Language,
    medium: Medium,
    links: LinkWriter,
    words: BTreeMap<String, String>,
    /// The vault's own templates by name.
    own: BTreeMap<String, String>,
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
        let basis = Basis { language, medium, links: links.clone(), words: words.clone(), own: own.clone() };
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
        Ok(Engine { environment, basis, kept: None })
    }

    /// Takes lines that were rendered before from `kept`, and keeps there what it renders for `today`.
    #[must_use]
    pub fn keeping(mut self, kept: Arc<KeptLines>, today: NaiveDate) -> Self {
        kept.stand_on(&self.basis, today);
        let own: BTreeSet<String> = self.basis.own.keys().cloned().collect();
        let lines = kept.clone();
        self.environment.add_function("kept", move |state: &mut State<'_, '_>, line: Value, item: Value| {
            // A vault's own template may look at more than the day and the data of a line.
            if own.contains(state.name()) { line.call(state, &[item]) } else { lines.line(state, &line, &item) }
        });
        self.kept = Some(kept);
        self
    }

    /// Renders a report by its name (`agenda`), without a final line end. A vault's own template finds all that the
    /// JSON has, `why` included; the built-in ones make their sentences where they stand.
    ///
    /// # Errors
    /// A template that fails, with its line.
    pub fn render<R: Serialize>(&self, report: &str, data: &R) -> Result<String, TemplateError> {
        let extension = match self.basis.medium {
            Medium::Markdown => "md",
            Medium::Terminal(_) => "txt",
        };
        let name = format!("{report}.{extension}.j2");
        let is_own = self.basis.own.contains_key(&name);
        let text = |value: Value| {
            let template = self.environment.get_template(&name).map_err(|error| template_error(&error))?;
            let value = if is_own { template_data(data, self)? } else { value };
            Ok(tidy(&template.render(value).map_err(|error| template_error(&error))?))
        };
        match &self.kept {
            Some(kept) => kept.report(&name, data, text),
            None => text(Value::from(Serde(data))),
        }
    }

    /// One sentence: a macro of `phrases.j2` called with `value`.
    ///
    /// # Errors
    /// A template that fails, with its line.
    pub fn phrase<R: Serialize>(&self, name: &str, value: &R, today: NaiveDate) -> Result<String, TemplateError> {
        let mut sentences = self.phrases(name, std::slice::from_ref(value), today)?;
        Ok(sentences.pop().unwrap_or_default())
    }

    /// The sentences of many values, in their order; the macro is compiled once for all of them.
    ///
    /// # Errors
    /// A template that fails, with its line.
    pub fn phrases<R: Serialize>(
        &self,
        name: &str,
        values: &[R],
        today: NaiveDate,
    ) -> Result<Vec<String>, TemplateError> {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        let source = format!(
            "{{% from 'phrases.j2' import {name} with context %}}\
             {{% for value in values %}}{{{{ {name}(value) }}}}{SEPARATOR}{{% endfor %}}"
        );
        let values: Vec<Value> = values.iter().map(|value| Value::from(Serde(value))).collect();
        let context = BTreeMap::from([("values", Value::from(values)), ("today", Value::from(today.to_string()))]);
        let text = self.environment.render_str(&source, context).map_err(|error| template_error(&error))?;
        let mut sentences: Vec<String> = text.split(SEPARATOR).map(tidy).collect();
        sentences.pop(); // what follows the last separator
        Ok(sentences)
    }
}

/// Stands between sentences rendered together. Escaping lets no control character through, so no value holds it.
const SEPARATOR: char = '\u{1e}';

/// File names of all templates, each of which a vault may replace by its own.
pub fn names() -> Vec<&'static str> {
    built_in(Language::English).iter().map(|(name, _)| *name).collect()
}

/// Templates by file name.
fn built_in(language: Language) -> &'static [(&'static str, &'static str)] {
    macro_rules! of_folder {
        ($folder:literal, $($name:literal),*) => {
            &[$(($name, include_str!(concat!("templates/", $folder, "/", $name)))),*]
        };
    }
    macro_rules! templates {
        ($folder:literal) => {
            of_folder!(
                $folder,
                "phrases.j2",
                "agenda.md.j2",
                "agenda.txt.j2",
                "stale.md.j2",
                "stale.txt.j2",
                "plan.md.j2",
                "plan.txt.j2",
                "ledger.md.j2",
                "ledger.txt.j2",
                "network.md.j2",
                "network.txt.j2",
                "endorsers.md.j2",
                "endorsers.txt.j2",
                "information.md.j2",
                "information.txt.j2",
                "year.md.j2",
                "year.txt.j2",
                "people.md.j2",
                "people.txt.j2",
                "problems.md.j2",
                "problems.txt.j2",
                "scan.txt.j2",
                "watch.txt.j2",
                "check.txt.j2",
                "init.txt.j2",
                "wrote.txt.j2",
                "undo.txt.j2",
                "undo-list.txt.j2",
                "recover.txt.j2",
                "why.md.j2",
                "why.txt.j2",
                "show.md.j2",
                "show.txt.j2",
                "brief.md.j2",
                "brief.txt.j2",
                "event-brief.md.j2"
            )
        };
    }
    match language {
        Language::Chinese => templates!("zh-CN"),
        Language::English => templates!("en"),
    }
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
    // The error's own text ends in the place, which is told apart.
    let mut message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
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
    fn tidy_keeps_single_empty_lines() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n"), "a\n\nb");
    }
}
