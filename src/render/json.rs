//! A report as JSON: the same value the templates read, with the sentence that says why beside each reason.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use minijinja::value::Serde;
use serde::Serialize;
use serde_json::Value;

use super::engine::{Engine, TemplateError};
use super::escape;

/// The report as an indented JSON document that ends with a line feed. Fields stand in the order of the report,
/// `why` last in its object. `engine` speaks the vault's language; made for a plain terminal, it gives sentences
/// without markup.
///
/// # Errors
/// A template of phrases that fails.
pub fn json<R: Serialize>(report: &R, engine: &Engine) -> Result<String, TemplateError> {
    let text = serde_json::to_string_pretty(&explained(report, engine)?).map_err(|error| failed(&error))?;
    Ok(escape::json(&text) + "\n")
}

/// The report with its sentences as a template reads it: `why` is what the template's own medium shows, links and all,
/// and is not escaped again.
///
/// # Errors
/// A template of phrases that fails.
pub(super) fn template_data<R: Serialize>(report: &R, engine: &Engine) -> Result<minijinja::Value, TemplateError> {
    Ok(template_value(explained(report, engine)?, ""))
}

fn template_value(value: Value, field: &str) -> minijinja::Value {
    let explained = Phrase::of(&value, field).is_some();
    match value {
        Value::Array(items) => items.into_iter().map(|item| template_value(item, field)).collect(),
        Value::Object(fields) => {
            let read = |(name, item): (String, Value)| match item {
                Value::String(sentence) if explained && name == "why" => {
                    (name, minijinja::Value::from_safe_string(sentence))
                }
                item => {
                    let item = template_value(item, &name);
                    (name, item)
                }
            };
            minijinja::Value::from(fields.into_iter().map(read).collect::<BTreeMap<_, _>>())
        }
        plain => minijinja::Value::from(Serde(plain)),
    }
}

fn explained<R: Serialize>(report: &R, engine: &Engine) -> Result<Value, TemplateError> {
    let mut document = serde_json::to_value(report).map_err(|error| failed(&error))?;
    if let Some(today) = document.get("today").and_then(Value::as_str).and_then(|today| today.parse().ok()) {
        add_sentences(&mut document, engine, today)?;
    }
    Ok(document)
}

/// Which macro says why an object is there, and of which value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phrase {
    /// `reason` holds a reason.
    Why,
    /// A person of the stale-contact report.
    StaleWhy,
    /// A line that counted or did not.
    LineWhy,
    /// A step to a due day.
    StepWhy,
}

impl Phrase {
    const ALL: [Phrase; 4] = [Phrase::Why, Phrase::StaleWhy, Phrase::LineWhy, Phrase::StepWhy];

    fn name(self) -> &'static str {
        match self {
            Phrase::Why => "why",
            Phrase::StaleWhy => "stale_why",
            Phrase::LineWhy => "line_why",
            Phrase::StepWhy => "step_why",
        }
    }

    /// The phrase an object asks for, in an array or object field named `field`.
    fn of(object: &Value, field: &str) -> Option<Self> {
        match object.get("reason") {
            Some(Value::Object(_)) => Some(Phrase::Why),
            Some(Value::String(_)) => Some(Phrase::LineWhy),
            _ if object.get("group").is_some() && object.get("rule").is_some() => Some(Phrase::StaleWhy),
            _ if field == "steps" && object.get("kind").is_some() => Some(Phrase::StepWhy),
            _ => None,
        }
    }

    fn subject(self, object: &Value) -> Value {
        match self {
            Phrase::Why => object.get("reason").cloned().unwrap_or_default(),
            _ => object.clone(),
        }
    }
}

/// Each macro runs once over all its objects, so that thousands of lines cost no thousands of templates.
fn add_sentences(document: &mut Value, engine: &Engine, today: NaiveDate) -> Result<(), TemplateError> {
    for phrase in Phrase::ALL {
        let mut subjects = Vec::new();
        visit(document, "", &mut |object, field| {
            if Phrase::of(object, field) == Some(phrase) {
                subjects.push(phrase.subject(object));
            }
        });
        let mut sentences = engine.phrases(phrase.name(), &subjects, today)?.into_iter();
        visit(document, "", &mut |object, field| {
            if Phrase::of(object, field) != Some(phrase) {
                return;
            }
            if let (Value::Object(fields), Some(sentence)) = (object, sentences.next()) {
                fields.insert("why".to_owned(), Value::String(sentence));
            }
        });
    }
    Ok(())
}

/// Shows every object to `see`, with the name of the field it stands in, in document order.
fn visit(value: &mut Value, field: &str, see: &mut dyn FnMut(&mut Value, &str)) {
    if value.is_object() {
        see(value, field);
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, field, see)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, item)| visit(item, name, see)),
        _ => {}
    }
}

fn failed(error: &serde_json::Error) -> TemplateError {
    TemplateError { template: "json".to_owned(), line: 0, message: error.to_string() }
}
