//! Task lines changed: what is written, and that no other line ever is.

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::*;
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::vocabulary::Vocabulary;
use crate::write::target::TargetPath;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn done() -> TaskChange {
    TaskChange::Done(day("2026-11-20"))
}

fn edit_with(note: &str, line: &str, change_to: TaskChange, tasks: &TasksSettings) -> Result<Option<Splice>, Refusal> {
    let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks };
    let target = TargetPath::new("A.md").unwrap();
    let edit = TaskEdit { target, line: line.into(), number: 1, read_from: None, change: change_to };
    change(&NoteText::cut(note.as_bytes())?, &edit, &context)
}

fn edit(note: &str, line: &str, change: TaskChange) -> Result<Option<Splice>, Refusal> {
    edit_with(note, line, change, &TasksSettings::default())
}

fn after(line: &str, change: TaskChange, tasks: &TasksSettings) -> String {
    edit_with(line, line, change, tasks).unwrap().map_or_else(|| line.to_owned(), |splice| splice.new().to_owned())
}

#[test]
fn every_change_is_written_as_the_vault_writes_it() {
    let unsaid = TasksSettings::default();
    let emoji = TasksSettings { format: TaskFormat::Emoji, ..TasksSettings::default() };
    let dataview = TasksSettings { format: TaskFormat::Dataview, ..TasksSettings::default() };
    let plain =
        TasksSettings { done_date: DoneDate::Omitted, cancelled_date: DoneDate::Omitted, ..TasksSettings::default() };
    let on = day("2026-11-20");
    let (cancelled, scheduled) = (TaskChange::Cancelled(on), TaskChange::Scheduled(on));
    for (line, change, settings, expected) in [
        ("- [ ] a", done(), &emoji, "- [x] a ✅ 2026-11-20"),
        ("- [ ] a", done(), &dataview, "- [x] a  [completion:: 2026-11-20]"),
        ("- [ ] a", done(), &plain, "- [x] a"),
        ("- [ ] a [due:: 2026-11-19]", done(), &emoji, "- [x] a [due:: 2026-11-19] ✅ 2026-11-20"),
        ("- [ ] a 📅 2026-11-19", done(), &dataview, "- [x] a 📅 2026-11-19  [completion:: 2026-11-20]"),
        ("- [ ] a", done(), &unsaid, "- [x] a ✅ 2026-11-20"),
        ("- [ ] a 📅 2026-11-19", done(), &unsaid, "- [x] a 📅 2026-11-19 ✅ 2026-11-20"),
        ("- [ ] a [for:: [[B]]]", done(), &unsaid, "- [x] a [for:: [[B]]] ✅ 2026-11-20"),
        ("- [ ] a [due:: 2026-11-19]", done(), &unsaid, "- [x] a [due:: 2026-11-19]  [completion:: 2026-11-20]"),
        (
            "- [ ] a (due:: 2026-11-19) ^id",
            cancelled,
            &unsaid,
            "- [-] a (due:: 2026-11-19)  [cancelled:: 2026-11-20] ^id",
        ),
        ("- [ ] a", cancelled, &emoji, "- [-] a ❌ 2026-11-20"),
        ("- [ ] a", cancelled, &dataview, "- [-] a  [cancelled:: 2026-11-20]"),
        ("- [ ] a", cancelled, &plain, "- [-] a"),
        ("- [ ] a", scheduled, &emoji, "- [ ] a ⏳ 2026-11-20"),
        ("- [ ] a", scheduled, &dataview, "- [ ] a  [scheduled:: 2026-11-20]"),
        ("- [ ] a", scheduled, &plain, "- [ ] a ⏳ 2026-11-20"),
        ("- [/] 跟进 📅 2026-11-19 ^id", done(), &emoji, "- [x] 跟进 📅 2026-11-19 ✅ 2026-11-20 ^id"),
        ("> 1) [ ] a #t  ", done(), &emoji, "> 1) [x] a #t ✅ 2026-11-20  "),
        ("- [ ] a ✅ 2020-01-01 ^id", done(), &emoji, "- [x] a ✅ 2026-11-20 ^id"),
        (
            "- [ ] a ⌛\u{fe0f} 2020-01-01 📅 2020-01-01",
            scheduled,
            &emoji,
            "- [ ] a ⌛\u{fe0f} 2026-11-20 📅 2020-01-01",
        ),
        ("- [ ] a (scheduled:: 2020-01-01)", scheduled, &emoji, "- [ ] a (scheduled:: 2026-11-20)"),
        ("- [ ] a ⏳ 2026-11-20", scheduled, &emoji, "- [ ] a ⏳ 2026-11-20"),
        ("- [x] a", done(), &emoji, "- [x] a"),
        ("- [ ] a 🔁 every week", scheduled, &emoji, "- [ ] a 🔁 every week ⏳ 2026-11-20"),
    ] {
        assert_eq!(after(line, change, settings), expected, "{line}");
    }
}

