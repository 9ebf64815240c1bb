//! The commands that write into notes, run for real: one line more in one note, nothing else, and the reports fresh.

use std::fs;

use serde_json::Value;
use vault_scan::model::language::Language;
use vault_scan::model::obsidian::TasksSettings;
use vault_scan::vocabulary::Vocabulary;
use vault_scan::write::context::WriteContext;
use vault_scan::write::intent::{Log, LogLine};
use vault_scan::write::log::append;
use vault_scan::write::splice::NoteText;
use vault_scan::write::target::TargetPath;
use walkdir::WalkDir;

use crate::support::{Vault, corpora};

const ZHANG: &str =
    "---\n公司: 青榆\n频率: 每月一次\n---\n\n## 互动记录\n\n- 2026-09-01 见面：聊了近况\n- 2026-10-01 通话：约下次\n";

fn vault() -> Vault {
    let vault = Vault::new();
    vault.write("人物/张三.md", ZHANG);
    vault.write("人物/Jane.md", "---\ncadence: monthly\n---\n\n## Log\n\n- 2026-10-15 call: hello");
    vault
}

fn text(vault: &Vault, path: &str) -> String {
    String::from_utf8(vault.read(path)).unwrap()
}

fn state_of(vault: &Vault, name: &str) -> Value {
    let people = vault.run(&["report", "people", "--format", "json"]).json();
    let all = people["people"].as_array().unwrap();
    all.iter().find(|person| person["name"] == name).unwrap().clone()
}

#[test]
fn a_logged_line_is_the_only_change_and_counts() {
    let vault = vault();
    let before = vault.state();
    vault.run(&["log", "张三,jane", "昨天", "一起吃饭"]).assert_done("log");
    let changed = vault.state().touched_since(&before);
    assert_eq!(changed, ["人物/Jane.md", "人物/张三.md"], "no reports are made where there were none");
    assert_eq!(text(&vault, "人物/张三.md"), format!("{ZHANG}- 2026-11-19 一起吃饭（同[[Jane]]）\n"));
    assert!(text(&vault, "人物/Jane.md").ends_with("- 2026-10-15 call: hello\n- 2026-11-19 一起吃饭（同[[张三]]）\n"));
    for name in ["张三", "Jane"] {
        assert_eq!(state_of(&vault, name)["last_contact"], "2026-11-19", "{name}");
    }
}

#[test]
fn a_day_without_a_blank_behind_it_and_a_channel_of_ones_own_are_kept() {
    let vault = vault();
    vault.run(&["log", "张三", "昨天通话：问候"]).assert_done("log");
    vault.run(&["log", "张三,jane", "--channel", "微信", "约饭"]).assert_done("log");
    assert!(text(&vault, "人物/张三.md").ends_with("- 2026-11-19 通话：问候\n- 2026-11-20 微信：约饭（同[[Jane]]）\n"));
    assert!(text(&vault, "人物/Jane.md").ends_with("- 2026-11-20 message: 约饭（同[[张三]]）\n"));
    let refused = vault.run(&["snooze", "张三", "昨天", "--lang", "zh-CN"]);
    assert_eq!(refused.code, 2);
    let (here, vague) = (vault.run(&["snooze", "张三", "昨天"]), vault.run(&["snooze", "张三", "以后"]));
    assert!(here.stderr.contains("error[snooze-past]: 2026-11-19 已经过去了"), "{}", here.stderr);
    assert!(vague.stderr.contains("“以后”不是日期"), "{}", vague.stderr);
    // A reminder is put off to a day that comes, so a day without a year is the next such one.
    vault.run(&["snooze", "张三", "1月3日"]).assert_done("snooze");
    assert!(text(&vault, "人物/张三.md").ends_with("#暂缓 [到:: 2027-01-03]\n"));
}

