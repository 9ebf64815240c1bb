//! Tests of the whole body reader.

use chrono::{NaiveDate, NaiveTime};

use super::{Body, BodyContext, TaskSettings, read_body};
use crate::model::note::NoteKind;
use crate::model::span::{LineIndex, Span};
use crate::parse::words::Words;

struct FewWords;

impl Words for FewWords {
    fn is_log_heading(&self, heading: &str) -> bool {
        heading.split('/').any(|part| {
            let bare = part.split('(').next().unwrap_or_default().trim();
            matches!(bare, "log" | "interaction log" | "互动记录")
        })
    }

    fn log_column(&self, heading: &str) -> Option<&'static str> {
        match heading {
            "date" | "日期" => Some("date"),
            "type" | "类型" | "方式" => Some("channel"),
            _ => None,
        }
    }

    fn is_log_date_field(&self, key: &str) -> bool {
        matches!(key, "in" | "date" | "日期")
    }

    fn channel(&self, word: &str) -> Option<&'static str> {
        [
            ("通话", "call"),
            ("call", "call"),
            ("phone call", "call"),
            ("email", "email"),
            ("微信", "message"),
            ("午餐", "lunch"),
            ("lunch", "lunch"),
            ("met", "met"),
            ("见面", "met"),
        ]
        .into_iter()
        .find(|(name, _)| *name == word)
        .map(|(_, id)| id)
    }

    fn move_tag(&self, tag: &str) -> Option<&'static str> {
        [
            ("gave/intro", "gave/intro"),
            ("输出/引荐", "gave/intro"),
            ("got/info/source", "got/info/source"),
            ("获得/信息/源头", "got/info/source"),
            ("thanked", "thanked"),
            ("已谢", "thanked"),
            ("work", "work"),
        ]
        .into_iter()
        .find(|(name, _)| *name == tag)
        .map(|(_, id)| id)
    }

    fn move_field(&self, key: &str) -> Option<&'static str> {
        [("for", "for"), ("给", "for"), ("until", "until"), ("expires", "expires"), ("cc", "cc"), ("抄送", "cc")]
            .into_iter()
            .find(|(name, _)| *name == key)
            .map(|(_, id)| id)
    }
}

fn iso(text: &str) -> Option<(NaiveDate, Option<NaiveTime>, usize)> {
    let text = text.strip_prefix("[[").unwrap_or(text);
    let date = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    if text.get(10..)?.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let time = text.get(10..16).and_then(|t| NaiveTime::parse_from_str(t, " %H:%M").ok());
    Some((date, time, if time.is_some() { 16 } else { 10 }))
}

#[test]
fn dump() {
    let kind = match std::env::var("KIND").as_deref() {
        Ok("daily") => NoteKind::Daily,
        Ok("other") => NoteKind::Other,
        Ok("meeting") => NoteKind::Meeting,
        _ => NoteKind::Person,
    };
    let text = std::fs::read_to_string(std::env::var("F").unwrap()).unwrap();
    let lines = LineIndex::new(&text);
    let settings = TaskSettings::default();
    let b = read_body(
        &text,
        Span::new(0, text.len()),
        &BodyContext {
            kind,
            note_date: NaiveDate::from_ymd_opt(2026, 11, 20),
            words: &FewWords,
            tasks: &settings,
            lines: &lines,
            leading_date: &iso,
        },
    );
    for e in &b.entries {
        println!(
            "ENTRY {} {:?} {:?} {:?} {:?} task={:?} ch={:?} line {} text={:?} [{}]",
            e.date,
            e.time,
            e.dated_by,
            e.source,
            e.setting,
            e.task,
            e.channel,
            e.line,
            e.text,
            &text[e.span.range()]
        );
        for l in &e.links {
            println!("   link {} {:?} {:?}", l.link.target, l.link.label, l.setting);
        }
        for m in &e.moves {
            println!("   move {:?}/{:?}", m.kind, m.detail);
        }
        for m in &e.fields {
            println!("   field {:?} {:?} {:?} {}", m.kind, m.date, m.text, m.links.len());
        }
        for n in &e.nested {
            println!(
                "   nested line {} {:?} moves={} fields={} links={:?}",
                n.line,
                n.text,
                n.moves.len(),
                n.fields.len(),
                n.links.iter().map(|l| format!("{} {:?}", l.link.target, l.setting)).collect::<Vec<_>>()
            );
        }
    }
    for t in &b.tasks {
        println!("TASK {t:?}");
    }
    for t in &b.tags {
        println!("TAG {}", t.name);
    }
    for t in &b.fields {
        println!("BODYFIELD {:?} = {:?} line {}", t.key, t.value, t.line);
    }
    for t in &b.sections {
        println!("SECTION {} {:?} {} {:?}", t.level, t.heading, t.has_content, &text[t.content.range()]);
    }
    for t in &b.findings {
        println!("FINDING {:?} {:?}", &text[t.0.range()], t.1);
    }
    let _: Body = b;
}
