//! Lines of reports that were rendered before. A save changes the data of a few lines, and a report holds thousands.
//!
//! A line is a function of its data and of what is the same for all lines: templates, words, the way of links, the day.
//! Its text is kept by a hash over its data, and all are forgotten when anything else differs; so what is found is what
//! rendering would give. A line that one rendering did not use is forgotten with it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use minijinja::value::{Value, ValueKind};
use minijinja::{Error, State};
use sha2::{Digest as _, Sha256};

use super::engine::Basis;

/// The hash over the name of a line's macro and its data.
type Key = [u8; 32];

/// Rendered lines.
#[derive(Debug, Default)]
pub struct KeptLines(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    basis: Option<(Basis, NaiveDate)>,
    /// By template.
    lines: BTreeMap<String, Lines>,
}

/// The lines of one template.
#[derive(Debug, Default)]
struct Lines {
    before: HashMap<Key, Box<str>>,
    now: HashMap<Key, Box<str>>,
}

impl KeptLines {
    /// Forgets all lines that were made with another basis, or on another day.
    pub(super) fn stand_on(&self, basis: &Basis, today: NaiveDate) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.basis.as_ref().is_none_or(|(before, day)| before != basis || *day != today) {
            *kept = Kept { basis: Some((basis.clone(), today)), lines: BTreeMap::new() };
        }
    }

    /// What `line`, a macro, makes of `item`.
    ///
    /// # Errors
    /// Those of the macro.
    pub(super) fn line(&self, state: &mut State<'_, '_>, line: &Value, item: Value) -> Result<Value, Error> {
        let name = state.name().to_owned();
        let mut data = Vec::with_capacity(1024);
        write(&mut data, &line.get_attr("name")?);
        write(&mut data, &item);
        let key: Key = Sha256::digest(&data).into();
        if let Some(text) = self.find(&name, &key) {
            return Ok(Value::from_safe_string(text));
        }
        let text = line.call(state, &[item])?.to_string();
        self.lines(&name, |lines| lines.now.insert(key, text.as_str().into()));
        Ok(Value::from_safe_string(text))
    }

    /// Forgets the lines of a template that were not asked for since it was rendered last.
    pub(super) fn rendered(&self, template: &str) {
        self.lines(template, |lines| lines.before = std::mem::take(&mut lines.now));
    }

    fn find(&self, template: &str, key: &Key) -> Option<String> {
        self.lines(template, |lines| {
            if let Some(text) = lines.before.remove(key) {
                lines.now.insert(*key, text);
            }
            lines.now.get(key).map(ToString::to_string)
        })
    }

    fn lines<T>(&self, template: &str, with: impl FnOnce(&mut Lines) -> T) -> T {
        // Whoever panicked while it held the lines left them whole: each is put in at once.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        with(kept.lines.entry(template.to_owned()).or_default())
    }
}

/// Writes a value so that no other one is written the same.
fn write(data: &mut Vec<u8>, value: &Value) {
    let mut words = |tag: u8, text: &str| {
        data.push(tag);
        data.extend(text.len().to_le_bytes());
        data.extend(text.as_bytes());
    };
    match (value.kind(), value.as_str()) {
        (ValueKind::None | ValueKind::Undefined, _) => data.push(b'0'),
        (ValueKind::Bool, _) => data.push(if value.is_true() { b'y' } else { b'n' }),
        (ValueKind::String, Some(text)) => words(if value.is_safe() { b'S' } else { b's' }, text),
        (ValueKind::Map, _) => {
            data.push(b'{');
            for key in value.try_iter().into_iter().flatten() {
                write(data, &key);
                write(data, &value.get_item(&key).unwrap_or_default());
            }
            data.push(b'}');
        }
        (ValueKind::Seq | ValueKind::Iterable, _) => {
            data.push(b'[');
            value.try_iter().into_iter().flatten().for_each(|item| write(data, &item));
            data.push(b']');
        }
        _ => words(b'#', &value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn written(value: &Value) -> Vec<u8> {
        let mut data = Vec::new();
        write(&mut data, value);
        data
    }

    #[test]
    fn no_two_values_are_written_the_same() {
        let values = [
            Value::from(()),
            Value::from(false),
            Value::from(true),
            Value::from(0),
            Value::from(1),
            Value::from(-1),
            Value::from("0"),
            Value::from(""),
            Value::from_safe_string("0".into()),
            Value::from(vec!["a", "b"]),
            Value::from(vec!["ab"]),
            Value::from(vec![vec!["a"], vec!["b"]]),
            Value::from(vec![vec!["a", "b"]]),
            context! { a => "b" },
            context! { a => "b", c => () },
            context! { b => "a" },
        ];
        for (at, one) in values.iter().enumerate() {
            for (other_at, other) in values.iter().enumerate() {
                assert_eq!(written(one) == written(other), at == other_at, "{one:?} {other:?}");
            }
        }
    }
}
