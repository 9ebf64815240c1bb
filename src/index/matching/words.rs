//! From text to units: characters and words, less those that say nothing, with synonyms made one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::index::options::TopicWords;

use super::phrase::{Phrase, Unit};

/// More units than any phrase needs; a longer text is read up to here.
const LONGEST: usize = 120;
/// Numbers below are characters.
const FIRST_WORD: u32 = 0x11_0000;
/// Numbers from here on are of synonyms.
const FIRST_SYNONYM: u32 = 0x4000_0000;
/// A word that no phrase offered has.
const UNKNOWN: u32 = u32::MAX;

/// The words that say little, those that mean the same, and the numbers of all words of letters met so far.
#[derive(Debug, Default)]
pub(super) struct Words {
    empty: Lists,
    general: Lists,
    known: HashMap<Box<str>, u32>,
    /// By their first unit, the longest first.
    synonyms: HashMap<u32, Vec<(Vec<u32>, u32)>>,
}

/// Words to look for: those of letters as a whole, those of characters anywhere.
#[derive(Debug, Default)]
struct Lists {
    letters: BTreeSet<Box<str>>,
    /// By their first character, the longest first.
    characters: HashMap<char, Vec<Box<str>>>,
}

impl Words {
    pub(super) fn new(said: &TopicWords, synonyms: &BTreeMap<Box<str>, Vec<Box<str>>>) -> Self {
        let general = said.general.iter().map(|word| without_plural(word).into());
        let (empty, general) = (Lists::new(said.empty.iter().cloned()), Lists::new(general));
        let mut words = Words { empty, general, ..Words::default() };
        for (group, (word, others)) in (FIRST_SYNONYM..).zip(synonyms) {
            for word in std::iter::once(word).chain(others) {
                let units = words.add(word).ids();
                if let Some(first) = units.first() {
                    words.synonyms.entry(*first).or_default().push((units, group));
                }
            }
        }
        for list in words.synonyms.values_mut() {
            list.sort_by_key(|(units, _)| std::cmp::Reverse(units.len()));
        }
        words
    }

    /// The phrase of a text; its words are known from then on.
    pub(super) fn add(&mut self, text: &str) -> Phrase {
        let mut known = std::mem::take(&mut self.known);
        let phrase = self.phrase(text, &mut |word| {
            let next = FIRST_WORD + u32::try_from(known.len()).unwrap_or(0);
            match known.get(word) {
                Some(id) => *id,
                None => *known.entry(word.into()).or_insert(next),
            }
        });
        self.known = known;
        phrase
    }

    /// The phrase of a text.
    pub(super) fn read(&self, text: &str) -> Phrase {
        self.phrase(text, &mut |word| self.known.get(word).copied().unwrap_or(UNKNOWN))
    }

    fn phrase(&self, text: &str, number: &mut dyn FnMut(&str) -> u32) -> Phrase {
        let mut reading = Reading { words: self, text, at: 0, stretch: 0, general_to: 0, units: Vec::new() };
        while reading.units.len() < LONGEST && reading.step(number) {}
        Phrase::new(self.with_synonyms(reading.units))
    }

    fn with_synonyms(&self, units: Vec<Unit>) -> Vec<Unit> {
        if self.synonyms.is_empty() {
            return units;
        }
        let mut made: Vec<Unit> = Vec::with_capacity(units.len());
        let mut rest = units.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let begins = |ids: &Vec<u32>| {
                rest.len() >= ids.len()
                    && rest.iter().zip(ids).all(|(unit, id)| unit.id == *id && unit.stretch == first.stretch)
            };
            let known = self.synonyms.get(&first.id).into_iter().flatten().find(|(ids, _)| begins(ids));
            let Some((ids, group)) = known else {
                made.push(first.clone());
                rest = after;
                continue;
            };
            let (whole, after) = rest.split_at(ids.len());
            let end = whole.last().map_or(first.place.end, |last| last.place.end);
            made.push(Unit {
                id: *group,
                weight: 2,
                is_general: whole.iter().all(|unit| unit.is_general),
                is_character: false,
                stretch: first.stretch,
                place: first.place.start..end,
            });
            rest = after;
        }
        made
    }
}

struct Reading<'w, 't> {
    words: &'w Words,
    text: &'t str,
    at: usize,
    stretch: u32,
    /// Characters up to this byte belong to a word that says little.
    general_to: usize,
    units: Vec<Unit>,
}

impl Reading<'_, '_> {
    /// Reads one word, character or mark; false at the end.
    fn step(&mut self, number: &mut dyn FnMut(&str) -> u32) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { return false };
        match c {
            _ if stands_alone(c) => self.character(c, rest),
            _ if c.is_alphanumeric() => self.word(rest, number),
            _ if c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '_') => self.at += c.len_utf8(),
            _ => {
                self.stretch += 1;
                self.at += c.len_utf8();
            }
        }
        true
    }

    fn character(&mut self, c: char, rest: &str) {
        if let Some(empty) = self.words.empty.at_start(c, rest) {
            self.stretch += 1;
            self.at += empty.len();
            return;
        }
        if self.at >= self.general_to
            && let Some(general) = self.words.general.at_start(c, rest)
        {
            self.general_to = self.at + general.len();
        }
        let place = self.at..self.at + c.len_utf8();
        self.at = place.end;
        let is_general = place.end <= self.general_to;
        let stretch = self.stretch;
        self.units.push(Unit { id: u32::from(c), weight: 1, is_general, is_character: true, stretch, place });
    }

    fn word(&mut self, rest: &str, number: &mut dyn FnMut(&str) -> u32) {
        let is_in = |c: char| c.is_alphanumeric() && !stands_alone(c);
        let len = rest.find(|c: char| !is_in(c)).unwrap_or(rest.len());
        let place = self.at..self.at + len;
        self.at = place.end;
        let word: String = rest.get(..len).unwrap_or_default().chars().flat_map(narrow).collect();
        if self.words.empty.letters.contains(word.as_str()) {
            self.stretch += 1;
            return;
        }
        let word = without_plural(&word);
        let weight = if word.chars().nth(1).is_some() { 2 } else { 1 };
        let is_general = self.words.general.letters.contains(word.as_str());
        let (id, stretch) = (number(&word), self.stretch);
        self.units.push(Unit { id, weight, is_general, is_character: false, stretch, place });
    }
}

impl Lists {
    fn new(words: impl Iterator<Item = Box<str>>) -> Self {
        let mut lists = Lists::default();
        for word in words {
            match word.chars().next() {
                Some(first) if stands_alone(first) => lists.characters.entry(first).or_default().push(word),
                Some(_) => _ = lists.letters.insert(word),
                None => {}
            }
        }
        for list in lists.characters.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        lists
    }

    fn at_start(&self, first: char, text: &str) -> Option<&str> {
        self.characters.get(&first)?.iter().find(|word| text.starts_with(&***word)).map(|word| &**word)
    }
}

/// Whether a character is of a script written without blanks.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Lower case, and full-width letters as plain ones.
fn narrow(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    plain.to_lowercase()
}

/// A word of letters without the `s` of its plural.
fn without_plural(word: &str) -> String {
    let stem = |end: &str| word.strip_suffix(end).filter(|stem| stem.len() > 2 && word.is_ascii());
    if let Some(stem) = stem("ies") {
        return format!("{stem}y");
    }
    for end in ["sses", "shes", "ches", "xes", "zes"] {
        if let Some(stem) = stem("es").filter(|_| word.ends_with(end)) {
            return stem.to_owned();
        }
    }
    match stem("s") {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}
