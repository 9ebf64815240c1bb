//! All spellings of a key brought together under its canonical name, and what is told when they disagree.

use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::link::LinkForm;
use crate::model::span::Span;
use crate::parse::front_matter::tree::{Node, NodeKind};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::normal::key_bracket;

use super::values::{as_links, as_text, raw_text};

/// One written field, from front matter or from the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawField {
    /// The key as written.
    pub key: Box<str>,
    /// Its bytes.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// The fields of one note by canonical key.
#[derive(Debug, Default)]
pub struct Fields {
    found: Vec<Found>,
}

/// One canonical key with every place it was written, in file order.
#[derive(Debug)]
struct Found {
    key: &'static str,
    written: Vec<RawField>,
}

/// Keys whose spellings with different brackets (`TEL[CELL]`, `TEL[HOME]`) name different values, not one twice.
const QUALIFIED: [&str; 3] = ["phone", "email", "url"];
/// The one key of which the newest value wins instead of the first.
const NEWEST: &str = "last_contact";
/// The one key whose spellings may hold a day and a time of day apart.
const DATED: &str = "date";

impl Fields {
    /// Sorts `fields` (front matter first, then body, in file order) under canonical keys of `scope`. Fields with
    /// unknown keys are left out: they are the user's own and nobody's business.
    pub fn gather(fields: Vec<RawField>, scope: KeyScope, words: &Vocabulary) -> Self {
        let mut gathered = Fields::default();
        for field in fields {
            let folded = fold(&field.key);
            if let Some([first, second]) = words.combined_key(&folded) {
                gathered.add_combined(&field, first, second);
            } else if let Some(key) = words.key(scope, &folded) {
                let linked = words.linked_key(&folded).filter(|_| key == "met_through" && is_link(&field.value));
                gathered.add(linked.unwrap_or(key), field);
            }
        }
        gathered
    }

    fn add(&mut self, key: &'static str, field: RawField) {
        match self.found.iter_mut().find(|found| found.key == key) {
            Some(found) => found.written.push(field),
            None => self.found.push(Found { key, written: vec![field] }),
        }
    }

    /// `组织/身份: 甲公司/顾问` holds two values, split at the first slash.
    fn add_combined(&mut self, field: &RawField, first: &'static str, second: &'static str) {
        let text = as_text(&field.value).unwrap_or_default();
        let (before, after) = text.split_once('/').unwrap_or((&text, ""));
        for (key, part) in [(first, before.trim()), (second, after.trim())] {
            if !part.is_empty() {
                let value = Node::plain(part, field.value.span);
                self.add(key, RawField { value, ..field.clone() });
            }
        }
    }

    /// Tells of every key whose spellings disagree.
    pub fn conflicts(&self, words: &Vocabulary) -> Vec<(Span, Finding)> {
        let mut findings = Vec::new();
        for found in &self.found {
            if [NEWEST, DATED].contains(&found.key) || (QUALIFIED.contains(&found.key) && has_bracket(&found.written)) {
                continue;
            }
            let mut present = found.written.iter().filter(|field| is_present(&field.value, words));
            let Some(first) = present.next() else { continue };
            let disagrees = |other: &&RawField| differs(&first.value, &other.value) && !is_another(first, other);
            for other in present.filter(disagrees) {
                let finding = Finding::new("key-conflict", [&first.key, &other.key]);
                findings.push((other.key_span, finding));
            }
        }
        findings
    }

    /// The value of `key`: the first that is not empty, in file order.
    pub fn first(&self, key: &str, words: &Vocabulary) -> Option<&RawField> {
        self.all(key).iter().find(|field| is_present(&field.value, words))
    }

    /// Every place `key` was written.
    pub fn all(&self, key: &str) -> &[RawField] {
        self.found.iter().find(|found| found.key == key).map_or(&[], |found| &found.written)
    }

    /// The values of a key that may be written once per bracket; only the first spelling otherwise.
    pub fn qualified<'a>(&'a self, key: &str, words: &'a Vocabulary) -> Box<dyn Iterator<Item = &'a RawField> + 'a> {
        let written = self.all(key);
        let present = written.iter().filter(|field| is_present(&field.value, words));
        if has_bracket(written) { Box::new(present) } else { Box::new(present.take(1)) }
    }

    /// Drops a key's spelling `title` where it says nothing about a role: beside another role key, or when it only
    /// repeats the name.
    pub fn drop_idle_titles(&mut self, names: &[&str], words: &Vocabulary) {
        let Some(found) = self.found.iter_mut().find(|found| found.key == "role") else { return };
        let others = found.written.iter().any(|field| fold(&field.key) != "title" && is_present(&field.value, words));
        found.written.retain(|field| {
            let repeats = raw_text(&field.value).is_some_and(|text| names.iter().any(|name| fold(name) == fold(text)));
            fold(&field.key) != "title" || !(others || repeats)
        });
    }
}

/// Whether a value names another note. `source` and `来源` then say who introduced someone, not how they were met.
fn is_link(value: &Node) -> bool {
    as_links(value).iter().any(|link| link.form != LinkForm::Plain)
}

/// `ADR[HOME].LOCALITY` and `ADR[WORK].LOCALITY` are of two addresses and need not agree.
fn is_another(first: &RawField, other: &RawField) -> bool {
    match (key_bracket(&first.key), key_bracket(&other.key)) {
        (Some(one), Some(two)) => fold(one) != fold(two),
        _ => false,
    }
}

fn has_bracket(written: &[RawField]) -> bool {
    written.iter().any(|field| key_bracket(&field.key).is_some())
}

fn is_present(value: &Node, words: &Vocabulary) -> bool {
    match &value.kind {
        NodeKind::Null => false,
        NodeKind::Scalar { text, .. } => !words.absent(&fold(text)),
        NodeKind::List(items) => items.iter().any(|item| is_present(item, words)),
        NodeKind::Map(entries) => !entries.is_empty(),
    }
}

fn differs(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Map(_), _) | (_, NodeKind::Map(_)) => a.kind != b.kind,
        _ => {
            let texts = |node: &Node| node.items().iter().filter_map(raw_text).map(fold).collect::<Vec<_>>();
            texts(a) != texts(b)
        }
    }
}
