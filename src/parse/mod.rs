//! Text to notes: pure, never fails, keeps spans.

pub mod cadence;
mod civil_day;
mod clock;
pub mod dates;
pub mod leading_date;
pub mod lunar_dates;
pub mod meeting;
mod meeting_days;
pub mod read;
pub mod relative_dates;
mod scan;
#[cfg(test)]
mod time_properties;
