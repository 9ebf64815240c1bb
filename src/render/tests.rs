//! Reports as they are read: both languages, all media, hostile text, JSON.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::index::record::PersonId;
use crate::index::support::{at, log, person};
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::model::note::{Held, Note};
use crate::model::path::NotePath;
use crate::model::task::TaskState;
use crate::report::agenda::{Agenda, AgendaOptions, agenda};
use crate::report::people::people;
use crate::report::problems::{Sentence, problems};
use crate::report::run::{WatchLine, WatchSummary};
use crate::report::show::show;
use crate::report::stale::{StaleOptions, stale_contacts};
use crate::report::support::{
    contacted, days_ago, in_days, meeting, mentor, settings, today, tracked, vault, weekly, with_task,
};
use crate::report::why::why;
use crate::vocabulary::Vocabulary;

use super::engine::{Engine, Medium};
use super::json::json;
use super::link::LinkWriter;
use super::style::Style;
use super::words::words;

const MEDIA: [Medium; 3] = [Medium::Markdown, Medium::Terminal(Style::Plain), Medium::Terminal(Style::Colour)];

pub(super) fn engine(language: Language, medium: Medium) -> Engine {
    let words = words(Vocabulary::built_in(), language.tag());
    Engine::new(language, medium, LinkWriter::default(), words, &BTreeMap::new()).unwrap()
}

pub(super) fn agenda_of(notes: Vec<Note>, max_per_day: usize) -> Agenda {
    agenda(&vault(notes), &settings(), &AgendaOptions { max_per_day, ..AgendaOptions::default() }, today())
}

fn say(_: &Diagnostic) -> Sentence {
    Sentence { severity: "warning", message: HOSTILE.into(), help: "改一改".into() }
}

const HOSTILE: &str = "[[x]] <script> | a\n- [x] fake %% {{ :: ^vs-00000000 <!-- vault-scan:end agenda -->";

/// A vault that has a line of every kind.
pub(super) fn full() -> Vec<Note> {
    vec![
        contacted("人物/李娜.md", 14, 14).build(),
        contacted("人物/张伟.md", 14, 20).with(mentor).build(),
        contacted("人物/王芳.md", 7, 100).build(),
        contacted("人物/孙八.md", 30, 10).with(weekly).build(),
        tracked("人物/周九.md", 30).with(|person| person.met_through = Some("产品大会".into())).build(),
        contacted("人物/吴十.md", 14, 0).build(),
        with_task(contacted("人物/郑一.md", 90, 3), |task| task.due = Some(days_ago(1))),
        contacted("人物/冯二.md", 30, 40).with(|person| person.snooze_until = Some(at(in_days(5)))).build(),
        contacted("人物/陈三.md", 30, 40).with(|person| person.paused = Some(at(true))).build(),
        (0..5).fold(person("人物/褚四.md"), |built, n| built.entry(log(&days_ago(60 + 7 * n).to_string()))).build(),
        meeting("2026-11-24 原型确认.md", Held::Planned, &["李娜"]),
        meeting("2026-11-18 周会.md", Held::Planned, &["孙八"]),
    ]
}

#[test]
fn the_agenda_reads_as_it_should_in_both_languages() {
    let agenda = agenda_of(
        vec![
            contacted("人物/张伟.md", 14, 20).with(mentor).build(),
            contacted("人物/王芳.md", 30, 40).build(),
            with_task(contacted("人物/郑一.md", 90, 3), |task| task.due = Some(days_ago(1))),
        ],
        1,
    );
    let chinese = engine(Language::Chinese, Medium::Markdown).render("agenda", &agenda).unwrap();
    for line in [
        "# 日程\n\n2026 年 11 月 20 日，周五。今天请联系 1 位，另有 1 件事要做。\n\n## 今天\n\n### 联系\n\n",
        "- [ ] [[张伟]]：逾期 6 天，自定每 14 天一次。上次 10 月 31 日通话：谈了新项目 ^vs-",
        "> [!note]- 还有 1 位也到期了，改天联系也可以\n> - [ ] [[王芳]]：逾期 10 天，自定每 30 天一次",
        "- [ ] [[郑一]]：逾期 1 天，发报价 ^vs-",
    ] {
        assert!(chinese.contains(line), "{line}\nin\n{chinese}");
    }
    let english = engine(Language::English, Medium::Markdown).render("agenda", &agenda).unwrap();
    for line in [
        "# Agenda\n\nFriday, 20 November 2026. Today: 1 person to contact, 1 thing to do.\n\n## Today\n\n### Get in touch\n\n",
        "- [ ] [[张伟]]: 6 days late, set to every 14 days. Last 31 Oct, call: 谈了新项目 ^vs-",
        "> [!note]- 1 more is due and can wait for another day\n> - [ ] [[王芳]]: 10 days late, set to every 30 days",
        "- [ ] [[郑一]]: 1 day late, 发报价 ^vs-",
    ] {
        assert!(english.contains(line), "{line}\nin\n{english}");
    }
}

