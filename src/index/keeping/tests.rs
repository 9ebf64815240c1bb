//! Planned contacts on the day before, the day, the day after, and without any.

use crate::index::record::PersonRecord;
use crate::index::support::{NoteBuilder, at, day, every, indexed, log, options, person};
use crate::model::cadence::Unit;
use crate::model::meeting_rule::{MeetingMove, MeetingRule};
use crate::model::moves::MoveKind;
use crate::model::person::Status;
use crate::model::today::Today;

use super::{Outcome, Tally, is_in_plan, noted_since, planned_contacts};

fn monthly() -> NoteBuilder {
    person("张三.md").with(|person| person.cadence = Some(at(every(1, Unit::Month))))
}

fn second_friday() -> NoteBuilder {
    person("张三.md").with(|person| {
        let recurrence = "FREQ=MONTHLY;BYDAY=2FR".parse().unwrap();
        person.meeting = Some(at(MeetingRule { recurrence, time: None }));
    })
}

fn record(note: NoteBuilder) -> PersonRecord {
    (*indexed([note.build()]).people.remove(0)).clone()
}

/// The outcomes of 2026 on a day.
fn outcomes(note: NoteBuilder, on: &str) -> Vec<(String, String, Outcome)> {
    let planned = planned_contacts(&record(note), day("2026-01-01"), day("2026-12-31"), Today(day(on)));
    planned.iter().map(|one| (one.from.to_string(), one.to.to_string(), one.outcome)).collect()
}

fn last(note: NoteBuilder, on: &str) -> Option<Outcome> {
    outcomes(note, on).pop().map(|(.., outcome)| outcome)
}

/// Contacts that kept the rhythm at the end of the year before.
fn known(note: NoteBuilder) -> NoteBuilder {
    note.entry(log("2025-11-20")).entry(log("2025-12-18"))
}

#[test]
fn a_period_is_kept_by_a_contact_on_any_of_its_days_and_by_no_other() {
    let kept = |date: &str| Outcome::Kept(day(date));
    for (contact, expected) in [
        ("2025-12-31", Outcome::Missed),
        ("2026-01-01", kept("2026-01-01")),
        ("2026-01-31", kept("2026-01-31")),
        ("2026-02-01", Outcome::Missed),
    ] {
        let found = outcomes(known(monthly()).entry(log(contact)), "2026-02-15");
        assert_eq!(found, [("2026-01-01".into(), "2026-01-31".into(), expected)], "{contact}");
    }
    assert_eq!(last(known(monthly()), "2026-02-15"), Some(Outcome::Missed));
}

#[test]
fn a_period_counts_once_its_last_day_has_passed() {
    for (today, count) in
        [("2026-01-30", 0), ("2026-01-31", 0), ("2026-02-01", 1), ("2026-12-31", 11), ("2027-01-01", 12)]
    {
        assert_eq!(outcomes(known(monthly()), today).len(), count, "{today}");
    }
}

#[test]
fn the_plan_begins_the_day_after_it_was_first_followed_and_not_with_a_key() {
    let first = |note: NoteBuilder| outcomes(note, "2026-12-01").first().map(|(from, ..)| from.clone());
    let late = || monthly().entry(log("2026-02-01"));
    assert_eq!(first(late()).as_deref(), Some("2026-02-02"), "never followed");
    assert_eq!(
        first(late().entry(log("2026-02-02")).entry(log("2026-06-10")).entry(log("2026-07-10"))).as_deref(),
        Some("2026-06-11")
    );
    assert_eq!(first(late().entry(log("2026-03-01"))).as_deref(), Some("2026-02-02"));
    assert_eq!(first(monthly().with(|person| person.last_contact = Some(at(day("2026-02-01"))))), None);
    assert_eq!(first(monthly()), None);
}

#[test]
fn what_was_skipped_put_off_or_paused_counts_against_nobody() {
    let on = "2026-02-15";
    for (skip, expected) in [
        ("2025-12-31", Outcome::Missed),
        ("2026-01-01", Outcome::Excused),
        ("2026-01-31", Outcome::Excused),
        ("2026-02-01", Outcome::Missed),
    ] {
        assert_eq!(last(known(monthly()).entry(log(skip).moved(MoveKind::Skip)), on), Some(expected), "{skip}");
    }
    for (until, expected) in
        [("2026-01-30", Outcome::Missed), ("2026-01-31", Outcome::Excused), ("2026-02-01", Outcome::Excused)]
    {
        let snooze = log("2026-01-10").moved(MoveKind::Snooze).until(until);
        assert_eq!(last(known(monthly()).entry(snooze), on), Some(expected), "{until}");
        let paused = known(monthly()).with(|person| person.paused_until = Some(at(day(until))));
        assert_eq!(last(paused, on), Some(expected), "paused until {until}");
    }
    let paused = known(monthly()).entry(log("2026-01-05")).with(|person| person.paused = Some(at(true)));
    let found: Vec<_> = outcomes(paused, "2026-03-15").into_iter().map(|(.., outcome)| outcome).collect();
    assert_eq!(found, [Outcome::Kept(day("2026-01-05")), Outcome::Excused]);
}

