//! Birthdays and other days that return every year, announced some days ahead. The dead, and those let go or
//! archived, have none; the paused keep theirs.

use chrono::{Datelike, NaiveDate};

use crate::index::birthdays::{YearlyDate, YearlyKind, remind_before, yearly_days};
use crate::index::lunar::lunar_day;
use crate::model::date::YearlyDay;
use crate::report::facts::Subject;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item};
use super::rank::by_name;

/// The lines, by day and name.
pub(super) fn items(day: &Day<'_, '_>) -> Vec<AgendaItem> {
    let mut coming: Vec<(&Subject<'_>, YearlyDate)> = Vec::new();
    for person in day.subjects.iter().filter(|person| !person.is_silent()) {
        let last = day.after(u64::from(remind_before(person.record, day.index_options)));
        let days = yearly_days(person.record, day.today.0, last, day.index_options);
        coming.extend(days.into_iter().map(|found| (person, found)));
    }
    coming.sort_by(|(a, a_day), (b, b_day)| a_day.date.cmp(&b_day.date).then_with(|| by_name(a, b)));
    coming.into_iter().map(|(person, found)| line(day, person, found)).collect()
}

fn line(day: &Day<'_, '_>, person: &Subject<'_>, found: YearlyDate) -> AgendaItem {
    // A lead longer than the agenda looks still counts: the user asked for it on that very note.
    let section = day.section(found.date).unwrap_or(Section::Later);
    let (calendar, month, day_of_month, leap_month) = match found.day {
        YearlyDay::Solar(solar) => ("solar", solar.month, solar.day, false),
        YearlyDay::Lunar(lunar) => ("lunar", lunar.month, lunar.day, lunar.leap),
    };
    let reason = Reason::YearlyDay {
        label: match found.what {
            YearlyKind::Birthday => None,
            YearlyKind::Labelled(label) => Some(label.into()),
        },
        calendar,
        month,
        day: day_of_month,
        leap_month,
        years: found.years.filter(|years| *years > 0),
        moved: is_moved(found.day, found.date),
        last: person.last(day.today),
    };
    let source = Source { path: person.path(), line: found.line };
    item(person, (section, ItemKind::Birthday), found.date, reason, Some(source))
}

/// Whether the year lacks the day, so that it is kept on another: 29 February in a common
/// year, a leap month, day 30 of a short one.
fn is_moved(day: YearlyDay, date: NaiveDate) -> bool {
    match day {
        YearlyDay::Solar(solar) => (solar.month, solar.day) != (date.month(), date.day()),
        YearlyDay::Lunar(lunar) => {
            let found = lunar_day(date);
            found.is_some_and(|found| (found.month, found.leap, found.day) != (lunar.month, lunar.leap, lunar.day))
        }
    }
}
