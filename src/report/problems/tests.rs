//! Findings in order, with their sentences.

use crate::model::diagnostic::Finding;
use crate::model::note::FrontMatterOutcome;
use crate::model::path::NotePath;
use crate::report::support::{today, vault};

use super::{FrontMatterCounts, Sentence, problems};

#[test]
fn findings_stand_by_path_and_line_with_their_words() {
    let mut index = vault(vec![]);
    for path in ["b.md", "a.md"] {
        index.diagnostics.push(Finding::new("alias-link", ["值"]).about(&NotePath::new(path)));
    }
    index.counts.front_matter.insert(FrontMatterOutcome::Whole, 3);
    index.counts.front_matter.insert(FrontMatterOutcome::Unread, 1);
    let say = |found: &crate::model::diagnostic::Diagnostic| Sentence {
        severity: "warning",
        message: format!("{} {}", found.code, found.arguments.join(" ")),
        help: "改".into(),
    };
    let report = problems(&index, &say, today());
    let rows: Vec<_> = report.diagnostics.iter().map(|found| (found.path.as_str(), found.message.as_str())).collect();
    assert_eq!(rows, [("a.md", "alias-link 值"), ("b.md", "alias-link 值")]);
    assert_eq!(report.front_matter, FrontMatterCounts { blocks: 4, whole: 3, partial: 0, unread: 1 });
}
