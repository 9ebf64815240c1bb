//! Notes to one index: people, their timelines, their cadence; and the facts that several reports share.

pub mod birthdays;
pub mod build;
mod cadence;
mod checks;
mod collate;
mod contact;
pub mod festivals;
mod gather;
pub mod lunar;
pub mod meetings;
pub mod names;
pub mod options;
mod pinyin_match;
pub mod record;
mod resolve;
pub mod rhythm;
pub mod solar_terms;
pub mod standing;
#[cfg(test)]
pub(crate) mod support;
mod surnames;
mod timeline;
mod twins;