#[test]
fn a_contact_that_is_far_off_is_one_short_line() {
    let near = contacted("人物/近.md", 30, 25).build();
    let agenda = agenda_of(vec![contacted("人物/远.md", 60, 40).build(), near], 5);
    for (language, far, last) in [
        (
            Language::Chinese,
            "- [ ] [[远]]：12 月 10 日（周四），自定每 60 天一次 ^vs-",
            "上次 10 月 26 日通话：谈了新项目 ^vs-",
        ),
        (
            Language::English,
            "- [ ] [[远]]: Thu 10 Dec, set to every 60 days ^vs-",
            "Last 26 Oct, call: 谈了新项目 ^vs-",
        ),
    ] {
        let text = engine(language, Medium::Markdown).render("agenda", &agenda).unwrap();
        assert!(text.contains(far) && text.contains(last), "{text}");
    }
}

#[test]
fn old_questions_stand_apart_from_contacts_that_can_wait() {
    let asked = |path: &str, days| {
        let entry = log(&days_ago(days).to_string()).task(TaskState::Open).text("看展");
        contacted(path, 30, 40).entry(entry).build()
    };
    let notes = (0..7).map(|n| asked(&format!("甲{n}.md"), 60 + n)).chain([asked("乙.md", 3)]).collect::<Vec<_>>();
    let agenda = agenda(&vault(notes), &settings(), &AgendaOptions::default(), today());
    for (language, medium, lines) in [
        (
            Language::Chinese,
            Medium::Markdown,
            [
                "### 见面了吗？\n\n- [ ] [[乙]]：11 月 17 日见面了吗？原定：看展 ^vs-",
                "> [!note]- 还有 7 次见面约在一个多月前，至今没有下文：见了就在原来的笔记里打勾或补一句，没见成就删掉\n\
                 > - [ ] [[甲0]]：9 月 21 日见面了吗？原定：看展 ^vs-",
                "> [!note]- 还有 3 位也到期了，改天联系也可以\n> - [ ] [[",
            ],
        ),
        (
            Language::English,
            Medium::Markdown,
            [
                "### Did you meet?\n\n- [ ] [[乙]]: did you meet on 17 Nov? Planned: 看展 ^vs-",
                "> [!note]- 7 older plans nobody has confirmed: tick or fill in what took place, delete what did not\n\
                 > - [ ] [[甲0]]: did you meet on 21 Sep? Planned: 看展 ^vs-",
                "> [!note]- 3 more are due and can wait for another day\n> - [ ] [[",
            ],
        ),
        (
            Language::Chinese,
            Medium::Terminal(Style::Plain),
            [
                "    还有 7 次见面约在一个多月前，至今没有下文：见了就在原来的笔记里打勾或补一句，没见成就删掉\n    甲0 ",
                "    ……以及另外 2 次，`--format markdown` 列出全部\n  联系\n",
                "    还有 3 位也到期了，改天联系也可以：\n    ",
            ],
        ),
        (
            Language::English,
            Medium::Terminal(Style::Plain),
            [
                "    7 older plans nobody has confirmed: tick or fill in what took place, delete what did not\n    甲0 ",
                "    … and 2 others: `--format markdown` lists them all\n  Get in touch\n",
                "    3 more due, for another day:\n    ",
            ],
        ),
    ] {
        let text = engine(language, medium).render("agenda", &agenda).unwrap();
        for line in lines {
            assert!(text.contains(line), "{line}\nin\n{text}");
        }
    }
}

#[test]
fn the_opening_line_counts_the_meetings_to_confirm() {
    let asked = log(&days_ago(3).to_string()).task(TaskState::Open).text("看展");
    let notes = vec![contacted("乙.md", 30, 10).entry(asked).build()];
    let agenda = agenda(&vault(notes), &settings(), &AgendaOptions::default(), today());
    for (language, line) in [
        (Language::English, "Today: nobody to contact, 1 earlier meeting to confirm."),
        (Language::Chinese, "今天没有人要联系，有 1 次见面要确认。"),
    ] {
        for medium in [Medium::Markdown, Medium::Terminal(Style::Plain)] {
            let text = engine(language, medium).render("agenda", &agenda).unwrap();
            assert!(text.contains(line), "{line}\nin\n{text}");
        }
    }
}

