//! The catalogue is whole: every code used has its sentences, every sentence its code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;

use super::{BUILT_IN, Catalogue, Severity, filled};

#[test]
fn the_built_in_catalogue_parses() {
    let read: Result<Catalogue, _> = toml::from_str(BUILT_IN);
    assert!(read.is_ok(), "{}", read.unwrap_err());
}

#[test]
fn a_sentence_is_filled_by_severity_language_and_arguments() {
    let catalogue: Catalogue = toml::from_str(
        r#"[no-year]
        severity = "warning"
        en = { message = "`{0}` has no year", help = "write {1}, or {{0}" }
        zh = { message = "“{0}”缺少年份", help = "请写成 {1}" }"#,
    )
    .unwrap();
    let arguments = ["11-{1}", "2026-11-20"];
    assert_eq!(catalogue.severity("no-year"), Some(Severity::Warning));
    assert_eq!(catalogue.message("no-year", "en", &arguments), "`11-{1}` has no year");
    assert_eq!(catalogue.message("no-year", "zh-CN", &arguments), "“11-{1}”缺少年份");
    assert_eq!(catalogue.help("no-year", "zh-CN", &arguments), "请写成 2026-11-20");
    assert_eq!(catalogue.severity("nothing"), None);
    assert_eq!(catalogue.message("nothing", "en", &["a", "b"]), "a, b");
    assert_eq!(catalogue.help("nothing", "en", &["a"]), "");
}

#[test]
fn without_a_suggestion_the_help_is_another() {
    let catalogue = Catalogue::built_in();
    for (near, expected) in [
        ("days", "did you mean `days`? `vault-scan --print-config` shows all settings"),
        ("", "`vault-scan --print-config` shows all settings"),
    ] {
        assert_eq!(catalogue.help("config-unknown-key", "en", &["dayz", near]), expected);
    }
}

#[test]
fn a_sentence_with_odd_brackets_stays_as_it_is() {
    for sentence in ["{", "a {b} c", "}{", "{{% raw %}"] {
        assert_eq!(filled(sentence, &["x"]), sentence);
    }
    assert_eq!(filled("{0}{9}{0}", &["x"]), "xx");
}

#[test]
fn every_code_used_is_in_the_catalogue() {
    let finding = Regex::new(r#"Finding::new\(\s*"([^"]+)""#).unwrap();
    let known: BTreeSet<&str> = Catalogue::built_in().codes().collect();
    for (path, code) in sources() {
        for used in finding.captures_iter(&code).filter_map(|found| found.get(1)) {
            assert!(known.contains(used.as_str()), "{path}: `{}` is not in src/diagnostics.toml", used.as_str());
        }
    }
}

#[test]
fn every_code_in_the_catalogue_is_used() {
    let literal = Regex::new(r#""([a-z0-9]+(?:-[a-z0-9]+)*)""#).unwrap();
    let sources = sources();
    let used: BTreeSet<&str> = sources
        .values()
        .flat_map(|code| literal.captures_iter(code))
        .filter_map(|c| c.get(1))
        .map(|m| m.as_str())
        .collect();
    for code in Catalogue::built_in().codes() {
        assert!(used.contains(code), "`{code}` of src/diagnostics.toml is used nowhere");
    }
}

#[test]
fn codes_are_kebab_words_and_both_languages_take_the_same_values() {
    let kebab = Regex::new("^[a-z0-9]+(-[a-z0-9]+)*$").unwrap();
    for (code, sentences) in &Catalogue::built_in().by_code {
        assert!(kebab.is_match(code), "{code}");
        let (zh, en) = (&sentences.zh, &sentences.en);
        for text in [&zh.message, &zh.help, &en.message, &en.help] {
            assert!(!text.trim().is_empty(), "{code}");
        }
        assert_eq!(placeholders(&zh.message), placeholders(&en.message), "message of {code}");
        assert_eq!(placeholders(&zh.help), placeholders(&en.help), "help of {code}");
    }
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    let placeholder = Regex::new(r"\{\d+\}").unwrap();
    placeholder.find_iter(sentence).map(|found| found.as_str()).collect()
}

/// The program's code by path, less tests.
fn sources() -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.file_stem().is_some_and(|stem| stem == "tests" || stem == "support")
                || path.parent().is_some_and(|folder| folder.ends_with("tests"));
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split_once("#[cfg(test)]\nmod ").map_or(text.as_str(), |(code, _)| code).to_owned();
                sources.insert(path.display().to_string(), code);
            }
        }
    }
    sources
}
