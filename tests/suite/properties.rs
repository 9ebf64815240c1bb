//! What holds for every vault: the program is run on small generated ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use serde_json::Value;

use crate::support::{BEGIN_MARKER, END_MARKER, TODAY, Vault};

/// The day after `TODAY`.
const TOMORROW: &str = "2026-11-21";

/// A generated note about someone.
#[derive(Clone, Debug)]
struct Person {
    name: String,
    cadence: Option<&'static str>,
    fields: &'static str,
    /// Days between each contact and today.
    contacts: Vec<u16>,
    task: &'static str,
    form: Form,
}

/// How a file stores its text.
#[derive(Clone, Copy, Debug)]
struct Form {
    line_end: &'static str,
    begins: &'static str,
    ends: bool,
}

impl Form {
    fn of(self, text: &str) -> String {
        let text = if self.ends { text } else { text.trim_end_matches('\n') };
        format!("{}{}", self.begins, text.replace('\n', self.line_end))
    }
}

impl Person {
    fn file(&self) -> String {
        format!("People/{}.md", self.name)
    }

    fn text(&self) -> String {
        let mut text = String::from("---\ntype: person\n");
        if let Some(cadence) = self.cadence {
            let _ = writeln!(text, "cadence: {cadence}");
        }
        let _ = write!(text, "{}---\n\n## 往来记录\n\n", self.fields);
        for days in &self.contacts {
            let _ = writeln!(text, "- {} 微信：聊了近况", day(TODAY) - Days::new(u64::from(*days)));
        }
        text.push_str(self.task);
        self.form.of(&text)
    }
}

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

fn form() -> impl Strategy<Value = Form> {
    (select(vec!["\n", "\r\n"]), select(vec!["", "\u{feff}"]), any::<bool>())
        .prop_map(|(line_end, begins, ends)| Form { line_end, begins, ends })
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let cadence =
        prop_oneof![Just(None), select(vec!["每周", "2w", "每月", "P3M", "yearly", "10 days"]).prop_map(Some)];
    let fields = select(vec![
        "",
        "birthday: 1990-11-25\n",
        "birthday: 11-21\n",
        "aliases: [老张]\n",
        "paused: yes\n",
        "company: [[晨星]]\n",
        "姓名：张三\n",
        "tags: [导师]\n",
    ]);
    let task = select(vec!["", "\n- [ ] 寄书 📅 2026-11-21\n", "\n- [ ] 回电话\n", "\n- [x] 寄书 ✅ 2026-11-01\n"]);
    let one = (cadence, fields, vec(0_u16..500, 0..4), task, form());
    vec(one, 1..6).prop_map(|all| {
        let names = ["张三", "李雷", "Ann Lee", "曾毅", "单晓"];
        let named = all.into_iter().zip(names);
        named
            .map(|((cadence, fields, contacts, task, form), name)| Person {
                name: name.into(),
                cadence,
                fields,
                contacts,
                task,
                form,
            })
            .collect()
    })
}

fn vault_of<'p>(people: impl Iterator<Item = &'p Person>) -> Vault {
    let vault = Vault::new();
    for person in people {
        vault.write(&person.file(), person.text());
    }
    vault
}

/// Each person's line of the report, by path.
fn standing(vault: &Vault, today: &str) -> BTreeMap<String, Value> {
    let output = vault.run_on(today, &["report", "people", "--format", "json"]);
    output.assert_done("report people");
    let json = output.json();
    let people = json["people"].as_array().unwrap().iter();
    people.map(|person| (person["path"].as_str().unwrap().to_owned(), person.clone())).collect()
}

/// Cuts a generated file into what stands before, between and after its markers.
fn cut(text: &str) -> (&str, &str, &str) {
    let begin = text.find(BEGIN_MARKER).unwrap();
    let inside = begin + text.get(begin..).unwrap().find('\n').unwrap() + 1;
    let end = inside + text.get(inside..).unwrap().find(END_MARKER).unwrap();
    let after = text.get(end..).unwrap().find('\n').map_or(text.len(), |length| end + length);
    (text.get(..begin).unwrap(), text.get(begin..after).unwrap(), text.get(after..).unwrap())
}

