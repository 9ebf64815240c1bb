//! The example vault: its committed reports are what the program makes of its notes, and making them touches nothing
//! else. `VAULT_SCAN_UPDATE=1 cargo test` makes them anew; a person reads the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::support::{REPORTS, State, Vault, copy_folder, in_repository};

/// Words by which a run says that nothing changed.
const SAYS_UNCHANGED: &[&str] = &["unchanged", "nothing changed", "没有变化", "未变", "无变化", "没有改动", "不变"];

fn example() -> PathBuf {
    in_repository("example-vault")
}

/// The example without its reports.
fn notes_only() -> Vault {
    let vault = Vault::copy_of(&example());
    let reports = vault.path().join(REPORTS);
    if reports.exists() {
        fs::remove_dir_all(reports).unwrap();
    }
    vault
}

#[test]
fn the_committed_reports_are_what_its_notes_give() {
    let vault = notes_only();
    vault.run(&["scan"]).assert_done("scan");
    let (made, committed) = (vault.path().join(REPORTS), example().join(REPORTS));
    if std::env::var_os("VAULT_SCAN_UPDATE").is_some() {
        if committed.exists() {
            fs::remove_dir_all(&committed).unwrap();
        }
        copy_folder(&made, &committed);
        return;
    }
    let (made_state, committed_state) = (State::of(&made), State::of(&committed));
    let names = |state: &State| state.contents().keys().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&made_state), names(&committed_state));
    for name in names(&made_state) {
        let text = |folder: &PathBuf| fs::read_to_string(folder.join(&name)).unwrap();
        assert_eq!(text(&made), text(&committed), "{name}");
    }
    assert!(!names(&made_state).is_empty(), "no report was made");
}

#[test]
fn a_second_run_touches_nothing_and_says_so() {
    let vault = Vault::copy_of(&example());
    vault.run(&["scan"]).assert_done("first run");
    let before = vault.state();
    let second = vault.run(&["scan"]);
    second.assert_done("second run");
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
    let said = format!("{}{}", second.stdout, second.stderr);
    assert!(SAYS_UNCHANGED.iter().any(|words| said.contains(words)), "{said}");
}

#[test]
fn notes_are_never_touched() {
    let vault = notes_only();
    let before = vault.state().of_user();
    vault.run(&["scan"]).assert_done("scan");
    assert_eq!(vault.state().of_user().touched_since(&before), [""; 0]);
}

#[test]
fn the_next_day_only_reports_change() {
    let vault = notes_only();
    vault.run(&["scan"]).assert_done("scan");
    let before = vault.state();
    vault.run_on("2026-11-21", &["scan"]).assert_done("the next day");
    let touched = vault.state().touched_since(&before);
    assert!(touched.iter().any(|name| name == "Reports/Agenda.md"), "{touched:?}");
    assert!(touched.iter().all(|name| name.starts_with("Reports/")), "{touched:?}");
}

#[test]
fn going_there_and_back_a_day_gives_the_same_bytes() {
    let vault = notes_only();
    vault.run(&["scan"]).assert_done("scan");
    let before = vault.state();
    vault.run_on("2026-11-21", &["scan"]).assert_done("the next day");
    vault.run(&["scan"]).assert_done("the day again");
    assert_eq!(vault.state().contents(), before.contents());
}

#[test]
fn a_dry_run_and_a_check_write_nothing() {
    let vault = notes_only();
    let before = vault.state();
    vault.run(&["scan", "--dry-run"]).assert_done("dry run");
    let check = vault.run(&["scan", "--check"]);
    assert_eq!(check.code, 1, "{}{}", check.stdout, check.stderr);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
}

#[test]
fn a_brief_whose_meeting_is_over_is_announced_and_goes_in_the_run_that_writes_and_undo_brings_no_note_back() {
    let vault = notes_only();
    let briefs = || {
        let entries = std::fs::read_dir(vault.path().join("Reports/Briefs")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<BTreeSet<_>>()
    };
    vault.run(&["scan"]).assert_done("scan");
    let (made, notes) = (briefs(), vault.state().of_user());
    let before = vault.state();
    let later = "2027-01-20";
    assert!(vault.run_on(later, &["scan", "--dry-run"]).stdout.contains("/Briefs/Brief "));
    let check = vault.run_on(later, &["scan", "--check"]);
    assert_eq!(check.code, 1, "{}{}", check.stdout, check.stderr);
    assert_eq!(vault.state().touched_since(&before), [""; 0]);
    vault.run_on(later, &["scan"]).assert_done("the day the meetings are over");
    assert!(!made.is_empty() && made.is_disjoint(&briefs()), "{made:?}");
    let after = vault.state();
    vault.run_on(later, &["scan"]).assert_done("the second run");
    assert_eq!(vault.run_on(later, &["scan", "--check"]).code, 0);
    assert_eq!(vault.state().touched_since(&after), [""; 0]);
    vault.run_on(later, &["undo"]);
    assert_eq!(vault.state().of_user().touched_since(&notes), [""; 0]);
}
