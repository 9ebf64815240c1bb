//! The agenda: whom to contact today and why, what is coming, what was done.

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::options::IndexOptions;
use crate::index::record::Index;
use crate::index::suggested::Suggested;
use crate::model::holidays::Holidays;
use crate::model::today::Today;

use super::item::{AgendaItem, DayMark, ItemKind, Section};

use day::Day;

mod contacts;
mod day;
mod festivals;
mod follow_ups;
mod forecast;
mod marks;
mod meetings;
mod names;
mod next_moves;
mod rank;
mod reminders;
mod talks;
#[cfg(test)]
mod tests;
mod yearly;

/// Options of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaOptions {
    /// How many days ahead it looks; 30 unless told.
    pub days: u32,
    /// How many contacts a day asks for; what exceeds it is folded. 5 unless told.
    pub max_per_day: usize,
    /// How many people a festival line names.
    pub greet: usize,
    /// The statutory days off and make-up working days that are known.
    pub holidays: Holidays,
}

impl Default for AgendaOptions {
    fn default() -> Self {
        AgendaOptions { days: 30, max_per_day: 5, greet: 5, holidays: Holidays::built_in() }
    }
}

/// How many people come due in a week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeekLoad {
    /// Its Monday.
    pub week: NaiveDate,
    /// People due in it, meetings included.
    pub people: usize,
}

/// The agenda of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agenda {
    /// `vault-scan/agenda/1`
    pub schema: &'static str,
    /// The day.
    pub today: NaiveDate,
    /// Whether it is a statutory day off or a make-up working day.
    pub day_mark: Option<DayMark>,
    /// Its lines, in order.
    pub items: Vec<AgendaItem>,
    /// People due per week, this week first.
    pub forecast: Vec<WeekLoad>,
    /// Years of lines ahead whose statutory days are not known, so that none could be marked.
    pub unknown_years: Vec<i32>,
    /// How many people the vault has a note about.
    pub people: usize,
}

/// What to do on `today` and in the days after it. Today's lines stand by kind, contacts by rank; the lines ahead
/// stand by day. The same index, options and day give the same lines and the same ids.
pub fn agenda(index: &Index, index_options: &IndexOptions, options: &AgendaOptions, today: Today) -> Agenda {
    agenda_of(&Suggested::new(index, index_options, today), options)
}

/// The same of what other reports read too.
pub fn agenda_of(suggested: &Suggested<'_>, options: &AgendaOptions) -> Agenda {
    let day = Day::new(suggested, options);
    let (index, today) = (day.index, day.today);
    let of_people = || {
        let meetings = meetings::items(&day);
        let mut items = contacts::items(&day, &meetings);
        items.extend(meetings);
        items
    };
    let of_days =
        || rayon::join(|| follow_ups::items(&day), || rayon::join(|| yearly::items(&day), || festivals::items(&day)));
    let of_all = || rayon::join(of_days, || forecast::weeks(&day));
    let (mut items, ((follow_ups, (yearly, festivals)), forecast)) = rayon::join(of_people, of_all);
    items.extend(follow_ups);
    let reminded = reminders::items(&day, &items);
    items.extend(reminded);
    items.extend(yearly);
    items.extend(festivals);
    sort(&mut items);
    names::name(&mut items, index, today);
    next_moves::add(&mut items, &day);
    let unknown_years = marks::mark(&mut items, &options.holidays, today);
    Agenda {
        schema: "vault-scan/agenda/1",
        today: today.0,
        day_mark: marks::mark_of(&options.holidays, today.0),
        items,
        forecast,
        unknown_years,
        people: index.people.len(),
    }
}

/// By section; then today by kind and the days ahead by date. What makers of lines put in order stays so.
fn sort(items: &mut [AgendaItem]) {
    items.sort_by_key(|item| {
        let date = match item.section {
            Section::Week | Section::Later => Some(item.date),
            Section::Today | Section::Done => None,
        };
        (item.section, date, place(item.kind), item.folded)
    });
}

fn place(kind: ItemKind) -> u8 {
    match kind {
        ItemKind::Meeting => 0,
        ItemKind::DidYouMeet => 1,
        ItemKind::Prepare => 2,
        ItemKind::Summary => 3,
        ItemKind::Thanks => 4,
        ItemKind::Contact => 5,
        ItemKind::Share => 6,
        ItemKind::Introduction => 7,
        ItemKind::Affair => 8,
        ItemKind::FollowUp => 9,
        ItemKind::Endorsement => 10,
        ItemKind::Sharing => 11,
        ItemKind::Plan => 12,
        ItemKind::Birthday => 13,
        ItemKind::Festival => 14,
    }
}
