//! The plan of a new year: asked for from its first day for two weeks; for two weeks before it, a line that looks ahead.

use chrono::{Days, NaiveDate};

use super::{Asked, Draft, Ground, ReminderKind};

/// For how many days a year's plan is asked for, and before it announced.
const FOR_DAYS: u64 = 14;

/// The reminders of this year and the next, for an owner with a note to answer in and people to plan for.
pub(super) fn add<'i>(asked: &Asked<'i>, drafts: &mut Vec<Draft<'i>>) {
    let Some(owner) = &asked.index.owner else { return };
    if asked.index.people.is_empty() {
        return;
    }
    let year = asked.options.year_starts.year_of(asked.today.0);
    for year in [year, year + 1] {
        let (from, to) = asked.options.year_starts.days_of(year);
        drafts.push(Draft {
            kind: ReminderKind::Plan,
            person: None,
            date: from,
            late_after: None,
            ground: Ground::Year(from, to),
            source: None,
            name: (owner.path.as_str(), from, ""),
            is_open: is_asked(from, asked.today.0),
        });
    }
}

fn is_asked(from: NaiveDate, today: NaiveDate) -> bool {
    let ends = from.checked_add_days(Days::new(FOR_DAYS)).unwrap_or(from);
    let announced = from.checked_sub_days(Days::new(FOR_DAYS)).unwrap_or(from);
    announced <= today && today < ends
}
