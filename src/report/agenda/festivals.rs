//! Festivals, one line each, with a few people to greet in person.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::index::festivals::{Audience, Festival, festivals_between};
use crate::report::facts::Subject;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::Reason;

use super::day::{Day, item_about_nobody};
use super::rank::by_name;

/// The lines, by day. A festival on which there is nobody to greet has none.
pub(super) fn items(day: &Day<'_, '_>) -> Vec<AgendaItem> {
    let last = day.after(u64::from(day.index_options.remind_before));
    let mut lines: Vec<AgendaItem> = Vec::new();
    let mut told = BTreeSet::new();
    for (date, first) in festivals_between(day.today.0, last) {
        // New Year's Eve and Spring Festival share a line: the first of them that is ahead.
        let festival = first.line();
        if day.index_options.festivals.contains(festival.id()) && told.insert(festival) {
            let days = if first == festival { vec![festival.id()] } else { vec![first.id(), festival.id()] };
            lines.extend(line(day, date, festival, days));
        }
    }
    lines
}

fn line(day: &Day<'_, '_>, date: NaiveDate, festival: Festival, days: Vec<&'static str>) -> Option<AgendaItem> {
    let mut people: Vec<_> = day.subjects.iter().filter(|person| is_greeted(person, festival)).collect();
    people.sort_by(|a, b| greeting_rank(a).cmp(&greeting_rank(b)).then_with(|| by_name(a, b)));
    people.truncate(day.options.greet);
    let greet: Vec<_> = people.into_iter().map(Subject::reference).collect();
    (!greet.is_empty()).then(|| {
        let place = (day.section(date).unwrap_or(Section::Later), ItemKind::Festival);
        item_about_nobody(place, date, Reason::Festival { festival: festival.id(), days, greet }, None)
    })
}

/// Tracked people, and on the day of teachers only those who teach.
fn is_greeted(person: &Subject<'_>, festival: Festival) -> bool {
    person.record.cadence.period.is_some()
        && !person.is_left_alone()
        && (festival.audience() != Audience::Mentors || person.record.teaches())
}

/// The weightiest first, then the closest; people whose closeness is not said come after the weak ties.
fn greeting_rank(person: &Subject<'_>) -> impl Ord {
    let closeness = person.record.person.closeness.as_ref().map(|closeness| closeness.value);
    (std::cmp::Reverse(person.record.weight), closeness.is_none(), closeness)
}
