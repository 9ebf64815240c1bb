//! The agenda lived in: what is answered in it is logged once, whatever is replayed, merged or done at the same time.
//!
//! `VAULT_SCAN_LONG=1` runs the race over 1,000 lines, a shorter one otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use walkdir::WalkDir;

use crate::support::{Vault, copy_folder, corpora, in_repository};

const AGENDA: &str = "Reports/Agenda.md";

/// A vault with people who are late, each in a note of a language.
fn late(people: usize) -> Vault {
    let vault = Vault::new();
    for n in 0..people {
        let text =
            format!("---\ntype: person\ncadence: monthly\n---\n\n## Log\n\n- 2026-09-0{} call: hello\n", n % 9 + 1);
        vault.write(&format!("People/P{n:04}.md"), text);
    }
    vault
}

fn text(vault: &Vault, path: &str) -> String {
    String::from_utf8(vault.read(path)).unwrap()
}

/// Changes the lines of the agenda that hold `name` by putting `check` in their box and `below` under them.
fn answer(vault: &Vault, name: &str, check: &str, below: &str) {
    let old = text(vault, AGENDA);
    let mut found = 0;
    let lines = old.split_inclusive('\n').map(|line| {
        if line.contains(name) && line.contains("[ ]") && line.contains("^vs-") {
            found += 1;
            format!("{}{below}", line.replacen("[ ]", check, 1))
        } else {
            line.to_owned()
        }
    });
    let new: String = lines.collect();
    assert!(found > 0, "{name} is not asked about in\n{old}");
    vault.write(AGENDA, new);
}

fn scan(vault: &Vault) {
    let output = vault.run(&["scan"]);
    assert_eq!(output.code, 0, "{}{}", output.stdout, output.stderr);
}

/// How often each name of an agenda line stands in the notes.
fn logged(vault: &Vault) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for entry in WalkDir::new(vault.path()).into_iter().filter_map(Result::ok) {
        let is_note = entry.path().extension().is_some_and(|end| end == "md")
            && !entry.path().to_string_lossy().contains("Reports");
        if !is_note {
            continue;
        }
        for word in fs::read_to_string(entry.path()).unwrap_or_default().split_whitespace() {
            if let Some(id) = word.strip_prefix("^vs-") {
                *counts.entry(id.to_owned()).or_insert(0) += 1;
            }
        }
    }
    counts
}

#[test]
fn an_answer_is_written_into_the_note_and_its_line_goes() {
    let vault = late(4);
    scan(&vault);
    answer(&vault, "P0000", "[x]", "  - lunch: the new project #got/intro\n    - sent by Bob\n");
    answer(&vault, "P0001", "[-]", "");
    answer(&vault, "P0002", "[>] 1 Dec 2026", "");
    let check = vault.run(&["scan", "--check"]);
    assert_eq!(check.code, 1, "{}{}", check.stdout, check.stderr);
    let diff = vault.run(&["scan", "--dry-run"]).stdout;
    assert!(diff.contains("+- 2026-11-20 lunch: the new project #got/intro ^vs-"), "{diff}");
    let run = vault.run(&["scan", "--format", "json"]);
    let changed: Vec<String> = serde_json::from_value(run.json()["changed"].clone()).unwrap();
    assert!(changed.contains(&"People/P0000.md".to_owned()) && changed.contains(&AGENDA.to_owned()), "{changed:?}");
    assert!(text(&vault, "People/P0000.md").contains("- 2026-11-20 lunch: the new project #got/intro ^vs-"));
    assert!(text(&vault, "People/P0000.md").contains("\n  - sent by Bob\n"));
    assert!(text(&vault, "People/P0001.md").contains("- 2026-11-20 #skip ^vs-"));
    assert!(text(&vault, "People/P0002.md").contains("- 2026-11-20 #snooze [until:: 2026-12-01] ^vs-"));
    let agenda = text(&vault, AGENDA);
    assert!(!agenda.contains("[x]") && !agenda.contains("[-]") && !agenda.contains("[>]"), "{agenda}");
    let done = agenda.split("## Done today").nth(1).unwrap();
    for said in ["[[P0000]], lunch: the new project", "[[P0001]]: skipped", "[[P0002]]: put off until 1 Dec"] {
        assert!(done.contains(said), "{said} in {done}");
    }
    let before = vault.state();
    scan(&vault);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
    let tomorrow = vault.run_on("2026-11-21", &["agenda", "--format", "json"]).json();
    let sections: Vec<_> = tomorrow["items"].as_array().unwrap().iter().map(|item| item["section"].clone()).collect();
    assert!(sections.iter().all(|section| section != "done"), "{sections:?}");
}

