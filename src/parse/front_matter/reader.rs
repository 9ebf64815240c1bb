//! What the steps of the ladder share while one block is read.

use std::cell::OnceCell;
use std::ops::Range;

use super::limits::Budget;
use super::load::{LoadError, Problem};
use crate::model::diagnostic::Finding;
use crate::model::span::{LineIndex, Span};

pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) known_key: &'t dyn Fn(&str) -> bool,
    pub(super) budget: Budget,
    pub(super) findings: Vec<(Span, Finding)>,
    lines: OnceCell<LineIndex<'t>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, known_key: &'t dyn Fn(&str) -> bool) -> Self {
        Reader { text, known_key, budget: Budget::for_block(), findings: Vec::new(), lines: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// The line of a byte. Findings are rare, so lines are counted when the first needs them.
    pub(super) fn line(&self, offset: u32) -> u32 {
        self.lines.get_or_init(|| LineIndex::new(self.text)).line(offset)
    }

    pub(super) fn report(&mut self, span: Span, finding: Finding) {
        self.findings.push((span, finding));
    }

    pub(super) fn take_findings(&mut self, findings: Vec<(Span, Finding)>) {
        self.findings.extend(findings);
    }

    /// Whether the block has used up its values at byte `at`; says so.
    pub(super) fn is_spent(&mut self, at: usize) -> bool {
        let is_spent = self.budget.is_spent();
        if is_spent && self.findings.last().is_none_or(|(_, last)| last.code != "front-matter-too-many-values") {
            self.report(Span::new(at, at), Finding::new("front-matter-too-many-values", []));
        }
        is_spent
    }

    pub(super) fn report_problem(&mut self, LoadError { span, problem }: LoadError) {
        let code = match problem {
            Problem::Syntax => "front-matter-syntax",
            Problem::SecondDocument => "second-document",
            Problem::TooDeep => "front-matter-too-deep",
            Problem::TooManyNodes => "front-matter-too-many-values",
            Problem::TooManyAliases => "front-matter-too-many-aliases",
        };
        self.report(span, Finding::new(code, []));
    }
}

/// The first line of `text`, cut at 40 characters.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}
