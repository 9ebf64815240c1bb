//! The JSON that scripts rely on: every field by name and type, with a line that has it and one that lacks it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use crate::index::record::PersonId;
use crate::index::support::{at, day, log, person};
use crate::model::date::{SolarDay, YearlyDay};
use crate::model::diagnostic::Finding;
use crate::model::entry::{EntrySource, Setting};
use crate::model::language::Language;
use crate::model::note::{Held, Note, NoteKind};
use crate::model::path::NotePath;
use crate::model::person::{Closeness, Status};
use crate::model::today::Today;
use crate::report::agenda::{AgendaOptions, agenda};
use crate::report::people::people;
use crate::report::problems::{Sentence, problems};
use crate::report::stale::{StaleOptions, stale_contacts};
use crate::report::support::{contacted, in_days, meeting, settings, today, vault, weekly};
use crate::report::why::why;

use super::engine::Medium;
use super::json::json;
use super::style::Style;
use super::tests::{engine, full};

const STATES: &str = "ok|due|late|lost|planned|snoozed|skipped|paused|let-go|never|untracked";
const RULES: &str = "own|preset|tag|closeness|default|none";

/// Field and type. A `?` lets it be `null`; words stand side by side with `|`; `[…]` is a list.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// A vault in which every field is given once and missing once.
fn notes() -> Vec<Note> {
    let mut notes = full();
    let born = YearlyDay::Solar(SolarDay { year: Some(1986), month: 11, day: 21 });
    let timed = contacted("人物/卫五.md", 30, 10).with(weekly).with(|person| {
        person.birthday = Some(at(born));
        person.closeness = Some(at(Closeness::Core));
        person.aliases = vec!["老卫".into()];
        if let Some(meeting) = &mut person.meeting {
            meeting.value.time = chrono::NaiveTime::from_hms_opt(9, 30, 0);
        }
    });
    notes.push(timed.build());
    let quoted = log("2026-10-03").source(EntrySource::Line).link_in("蒋六", Setting::Quote);
    notes.push(person("人物/蒋六.md").with(|person| person.status = Some(Status::LetGo)).entry(quoted).build());
    let event = meeting(&format!("{} 大会.md", in_days(3)), Held::Planned, &["李娜"]);
    notes.push(Note { kind: NoteKind::Event, ..event });
    notes
}

fn fits(kind: &str, value: &Value) -> bool {
    if let Some(kind) = kind.strip_suffix('?') {
        return value.is_null() || fits(kind, value);
    }
    if let Some(kind) = kind.strip_prefix('[').and_then(|kind| kind.strip_suffix(']')) {
        return value.as_array().is_some_and(|values| values.iter().all(|value| fits(kind, value)));
    }
    let text = value.as_str();
    match kind {
        "text" => text.is_some(),
        "words" => text.is_some_and(|text| !text.is_empty() && !text.contains("[[")),
        "note" => text.is_some_and(|text| text.ends_with(".md")),
        "date" => text.is_some_and(|text| text.len() == 10 && text.parse::<NaiveDate>().is_ok()),
        "time" => text.is_some_and(|text| text.len() == 5 && chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok()),
        "period" => text.is_some_and(|text| {
            let count = text.strip_prefix('P').and_then(|text| text.strip_suffix(['D', 'W', 'M', 'Y']));
            count.is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count > 0))
        }),
        "id" => text.is_some_and(|text| {
            text.strip_prefix("vs-").is_some_and(|hex| hex.len() == 8 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
        }),
        "count" => value.as_u64().is_some(),
        "switch" => value.is_boolean(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        words => text.is_some_and(|text| words.split('|').any(|word| word == text)),
    }
}

/// Checks every object, and that a field that may be `null` is both.
fn check(objects: &[Value], fields: Fields<'_>) {
    assert!(!objects.is_empty());
    for (name, kind) in fields {
        for object in objects {
            let value = object.get(name).unwrap_or_else(|| panic!("no {name} in {object}"));
            assert!(fits(kind, value), "{name} is to be {kind} in {object}");
        }
        if kind.ends_with('?') {
            let given: BTreeSet<bool> = objects.iter().map(|object| object[name].is_null()).collect();
            assert_eq!(given.len(), 2, "{name} is always, or never, null");
        }
    }
}

fn document<R: serde::Serialize>(report: &R, schema: &str) -> Value {
    let text = json(report, &engine(Language::English, Medium::Terminal(Style::Plain))).unwrap();
    let opening = format!("{{\n  \"schema\": \"{schema}\",\n  \"today\": \"2026-");
    assert!(text.starts_with(&opening), "{text}");
    serde_json::from_str(&text).unwrap()
}

fn list(document: &Value, name: &str) -> Vec<Value> {
    document[name].as_array().unwrap_or_else(|| panic!("no list {name}")).clone()
}

