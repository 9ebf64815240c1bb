//! Both READMEs against the program: their generated blocks, their tables, their examples, their links.
//!
//! `VAULT_SCAN_UPDATE=1 cargo test` writes the blocks anew; a person reads the difference.

use std::collections::BTreeSet;
use std::fs;

use clap::CommandFactory as _;
use toml::Table;
use vault_scan::cli::args::Cli;

use crate::readme_blocks::{agenda, diagnostics, excerpts, keys, moves, practice_rows, practices, presets};
use crate::readme_text::{Readme, examples, links, rows, section, shape, slug};
use crate::support::{Vault, in_repository};

const ENGLISH: Readme = Readme { file: "README.md", language: "en" };
const CHINESE: Readme = Readme { file: "README.zh-CN.md", language: "zh-CN" };
const BOTH: [Readme; 2] = [ENGLISH, CHINESE];

#[test]
fn the_generated_blocks_are_what_the_program_gives() {
    for readme in BOTH {
        let mut blocks = excerpts(readme.language);
        let made = [
            ("example:agenda", agenda(readme.language)),
            ("generated:practices", practices(readme.language)),
            ("generated:keys", keys(readme.language)),
            ("generated:moves", moves(readme.language)),
            ("generated:presets", presets(readme.language)),
            ("generated:diagnostics", diagnostics(readme.language)),
        ];
        blocks.extend(made.map(|(name, block)| (name.to_owned(), block)));
        let old = readme.text();
        let new = blocks.iter().fold(old.clone(), |text, (name, block)| readme.with_block(&text, name, block));
        if std::env::var_os("VAULT_SCAN_UPDATE").is_some() {
            fs::write(in_repository(readme.file), new).unwrap();
            continue;
        }
        for (old, new) in old.lines().zip(new.lines()) {
            assert_eq!(old, new, "{}", readme.file);
        }
        assert_eq!(old.lines().count(), new.lines().count(), "{}", readme.file);
    }
}

