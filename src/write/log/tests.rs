//! Log lines in notes of every shape: where they go, what they say, and that nothing else changes.

use chrono::NaiveDate;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::*;
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::vocabulary::Vocabulary;
use crate::write::target::TargetPath;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(text: &str) -> LogLine {
    LogLine { date: day("2026-11-20"), channel: None, text: text.into(), nested: Vec::new(), id: None }
}

fn log(lines: Vec<LogLine>) -> Log {
    Log { target: TargetPath::new("People/张三.md").unwrap(), lines }
}

fn edit(note: &str, lines: Vec<LogLine>, language: Language) -> Result<Option<Splice>, Refusal> {
    let tasks = TasksSettings::default();
    let context = WriteContext { words: Vocabulary::built_in(), language, tasks: &tasks };
    append(&NoteText::cut(note.as_bytes())?, &log(lines), &context)
}

fn after(note: &str, lines: Vec<LogLine>) -> String {
    edit(note, lines, Language::English).unwrap().unwrap().new().to_owned()
}

#[test]
fn a_line_goes_to_its_place_in_every_kind_of_log() {
    for (why, before, expected) in [
        ("dates rise", "## Log\n- 2026-01-01 a\n- 2026-02-01 b\n", "## Log\n- 2026-01-01 a\n- 2026-02-01 b\n+\n"),
        ("dates fall", "## Log\n\n- 2026-02-01 b\n- 2026-01-01 a\n", "## Log\n\n+\n- 2026-02-01 b\n- 2026-01-01 a\n"),
        ("one date", "## Log\n- 2026-01-01 a\n", "## Log\n- 2026-01-01 a\n+\n"),
        ("equal dates", "## Log\n- 2026-01-01 a\n- 2026-01-01 b\n", "## Log\n- 2026-01-01 a\n- 2026-01-01 b\n+\n"),
        (
            "one line out of order",
            "## Log\n- 2026-03-01 c\n- 2026-02-01 b\n- 2026-02-15 x\n- 2026-01-01 a\n",
            "## Log\n+\n- 2026-03-01 c\n- 2026-02-01 b\n- 2026-02-15 x\n- 2026-01-01 a\n",
        ),
        ("empty", "## Log\n\n## Next\n", "## Log\n\n+\n\n## Next\n"),
        ("empty and last", "## Log\n", "## Log\n\n+\n"),
        ("empty, no final newline", "## Log", "## Log\n\n+\n"),
        ("no final newline", "## Log\n- 2026-01-01 a", "## Log\n- 2026-01-01 a\n+\n"),
        ("blank lines stay below", "## Log\n- 2026-01-01 a\n\n\n## B\n", "## Log\n- 2026-01-01 a\n+\n\n\n## B\n"),
        ("blank lines at the end", "## Log\n- 2026-01-01 a\n\n  ", "## Log\n- 2026-01-01 a\n+\n\n  "),
        ("no blank line below", "## Log\n- 2026-01-01 a\n## B\n", "## Log\n- 2026-01-01 a\n+\n## B\n"),
        (
            "lower headings belong",
            "## Log\n- 2026-01-01 a\n### C\nd\n# E\n",
            "## Log\n- 2026-01-01 a\n### C\nd\n\n+\n\n# E\n",
        ),
        ("loose list", "## Log\n- 2026-01-01 a\n\n- 2026-02-01 b\n", "## Log\n- 2026-01-01 a\n\n- 2026-02-01 b\n\n+\n"),
        (
            "loose and falling",
            "## Log\n- 2026-02-01 a\n\n- 2026-01-01 b\n",
            "## Log\n+\n\n- 2026-02-01 a\n\n- 2026-01-01 b\n",
        ),
        (
            "table",
            "## Log\n| Date | Notes |\n|---|---|\n| 2026-01-01 | a |\n",
            "## Log\n| Date | Notes |\n|---|---|\n| 2026-01-01 | a |\n\n+\n",
        ),
        (
            "table, newest first",
            "## Log\n| Date |\n|---|\n| 2026-02-01 |\n| 2026-01-01 |\n\n## B\n",
            "## Log\n| Date |\n|---|\n| 2026-02-01 |\n| 2026-01-01 |\n\n+\n\n## B\n",
        ),
        (
            "dated headings",
            "## Log\n\n### 2026-01-01\na\n\n### 2026-02-01\nb\n",
            "## Log\n\n+\n\n### 2026-01-01\na\n\n### 2026-02-01\nb\n",
        ),
        (
            "a line above dated headings",
            "## Log\n\n- 2026-10-01 x\n\n### 2026-01-01\na\n",
            "## Log\n\n+\n- 2026-10-01 x\n\n### 2026-01-01\na\n",
        ),
        ("nested items belong", "## Log\n- 2026-01-01 a\n\t- b\n", "## Log\n- 2026-01-01 a\n\t- b\n+\n"),
        ("the first of two logs", "## Log\n- 2026-01-01 a\n## Meetings\n", "## Log\n- 2026-01-01 a\n+\n## Meetings\n"),
        ("code is no heading", "```\n## Log\n```\n", "```\n## Log\n```\n\n## Log\n\n+\n"),
        ("a comment is none", "%%\n## Log\n%%\n", "%%\n## Log\n%%\n\n## Log\n\n+\n"),
        ("a callout is none", "> ## Log\n> - 2026-01-01 a\n", "> ## Log\n> - 2026-01-01 a\n\n## Log\n\n+\n"),
        ("no section", "# Jane\n", "# Jane\n\n## Log\n\n+\n"),
        ("no section, blank lines", "# Jane\n\n\n", "# Jane\n\n\n## Log\n\n+\n"),
        ("empty note", "", "## Log\n\n+\n"),
        ("marks of another kind", "## Log\n* 2026-01-01 a\n", "## Log\n* 2026-01-01 a\n+\n"),
        ("numbers", "## Log\n5. 2026-02-01 b\n6. 2026-01-01 a\n", "## Log\n\n+\n\n5. 2026-02-01 b\n6. 2026-01-01 a\n"),
        (
            "indented items",
            "## Log\n  - 2026-02-01 b\n  - 2026-01-01 a\n",
            "## Log\n  +\n  - 2026-02-01 b\n  - 2026-01-01 a\n",
        ),
        ("text between", "## Log\nNewest first.\n- 2026-01-01 a\n", "## Log\nNewest first.\n- 2026-01-01 a\n+\n"),
        ("text behind", "## Log\n- 2026-01-01 a\n\nmore\n", "## Log\n- 2026-01-01 a\n\nmore\n\n+\n"),
        ("an underlined heading", "## Log\n```\n```\nB\n===\n", "## Log\n```\n```\n\n+\n\nB\n===\n"),
        ("code never closed", "## Log\n- 2026-01-01 a\n```\nx\n", "## Log\n- 2026-01-01 a\n+\n\n```\nx\n"),
        ("a comment never closed", "# A\n\n%% x\n", "# A\n\n## Log\n\n+\n\n%% x\n"),
    ] {
        let expected = expected.replace('+', "- 2026-11-20 new");
        assert_eq!(after(before, vec![line("new")]), expected, "{why}");
    }
}

