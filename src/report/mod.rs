//! Index to plain data, one pure function a report. Each line carries its reason as data, so that Markdown,
//! terminal text, JSON and `why` cannot disagree. No words of either language here: `render` has them.

pub mod agenda;
pub mod item;
pub mod people;
pub mod problems;
pub mod reason;
pub mod run;
pub mod show;
pub mod stale;
pub mod why;

mod facts;

#[cfg(test)]
pub(crate) mod support;
