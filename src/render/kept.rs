//! Reports and lines of reports that were rendered before. A save changes the data of few reports, and of few lines of
//! those, and a report holds thousands.
//!
//! A report is a function of its data and of what is the same for all: templates, words, the way of links, the day. So
//! is a line. Their texts are kept by hashes over their data, and all are forgotten when anything else differs; so what
//! is found is what rendering would give. A line that one rendering did not use is forgotten with it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use minijinja::value::{DynObject, Enumerator, Object, ObjectRepr, Serde, Value, ValueKind};
use minijinja::{Error, State};
use serde::Serialize;

use super::engine::Basis;
use super::written::{Key, Written};

/// Rendered reports and lines.
#[derive(Debug, Default)]
pub struct KeptLines(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    basis: Option<(Basis, NaiveDate)>,
    /// By template.
    reports: BTreeMap<String, (Key, Arc<str>)>,
    /// By template.
    lines: BTreeMap<String, Lines>,
}

/// The lines of one template.
#[derive(Debug, Default)]
struct Lines {
    before: HashMap<LineKey, Arc<str>>,
    now: HashMap<LineKey, Arc<str>>,
}

/// The macro of a line and the hash over its data.
type LineKey = (Arc<str>, Key);

impl KeptLines {
    /// Forgets all that was made with another basis, or on another day.
    pub(super) fn stand_on(&self, basis: &Basis, today: NaiveDate) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.basis.as_ref().is_none_or(|(before, day)| before != basis || *day != today) {
            *kept = Kept { basis: Some((basis.clone(), today)), ..Kept::default() };
        }
    }

    /// What `template` makes of a report: what it made of it before, or what `render` makes of it now, given its data
    /// with lines that know themselves.
    ///
    /// # Errors
    /// Those of `render`.
    pub(super) fn report<R: Serialize, E>(
        &self,
        template: &str,
        report: &R,
        render: impl FnOnce(Value) -> Result<String, E>,
    ) -> Result<String, E> {
        let Some(written) = Written::new(report) else { return render(Value::from(Serde(report))) };
        let key = written.key;
        let known = self.with(|kept| kept.reports.get(template).filter(|(known, _)| *known == key).cloned());
        if let Some((_, text)) = known {
            return Ok(text.as_ref().into());
        }
        let text = render(with_lines(&Value::from(Serde(report)), &written))?;
        self.with(|kept| {
            let lines = kept.lines.entry(template.to_owned()).or_default();
            lines.before = std::mem::take(&mut lines.now);
            kept.reports.insert(template.to_owned(), (key, text.as_str().into()));
        });
        Ok(text)
    }

    /// What `line`, a macro, makes of `item`. Only an item of a list right in a report, or in an object right in it, is known again.
    ///
    /// # Errors
    /// Those of the macro.
    pub(super) fn line(&self, state: &mut State<'_, '_>, line: &Value, item: &Value) -> Result<Value, Error> {
        let Some(Line { key, .. }) = item.downcast_object_ref::<Line>() else {
            return line.call(state, std::slice::from_ref(item));
        };
        let name = state.name().to_owned();
        let key = (Arc::from(line.get_attr("name")?.as_str().unwrap_or_default()), *key);
        if let Some(text) = self.find(&name, &key) {
            return Ok(Value::from_safe_string(text));
        }
        let text = line.call(state, std::slice::from_ref(item))?.to_string();
        self.with(|kept| kept.lines.entry(name).or_default().now.insert(key, text.as_str().into()));
        Ok(Value::from_safe_string(text))
    }

    fn find(&self, template: &str, key: &LineKey) -> Option<String> {
        let text = self.with(|kept| {
            let lines = kept.lines.get_mut(template)?;
            if let Some((key, text)) = lines.before.remove_entry(key) {
                lines.now.insert(key, text);
            }
            lines.now.get(key).cloned()
        });
        text.map(|text| text.as_ref().into())
    }

    fn with<T>(&self, change: impl FnOnce(&mut Kept) -> T) -> T {
        // Whoever panicked while it held the lines left them whole: each is put in at once.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// An item of a report, with the hash over its data.
#[derive(Debug)]
struct Line {
    item: DynObject,
    key: Key,
}

impl Object for Line {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        self.item.repr()
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.item.get_value(key)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.item.get_value_by_str(key)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.item.enumerate()
    }
}

