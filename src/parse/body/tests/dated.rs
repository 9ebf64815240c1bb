//! Lines of daily, meeting, event, periodic and other notes.

use super::support::{briefs, links, read};
use crate::model::entry::DatedBy;
use crate::model::note::NoteKind::{self, Daily, Event, Meeting, Other, Periodic};
use crate::model::task::TaskState;

#[test]
fn a_line_with_a_link_or_a_move_is_an_entry_on_the_notes_date() {
    for kind in [Daily, NoteKind::Dated, Meeting, Event] {
        for (text, expected) in [
            ("- lunch: [[A]]", "2026-11-20 Line lunch A"),
            ("- 14:32 微信 [[A]]", "2026-11-20 14:32 Line message A"),
            ("one\ntwo [[A]]\nthree", "2026-11-20 Line - two A"),
            ("## With [[A]]", "2026-11-20 Line - With A"),
            ("| who | what |\n|-|-|\n| [[A]] | tea |", "2026-11-20 Line - A tea"),
            ("- with:: [[A]]", "2026-11-20 Line - with:: A"),
            ("- for:: [[A]]", "2026-11-20 Line -"),
            ("- wrote #work", "2026-11-20 Line - wrote"),
            ("- a gift [for:: [[A]]]", "2026-11-20 Line - a gift"),
            ("- 2026-11-18 [[A]]", "2026-11-18 LogItem - A"),
            ("2026-11-18 [[A]]", "2026-11-18 Line - A"),
            ("- tea with [[A]] [date:: 2026-11-18]", "2026-11-18 InlineField - tea with A"),
            ("| 日期 | 人 |\n|-|-|\n| 2026-11-18 | [[A]] |", "2026-11-18 Line - A"),
            ("| 人 | 日期 |\n|-|-|\n| [[A]] | 2026-11-18 |", "2026-11-18 Line - A 2026-11-18"),
            ("- 午餐\n  - [[A]] 好吃", "2026-11-20 Line lunch A 好吃"),
            ("- [张三](dir/%E5%BC%A0%E4%B8%89.md#x)", "2026-11-20 Line - 张三"),
        ] {
            assert_eq!(briefs(&read(kind, text)), [expected], "{kind:?} {text}");
        }
        assert_eq!(read(kind, "- nobody\n\nplain #tag").entries, []);
    }
}

#[test]
fn the_nearest_dated_heading_gives_the_date() {
    let text = "[[A]]\n# 2026-11-01\n[[B]]\n## sub\n[[C]]\n## 2026-11-02\n[[D]]\n# next\n[[E]]\n";
    let body = read(Daily, text);
    let found: Vec<_> = body.entries.iter().map(|e| (e.date.to_string(), e.dated_by)).collect();
    let expected = [
        ("2026-11-20", DatedBy::Note),
        ("2026-11-01", DatedBy::Heading),
        ("2026-11-01", DatedBy::Heading),
        ("2026-11-02", DatedBy::Heading),
        ("2026-11-20", DatedBy::Note),
    ];
    assert_eq!(found, expected.map(|(date, by)| (date.to_owned(), by)));
}

#[test]
fn each_item_is_emitted_once() {
    let text = "- met [[A]]\n  - and [[B]] #gave/intro\n- 午餐\n  - [[C]]\n    - likes tea\n- #work today\n  - a plan\n  - with [[D]]\n";
    let body = read(Daily, text);
    let expected =
        ["2026-11-20 Line met A", "2026-11-20 Line lunch C", "2026-11-20 Line - today", "2026-11-20 Line - with D"];
    assert_eq!(briefs(&body), expected);
    assert_eq!(links(&body), ["A:Plain", "B:Plain", "C:Plain", "D:Plain"]);
    let nested: Vec<_> = body.entries.iter().map(|entry| entry.nested.len()).collect();
    assert_eq!(nested, [1, 1, 1, 0]);
}

#[test]
fn a_checkbox_below_an_entry_speaks_for_itself() {
    let body = read(Daily, "- [x] with [[A]]\n  - [ ] ask [[B]]\n  - [ ] nobody\n");
    let found: Vec<_> = body.entries.iter().map(|entry| (entry.text.as_ref(), entry.task)).collect();
    assert_eq!(found, [("with A", Some(TaskState::Done)), ("ask B", Some(TaskState::Open))]);
}

#[test]
fn a_dated_item_stands_for_the_links_below_it() {
    let body = read(Periodic, "- 2026-11-18\n  - [[A]]\n  - [[B]]\n");
    assert_eq!(briefs(&body), ["2026-11-18 LogItem -"]);
    assert_eq!(links(&body), ["A:Plain", "B:Plain"]);
}

#[test]
fn periodic_and_undated_notes_give_only_lines_with_their_own_date() {
    for kind in [Periodic, Other] {
        for (text, expected) in [
            ("- 2026-11-18 [[A]]", Some("2026-11-18 LogItem - A")),
            ("- tea with [[A]] [date:: 2026-11-18]", Some("2026-11-18 InlineField - tea with A")),
            ("- [x] call [[A]] ✅ 2026-11-18", Some("2026-11-18 Line call A")),
            ("- [x] call [[A]]", None),
            ("- [[A]]", None),
            ("## 2026-11-18\n- [[A]]", None),
            ("- 2026-11-18 nobody #work", None),
        ] {
            assert_eq!(briefs(&read(kind, text)), expected.into_iter().collect::<Vec<_>>(), "{kind:?} {text}");
        }
    }
}

#[test]
fn a_ticked_task_takes_its_done_date_then_the_lines_then_the_notes() {
    for (text, date, dated_by) in [
        ("- [x] 2026-11-18 [[A]] ✅ 2026-11-19", "2026-11-19", DatedBy::DoneDate),
        ("- [x] 2026-11-18 [[A]]", "2026-11-18", DatedBy::Line),
        ("- [x] [[A]]", "2026-11-20", DatedBy::Note),
        ("- [ ] [[A]] ✅ 2026-11-19", "2026-11-20", DatedBy::Note),
    ] {
        let body = read(Daily, text);
        let found = body.entries.first().map(|entry| (entry.date.to_string(), entry.dated_by));
        assert_eq!(found, Some((date.to_owned(), dated_by)), "{text}");
    }
}

#[test]
fn a_line_whose_date_is_no_day_is_reported_once_and_takes_the_notes_date() {
    let body = read(Daily, "- 2026-02-30 [[A]]");
    assert_eq!(briefs(&body), ["2026-11-20 Line - 2026-02-30 A"]);
    assert_eq!(body.findings.iter().map(|(_, finding)| finding.code).collect::<Vec<_>>(), ["date-no-such-day"]);
}

#[test]
fn notes_without_facts_give_nothing() {
    for kind in [NoteKind::Generated, NoteKind::ConflictCopy, NoteKind::Damaged, NoteKind::Template] {
        assert_eq!(read(kind, "- [x] 2026-01-01 [[A]] #tag\n"), crate::parse::body::Body::default());
    }
}
