//! One table of words: which id a word belongs to, and which words an id has.

use std::borrow::Cow;
use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, HashMap};

use super::normal::{normal_key, normal_word};
use super::source::{Entry, TableName};

/// The entries of one table by id, and the ids by word.
#[derive(Clone, Debug)]
pub(super) struct WordTable {
    name: TableName,
    entries: BTreeMap<&'static str, Entry>,
    words: HashMap<Box<str>, &'static str>,
}

/// A word that two entries of one table claim.
pub(super) struct Taken {
    pub(super) word: Box<str>,
    pub(super) first: &'static str,
    pub(super) by: &'static str,
}

impl WordTable {
    /// Indexes the words of the entries.
    ///
    /// # Errors
    /// A word that belongs to two entries.
    pub(super) fn build(name: TableName, entries: BTreeMap<&'static str, Entry>) -> Result<Self, Taken> {
        let mut table = WordTable { name, entries: BTreeMap::new(), words: HashMap::new() };
        if name.is_searched() {
            for (id, entry) in &entries {
                table.index(id, entry)?;
            }
        }
        if name.ignores_plural() {
            table.index_plurals();
        }
        table.entries = entries;
        Ok(table)
    }

    /// The id of the entry that holds a folded word.
    pub(super) fn id_of(&self, folded: &str) -> Option<&'static str> {
        self.words.get(self.normal(folded).as_ref()).copied()
    }

    /// All entries by id.
    pub(super) fn entries(&self) -> &BTreeMap<&'static str, Entry> {
        &self.entries
    }

    fn index(&mut self, id: &'static str, entry: &Entry) -> Result<(), Taken> {
        let own = (!entry.name_only).then_some(id);
        for word in own.into_iter().chain(entry.chinese.iter().chain(&entry.english).map(AsRef::as_ref)) {
            let normal: Box<str> = self.normal(word).into();
            match self.words.entry(normal) {
                Slot::Vacant(slot) => _ = slot.insert(id),
                Slot::Occupied(slot) if *slot.get() == id => {}
                Slot::Occupied(slot) => {
                    return Err(Taken { word: slot.key().clone(), first: slot.get(), by: id });
                }
            }
        }
        Ok(())
    }

    fn index_plurals(&mut self) {
        let mut others: Vec<(Box<str>, &'static str)> =
            self.words.iter().filter_map(|(word, id)| Some((other_number(word)?, *id))).collect();
        others.sort_unstable();
        for (word, id) in others {
            self.words.entry(word).or_insert(id);
        }
    }

    fn normal<'a>(&self, folded: &'a str) -> Cow<'a, str> {
        if self.name.holds_keys() {
            normal_key(folded)
        } else if self.name == TableName::Absent {
            Cow::Borrowed(folded) // `-` is a word here
        } else {
            normal_word(folded)
        }
    }
}

/// The plural of an English singular, the singular of a plural in `s`.
fn other_number(word: &str) -> Option<Box<str>> {
    let last = word.chars().next_back()?;
    if word.len() < 3 || !word.is_ascii() || !last.is_ascii_alphanumeric() {
        return None;
    }
    match word.strip_suffix('s') {
        Some(singular) if !singular.ends_with('s') => Some(singular.into()),
        Some(_) => Some(format!("{word}es").into()),
        None => match word.strip_suffix('y') {
            Some(stem) => Some(format!("{stem}ies").into()),
            None => Some(format!("{word}s").into()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_and_plural_are_found_from_each_other() {
        for (word, other) in
            [("meeting", "meetings"), ("contacts", "contact"), ("boss", "bosses"), ("family", "families")]
        {
            assert_eq!(other_number(word).as_deref(), Some(other), "{word}");
        }
        assert_eq!(other_number("me"), None);
        assert_eq!(other_number("人脉"), None);
    }
}
