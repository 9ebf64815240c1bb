//! Every kind of note, by every way it is recognised.

use vault_scan::model::note::NoteKind::{
    self, Daily, Damaged, Dated, Event, Generated, Meeting, Other, Owner, Periodic, Person, Template,
};
use vault_scan::model::obsidian::{ObsidianSettings, PeriodKind, PeriodicSetting, TemplatePlace};

use crate::formats::Reading;
use crate::support::Vault;

/// Path, front matter, kind, what is said.
#[rustfmt::skip]
const NOTES: &[(&str, &str, NoteKind, &str)] = &[
    // 2 to 5: each before the rows below it
    ("People/a.md", "generated_by: vault-scan\ntype: person", Generated, ""),
    ("People/a.md", "generated_by: other\ntype: person", Generated, ""),
    ("People/_template.md", "type: person", Template, ""),
    ("Untitled.md", "type: person", Template, ""),
    ("未命名 2.md", "type: person", Template, ""),
    ("x/{{title}}.md", "type: person", Template, ""),
    ("x/<% tp.file.title %>.md", "type: person", Template, ""),
    ("x/a.md", "type: person\ncreated: {{date}}", Template, ""),
    ("x/a.md", "type: person\ncreated: <% tp.date.now() %>", Template, ""),
    ("x/a.md", "type: person\nname: \"{{VALUE:name}}\"", Template, ""),
    ("Templates/Person.md", "type: person", Template, ""),
    // 6: by type
    ("x/a.md", "type: me", Owner, ""),
    ("x/a.md", "type: self", Owner, ""),
    ("x/a.md", "type: 我", Owner, ""),
    ("x/a.md", "类型: 本人", Owner, ""),
    ("x/a.md", "type: meeting", Meeting, ""),
    ("x/a.md", "type: Meetings", Meeting, ""),
    ("x/a.md", "type: 1:1", Meeting, ""),
    ("x/a.md", "type: one-on-one", Meeting, ""),
    ("x/a.md", "类型: 会议", Meeting, ""),
    ("x/a.md", "type: 面谈", Meeting, ""),
    ("x/a.md", "type: event", Event, ""),
    ("x/a.md", "type: 活动", Event, ""),
    ("x/a.md", "type: 聚会", Event, ""),
    ("x/a.md", "type: person", Person, ""),
    ("x/a.md", "type: persons", Person, ""),
    ("x/a.md", "type: contact", Person, ""),
    ("x/a.md", "类型: 人物", Person, ""),
    ("x/a.md", "type: 联系人", Person, ""),
    ("x/a.md", "type: \"[[Person]]\"", Person, ""),
    ("x/a.md", "type: [note, person]", Person, ""),
    // by category
    ("x/a.md", "categories: \"[[Meetings]]\"", Meeting, ""),
    ("x/a.md", "categories: [\"[[会议]]\"]", Meeting, ""),
    ("x/a.md", "categories: \"[[Events]]\"", Event, ""),
    ("x/a.md", "分类: \"[[活动]]\"", Event, ""),
    ("x/a.md", "categories: \"[[People]]\"", Person, ""),
    ("x/a.md", "categories: \"[[Categories/Contacts|c]]\"", Person, ""),
    ("x/a.md", "categories: \"[[人物]]\"", Person, ""),
    ("x/a.md", "分类: [\"[[人脉]]\"]", Person, ""),
    // by tag or sub-tag
    ("x/a.md", "tags: meeting", Meeting, ""),
    ("x/a.md", "tags: [会议/周会]", Meeting, ""),
    ("x/a.md", "tag: \"#event/dinner\"", Event, ""),
    ("x/a.md", "标签: 活动", Event, ""),
    ("x/a.md", "tags: [a, person]", Person, ""),
    ("x/a.md", "tags: people", Person, ""),
    ("x/a.md", "tags: contact/friend", Person, ""),
    ("x/a.md", "tags: 人物", Person, ""),
    ("x/a.md", "tags: 人脉/导师", Person, ""),
    ("x/a.md", "tags: 联系人", Person, ""),
    ("x/a.md", "tags: a/person", Other, ""),
    // by folder
    ("People/a.md", "x: 1", Person, ""),
    ("Contacts/a.md", "x: 1", Person, ""),
    ("notes/friends/a.md", "x: 1", Person, ""),
    ("CRM/2026/a.md", "x: 1", Person, ""),
    ("04 Network/a.md", "x: 1", Person, ""),
    ("人物/a.md", "x: 1", Person, ""),
    ("03-人脉/a.md", "x: 1", Person, ""),
    ("联系人/a.md", "x: 1", Person, ""),
    ("通讯录/a.md", "x: 1", Person, ""),
    ("My People/a.md", "x: 1", Other, ""),
    ("People/README.md", "x: 1", Other, ""),
    ("People/index.md", "x: 1", Other, ""),
    ("People/People MOC.md", "x: 1", Other, ""),
    ("People/People.md", "x: 1", Other, ""),
    ("People/_index.md", "x: 1", Other, ""),
    ("People/Dana/_index.md", "x: 1", Person, ""),
    ("People/2026-11-20 聚餐.md", "x: 1", Dated, ""),
    // by both parts of a name
    ("x/a.md", "N.FN: 张\nN.GN: 三", Person, ""),
    ("x/a.md", "last_name: Li\nfirst_name: Lei", Person, ""),
    ("x/a.md", "first_name: Lei", Other, ""),
    // the upper level wins
    ("People/a.md", "type: meeting\ntags: person", Meeting, ""),
    ("People/a.md", "categories: \"[[Events]]\"\ntags: person", Event, ""),
    ("People/a.md", "tags: meeting", Meeting, ""),
    // a type of the user's own means none of these
    ("People/a.md", "type: company", Other, ""),
    ("x/a.md", "type: book\ntags: person", Other, ""),
    ("x/a.md", "type: book\nlast_name: Li\nfirst_name: Lei", Other, ""),
    ("People/a.md", "type:", Person, ""),
    ("x/a.md", "type: \"[[Authors]]\"\ncategories: \"[[People]]\"", Person, ""),
    // two classes at one level: the upper row
    ("x/a.md", "type: [person, meeting]", Meeting, "two-kinds"),
    ("x/a.md", "tags: [person, event]", Event, "two-kinds"),
    ("x/a.md", "categories: [\"[[People]]\", \"[[Meetings]]\"]", Meeting, "two-kinds"),
    ("x/a.md", "type: [me, person]", Owner, "two-kinds"),
    // 7 and 8
    ("2026-11-20.md", "x: 1", Daily, ""),
    ("2026-11-20 海边.md", "x: 1", Daily, ""),
    ("2026-W47.md", "x: 1", Periodic, ""),
    ("2026-11.md", "x: 1", Periodic, ""),
    ("2026-Q4.md", "x: 1", Periodic, ""),
    ("2026.md", "x: 1", Periodic, ""),
    ("x/2026-11-20 聚餐.md", "x: 1", Dated, ""),
    ("x/20261120 聚餐.md", "x: 1", Dated, ""),
    ("x/a.md", "date: 2026-11-20", Dated, ""),
    ("x/a.md", "日期: 2026年11月20日", Dated, ""),
    ("x/a.md", "x: 1", Other, ""),
];

