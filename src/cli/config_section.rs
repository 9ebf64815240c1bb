//! One table of a settings file, read key by key. What is wrong is collected, so that all of it is shown at once; a key
//! nobody asked for is unknown, and the nearest known one is named.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::diagnostic::Finding;
use crate::model::span::Span;

/// A value with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its bytes.
    pub span: Span,
}

/// What is wrong, with the bytes it is about.
pub type Faults = Vec<(Span, Finding)>;

/// A table that is being read.
pub struct Section<'t> {
    rest: DeTable<'t>,
    known: Vec<&'static str>,
}

type Found<'t> = (&'static str, Spanned<DeValue<'t>>);

impl<'t> Section<'t> {
    /// The keys of `table`, none asked for yet.
    pub fn new(table: DeTable<'t>) -> Self {
        Section { rest: table, known: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<Found<'t>> {
        self.known.push(key);
        self.rest.remove(key).map(|value| (key, value))
    }

    /// A text.
    pub fn text(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<String>> {
        let (key, value) = self.take(key)?;
        text(key, value, faults)
    }

    /// A whole number within `range`.
    pub fn number(&mut self, key: &'static str, range: Range<u32>, faults: &mut Faults) -> Option<u32> {
        let (key, value) = self.take(key)?;
        let span = Span::from(value.span());
        let DeValue::Integer(written) = value.into_inner() else {
            faults.push((span, Finding::new("config-needs-number", [key])));
            return None;
        };
        let number = u32::from_str_radix(written.as_str(), written.radix()).ok();
        let fitting = number.filter(|number| range.contains(number));
        if fitting.is_none() {
            let (least, most) = (range.start.to_string(), range.end.saturating_sub(1).to_string());
            faults.push((span, Finding::new("config-out-of-range", [key, written.as_str(), &least, &most])));
        }
        fitting
    }

    /// A factor from 0.01 to 100, in hundredths.
    pub fn hundredths(&mut self, key: &'static str, faults: &mut Faults) -> Option<u32> {
        let (key, value) = self.take(key)?;
        let span = Span::from(value.span());
        let written = match value.into_inner() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            _ => {
                faults.push((span, Finding::new("config-needs-number", [key])));
                return None;
            }
        };
        let factor = written.parse::<f64>().ok().map(|factor| (factor * 100.0).round());
        match factor.filter(|factor| (1.0..=10_000.0).contains(factor)) {
            Some(factor) => Some(factor as u32),
            None => {
                faults.push((span, Finding::new("config-out-of-range", [key, &written, "0.01", "100"])));
                None
            }
        }
    }

    /// Yes or no.
    pub fn switch(&mut self, key: &'static str, faults: &mut Faults) -> Option<bool> {
        let (key, value) = self.take(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            faults.push((Span::from(value.span()), Finding::new("config-needs-switch", [key])));
        }
        found
    }

    /// A list of texts, with the place of the whole.
    pub fn texts(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<Vec<Placed<String>>>> {
        let (key, value) = self.take(key)?;
        let span = Span::from(value.span());
        let DeValue::Array(list) = value.into_inner() else {
            faults.push((span, Finding::new("config-needs-list", [key])));
            return None;
        };
        let value = list.into_iter().filter_map(|value| text(key, value, faults)).collect();
        Some(Placed { value, span })
    }

    /// A table with keys of its own.
    pub fn section(&mut self, key: &'static str, faults: &mut Faults) -> Option<Section<'t>> {
        let (key, value) = self.take(key)?;
        table(key, value, faults).map(Section::new)
    }

    /// The entries of a table whose keys are the user's own words.
    pub fn entries(&mut self, key: &'static str, faults: &mut Faults) -> Entries<'t> {
        let found = self.take(key).and_then(|(key, value)| table(key, value, faults));
        Entries { entries: found.map(|table| table.into_iter().collect()).unwrap_or_default() }
    }

    /// Ends the reading: every key left over is unknown.
    pub fn finish(self, faults: &mut Faults) {
        for key in self.rest.keys() {
            let finding = Finding::new("config-unknown-key", [key.get_ref(), nearest(key.get_ref(), &self.known)]);
            faults.push((Span::from(key.span()), finding));
        }
    }
}

/// Entries in the order of their keys.
pub struct Entries<'t> {
    entries: Vec<(Spanned<toml::de::DeString<'t>>, Spanned<DeValue<'t>>)>,
}

impl<'t> Entries<'t> {
    /// Entries that are texts.
    pub fn texts(self, faults: &mut Faults) -> Vec<(Placed<String>, Placed<String>)> {
        self.read(faults, text)
    }

    /// Entries that are lists of texts.
    pub fn lists(self, faults: &mut Faults) -> Vec<(Placed<String>, Vec<Placed<String>>)> {
        self.read(faults, |key, value, faults| {
            let span = Span::from(value.span());
            let DeValue::Array(list) = value.into_inner() else {
                faults.push((span, Finding::new("config-needs-list", [key])));
                return None;
            };
            Some(list.into_iter().filter_map(|value| text(key, value, faults)).collect())
        })
    }

    /// Entries that are yes or no.
    pub fn switches(self, faults: &mut Faults) -> Vec<(Placed<String>, Placed<bool>)> {
        self.read(faults, |key, value, faults| {
            let span = Span::from(value.span());
            match value.get_ref().as_bool() {
                Some(value) => Some(Placed { value, span }),
                None => {
                    faults.push((span, Finding::new("config-needs-switch", [key])));
                    None
                }
            }
        })
    }

    /// Entries that are tables with keys of their own.
    pub fn sections(self, faults: &mut Faults) -> Vec<(Placed<String>, Section<'t>)> {
        self.read(faults, |key, value, faults| table(key, value, faults).map(Section::new))
    }

    /// Entries that are tables of the user's own words.
    pub fn entries(self, faults: &mut Faults) -> Vec<(Placed<String>, Entries<'t>)> {
        self.read(faults, |key, value, faults| {
            table(key, value, faults).map(|table| Entries { entries: table.into_iter().collect() })
        })
    }

    /// Entries as they are, the value as text of the same format.
    pub fn raw(self) -> Vec<(Placed<String>, String)> {
        let raw = |value: &DeValue<'_>| toml_text(value);
        self.entries.into_iter().map(|(key, value)| (placed_key(&key), raw(value.get_ref()))).collect()
    }

    fn read<T>(
        self,
        faults: &mut Faults,
        mut one: impl FnMut(&str, Spanned<DeValue<'t>>, &mut Faults) -> Option<T>,
    ) -> Vec<(Placed<String>, T)> {
        let mut read = Vec::with_capacity(self.entries.len());
        for (key, value) in self.entries {
            let key = placed_key(&key);
            if let Some(value) = one(&key.value, value, faults) {
                read.push((key, value));
            }
        }
        read
    }
}

/// A name less like what is written than this is no help to anyone.
const ALIKE: f64 = 0.8;

/// The one of `known` that looks most like `written`; empty when none is near.
pub fn nearest<'k>(written: &str, known: &[&'k str]) -> &'k str {
    let written = written.to_lowercase();
    let likeness = |candidate: &str| strsim::jaro_winkler(&written, candidate);
    let scored = known.iter().copied().map(|candidate| (likeness(candidate), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(score, _)| *score >= ALIKE).map(|(_, name)| name).unwrap_or_default()
}

fn placed_key(key: &Spanned<toml::de::DeString<'_>>) -> Placed<String> {
    Placed { value: key.get_ref().to_string(), span: Span::from(key.span()) }
}

fn text(key: &str, value: Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Placed<String>> {
    let span = Span::from(value.span());
    match value.into_inner() {
        DeValue::String(text) => Some(Placed { value: text.into_owned(), span }),
        _ => {
            faults.push((span, Finding::new("config-needs-text", [key])));
            None
        }
    }
}

fn table<'t>(key: &str, value: Spanned<DeValue<'t>>, faults: &mut Faults) -> Option<DeTable<'t>> {
    let span = Span::from(value.span());
    match value.into_inner() {
        DeValue::Table(table) => Some(table),
        _ => {
            faults.push((span, Finding::new("config-needs-table", [key])));
            None
        }
    }
}

/// A value written anew on one line.
fn toml_text(value: &DeValue<'_>) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(value) => value.to_string(),
        DeValue::Array(list) => {
            let items: Vec<String> = list.iter().map(|value| toml_text(value.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let entry = |(key, value): (&Spanned<toml::de::DeString<'_>>, &Spanned<DeValue<'_>>)| {
                format!("{} = {}", quoted(key.get_ref()), toml_text(value.get_ref()))
            };
            let entries: Vec<String> = table.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_is_near_is_suggested() {
        let known = ["language", "max_per_day", "lantern", "reports"];
        for (written, expected) in [
            ("languge", "language"),
            ("Lang", "language"),
            ("max_day", "max_per_day"),
            ("lantren", "lantern"),
            ("blackfriday", ""),
            ("zzzz", ""),
            ("", ""),
        ] {
            assert_eq!(nearest(written, &known), expected, "{written}");
        }
    }
}
