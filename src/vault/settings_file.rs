//! One JSON file of Obsidian: opened with care, read with defaults, and what is broken in it said.

use std::io;
use std::path::Path;

use serde_json::{Map, Value};

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::path::NotePath;
use crate::model::span::{LineIndex, Span};

use super::read::{NOTE_LIMIT, Refusal, read_regular};

/// The JSON object in one settings file; `None` when there is no such file, or nothing usable in it.
pub(super) fn read_object(root: &Path, file: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Map<String, Value>> {
    let path = NotePath::new(file);
    let mut broken = |finding: Finding| diagnostics.push(finding.about(&path));
    let bytes = match read_regular(&root.join(file), NOTE_LIMIT) {
        Ok(bytes) => bytes,
        Err(Refusal::Io(error)) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(Refusal::Io(error)) => {
            broken(Finding::new("obsidian-settings-unreadable", [file, &error.to_string()]));
            return None;
        }
        Err(Refusal::NotDownloaded) => {
            broken(Finding::new("obsidian-settings-unreadable", [file, "not downloaded"]));
            return None;
        }
        Err(Refusal::NotRegular | Refusal::TooLarge(_)) => {
            broken(Finding::new("obsidian-settings-broken", [file]));
            return None;
        }
    };
    let Ok(text) = String::from_utf8(bytes) else {
        broken(Finding::new("obsidian-settings-broken", [file]));
        return None;
    };
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(map)) => Some(map),
        Ok(_) => {
            broken(Finding::new("obsidian-settings-broken", [file]));
            None
        }
        Err(error) => {
            let lines = LineIndex::new(&text);
            let finding = Finding::new("obsidian-settings-broken", [file]);
            diagnostics.push(finding.at(&path, &lines, place_of(&error, &text)));
            None
        }
    }
}

/// `serde_json` counts lines and bytes in them from 1, and was not shown the byte-order mark.
fn place_of(error: &serde_json::Error, text: &str) -> Span {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let lines_before = error.line().saturating_sub(1);
    let before = text.split_inclusive('\n').take(lines_before).map(str::len).sum::<usize>().max(mark);
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Span::new(at, at)
}

/// One object of a settings file. A value of another type than Obsidian writes is a diagnostic and counts as absent.
pub(super) struct Section<'s> {
    file: &'static str,
    map: &'s Map<String, Value>,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl<'s> Section<'s> {
    pub(super) fn new(file: &'static str, map: &'s Map<String, Value>, diagnostics: &'s mut Vec<Diagnostic>) -> Self {
        Section { file, map, diagnostics }
    }

    pub(super) fn file(&self) -> &'static str {
        self.file
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.map.iter()
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.get(key, |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn switch(&mut self, key: &str) -> Option<bool> {
        self.get(key, Value::as_bool)
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let strings = |list: &Vec<Value>| list.iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<_>>();
        self.get(key, |value| value.as_array().and_then(strings)).unwrap_or_default()
    }

    pub(super) fn within(&mut self, key: &str, mut read: impl FnMut(&mut Section<'_>)) {
        if let Some(map) = self.get(key, |value| value.as_object().cloned()) {
            read(&mut Section::new(self.file, &map, self.diagnostics));
        }
    }

    pub(super) fn within_each(&mut self, key: &str, mut read: impl FnMut(&mut Section<'_>)) {
        let objects = |list: &Vec<Value>| list.iter().map(|v| v.as_object().cloned()).collect::<Option<Vec<_>>>();
        for map in self.get(key, |value| value.as_array().and_then(objects)).unwrap_or_default() {
            read(&mut Section::new(self.file, &map, self.diagnostics));
        }
    }

    fn get<T>(&mut self, key: &str, as_type: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.map.get(key).filter(|value| !value.is_null())?;
        let typed = as_type(value);
        if typed.is_none() {
            self.diagnostics
                .push(Finding::new("obsidian-setting-type", [key, self.file]).about(&NotePath::new(self.file)));
        }
        typed
    }
}