#[test]
fn the_line_has_the_one_shape() {
    let full = LogLine {
        channel: Some("通话".into()),
        nested: vec!["- 一".into(), "    - 二".into(), "- [ ] 三".into()],
        id: Some("vs-1a2b3c4d".into()),
        ..line("谈了新项目 #获得/引荐")
    };
    let english = LogLine { channel: Some("call".into()), ..line("new project #got/intro") };
    let bare = LogLine { channel: Some("met".into()), ..line("") };
    let expected = "## 互动记录\n\n- 2026-11-20 通话：谈了新项目 #获得/引荐 ^vs-1a2b3c4d\n  - 一\n    - 二\n  - [ ] 三\n\
                    - 2026-11-20 call: new project #got/intro\n- 2026-11-20 met\n- 2026-11-20\n";
    let made = edit("", vec![full, english, bare, line("")], Language::Chinese).unwrap().unwrap();
    assert_eq!(made.new(), expected);
}

#[test]
fn nested_lines_are_indented_as_the_note_indents() {
    let nested = LogLine { nested: vec!["- b".into(), "\t- c".into()], ..line("a") };
    for (before, step) in [("- x\n\t- y\n", "\t"), ("- x\n    - y\n", "    "), ("1. x\n   - y\n", "   "), ("", "  ")] {
        let after = after(before, vec![nested.clone()]);
        assert!(after.ends_with(&format!("- 2026-11-20 a\n{step}- b\n{step}{step}- c\n")), "{after}");
    }
}

#[test]
fn endings_are_those_of_the_neighbour() {
    for (before, expected) in [
        ("## Log\r\n- 2026-01-01 a\r\n", "## Log\r\n- 2026-01-01 a\r\n- 2026-11-20 n\r\n"),
        ("## Log\n- 2026-01-01 a\r\n\n", "## Log\n- 2026-01-01 a\r\n- 2026-11-20 n\r\n\n"),
        ("## Log\r\n- 2026-01-01 a\n\r\n", "## Log\r\n- 2026-01-01 a\n- 2026-11-20 n\n\r\n"),
        ("## Log\r\n- 2026-01-01 a", "## Log\r\n- 2026-01-01 a\r\n- 2026-11-20 n\r\n"),
        ("\u{feff}## Log\r\n", "\u{feff}## Log\r\n\r\n- 2026-11-20 n\r\n"),
        ("\u{feff}", "\u{feff}## Log\n\n- 2026-11-20 n\n"),
    ] {
        assert_eq!(after(before, vec![line("n")]), expected);
    }
}

