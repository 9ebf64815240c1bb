//! What waits to be told to someone: asked for until it is told. Not of who is left alone for now or for good.

use crate::index::share_queue::{about, share_queue};
use crate::index::standing::{State, standing};

use super::{Asked, Draft, Ground, ReminderKind};

/// The reminders of kept lines, told or not.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    for kept in share_queue(asked.index, asked.today) {
        let Some(record) = asked.index.person(kept.person) else { continue };
        let is_left_alone = || {
            let state = standing(record, asked.today, asked.options).state;
            record.silence().is_some() || state == State::Paused
        };
        let name = about(record.path.as_str(), kept.item);
        drafts.push(Draft {
            kind: ReminderKind::Share,
            person: Some(kept.person),
            date: kept.item.date,
            late_after: None,
            ground: Ground::Kept(kept.item),
            source: Some((&kept.item.path, kept.item.line)),
            name: (record.path.as_str(), name.day, &kept.item.text),
            is_open: kept.told_by.is_none() && !is_left_alone(),
        });
    }
}
