//! The catalogue of diagnostics: for each code a folder `tests/diagnostics/<code>` with the smallest vault that
//! causes it and the whole message, in both languages, that it gives.
//!
//! `VAULT_SCAN_UPDATE=1 cargo test` writes each `expected.txt` anew; a person reads the difference. What git cannot
//! hold (a pipe, a huge file, bytes that are no text) is told to `recipe` in a `setup.toml` beside the vault.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::recipe::{self, Prepared};
use crate::support::{Vault, in_repository};

/// Codes that no vault can cause for sure, and why.
const WITHOUT_A_FOLDER: &[(&str, &str)] = &[
    ("folder-unreadable", "root may list every folder; a test of the walk has it"),
    ("note-not-downloaded", "only the sync client of macOS or Windows can leave such a file"),
    ("note-unreadable", "root may read every file; a test of reading has it"),
    ("obsidian-settings-unreadable", "root may read every file; a test of the settings has it"),
    ("config-not-written", "said by `init` when its folder cannot be made; a test of the settings' files has it"),
    ("config-unreadable", "root may read every file; a test of the settings' files has it"),
    ("output-failed", "standard output has to fail for it"),
    ("vault-unreadable", "root may list every folder"),
    ("next-weekday", "only the command line takes such a day; a test of relative days has it"),
    ("channel-unknown", ARGUMENT),
    ("date-which-year", ARGUMENT),
    ("log-without-text", ARGUMENT),
    ("snooze-past", ARGUMENT),
    ("template-script-not-run", "said by `new`; a golden run has it"),
    ("name-not-utf-8", "such a name cannot be made on every system; a test of the walk has it"),
    ("name-same", "a disk that joins both forms cannot hold it; a test of the walk has it"),
    ("name-twin", "a disk that joins both cases cannot hold it; a test of the walk has it"),
];

/// Families of codes that `check` does not say, as nothing in a note causes them.
const FAMILIES_WITHOUT_A_FOLDER: &[(&str, &str)] = &[
    ("write-", "said when a report is written, which `check` does not do; tests of the writer have each"),
    ("tick-", "said when an answered agenda is read, which `check` does not do; tests of answers have each"),
    ("check-", ARGUMENT),
    ("command-", ARGUMENT),
    ("lang-", ARGUMENT),
    ("path-", ARGUMENT),
    ("person-", ARGUMENT),
    ("report-", ARGUMENT),
    ("vault-", ARGUMENT),
    ("undo-", ARGUMENT),
    ("recover-", ARGUMENT),
    ("git-", ARGUMENT),
    ("state-", "said of our own folder; tests of undo, of scan and of the state have each"),
    ("brief-", "said when a scan would take a brief away, which `check` does not do; tests of briefs have it"),
    ("watch-", "said by a watcher; tests of the running program and of its loop have each"),
];

/// Why mistakes on the command line have no folder.
const ARGUMENT: &str = "an argument causes it, not a vault; the golden runs and the tests of commands have it";

