//! What the index needs to know from the settings.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::cadence::{Cadence, Period};
use crate::model::date::{LeapDay, LunarRule};

/// What a role brings along when the person note does not say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RolePreset {
    /// How often.
    pub cadence: Option<Cadence>,
    /// Weight in the day's ranking: 1 is ordinary, more comes first. In hundredths.
    pub weight: Option<u32>,
}

/// Settings of the index, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexOptions {
    /// Role presets by canonical name (`skill-mentor`).
    pub presets: BTreeMap<Box<str>, RolePreset>,
    /// Cadence by tag; a tag also covers its sub-tags. Of several the shortest wins.
    pub tag_cadences: BTreeMap<Box<str>, Cadence>,
    /// Cadence by closeness (core, strong, weak) and busyness (low, middle, high).
    pub closeness_cadences: [[Cadence; 3]; 3],
    /// Cadence when nothing else says one.
    pub default_cadence: Cadence,
    /// Lost after this many cadences of silence.
    pub lost_after: u32,
    /// Where 29 February goes.
    pub leap_day: LeapDay,
    /// What happens to lunar days a year lacks.
    pub lunar_rule: LunarRule,
    /// Days ahead at which yearly days are announced.
    pub remind_before: u32,
    /// Canonical ids of festivals to announce.
    pub festivals: BTreeSet<Box<str>>,
}

impl IndexOptions {
    /// The period for closeness and busyness by the table, `None` where the table says untracked.
    pub fn by_closeness(&self, closeness: usize, busyness: usize) -> Option<Period> {
        match self.closeness_cadences.get(closeness)?.get(busyness)? {
            Cadence::Every(period) => Some(*period),
            Cadence::Untracked => None,
        }
    }
}
