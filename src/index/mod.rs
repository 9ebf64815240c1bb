//! Notes to one index: people, their timelines, their cadence; and the facts that several reports share.

mod collate;
mod contact;
pub mod options;
pub mod record;
mod resolve;
pub mod standing;
mod surnames;
#[cfg(test)]
pub(crate) mod support;
