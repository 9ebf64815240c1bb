//! The shape of the data file, and how entries of a second file in the same shape join the first.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::error::{AdditionError, AdditionFault};
use super::is_chinese;
use super::table::Taken;

/// The tables of the data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TableName {
    Note,
    Person,
    Owner,
    Meeting,
    Event,
    Section,
    Combined,
    Linked,
    ClassType,
    ClassCategory,
    ClassTag,
    ClassFolder,
    Folder,
    Stem,
    StemPart,
    Heading,
    LogColumn,
    LogField,
    Channel,
    Move,
    TaskPart,
    MoveField,
    YesNo,
    Absent,
    Closeness,
    Busyness,
    Status,
    MeetingStatus,
    Calendar,
    LunarRule,
    LeapDay,
    InfoPosition,
    Preset,
    Festival,
    Greeting,
    Holiday,
    TopicWord,
    Label,
    Report,
    Series,
}

impl TableName {
    /// Whether the table is looked up by word; the others only give the words to write, which keep their case.
    pub(super) fn is_searched(self) -> bool {
        !matches!(self, Self::Festival | Self::Greeting | Self::Holiday | Self::Label | Self::Report | Self::Series)
    }

    /// Whether the words are compared as front-matter keys.
    pub(super) fn holds_keys(self) -> bool {
        matches!(
            self,
            Self::Note
                | Self::Person
                | Self::Owner
                | Self::Meeting
                | Self::Event
                | Self::Section
                | Self::Combined
                | Self::Linked
                | Self::MoveField
        )
    }

    /// Whether English singular and plural are equal.
    pub(super) fn ignores_plural(self) -> bool {
        matches!(self, Self::ClassType | Self::ClassCategory | Self::ClassTag | Self::ClassFolder | Self::Preset)
    }

    /// Whether the configuration may add entries, not only words.
    fn is_open(self) -> bool {
        matches!(self, Self::Channel | Self::Move | Self::Preset)
    }
}

/// The words of one id in both languages, the written one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) chinese: Vec<Box<str>>,
    pub(super) english: Vec<Box<str>>,
    /// The id names the entry and is no word itself.
    pub(super) name_only: bool,
}

impl Entry {
    pub(super) fn words(&self, language: &str) -> &[Box<str>] {
        if is_chinese(language) { &self.chinese } else { &self.english }
    }
}

/// Where each entry of an added file stands in its text.
pub(super) struct Places(BTreeMap<(TableName, &'static str), Range<usize>>);

impl Places {
    /// The error for a word held twice, at the entry that was added.
    pub(super) fn locate(&self, table: TableName, taken: Taken) -> AdditionError {
        let second_is_added = self.0.contains_key(&(table, taken.by));
        let (added, holder) = if second_is_added { (taken.by, taken.first) } else { (taken.first, taken.by) };
        let span = self.0.get(&(table, added)).cloned();
        AdditionError { span, fault: AdditionFault::Taken { word: taken.word, by: holder } }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    zh: Words,
    #[serde(default)]
    en: Words,
    #[serde(default)]
    name_only: bool,
    #[serde(default)]
    replace: bool,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a word or a list of words")]
enum Words {
    One(Box<str>),
    Many(Vec<Box<str>>),
}

impl Default for Words {
    fn default() -> Self {
        Words::Many(Vec::new())
    }
}

type Tables<E> = BTreeMap<TableName, E>;

/// Adds the entries of `toml` to `tables`; words of tables that are searched are folded.
pub(super) fn merge(
    tables: &mut Tables<BTreeMap<&'static str, Entry>>,
    toml: &str,
    fold: fn(&str) -> String,
) -> Result<Places, AdditionError> {
    let written: Tables<BTreeMap<Spanned<String>, Written>> = toml::from_str(toml)
        .map_err(|e| AdditionError { span: e.span(), fault: AdditionFault::Syntax(e.message().into()) })?;
    let mut places = BTreeMap::new();
    let starting = tables.is_empty();
    for (name, added) in written {
        let table = tables.entry(name).or_default();
        for (id, written) in added {
            let span = id.span();
            let id = id.into_inner();
            let known = table.keys().find(|known| **known == id).copied();
            let id = match known {
                Some(known) => known,
                None if starting || name.is_open() => interned(&id),
                None => return Err(AdditionError { span: Some(span), fault: AdditionFault::UnknownEntry(id.into()) }),
            };
            places.insert((name, id), span);
            written.join(table.entry(id).or_default(), |word| fold_for(name, word, fold));
        }
    }
    Ok(Places(places))
}

impl Written {
    fn join(self, entry: &mut Entry, fold: impl Fn(Box<str>) -> Box<str>) {
        if self.replace {
            entry.chinese.clear();
            entry.english.clear();
        }
        entry.name_only |= self.name_only || self.replace;
        entry.chinese.extend(self.zh.into_vec().into_iter().map(&fold));
        entry.english.extend(self.en.into_vec().into_iter().map(&fold));
    }
}

impl Words {
    fn into_vec(self) -> Vec<Box<str>> {
        match self {
            Words::One(word) => vec![word],
            Words::Many(words) => words,
        }
    }
}

fn fold_for(table: TableName, word: Box<str>, fold: fn(&str) -> String) -> Box<str> {
    if table.is_searched() { fold(&word).into() } else { word }
}

/// An id that lives as long as the program, so that notes can keep it without a copy. Built-in ids are made once,
/// and a run reads its configuration once; nothing grows.
fn interned(id: &str) -> &'static str {
    Box::leak(Box::from(id))
}