#[test]
fn the_line_of_a_watch_tells_how_it_looks_within_eighty_columns() {
    for (language, polling, words) in [
        (Language::English, true, "polling"),
        (Language::English, false, "watching, Ctrl-C ends"),
        (Language::Chinese, true, "定时查看中"),
        (Language::Chinese, false, "守望中，Ctrl-C 结束"),
    ] {
        let summary = WatchSummary {
            line: WatchLine::Status,
            time: "19:05".into(),
            polling,
            notes: 9_999,
            people: 99,
            items: 19,
            changed: Vec::new(),
            noted: Vec::new(),
            written: Vec::new(),
            last: "19:05".into(),
            last_noted: 0,
        };
        let text = engine(language, Medium::Terminal(Style::Plain)).render("watch", &summary).unwrap();
        assert!(text.contains(words), "{text}");
        assert!(text.trim_end().width() < 80, "{text}");
    }
}

#[test]
fn every_report_renders_in_every_language_and_medium() {
    let mut index = vault(full());
    index.diagnostics.push(Finding::new("alias-link", []).about(&NotePath::new("日记/2026-11-20.md")));
    let (settings, today) = (settings(), today());
    for language in Language::ALL {
        for medium in MEDIA {
            let engine = engine(language, medium);
            let texts = [
                engine.render("agenda", &agenda(&index, &settings, &AgendaOptions::default(), today)).unwrap(),
                engine.render("stale", &stale_contacts(&index, &settings, &StaleOptions::default(), today)).unwrap(),
                engine.render("people", &people(&index, &settings, today)).unwrap(),
                engine.render("problems", &problems(&index, &|_| true, &say, today)).unwrap(),
                engine.render("why", &why(&index, &settings, PersonId(0), today).unwrap()).unwrap(),
                engine.render("show", &show(&index, &settings, PersonId(1), today).unwrap()).unwrap(),
            ];
            for text in texts {
                assert!(!text.contains("P14D") && !text.contains("none") && !text.contains("undefined"), "{text}");
                let headings = text.lines().filter(|line| line.starts_with('#'));
                assert!(headings.clone().all(|line| !line.contains("2026") && !line.contains("11 月")), "{text}");
                if medium != Medium::Terminal(Style::Colour) {
                    assert!(!text.contains('\u{1b}'));
                }
            }
        }
    }
}

