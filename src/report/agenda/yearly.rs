//! Birthdays and other days that return every year, announced some days ahead. The dead, and those let go or
//! archived, have none; the paused keep theirs.

use chrono::Days;

use crate::model::date::YearlyDay;
use crate::report::facts::Subject;
use crate::report::interim::{Yearly, yearly};
use crate::report::item::{AgendaItem, ItemKind};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item};
use super::rank::by_name;

/// The lines, by day and name.
pub(super) fn items(day: &Day<'_>) -> Vec<AgendaItem> {
    let mut coming: Vec<(&Subject<'_>, Yearly)> = Vec::new();
    for person in day.subjects.iter().filter(|person| !person.is_silent()) {
        let lead = person.record.person.remind_before.unwrap_or(day.index_options.remind_before);
        let Some(last) = day.today.0.checked_add_days(Days::new(u64::from(lead))) else { continue };
        let days = yearly(person.record, day.index_options, day.today);
        coming.extend(days.into_iter().filter(|found| found.date <= last).map(|found| (person, found)));
    }
    coming.sort_by(|(a, a_day), (b, b_day)| a_day.date.cmp(&b_day.date).then_with(|| by_name(a, b)));
    coming.into_iter().filter_map(|(person, found)| line(day, person, found)).collect()
}

fn line(day: &Day<'_>, person: &Subject<'_>, found: Yearly) -> Option<AgendaItem> {
    // A lead longer than the agenda looks still counts: the user asked for it on that very note.
    let section = day.section(found.date).unwrap_or(crate::report::item::Section::Later);
    let (calendar, month, day_of_month, leap_month) = match found.day {
        YearlyDay::Solar(solar) => ("solar", solar.month, solar.day, false),
        YearlyDay::Lunar(lunar) => ("lunar", lunar.month, lunar.day, lunar.leap),
    };
    let reason = Reason::YearlyDay {
        label: found.label,
        calendar,
        month,
        day: day_of_month,
        leap_month,
        years: found.years.filter(|years| *years > 0),
        moved: found.moved,
        last: person.last(day.today),
    };
    let source = found.line.map(|line| Source { path: person.path(), line });
    Some(item(person, (section, ItemKind::Birthday), found.date, reason, source))
}
