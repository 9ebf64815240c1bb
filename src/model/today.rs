//! The one day a run works with.

use chrono::NaiveDate;

/// The civil date a run takes as today: made once in `cli`, passed to everything below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Today(pub NaiveDate);

impl Today {
    /// Whole days from `date` to today; negative when `date` lies ahead.
    pub fn days_since(self, date: NaiveDate) -> i64 {
        (self.0 - date).num_days()
    }

    /// Whole days from today to `date`; negative when it has passed.
    pub fn days_until(self, date: NaiveDate) -> i64 {
        -self.days_since(date)
    }
}
