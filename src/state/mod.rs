//! The program's own folder for one vault, outside it: locks, the bytes that writes displaced, and what was seen last.
//!
//! Nothing here is a source of truth: without the folder every report is the same. Everything in it is the user's
//! alone (0700, 0600) and expires.

pub mod folder;
pub mod record;