#[test]
fn a_meeting_is_kept_on_its_day_and_in_the_six_days_after() {
    // The second Friday of February 2026 is the 13th.
    let known = || known(second_friday()).entry(log("2026-01-09"));
    for (contact, expected) in [
        ("2026-02-12", Outcome::Missed),
        ("2026-02-13", Outcome::Kept(day("2026-02-13"))),
        ("2026-02-19", Outcome::Kept(day("2026-02-19"))),
        ("2026-02-20", Outcome::Missed),
    ] {
        assert_eq!(last(known().entry(log(contact)), "2026-03-01"), Some(expected), "{contact}");
    }
    assert_eq!(last(known(), "2026-03-01"), Some(Outcome::Missed));
    assert_eq!(outcomes(known(), "2026-02-19").len(), 1, "it may still be made up for");
    assert_eq!(outcomes(known(), "2026-02-20").len(), 2);
    assert_eq!(outcomes(known().entry(log("2026-02-13")), "2026-02-14").len(), 2);
}

#[test]
fn a_meeting_that_was_moved_or_cancelled_is_expected_on_no_other_day() {
    let moved = |to: Option<&str>| {
        known(second_friday()).entry(log("2026-01-09")).entry(log("2026-02-26")).with(|person| {
            let to = to.map(|date| (day(date), None));
            person.meeting_moved = vec![at(MeetingMove { from: day("2026-02-13"), to })];
        })
    };
    assert_eq!(last(moved(Some("2026-02-26")), "2026-03-05"), Some(Outcome::Kept(day("2026-02-26"))));
    assert_eq!(last(moved(None), "2026-03-05"), Some(Outcome::Kept(day("2026-01-09"))));
}

#[test]
fn a_rule_that_counts_from_the_newest_meeting_was_in_step_before() {
    let fortnight = person("张三.md")
        .with(|person| {
            let recurrence = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR".parse().unwrap();
            person.meeting = Some(at(MeetingRule { recurrence, time: None }));
        })
        .entry(log("2026-01-02").channel("met"))
        .entry(log("2026-01-16").channel("met"))
        .entry(log("2026-02-13").channel("met"));
    let found = outcomes(fortnight, "2026-02-21");
    let kept: Vec<_> = found.iter().map(|(from, _, outcome)| (from.as_str(), *outcome)).collect();
    assert_eq!(
        kept,
        [
            ("2026-01-16", Outcome::Kept(day("2026-01-16"))),
            ("2026-01-30", Outcome::Missed),
            ("2026-02-13", Outcome::Kept(day("2026-02-13"))),
        ]
    );
}

#[test]
fn the_default_is_nobody_s_choice_and_who_was_let_go_is_in_no_plan() {
    assert!(is_in_plan(&record(monthly())) && is_in_plan(&record(second_friday())));
    assert!(!is_in_plan(&record(monthly().with(|person| person.status = Some(Status::LetGo)))));
    let mut by_default = options();
    by_default.default_cadence = every(1, Unit::Month);
    let index = crate::index::build::build_index(&[person("张三.md").build()], Vec::new(), &by_default);
    assert!(index.people[0].cadence.period.is_some() && !is_in_plan(&index.people[0]));
}

#[test]
fn per_cent_are_rounded_and_nothing_planned_has_none() {
    let tally = |planned, kept| Tally { planned, kept, excused: 0 }.per_cent();
    assert_eq!(
        [tally(0, 0), tally(3, 1), tally(3, 2), tally(2, 1), tally(1, 1)],
        [None, Some(33), Some(67), Some(50), Some(100)]
    );
}

#[test]
fn notes_that_broke_off_for_more_than_a_month_say_nothing_of_the_time_before() {
    let since = |dates: &[&str]| {
        let note = dates.iter().fold(monthly(), |note, date| note.entry(log(date)));
        noted_since(&indexed([note.build()]), day("2026-01-01")).to_string()
    };
    assert_eq!(since(&[]), "2026-01-01");
    assert_eq!(since(&["2025-11-30"]), "2026-01-01");
    assert_eq!(since(&["2025-12-01"]), "2025-12-01");
    assert_eq!(since(&["2025-10-01", "2025-11-01", "2025-12-02"]), "2025-10-01");
    assert_eq!(since(&["2025-10-01", "2025-11-02", "2025-12-02"]), "2025-11-02");
    assert_eq!(since(&["2025-12-05", "2026-03-01"]), "2025-12-05");
}