#[test]
fn each_row_of_the_kinds_is_recognised() {
    let mut faults = Vec::new();
    for (path, front, kind, said) in NOTES {
        let read = Reading::of(path, &format!("---\n{front}\n---\n"));
        if (read.kind(), &*read.said) != (*kind, *said) {
            faults.push(format!("{path} {front:?}: {:?} {:?}, not {kind:?} {said:?}", read.kind(), read.said));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn merge_markers_leave_a_note_its_name_only() {
    let rows = [
        ("---\ntype: person\n---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", Damaged),
        ("---\ntype: person\n<<<<<<< HEAD\ncity: a\n=======\ncity: b\n>>>>>>> x\n---\n", Damaged),
        ("---\ntype: person\n---\n```\n<<<<<<< HEAD\na\n>>>>>>> x\n```\n", Person),
        ("---\ntype: person\n---\n标题\n=======\n", Person),
        ("---\ntype: person\n---\na <<<<<<< HEAD\n", Person),
        ("---\ngenerated_by: x\n---\n<<<<<<< HEAD\n", Generated),
    ];
    for (text, kind) in rows {
        let read = Reading::of("People/张三.md", text);
        assert_eq!(read.kind(), kind, "{text}");
        assert_eq!(read.said.contains("merge-"), kind == Damaged, "{text}");
        assert!(kind == Person || read.note.person.is_none());
    }
}

#[test]
fn names_come_from_the_key_the_parts_or_the_stem_without_its_sign() {
    let rows = [
        ("x/@李雷.md", "x: 1", "李雷"),
        ("x/李雷.md", "name: 李先生", "李先生"),
        ("x/a.md", "姓: 李\n名: 雷", "李雷"),
        ("x/a.md", "family_name: Li\ngiven_name: 雷", "雷 Li"),
        ("x/a.md", "name: 待补充\n姓: 李\n名: 雷", "李雷"),
    ];
    for (path, front, name) in rows {
        let read = Reading::of(path, &format!("---\ntype: person\n{front}\n---\n"));
        assert_eq!(read.value("name"), name, "{path} {front}");
    }
}

#[test]
fn archive_folders_give_the_status_unless_the_note_says_another() {
    let rows = [
        ("People/_archived/a.md", "x: 1", "Archived"),
        ("People/_archive/a.md", "x: 1", "Archived"),
        ("99-归档/人脉/a.md", "x: 1", "Archived"),
        ("People/_archived/a.md", "status: active", "Active"),
        ("People/archive.md", "x: 1", ""),
    ];
    for (path, front, status) in rows {
        let read = Reading::of(path, &format!("---\ntype: person\n{front}\n---\n"));
        assert_eq!(read.value("status"), status, "{path} {front}");
    }
}

#[test]
fn daily_and_periodic_notes_go_by_the_settings_of_the_vault() {
    let set = |kind, folder: &str, format: &str| PeriodicSetting {
        kind,
        folder: folder.into(),
        format: format.into(),
        source: None,
    };
    let settings = ObsidianSettings {
        periodic: vec![set(PeriodKind::Day, "日记", "YYYY/MM/YYYY-MM-DD"), set(PeriodKind::Week, "周记", "GGGG-[W]WW")],
        templates: vec![TemplatePlace::Folder("tpl".into()), TemplatePlace::Note("日记/模板".into())],
        ..ObsidianSettings::default()
    };
    #[rustfmt::skip]
    let rows = [
        ("日记/2026/11/2026-11-20.md", "x: 1", Daily, "2026-11-20", ""),
        ("日记/2026/11/2026-11-20 海边.md", "x: 1", Daily, "2026-11-20", ""),
        ("日记/2026/10/2026-11-20.md", "x: 1", Dated, "2026-11-20", ""),
        ("日记/2026/11/2026-11-20.md", "date: 2026-11-19", Daily, "2026-11-20", "date-clash"),
        ("x/2026-11-20 聚餐.md", "date: 2026-11-19", Dated, "2026-11-19", "date-clash"),
        ("x/聚餐.md", "type: meeting\ndate: 2026-11-19", Meeting, "2026-11-19", ""),
        ("x/2026-11-20 聚餐.md", "type: meeting", Meeting, "2026-11-20", ""),
        ("x/2026-11-20 聚餐.md", "type: person\ndate: 2026-11-19", Person, "", ""),
        ("周记/2026-W47.md", "x: 1", Periodic, "", ""),
        ("2026-W47.md", "x: 1", Other, "", ""),
        ("2026-11.md", "x: 1", Periodic, "", ""),
        ("tpl/人物.md", "type: person", Template, "", ""),
        ("日记/模板.md", "x: 1", Template, "", ""),
        ("Templates/人物.md", "type: person", Person, "", ""),
    ];
    for (path, front, kind, date, said) in rows {
        let read = Reading::in_vault(path, &format!("---\n{front}\n---\n"), &settings);
        let shown = read.note.date.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!((read.kind(), &*shown, &*read.said), (kind, date, said), "{path} {front}");
    }
}

#[test]
fn what_is_outside_is_not_opened_and_copies_are_no_people() {
    let person = "---\ntype: person\n---\n# 张三\n\n爱喝茶\n\n住在上海\n\n做产品\n";
    let other = "---\ntype: person\n---\n# 王五\n\n另一个人\n";
    #[rustfmt::skip]
    let rows = [
        ("人脉/张三.md", person, true, ""),
        ("人脉/.hidden/a.md", person, false, ""),
        ("excluded/b.md", person, false, ""),
        ("x/9-secret.md", person, false, ""),
        ("人脉/图.excalidraw.md", person, false, ""),
        ("conflict-files-obsidian-git.md", person, false, ""),
        ("人脉/c.txt", person, false, ""),
        ("人脉/张三 (Conflicted copy MyMac 202611201430).md", person, false, "conflict-copy"),
        ("人脉/张三.sync-conflict-20261120-143000-ABCDEFG.md", person, false, "conflict-copy"),
        ("人脉/张三 (MyMac's conflicted copy 2026-11-20).md", person, false, "conflict-copy"),
        ("人脉/张三（李四的冲突副本 2026-11-20）.md", person, false, "conflict-copy"),
        ("人脉/张三-HOST.md", person, false, "conflict-copy"),
        ("人脉/张三-HOST-2.md", person, false, "conflict-copy"),
        ("人脉/张三 2.md", person, false, "conflict-copy"),
        ("人脉/张三-Zoe.md", other, true, ""),
        ("人脉/孙七 2.md", person, true, ""),
    ];
    let vault = Vault::new();
    vault.write(".obsidian/app.json", r#"{"userIgnoreFilters": ["excluded/", "/[0-9]-secret/"]}"#);
    for (path, text, ..) in rows {
        vault.write(path, text);
    }
    let people = vault.run(&["report", "people", "--format", "json"]);
    let check = vault.run(&["check", "--format", "json"]);
    let check: serde_json::Value = serde_json::from_str(&check.stdout).unwrap();
    for (path, _, is_person, code) in rows {
        assert_eq!(people.stdout.contains(&format!("\"{path}\"")), is_person, "{path} in {}", people.stdout);
        let said: Vec<_> =
            check["diagnostics"].as_array().unwrap().iter().filter(|found| found["path"] == path).collect();
        assert_eq!(
            said.iter().any(|found| found["code"] == "conflict-copy"),
            code == "conflict-copy",
            "{path}: {said:?}"
        );
    }
}

#[test]
fn two_owner_notes_are_an_error_and_two_notes_of_one_name_a_warning() {
    let vault = Vault::new();
    for path in ["我.md", "我自己.md"] {
        vault.write(path, "---\ntype: me\n---\n");
    }
    for path in ["a/张三.md", "b/张三.md"] {
        vault.write(path, "---\ntype: person\n---\n");
    }
    let check = vault.run(&["check"]);
    assert_eq!(check.code, 1);
    assert!(check.stdout.contains("error[several-owners]") && check.stdout.contains("warning[same-name]"));
    let people = vault.run(&["report", "people", "--format", "json"]).stdout;
    assert!(people.contains("a/张三.md") && people.contains("b/张三.md"));
}
