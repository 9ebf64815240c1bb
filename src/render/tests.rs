use std::collections::BTreeMap;

use crate::index::support::{at, day, log};
use crate::model::date::{SolarDay, YearlyDay};
use crate::model::language::Language;
use crate::model::note::Held;
use crate::report::agenda::{AgendaOptions, agenda};
use crate::report::people::people;
use crate::report::problems::{Sentence, problems};
use crate::report::stale::{StaleOptions, stale_contacts};
use crate::report::support::{contacted, days_ago, in_days, meeting, mentor, settings, today, tracked, vault, with_task};
use crate::report::show::show;
use crate::report::why::why;
use crate::index::record::PersonId;
use crate::vocabulary::Vocabulary;

use super::engine::{Engine, Medium};
use super::json::json;
use super::link::LinkWriter;
use super::style::Style;
use super::words::words;

fn engine(language: Language, medium: Medium) -> Engine {
    let words = words(Vocabulary::built_in(), language.tag());
    Engine::new(language, medium, LinkWriter::default(), words, &BTreeMap::new()).unwrap()
}

#[test]
fn demo() {
    let index = vault(vec![
        contacted("人物/李娜.md", 14, 14).build(),
        contacted("人物/张伟.md", 14, 20).with(mentor).build(),
        contacted("人物/王芳.md", 7, 100).build(),
        contacted("人物/钱七.md", 30, 26).with(|p| p.birthday = Some(at(YearlyDay::Solar(SolarDay { year: Some(1986), month: 11, day: 22 })))).build(),
        contacted("人物/孙八.md", 30, 10).build(),
        tracked("人物/周九.md", 30).with(|p| p.met_through = Some("产品大会".into())).build(),
        contacted("人物/吴十.md", 14, 0).build(),
        with_task(contacted("人物/郑一.md", 90, 3), |t| t.due = Some(days_ago(1))),
        contacted("人物/冯二.md", 30, 40).with(|p| p.snooze_until = Some(at(in_days(5)))).build(),
        contacted("人物/陈三.md", 30, 40).with(|p| { p.paused = Some(at(true)); p.pause_reason = Some("产假".into()) }).build(),
        meeting("2026-11-24 原型确认.md", Held::Planned, &["李娜", "张伟"]),
        meeting("2026-11-18 周会.md", Held::Planned, &["孙八"]),
    ]);
    for language in Language::ALL {
        for medium in [Medium::Markdown, Medium::Terminal(Style::Plain)] {
            let engine = engine(language, medium);
            let options = AgendaOptions { max_per_day: 1, ..AgendaOptions::default() };
            println!("=====\n{}", engine.render("agenda", &agenda(&index, &settings(), &options, today())).unwrap());
            println!("=====\n{}", engine.render("stale", &stale_contacts(&index, &settings(), &StaleOptions::default(), today())).unwrap());
            println!("=====\n{}", engine.render("people", &people(&index, &settings(), today())).unwrap());
            let say = |d: &crate::model::diagnostic::Diagnostic| Sentence { severity: "warning", message: format!("m {}", d.code), help: "help me".into() };
            println!("=====\n{}", engine.render("problems", &problems(&index, &say, today())).unwrap());
            println!("=====\n{}", engine.render("why", &why(&index, &settings(), PersonId(0), today()).unwrap()).unwrap());
            println!("=====\n{}", engine.render("show", &show(&index, &settings(), PersonId(9), today()).unwrap()).unwrap());
        }
    }
    let engine = engine(Language::Chinese, Medium::Terminal(Style::Plain));
    println!("{}", json(&agenda(&index, &settings(), &AgendaOptions::default(), today()), &engine).unwrap());
    println!("{}", json(&why(&index, &settings(), PersonId(0), today()).unwrap(), &engine).unwrap());
    let _ = (day("2026-11-20"), log("2026-11-20"));
}
