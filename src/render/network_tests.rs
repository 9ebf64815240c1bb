//! The network report as it is read: both languages, hostile names, its JSON.

use serde_json::Value;

use crate::index::support::{at, daily, log, open_task, person, wiki};
use crate::model::language::Language;
use crate::model::moves::MoveKind;
use crate::model::note::Note;
use crate::report::network::{Network, NetworkOptions, network};
use crate::report::support::{days_ago, settings, today, vault};

use super::document::Document;
use super::engine::Medium;
use super::json::json;
use super::pictures::pictures;
use super::style::Style;
use super::tests::engine;
use crate::vocabulary::Vocabulary;

fn entry(days: i64, text: &str) -> crate::index::support::EntryBuilder {
    log(&days_ago(days).to_string()).channel("call").text(text)
}

/// Someone known long, worked with this year, and someone who could give something; both called `name`.
fn notes(name: &str) -> Vec<Note> {
    let worked = entry(90, name).moved(MoveKind::Cooperated).moved(MoveKind::Got);
    let change = |person: &mut crate::model::person::Person| {
        person.name = name.into();
        person.company = vec![wiki(name)];
        person.industry = Some(name.into());
        person.offers = vec![at(name.into())];
    };
    vec![
        person("人物/a.md").entry(entry(200, name)).entry(worked).with(change).build(),
        person("人物/b.md").with(change).with(|person| person.introduced_by = Some(wiki("a"))).build(),
        person("人物/c.md").with(change).build(),
    ]
}

fn report(name: &str) -> Network {
    network(&vault(notes(name)), &settings(), &NetworkOptions { shown: 2 }, today())
}

#[test]
fn it_reads_as_it_should_in_both_languages() {
    let chinese = engine(Language::Chinese, Medium::Markdown).render("network", &report("李娜")).unwrap();
    for line in [
        "2026 年 11 月 20 日，周五。共 3 位：人脉 1 位，朋友 0 位，相识 2 位。强联系 0 位，弱联系 1 位，还没有联系过的 2 位。",
        "### 一起做事，成了人脉\n\n- [[a|李娜]]：8 月 22 日通话：李娜（5 月 4 日认识）\n",
        "- [[b|李娜]]：还没有联系过\n  - 能提供：李娜\n",
        "- 公司（3 位写了）：李娜 3，一多半的人都在李娜\n",
        "- [[b|李娜]]：还没有记联系方式\n",
        "图里只画联系最多的 2 位，另有 1 位没有画。\n",
        "箭头是引荐：李娜 → 李娜（→ 是对方介绍给你，↔ 是你牵的线）。",
        "![2025 年 11 月 17 日到 11 月 20 日，2 天里联系了 2 人次](contacts.svg)",
    ] {
        assert!(chinese.contains(line), "{line}\nin\n{chinese}");
    }
    let english = engine(Language::English, Medium::Markdown).render("network", &report("Ann")).unwrap();
    for line in [
        "3 people: 1 in your network, 0 friends, 2 acquaintances. 0 strong ties, 1 weak one, 2 not contacted yet.",
        "### Now worked with\n\n- [[a|Ann]]: 22 Aug, call: Ann (met 4 May)\n",
        "The picture shows the 2 strongest ties; 1 more are left out.\n",
        "![17 Nov 2025 to 20 Nov: contacts on 2 days, 2 in all](contacts.svg)",
    ] {
        assert!(english.contains(line), "{line}\nin\n{english}");
    }
    let terminal = engine(Language::English, Medium::Terminal(Style::Plain)).render("network", &report("Ann")).unwrap();
    assert!(terminal.contains("Now worked with\n") && !terminal.contains("flowchart"), "{terminal}");
}

#[test]
fn a_name_that_would_act_is_inert_in_text_and_in_the_picture() {
    for language in Language::ALL {
        let engine = engine(language, Medium::Markdown);
        let lines = |name: &str| engine.render("network", &report(name)).unwrap().lines().count();
        for name in
            ["[[x]]", "a|b", "<b>x", "`c`", "```", "\"]\nend", "🙂", "\u{202e}x", "%%x%%", "{{x}}", "a:: b", "#tag"]
        {
            let text = engine.render("network", &report(name)).unwrap();
            assert_eq!(text.lines().count(), lines("plain"), "{name:?}\n{text}");
            let (before, rest) = text.split_once("```mermaid\n").unwrap();
            let (chart, after) = rest.split_once("\n```\n").unwrap();
            assert!(!after.contains("```") && !before.contains("```"), "{name:?}");
            for line in chart.lines().skip(1).filter(|line| line.contains('"')) {
                assert_eq!(line.matches('"').count(), 2, "{line}");
                assert!(!line.replace("<br>", "").contains(['<', '`', '%', '{', '\u{202e}']), "{line}");
            }
            for sign in ["<b>", "{{", "::", "[[x]]"] {
                assert!(!(before.to_owned() + after).contains(sign), "{sign} of {name:?}\n{text}");
            }
        }
    }
}

