//! Values shared by every room: no files, no clock, no words of either language.
//!
//! Read in this order: where things stand in a text (`span`, `path`), what is said about them (`diagnostic`), time
//! (`date`, `cadence`, `meeting_rule`), then a note and what it holds (`note`, `person`, `entry`, `task`).

pub mod affair;
pub mod cadence;
pub mod conflicts;
pub mod date;
pub mod diagnostic;
pub mod entry;
pub mod fold;
pub mod holidays;
pub mod item_id;
pub mod language;
pub mod link;
pub mod meeting_rule;
pub mod moves;
pub mod note;
pub mod obsidian;
pub mod occurrences;
pub mod path;
pub mod person;
pub mod recurrence;
pub mod span;
pub mod task;
pub mod today;
