//! Tasks in the formats of the Tasks and Dataview plugins.

use std::collections::BTreeSet;

use super::support::{only_task, read, read_with};
use crate::model::entry::Setting;
use crate::model::note::NoteKind::Other;
use crate::model::obsidian::TasksSettings;
use crate::model::task::{Priority, Task, TaskState};

#[test]
fn every_bullet_and_box_makes_a_task() {
    for (text, mark, state) in [
        ("- [ ] x", ' ', TaskState::Open),
        ("* [x] x", 'x', TaskState::Done),
        ("+ [X] x", 'X', TaskState::Done),
        ("1. [-] x", '-', TaskState::Cancelled),
        ("1) [/] x", '/', TaskState::Open),
        ("  - [>] x", '>', TaskState::Open),
        ("> - [ ] x", ' ', TaskState::Open),
        ("> > 1. [?] x", '?', TaskState::Open),
        ("- [完] x", '完', TaskState::Open),
        ("- a\n\t- [ ] x", ' ', TaskState::Open),
    ] {
        let task = only_task(text);
        assert_eq!((task.mark, task.state, task.text.as_ref()), (mark, state, "x"), "{text}");
        let quoted = if text.starts_with('>') { Setting::Quote } else { Setting::Plain };
        assert_eq!(task.setting, quoted, "{text}");
        assert_eq!(text.get(task.span.range()), text.lines().last(), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_task_is_none() {
    for text in [
        "- [x](a.md)",
        "- [[A]] x",
        "- [xx] x",
        "- [] x",
        "- [x]x",
        "[ ] x",
        "```\n- [ ] x\n```",
        "`- [ ] x`",
        "    - [ ] x",
        "<!--\n- [ ] x\n-->",
        "%%\n- [ ] x\n%%",
        "%%\n\n- [ ] x\n\n%%",
    ] {
        assert_eq!(read(Other, text).tasks, [], "{text}");
    }
}

fn date_of(task: &Task, field: &str) -> Option<String> {
    let date = match field {
        "due" => task.due,
        "scheduled" => task.scheduled,
        "start" => task.start,
        "done" => task.done,
        "cancelled" => task.cancelled,
        _ => task.created,
    };
    date.map(|date| date.to_string())
}

#[test]
fn every_date_field_is_read_in_both_formats() {
    for (field, emoji, key) in [
        ("due", "📅 📆 🗓 🗓\u{fe0f}", "due"),
        ("scheduled", "⏳ ⌛ ⏳\u{fe0f}", "scheduled"),
        ("start", "🛫", "start"),
        ("done", "✅ ✅\u{fe0f}", "completion"),
        ("cancelled", "❌", "cancelled"),
        ("created", "➕", "created"),
    ] {
        let signs = emoji.split(' ').flat_map(|sign| [format!("{sign} 2026-12-01"), format!("{sign}2026-12-01")]);
        let brackets =
            [format!("[{key}:: 2026-12-01]"), format!("({key}::2026-12-01)"), format!("[{key}:: 2026-12-01],")];
        for written in signs.chain(brackets) {
            let task = only_task(&format!("- [ ] x {written}"));
            assert_eq!(date_of(&task, field).as_deref(), Some("2026-12-01"), "{written}");
            assert_eq!(task.text.trim_end_matches(" ,"), "x", "{written}");
        }
    }
}

#[test]
fn priority_and_recurrence_are_read_in_both_formats() {
    for (written, priority) in [
        ("🔺", Priority::Highest),
        ("⏫", Priority::High),
        ("🔼\u{fe0f}", Priority::Medium),
        ("🔽", Priority::Low),
        ("⏬", Priority::Lowest),
        ("[priority:: highest]", Priority::Highest),
        ("(priority:: low)", Priority::Low),
    ] {
        let task = only_task(&format!("- [ ] x {written} 📅 2026-12-01"));
        assert_eq!((task.priority, date_of(&task, "due").is_some()), (Some(priority), true), "{written}");
    }
    for written in ["🔁 every week on Monday, Friday", "[repeat:: every week on Monday, Friday]"] {
        let task = only_task(&format!("- [ ] x {written} 📅 2026-12-01"));
        assert_eq!(task.recurrence.as_deref(), Some("every week on Monday, Friday"), "{written}");
    }
}

#[test]
fn fields_are_read_backwards_with_tags_and_other_fields_between() {
    let text = "- [ ] ask [[A|him]] #a 🔺 🏁 delete 🆔 ab-1 ⛔ c1,d2 #b [for:: [[B]]] ➕ 2026-11-01 (scheduled:: 2026-11-30) 📅 2026-12-01 #c ^vs-0a1b";
    let task = only_task(text);
    assert_eq!(task.text.as_ref(), "ask him");
    let dates = [task.created, task.scheduled, task.due].map(|date| date.map(|date| date.to_string()));
    assert_eq!(dates, ["2026-11-01", "2026-11-30", "2026-12-01"].map(|date| Some(date.to_owned())));
    assert_eq!(task.priority, Some(Priority::Highest));
    assert_eq!(task.block_id.as_deref(), Some("vs-0a1b"));
    assert_eq!(task.links.iter().map(|link| link.target.as_ref()).collect::<Vec<_>>(), ["A"]);
    assert_eq!(text.get(task.span.range()), Some(text));
}

#[test]
fn a_field_before_other_text_is_none_and_a_hint() {
    for (text, code) in [
        ("- [ ] x 📅 2026-12-01 and more", "task-field-not-last"),
        ("- [ ] x [due:: 2026-12-01] and more", "task-field-not-last"),
        ("- [ ] x 📅 2026-02-30", "task-date-unread"),
        ("- [ ] x 📅 2026/12/01", "task-date-unread"),
        ("- [ ] x 📅 2026-12-1", "task-date-unread"),
        ("- [ ] x [due:: tomorrow]", "task-date-unread"),
    ] {
        let body = read(Other, text);
        assert_eq!(body.tasks.iter().map(|task| task.due).collect::<Vec<_>>(), [None], "{text}");
        assert_eq!(body.findings.iter().map(|(_, f)| f.code).collect::<Vec<_>>(), [code], "{text}");
    }
    for quiet in ["- [ ] 📅 planning\n- [ ] x 2026-12-01\n", "- [ ] x 📅 2026", "- [ ] x ⏳ 3.5"] {
        assert_eq!(read(Other, quiet).findings, [], "{quiet}");
    }
}

#[test]
fn dates_of_the_reminder_and_kanban_plugins_are_due_dates() {
    for text in ["- [ ] x (@2026-08-14) y", "- [ ] x @{2026-08-14} y", "- [ ] x y (@2026-08-14 09:00) 🔺"] {
        let task = only_task(text);
        assert_eq!((date_of(&task, "due").as_deref(), task.text.as_ref()), (Some("2026-08-14"), "x y"), "{text}");
    }
    assert_eq!(date_of(&only_task("- [ ] x (@2026-08-14) 📅 2026-12-01"), "due").as_deref(), Some("2026-12-01"));
    assert_eq!(only_task("- [ ] mail a@2026-08-14.org").due, None);
}

#[test]
fn settings_of_the_plugin_decide_filter_and_marks() {
    let settings = TasksSettings {
        global_filter: Some("#task".into()),
        done_marks: BTreeSet::from(['D']),
        cancelled_marks: BTreeSet::from(['~']),
        ..TasksSettings::default()
    };
    let body = read_with(Other, "- [D] a #task\n- [~] b\n- [d] c #task x\n", &settings);
    let found: Vec<_> = body.tasks.iter().map(|t| (t.state, t.passes_filter, t.text.as_ref())).collect();
    let expected = [(TaskState::Done, true, "a"), (TaskState::Cancelled, false, "b"), (TaskState::Open, true, "c x")];
    assert_eq!(found, expected);
    assert!(only_task("- [ ] no filter").passes_filter);
    let word = TasksSettings { global_filter: Some("TODO".into()), ..TasksSettings::default() };
    let body = read_with(Other, "- [ ] TODO buy tea\n- [ ] else\n", &word);
    let found: Vec<_> = body.tasks.iter().map(|t| (t.passes_filter, t.text.as_ref())).collect();
    assert_eq!(found, [(true, "buy tea"), (false, "else")]);
}

#[test]
fn only_the_first_line_of_an_item_is_the_task() {
    let text = "- [ ] x 📅 2026-12-01\n  more words\r\n- [x] y\r\n";
    let body = read(Other, text);
    let found: Vec<_> = body.tasks.iter().map(|t| (t.line, t.text.as_ref(), text.get(t.span.range()))).collect();
    assert_eq!(found, [(1, "x", Some("- [ ] x 📅 2026-12-01")), (3, "y", Some("- [x] y"))]);
    assert!(body.tasks[0].due.is_some());
}
