//! A phrase as the units it is compared by: a Chinese character, a word of letters, or a word with synonyms.

use std::ops::Range;

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// What it is; equal units have equal numbers.
    pub(super) id: u32,
    /// How much it tells: a character 1, a word 2.
    pub(super) weight: u32,
    /// Whether it belongs to a word that says little.
    pub(super) is_general: bool,
    /// Whether it is a character, of which two make a word.
    pub(super) is_character: bool,
    /// Units of different stretches have a mark or an empty word between them.
    pub(super) stretch: u32,
    /// Its bytes.
    pub(super) place: Range<usize>,
}

/// The units of a text in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) units: Vec<Unit>,
    weight: u32,
    /// How much of it says little.
    general: u32,
}

impl Phrase {
    pub(super) fn new(units: Vec<Unit>) -> Self {
        let weight = units.iter().map(|unit| unit.weight).sum();
        let general = units.iter().filter(|unit| unit.is_general).map(|unit| unit.weight).sum();
        Phrase { units, weight, general }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    pub(super) fn ids(&self) -> Vec<u32> {
        self.units.iter().map(|unit| unit.id).collect()
    }

    pub(super) fn weight(&self) -> u32 {
        self.weight
    }

    /// Whether both have the same units in the same order.
    pub(super) fn has_same_units(&self, other: &Phrase) -> bool {
        self.units.iter().map(|unit| unit.id).eq(other.units.iter().map(|unit| unit.id))
    }

    /// Whether so many keys in common can be enough for a fit: each stands for one word at most, and words that say
    /// little have none.
    pub(super) fn may_fit(&self, other: &Phrase, hits: u32) -> bool {
        let shorter = if other.weight() <= self.weight() { other } else { self };
        (2 * hits + shorter.general) * 3 >= shorter.weight() * 2
    }

    /// What it is found by: its words, and each two characters that stand together, but for those that say little.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        let next = self.units.iter().skip(1).map(Some).chain([None]);
        let mut keys: Vec<u64> = self.units.iter().zip(next).filter_map(|(unit, next)| key(unit, next)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
    }
}

fn key(unit: &Unit, next: Option<&Unit>) -> Option<u64> {
    if !unit.is_character {
        return (!unit.is_general && unit.weight > 1).then_some(u64::from(unit.id));
    }
    let next = next.filter(|next| next.stretch == unit.stretch)?;
    (!(unit.is_general && next.is_general)).then_some(u64::from(unit.id) << 32 | u64::from(next.id))
}
