//! One line of the agenda taken apart: its words, its links, and the day a plugin wrote when it was ticked.

use chrono::NaiveDate;

use crate::model::link::Link;
use crate::parse::body::links_in_line;
use crate::parse::dates::iso_day;

use super::without_names;

/// The signs and keys with which the Tasks plugin and Dataview say when something was done or cancelled.
const SIGNS: [&str; 2] = ["✅", "❌"];
const KEYS: [&str; 2] = ["completion::", "cancelled::"];

/// A line, read.
pub(super) struct Line {
    /// What is left of it: no name, no done date.
    pub(super) words: String,
    /// The day it was done.
    pub(super) done_on: Option<NaiveDate>,
}

impl Line {
    /// Reads the text behind the box.
    pub(super) fn of(content: &str) -> Self {
        let mut words = without_names(content);
        let mut done_on = None;
        while let Some((range, date)) = done_field(&words) {
            done_on = done_on.or(Some(date));
            words.replace_range(range, " ");
        }
        Line { words: words.trim().to_owned(), done_on }
    }

    /// Its links, in order.
    pub(super) fn links(&self) -> Vec<Link> {
        links_in_line(&self.words)
    }
}

/// The first field that says when the line was closed, and where it stands.
fn done_field(words: &str) -> Option<(std::ops::Range<usize>, NaiveDate)> {
    let by_sign = SIGNS.iter().find_map(|sign| {
        let start = words.find(sign)?;
        let rest = words.get(start + sign.len()..)?;
        let value = rest.trim_start_matches(['\u{fe0f}', ' ', '\t', '\u{a0}']);
        let date = iso_day(value.as_bytes().get(..10)?)?;
        let end = words.len() - value.len() + 10;
        Some((start..end, date))
    });
    by_sign.or_else(|| {
        KEYS.iter().find_map(|key| {
            let at = words.find(key)?;
            let start = at.checked_sub(1).filter(|start| matches!(words.as_bytes().get(*start), Some(b'[' | b'(')))?;
            let value = words.get(at + key.len()..)?.trim_start();
            let date = iso_day(value.as_bytes().get(..10)?)?;
            let rest = value.get(10..)?.trim_start();
            let close = rest.starts_with([']', ')']).then_some(1)?;
            Some((start..words.len() - rest.len() + close, date))
        })
    })
}