#[test]
fn each_practice_is_served_by_a_report_and_proved_by_a_test_that_exists() {
    let rows = practice_rows();
    let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let counts = [('A', 8), ('B', 5), ('C', 4), ('D', 7), ('E', 6), ('F', 8)];
    let expected: Vec<String> =
        counts.iter().flat_map(|(letter, count)| (1..=*count).map(move |n| format!("{letter}{n}"))).collect();
    assert_eq!(ids, expected);
    let mut sources = String::new();
    for folder in ["src", "tests/suite"] {
        for entry in walkdir::WalkDir::new(in_repository(folder)).into_iter().filter_map(Result::ok) {
            sources.push_str(&fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
    for row in rows {
        let name = row[5].rsplit("::").next().unwrap();
        assert!(sources.contains(&format!("fn {name}(")), "{}: no test {name}", row[0]);
        assert!(row.iter().all(|cell| !cell.trim().is_empty()), "{row:?}");
    }
}

#[test]
fn each_dependency_has_a_row_with_its_reason() {
    let manifest: Table = fs::read_to_string(in_repository("Cargo.toml")).unwrap().parse().unwrap();
    let of_systems = manifest["target"].as_table().unwrap().values().map(|target| &target["dependencies"]);
    let tables = ["dependencies", "dev-dependencies"].map(|name| &manifest[name]).into_iter().chain(of_systems);
    let needed: BTreeSet<String> = tables.flat_map(|table| table.as_table().unwrap().keys().cloned()).collect();
    for (readme, heading) in [(ENGLISH, "## Dependencies"), (CHINESE, "## 依赖")] {
        let told: BTreeSet<String> = rows(section(&readme.text(), heading)).map(|row| row.name).collect();
        assert_eq!(told, needed, "{}", readme.file);
    }
}

#[test]
fn each_command_has_a_row_and_each_option_is_told() {
    let cli = Cli::command();
    let mut commands: BTreeSet<String> = cli.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    commands.insert("vault-scan".to_owned());
    let options: BTreeSet<String> = std::iter::once(&cli)
        .chain(cli.get_subcommands())
        .flat_map(clap::Command::get_arguments)
        .filter_map(|argument| argument.get_long().map(|long| format!("--{long}")))
        .collect();
    for (readme, heading) in [(ENGLISH, "## Commands"), (CHINESE, "## 命令")] {
        let text = readme.text();
        let part = section(&text, heading);
        let is_command =
            |name: &String| !name.starts_with('-') && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let first_table = part.split("\n\n").find(|block| block.starts_with('|')).unwrap();
        let told: BTreeSet<String> = rows(first_table).map(|row| row.name).filter(is_command).collect();
        assert_eq!(told, commands, "{}", readme.file);
        let missing: Vec<&String> = options.iter().filter(|option| !part.contains(option.as_str())).collect();
        assert!(missing.is_empty(), "{}: options not told: {missing:?}", readme.file);
    }
}

#[test]
fn each_room_has_a_row() {
    let entries = fs::read_dir(in_repository("src")).unwrap().map(|entry| entry.unwrap().path());
    let folders = entries.filter(|path| path.is_dir() && path.join("mod.rs").exists() || path.ends_with("vocabulary"));
    let rooms: BTreeSet<String> =
        folders.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    for (readme, heading) in [(ENGLISH, "## Architecture"), (CHINESE, "## 结构")] {
        let told: BTreeSet<String> = rows(section(&readme.text(), heading)).map(|row| row.name).collect();
        assert_eq!(told, rooms, "{}", readme.file);
    }
}

#[test]
fn the_notes_shown_are_people_without_a_finding() {
    for readme in BOTH {
        let text = readme.text();
        let notes = examples(&text, "example:note");
        assert_eq!(notes.len(), 2, "{}", readme.file);
        let vault = Vault::new();
        for (number, note) in notes.iter().enumerate() {
            vault.write(&format!("{number}.md"), note);
        }
        for person in ["Jonas Berg", "梁嘉树"] {
            vault.write(&format!("People/{person}.md"), "");
        }
        let check = vault.run(&["check", "--format", "json"]);
        assert_eq!(check.code, 0, "{}", check.stderr);
        assert_eq!(check.json()["people"], 4, "{}", readme.file);
        assert_eq!(check.json()["diagnostics"].as_array().unwrap().len(), 0, "{}: {}", readme.file, check.stdout);
        let people = vault.run(&["report", "people", "--format", "json"]).json();
        let last = |path: &str| {
            let people = people["people"].as_array().unwrap();
            people.iter().find(|person| person["path"] == path).unwrap()["last_contact"].clone()
        };
        let mut days = [last("0.md"), last("1.md")].map(|day| day.as_str().unwrap().to_owned());
        days.sort();
        assert_eq!(days, ["2026-11-13", "2026-11-18"], "{}", readme.file);
    }
}

#[test]
fn the_settings_shown_are_accepted() {
    for readme in BOTH {
        let text = readme.text();
        let settings = examples(&text, "example:config");
        assert_eq!(settings.len(), 1, "{}", readme.file);
        let vault = Vault::new();
        vault.write(".vault-scan/config.toml", settings[0]);
        vault.write("People/A.md", "---\ncadence: \"6w\"\n---\n");
        let run = vault.run(&["scan"]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", readme.file);
    }
}

#[test]
fn the_template_shown_takes_the_place_of_the_built_in_one() {
    for readme in BOTH {
        let text = readme.text();
        let templates = examples(&text, "example:template agenda.md.j2");
        assert_eq!(templates.len(), 1, "{}", readme.file);
        let vault = Vault::copy_of(&in_repository("example-vault"));
        vault.write(".vault-scan/templates/agenda.md.j2", templates[0]);
        let run = vault.run(&["agenda", "--format", "markdown", "--lang", readme.language]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", readme.file);
        let lines: Vec<&str> = run.stdout.lines().collect();
        assert!(lines[0].starts_with("# ") && lines[0].contains("2026-11-20"), "{}", run.stdout);
        assert!(lines.iter().filter(|line| line.starts_with("- [ ] [[")).count() > 3, "{}", run.stdout);
    }
}

#[test]
fn both_languages_have_the_same_parts() {
    assert_eq!(shape(&ENGLISH.text()), shape(&CHINESE.text()));
}

#[test]
fn links_lead_somewhere() {
    for readme in BOTH {
        let text = readme.text();
        let anchors: BTreeSet<String> = text.lines().filter(|line| line.starts_with('#')).map(slug).collect();
        for link in links(&text) {
            let leads = match link.strip_prefix('#') {
                Some(anchor) => anchors.contains(anchor),
                None => link.starts_with("https://") || in_repository(link).exists(),
            };
            assert!(leads, "{}: {link}", readme.file);
        }
    }
}
