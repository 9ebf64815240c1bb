//! Thanks: asked for from the day after a favour, late after two days unless told otherwise, and for a month. One line
//! stands for all that is owed to someone, under the name of the oldest. Who died or was let go is not thanked any more;
//! who is paused is.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::index::record::PersonId;
use crate::index::thanks::{Debt, DebtState, Thanks, about};

use super::{Asked, Draft, Ground, ReminderKind};

/// How long what was put off is asked for again, where its month is over meanwhile.
const AGAIN: u32 = 7;

/// The reminders for favours, thanked or not.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    let thanks = Thanks::new(asked.index, asked.today);
    for (id, record) in (0..).map(PersonId).zip(&asked.index.people) {
        if record.silence().is_some() {
            continue;
        }
        let debts = thanks.debts(id);
        let mut lines: BTreeMap<NaiveDate, (usize, Vec<&Debt<'i>>)> = BTreeMap::new();
        for (place, debt) in debts.iter().enumerate() {
            if let Some(day) = asked_on(asked, debt) {
                lines.entry(day.max(asked.today.0)).or_insert_with(|| (place, Vec::new())).1.push(debt);
            }
        }
        let leading: BTreeMap<usize, Ground<'i>> = lines
            .into_values()
            .filter_map(|(place, debts)| {
                let favour = debts.first()?.favour;
                let is_large = debts.iter().any(|debt| debt.is_large);
                Some((place, Ground::Favour { favour, more: debts.len() - 1, is_large }))
            })
            .collect();
        for (place, debt) in debts.iter().enumerate() {
            let name = about(record, debt.favour);
            drafts.push(Draft {
                kind: ReminderKind::Thanks,
                person: Some(id),
                date: after(debt.favour.date, 1),
                late_after: Some(after(debt.favour.date, asked.options.thanks_late_after)),
                ground: leading.get(&place).copied().unwrap_or(Ground::Behind),
                source: Some((&debt.favour.path, debt.favour.line)),
                name: (record.path.as_str(), name.day, debt.favour.words()),
                is_open: asked_on(asked, debt).is_some(),
            });
        }
    }
}

/// The day from which a debt is asked for, if it is.
fn asked_on(asked: &Asked<'_>, debt: &Debt<'_>) -> Option<NaiveDate> {
    let first = after(debt.favour.date, 1);
    let last = after(debt.favour.date, asked.options.thanks_asked_for);
    match debt.state {
        DebtState::Owed => (asked.today.0 <= last).then_some(first),
        DebtState::PutOff(until) => {
            (asked.today.0 <= last.max(after(until, AGAIN))).then(|| first.max(after(until, 1)))
        }
        DebtState::Promised(_) | DebtState::LeftOut(_) | DebtState::Thanked(_) => None,
    }
}

fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(days.into())).unwrap_or(day)
}
