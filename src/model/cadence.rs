//! How long after a contact the next is due.

use std::fmt;

/// A calendar unit of a period. Quarters are read as three months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// A length of time in one calendar unit, as written: 24 months stay 24 months. Shown as ISO 8601 (`P2W`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How many units, at least 1.
    pub count: u32,
    /// Which unit.
    pub unit: Unit,
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.unit {
            Unit::Day => 'D',
            Unit::Week => 'W',
            Unit::Month => 'M',
            Unit::Year => 'Y',
        };
        write!(f, "P{}{letter}", self.count)
    }
}

/// What a cadence key says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    /// Due one period after the last contact.
    Every(Period),
    /// Not tracked (`none`, 不跟踪).
    Untracked,
}
