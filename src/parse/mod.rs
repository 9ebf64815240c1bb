//! Text to notes: pure, never fails, keeps spans.
//!
//! `note` puts a whole note together: `front_matter` and `body` read its two halves, `kind` says what it is, `fields`
//! types its values; the rest reads values of one sort.

mod affairs;
pub mod body;
pub mod cadence;
pub mod dates;
pub mod fields;
pub mod front_matter;
pub mod kind;
pub mod leading_date;
pub mod lunar_dates;
pub mod meeting;
pub mod moment;
pub mod note;
pub mod periodic;
pub mod read;
pub mod relative_dates;
pub mod rest;
pub mod templates;
pub mod ticks;
pub mod weight;
pub mod words;

mod civil_day;
mod clock;
mod meeting_days;
mod scan;