#[test]
fn a_task_that_recurs_is_not_ticked() {
    for line in ["- [ ] a 🔁 every week 📅 2026-11-20", "- [ ] a [repeat:: every week]"] {
        assert_eq!(edit(line, line, done()), Err(Refusal::TaskRecurs { line: line.into() }));
    }
}

#[test]
fn a_line_of_code_or_comment_is_not_the_task() {
    let gone = Err(Refusal::TaskGone { line: "- [ ] a".into() });
    for note in ["```\n- [ ] a\n```\n", "%%\n- [ ] a\n%%\n", "    - [ ] a\n", "- [ ] a b\n", "", "<!--\n- [ ] a\n-->\n"]
    {
        assert_eq!(edit(note, "- [ ] a", done()), gone, "{note}");
    }
    let note = "```\n- [ ] a\n```\n- [ ] a\r\n";
    let made = edit(note, "- [ ] a", done()).unwrap().unwrap();
    assert_eq!(made.new(), "```\n- [ ] a\n```\n- [x] a ✅ 2026-11-20\r\n");
}

#[test]
fn what_is_done_already_is_left_and_what_cannot_be_told_apart_is_refused() {
    for there in ["- [x] a ✅ 2026-11-20\n", "- [x] a ✅ 2026-11-18\n", "- [x] a\n"] {
        assert_eq!(edit(there, "- [ ] a", done()), Ok(None), "{there}");
    }
    for twice in ["- [ ] a\n- [ ] a\n", "- [ ] a\n- [x] a ✅ 2026-11-20\n"] {
        assert_eq!(edit(twice, "- [ ] a", done()), Err(Refusal::TaskTwice { line: "- [ ] a".into() }), "{twice}");
    }
    // A task of the same words that was done long ago is another one.
    assert!(edit("- [x] a ✅ 2026-01-01\n- [ ] a\n", "- [ ] a", done()).unwrap().is_some());
}

#[test]
fn in_a_note_that_has_not_changed_the_recorded_line_is_the_one() {
    let note = "---\nname: x\n---\n- [ ] a\n- [ ] a\n- [ ] a\n";
    let tasks = TasksSettings::default();
    let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks: &tasks };
    for (number, expected) in [
        (4, Some("- [x] a ✅ 2026-11-20\n- [ ] a\n- [ ] a\n")),
        (6, Some("- [ ] a\n- [ ] a\n- [x] a ✅ 2026-11-20\n")),
        (7, None),
    ] {
        let edit = TaskEdit {
            target: TargetPath::new("A.md").unwrap(),
            line: "- [ ] a".into(),
            number,
            read_from: Some(Sha256::digest(note).into()),
            change: done(),
        };
        let made = change(&NoteText::cut(note.as_bytes()).unwrap(), &edit, &context);
        match expected {
            Some(expected) => assert!(made.unwrap().unwrap().new().ends_with(expected), "{number}"),
            None => assert!(made.is_err()),
        }
        let other = TaskEdit { read_from: Some([0; 32]), ..edit };
        assert!(change(&NoteText::cut(note.as_bytes()).unwrap(), &other, &context).is_err());
    }
}