#[test]
fn what_is_put_off_comes_back_the_day_after() {
    let vault = late(1);
    scan(&vault);
    answer(&vault, "P0000", "[>] 2026-12-01", "");
    scan(&vault);
    let asked = |day: &str| {
        let items = vault.run_on(day, &["agenda", "--format", "json"]).json();
        let item = items["items"].as_array().unwrap().iter().find(|item| item["section"] == "today").cloned();
        item.map(|item| item["id"].as_str().unwrap().to_owned())
    };
    assert_eq!((asked("2026-11-30"), asked("2026-12-01")), (None, None));
    let again = asked("2026-12-02").unwrap();
    assert!(!text(&vault, "People/P0000.md").contains(&again), "a name that was answered is given again");
}

#[test]
fn a_scan_says_what_it_wrote_into_which_note() {
    let vault = late(2);
    vault.write("People/Bob.md", "---\ntype: person\n---\n\n- [ ] send it [due:: 2026-11-19]\n");
    scan(&vault);
    answer(&vault, "P0000", "[x]", "  - lunch: soup\n    - and bread\n");
    answer(&vault, "send it", "[x]", "");
    let written = "in your notes:\n  People/P0000.md\n    - 2026-11-20 lunch: soup\n      - and bread\n  \
                   People/Bob.md\n    - [x] send it [due:: 2026-11-19]  [completion:: 2026-11-20]\n";
    let rehearsed = vault.run(&["scan", "--dry-run"]);
    assert!(rehearsed.stderr.contains(&format!("Answered in the agenda, to be {written}")), "{}", rehearsed.stderr);
    let check = vault.run(&["scan", "--check", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&check.stdout).unwrap();
    assert_eq!(document["answers"][0]["path"], "People/P0000.md");
    assert_eq!(document["answers"][0]["lines"][0], "- 2026-11-20 lunch: soup");
    let done = vault.run(&["scan"]);
    assert!(done.stdout.contains(&format!("Answered in the agenda, now {written}")), "{}", done.stdout);
    let again = vault.run(&["scan"]);
    assert!(!again.stdout.contains("Answered"), "{}", again.stdout);
}

#[test]
fn undo_takes_back_the_last_run_and_leaves_what_is_ticked_since_for_the_next() {
    let vault = late(2);
    scan(&vault);
    answer(&vault, "P0000", "[x]", "");
    scan(&vault);
    let ticked = "- 2026-11-20 ^vs-";
    assert!(text(&vault, "People/P0000.md").contains(ticked));
    answer(&vault, "P0001", "[x]", "  - by mistake\n");
    let undone = vault.run(&["undo"]);
    undone.assert_done("undo");
    assert!(undone.stdout.contains("1 answer in the agenda waits"), "{}", undone.stdout);
    assert!(!text(&vault, "People/P0000.md").contains(ticked));
    assert!(!text(&vault, "People/P0001.md").contains("by mistake"), "undo wrote more");
    let agenda = text(&vault, AGENDA);
    assert!(agenda.contains("- [ ] [[P0000]]"), "{agenda}");
    assert!(agenda.contains("- [x] [[P0001]]") && agenda.contains("by mistake"), "{agenda}");
    scan(&vault);
    assert!(text(&vault, "People/P0001.md").contains("- 2026-11-20 by mistake ^vs-"));
    assert!(!text(&vault, "People/P0000.md").contains(ticked), "what was taken back came again");
}

#[test]
fn an_open_merge_is_told_once_however_many_files_it_holds_up() {
    let vault = late(2);
    scan(&vault);
    answer(&vault, "P0000", "[x]", "");
    vault.write(".git/MERGE_HEAD", "");
    let output = vault.run(&["scan"]);
    assert_eq!(output.code, 3, "{}{}", output.stdout, output.stderr);
    assert_eq!(output.stderr.matches("write-git-unfinished").count(), 1, "{}", output.stderr);
    assert!(!output.stderr.contains("delete"), "{}", output.stderr);
    assert!(text(&vault, AGENDA).contains("- [x] [[P0000]]"), "the answer waits");
}

#[test]
fn a_replayed_agenda_changes_nothing_more() {
    let vault = late(5);
    scan(&vault);
    for (name, check) in [("P0000", "[x]"), ("P0001", "[-]"), ("P0002", "[>] 2026-12-01")] {
        answer(&vault, name, check, "");
    }
    let answered = text(&vault, AGENDA);
    scan(&vault);
    let (notes, agenda) = (vault.state().of_user(), text(&vault, AGENDA));
    for _ in 0..10 {
        vault.write(AGENDA, &answered);
        scan(&vault);
        assert_eq!(vault.state().of_user().touched_since(&notes), [""; 0]);
        assert_eq!(text(&vault, AGENDA), agenda);
    }
    vault.write(AGENDA, agenda.replace("\n# ", &format!("\n{}\n# ", answered.split("-->").nth(1).unwrap_or_default())));
    assert!(logged(&vault).values().all(|count| *count == 1));
}

#[test]
fn two_answered_agendas_that_git_could_not_merge_are_one_answer_each() {
    let vault = late(3);
    scan(&vault);
    let plain = text(&vault, AGENDA);
    let line = |name: &str| plain.lines().find(|line| line.contains(name) && line.contains("^vs-")).unwrap().to_owned();
    let sides = |name: &str| {
        let open = line(name);
        let (one, other) = (open.replace("[ ]", "[x]"), open.replace("[ ]", "[X]"));
        format!("<<<<<<< HEAD\n{one}\n  - tea\n=======\n{other}\n  - tea\n>>>>>>> phone")
    };
    let merged = plain.replace(&line("P0000"), &sides("P0000")).replace(&line("P0001"), &sides("P0001"));
    vault.write(AGENDA, merged);
    scan(&vault);
    assert_eq!(logged(&vault).len(), 2);
    assert!(logged(&vault).values().all(|count| *count == 1));
    let agenda = text(&vault, AGENDA);
    assert!(!agenda.contains("<<<<<<<") && !agenda.contains("[x]"), "{agenda}");
}

#[test]
fn a_contact_logged_by_hand_and_ticked_is_one_contact() {
    let vault = late(1);
    scan(&vault);
    answer(&vault, "P0000", "[x]", "");
    let note = text(&vault, "People/P0000.md") + "- 2026-11-20 call: by hand\n";
    vault.write("People/P0000.md", note);
    scan(&vault);
    scan(&vault);
    let people = vault.run(&["report", "people", "--format", "json"]).json();
    assert_eq!(people["people"][0]["last_contact"], "2026-11-20");
    let before = vault.state();
    scan(&vault);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
    let why = vault.run(&["why", "P0000", "--format", "json"]).json();
    assert_eq!(why["due"]["date"], "2026-12-20");
}

#[test]
fn a_follow_up_ticks_its_own_line_and_no_twin_of_it() {
    let vault = Vault::new();
    let tasks = "- [ ] send it ⏫\n- [ ] send it ⏫\n- [ ] send it 📅 2026-11-19\n";
    vault.write("People/Bob.md", format!("---\ntype: person\n---\n\n{tasks}"));
    scan(&vault);
    let first = text(&vault, AGENDA);
    answer(&vault, "1 day late", "[x]", "");
    scan(&vault);
    assert!(text(&vault, "People/Bob.md").contains("- [x] send it 📅 2026-11-19 ✅ 2026-11-20"));
    assert_eq!(text(&vault, "People/Bob.md").matches("- [ ] send it ⏫").count(), 2);
    let undated: Vec<&str> = first.lines().filter(|line| line.contains("send it") && !line.contains("late")).collect();
    assert_eq!(undated.len(), 2, "{first}");
    let replayed = first.replace(undated[0], &undated[0].replace("[ ]", "[x]"));
    vault.write(AGENDA, &replayed);
    vault.run(&["scan"]);
    let note = text(&vault, "People/Bob.md");
    assert_eq!(note.matches("- [x] send it ⏫").count(), 1, "{note}");
    vault.write(AGENDA, &replayed);
    scan(&vault);
    assert_eq!(text(&vault, "People/Bob.md"), note, "the tick of the first went to the second");
}

#[test]
fn what_was_written_below_an_open_line_stays_there() {
    let vault = late(3);
    scan(&vault);
    answer(&vault, "P0001", "[ ]", "  - ask about the house\n    - and the dog\n");
    scan(&vault);
    let agenda = text(&vault, AGENDA);
    let at = agenda.find("[[P0001]]").unwrap();
    let below = &agenda[at..];
    assert!(below.split_once('\n').unwrap().1.starts_with("  - ask about the house\n    - and the dog\n"), "{agenda}");
    let before = vault.state();
    scan(&vault);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
    vault.run_on("2026-11-21", &["scan"]).assert_done("the next day");
    assert_eq!(text(&vault, AGENDA).matches("  - ask about the house\n    - and the dog\n").count(), 1);
    answer(&vault, "P0001", "[x]", "");
    scan(&vault);
    assert!(text(&vault, "People/P0001.md").contains("ask about the house ^vs-"));
}

#[test]
fn a_note_that_may_not_be_written_keeps_its_answer_in_the_agenda() {
    let vault = late(2);
    scan(&vault);
    answer(&vault, "P0000", "[x]", "  - tea\n");
    answer(&vault, "P0001", "[x]", "");
    let note = text(&vault, "People/P0000.md");
    vault.write("People/P0000.md", format!("{note}<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n"));
    let run = vault.run(&["scan"]);
    assert_eq!(run.code, 3, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("P0000.md"), "{}", run.stderr);
    let agenda = text(&vault, AGENDA);
    assert!(agenda.contains("- [x] [[P0000]]") && agenda.contains("\n  - tea\n"), "{agenda}");
    assert!(text(&vault, "People/P0001.md").contains("2026-11-20 ^vs-"));
    vault.write("People/P0000.md", note);
    scan(&vault);
    assert!(text(&vault, "People/P0000.md").contains("- 2026-11-20 tea ^vs-"));
    assert!(!text(&vault, AGENDA).contains("[x]"));
}

#[test]
fn what_cannot_be_placed_moves_below_and_is_told() {
    let vault = late(1);
    scan(&vault);
    let old = text(&vault, AGENDA);
    let foreign = "- [x] [[Nobody]]: who is this ^vs-00000001\n  - a word\n";
    vault.write(AGENDA, old.replacen("- [ ]", &format!("{foreign}- [ ]"), 1));
    let run = vault.run(&["scan"]);
    assert!(run.code == 0 && run.stderr.contains("tick-unknown"), "{}{}", run.code, run.stderr);
    let agenda = text(&vault, AGENDA);
    let (_, below) = agenda.split_once("vault-scan:end agenda").unwrap();
    assert!(below.contains(foreign), "{agenda}");
    let before = vault.state();
    scan(&vault);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
}

#[test]
fn notes_that_were_moved_are_found_by_their_links() {
    let people = 60;
    let vault = late(people);
    vault.write("People/Old/Else.md", "---\ntype: person\n---\n");
    scan(&vault);
    answer(&vault, "[[P", "[x]", "");
    fs::create_dir_all(vault.path().join("People/Old")).unwrap();
    for name in (0..people).map(|at| format!("P{at:04}.md")) {
        fs::rename(vault.path().join("People").join(&name), vault.path().join("People/Old").join(name)).unwrap();
    }
    scan(&vault);
    for path in (0..people).map(|at| format!("People/Old/P{at:04}.md")) {
        assert!(text(&vault, &path).contains("- 2026-11-20 ^vs-"), "{path}");
    }
}

#[test]
fn eight_programs_at_once_log_each_answer_once() {
    let people = if std::env::var_os("VAULT_SCAN_LONG").is_some() { 1_000 } else { 200 };
    let vault = late(people);
    scan(&vault);
    answer(&vault, "[[P", "[x]", "");
    let root = vault.path();
    let beside = root.parent().unwrap();
    let programs: Vec<_> = (0..8)
        .map(|_| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_vault-scan"));
            command.current_dir(beside).args(["scan", "-q", "--vault", "vault", "--today", "2026-11-20"]).env_clear();
            for name in ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
                command.env(name, beside.join("home"));
            }
            command.stderr(std::process::Stdio::null()).stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut program in programs {
        program.wait().unwrap();
    }
    scan(&vault);
    let logged = logged(&vault);
    assert_eq!(logged.len(), people);
    assert!(logged.values().all(|count| *count == 1), "{:?}", logged.iter().find(|(_, count)| **count != 1));
}

#[test]
fn every_line_of_a_real_folder_can_be_answered() {
    let mut folders = vec![in_repository("example-vault")];
    if let Some(corpora) = corpora("ticks") {
        let entries = fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().path());
        folders.extend(entries.filter(|path| path.is_dir() && !path.ends_with("licences")));
    }
    for folder in folders {
        let vault = Vault::new();
        copy_folder(&folder, &vault.path());
        vault.run(&["scan"]).assert_done("scan");
        let Ok(agenda) = fs::read_to_string(vault.path().join(AGENDA)) else { continue };
        let open = agenda.lines().filter(|line| line.contains("- [ ]") && line.contains("^vs-")).count();
        vault.write(AGENDA, agenda.replace("- [ ]", "- [x]"));
        let run = vault.run(&["scan"]);
        // A conflict copy beside a note keeps the program from writing it.
        assert!(matches!(run.code, 0 | 3), "{}: {}\n{}", folder.display(), run.code, run.stderr);
        let after = text(&vault, AGENDA);
        let (inside, below) = after.split_once("vault-scan:end agenda").unwrap();
        assert_eq!(run.code == 3, inside.contains("[x]"), "{}: {inside}\n{}", folder.display(), run.stderr);
        let told = run.stderr.matches("tick-nobody").count() + run.stderr.matches("tick-recurs").count();
        assert_eq!(below.matches("- [x]").count(), told, "{}: {below}\n{}", folder.display(), run.stderr);
        assert!(open == 0 || !run.stderr.contains("tick-unknown"), "{}", run.stderr);
    }
}

