//! Changes in the vault as they happen: hints where to look, gathered into batches.
//!
//! ```text
//! source ──► event ──► interest ──► batch ──► rounds ──► a look
//!  effect    closed       pure       pure      pure
//! ```
//!
//! An event only means "look here"; what is true, the look finds out. Nothing in this room reads a note, and only
//! `source` knows the system's watcher and its clock, so all the rest is driven by tests with a clock of their own.
//! `rounds` is the loop as a state machine: it is told of events and of time, and says what to do next. Who carries it
//! out is `cli`.

pub mod batch;
pub mod breaker;
pub mod event;
pub mod interest;
pub mod look;
pub mod moment;
pub mod mounts;
pub mod rounds;
pub mod source;
