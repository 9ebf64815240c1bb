//! The words of both languages, read once from `vocabulary.toml` into a value that is passed as an argument.
//!
//! All lookups take text already folded (`model::fold::fold`) and give back ids: canonical keys such as
//! `last_contact`, or small ids such as `lunch` and `got/intro`. A language is given by its BCP 47 tag (`zh-CN`,
//! `en`). Code elsewhere holds no word lists: a new word is one line of the data file and one case of a test.
//!
//! The sentences of diagnostics are the other data file (`diagnostics`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub mod classes;
pub mod diagnostics;
pub mod error;
pub mod headings;
pub mod keys;
pub mod labels;
pub mod moves;
pub mod normal;
pub mod time;
pub mod values;
pub mod words;

mod source;
mod table;

use error::AdditionError;
use moves::MoveTree;
use source::{Entry, TableName};
use table::WordTable;

const BUILT_IN: &str = include_str!("vocabulary.toml");

/// Every word the program reads or writes, by table.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    tables: BTreeMap<TableName, WordTable>,
    moves: MoveTree,
}

impl Vocabulary {
    /// The words the program comes with.
    pub fn built_in() -> &'static Vocabulary {
        // The file is part of the program and a test proves it sound, so the empty value is never seen.
        static WORDS: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::default().extended(BUILT_IN, str::to_owned).unwrap_or_default());
        &WORDS
    }

    /// The built-in words and those of `toml`, which has the shape of the built-in file. `fold` is the rule by which
    /// words are compared; added words are folded by it.
    ///
    /// # Errors
    /// What does not parse, an entry the table does not know, or a word that another entry of the table holds,
    /// each with the bytes of `toml` it is about.
    pub fn with_additions(toml: &str, fold: fn(&str) -> String) -> Result<Vocabulary, AdditionError> {
        Vocabulary::built_in().extended(toml, fold)
    }

    fn extended(&self, toml: &str, fold: fn(&str) -> String) -> Result<Vocabulary, AdditionError> {
        let mut entries: BTreeMap<TableName, BTreeMap<&'static str, Entry>> =
            self.tables.iter().map(|(name, table)| (*name, table.entries().clone())).collect();
        let places = source::merge(&mut entries, toml, fold)?;
        let mut tables = BTreeMap::new();
        for (name, entries) in entries {
            let table = WordTable::build(name, entries).map_err(|taken| places.locate(name, taken))?;
            tables.insert(name, table);
        }
        let moves = tables.get(&TableName::Move).map(MoveTree::build).unwrap_or_default();
        Ok(Vocabulary { tables, moves })
    }

    /// The id of the entry of one table that holds a word.
    fn id(&self, table: TableName, folded: &str) -> Option<&'static str> {
        self.tables.get(&table)?.id_of(folded)
    }

    fn entry(&self, table: TableName, id: &str) -> Option<&Entry> {
        self.tables.get(&table)?.entries().get(id)
    }

    /// The word written for an entry, or the id where there is none.
    fn written<'a>(&'a self, table: TableName, id: &'a str, language: &str) -> &'a str {
        self.entry(table, id).and_then(|entry| entry.words(language).first()).map_or(id, |word| word)
    }

    /// The Chinese word written for an entry that is written by its id in English.
    fn by_id<'a>(&'a self, table: TableName, id: &'a str, language: &str) -> &'a str {
        if is_chinese(language) { self.written(table, id, language) } else { id }
    }
}

/// Whether a BCP 47 tag or locale name means Chinese; every other language is served in English.
fn is_chinese(language: &str) -> bool {
    language.split(['-', '_', '.']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("zh"))
}

#[cfg(test)]
mod tests;
