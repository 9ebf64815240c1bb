//! The values of a block as they were written: raw text, quoting and place, nothing turned into numbers or dates.
//!
//! Field readers give these their types. A phone keeps its `+`, `007` its zeros and `NO` its letters, because
//! nothing here knows that a scalar could be anything but text.

use crate::model::span::Span;

/// A value of front matter and the bytes it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its bytes in the file, quotes and brackets included. An empty value has an empty span after its colon.
    pub span: Span,
}

/// The four shapes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing written, `~` or `null`.
    Null,
    /// Text.
    Scalar {
        /// The text: unescaped if quoted, as written (less blanks at both ends) if plain.
        text: Box<str>,
        /// How it was quoted.
        style: ScalarStyle,
    },
    /// `- a` lines or `[a, b]`.
    List(Vec<Node>),
    /// `key: value` lines or `{key: value}`, in file order.
    Map(Vec<(KeyNode, Node)>),
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    Single,
    /// In `"…"`.
    Double,
    /// A `|` block.
    Literal,
    /// A `>` block.
    Folded,
}

/// The key of a map entry. A key that is itself a list or map is kept as its source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyNode {
    /// The key, unescaped if quoted.
    pub text: Box<str>,
    /// Its bytes in the file.
    pub span: Span,
}

impl Node {
    /// An absent value at `span`.
    pub fn null(span: Span) -> Self {
        Node { kind: NodeKind::Null, span }
    }

    /// Unquoted text at `span`.
    pub fn plain(text: &str, span: Span) -> Self {
        Node { kind: NodeKind::Scalar { text: text.into(), style: ScalarStyle::Plain }, span }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => None,
        }
    }

    /// Whether nothing is written.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, NodeKind::Null)
    }

    /// The value as a list: its items, itself alone, or nothing.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::List(items) => items,
            NodeKind::Null => &[],
            NodeKind::Scalar { .. } | NodeKind::Map(_) => std::slice::from_ref(self),
        }
    }

    /// The value under `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            NodeKind::Map(entries) => entries.iter().find(|(k, _)| &*k.text == key).map(|(_, value)| value),
            NodeKind::Null | NodeKind::Scalar { .. } | NodeKind::List(_) => None,
        }
    }

    /// What copying this value costs.
    pub(super) fn measure(&self) -> Measure {
        let of_children = |children: &mut dyn Iterator<Item = Measure>| {
            let mut sum = Measure { nodes: 1, bytes: 0, height: 0 };
            for child in children {
                sum.nodes += child.nodes;
                sum.bytes += child.bytes;
                sum.height = sum.height.max(child.height);
            }
            Measure { height: sum.height + 1, ..sum }
        };
        match &self.kind {
            NodeKind::Null => Measure { nodes: 1, bytes: 0, height: 0 },
            NodeKind::Scalar { text, .. } => Measure { nodes: 1, bytes: text.len(), height: 0 },
            NodeKind::List(items) => of_children(&mut items.iter().map(Node::measure)),
            NodeKind::Map(entries) => of_children(&mut entries.iter().map(|(key, value)| {
                let value = value.measure();
                Measure { nodes: value.nodes + 1, bytes: value.bytes + key.text.len(), ..value }
            })),
        }
    }
}

/// Size of a value: how many nodes, how much text, how many levels of lists and maps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) nodes: usize,
    pub(super) bytes: usize,
    pub(super) height: usize,
}
