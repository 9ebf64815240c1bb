//! Names and words that would act if they could, in every report and medium.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::index::record::PersonId;
use crate::index::support::{at, daily, line, log, wiki};
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::model::moves::MoveKind;
use crate::model::note::{Held, Note, NoteKind};
use crate::model::path::NotePath;
use crate::report::agenda::{AgendaOptions, agenda};
use crate::report::endorsers::endorsers;
use crate::report::information::information;
use crate::report::ledger::ledger;
use crate::report::people::people;
use crate::report::problems::{Sentence, problems};
use crate::report::show::show;
use crate::report::stale::{StaleOptions, stale_contacts};
use crate::report::support::{contacted, days_ago, in_days, meeting, settings, today, vault, with_task};
use crate::report::why::why;

use super::engine::{Engine, Medium};
use super::json::json;
use super::style::Style;
use super::tests::engine;

const HOSTILE: [&str; 34] = [
    "a|b",
    "| a | b |",
    "a\nb",
    "a\r\n\r\n# b",
    "a\u{2028}- [x] b",
    "`code`",
    "```\nfence",
    "<% tp.file.title %>",
    "<%* x %>",
    "{{title}}",
    "{%raw%}",
    "due:: 2026-01-01",
    "[due:: 2026-01-01]",
    "%%hidden%%",
    "==mark==",
    "x ^vs-00000000",
    "^id",
    "#tag",
    "#标签/子",
    "[[Other]]",
    "![[embed]]",
    "![x](https://e.example/x.png)",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<!-- vault-scan:end agenda -->",
    "$x$ *a* _b_ ~~c~~ **d** __e__",
    "- [x] done",
    "1. one",
    "> quote",
    "---",
    "\\",
    "a\u{1b}[31mred\u{7}\u{9b}2J",
    "\u{202e}evil\u{2066}x\u{2069}\u{200f}",
    "a\u{feff}\u{0}\u{85}b",
];

/// Someone with `text` in every field that reports show, a task and an event.
fn notes(text: &str) -> Vec<Note> {
    let someone =
        contacted("人物/a.md", 10, 20).name(text).entry(log(&days_ago(12).to_string()).text(text)).with(|person| {
            person.aliases = vec![text.into()];
            person.company = vec![wiki(text)];
            person.role = Some(text.into());
            person.city = Some(text.into());
            person.met_through = Some(text.into());
            person.topics = vec![text.into()];
            person.notes = Some(text.into());
            person.decision = Some(text.into());
            person.my_offer = vec![at(text.into())];
        });
    let someone = ["endorsement", "info/relayed"].into_iter().fold(someone, |note, detail| {
        let mut entry = log(&days_ago(30).to_string()).text(text).moved(MoveKind::Got);
        entry.0.moves.iter_mut().for_each(|moved| moved.detail = Some(detail.into()));
        note.entry(entry)
    });
    let kinds = [MoveKind::Captured, MoveKind::Question, MoveKind::Observed, MoveKind::Gave, MoveKind::Thanked];
    let someone =
        kinds.into_iter().fold(someone, |note, kind| note.entry(log(&days_ago(25).to_string()).text(text).moved(kind)));
    let event = meeting(&format!("{}.md", in_days(3)), Held::Planned, &["a"]);
    let mut event = Note { kind: NoteKind::Event, ..event };
    if let Some(occasion) = &mut event.occasion {
        occasion.title = Some(text.into());
        occasion.place = Some(text.into());
    }
    let got = log(&days_ago(50).to_string()).text(text).with_move(MoveKind::Got, "gift");
    let thanked = log(&days_ago(49).to_string()).text(text).moved(MoveKind::Thanked);
    let open = log(&days_ago(9).to_string()).text(text).with_move(MoveKind::Got, "intro");
    let gave = log(&days_ago(60).to_string()).text(text).with_move(MoveKind::Gave, "share");
    let someone = someone.entry(got).entry(thanked).entry(open).entry(gave);
    let kept = daily(&format!("{}.md", days_ago(3))).entry(line(&days_ago(3).to_string()).text(text).kept_for("a"));
    vec![with_task(someone, |task| (task.text, task.due) = (text.into(), Some(today().0))), event, kept.build()]
}