#[test]
fn of_twins_the_one_that_is_left_is_meant_when_the_other_was_taken_out() {
    // Whoever ticked `a` and took one of two such lines out sees the other ticked: it says what they ticked.
    let made = edit("- [ ] b\n- [ ] a\n", "- [ ] a", done()).unwrap().unwrap();
    assert_eq!(made.new(), "- [ ] b\n- [x] a ✅ 2026-11-20\n");
    // One that says more or less is another task.
    for other in ["- [ ] a 📅 2026-11-20\n", "- [ ] a #t\n", "  - [ ] a b\n", "- [ ] A\n", "* [ ] a\n"] {
        assert!(matches!(edit(other, "- [ ] a", done()), Err(Refusal::TaskGone { .. })), "{other}");
    }
}

/// A task before the tick, and what somebody did to the note meanwhile.
#[derive(Clone, Debug)]
enum Meanwhile {
    Insert(usize, &'static str),
    Delete(usize),
    Tick(usize),
}

fn lines() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("- [ ] a"),
        Just("- [ ] b"),
        Just("  - [ ] a"),
        Just("- [ ] a 📅 2026-11-20"),
        Just("- [x] a ✅ 2026-11-20"),
        Just("```"),
        Just("%%"),
        Just("> - [ ] a"),
        Just("text"),
        Just(""),
    ]
}

fn meanwhile() -> impl Strategy<Value = Vec<Meanwhile>> {
    let one = prop_oneof![
        (any::<usize>(), lines()).prop_map(|(at, line)| Meanwhile::Insert(at, line)),
        any::<usize>().prop_map(Meanwhile::Delete),
        any::<usize>().prop_map(Meanwhile::Tick),
    ];
    prop::collection::vec(one, 0..6)
}

proptest! {
    /// Each line has a name of its own here, so that the line changed can be told from its twins.
    #[test]
    fn only_the_line_that_was_read_is_ever_changed(
        start in prop::collection::vec(lines(), 1..10), which in any::<usize>(), changes in meanwhile(), trust in any::<bool>(),
    ) {
        let mut note: Vec<(usize, &str)> = start.into_iter().enumerate().collect();
        let text = |note: &[(usize, &str)]| note.iter().map(|(_, line)| format!("{line}\n")).collect::<String>();
        let which = which % note.len();
        let line = note[which].1;
        let read_from = trust.then(|| Sha256::digest(text(&note)).into());
        let mut next = note.len();
        for change in &changes {
            match change {
                Meanwhile::Insert(at, line) => {
                    note.insert(at % (note.len() + 1), (next, line));
                    next += 1;
                }
                Meanwhile::Delete(at) if !note.is_empty() => drop(note.remove(at % note.len())),
                Meanwhile::Tick(at) if !note.is_empty() => {
                    let at = at % note.len();
                    if note[at].1 == "- [ ] a" {
                        note[at].1 = "- [x] a ✅ 2026-11-20";
                    }
                }
                _ => {}
            }
        }
        let now = text(&note);
        let tasks = TasksSettings::default();
        let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks: &tasks };
        let edit = TaskEdit { target: TargetPath::new("A.md").unwrap(), line: line.into(), number: which + 1, read_from, change: done() };
        let Ok(Some(made)) = change(&NoteText::cut(now.as_bytes()).unwrap(), &edit, &context) else { return Ok(()) };
        prop_assert_eq!(made.old(), &now);
        let (old, new): (Vec<&str>, Vec<&str>) = (made.old().lines().collect(), made.new().lines().collect());
        prop_assert_eq!(old.len(), new.len());
        let differ: Vec<usize> = (0..old.len()).filter(|at| old[*at] != new[*at]).collect();
        prop_assert_eq!(differ.len(), 1);
        prop_assert_eq!(old[differ[0]], line);
        // It is the very line, if that is a task still. Is it gone, or in code by now, the only task of its words is meant.
        let is_it = |at: usize| note[at].0 == which && note[at].1 == line;
        let is_there = tasks_of(&now, &context).iter().any(|task| is_it(task.line as usize - 1));
        prop_assert!(is_it(differ[0]) || !is_there, "{:?}", made.new());
        let twins = tasks_of(&now, &context).iter().filter(|task| note[task.line as usize - 1].1 == line).count();
        prop_assert!(twins == 1 || edit.read_from == Some(Sha256::digest(&now).into()), "{:?}", made.new());
    }
}
