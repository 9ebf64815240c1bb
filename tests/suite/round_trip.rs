//! All that is answered in a real folder, and all that is taken back: then every file of the user's is as it was.

use std::fs;
use std::path::PathBuf;

use crate::support::{Vault, corpora, in_repository};

const AGENDA: &str = "Reports/Agenda.md";

/// How lines are answered, in turn.
const ANSWERS: [(&str, &str); 5] = [
    ("[x]", "  - lunch: the new project #got/intro\n    - sent by Eve\n"),
    ("[-]", ""),
    ("[>] 2027-03-01", ""),
    ("[x]", ""),
    ("[>] 下周一", "  - 再说\n"),
];

/// In how many runs; each answers a part of what is left.
const RUNS: usize = 3;

/// The example vault and every real folder.
fn folders() -> Vec<PathBuf> {
    let mut folders = vec![in_repository("example-vault")];
    if let Some(corpora) = corpora("round_trip") {
        let entries = fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().path());
        folders.extend(entries.filter(|path| path.is_dir() && !path.ends_with("licences")));
    }
    folders.sort();
    folders
}

/// Answers every open line from the `first` on, each `step`th. How many that were.
fn answer(vault: &Vault, first: usize, step: usize) -> usize {
    let Ok(agenda) = fs::read_to_string(vault.path().join(AGENDA)) else { return 0 };
    let (mut open, mut answered) = (0, 0);
    let lines = agenda.split_inclusive('\n').map(|line| {
        if !line.contains("- [ ] ") || !line.contains("^vs-") {
            return line.to_owned();
        }
        open += 1;
        if (open - 1) % step != first % step {
            return line.to_owned();
        }
        let (mark, below) = ANSWERS[answered % ANSWERS.len()];
        answered += 1;
        let quote = &line[..line.len() - line.trim_start_matches(['>', ' ']).len()];
        let below: String = below.split_inclusive('\n').map(|line| format!("{quote}{line}")).collect();
        line.replacen("[ ]", mark, 1) + &below
    });
    let text: String = lines.collect();
    vault.write(AGENDA, text);
    answered
}

/// Fails unless whatever was refused says why.
fn assert_told(run: &crate::support::Output, what: &str) {
    assert!(matches!(run.code, 0 | 3), "{what}: {}\n{}", run.code, run.stderr);
    assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
    assert_eq!(run.code == 3, run.stderr.contains(": error["), "{what}: {}", run.stderr);
}

#[test]
fn all_that_is_answered_in_a_real_folder_is_taken_back_to_the_byte() {
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let vault = Vault::copy_of(&folder);
        if !vault.path().join(".vault-scan/config.toml").exists() {
            // Most real notes say nothing of how often; so many more are asked about.
            vault.write(".vault-scan/config.toml", "max_per_day = 200\n[cadence]\ndefault = \"1 month\"\n");
        }
        vault.run(&["scan"]).assert_done(&name);
        let start = vault.state().of_user();
        let (mut answered, mut refused) = (0, 0);
        for run in 0..RUNS {
            answered += answer(&vault, run, RUNS - run);
            let scan = vault.run(&["scan"]);
            assert_told(&scan, &name);
            refused += scan.stderr.matches(": error[").count();
        }
        let changed = vault.state().of_user().touched_since(&start).len();
        let mut runs = 0;
        loop {
            let undo = vault.run(&["undo"]);
            if undo.code == 2 {
                assert!(undo.stderr.contains("[undo-nothing]"), "{name}: {}", undo.stderr);
                break;
            }
            assert_told(&undo, &name);
            runs += 1;
            assert!(runs <= RUNS, "{name}: there is always more to undo\n{}", undo.stdout);
        }
        println!("{name}: {answered} answers in {changed} notes, {refused} refused, {runs} runs taken back");
        assert_eq!(vault.state().of_user().contents(), start.contents(), "{name}");
        let again = vault.run(&["scan", "--check"]);
        assert!(matches!(again.code, 0 | 3), "{name}: {}{}", again.stdout, again.stderr);
    }
}

#[test]
fn lines_logged_people_made_and_days_put_off_are_taken_back_to_the_byte() {
    let vault = Vault::copy_of(&in_repository("example-vault"));
    vault.run(&["scan"]).assert_done("scan");
    let start = vault.state().of_user();
    let people = vault.run(&["report", "people", "--format", "json"]).json();
    let names: Vec<String> =
        people["people"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap().to_owned()).collect();
    let mut runs = 0;
    for (place, name) in names.iter().enumerate() {
        let run = match place % 3 {
            0 => vault.run(&["log", name, "yesterday", "a word\nand another", "--channel", "call"]),
            1 => vault.run(&["snooze", name, "2027-01-15"]),
            _ => vault.run(&["skip", name]),
        };
        assert!(matches!(run.code, 0 | 2 | 3), "{name}: {}", run.stderr);
        runs += usize::from(run.code == 0);
    }
    for name in ["新人", "New One"] {
        vault.run(&["new", name]).assert_done(name);
        vault.run(&["log", name, "first talk"]).assert_done(name);
        runs += 2;
    }
    assert!(runs > names.len() / 2, "{runs} of {}", names.len());
    while vault.run(&["undo"]).code == 0 {
        runs -= 1;
    }
    assert_eq!(runs, 0);
    assert_eq!(vault.state().of_user().contents(), start.contents());
}