/// Two people called `name` who fit, and two who were brought together; a third pair is promised.
fn brought_together(name: &str) -> Network {
    let need = format!("冷库盘点 {name}");
    let called = |path: &str| person(path).with(|person| person.name = name.into());
    let intro = entry(9, name).link("d").with_move(MoveKind::Gave, "intro");
    let mut diary = daily("2026-11-03.md").build();
    let mut task = open_task(name, 3);
    (task.links, task.introduces) = (vec![wiki("a"), wiki("c")], true);
    diary.tasks.push(task);
    let notes = vec![
        called("人物/a.md").with(|person| person.needs = vec![at(need.as_str().into())]).build(),
        called("人物/b.md").with(|person| person.offers = vec![at(need.as_str().into())]).build(),
        called("人物/c.md").entry(intro).build(),
        called("人物/d.md").build(),
        diary,
    ];
    network(&vault(notes), &settings(), &NetworkOptions { shown: 2 }, today())
}

#[test]
fn a_name_that_would_act_is_inert_among_introductions_too() {
    for language in Language::ALL {
        let engine = engine(language, Medium::Markdown);
        let plain = brought_together("plain");
        let counts = (plain.introductions.suggested.len(), plain.introductions.promised.len());
        assert_eq!((counts, plain.introductions.made.len()), ((1, 1), 1));
        let lines = engine.render("network", &plain).unwrap().lines().count();
        for name in
            ["[[x]]", "a|b", "<b>x", "`c`", "```", "- [x] y", "🙂", "\u{202e}x", "%%x%%", "{{x}}", "a:: b", "#tag"]
        {
            let text = engine.render("network", &brought_together(name)).unwrap();
            assert_eq!(text.lines().count(), lines, "{name:?}\n{text}");
            let boxes: Vec<_> = text.lines().filter(|line| line.starts_with("- [ ] ")).collect();
            assert_eq!(boxes.len(), 1, "{name:?}\n{text}");
            assert!(boxes[0].rsplit_once(" ^vs-").is_some_and(|(_, id)| id.len() == 8), "{}", boxes[0]);
            let section = text.split("```mermaid").next().unwrap();
            for sign in ["<b>", "{{x", ":: b", "[[x]]", "```", "%%x", "\n- [x] y", "\u{202e}", " #tag"] {
                assert!(!section.contains(sign), "{sign:?} of {name:?}\n{section}");
            }
        }
    }
}

#[test]
fn only_this_report_has_the_picture_of_contacts() {
    let drawn = pictures(&Document::Network(Box::new(report("Ann"))), Vocabulary::built_in(), Language::English);
    assert_eq!(drawn.iter().map(|(file, _)| file.file_name()).collect::<Vec<_>>(), ["contacts.svg"]);
    assert!(drawn[0].1.starts_with("<svg ") && drawn[0].1.ends_with("</svg>"));
}

#[test]
fn its_json_tells_all_that_the_note_shows() {
    let text = json(&report("Ann"), &engine(Language::English, Medium::Terminal(Style::Plain))).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    for (place, expected) in [
        ("/schema", Value::from("vault-scan/network/1")),
        ("/ties/network", 1.into()),
        ("/changes/0/state", "network".into()),
        ("/changes/0/came_by/1/line/source/path", "人物/a.md".into()),
        ("/changes/0/came_by/1/line/source/line", 11.into()),
        ("/weak_ties/0/gave/0/favour", Value::Null),
        ("/weak_ties/0/could_give/0/source/line", 2.into()),
        ("/weak_ties/1/last", Value::Null),
        ("/coverage/0/field", "industry".into()),
        ("/coverage/0/thin/crowded", "Ann".into()),
        ("/reach_gaps/0/missing/0", "phone".into()),
        ("/graph/hidden", 1.into()),
        ("/graph/arrows/0/by", "them".into()),
        ("/contacts/days/0/date", "2026-05-04".into()),
    ] {
        assert_eq!(report.pointer(place), Some(&expected), "{place}\n{text}");
    }
}
