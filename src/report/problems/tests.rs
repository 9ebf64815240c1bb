//! Findings in order, with their sentences.

use crate::index::support::{NoteBuilder, at, day, log, person};
use crate::model::diagnostic::Finding;
use crate::model::note::FrontMatterOutcome;
use crate::model::path::NotePath;
use crate::model::today::Today;
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
    let report = problems(&index, &|_| true, &say, today());
    let rows: Vec<_> = report.diagnostics.iter().map(|found| (found.path.as_str(), found.message.as_str())).collect();
    assert_eq!(rows, [("a.md", "alias-link 值"), ("b.md", "alias-link 值")]);
    assert_eq!(report.front_matter, FrontMatterCounts { blocks: 4, whole: 3, partial: 0, unread: 1 });
}

#[test]
fn the_same_hint_is_said_once_among_the_notes_asked_for_and_a_warning_each_time() {
    let mut index = vault(vec![]);
    for (path, code, word) in [
        ("a.md", "hinted", "一"),
        ("b.md", "hinted", "一"),
        ("b.md", "hinted", "二"),
        ("b.md", "warned", "一"),
        ("c.md", "warned", "一"),
    ] {
        index.diagnostics.push(Finding::new(code, [word]).about(&NotePath::new(path)));
    }
    let say = |found: &crate::model::diagnostic::Diagnostic| Sentence {
        severity: if found.code == "hinted" { "hint" } else { "warning" },
        message: found.arguments.join(" "),
        help: "改".into(),
    };
    let said = |wanted: &dyn Fn(&NotePath) -> bool| {
        let report = problems(&index, wanted, &say, today());
        report.diagnostics.iter().map(|found| format!("{} {} {}", found.path, found.code, found.message)).collect()
    };
    let all: Vec<String> = said(&|_| true);
    assert_eq!(all, ["a.md hinted 一", "b.md hinted 二", "b.md warned 一", "c.md warned 一"]);
    let one: Vec<String> = said(&|path| path.as_str() == "b.md");
    assert_eq!(one, ["b.md hinted 一", "b.md hinted 二", "b.md warned 一"]);
}

#[test]
fn a_last_contact_key_is_behind_once_the_later_entry_of_its_own_log_has_come() {
    let note = || person("a.md").with(|person| person.last_contact = Some(at(day("2026-11-01"))));
    let said = |note: NoteBuilder, on: &str| {
        let say = |_: &crate::model::diagnostic::Diagnostic| Sentence {
            severity: "hint",
            message: String::new(),
            help: String::new(),
        };
        let report = problems(&vault(vec![note.build()]), &|_| true, &say, Today(day(on)));
        report.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>()
    };
    let behind = vec!["last-contact-behind"];
    assert_eq!(said(note(), "2026-11-20"), Vec::<&str>::new());
    assert_eq!(said(note().entry(log("2026-11-01")), "2026-11-20"), Vec::<&str>::new());
    for (on, codes) in [("2026-11-09", vec![]), ("2026-11-10", behind.clone()), ("2026-11-11", behind)] {
        assert_eq!(said(note().entry(log("2026-11-10")), on), codes, "{on}");
    }
}
