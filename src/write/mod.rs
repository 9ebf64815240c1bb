//! Plan and apply: the only writer.
//!
//! A [`generated::GeneratedFile`] says what a report should hold. [`plan::plan`] compares it with what stands in the
//! vault and says what would change, what must be refused and why; [`disk::apply`] carries that out. Everything but
//! `disk` is pure. What is absent: notes of people are not written here, and nothing reads the clock.

pub mod diff;
pub mod disk;
pub mod generated;
pub mod markers;
mod ours;
pub mod plan;
pub mod refusal;
mod sum;
pub mod target;