#[test]
fn a_cadence_in_a_word_the_settings_define_is_one() {
    let vault = vault();
    assert_eq!(vault.run(&["new", "李四", "--cadence", "常联系"]).code, 2);
    vault.write(".vault-scan/config.toml", "[cadence.words]\n\"常联系\" = \"2w\"\n");
    vault.run(&["new", "李四", "--cadence", "常联系"]).assert_done("new");
    assert_eq!(state_of(&vault, "李四")["cadence"], "P2W");
}

#[test]
fn reports_are_made_again_unless_they_should_stay() {
    let vault = vault();
    vault.run(&["scan"]).assert_done("scan");
    let agenda = || text(&vault, "Reports/Agenda.md");
    let before = agenda();
    vault.run(&["snooze", "张三", "两周后", "--no-reports"]).assert_done("snooze");
    assert_eq!(agenda(), before);
    vault.run(&["skip", "jane"]).assert_done("skip");
    assert_ne!(agenda(), before);
    assert!(text(&vault, "人物/张三.md").ends_with("- 2026-11-20 #暂缓 [到:: 2026-12-04]\n"));
    assert!(text(&vault, "人物/Jane.md").ends_with("- 2026-11-20 #skip\n"));
    assert_eq!(state_of(&vault, "张三")["state"], "snoozed");
    assert_eq!(state_of(&vault, "Jane")["state"], "skipped");
}

#[test]
fn what_is_only_shown_or_refused_changes_nothing() {
    let vault = vault();
    let before = vault.state();
    for (arguments, code) in [
        (&["log", "张三", "x", "--dry-run"][..], 0),
        (&["log", "张三", "x", "--check"], 1),
        (&["snooze", "张三", "明天", "--check"], 1),
        (&["new", "王五", "--dry-run"], 0),
        (&["new", "王五", "--check"], 1),
        (&["new", "张三"], 3),
        (&["new", "a/b"], 3),
        (&["new", "a\u{202e}b"], 3),
        (&["new", "\u{200b}"], 3),
        (&["log", "谁", "x"], 2),
        (&["log", "张三"], 2),
        (&["log", "张三", "next", "friday", "x"], 2),
    ] {
        let output = vault.run(arguments);
        assert_eq!(output.code, code, "{arguments:?}\n{}{}", output.stdout, output.stderr);
        assert_eq!(vault.state().touched_since(&before), [""; 0], "{arguments:?}");
    }
    vault.write("人物/坏.md", "---\n公司: x\n\n## 互动记录\n");
    let before = vault.state();
    assert_eq!(vault.run(&["log", "坏", "x"]).code, 3);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
}

#[test]
fn a_new_person_is_found_at_once_and_spelt_as_the_others_are() {
    let vault = vault();
    vault.write("人物/李四.md", "---\n单位: 远山\n频率: 每月一次\n---\n");
    vault.write("人物/赵六.md", "---\n单位: 远山\n频率: 每季度一次\n---\n");
    vault.run(&["new", "王五", "--company", "新厂: 一", "--cadence", "每半年"]).assert_done("new");
    let note = text(&vault, "人物/王五.md");
    assert_eq!(note, "---\n单位: '新厂: 一'\n频率: 每半年\n---\n\n## 互动记录\n");
    assert_eq!(state_of(&vault, "王五")["cadence"], "P6M");
    vault.run(&["log", "王五", "刚认识"]).assert_done("log");
    assert_eq!(text(&vault, "人物/王五.md"), format!("{note}\n- 2026-11-20 刚认识\n"));
}

#[test]
fn the_first_person_of_a_vault_gives_it_its_language_and_says_what_the_note_is() {
    for (name, path, note) in [
        ("王五", "人物/王五.md", "---\n类型: 人物\n公司:\n职位:\n关系:\n联系频率:\n---\n\n## 互动记录\n"),
        (
            "Ann Lee",
            "People/Ann Lee.md",
            "---\ntype: person\ncompany:\nrole:\nrelationship:\ncadence:\n---\n\n## Log\n",
        ),
    ] {
        let vault = Vault::new();
        vault.run(&["new", name]).assert_done("new");
        assert_eq!(text(&vault, path), note);
        // The next note is like the one that is there.
        vault.run(&["new", "Zoe"]).assert_done("new");
        let second = path.replace(name, "Zoe");
        assert!(text(&vault, &second).starts_with(note.split_inclusive('\n').take(2).collect::<String>().as_str()));
    }
}

