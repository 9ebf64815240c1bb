//! Notes to one index: people, their timelines, their cadence; and the facts that several reports share.
//!
//! `build` puts it together in two steps: `gather` says what each note tells of whom, by `identity` and `resolve` for what
//! a link means and `contact` for what counts; `portrait` makes of it what is known about each person, with `timeline`,
//! `ties` and `cadence`. `keep` takes in a saved note alone. `ledger` holds what was given and got.
//!
//! The rest answers questions about a day: where someone stands, what was owed, shared, promised and kept, who fits whom.
//! `build` puts it together: `resolve` finds the note a link means, `contact` says what counts, `timeline` gathers it,
//! `ties` says how people know each other, `cadence` picks the rule, `ledger` holds what was given and got. `standing`, `meetings`, `birthdays`, `festivals`, `rhythm`, `tie`, `thanks`, `keeping`, `load`, `importance` and `reminders` answer questions about a day.
//! `ties` says how people know each other, `cadence` picks the rule, `ledger` holds what was given and got.
//! `standing`, `meetings`, `birthdays`, `festivals`, `rhythm`, `tie`, `thanks`, `balance`, `share_queue`, `sharing`, `gifts`,
//! `kept_warm`, `keeping`, `load`, `importance` and `reminders` answer questions about a day; `matching`, `introductions`, `affairs` and `next_move` say who
//! could help whom, and how.
//! `ties` says how people know each other, `cadence` picks the rule, `ledger` holds what was given and got, `matching` who offers what someone needs. `standing`, `meetings`, `birthdays`, `festivals`, `rhythm`, `tie`, `thanks` and `reminders` answer questions about a day.
//! `ties` says how people know each other, `cadence` picks the rule, `ledger` holds what was given and got. `standing`, `meetings`,
//! `birthdays`, `festivals`, `rhythm`, `tie`, `thanks`, `share_queue`, `sharing`, `gifts`, `kept_warm` and `reminders` answer questions about a day.

pub mod affairs;
pub mod balance;
pub mod birthdays;
pub mod build;
pub mod endorsements;
pub mod endorsers;
pub mod festivals;
pub mod gifts;
pub mod importance;
pub mod information;
pub mod interviews;
pub mod introductions;
pub mod item_ids;
pub mod keep;
pub mod keeping;
pub mod kept_warm;
pub mod ledger;
pub mod load;
pub mod lunar;
pub mod matching;
pub mod meetings;
pub mod names;
pub mod next_move;
pub mod options;
pub mod record;
pub mod reminders;
pub mod rhythm;
pub mod share_queue;
pub mod sharing;
pub mod solar_terms;
pub mod sources;
pub mod standing;
pub mod steps;
pub mod suggested;
pub mod thanks;
pub mod tie;

mod cadence;
mod checks;
mod collate;
mod contact;
mod gather;
mod identity;
mod lists;
mod mentions;
mod pinyin_match;
mod portrait;
mod resolve;
mod said;
mod shared_words;
mod surnames;
mod ties;
mod timeline;
mod twins;
mod waived;

#[cfg(test)]
pub(crate) mod support;
