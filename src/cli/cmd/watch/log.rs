//! What may stand in the log of a watch.

use crate::cli::term::placed;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::report::problems::Problem;
use crate::state::record::hash;
use crate::write::apply::Outcome;
use crate::write::target::TargetPath;

/// What may stand in a log: notes are named by hash, and nothing of their text is there. A person at a terminal, or one
/// who asked for more, is told all.
pub(super) struct Log<'p> {
    pub(super) is_private: bool,
    pub(super) way: &'p str,
    /// What came of notes; the other files are ours.
    pub(super) wrote: &'p Outcome,
}

impl Log<'_> {
    pub(super) fn name(&self, target: &TargetPath) -> String {
        let outcome = self.wrote;
        let refused = outcome.refused.iter().map(|(target, _)| target);
        let failed = outcome.failed.iter().map(|(target, _)| target);
        let remarks = outcome.remarks.iter().map(|(target, _)| target);
        let is_note = refused.chain(failed).chain(remarks).any(|note| note == target);
        if self.is_private && is_note {
            short_hash(target.as_str())
        } else {
            format!("{}{}", self.way, target.as_str())
        }
    }

    /// A problem of a note that is known by its path alone.
    pub(super) fn about_note(&self, problem: Problem) -> Problem {
        if self.is_private { Problem { path: short_hash(&problem.path), ..problem } } else { problem }
    }

    /// A finding without the words of a note; numbers tell where to look.
    pub(super) fn finding(&self, mut finding: Finding) -> Finding {
        let is_number = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
        if self.is_private {
            finding.arguments.iter_mut().filter(|value| !is_number(value)).for_each(|value| *value = "…".into());
        }
        finding
    }

    pub(super) fn problem(&self, problem: &Diagnostic, language: Language) -> Problem {
        let Diagnostic { code, arguments, .. } = problem.clone();
        let Finding { arguments, .. } = self.finding(Finding { code, arguments });
        let excerpt = if self.is_private { Box::default() } else { problem.excerpt.clone() };
        let problem = placed(&Diagnostic { arguments, excerpt, ..problem.clone() }, language);
        Problem { path: format!("{}{}", self.way, problem.path), ..problem }
    }
}

/// What a log names a note by: enough to tell two apart, and no name.
pub(super) fn short_hash(path: &str) -> String {
    hash(path.as_bytes()).chars().take(8).collect()
}
