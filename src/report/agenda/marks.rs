//! Statutory days off and make-up working days: a meeting or a due day that falls on one says so. Nothing is moved.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::model::holidays::{Holidays, StatutoryDay};
use crate::model::today::Today;
use crate::report::item::{AgendaItem, DayMark, ItemKind, Section};

/// Marks the lines from today on, and gives the years of which nothing is known, in order.
pub(super) fn mark(items: &mut [AgendaItem], holidays: &Holidays, today: Today) -> Vec<i32> {
    let mut unknown = BTreeSet::new();
    for item in items.iter_mut().filter(|item| is_marked(item, today)) {
        item.day_mark = mark_of(holidays, item.date);
        if holidays.on(item.date) == StatutoryDay::Unknown {
            unknown.insert(item.date.year());
        }
    }
    unknown.into_iter().collect()
}

/// What the notices say of a day; `None` for an ordinary and for an unknown one.
pub(super) fn mark_of(holidays: &Holidays, date: NaiveDate) -> Option<DayMark> {
    match holidays.on(date) {
        StatutoryDay::Off(name) => Some(DayMark { name: name.to_owned(), off: true }),
        StatutoryDay::MakeUpWork(name) => Some(DayMark { name: name.to_owned(), off: false }),
        StatutoryDay::Ordinary | StatutoryDay::Unknown => None,
    }
}

/// Whether it matters to a line that people are off on its day: for what is to be done with them or by then.
fn is_marked(item: &AgendaItem, today: Today) -> bool {
    let is_plan = matches!(
        item.kind,
        ItemKind::Meeting | ItemKind::Contact | ItemKind::FollowUp | ItemKind::Introduction | ItemKind::Affair
    );
    is_plan && item.section != Section::Done && item.date >= today.0
}
