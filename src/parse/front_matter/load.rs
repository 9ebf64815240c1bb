//! One YAML document to a tree, by granit-parser: the only file that knows that crate.
//!
//! All or nothing: the first fault ends it, and `ladder` then reads key by key. Nothing is typed, nothing is
//! mended; repeated keys and `<<` are kept as written.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle as GranitStyle, Span as GranitSpan, StructureStyle};

use super::limits::{Budget, DEPTH};
use super::split::Lines;
use super::tree::{KeyNode, Measure, Node, NodeKind, ScalarStyle};
use crate::model::diagnostic::Finding;
use crate::model::span::Span;

/// A document that was read whole.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its root; `Null` if it is empty.
    pub root: Node,
    /// What no YAML is and was read all the same: aliases that name nothing, brackets that go on in column 0.
    pub findings: Vec<(Span, Finding)>,
}

/// Why a document was not read, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The place; empty for a syntax error.
    pub span: Span,
    /// The reason.
    pub problem: Problem,
}

/// The reasons not to read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not YAML.
    Syntax,
    /// A second document starts.
    SecondDocument,
    /// Lists and maps lie too deep.
    TooDeep,
    /// It holds too many values.
    TooManyNodes,
    /// It holds too many aliases, or they copy too much, or one holds itself.
    TooManyAliases,
}

/// Reads `source`, which stands at byte `at` of its file, as one document. Spans count from the start of the file.
///
/// # Errors
/// The first fault, with its place.
pub fn load(source: &str, at: usize, budget: &mut Budget) -> Result<Loaded, LoadError> {
    // Comments are not asked for: more than 96 in a row would be an error, and their text is in the source.
    let options = granit_parser::options! { emit_unresolved_aliases: true, emit_comments: false };
    let mut builder = Builder {
        source,
        at,
        budget,
        stack: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        has_aliases: source.contains('*'),
        findings: Vec::new(),
    };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(source, options) {
        match next {
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    return Err(builder.error(&span, Problem::SecondDocument));
                }
            }
            Ok((event, span)) => builder.take(event, &span)?,
            Err(error) => {
                let place = builder.offset(error.marker().byte_offset());
                let problem = match error.kind() {
                    ErrorKind::RecursionLimitExceeded => Problem::TooDeep,
                    _ => Problem::Syntax,
                };
                return Err(LoadError { span: Span::new(at + place, at + place), problem });
            }
        }
    }
    let root = builder.root.unwrap_or_else(|| Node::null(Span::new(at, at)));
    Ok(Loaded { root, findings: builder.findings })
}

struct Builder<'s, 'b> {
    source: &'s str,
    at: usize,
    budget: &'b mut Budget,
    stack: Vec<Frame>,
    root: Option<Node>,
    anchors: HashMap<usize, (Node, Measure)>,
    has_aliases: bool,
    findings: Vec<(Span, Finding)>,
}

/// A list or map whose end has not come.
struct Frame {
    span: Span,
    style: StructureStyle,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    Map { entries: Vec<(KeyNode, Node)>, key: Option<KeyNode> },
}

impl Builder<'_, '_> {
    fn take(&mut self, event: Event<'_>, place: &GranitSpan) -> Result<(), LoadError> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.pay(1, place)?;
                let node = self.scalar(&text, style, place);
                self.put(node, anchor);
            }
            Event::SequenceStart(style, anchor, _) => self.open(style, anchor, Inside::List(Vec::new()), place)?,
            Event::MappingStart(style, anchor, _) => {
                self.open(style, anchor, Inside::Map { entries: Vec::new(), key: None }, place)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place),
            Event::Alias(id) => self.alias(id, place)?,
            Event::UnresolvedAlias(name) => {
                self.pay(1, place)?;
                let span = self.span(place);
                self.findings.push((span, Finding::new("unknown-alias", [&name])));
                self.put(Node::plain(&format!("*{name}"), span), 0);
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(&self, text: &str, style: GranitStyle, place: &GranitSpan) -> Node {
        let mut span = self.span(place);
        let style = match style {
            GranitStyle::Plain => ScalarStyle::Plain,
            GranitStyle::SingleQuoted => ScalarStyle::Single,
            GranitStyle::DoubleQuoted => ScalarStyle::Double,
            GranitStyle::Literal => ScalarStyle::Literal,
            GranitStyle::Folded => ScalarStyle::Folded,
        };
        // The span of a block runs on to the next token.
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let written = self.slice(span).trim_end().len();
            span = Span::new(span.start as usize, span.start as usize + written);
        }
        let absent =
            style == ScalarStyle::Plain && (span.start == span.end || matches!(text, "~" | "null" | "Null" | "NULL"));
        if absent { Node::null(span) } else { Node { kind: NodeKind::Scalar { text: text.into(), style }, span } }
    }