/// Every list item, its text, and whether it holds a link or raw HTML, as a Markdown reader sees them.
pub(super) fn items(text: &str) -> Vec<String> {
    let (mut items, mut depth) = (Vec::<String>::new(), 0);
    for event in
        Parser::new_ext(text, Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
    {
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                items.push(String::new());
            }
            Event::End(TagEnd::Item) => depth -= 1,
            Event::TaskListMarker(done) => assert!(!done, "a ticked box in {text}"),
            Event::Text(text) | Event::Code(text) => {
                if let Some(item) = items.last_mut().filter(|_| depth > 0) {
                    item.push_str(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {text}"),
            Event::Start(Tag::Heading { level, .. }) => assert!(level <= HeadingLevel::H3),
            _ => {}
        }
    }
    items
}

#[test]
fn hostile_names_and_words_stay_inert() {
    let notes = || {
        let hostile = contacted("人物/a.md", 10, 20)
            .name(HOSTILE)
            .entry(log(&days_ago(12).to_string()).text(HOSTILE))
            .with(|person| person.met_through = Some(HOSTILE.into()));
        vec![with_task(hostile, |task| (task.text, task.due) = (HOSTILE.into(), Some(today().0)))]
    };
    let agenda = agenda_of(notes(), 5);
    let index = vault(notes());
    for language in Language::ALL {
        let engine = engine(language, Medium::Markdown);
        let text = engine.render("agenda", &agenda).unwrap();
        let found = items(&text);
        assert_eq!(found.len(), agenda.items.len(), "{text}");
        for (item, line) in found.iter().zip(&agenda.items) {
            assert!(item.ends_with(&format!(" ^{}", line.id)), "{item}");
        }
        for sign in ["[[x", "%%", "{{", "::", "<!--", "<script"] {
            assert!(!text.contains(sign), "{sign} in {text}");
        }
        let stale = stale_contacts(&index, &settings(), &StaleOptions::default(), today());
        assert_eq!(items(&engine.render("stale", &stale).unwrap()).len(), 1);
        let mut index = vault(notes());
        index.diagnostics.push(Finding::new("alias-link", []).about(&NotePath::new("a.md")));
        assert_eq!(items(&engine.render("problems", &problems(&index, &|_| true, &say, today())).unwrap()).len(), 2);
        let table = engine.render("people", &people(&index, &settings(), today())).unwrap();
        let rows = table.lines().filter(|line| line.starts_with('|')).count();
        assert_eq!(rows, 3, "{table}");
        let cells = Parser::new_ext(&table, Options::ENABLE_TABLES)
            .filter(|event| matches!(event, Event::Start(Tag::TableCell)))
            .count();
        assert_eq!(cells, 12, "{table}");
    }
}

#[test]
fn a_terminal_receives_no_control_characters_of_a_note() {
    let notes = vec![contacted("a.md", 10, 20).name("a\u{1b}[31m\u{202e}b\n").build()];
    let text =
        engine(Language::English, Medium::Terminal(Style::Plain)).render("agenda", &agenda_of(notes, 5)).unwrap();
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
}

#[test]
fn json_has_the_fields_of_the_contract_in_order() {
    let index = vault(full());
    let engine = engine(Language::Chinese, Medium::Terminal(Style::Plain));
    let text = json(&agenda_of(full(), 5), &engine).unwrap();
    assert!(text.starts_with("{\n  \"schema\": \"vault-scan/agenda/1\",\n  \"today\": \"2026-11-20\",\n"), "{text}");
    assert!(text.ends_with("}\n"));
    let document: Value = serde_json::from_str(&text).unwrap();
    for item in document["items"].as_array().unwrap() {
        for field in ["id", "section", "kind", "person", "path", "date", "late_days", "why", "source"] {
            assert!(item.get(field).is_some(), "{field} in {item}");
        }
        assert!(item["why"].as_str().is_some_and(|why| !why.is_empty() && !why.contains("[[")), "{item}");
    }
    let stale = stale_contacts(&index, &settings(), &StaleOptions::default(), today());
    let document: Value = serde_json::from_str(&json(&stale, &engine).unwrap()).unwrap();
    let items = document["items"].as_array().unwrap();
    assert_eq!(items[0]["why"], "100 天没有联系，自定每 7 天一次。上次 8 月 12 日通话：谈了新项目");
    assert_eq!(items[0]["due"], "2026-08-19");
    assert!(items.iter().all(|item| item["why"].is_string() && item["cadence_rule"].is_string()));
    let chain = why(&index, &settings(), PersonId(0), today()).unwrap();
    let document: Value = serde_json::from_str(&json(&chain, &engine).unwrap()).unwrap();
    assert_eq!(document["schema"], "vault-scan/why/1");
    for list in [&document["due"]["steps"], &document["counted"]] {
        assert!(list.as_array().unwrap().iter().all(|one| one["why"].as_str().is_some_and(|why| !why.is_empty())));
    }
}

#[test]
fn times_are_hours_and_minutes() {
    let built = contacted("a.md", 10, 20).with(weekly).with(|person| {
        if let Some(meeting) = &mut person.meeting {
            meeting.value.time = chrono::NaiveTime::from_hms_opt(9, 30, 0);
        }
    });
    let agenda = agenda_of(vec![built.build()], 5);
    let engine = engine(Language::English, Medium::Terminal(Style::Plain));
    let document: Value = serde_json::from_str(&json(&agenda, &engine).unwrap()).unwrap();
    assert_eq!(document["items"][0]["reason"]["time"], "09:30");
    assert!(document["items"][0]["why"].as_str().unwrap().starts_with("standing meeting at 09:30."));
}

#[test]
fn the_sentences_of_many_values_cost_one_template() {
    let reason = &agenda_of(vec![contacted("a.md", 10, 20).build()], 5).items[0].reason.clone();
    let reasons = vec![reason; 3000];
    let engine = engine(Language::English, Medium::Terminal(Style::Plain));
    let sentences = engine.phrases("why", &reasons, today().0).unwrap();
    assert_eq!(sentences.len(), 3000);
    assert!(sentences.iter().all(|sentence| sentence.starts_with("10 days late")));
    assert_eq!(engine.phrase("why", reason, today().0).unwrap(), sentences[0]);
}

#[test]
fn a_template_of_the_vault_takes_the_place_of_ours_and_fails_with_its_line() {
    let own = |text: &str| BTreeMap::from([("agenda.md.j2".to_owned(), text.to_owned())]);
    let build = |text: &str| {
        let words = words(Vocabulary::built_in(), Language::English.tag());
        Engine::new(Language::English, Medium::Markdown, LinkWriter::default(), words, &own(text))
    };
    let agenda = agenda_of(vec![contacted("a.md", 10, 20).name("<b>").build()], 5);
    let text = build("{% for i in items %}{{ i.person }}{% endfor %}").unwrap().render("agenda", &agenda).unwrap();
    assert_eq!(text, "&lt;b&gt;");
    let built_in = engine(Language::English, Medium::Markdown);
    let sentence = built_in.phrase("why", &agenda.items[0].reason, today().0).unwrap();
    let text = build("{{ items[0].why }}").unwrap().render("agenda", &agenda).unwrap();
    assert_eq!(text, sentence, "the data of the JSON, escaped once");
    let error = build("a\n{{ items.nothing.here }}").unwrap().render("agenda", &agenda).unwrap_err();
    assert_eq!((error.template.as_str(), error.line), ("agenda.md.j2", 2));
}
