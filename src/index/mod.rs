//! Notes to one index: people, their timelines, their cadence; and the facts that several reports share.
//!
//! `build` puts it together: `resolve` finds the note a link means, `contact` says what counts, `timeline` gathers it,
//! `ties` says how people know each other, `cadence` picks the rule, `ledger` holds what was given and got, `matching` who offers what someone needs. `standing`, `meetings`, `birthdays`, `festivals`, `rhythm`, `tie`, `thanks` and `reminders` answer questions about a day.
//! `ties` says how people know each other, `cadence` picks the rule, `ledger` holds what was given and got. `standing`, `meetings`,
//! `birthdays`, `festivals`, `rhythm`, `tie`, `thanks`, `share_queue`, `sharing`, `gifts`, `kept_warm` and `reminders` answer questions about a day.

pub mod birthdays;
pub mod build;
pub mod festivals;
pub mod gifts;
pub mod item_ids;
pub mod kept_warm;
pub mod ledger;
pub mod lunar;
pub mod matching;
pub mod meetings;
pub mod names;
pub mod options;
pub mod record;
pub mod reminders;
pub mod rhythm;
pub mod share_queue;
pub mod sharing;
pub mod solar_terms;
pub mod standing;
pub mod steps;
pub mod thanks;
pub mod tie;

mod cadence;
mod checks;
mod collate;
mod contact;
mod gather;
mod pinyin_match;
mod resolve;
mod shared_words;
mod surnames;
mod ties;
mod timeline;
mod twins;
mod waived;

#[cfg(test)]
pub(crate) mod support;
