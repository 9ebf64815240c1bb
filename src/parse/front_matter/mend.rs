//! One key that YAML does not read: what people write all the same, and what they mean by it.
//!
//! Whatever is in none of these shapes stays raw text, with a warning on its line.

use std::ops::Range;

use super::blanks::{trimmed_range, with_ordinary_blanks};
use super::links::{links_only, top_level_parts};
use super::load::{LoadError, Problem, load};
use super::pieces::{Colon, Key, Piece};
use super::reader::{Reader, excerpt};
use super::split::{Line, Lines};
use super::tree::{KeyNode, Node, NodeKind, ScalarStyle};
use crate::model::diagnostic::Finding;
use crate::model::span::Span;

impl Reader<'_> {
    /// The entries of one piece: as YAML if it is that, else mended, else raw.
    pub(super) fn read_piece(&mut self, piece: &Piece) -> Vec<(KeyNode, Node)> {
        let Some(key) = &piece.key else {
            self.report_unread_lines(piece.range.clone());
            return Vec::new();
        };
        match key.colon {
            Colon::Usual => {}
            Colon::FullWidth => self.report_colon("full-width-colon", key),
            Colon::WithoutBlank => self.report_colon("colon-without-blank", key),
        }
        if key.colon == Colon::Usual {
            match self.load(self.slice(piece.range.clone()), piece.range.start) {
                Ok(Node { kind: NodeKind::Map(entries), .. }) => return entries,
                Ok(_) => {}
                Err(error) if error.problem != Problem::Syntax => {
                    return vec![self.refused(key, piece.range.end, error)];
                }
                Err(_) => {}
            }
        }
        if let Some(entries) = self.with_ordinary_signs(piece, key) {
            return entries;
        }
        let value = self.mended_value(key.value_at..piece.range.end);
        vec![(self.key_node(key), value)]
    }

    /// Tabs, odd blanks and a full-width colon, made ordinary without moving a byte.
    fn with_ordinary_signs(&mut self, piece: &Piece, key: &Key) -> Option<Vec<(KeyNode, Node)>> {
        if key.colon == Colon::WithoutBlank {
            return None;
        }
        let original = self.slice(piece.range.clone());
        let value = key.value_at - piece.range.start;
        let gap =
            original.get(value..)?.len() - original.get(value..)?.trim_start_matches(super::blanks::is_any_blank).len();
        let mut copy = with_ordinary_blanks(original, value..value + gap);
        let has_odd_blanks = copy != original;
        if key.colon == Colon::FullWidth {
            copy.replace_range(key.colon_at - piece.range.start..value, ":  ");
        } else if !has_odd_blanks {
            return None;
        }
        let Ok(Node { kind: NodeKind::Map(mut entries), .. }) = self.load(&copy, piece.range.start) else {
            return None;
        };
        if let Some((_, value)) = entries.first_mut().filter(|(_, value)| value.is_null()) {
            // Behind the colon of the copy is inside a full-width one.
            value.span = Span::new(key.value_at, key.value_at);
        }
        if has_odd_blanks {
            self.report(key.span, Finding::new("odd-blanks", [self.slice(key.span.range())]));
        }
        Some(entries)
    }

    /// The value at `range`, which reaches to the end of its piece.
    fn mended_value(&mut self, range: Range<usize>) -> Node {
        let text = self.text();
        let mut lines = Lines { text: text.get(..range.end).unwrap_or(text), at: range.start };
        let first = lines.next().unwrap_or(Line { start: range.start, text: "" });
        let first = self.trim(first.start..first.end());
        let below: Vec<Line<'_>> = lines.collect();
        let more: Vec<Line<'_>> = below.iter().filter(|line| !is_empty_or_comment(line.text)).copied().collect();
        let whole = self.trim(range);

        let opening = self.slice(first.clone()).chars().next();
        match (more.as_slice(), opening) {
            ([], _) => self.single(first),
            ([only], None) if !is_item(only.text) => self.single(self.trim(only.start..only.end())),
            (more, _) if more.first().is_some_and(|line| is_item(line.text)) => match items_of(more) {
                Some(items) => self.list(first, &items, whole),
                None => self.raw(whole),
            },
            (more, Some('"' | '\'' | '[' | '{')) => self.closed_at_margin(first, more, whole),
            // In a text block `#` is text.
            (_, Some('|')) => self.text_at_margin(&below, ScalarStyle::Literal),
            (_, Some('>')) => self.text_at_margin(&below, ScalarStyle::Folded),
            (more, None) => self.text_at_margin(more, ScalarStyle::Plain),
            (more, Some(_)) => self.above_margin(first, more, whole),
        }
    }

    /// A value on one line.
    fn single(&mut self, range: Range<usize>) -> Node {
        let text = self.slice(range.clone());
        let span = Span::from(range.clone());
        if text.is_empty() {
            return Node::null(span);
        }
        if let Ok(node) = self.load(text, range.start)
            && !matches!(node.kind, NodeKind::Map(_))
        {
            return node;
        }
        if let Some(links) = links_only(text).filter(|links| self.budget.nodes(links.len()).is_some()) {
            let links: Vec<Node> = links
                .into_iter()
                .map(|link| {
                    let span = Span::from(link.clone()).shifted(range.start);
                    Node::plain(text.get(link).unwrap_or_default(), span)
                })
                .collect();
            self.report(span, Finding::new("several-links", [&excerpt(text)]));
            return Node { kind: NodeKind::List(links), span };
        }
        if text.starts_with(['@', '`', '!', '&', '%']) {
            self.report(span, Finding::new("reserved-sign", [&excerpt(text)]));
            return Node::plain(text, span);
        }
        match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(top_level_parts) {
            Some(parts) => {
                let inner = range.start + 1;
                let parts: Vec<_> =
                    parts.into_iter().map(|part| self.trim(inner + part.start..inner + part.end)).collect();
                let mut items = Vec::new();
                for part in parts.into_iter().filter(|part| !part.is_empty()) {
                    if self.is_spent(part.start) {
                        break;
                    }
                    items.push(self.flow_item(part));
                }
                Node { kind: NodeKind::List(items), span }
            }
            None => self.raw(range),
        }
    }

    /// An item of a list in brackets that does not parse as a whole: `#tag` and `@name` are the usual reasons.
    fn flow_item(&mut self, range: Range<usize>) -> Node {
        let text = self.slice(range.clone());
        if text.starts_with('#') {
            self.budget.raw_value();
            self.report(Span::from(range.clone()), Finding::new("raw-value", [&excerpt(text)]));
            return Node::plain(text, Span::from(range));
        }
        self.single(range)
    }

    /// A list, each item read alone; `first` is what stands on the line of the key.
    fn list(&mut self, first: Range<usize>, items: &[Range<usize>], whole: Range<usize>) -> Node {
        let mut nodes = Vec::new();
        let is_comment = self.slice(first.clone()).starts_with('#');
        if !first.is_empty() && !is_comment {
            self.report(
                Span::from(first.clone()),
                Finding::new("scalar-then-list", [&excerpt(self.slice(first.clone()))]),
            );
            let node = self.single(first);
            match node.kind {
                NodeKind::List(items) => nodes.extend(items),
                _ => nodes.push(node),
            }
        }
        for item in items {
            if self.is_spent(item.start) {
                break;
            }
            if let Ok(Node { kind: NodeKind::List(read), .. }) = self.load(self.slice(item.clone()), item.start) {
                nodes.extend(read);
                continue;
            }
            let trimmed = self.trim(item.clone());
            let content = self.trim(trimmed.start + 1..trimmed.end);
            let is_one_line = !self.slice(content.clone()).contains(['\n', '\r']);
            nodes.push(if is_one_line { self.single(content) } else { self.raw(content) });
        }
        Node { kind: NodeKind::List(nodes), span: Span::from(whole) }
    }

    /// Quoted text or brackets whose further lines stand in column 0.
    fn closed_at_margin(&mut self, first: Range<usize>, more: &[Line<'_>], whole: Range<usize>) -> Node {
        let written = self.slice(whole.clone());
        // Of the same length, so that the spans of items hold; text is read again with one blank for CR and LF.
        if let Ok(mut node) = self.load(&written.replace(['\n', '\r'], " "), whole.start)
            && !matches!(node.kind, NodeKind::Map(_))
        {
            if let NodeKind::Scalar { .. } = node.kind
                && let Ok(text) = self.load(&written.replace("\r\n", " ").replace(['\n', '\r'], " "), whole.start)
            {
                node.kind = text.kind;
            }
            self.report(node.span, Finding::new("text-at-margin", [&excerpt(self.slice(first))]));
            return node;
        }
        self.above_margin(first, more, whole)
    }

    /// A value above lines in column 0 that are no part of it. A date must not be spoilt by a stray line, so they
    /// are left out, with a warning.
    fn above_margin(&mut self, first: Range<usize>, more: &[Line<'_>], whole: Range<usize>) -> Node {
        let stray = more.iter().position(|line| !line.text.starts_with([' ', '\t']));
        let Some((at, line)) = stray.and_then(|at| more.get(at).map(|line| (at, line))) else { return self.raw(whole) };
        let end = at.checked_sub(1).and_then(|before| more.get(before)).map_or(first.end, Line::end);
        let value = first.start..end;
        let node = match self.load(self.slice(value.clone()), value.start) {
            Ok(node) if !matches!(node.kind, NodeKind::Map(_)) => node,
            _ if at == 0 => self.single(value),
            _ => return self.raw(whole),
        };
        self.report_unread_lines(line.start..whole.end);
        node
    }

    /// Running text that stands in column 0.
    fn text_at_margin(&mut self, lines: &[Line<'_>], style: ScalarStyle) -> Node {
        let parts: Vec<Range<usize>> = lines.iter().map(|line| self.trim(line.start..line.end())).collect();
        let is_literal = style == ScalarStyle::Literal;
        let texts = parts.iter().map(|part| self.slice(part.clone())).filter(|text| is_literal || !text.is_empty());
        let text = texts.collect::<Vec<_>>().join(if is_literal { "\n" } else { " " });
        let start = parts.first().map_or(0, |part| part.start);
        let span = Span::new(start, parts.last().map_or(start, |part| part.end));
        self.report(span, Finding::new("text-at-margin", [&excerpt(&text)]));
        Node { kind: NodeKind::Scalar { text: text.into(), style }, span }
    }

    /// The bytes as they are.
    fn raw(&mut self, range: Range<usize>) -> Node {
        let text = self.slice(range.clone());
        let span = Span::from(range);
        if !super::is_template(text) {
            self.report(span, Finding::new("raw-value", [&excerpt(text)]));
        }
        Node::plain(text, span)
    }

    /// A value over a limit: the finding says which, and it stays raw.
    fn refused(&mut self, key: &Key, end: usize, error: LoadError) -> (KeyNode, Node) {
        self.report_problem(error);
        let value = self.trim(key.value_at..end);
        (self.key_node(key), Node::plain(self.slice(value.clone()), Span::from(value)))
    }

    /// Reads a part of the block, giving back what it took from the budget if it fails.
    fn load(&mut self, source: &str, at: usize) -> Result<Node, LoadError> {
        let mut budget = self.budget;
        let loaded = load(source, at, &mut budget).inspect_err(|_| self.budget.raw_value())?;
        self.budget = budget;
        self.take_findings(loaded.findings);
        Ok(loaded.root)
    }

    fn key_node(&self, key: &Key) -> KeyNode {
        let written = self.slice(key.span.range());
        if !written.starts_with(['"', '\'']) {
            return KeyNode { text: written.into(), span: key.span };
        }
        let unquoted = load(written, 0, &mut super::limits::Budget::for_block()).ok();
        let text = unquoted.as_ref().and_then(|loaded| loaded.root.text()).unwrap_or(written);
        KeyNode { text: text.into(), span: key.span }
    }

    fn report_colon(&mut self, code: &'static str, key: &Key) {
        let line = self.line(key.span.start).to_string();
        self.report(key.span, Finding::new(code, [self.slice(key.span.range()), &line]));
    }

    fn report_unread_lines(&mut self, range: Range<usize>) {
        let text = self.text();
        let mut lines = Lines { text: text.get(..range.end).unwrap_or(text), at: range.start };
        if let Some(line) = lines.find(|line| !is_empty_or_comment(line.text)) {
            let shown = self.trim(line.start..line.end());
            self.report(Span::from(shown.clone()), Finding::new("unread-line", [&excerpt(self.slice(shown.clone()))]));
        }
    }

    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let inner = trimmed_range(self.slice(range.clone()));
        // All blank: the value would stand right here.
        range.start + inner.start.min(inner.end)..range.start + inner.end
    }
}

fn is_empty_or_comment(line: &str) -> bool {
    let shown = line.trim_start();
    shown.is_empty() || shown.starts_with('#')
}

fn is_item(line: &str) -> bool {
    let shown = line.trim_start();
    shown == "-" || shown.starts_with("- ") || shown.starts_with("-\t")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The items of a list of lines, each with the deeper lines below it; `None` if a line is no part of one.
fn items_of(lines: &[Line<'_>]) -> Option<Vec<Range<usize>>> {
    let base = lines.first().map(|line| indent(line.text))?;
    let mut items: Vec<Range<usize>> = Vec::new();
    for line in lines {
        let depth = indent(line.text);
        if is_item(line.text) && depth <= base {
            items.push(line.start..line.end());
        } else if depth > base {
            items.last_mut()?.end = line.end();
        } else {
            return None;
        }
    }
    Some(items)
}
