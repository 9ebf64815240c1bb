//! The ladder: the whole block, else key by key, else raw.

use super::limits::BLOCK_BYTES;
use super::load::{Problem, load};
use super::pieces::pieces;
use super::reader::Reader;
use super::tree::{KeyNode, Node, NodeKind};
use super::{Field, FrontMatter, is_template};
use crate::model::diagnostic::Finding;
use crate::model::note::FrontMatterOutcome;
use crate::model::span::Span;

/// Reads the lines `block` of `text`.
pub(super) fn read_block(text: &str, block: Span, known_key: &dyn Fn(&str) -> bool) -> FrontMatter {
    let mut reader = Reader::new(text, known_key);
    let source = reader.slice(block.range());
    let template = source.len() <= BLOCK_BYTES && is_template(source);
    let (entries, outcome) = if source.len() > BLOCK_BYTES {
        reader.report(Span { end: block.start, ..block }, Finding::new("front-matter-too-large", []));
        (Vec::new(), FrontMatterOutcome::Unread)
    } else {
        reader.read_whole(block)
    };

    let mut entries = reader.settle_entries(entries);
    reader.restore_signs(source, &mut entries);
    entries.sort_by_key(|(key, _)| key.span.start);
    if outcome != FrontMatterOutcome::Unread && !template {
        reader.hint_at_nesting(source, block, &entries);
    }
    let mut findings = reader.findings;
    findings.sort_by_key(|(span, _)| span.start);
    let fields = entries.into_iter().map(|(key, value)| Field { key: key.text, key_span: key.span, value }).collect();
    FrontMatter { fields, outcome, findings, block: Some(block), body: Span::default(), template }
}

impl Reader<'_> {
    fn read_whole(&mut self, block: Span) -> (Vec<(KeyNode, Node)>, FrontMatterOutcome) {
        let source = self.slice(block.range());
        let mut budget = self.budget;
        let problem = match load(source, block.start as usize, &mut budget) {
            Ok(loaded) => match loaded.root.kind {
                NodeKind::Map(entries) if !entries.iter().any(|(key, _)| self.hides_a_known_key(&key.text)) => {
                    self.take_findings(loaded.findings);
                    return (entries, FrontMatterOutcome::Whole);
                }
                NodeKind::Null if loaded.root.span.start == loaded.root.span.end => {
                    return (Vec::new(), FrontMatterOutcome::Whole);
                }
                _ => None,
            },
            Err(error) => Some(error),
        };
        match problem {
            Some(error) if error.problem == Problem::SecondDocument => {
                let first = Span { end: error.span.start, ..block };
                self.report_problem(error);
                let mut budget = self.budget;
                if let Ok(loaded) = load(self.slice(first.range()), block.start as usize, &mut budget)
                    && let NodeKind::Map(entries) = loaded.root.kind
                {
                    self.take_findings(loaded.findings);
                    return (entries, FrontMatterOutcome::Partial);
                }
                self.read_pieces(first, None)
            }
            Some(error) => self.read_pieces(block, Some(error)),
            None => self.read_pieces(block, None),
        }
    }

    /// Key by key. `error` is why the block did not parse; without one it parsed, but is no map.
    fn read_pieces(
        &mut self,
        block: Span,
        error: Option<super::load::LoadError>,
    ) -> (Vec<(KeyNode, Node)>, FrontMatterOutcome) {
        let pieces = pieces(self.text(), block.range(), self.known_key);
        if pieces.iter().all(|piece| piece.key.is_none()) {
            match error {
                Some(error) => self.report_problem(error),
                None => {
                    let span = Span { end: block.start, ..block };
                    self.report(span, Finding::new("front-matter-not-a-map", []));
                }
            }
            return (Vec::new(), FrontMatterOutcome::Unread);
        }
        let known = self.findings.len();
        let mut entries = Vec::new();
        for piece in &pieces {
            if self.is_spent(piece.range.start) {
                break;
            }
            entries.extend(self.read_piece(piece));
        }
        if self.findings.len() == known
            && let Some(error) = error
            && !is_template(self.slice(block.range()))
        {
            self.report_problem(error);
        }
        (entries, FrontMatterOutcome::Partial)
    }

    /// Whether `key` is the whole of a line such as `时间：12: 30`, whose key ends at the full-width colon.
    fn hides_a_known_key(&self, key: &str) -> bool {
        key.split_once('：').is_some_and(|(before, _)| (self.known_key)(before))
    }

    /// Says that JSON, and lists of maps under a known key, were understood.
    fn hint_at_nesting(&mut self, source: &str, block: Span, entries: &[(KeyNode, Node)]) {
        let lead = source.len() - source.trim_start().len();
        if source.get(lead..).is_some_and(|rest| rest.starts_with('{')) {
            let start = block.start as usize + lead;
            self.report(Span::new(start, start + 1), Finding::new("json-front-matter", []));
        }
        for (key, value) in entries {
            let is_nested = value.items().iter().any(|item| matches!(item.kind, NodeKind::Map(_)));
            if is_nested && (self.known_key)(&key.text) {
                self.report(key.span, Finding::new("nested-value", [&key.text]));
            }
        }
    }
}