/// All reports about one text, by name.
fn reports(text: &str, engine: &Engine) -> BTreeMap<&'static str, String> {
    let mut index = vault(notes(text));
    index.diagnostics.push(Finding::new("alias-link", []).about(&NotePath::new("a.md")));
    let say = |_: &Diagnostic| Sentence { severity: "warning", message: text.into(), help: text.into() };
    let (settings, today) = (settings(), today());
    let agenda = agenda(&index, &settings, &AgendaOptions::default(), today);
    let stale = stale_contacts(&index, &settings, &StaleOptions::default(), today);
    let chain = why(&index, &settings, PersonId(0), today).unwrap();
    BTreeMap::from([
        ("agenda", engine.render("agenda", &agenda).unwrap()),
        ("endorsers", engine.render("endorsers", &endorsers(&index, &settings, today)).unwrap()),
        ("information", engine.render("information", &information(&index, &settings, today)).unwrap()),
        ("ledger", engine.render("ledger", &ledger(&index, &settings, today)).unwrap()),
        ("stale", engine.render("stale", &stale).unwrap()),
        ("people", engine.render("people", &people(&index, &settings, today)).unwrap()),
        ("problems", engine.render("problems", &problems(&index, &|_| true, &say, today)).unwrap()),
        ("show", engine.render("show", &show(&index, &settings, PersonId(0), today).unwrap()).unwrap()),
        ("why", engine.render("why", &chain).unwrap()),
        ("json", json(&agenda, engine).unwrap()),
    ])
}

/// What a reader of Markdown sees: blocks by name, and everything that only markup of a note could have made.
fn shape(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TASKLISTS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH;
    let mut shape = Vec::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.ends_with(".md"), "a link to {dest_url} in {text}");
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::TableRow | Tag::List(_)) => {
                shape.push(String::new());
            }
            Event::Start(Tag::Heading { level, .. }) => shape.push(level.to_string()),
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::BlockQuote(_))
            | Event::End(_)
            | Event::Text(_)
            | Event::SoftBreak => {}
            Event::TaskListMarker(done) => assert!(!done, "a ticked box in {text}"),
            other => panic!("{other:?} in {text}"),
        }
    }
    shape
}

#[test]
fn in_markdown_every_text_is_as_inert_as_a_plain_one() {
    for language in Language::ALL {
        let engine = engine(language, Medium::Markdown);
        let plain = reports("plain", &engine);
        for hostile in HOSTILE {
            let found = reports(hostile, &engine);
            for (name, text) in found.iter().filter(|(name, _)| **name != "json") {
                assert_eq!(shape(text), shape(&plain[name]), "{name} with {hostile:?}:\n{text}");
                let raw = ["<%", "{{", "::", "%%", "==", "<script", "<!--", "![", "[[Other"];
                for sign in raw {
                    assert!(!text.contains(sign), "{sign} of {hostile:?} in {name}:\n{text}");
                }
                let tags = text.match_indices(['#', '^']).filter(|(at, sign)| {
                    let before = &text[..*at];
                    let ours = *sign == "^" && text[*at..].starts_with("^vs-") && before.ends_with(' ');
                    !(before.ends_with('\\') || before.ends_with(['#', '\n', '&']) || before.is_empty() || ours)
                });
                assert_eq!(tags.collect::<Vec<_>>(), [], "{name} with {hostile:?}:\n{text}");
                let ids = text.lines().filter(|line| line.contains(" ^vs-"));
                assert!(ids.clone().all(|line| line.matches(" ^vs-").count() == 1), "{text}");
                assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
                assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200f}', '\u{feff}']), "{text:?}");
            }
        }
    }
}

#[test]
fn on_a_terminal_and_in_json_no_control_and_no_direction_mark_arrives() {
    let acts = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    for language in Language::ALL {
        let engine = engine(language, Medium::Terminal(Style::Plain));
        let plain = reports("plain", &engine);
        for hostile in HOSTILE {
            for (name, text) in reports(hostile, &engine) {
                assert!(!text.contains(acts), "{name} with {hostile:?}: {text:?}");
                assert_eq!(text.lines().count(), plain[name].lines().count(), "{name} with {hostile:?}:\n{text}");
                if name == "json" {
                    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
                    assert_eq!(document["items"][0]["person"], hostile, "a script gets the name as it is written");
                }
            }
        }
    }
}
