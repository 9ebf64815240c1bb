//! Plan and apply: the only writer.
//!
//! An [`intent::Intent`] says what a run wants of one file. [`plan::plan`] compares it with what stands in the vault and
//! says what would change, what must be refused and why; [`apply::Writer`] carries that out through the file layer.
//! Everything but `apply` and `place` is pure. What is absent: the clock, and any way to touch front matter.

pub mod apply;
pub mod context;
mod copies;
pub mod diff;
#[cfg(test)]
mod faults_tests;
pub mod generated;
mod git;
pub mod intent;
pub mod log;
pub mod markers;
mod ours;
mod place;
pub mod plan;
pub mod refusal;
#[cfg(test)]
mod refusal_tests;
pub mod removal;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod rival_tests;
mod settle;
pub mod splice;
mod sum;
mod swap;
pub mod sweep;
pub mod target;
pub mod task;