    fn open(
        &mut self,
        style: StructureStyle,
        anchor: usize,
        inside: Inside,
        place: &GranitSpan,
    ) -> Result<(), LoadError> {
        self.pay(1, place)?;
        if self.stack.len() >= DEPTH {
            return Err(self.error(place, Problem::TooDeep));
        }
        self.stack.push(Frame { span: self.span(place), style, anchor, inside });
        Ok(())
    }

    fn close(&mut self, place: &GranitSpan) {
        let Some(frame) = self.stack.pop() else { return };
        // The end of a block list or map is the start of the next token; its last value ends it better.
        let last = match &frame.inside {
            Inside::List(items) => items.last().map(|item| item.span.end),
            Inside::Map { entries, .. } => entries.last().map(|(key, value)| value.span.end.max(key.span.end)),
        };
        let end = match frame.style {
            StructureStyle::Flow => self.span(place).end,
            _ => last.unwrap_or(frame.span.end),
        };
        let span = Span { start: frame.span.start, end: end.max(frame.span.start) };
        if frame.style == StructureStyle::Flow
            && self.stack.last().is_some_and(|outer| outer.style == StructureStyle::Block)
        {
            self.hint_at_margin(span);
        }
        let kind = match frame.inside {
            Inside::List(items) => NodeKind::List(items),
            Inside::Map { entries, .. } => NodeKind::Map(entries),
        };
        self.put(Node { kind, span }, frame.anchor);
    }

    /// Brackets that go on in column 0 are not YAML, but the parser reads them and people write them.
    fn hint_at_margin(&mut self, span: Span) {
        let mut lines = Lines { text: self.slice(span), at: 0 };
        let Some(line) =
            lines.by_ref().skip(1).find(|line| !line.text.is_empty() && !line.text.starts_with([' ', '\t']))
        else {
            return;
        };
        let start = span.start as usize + line.start;
        self.findings.push((Span::new(start, start + line.text.len()), Finding::new("brackets-at-margin", [])));
    }

    fn alias(&mut self, id: usize, place: &GranitSpan) -> Result<(), LoadError> {
        let too_many = self.error(place, Problem::TooManyAliases);
        // A list that holds itself is not finished, so it is not among the anchors.
        let Some(size) = self.anchors.get(&id).map(|(_, size)| *size) else { return Err(too_many) };
        self.budget.alias(size.bytes).ok_or(too_many)?;
        self.pay(size.nodes, place)?;
        if self.stack.len() + size.height > DEPTH {
            return Err(self.error(place, Problem::TooDeep));
        }
        let Some(mut node) = self.anchors.get(&id).map(|(node, _)| node.clone()) else { return Err(too_many) };
        node.span = self.span(place);
        self.put(node, 0);
        Ok(())
    }

    /// Puts a finished value into what encloses it.
    fn put(&mut self, mut node: Node, anchor: usize) {
        if anchor != 0 && self.has_aliases {
            let size = node.measure();
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let (source, at) = (self.source, self.at);
        match self.stack.last_mut().map(|frame| &mut frame.inside) {
            None => self.root = Some(node),
            Some(Inside::List(items)) => items.push(node),
            Some(Inside::Map { entries, key }) => match key.take() {
                None => *key = Some(key_of(node, source, at)),
                Some(key) => {
                    if node.is_null() && node.span.start == node.span.end {
                        node.span = after_colon(key.span, source, at);
                    }
                    entries.push((key, node));
                }
            },
        }
    }

    fn pay(&mut self, nodes: usize, place: &GranitSpan) -> Result<(), LoadError> {
        self.budget.nodes(nodes).ok_or_else(|| self.error(place, Problem::TooManyNodes))
    }

    fn error(&self, place: &GranitSpan, problem: Problem) -> LoadError {
        LoadError { span: self.span(place), problem }
    }

    fn span(&self, place: &GranitSpan) -> Span {
        let start = self.offset(place.start.byte_offset());
        let end = self.offset(place.end.byte_offset());
        Span::new(self.at + start, self.at + end)
    }

    /// An offset of the parser, made sure to be one of the source.
    fn offset(&self, offset: Option<usize>) -> usize {
        let mut offset = offset.unwrap_or(0).min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn slice(&self, span: Span) -> &str {
        slice(self.source, self.at, span)
    }
}

fn slice(source: &str, at: usize, span: Span) -> &str {
    let range = span.range();
    source.get(range.start.saturating_sub(at)..range.end.saturating_sub(at)).unwrap_or_default()
}

fn key_of(node: Node, source: &str, at: usize) -> KeyNode {
    let span = node.span;
    let text = match node.kind {
        NodeKind::Scalar { text, .. } => text,
        NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => slice(source, at, span).trim().into(),
    };
    KeyNode { text, span }
}

/// The parser places an empty value before the colon of its key; one would write it behind.
fn after_colon(key: Span, source: &str, at: usize) -> Span {
    let end = key.end as usize;
    let rest = source.get(end.saturating_sub(at)..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let offset = end + if rest.get(blanks..).is_some_and(|rest| rest.starts_with(':')) { blanks + 1 } else { 0 };
    Span::new(offset, offset)
}
