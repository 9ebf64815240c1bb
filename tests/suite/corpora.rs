//! Real folders nobody on this project wrote: nothing in them brings the program down or is changed by it, their front
//! matter is read at the promised rate, and their people are found.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use walkdir::WalkDir;

use crate::support::{Vault, corpora};

/// Vaults of notes; the other folders are inputs to single parsers.
const VAULTS_WITH_PEOPLE: &[&str] = &["digitalgov-authors", "kepano", "vcf-contacts"];

/// The people of the personal vault.
const PEOPLE_OF_KEPANO: &[&str] = &["Kevin Kelly", "Paul Chambers", "Steph Ango"];

#[test]
fn no_real_folder_is_changed_or_brings_the_program_down() {
    let Some(corpora) = corpora("corpora") else { return };
    for folder in folders(&corpora) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let vault = Vault::copy_of(&folder);
        let before = vault.state();
        vault.run(&["scan"]).assert_done(&name);
        assert_eq!(vault.state().of_user().touched_since(&before.of_user()), [""; 0], "{name}");
        let after = vault.state();
        vault.run(&["scan"]).assert_done(&name);
        assert_eq!(vault.state().touched_since(&after), [""; 0], "{name}: second run");
    }
}

#[test]
fn front_matter_is_read_whole_at_the_promised_rate() {
    let Some(corpora) = corpora("corpora") else { return };
    let (mut blocks, mut whole) = (0, 0);
    for name in VAULTS_WITH_PEOPLE {
        let output = Vault::copy_of(&corpora.join(name)).run(&["check", "--format", "json"]);
        output.assert_done(name);
        let json = output.json();
        let count = |key: &str| json["front_matter"][key].as_u64().unwrap();
        assert_eq!(count("blocks"), count("whole") + count("partial") + count("unread"), "{name}");
        blocks += count("blocks");
        whole += count("whole");
    }
    assert!(blocks > 1_000, "{blocks} blocks found");
    assert!(whole * 1_000 >= blocks * 997, "{whole} of {blocks} blocks whole");
}

#[test]
fn the_people_of_a_personal_vault_are_found_and_no_others() {
    let Some(corpora) = corpora("corpora") else { return };
    let found = people(&corpora.join("kepano"));
    let names: BTreeSet<&str> = found.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, PEOPLE_OF_KEPANO.iter().copied().collect());
}

#[test]
fn cards_with_family_and_given_name_are_people() {
    let Some(corpora) = corpora("corpora") else { return };
    assert_found(&corpora.join("vcf-contacts"), "N.FN", "N.GN", 15);
}

#[test]
fn authors_with_first_and_last_name_are_people() {
    let Some(corpora) = corpora("corpora") else { return };
    assert_found(&corpora.join("digitalgov-authors"), "first_name", "last_name", 1_000);
}

/// One line of the report on people.
struct Person {
    name: String,
    path: String,
}

/// Fails unless each note with a value under both keys is a person, and there are at least so many.
fn assert_found(folder: &Path, one: &str, other: &str, at_least: usize) {
    let found: BTreeSet<String> = people(folder).into_iter().map(|person| person.path).collect();
    let mut named = BTreeSet::new();
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        if has_value(&text, one) && has_value(&text, other) {
            named.insert(entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
    assert!(named.len() >= at_least, "only {} notes with both names", named.len());
    let missing: Vec<&String> = named.difference(&found).collect();
    assert!(missing.is_empty(), "{} of {} not found: {missing:#?}", missing.len(), named.len());
}

/// Whether a line `key: value` of the front matter holds something.
fn has_value(text: &str, key: &str) -> bool {
    let front = text.split("\n---").next().unwrap_or_default();
    front.lines().any(|line| {
        let value = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
        let value = value.trim().trim_matches(['"', '\'']).trim();
        !value.is_empty() && value != "null" && !value.starts_with('#')
    })
}

fn people(folder: &Path) -> Vec<Person> {
    let output = Vault::copy_of(folder).run(&["report", "people", "--format", "json"]);
    output.assert_done("report people");
    let json = output.json();
    let word = |person: &Value, key: &str| person[key].as_str().unwrap_or_default().to_owned();
    let people = json["people"].as_array().unwrap().iter();
    people.map(|person| Person { name: word(person, "name"), path: word(person, "path") }).collect()
}

fn folders(corpora: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir() && !path.ends_with("licences")).collect();
    folders.sort();
    folders
}