#[test]
fn people_keep_their_contract() {
    let report = document(&people(&vault(notes()), &settings(), today()), "vault-scan/people/1");
    let everyone = list(&report, "people");
    check(
        &everyone,
        &[
            ("name", "words"),
            ("path", "note"),
            ("aliases", "[text]"),
            ("status", "active|warmup|dormant|archived|let-go|deceased"),
            ("state", STATES),
            ("last_contact", "date?"),
            ("next_due", "date?"),
            ("late_days", "count"),
            ("cadence", "period?"),
            ("cadence_rule", RULES),
            ("meeting", "object?"),
            ("next_meetings", "[date]"),
            ("next_birthday", "date?"),
            ("closeness", "core|strong|weak?"),
            ("tie", "acquaintance|friend|network"),
            ("endorser", "switch"),
        ],
    );
    let rules: Vec<Value> = everyone.iter().map(|person| person["meeting"].clone()).filter(Value::is_object).collect();
    check(&rules, &[("rule", "words"), ("time", "time?")]);
    assert!(everyone.iter().any(|person| person["next_meetings"].as_array().is_some_and(|days| days.len() == 3)));
    let names: Vec<_> = everyone.iter().filter_map(|person| person["name"].as_str()).collect();
    let place = |name: &str| names.iter().position(|found| *found == name).unwrap();
    assert!(place("陈三") < place("李娜") && place("李娜") < place("张伟"), "{names:?}");
}

#[test]
fn the_agenda_keeps_its_contract() {
    let new_year = Today(day("2026-12-30"));
    let mut items = Vec::new();
    for on in [today(), new_year] {
        let report = agenda(&vault(notes()), &settings(), &AgendaOptions::default(), on);
        let found = list(&document(&report, "vault-scan/agenda/1"), "items");
        let order = |item: &Value| match item["section"].as_str() {
            Some("today") => 0,
            Some("week") => 1,
            Some("later") => 2,
            _ => 3,
        };
        assert!(found.is_sorted_by_key(order));
        items.extend(found);
    }
    let kinds = "contact|meeting|did-you-meet|follow-up|thanks|share|birthday|festival|endorsement|introduction|\
                 affair|sharing|prepare|summary";
    check(
        &items,
        &[
            ("id", "id"),
            ("section", "today|week|later|done"),
            ("kind", kinds),
            ("person", "words?"),
            ("path", "note?"),
            ("date", "date"),
            ("late_days", "count"),
            ("why", "words"),
            ("source", "object?"),
        ],
    );
    let sources: Vec<Value> = items.iter().map(|item| item["source"].clone()).filter(Value::is_object).collect();
    check(&sources, &[("path", "note"), ("line", "count")]);
    let seen: BTreeSet<_> = items.iter().filter_map(|item| item["kind"].as_str()).collect();
    assert_eq!(Vec::from_iter(seen), ["birthday", "contact", "did-you-meet", "festival", "follow-up", "meeting"]);
    assert!(items.iter().all(|item| item["person"].is_null() == item["path"].is_null()));
}

#[test]
fn stale_contacts_keep_their_contract() {
    let report = stale_contacts(&vault(notes()), &settings(), &StaleOptions::default(), today());
    let items = list(&document(&report, "vault-scan/stale/1"), "items");
    check(
        &items,
        &[
            ("person", "words"),
            ("path", "note"),
            ("group", "lost|late|drifting|never|snoozed|paused"),
            ("state", STATES),
            ("last_contact", "date?"),
            ("days_silent", "count?"),
            ("cadence", "period?"),
            ("cadence_rule", RULES),
            ("why", "words"),
        ],
    );
    let groups: Vec<_> = items.iter().filter_map(|item| item["group"].as_str()).collect();
    assert_eq!(groups, ["lost", "late", "drifting", "never", "snoozed", "paused"]);
}

#[test]
fn what_check_found_keeps_its_contract() {
    let mut index = vault(notes());
    index.diagnostics.push(Finding::new("alias-link", []).about(&NotePath::new("日记/2026-11-20.md")));
    let say = |_: &crate::model::diagnostic::Diagnostic| Sentence {
        severity: "hint",
        message: "alias".into(),
        help: "link".into(),
    };
    let report = document(&problems(&index, &|_| true, &say, today()), "vault-scan/check/1");
    check(std::slice::from_ref(&report), &[("notes", "count"), ("people", "count"), ("front_matter", "object")]);
    let blocks = [("blocks", "count"), ("whole", "count"), ("partial", "count"), ("unread", "count")];
    check(std::slice::from_ref(&report["front_matter"]), &blocks);
    check(
        &list(&report, "diagnostics"),
        &[
            ("code", "words"),
            ("severity", "error|warning|hint"),
            ("path", "note"),
            ("line", "count"),
            ("column", "count"),
            ("message", "words"),
            ("help", "words"),
        ],
    );
}

#[test]
fn why_keeps_its_contract() {
    let index = vault(notes());
    let ids = (0..).map(PersonId).take(index.people.len());
    let chains: Vec<Value> =
        ids.map(|id| document(&why(&index, &settings(), id, today()).unwrap(), "vault-scan/why/1")).collect();
    check(&chains, &[("person", "words"), ("path", "note"), ("due", "object")]);
    let due: Vec<Value> = chains.iter().map(|chain| chain["due"].clone()).collect();
    check(&due, &[("date", "date?"), ("rule", RULES), ("steps", "[object]")]);
    let steps: Vec<Value> = due.iter().flat_map(|due| list(due, "steps")).collect();
    check(&steps, &[("kind", "words"), ("why", "words")]);
    for name in ["counted", "not_counted"] {
        let lines: Vec<Value> = chains.iter().flat_map(|chain| list(chain, name)).collect();
        check(&lines, &[("date", "date"), ("path", "note"), ("line", "count"), ("reason", "words")]);
    }
}
