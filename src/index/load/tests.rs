//! The weeks ahead of Friday, 20 November 2026.

use crate::index::standing::standing;
use crate::index::support::{NoteBuilder, at, day, every, indexed, log, options, person};
use crate::model::cadence::Unit;
use crate::model::holidays::Holidays;
use crate::model::meeting_rule::MeetingRule;
use crate::model::note::Note;
use crate::model::task::TaskState;
use crate::model::today::Today;

use super::{weeks, working_days};

fn fortnightly(path: &str) -> NoteBuilder {
    person(path).with(|person| person.cadence = Some(at(every(2, Unit::Week))))
}

/// Contacts and meetings of the weeks through 20 December.
fn load(notes: Vec<Note>) -> Vec<(usize, usize)> {
    let (index, options, today) = (indexed(notes), options(), Today(day("2026-11-20")));
    let standings: Vec<_> = index.people.iter().map(|record| standing(record, today, &options)).collect();
    let found = weeks(index.people.iter().map(|record| &**record).zip(&standings), today, day("2026-12-20"));
    found.into_iter().map(|week| (week.contacts, week.meetings)).collect()
}

#[test]
fn each_contact_leads_to_the_next_and_what_is_late_counts_now() {
    let ok = fortnightly("甲.md").entry(log("2026-11-10")).build();
    assert_eq!(load(vec![ok]), [(0, 0), (1, 0), (0, 0), (1, 0), (0, 0)]);
    let late = fortnightly("甲.md").entry(log("2026-10-20")).build();
    assert_eq!(load(vec![late]), [(1, 0), (0, 0), (1, 0), (0, 0), (1, 0)]);
}

#[test]
fn a_meeting_is_contact_and_a_person_counts_once_a_week() {
    let weekly = fortnightly("甲.md").entry(log("2026-11-18")).with(|person| {
        let recurrence = "FREQ=WEEKLY;BYDAY=TU,TH".parse().unwrap();
        person.meeting = Some(at(MeetingRule { recurrence, time: None }));
    });
    assert_eq!(load(vec![weekly.build()]), [(0, 0), (0, 1), (0, 1), (0, 1), (0, 1)]);
    let arranged = fortnightly("甲.md").entry(log("2026-11-10")).entry(log("2026-12-01").task(TaskState::Open));
    assert_eq!(load(vec![arranged.build()]), [(0, 0), (0, 0), (0, 1), (0, 0), (1, 0)]);
}

#[test]
fn a_pause_holds_through_its_last_day_and_one_without_end_for_good() {
    let paused = |until: Option<&str>| {
        let note = fortnightly("甲.md").entry(log("2026-10-01"));
        note.with(|person| match until {
            Some(until) => person.paused_until = Some(at(day(until))),
            None => person.paused = Some(at(true)),
        })
    };
    assert_eq!(load(vec![paused(None).build()]), [(0, 0); 5]);
    assert_eq!(load(vec![paused(Some("2026-12-06")).build()]), [(0, 0), (0, 0), (0, 0), (1, 0), (0, 0)]);
    assert_eq!(load(vec![paused(Some("2026-12-05")).build()]), [(0, 0), (0, 0), (1, 0), (0, 0), (1, 0)]);
    assert_eq!(load(vec![paused(Some("2026-11-19")).build()])[0], (1, 0));
}

#[test]
fn nobody_comes_due_in_a_vault_where_nobody_is_tracked() {
    assert_eq!(load(vec![person("甲.md").entry(log("2026-01-01")).build()]), [(0, 0); 5]);
    assert_eq!(load(Vec::new()), [(0, 0); 5]);
}

#[test]
fn holidays_and_make_up_days_make_a_working_week() {
    let days = |from: &str, to: &str| working_days(&Holidays::built_in(), day(from), day(to));
    assert_eq!(days("2026-11-16", "2026-11-22"), 5);
    assert_eq!(days("2026-11-20", "2026-11-22"), 1, "what is left of a week");
    assert_eq!(days("2026-11-21", "2026-11-22"), 0);
    assert_eq!(days("2026-10-05", "2026-10-11"), 3, "the holiday to the 7th, and a Saturday worked");
    assert_eq!(days("2027-10-04", "2027-10-10"), 5, "a year without a notice");
}
