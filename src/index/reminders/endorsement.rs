//! Endorsements that end: from some days before the last day they may be used, through that day. Ticked when used.

use chrono::{Days, NaiveDate};

use crate::index::endorsements::{about, endorsements};

use super::{Asked, Draft, Ground, ReminderKind};

/// The reminders for endorsements, used or not.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    let notice = Days::new(asked.options.endorsement_notice.into());
    for found in endorsements(asked.index, asked.options, asked.today) {
        let Some(record) = asked.index.person(found.person) else { continue };
        let first = found.ends.checked_sub_days(notice).unwrap_or(NaiveDate::MIN);
        let name = about(record, found.fact);
        drafts.push(Draft {
            kind: ReminderKind::Endorsement,
            person: Some(found.person),
            date: first.max(found.fact.date),
            late_after: None,
            ground: Ground::Endorsement { fact: found.fact, ends: found.ends },
            source: Some((&found.fact.path, found.fact.line)),
            name: (name.path, name.day, name.words),
            is_open: asked.today.0 <= found.ends,
        });
    }
}
