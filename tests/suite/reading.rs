//! What notes say about people, from text to index: one case for each row of the rules of the log, of moves, of what
//! counts as contact, of links and of tasks, each beside its opposite. The cases are data, in `tests/data/reading`.
//!
//! A case gives the text of 张三's own note (`own`), of the daily note of 2026-11-10 (`daily`) and of any other file
//! (`files`), and what must be known then, a line for each fact:
//!
//! ```text
//! + DAY REASON NOTE:LINE CHANNEL MOVES      counted as contact, as `why` tells it
//! - DAY REASON NOTE:LINE                    not counted, with the reason
//! skip DAY, snooze DAY until DAY            what hides or passes over
//! task NOTE:LINE STATE-OF-ITS-FIELDS | TEXT an open task about them
//! meeting NOTE HELD                         a meeting or event they are in
//! ! CODE NOTE:LINE                          a diagnostic
//! ```
//!
//! The fact is about 张三 unless another name stands before it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde::Deserialize;
use vault_scan::app::load::load;
use vault_scan::app::options::Options;
use vault_scan::cli::config::ConfigFile;
use vault_scan::cli::settings::resolve;
use vault_scan::index::record::{Deferral, Evidence, FollowUp, Index, PersonId, PersonRecord};
use vault_scan::model::cadence::Cadence;
use vault_scan::model::path::NotePath;
use vault_scan::model::today::Today;
use vault_scan::report::why::{Line, why};

use crate::support::{TODAY, Vault, in_repository};

/// Whom a fact is about when it does not say.
const PERSON: &str = "张三";

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rule: String,
    #[serde(default)]
    own: String,
    daily: Option<String>,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    facts: String,
}

#[test]
fn the_log_is_read_row_by_row() {
    check("log.toml");
}

#[test]
fn moves_are_read_row_by_row() {
    check("moves.toml");
}

#[test]
fn contact_is_counted_row_by_row() {
    check("contact.toml");
}

#[test]
fn links_are_resolved_row_by_row() {
    check("links.toml");
}

#[test]
fn tasks_are_read_row_by_row() {
    check("tasks.toml");
}

fn check(file: &str) {
    let text = fs::read_to_string(in_repository("tests/data/reading").join(file)).unwrap();
    let Cases { case: cases } = toml::from_str(&text).unwrap();
    let mut wrong = String::new();
    for case in &cases {
        let expected: Vec<&str> = case.facts.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let found = facts(case);
        if found != expected {
            let _ = writeln!(wrong, "\n{}\n  expected\n    {}", case.rule, expected.join("\n    "));
            let _ = writeln!(wrong, "  found\n    {}", found.join("\n    "));
        }
    }
    assert!(wrong.is_empty(), "{file}{wrong}");
}

fn facts(case: &Case) -> Vec<String> {
    let vault = Vault::new();
    vault.write("People/张三.md", &case.own);
    if let Some(daily) = &case.daily {
        vault.write("2026-11-10.md", daily);
    }
    for (path, text) in &case.files {
        vault.write(path, text);
    }
    let options = options();
    let today = Today(TODAY.parse().unwrap());
    let index = load(&vault.path(), options.clone(), &|_| {}).unwrap().index;
    let mut facts = Vec::new();
    for (id, record) in (0..).map(PersonId).zip(&index.people) {
        let name = record.person.name.as_ref();
        let about = if name == PERSON { String::new() } else { format!("{name} ") };
        let told = why(&index, &options.index, id, today).unwrap();
        facts.extend(told.counted.iter().map(|line| format!("{about}+ {}", counted(record, line))));
        facts.extend(told.not_counted.iter().map(|line| format!("{about}- {}", placed(line))));
        facts.extend(record.skips.iter().map(|skip| format!("{about}skip {}", deferred(skip))));
        facts.extend(record.snoozes.iter().map(|snooze| format!("{about}snooze {}", deferred(snooze))));
        facts.extend(meetings(&index, id).map(|meeting| format!("{about}{meeting}")));
        let tasks = index.follow_ups.iter().filter(|task| task.people.contains(&id));
        facts.extend(tasks.map(|found| format!("{about}{}", task(found))));
    }
    let found = index.diagnostics.iter();
    facts.extend(found.map(|found| format!("! {} {}:{}", found.code, found.path.stem(), found.position.line)));
    facts
}

fn counted(record: &PersonRecord, line: &Line) -> String {
    let mut shown = placed(line);
    if let Some(channel) = &line.channel {
        let _ = write!(shown, " {channel}");
    }
    let contacts = record.contacts.iter().filter(|contact| Some(contact.date) == line.date);
    let is_it = |one: &&Evidence| {
        one.path.as_str() == line.path && one.line == line.line && *one.text == *line.text && one.key == line.key
    };
    if let Some(evidence) = contacts.flat_map(|contact| &contact.evidence).find(is_it) {
        for one in &evidence.moves {
            let _ = write!(shown, " {:?}", one.kind);
            if let Some(detail) = &one.detail {
                let _ = write!(shown, "/{detail}");
            }
        }
    }
    shown
}

fn placed(line: &Line) -> String {
    let day = line.date.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!("{day} {} {}:{}", line.key.unwrap_or(line.reason), NotePath::new(&line.path).stem(), line.line)
}

fn deferred(deferral: &Deferral) -> String {
    match deferral.until {
        Some(until) => format!("{} until {until}", deferral.date),
        None => deferral.date.to_string(),
    }
}

fn meetings(index: &Index, id: PersonId) -> impl Iterator<Item = String> {
    let with = index.meetings.iter().filter(move |meeting| meeting.people.contains(&id));
    with.map(|meeting| format!("meeting {} {} {:?}", meeting.date, meeting.path.stem(), meeting.held))
}

fn task(task: &FollowUp) -> String {
    let mut shown = format!("task {}:{}", task.path.stem(), task.line);
    for (name, day) in [("due", task.due), ("scheduled", task.scheduled), ("start", task.start)] {
        if let Some(day) = day {
            let _ = write!(shown, " {name} {day}");
        }
    }
    if let Some(priority) = task.priority {
        let _ = write!(shown, " {priority:?}");
    }
    if let Some(recurrence) = &task.recurrence {
        let _ = write!(shown, " repeat ({recurrence})");
    }
    format!("{shown} | {}", task.text)
}

/// The built-in settings, in which nobody is tracked unless a note says so.
fn options() -> Options {
    let mut options = resolve(&ConfigFile::default(), BTreeMap::new()).options;
    options.index.presets.clear();
    options.index.tag_cadences.clear();
    options.index.closeness_cadences = [[Cadence::Untracked; 3]; 3];
    options.index.default_cadence = Cadence::Untracked;
    options.index.festivals.clear();
    options
}
