//! Small vaults for the tests of reports. Today is Friday, 20 November 2026.

use chrono::{NaiveDate, Weekday};

use crate::index::build::build_index;
use crate::index::options::{IndexOptions, RolePreset};
use crate::index::record::Index;
use crate::index::support::{EntryBuilder, NoteBuilder, at, day, every, log, note, open_task, options, person};
use crate::model::cadence::Unit;
use crate::model::meeting_rule::{ByDay, Frequency, MeetingRule, Recurrence};
use crate::model::note::{Held, Note, NoteKind};
use crate::model::person::Person;
use crate::model::task::Task;
use crate::model::today::Today;

pub(crate) fn today() -> Today {
    Today(day("2026-11-20"))
}

pub(crate) fn days_ago(days: i64) -> NaiveDate {
    today().0 - chrono::Duration::days(days)
}

pub(crate) fn in_days(days: i64) -> NaiveDate {
    days_ago(-days)
}

/// Mentors weigh double; the new year and the day of teachers are kept.
pub(crate) fn settings() -> IndexOptions {
    let mut settings = options();
    settings.presets.insert("mentor".into(), RolePreset { weight: Some(200), ..RolePreset::default() });
    for festival in ["new-year", "teachers-day", "mid-autumn"] {
        settings.festivals.insert(festival.into());
    }
    settings
}

/// Someone with a cadence of their own.
pub(crate) fn tracked(path: &str, days: u32) -> NoteBuilder {
    person(path).with(|person| person.cadence = Some(at(every(days, Unit::Day))))
}

/// Someone with a cadence of so many days, last contacted so many days ago by phone.
pub(crate) fn contacted(path: &str, days: u32, ago: i64) -> NoteBuilder {
    tracked(path, days).entry(log(&days_ago(ago).to_string()).channel("call").text("谈了新项目"))
}

/// A meeting or event note of a day, with people by name.
pub(crate) fn meeting(path: &str, held: Held, people: &[&str]) -> Note {
    let links: Vec<_> = people.iter().map(|name| crate::index::support::wiki(name)).collect();
    let mut built = note(path, NoteKind::Meeting).held(held);
    for link in &links {
        let entry = crate::index::support::line(path.get(..10).unwrap_or_default());
        built = built.entry(entry.source(crate::model::entry::EntrySource::Attendees).link(&link.target));
    }
    built.occasion(|occasion| occasion.attendees = links).build()
}

/// An open task of a person note.
pub(crate) fn task(text: &str) -> Task {
    open_task(text, 30)
}

/// The note with a task on it.
pub(crate) fn with_task(built: NoteBuilder, change: impl FnOnce(&mut Task)) -> Note {
    let mut note = built.build();
    let mut task = task("发报价");
    change(&mut task);
    note.tasks.push(task);
    note
}

pub(crate) fn mentor(person: &mut Person) {
    person.presets.push(at("mentor".into()));
}

pub(crate) fn vault(notes: impl Into<Vec<Note>>) -> Index {
    build_index(&notes.into(), Vec::new(), &settings())
}

/// Met every Friday.
pub(crate) fn weekly(person: &mut Person) {
    let recurrence = Recurrence {
        frequency: Frequency::Weekly,
        interval: 1,
        count: None,
        until: None,
        by_month: vec![],
        by_week_number: vec![],
        by_year_day: vec![],
        by_month_day: vec![],
        by_day: vec![ByDay { ordinal: None, weekday: Weekday::Fri }],
        by_set_position: vec![],
        week_start: Weekday::Mon,
    };
    person.meeting = Some(at(MeetingRule { recurrence, time: None }));
}

impl EntryBuilder {
    /// The entry with words.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.text = text.into();
        self
    }
}
