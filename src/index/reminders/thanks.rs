//! Thanks: asked for from the day after a favour, late after two days unless told otherwise, and for a month. Who died or
//! was let go is not thanked any more; who is paused is.

use chrono::{Days, NaiveDate};

use crate::index::record::PersonId;
use crate::index::thanks::owed;
use crate::model::moves::MoveKind;

use super::{Asked, Draft, Ground, ReminderKind};

/// The reminders for favours, thanked or not.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    for (id, record) in (0..).map(PersonId).zip(&asked.index.people) {
        if record.silence().is_some() {
            continue;
        }
        let open = owed(asked.index, id, asked.today);
        for fact in asked.index.ledger.of(id).filter(|fact| fact.kind == MoveKind::Got && fact.date <= asked.today.0) {
            let last = after(fact.date, asked.options.thanks_asked_for);
            drafts.push(Draft {
                kind: ReminderKind::Thanks,
                person: Some(id),
                date: after(fact.date, 1),
                late_after: Some(after(fact.date, asked.options.thanks_late_after)),
                ground: Ground::Favour(fact),
                source: Some((&fact.path, fact.line)),
                name: (record.path.as_str(), fact.date, fact.words()),
                is_open: asked.today.0 <= last && open.contains(&fact),
            });
        }
    }
}

fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}
