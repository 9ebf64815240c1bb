//! Index to plain data, one pure function a report. Each line carries its reason as data, so that Markdown,
//! terminal text, JSON and `why` cannot disagree. No words of either language here: `render` has them.

pub mod agenda;
pub mod brief;
pub mod calendar;
pub mod counts;
pub mod endorsers;
pub mod exchange;
pub mod information;
pub mod item;
pub mod ledger;
pub mod network;
pub mod people;
pub mod plan;
pub mod problems;
pub mod reason;
pub mod run;
pub mod show;
pub mod stale;
pub mod suggestion;
pub mod why;
pub mod year;

mod facts;
mod told;
mod vouching;

#[cfg(test)]
pub(crate) mod support;
