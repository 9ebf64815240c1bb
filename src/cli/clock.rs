//! The clock on the wall, for a watcher: the local day, how much of it is left, and the time of a line.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Days, Local, NaiveDateTime, NaiveTime};

use crate::watch::moment::{Moment, Now};

/// All clocks, where the one that measures shows `moment`.
pub fn now_at(moment: Moment) -> Now {
    let now = Local::now();
    Now { moment, wall: wall(), date: now.date_naive(), midnight: until_midnight(now) }
}

/// The time that files are dated with.
pub fn wall() -> SystemTime {
    SystemTime::now()
}

/// The local time of day, `14:03`.
pub fn clock_time() -> String {
    Local::now().format("%H:%M").to_string()
}

/// The local day and time for a log that is kept, `2026-11-20 14:03:09`.
pub fn log_time() -> String {
    Local::now().format("%Y-%m-%d %H:%M:%S").to_string()
}

/// By the clock on the wall: a day on which it is put forward has 23 hours. Where midnight does not exist that day, the
/// next look at the clock tells.
fn until_midnight(now: DateTime<Local>) -> Duration {
    left(now.naive_local()).max(Duration::from_millis(1))
}

fn left(now: NaiveDateTime) -> Duration {
    let next = now.date().checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN));
    next.and_then(|next| (next - now).to_std().ok()).unwrap_or(Duration::from_secs(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_day_ends_at_midnight() {
        for (time, seconds) in
            [("2026-11-20T23:59:59", 1), ("2026-11-20T00:00:00", 86_400), ("2026-12-31T12:00:00", 43_200)]
        {
            assert_eq!(left(time.parse().unwrap()), Duration::from_secs(seconds), "{time}");
        }
    }
}