#[test]
fn a_template_of_the_vault_is_filled_in() {
    let vault = vault();
    vault.write("模板/人物.md", "---\n公司:\n创建: {{date:YYYY/MM/DD}}\n---\n\n# {{title}}\n\n## 互动记录\n");
    vault.run(&["new", "王五", "--company", "青榆", "--role", "顾问"]).assert_done("new");
    let expected = "---\n公司: 青榆\n创建: 2026/11/20\n职位: 顾问\n---\n\n# 王五\n\n## 互动记录\n";
    assert_eq!(text(&vault, "人物/王五.md"), expected);
}

#[test]
fn outside_a_folder_of_people_a_new_note_says_what_it_is() {
    let vault = vault();
    vault.run(&["new", "Ann Lee", "--folder", "Notes"]).assert_done("new");
    assert!(text(&vault, "Notes/Ann Lee.md").contains("类型: 人物\n"));
    assert_eq!(state_of(&vault, "Ann Lee")["path"], "Notes/Ann Lee.md");
}

#[test]
fn a_name_of_a_note_too_large_to_be_read_is_refused_and_goes_to_nobody_else() {
    let vault = vault();
    let big = format!("---\n类型: 人物\n---\n\n{}", "字".repeat(1_400_000));
    vault.write("People/Big.md", &big);
    vault.write("People/Big Ben.md", &big);
    vault.write("People/Big2.md", "---\n类型: 人物\n---\n");
    for words in [&["log", "Big", "call"][..], &["log", "Big", "Ben", "call"], &["log", "Big2,Big", "call"]] {
        let run = vault.run(words);
        assert_eq!(run.code, 3, "{words:?}: {}", run.stderr);
        assert!(run.stderr.contains("People/Big") && run.stderr.contains("4.3 MB"), "{words:?}: {}", run.stderr);
    }
    assert_eq!(text(&vault, "People/Big2.md"), "---\n类型: 人物\n---\n");
    assert_eq!(text(&vault, "People/Big.md"), big);
    vault.run(&["log", "Big2", "call"]).assert_done("log");
}

#[test]
fn a_line_in_any_real_note_changes_no_other_byte() {
    let Some(corpora) = corpora("note commands") else { return };
    let tasks = TasksSettings::default();
    let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks: &tasks };
    let line = LogLine {
        date: "2026-11-20".parse().unwrap(),
        channel: Some("call".into()),
        text: "x #got/intro".into(),
        nested: vec!["- y".into()],
        id: Some("vs-1a2b3c4d".into()),
    };
    let log = Log { target: TargetPath::new("A.md").unwrap(), lines: vec![line] };
    let (mut notes, mut written) = (0, 0);
    for entry in WalkDir::new(corpora).into_iter().flatten() {
        let is_note = entry.path().extension().is_some_and(|ending| ending == "md");
        let Some(bytes) = is_note.then(|| fs::read(entry.path()).ok()).flatten() else { continue };
        notes += 1;
        let Ok(note) = NoteText::cut(&bytes) else { continue };
        let Ok(Some(made)) = append(&note, &log, &context) else { continue };
        written += 1;
        let name = entry.path().display();
        let (old, new) = (made.old().as_bytes(), made.new().as_bytes());
        assert_eq!(old, bytes, "{name}");
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let rest = old.len() - same;
        assert!(same >= note.body_start() && new[new.len() - rest..] == old[same..], "{name}");
        let again = append(&NoteText::cut(new).unwrap(), &log, &context);
        assert_eq!(again, Ok(None), "{name}");
    }
    assert!(notes > 1_000 && written * 100 >= notes * 99, "{written} of {notes}");
}
