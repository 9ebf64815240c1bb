//! The program's own folder for one vault, outside it: locks, the bytes that writes displaced, and what was seen last.
//!
//! ```text
//! <home>/<16 hex digits of the vault's path>/
//!   write.lock, watch.lock      who writes, who watches
//!   recovery/<id>.md            the bytes of one displaced file; nothing of the note's name in the name
//!   recovery/<id>.json          what they are, see `record`
//!   seen, compared, expired     one number each
//!   claimed, no-exchange        what a poor disk needs, see `claim` and `exchange`
//! ```
//!
//! Nothing here is a source of truth: without the folder every report is the same. Everything in it is the user's
//! alone (0700, 0600) and expires. `folder` says where it is, `lock` who may write, `recovery` keeps bytes, `listing`
//! finds them again, `expiry` and `late` look after them, `seen` tells a vault that is suddenly empty.

pub mod exchange;
pub mod expiry;
pub mod folder;
pub mod late;
pub mod listing;
pub mod lock;
pub mod record;
pub mod recovery;
pub mod seen;

mod claim;
mod clock;
mod id;

#[cfg(test)]
mod tests;