#[test]
fn an_id_that_is_in_the_note_is_not_logged_again() {
    let id = |id: &str| LogLine { id: Some(id.into()), ..line("x") };
    let ids = || vec![id("vs-00000001")];
    for there in [
        "## Log\n- 2026-01-01 a ^vs-00000001\n",
        "# A\n\ntext ^vs-00000001\n",
        "## Log\n- 2026-01-01 a ^vs-00000001 and more\n",
        "%%\n- 2026-01-01 a ^vs-00000001\n%%\n",
        "<!--\n- 2026-01-01 a ^vs-00000001\n-->\n",
        "- a\n\n  ^vs-00000001\n",
    ] {
        assert_eq!(edit(there, ids(), Language::English).unwrap(), None, "{there}");
    }
    for other in [
        "```\n- 2026-01-01 a ^vs-00000001\n```\n",
        "- 2026-01-01 a `^vs-00000001`\n",
        "- 2026-01-01 a ^vs-000000012\n",
        "- 2026-01-01 see [[x#^vs-00000001]]\n",
    ] {
        assert!(edit(other, ids(), Language::English).unwrap().is_some(), "{other}");
    }
    let twice = after("## Log\n", vec![id("vs-00000001"), id("vs-00000002"), id("vs-00000001")]);
    assert_eq!(twice.matches("^vs-").count(), 2);
    assert_eq!(edit(&twice, vec![id("vs-00000002"), id("vs-00000001")], Language::English).unwrap(), None);
}

#[test]
fn text_that_would_mean_more_is_kept_readable_and_harmless() {
    let nested = |text: &str| LogLine { nested: vec![format!("- {text}")], ..line("x") };
    for (text, written) in [
        ("# heading", "\\# heading"),
        ("#tag stays", "#tag stays"),
        ("```rust", "\\```rust"),
        ("~~~", "\\~~~"),
        ("---", "\\---"),
        ("[x] done", "\\[x] done"),
        ("[ ] open", "[ ] open"),
        ("[a]: https://b", "\\[a]: https://b"),
        ("[[Jane]]: b", "[[Jane]]: b"),
        ("<div>", "\\<div>"),
        ("2026-11-25 next", "– 2026-11-25 next"),
        ("[[2026-11-25]] next", "– [[2026-11-25]] next"),
        ("date:: 2026-11-25", "– date:\\: 2026-11-25"),
        ("100%% sure", "100\\%\\% sure"),
        ("%%hidden%%", "%%hidden%%"),
    ] {
        let made = after("## Log\n", vec![nested(text)]);
        assert!(made.ends_with(&format!("\n  - {written}\n")), "{text}: {made}");
    }
    for (text, written) in [
        ("a\nb\r\nc\u{2028}d\0e", "- 2026-11-20 a b  c d e"),
        ("[ ] box", "- 2026-11-20 [ ] box"),
        ("2026-11-21 x", "- 2026-11-20 2026-11-21 x"),
        ("周六 见面", "- 2026-11-20: 周六 见面"),
        ("周六见面", "- 2026-11-20 周六见面"),
    ] {
        assert!(after("## Log\n", vec![line(text)]).ends_with(&format!("\n{written}\n")), "{text}");
    }
}

#[test]
fn a_note_without_a_place_is_refused() {
    assert_eq!(
        edit("%%\n", vec![LogLine { date: day("1850-01-01"), ..line("x") }], Language::English),
        Err(Refusal::NoPlaceInLog)
    );
}

