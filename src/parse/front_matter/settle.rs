//! The tree as YAML gives it, turned into what was meant: links, templates, odd blanks, `<<`, repeated keys.

use std::collections::{HashMap, HashSet};

use super::blanks::{trimmed, trimmed_range};
use super::links::is_link;
use super::reader::{Reader, excerpt};
use super::split::Lines;
use super::tree::{KeyNode, Node, NodeKind, ScalarStyle};
use crate::model::diagnostic::Finding;
use crate::model::span::Span;

impl Reader<'_> {
    /// Settles the entries of one map, the block itself included.
    pub(super) fn settle_entries(&mut self, entries: Vec<(KeyNode, Node)>) -> Vec<(KeyNode, Node)> {
        let mut entries = merged(entries, self);
        for (key, value) in &mut entries {
            self.settle_key(key);
            self.settle(value);
        }
        self.last_of_each(entries)
    }

    /// `note: !important` is a tag and `company: &Co` an anchor, both without a value: text was meant. Tags are
    /// never applied and anchors matter only where an alias names one, so no YAML is lost.
    pub(super) fn restore_signs(&mut self, block: &str, entries: &mut [(KeyNode, Node)]) {
        let is_json = block.trim_start().starts_with('{');
        for (key, value) in entries.iter_mut().filter(|_| !is_json) {
            let end = match &value.kind {
                NodeKind::Null => None,
                NodeKind::Scalar { style: ScalarStyle::Plain, .. } => Some(value.span.end as usize),
                _ => continue,
            };
            let after_key = self.slice(key.span.end as usize..self.text().len());
            let Some(written) = after_key.trim_start_matches([' ', '\t']).strip_prefix(':') else { continue };
            let written = written.trim_start_matches([' ', '\t']);
            let is_sign = match written.as_bytes() {
                [b'!', b'!' | b'<', ..] => false,
                [b'!', ..] => true,
                [b'&', ..] => !block.contains('*'),
                _ => false,
            };
            if !is_sign {
                continue;
            }
            let start = self.text().len() - written.len();
            if value.text().is_some() && value.span.start as usize <= start {
                continue;
            }
            let line = written.lines().next().unwrap_or_default();
            let line = line.split_once(" #").map_or(line, |(before, _)| before);
            let end = end.filter(|end| *end > start).unwrap_or(start + line.len());
            let text = trimmed(self.slice(start..end));
            *value = Node::plain(text, Span::new(start, start + text.len()));
            self.report(value.span, Finding::new("reserved-sign", [&excerpt(text)]));
        }
    }

    fn settle(&mut self, node: &mut Node) {
        let written = self.slice(node.span.range());
        let kind = std::mem::replace(&mut node.kind, NodeKind::Null);
        node.kind = match kind {
            NodeKind::Null => {
                self.hint_at_comment(node.span);
                NodeKind::Null
            }
            NodeKind::Scalar { text, style } => self.settle_scalar(&text, style, &mut node.span),
            NodeKind::List(_) if is_link(written) => {
                self.report(node.span, Finding::new("link-not-quoted", [written]));
                NodeKind::Scalar { text: written.into(), style: ScalarStyle::Plain }
            }
            NodeKind::List(mut items) => {
                for item in &mut items {
                    self.settle(item);
                }
                items.retain(|item| !item.is_null());
                NodeKind::List(items)
            }
            NodeKind::Map(_) if written.starts_with("{{") && written.ends_with("}}") => {
                NodeKind::Scalar { text: written.into(), style: ScalarStyle::Plain }
            }
            NodeKind::Map(entries) => NodeKind::Map(self.settle_entries(entries)),
        };
    }

    fn settle_scalar(&mut self, text: &str, style: ScalarStyle, span: &mut Span) -> NodeKind {
        let written = self.slice(span.range());
        match style {
            ScalarStyle::Plain => {
                if let Some(items) = self.items_under_text(*span) {
                    return NodeKind::List(items);
                }
                let trimmed = trimmed(text);
                if trimmed.len() != text.len() && written == text {
                    *span = Span::from(trimmed_range(text)).shifted(span.start as usize);
                }
                if trimmed.is_empty() { NodeKind::Null } else { NodeKind::Scalar { text: trimmed.into(), style } }
            }
            ScalarStyle::Single | ScalarStyle::Double => NodeKind::Scalar { text: trimmed(text).into(), style },
            // The first line may be indented on purpose.
            ScalarStyle::Literal | ScalarStyle::Folded => {
                NodeKind::Scalar { text: text.trim_end_matches(super::blanks::is_any_blank).into(), style }
            }
        }
    }

    /// `key: a` above indented `- b` lines: YAML reads one text `a - b`; a list was meant.
    fn items_under_text(&mut self, span: Span) -> Option<Vec<Node>> {
        let mut lines = Lines { text: self.text().get(..span.end as usize)?, at: span.start as usize }.peekable();
        let first = lines.next()?;
        lines.peek()?;
        let mut items = vec![Node::plain(trimmed(first.text), Span::new(first.start, first.end()))];
        for line in lines.filter(|line| !line.text.trim().is_empty()) {
            let item = line.text.trim_start().strip_prefix("- ")?;
            let inner = trimmed_range(item);
            let start = line.end() - item.len() + inner.start;
            items.push(Node::plain(trimmed(item), Span::new(start, start + inner.len())));
        }
        self.report(span, Finding::new("scalar-then-list", [&excerpt(trimmed(first.text))]));
        Some(items)
    }

    fn settle_key(&mut self, key: &mut KeyNode) {
        let trimmed = trimmed(&key.text);
        if trimmed.len() != key.text.len() {
            if self.slice(key.span.range()) == &*key.text {
                key.span = Span::from(trimmed_range(&key.text)).shifted(key.span.start as usize);
            }
            key.text = trimmed.into();
        }
    }

    /// `tags: #a` is an empty value with a comment; `tags: # a` more likely a real one.
    fn hint_at_comment(&mut self, span: Span) {
        let at = span.end as usize;
        let (before, after) = (self.slice(0..at), self.slice(at..self.text().len()));
        let rest = after.trim_start_matches([' ', '\t']);
        let from = if rest.starts_with('#') {
            self.text().len() - rest.len()
        } else if rest.is_empty() || rest.starts_with(['\n', '\r']) {
            // An empty item of a list stands behind its comment.
            let line = before.get(before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..).unwrap_or_default();
            at - line.trim_start_matches([' ', '\t', '-']).len()
        } else {
            return;
        };
        let comment = self.slice(from..self.text().len()).lines().next().unwrap_or_default().trim_end();
        if comment.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphanumeric)) {
            self.report(Span::new(from, from + comment.len()), Finding::new("value-is-comment", [&excerpt(comment)]));
        }
    }

    /// One entry for each key: the last, as after a union merge the newer line stands below.
    fn last_of_each(&mut self, entries: Vec<(KeyNode, Node)>) -> Vec<(KeyNode, Node)> {
        let repeated: Vec<(usize, usize)> = {
            let mut last: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
            entries
                .iter()
                .enumerate()
                .filter_map(|(at, (key, _))| last.insert(&key.text, at).map(|before| (before, at)))
                .collect()
        };
        if repeated.is_empty() {
            return entries;
        }
        let mut dropped = HashSet::new();
        for (before, at) in repeated {
            if let (Some((first, _)), Some((second, _))) = (entries.get(before), entries.get(at)) {
                let lines = [first, second].map(|key| self.line(key.span.start).to_string());
                let [before, after] = &lines;
                let finding = Finding::new("duplicate-key", [&second.text, before, after]);
                self.findings.push((second.span, finding));
            }
            dropped.insert(before);
        }
        entries.into_iter().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, entry)| entry).collect()
    }
}

/// `<<: *base` replaced by the entries of the base that the map does not have itself.
fn merged(entries: Vec<(KeyNode, Node)>, reader: &mut Reader<'_>) -> Vec<(KeyNode, Node)> {
    if !entries.iter().any(|(key, _)| &*key.text == "<<") {
        return entries;
    }
    let mut seen: HashSet<Box<str>> = entries.iter().map(|(key, _)| key.text.clone()).collect();
    let mut all = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        if &*key.text != "<<" {
            all.push((key, value));
            continue;
        }
        let span = value.span;
        let bases = match value.kind {
            NodeKind::List(items) => items,
            kind => vec![Node { kind, span }],
        };
        for base in bases {
            match base.kind {
                NodeKind::Map(inherited) => {
                    all.extend(inherited.into_iter().filter(|(key, _)| seen.insert(key.text.clone())));
                }
                NodeKind::Null => {}
                NodeKind::Scalar { .. } | NodeKind::List(_) => {
                    reader.report(key.span, Finding::new("merge-needs-map", []));
                }
            }
        }
    }
    all
}