/// The states in which someone can be tomorrow without a new line in any note.
fn may_follow(today: &str) -> &'static [&'static str] {
    match today {
        "ok" => &["ok", "due"],
        "due" => &["late"],
        "late" => &["late", "lost"],
        "lost" => &["lost"],
        "never" => &["never"],
        "untracked" => &["untracked"],
        "paused" => &["paused"],
        "let-go" => &["let-go"],
        // These end on a day of their own.
        "snoozed" => &["snoozed", "ok", "due", "late", "lost"],
        "skipped" => &["skipped", "ok", "due"],
        "planned" => &["planned", "ok", "due", "late", "lost", "never", "untracked"],
        other => panic!("no such state: {other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_run_writes_nothing(people in people()) {
        let vault = vault_of(people.iter());
        let notes = vault.state();
        vault.run(&["scan"]).assert_done("first run");
        let after = vault.state();
        assert_eq!(after.of_user(), notes);
        vault.run(&["scan"]).assert_done("second run");
        assert_eq!(vault.state().touched_since(&after), [""; 0]);
    }

    #[test]
    fn the_order_in_which_notes_were_made_changes_no_byte(people in people()) {
        let (forward, backward) = (vault_of(people.iter()), vault_of(people.iter().rev()));
        for vault in [&forward, &backward] {
            vault.run(&["scan"]).assert_done("scan");
        }
        assert_eq!(forward.state().contents(), backward.state().contents());
    }

    #[test]
    fn what_stands_outside_the_markers_survives_byte_for_byte(
        people in people(),
        above in "[a-z 张*#>\\[\\]\n-]{0,40}",
        below in "[a-z 张*#>\\[\\]\n-]{0,40}",
        form in form(),
    ) {
        let vault = vault_of(people.iter());
        vault.write("People/周到.md", "---\ntype: person\ncadence: 每周\n---\n\n## 往来记录\n\n- 2026-11-01 微信：聊了近况\n");
        vault.run(&["scan"]).assert_done("first run");
        let made = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
        let (before, inside, _) = cut(&made);
        let changed = form.of(&format!("{before}{above}\n{inside}\n{below}\n"));
        vault.write("Reports/Agenda.md", &changed);
        vault.run_on(TOMORROW, &["scan"]).assert_done("second run");
        let found = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
        assert_ne!(found, changed, "a day later the agenda is another");
        let ((before, _, after), (found_before, _, found_after)) = (cut(&changed), cut(&found));
        assert_eq!(found_before, before);
        assert_eq!(found_after, after);
    }

    #[test]
    fn a_day_later_only_what_the_calendar_says_changes(people in people()) {
        let vault = vault_of(people.iter());
        let (today, tomorrow) = (standing(&vault, TODAY), standing(&vault, TOMORROW));
        assert_eq!(today.len(), people.len());
        assert!(today.keys().eq(tomorrow.keys()));
        for (path, person) in &today {
            let (state, next) = (person["state"].as_str().unwrap(), &tomorrow[path]);
            let later = next["state"].as_str().unwrap();
            assert!(may_follow(state).contains(&later), "{path}: {state}, then {later}");
            for fixed in ["name", "aliases", "status", "last_contact", "cadence", "cadence_rule", "next_due", "closeness"] {
                // A stagger of those never contacted, and a planned day that passed, move the next day by themselves.
                if fixed != "next_due" || matches!(state, "ok" | "due" | "late" | "lost") {
                    assert_eq!(person[fixed], next[fixed], "{path}: {fixed}");
                }
            }
            let late = |person: &Value| person["late_days"].as_i64();
            if let (Some(days), Some(days_later)) = (late(person), late(next)) && matches!(state, "late" | "lost") {
                assert_eq!(days_later, days + 1, "{path}");
            }
        }
    }

    #[test]
    fn any_bytes_are_read_and_each_finding_lies_in_them(
        bytes in vec(any::<u8>(), 0..200),
        text in "(---\n)?([a-z张：: \t\\[\\]\"'{}#*>@&|-]{0,12}\n){0,12}(---\n)?[ -~张\n]{0,80}",
    ) {
        let vault = Vault::new();
        vault.write("bytes.md", &bytes);
        vault.write("text.md", &text);
        let output = vault.run(&["check", "--format", "json"]);
        output.assert_done("check");
        let lines: Vec<&str> = text.split('\n').collect();
        for found in output.json()["diagnostics"].as_array().unwrap() {
            if found["path"] != "text.md" {
                continue;
            }
            let place = |key: &str| found[key].as_u64().map(|number| usize::try_from(number).unwrap());
            let Some(line) = place("line") else { continue };
            let own = lines.get(line.saturating_sub(1)).unwrap_or_else(|| panic!("{found} in {text:?}"));
            let width = own.encode_utf16().count().max(own.chars().count()) + 1;
            assert!(place("column").is_none_or(|column| column <= width), "{found} in {text:?}");
        }
    }
}
