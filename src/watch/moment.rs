//! The clocks as the loop is told of them; a test says what it likes.

use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

/// Time that only goes forward, since the watch began. It may stand still while the machine sleeps.
pub type Moment = Duration;

/// All clocks at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The one that measures.
    pub moment: Moment,
    /// The one on the wall; it can be set.
    pub wall: SystemTime,
    /// The day there, by the local calendar.
    pub date: NaiveDate,
    /// How long until the next day begins.
    pub midnight: Duration,
}