#[test]
fn each_diagnostic_is_said_as_the_catalogue_shows_it() {
    let is_update = std::env::var_os("VAULT_SCAN_UPDATE").is_some();
    let mut faults = Vec::new();
    for folder in folders() {
        let code = name(&folder);
        let vault = Vault::copy_of(&folder.join("vault"));
        if let Prepared::NotHere(reason) = recipe::prepare(&folder.join("setup.toml"), &vault.path()) {
            eprintln!("{code}: skipped, as {reason}");
            continue;
        }
        let found = match said(&vault, &code) {
            Ok(found) => found,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        let file = folder.join("expected.txt");
        if is_update {
            fs::write(&file, &found).unwrap();
        } else {
            let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
            if expected != found {
                faults.push(format!("{code}: expected\n{expected}\nfound\n{found}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn each_code_has_a_folder_or_a_reason() {
    let with_folder: BTreeSet<String> = folders().iter().map(|folder| name(folder)).collect();
    let codes = codes();
    let missing: Vec<&String> =
        codes.iter().filter(|code| !with_folder.contains(*code) && reason_without(code).is_none()).collect();
    assert!(missing.is_empty(), "codes without a folder in tests/diagnostics: {missing:#?}");
    let both: Vec<&String> = with_folder.iter().filter(|code| reason_without(code).is_some()).collect();
    assert!(both.is_empty(), "codes with a folder and with a reason to have none: {both:#?}");
}

#[test]
fn each_folder_and_each_reason_is_about_a_code() {
    let codes = codes();
    let folders: Vec<String> = folders().iter().map(|folder| name(folder)).collect();
    let reasons = WITHOUT_A_FOLDER.iter().map(|(code, _)| (*code).to_owned());
    let unknown: Vec<String> = folders.into_iter().chain(reasons).filter(|code| !codes.contains(code)).collect();
    assert!(unknown.is_empty(), "not in src/diagnostics.toml: {unknown:#?}");
}

/// What `check` says of this code, English first.
fn said(vault: &Vault, code: &str) -> Result<String, String> {
    let mut text = String::new();
    for language in ["en", "zh-CN"] {
        let output = vault.run(&["check", "--lang", language]);
        // Settings that cannot be read end the run with 2, and are said on standard error.
        if !matches!(output.code, 0..=2) {
            return Err(format!("{code}: exit {}\n{}{}", output.code, output.stdout, output.stderr));
        }
        let blocks = blocks(&format!("{}\n{}", output.stdout, output.stderr), code);
        if blocks.is_empty() {
            return Err(format!("{code}: not said in {language}; instead\n{}{}", output.stdout, output.stderr));
        }
        if let Some(bare) = blocks.iter().find(|block| !is_sentence(block)) {
            return Err(format!("{code}: no sentence or no help in {language}\n{bare}"));
        }
        text.push_str(&format!("# {language}\n{}\n", blocks.join("\n")));
    }
    Ok(text)
}

/// The diagnostics of one code: from the line that names it to its help, or to the next diagnostic or empty line.
fn blocks(output: &str, code: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in output.lines() {
        if is_head(line) {
            is_inside = line.contains(&format!("[{code}]: "));
            if is_inside {
                blocks.push(String::new());
            }
        } else if line.trim().is_empty() {
            is_inside = false;
        }
        if let Some(block) = blocks.last_mut().filter(|_| is_inside) {
            block.push_str(line);
            block.push('\n');
        }
        is_inside = is_inside && !line.trim_start().starts_with("help: ");
    }
    blocks
}

/// Whether a block ends in a help, so that the catalogue knew its code: one that does not shows bare values.
fn is_sentence(block: &str) -> bool {
    block.lines().last().is_some_and(|line| line.trim_start().starts_with("help: "))
}

/// Whether a line opens a diagnostic: `path:line:col: severity[code]: message`.
fn is_head(line: &str) -> bool {
    let severities = ["error[", "warning[", "hint[", "错误[", "警告[", "提示["];
    !line.starts_with(char::is_whitespace) && severities.iter().any(|word| line.contains(word)) && line.contains("]: ")
}

fn reason_without(code: &str) -> Option<&'static str> {
    let own = WITHOUT_A_FOLDER.iter().find(|(own, _)| *own == code);
    let family = FAMILIES_WITHOUT_A_FOLDER.iter().find(|(family, _)| code.starts_with(family));
    own.or(family).map(|(_, reason)| *reason)
}

fn codes() -> BTreeSet<String> {
    let text = fs::read_to_string(in_repository("src/diagnostics.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    table.keys().cloned().collect()
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(in_repository("tests/diagnostics")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn only_the_blocks_of_the_code_are_taken() {
    let output = "a.md:1:1: error[one]: x\n  note line\nhelp: y\na.md:2:1: hint[two]: x\n  line\nhelp: z\n\n1 error\n";
    assert_eq!(blocks(output, "one"), ["a.md:1:1: error[one]: x\n  note line\nhelp: y\n"]);
    assert_eq!(blocks(output, "two"), ["a.md:2:1: hint[two]: x\n  line\nhelp: z\n"]);
    assert!(blocks(output, "three").is_empty());
}