/// The notes of a vault, reports left out.
fn notes(vault: &Vault) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(vault.path()).into_iter().filter_map(Result::ok);
    let name = |path: &std::path::Path| path.strip_prefix(vault.path()).unwrap().to_string_lossy().into_owned();
    let files = files.filter(|entry| entry.file_type().is_file());
    let files = files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap()));
    files.filter(|(path, _)| !path.starts_with("Reports/")).collect()
}

#[test]
fn each_answer_to_each_kind_of_line_in_each_report_is_written_once_however_often_it_comes_back() {
    let network = "Reports/Network.md";
    for (check, below) in [("[x]", ""), ("[x]", "  - 自己的话\n    - 细节\n"), ("[-]", ""), ("[>] 2027-03-01", "")]
    {
        let vault = Vault::copy_of(&in_repository("example-vault"));
        for copy in notes(&vault).keys().filter(|path| path.contains(".sync-conflict-")) {
            fs::remove_file(vault.path().join(copy)).unwrap();
        }
        scan(&vault);
        let before = notes(&vault);
        let mut answered = Vec::new();
        for report in [AGENDA, network] {
            let old = text(&vault, report);
            let lines = old.split_inclusive('\n').map(|line| match line.contains("- [ ]") && line.contains("^vs-") {
                true => format!("{}{below}", line.replacen("[ ]", check, 1)),
                false => line.to_owned(),
            });
            let new: String = lines.collect();
            assert_ne!(new, old, "{report}");
            vault.write(report, &new);
            answered.push((report, new));
        }
        let run = vault.run(&["scan"]);
        assert!(run.code == 0 && !run.stderr.contains("tick-unknown"), "{check}: {}", run.stderr);
        let after = notes(&vault);
        assert_ne!(before, after);
        let counts = logged(&vault);
        for replay in ["as they were", "with other line ends", "where all reports had been taken away"] {
            if replay.starts_with("where") {
                fs::remove_dir_all(vault.path().join("Reports")).unwrap();
                scan(&vault);
            }
            for (report, text) in &answered {
                let text = if replay.starts_with("with") { text.replace('\n', "\r\n") } else { text.clone() };
                vault.write(report, text);
            }
            let run = vault.run(&["scan"]);
            assert_eq!(run.code, 0, "{check} {below} {replay}: {}", run.stderr);
            let again = notes(&vault);
            for (path, bytes) in &again {
                let (old, new) = (String::from_utf8_lossy(&after[path]), String::from_utf8_lossy(bytes));
                assert_eq!(old, new, "{check} {below} {replay}: {path}");
            }
            assert_eq!(logged(&vault), counts);
            let quiet = vault.state();
            scan(&vault);
            assert_eq!(vault.state().touched_since(&quiet), [""; 0], "{check} {replay}");
        }
    }
}
