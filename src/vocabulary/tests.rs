//! The data file as a whole: it parses, each word has one home, and both languages are there.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::error::AdditionFault;
use super::keys::KeyScope;
use super::source::{Entry, TableName};
use super::{BUILT_IN, Vocabulary};

fn lower(text: &str) -> String {
    text.to_lowercase()
}

#[test]
fn the_built_in_words_are_sound_and_no_word_has_two_homes() {
    let built = Vocabulary::default().extended(BUILT_IN, str::to_owned);
    assert!(built.is_ok(), "{:?}", built.unwrap_err());
    assert!(!Vocabulary::built_in().tables.is_empty());
}

#[test]
fn every_word_is_nfc_and_words_that_are_looked_up_are_folded() {
    for (table, id, entry) in entries() {
        for word in entry.chinese.iter().chain(&entry.english) {
            assert_eq!(**word, *word.nfc().collect::<String>(), "{table:?} {id}");
            if table.is_searched() {
                let folded = word.nfkc().collect::<String>().to_lowercase();
                assert_eq!(**word, folded.split_whitespace().collect::<Vec<_>>().join(" "), "{table:?} {id}");
            }
        }
    }
}

#[test]
fn every_entry_has_both_languages() {
    for (table, id, entry) in entries() {
        let exempt =
            table == TableName::Section || id == "generated_by" || (table == TableName::StemPart && id == "map");
        assert!(exempt || !entry.chinese.is_empty(), "{table:?} {id} has no Chinese");
        assert!(!entry.name_only || !entry.english.is_empty(), "{table:?} {id} has no English");
        if !table.is_searched() {
            assert!(!entry.english.is_empty(), "{table:?} {id} has no English");
        }
    }
}

#[test]
fn ids_of_keys_are_written_as_they_are_compared() {
    let scopes = [KeyScope::Note, KeyScope::Person, KeyScope::Owner, KeyScope::Meeting, KeyScope::Event];
    for scope in scopes {
        for key in Vocabulary::built_in().keys(scope) {
            assert_eq!(Vocabulary::built_in().key(scope, key), Some(key), "{scope:?}");
        }
    }
}

#[test]
fn no_key_of_any_note_hides_one_of_a_person_or_a_meeting() {
    let words = Vocabulary::built_in();
    for (table, id, entry) in entries().filter(|(table, ..)| *table == TableName::Note) {
        for word in entry.chinese.iter().chain(&entry.english) {
            for other in [TableName::Person, TableName::Owner, TableName::Meeting, TableName::Event] {
                assert_eq!(words.id(other, word), None, "{word} of {table:?} {id}");
            }
        }
    }
}

#[test]
fn words_of_the_configuration_join_the_built_in_ones() {
    let toml = "[person]\nwechat = { zh = \"VX（私人）\" }\n\n[preset]\ninvestor = { en = \"Angel\" }\n\
                coach = { zh = \"教练\", en = \"coach\" }\n";
    let words = Vocabulary::with_additions(toml, lower).unwrap();
    assert_eq!(words.key(KeyScope::Person, "vx"), Some("wechat"));
    assert_eq!(words.key(KeyScope::Person, "微信"), Some("wechat"));
    assert_eq!(words.preset("angels"), Some("investor"));
    assert_eq!(words.preset("教练"), Some("coach"));
    assert_eq!(Vocabulary::built_in().preset("教练"), None);
}

#[test]
fn the_configuration_may_replace_a_cell() {
    let toml = "[class_folder]\nperson = { en = \"Humans\", replace = true }";
    let words = Vocabulary::with_additions(toml, lower).unwrap();
    assert!(words.class_by_folder("humans").is_some());
    assert!(words.class_by_folder("people").is_none());
}

#[test]
fn kinds_of_moves_may_be_added() {
    let words = Vocabulary::with_additions("[move]\n\"gave/money\" = { zh = \"输出/钱\" }", lower).unwrap();
    let found = words.move_tag("输出/money").unwrap();
    assert_eq!((found.id, found.unknown_leaf), ("gave/money", false));
}

#[test]
fn faults_of_added_words_are_named_with_their_place() {
    let cases = [
        ("[person]\nphone = { zh = \"微信\" }", "phone", "already means"),
        ("[person]\nphnoe = { zh = \"座机\" }", "phnoe", "not an entry"),
        ("[persons]\nphone = { zh = \"座机\" }", "persons", "persons"),
        ("[person]\nphone = { fr = \"portable\" }", "fr", "fr"),
        ("[person]\nphone = { zh = 3 }", "3", "a word or a list"),
    ];
    for (toml, place, message) in cases {
        let error = Vocabulary::with_additions(toml, lower).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
        let span = error.span.unwrap_or_else(|| panic!("no place: {toml}"));
        assert_eq!(toml.get(span), Some(place), "{toml}");
    }
    let error = Vocabulary::with_additions("[person]\nphone = { zh = \"微信\" }", lower).unwrap_err();
    assert_eq!(error.fault, AdditionFault::Taken { word: "微信".into(), by: "wechat" });
}

fn entries() -> impl Iterator<Item = (TableName, &'static str, &'static Entry)> {
    let tables: &'static BTreeMap<_, _> = &Vocabulary::built_in().tables;
    tables.iter().flat_map(|(name, table)| table.entries().iter().map(|(id, entry)| (*name, *id, entry)))
}
