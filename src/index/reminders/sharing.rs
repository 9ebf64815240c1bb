//! The next time the owner means to share something. Left out once, it is due one rhythm later.

use crate::index::item_ids::About;
use crate::index::sharing::{Sharing, sharing};

use super::{Asked, Draft, Ground, ReminderKind};

/// More rhythms than anybody leaves out.
const ROUNDS: u32 = 120;

/// The reminder of the next time, and those that were left out since the last.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    let Some(owner) = asked.index.owner.as_ref() else { return };
    let Some(habit) = sharing(asked.index, asked.today) else { return };
    let path = owner.path.as_str();
    for round in 0..ROUNDS {
        let Some(due) = habit.cadence.after(habit.due, round) else { return };
        drafts.push(Draft {
            kind: ReminderKind::Sharing,
            person: None,
            date: due,
            late_after: Some(due),
            ground: Ground::Sharing(Sharing { due, ..habit }),
            source: habit.last.map(|fact| (&fact.path, fact.line)),
            name: (path, due, ""),
            is_open: true,
        });
        let about = About { path, kind: ReminderKind::Sharing.as_str(), day: due, words: "" };
        let (_, answer) = about.open(asked.index, None);
        if answer.is_none_or(|answer| answer.until.is_some()) {
            return;
        }
    }
}
