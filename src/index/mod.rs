//! Notes to one index: people, their timelines, their cadence; and the facts that several reports share.

pub mod build;
mod cadence;
mod checks;
mod collate;
mod contact;
pub mod meetings;
pub mod options;
pub mod record;
mod resolve;
pub mod standing;
#[cfg(test)]
pub(crate) mod support;
mod surnames;
mod timeline;