/// The data of a report in which each item of a list knows its hash.
fn with_lines(report: &Value, written: &Written) -> Value {
    let field = |name: Value| {
        let value = report.get_item(&name).unwrap_or_default();
        let name = name.to_string();
        let lines = lines(&value, written.items(&name));
        let value = lines.or_else(|| with_lines_below(&name, &value, written)).unwrap_or(value);
        (name, value)
    };
    let fields = report.try_iter().into_iter().flatten();
    Value::from(fields.map(field).collect::<BTreeMap<String, Value>>())
}

/// The same of an object right in a report; `None` where it has no such list.
fn with_lines_below(name: &str, object: &Value, written: &Written) -> Option<Value> {
    if object.kind() != ValueKind::Map {
        return None;
    }
    let mut has_any = false;
    let mut fields: BTreeMap<String, Value> = BTreeMap::new();
    for field in object.try_iter().into_iter().flatten() {
        let value = object.get_item(&field).unwrap_or_default();
        let lines = lines(&value, written.items(&format!("{name}.{field}")));
        has_any |= lines.is_some();
        fields.insert(field.to_string(), lines.unwrap_or(value));
    }
    has_any.then(|| Value::from(fields))
}

fn lines(list: &Value, items: &[Key]) -> Option<Value> {
    (!items.is_empty()).then(|| items.iter().zip(list.try_iter().into_iter().flatten()).map(line).collect())
}

fn line((key, item): (&Key, Value)) -> Value {
    match item.as_object() {
        Some(object) => Value::from_object(Line { item: object.clone(), key: *key }),
        None => item,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Report {
        title: &'static str,
        items: Vec<Item>,
    }

    #[derive(Serialize)]
    struct Deeper {
        outer: BTreeMap<&'static str, u8>,
        inner: Report,
    }

    #[derive(Serialize)]
    struct Item {
        name: &'static str,
        more: Option<Vec<u8>>,
    }

    #[test]
    fn a_report_with_lines_that_know_themselves_reads_as_it_did() {
        let item = |name, more| Item { name, more };
        let report =
            || Report { title: "t", items: vec![item("a", None), item("b", Some(vec![1, 2])), item("a", None)] };
        let outer = BTreeMap::from([("x", 1)]);
        let plain_outer = Value::from(Serde(&outer)).to_string();
        let deeper = Deeper { outer, inner: report() };
        let below = with_lines(&Value::from(Serde(&deeper)), &Written::new(&deeper).unwrap());
        assert_eq!(below.get_attr("outer").unwrap().to_string(), plain_outer);
        let below = below.get_attr("inner").unwrap();
        assert_eq!(below.get_attr("title").unwrap().as_str(), Some("t"));
        let is_line = |item: Value| item.downcast_object_ref::<Line>().is_some();
        assert!(below.get_attr("items").unwrap().try_iter().unwrap().all(is_line));
        let report = report();
        let plain = Value::from(Serde(&report));
        let known = with_lines(&plain, &Written::new(&report).unwrap());
        assert_eq!(known.get_attr("title").unwrap(), plain.get_attr("title").unwrap());
        let items = |report: &Value| report.get_attr("items").unwrap().try_iter().unwrap().collect::<Vec<_>>();
        for (known, plain) in items(&known).iter().zip(items(&plain)) {
            assert_eq!((known.to_string(), known.kind()), (plain.to_string(), plain.kind()));
            assert_eq!(known.get_attr("more").unwrap(), plain.get_attr("more").unwrap());
            assert!(known.get_attr("none").unwrap().is_undefined());
        }
        let keys: Vec<Key> = items(&known).iter().map(|item| item.downcast_object_ref::<Line>().unwrap().key).collect();
        assert!(keys[0] == keys[2] && keys[0] != keys[1]);
    }

    #[test]
    fn a_report_is_rendered_again_only_when_its_data_differ() {
        let kept = KeptLines::default();
        let made = |title, text: &str| {
            let report = Report { title, items: vec![] };
            kept.report("x.md.j2", &report, |_| Ok::<_, ()>(text.to_owned())).unwrap()
        };
        assert_eq!([made("a", "1"), made("a", "2"), made("b", "3"), made("a", "4")], ["1", "1", "3", "4"]);
        let other = Report { title: "a", items: vec![] };
        assert_eq!(kept.report("y.md.j2", &other, |_| Ok::<_, ()>("5".to_owned())), Ok("5".to_owned()));
        assert_eq!(kept.report("z.md.j2", &other, |_| Err("fails")), Err("fails"));
        assert_eq!(kept.report("z.md.j2", &other, |_| Ok::<_, ()>("6".to_owned())), Ok("6".to_owned()));
    }
}