/// Notes of every sort of front matter, body, ending and byte-order mark.
fn notes() -> impl Strategy<Value = String> {
    let front = prop_oneof![
        Just(""),
        Just("---\n---\n"),
        Just("---\nname: 张三\n---\n"),
        Just("---\nname: \"a: b\" # comment\ntags: [x, #y]\n...\n"),
        Just("---\nbroken: [\n key: - x\n---\n"),
        Just("---\ntype: person\nlast_contact: 2026-01-01\n---\n\n"),
    ];
    let piece = prop_oneof![
        Just("## Log\n"),
        Just("## 互动记录\n\n"),
        Just("### 2026-03-01 - Email\n"),
        Just("## Other\n\n"),
        Just("Setext\n---\n"),
        Just("- 2026-01-01 a\n"),
        Just("- 2026-02-01 通话：b ^vs-00000009\n"),
        Just("* 2026-03-01 c\n"),
        Just("  - 2026-01-15 d\n"),
        Just("    - nested [[2026-01-09]]\n"),
        Just("1. 2026-04-01 e\n"),
        Just("- [ ] task 📅 2026-12-01\n"),
        Just("- [x] done ✅ 2026-05-01\n"),
        Just("| Date | Notes |\n|---|---|\n| 2026-01-01 | x |\n"),
        Just("> [!note] callout\n> - 2026-01-02 q\n"),
        Just("```\n## Log\n- 2026-01-03 code\n```\n"),
        Just("```\nopen\n"),
        Just("%%\n"),
        Just("%% c %%\n"),
        Just("<!-- c -->\n"),
        Just("<div>\n"),
        Just("text\n"),
        Just("text [[2026-06-01]]\n"),
        Just("\n"),
        Just("\t\n"),
        Just("- \n"),
        Just("    code\n"),
        Just("[x]: /y\n"),
    ];
    let body = prop::collection::vec(piece, 0..12);
    let ends = prop::collection::vec(any::<bool>(), 1..8);
    (front, body, ends, any::<bool>(), any::<bool>()).prop_map(|(front, body, ends, mark, last)| {
        let mut text = String::new();
        for (at, line) in format!("{front}{}", body.concat()).split_inclusive('\n').enumerate() {
            text.push_str(line.trim_end_matches('\n'));
            text.push_str(if ends[at % ends.len()] { "\r\n" } else { "\n" });
        }
        if !last {
            text = text.trim_end_matches(['\r', '\n']).to_owned();
        }
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

fn texts() -> impl Strategy<Value = String> {
    let words = prop_oneof![
        Just("谈了新项目 #获得/引荐".to_owned()),
        Just("call mum".to_owned()),
        Just("14:30 咖啡".to_owned()),
        Just("%%".to_owned()),
        Just("[ ] x".to_owned()),
        Just("[[2026-08-17]] `".to_owned()),
        Just("[date:: 2026-01-01] ~~".to_owned()),
        Just("2026-02-30".to_owned()),
        Just("- [x] 2026-01-01 #gave/intro ✅ 2026-01-01".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(words, 0..4).prop_map(|words| words.join(" "))
}

fn log_lines() -> impl Strategy<Value = Vec<LogLine>> {
    let channel = prop_oneof![Just(None), Just(Some("通话".to_owned())), Just(Some("call".to_owned()))];
    let nested = prop::collection::vec(texts(), 0..3);
    let one = (0..400_i64, channel, texts(), nested, prop::option::of(0..20_u32));
    let one = one.prop_map(|(offset, channel, text, nested, id)| LogLine {
        date: day("2026-01-01") + chrono::TimeDelta::days(offset),
        channel,
        text,
        nested: nested.into_iter().map(|text| format!("- {text}")).collect(),
        id: id.map(|id| format!("vs-{id:08x}")),
    });
    prop::collection::vec(one, 1..4)
}

/// Every byte of the old note stands in the new one, in two pieces, and the text between them is in the body.
fn is_one_insertion(splice: &Splice) -> bool {
    let (old, new) = (splice.old(), splice.new());
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let rest = old.len() - same;
    new.len() > old.len() && new.as_bytes()[new.len() - rest..] == old.as_bytes()[same..]
}

proptest! {
    #[test]
    fn any_line_in_any_note_is_read_back_and_no_other_byte_changes(note in notes(), lines in log_lines()) {
        let Ok(made) = edit(&note, lines.clone(), Language::Chinese) else { return Ok(()) };
        let Some(made) = made else { return Ok(()) };
        prop_assert_eq!(made.old(), note);
        prop_assert!(is_one_insertion(&made), "{:?}\n{:?}", made.old(), made.new());
        let again = edit(made.new(), lines.iter().filter(|line| line.id.is_some()).cloned().collect(), Language::Chinese);
        prop_assert_eq!(again, Ok(None));
    }
}

#[test]
fn a_new_heading_speaks_as_the_line_below_it_and_else_as_the_vault() {
    let heading = |text: &str, language| {
        let written = edit("# A\n", vec![line(text)], language).unwrap().unwrap();
        written.new().lines().find(|line| line.starts_with("## ")).unwrap().to_owned()
    };
    for (text, language, expected) in [
        ("talked", Language::Chinese, "## Log"),
        ("谈了 pilot", Language::English, "## 互动记录"),
        ("", Language::Chinese, "## 互动记录"),
        ("", Language::English, "## Log"),
    ] {
        assert_eq!(heading(text, language), expected, "{text} {language:?}");
    }
}
