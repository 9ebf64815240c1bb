//! How long after a contact the next is due.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

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

impl Period {
    /// A period of `count` units; a count of 0 is read as 1.
    pub fn new(count: u32, unit: Unit) -> Self {
        Period { count: count.max(1), unit }
    }

    /// The day `times` periods after `anchor`, in calendar steps; a day the month lacks becomes its last day.
    /// Always counted from the anchor, so that 31 January leads to 28 February and then to 31 March.
    /// `None` past the end of the calendar.
    pub fn after(self, anchor: NaiveDate, times: u32) -> Option<NaiveDate> {
        let steps = self.count.checked_mul(times)?;
        match self.unit {
            Unit::Day => anchor.checked_add_days(Days::new(u64::from(steps))),
            Unit::Week => anchor.checked_add_days(Days::new(u64::from(steps) * 7)),
            Unit::Month => anchor.checked_add_months(Months::new(steps)),
            Unit::Year => anchor.checked_add_months(Months::new(steps.checked_mul(12)?)),
        }
    }

    /// About how many days it lasts: a month counts 30, a year 365. For ranking, not for due dates.
    pub fn days(self) -> u32 {
        let unit = match self.unit {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 30,
            Unit::Year => 365,
        };
        self.count.saturating_mul(unit)
    }
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

/// Whether a length is what was written or near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Precision {
    /// As written.
    #[default]
    Exact,
    /// So many times in a unit that the unit has no whole share (一周两次 is taken as every 3 days).
    Approximate,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn due_days_are_counted_from_the_anchor_and_never_from_a_shortened_date() {
        let table: [(&str, Period, &[&str]); 6] = [
            ("2026-01-31", Period::new(1, Unit::Month), &["2026-02-28", "2026-03-31", "2026-04-30"]),
            ("2026-11-29", Period::new(3, Unit::Month), &["2027-02-28", "2027-05-29"]),
            ("2024-02-29", Period::new(1, Unit::Year), &["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
            ("2026-11-20", Period::new(2, Unit::Week), &["2026-12-04", "2026-12-18"]),
            ("2026-12-31", Period::new(1, Unit::Day), &["2027-01-01"]),
            ("2026-11-20", Period::new(24, Unit::Month), &["2028-11-20"]),
        ];
        for (anchor, period, expected) in table {
            for (times, expected) in (1..).zip(expected) {
                assert_eq!(period.after(day(anchor), times), Some(day(expected)), "{anchor} + {times} × {period}");
            }
        }
    }

    #[test]
    fn no_period_from_the_anchor_is_the_anchor_and_overflow_is_none() {
        let anchor = day("2026-01-31");
        assert_eq!(Period::new(1, Unit::Month).after(anchor, 0), Some(anchor));
        assert_eq!(Period::new(999, Unit::Year).after(anchor, u32::MAX), None);
        assert_eq!(Period::new(9999, Unit::Year).after(anchor, 999), None);
    }

    #[test]
    fn length_in_days_is_approximate_for_months_and_years() {
        let days = |count, unit| Period::new(count, unit).days();
        assert_eq!((days(10, Unit::Day), days(2, Unit::Week)), (10, 14));
        assert_eq!((days(3, Unit::Month), days(2, Unit::Year)), (90, 730));
    }
}
