//! Each state the day before, on the day, the day after, and where there is none.

use super::*;
use crate::index::options::IndexOptions;
use crate::index::support::{NoteBuilder, at, day, every, indexed, log, options, person};
use crate::model::cadence::Unit::{Day, Month, Week};
use crate::model::cadence::{Cadence, Unit};
use crate::model::moves::MoveKind::{Skip, Snooze};
use crate::model::person::{NextContact, Status};
use crate::model::task::TaskState;

fn monthly() -> NoteBuilder {
    tracked(1, Month)
}

fn tracked(count: u32, unit: Unit) -> NoteBuilder {
    person("P/A.md").with(|person| person.cadence = Some(at(every(count, unit))))
}

fn on(note: NoteBuilder, today: &str) -> Standing {
    let index = indexed(vec![note.build()]);
    standing(&index.people[0], Today(day(today)), &options())
}

/// The state on each of several days.
fn check(note: impl Fn() -> NoteBuilder, rows: &[(&str, State)]) {
    for (today, state) in rows {
        assert_eq!(on(note(), today).state, *state, "on {today}");
    }
}

#[test]
fn due_on_the_day_and_late_after_it() {
    let note = || monthly().entry(log("2026-10-20"));
    check(note, &[("2026-11-19", State::Ok), ("2026-11-20", State::Due), ("2026-11-21", State::Late)]);
    let late = on(note(), "2026-11-23");
    assert_eq!((late.due, late.late_days), (Some(day("2026-11-20")), 3));
    assert_eq!(on(note(), "2026-11-20").late_days, 0);
    assert_eq!(
        late.steps,
        [
            Step::LastContact(day("2026-10-20")),
            Step::Cadence(Period::new(1, Month), crate::index::record::CadenceRule::Own),
            Step::DueOn(day("2026-11-20")),
        ]
    );
}

#[test]
fn the_anchor_day_of_the_month_is_remembered() {
    let note = || monthly().entry(log("2026-01-31"));
    assert_eq!(on(note(), "2026-02-01").due, Some(day("2026-02-28")));
    let skipped = || note().entry(log("2026-02-28").moved(Skip));
    assert_eq!(on(skipped(), "2026-03-01").due, Some(day("2026-03-31")));
}

#[test]
fn lost_from_the_day_after_the_hard_limit() {
    let note = || monthly().entry(log("2026-08-20"));
    check(note, &[("2026-11-19", State::Late), ("2026-11-20", State::Late), ("2026-11-21", State::Lost)]);
    assert_eq!(on(note(), "2026-11-20").lost_on, Some(day("2026-11-21")));
    let skipped = || note().entry(log("2026-09-20").moved(Skip));
    check(skipped, &[("2026-11-21", State::Late), ("2026-12-20", State::Late), ("2026-12-21", State::Lost)]);
}

#[test]
fn each_skip_after_the_last_contact_adds_one_period() {
    let once = || monthly().entry(log("2026-10-20")).entry(log("2026-11-19").moved(Skip));
    check(
        once,
        &[
            ("2026-11-19", State::Ok),
            ("2026-11-20", State::Skipped),
            ("2026-12-19", State::Skipped),
            ("2026-12-20", State::Due),
            ("2026-12-21", State::Late),
        ],
    );
    let twice = || once().entry(log("2026-12-20").moved(Skip)).entry(log("2026-12-20").moved(Skip));
    check(twice, &[("2026-12-20", State::Skipped), ("2027-01-20", State::Due)]);
    let before = || monthly().entry(log("2026-10-20")).entry(log("2026-10-20").moved(Skip));
    check(before, &[("2026-11-20", State::Due)]);
    let by_key = || monthly().entry(log("2026-10-20")).with(|p| p.skipped = vec![at(day("2026-11-20"))]);
    check(by_key, &[("2026-11-20", State::Skipped)]);
    let ahead = || monthly().entry(log("2026-10-20")).with(|p| p.skipped = vec![at(day("2026-11-25"))]);
    check(ahead, &[("2026-11-24", State::Late), ("2026-11-25", State::Skipped)]);
}

#[test]
fn a_snooze_hides_through_its_last_day_and_ends_with_a_newer_contact() {
    let line = || monthly().entry(log("2026-10-20")).entry(log("2026-11-20").moved(Snooze).until("2026-11-25"));
    check(
        line,
        &[
            ("2026-11-19", State::Ok),
            ("2026-11-20", State::Snoozed),
            ("2026-11-25", State::Snoozed),
            ("2026-11-26", State::Late),
        ],
    );
    check(|| line().entry(log("2026-11-22")), &[("2026-11-21", State::Snoozed), ("2026-11-22", State::Ok)]);
    check(|| line().entry(log("2026-11-20")), &[("2026-11-21", State::Snoozed)]);
    let key = || monthly().entry(log("2026-10-20")).with(|p| p.snooze_until = Some(at(day("2026-11-25"))));
    check(key, &[("2026-11-24", State::Snoozed), ("2026-11-25", State::Snoozed), ("2026-11-26", State::Late)]);
}

#[test]
fn a_snooze_without_a_day_hides_nothing() {
    let note = || monthly().entry(log("2026-10-20")).entry(log("2026-11-20").moved(Snooze));
    check(note, &[("2026-11-20", State::Due)]);
}

#[test]
fn a_plan_silences_through_its_day_and_not_after() {
    let plan = || monthly().entry(log("2026-10-01")).entry(log("2026-11-20").task(TaskState::Open));
    check(plan, &[("2026-11-19", State::Planned), ("2026-11-20", State::Planned), ("2026-11-21", State::Late)]);
    let standing = on(plan(), "2026-11-20");
    assert_eq!(standing.planned, Some((day("2026-11-20"), PlannedBy::Plan(PlanKind::DatedTask))));
    assert_eq!(standing.late_days, 0);
    check(|| plan().entry(log("2026-11-20").channel("met")), &[("2026-11-20", State::Ok)]);
}

#[test]
fn a_plain_entry_dated_ahead_counts_when_its_day_comes() {
    let note = || monthly().entry(log("2026-10-01")).entry(log("2026-11-20"));
    check(note, &[("2026-11-19", State::Planned), ("2026-11-20", State::Ok), ("2026-12-20", State::Due)]);
    assert_eq!(on(note(), "2026-11-19").last_contact, Some(day("2026-10-01")));
    assert_eq!(on(note(), "2026-11-20").last_contact, Some(day("2026-11-20")));
}

#[test]
fn a_next_contact_is_planned_before_its_day_and_due_from_it() {
    let with_next = |note: NoteBuilder| {
        let next = NextContact { date: Some(day("2026-11-20")), text: "".into() };
        note.with(|person| person.next_contact = Some(at(next)))
    };
    let states = [("2026-11-19", State::Planned), ("2026-11-20", State::Due), ("2026-11-21", State::Late)];
    check(|| with_next(tracked(1, Unit::Year)).entry(log("2026-10-01")), &states);
    check(|| with_next(person("P/A.md")), &states); // also for someone not tracked otherwise
    let overdue = || with_next(monthly()).entry(log("2026-10-01"));
    check(overdue, &[("2026-11-10", State::Planned), ("2026-11-20", State::Late)]);
    assert_eq!(on(overdue(), "2026-11-20").due, Some(day("2026-11-01")));
    check(|| with_next(tracked(1, Unit::Year)).entry(log("2026-11-20")), &[("2026-11-21", State::Ok)]);
    let skipped = || with_next(tracked(1, Unit::Year)).entry(log("2026-10-01")).entry(log("2026-11-20").moved(Skip));
    check(skipped, &[("2026-11-21", State::Ok)]);
}

#[test]
fn an_occurrence_of_the_rule_silences_who_is_due_within_one_cadence_only() {
    let with_rule = |note: NoteBuilder, rule: &str| {
        let rule = crate::model::meeting_rule::MeetingRule { recurrence: rule.parse().unwrap(), time: None };
        note.with(|person| person.meeting = Some(at(rule)))
    };
    let second_friday = || with_rule(monthly(), "FREQ=MONTHLY;BYDAY=2FR").entry(log("2026-10-20"));
    check(second_friday, &[("2026-11-19", State::Ok), ("2026-11-20", State::Planned), ("2026-11-21", State::Planned)]);
    check(second_friday, &[("2027-01-20", State::Planned), ("2027-01-21", State::Lost)]);
    let planned = on(second_friday(), "2026-11-20").planned;
    assert_eq!(planned, Some((day("2026-12-11"), PlannedBy::MeetingRule)));
    let rare = || with_rule(monthly(), "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=10").entry(log("2026-10-20"));
    check(rare, &[("2026-11-20", State::Due)]);
}

#[test]
fn a_pause_holds_through_its_last_day_or_for_good() {
    let until = || {
        monthly().entry(log("2026-10-20")).with(|p| {
            p.paused = Some(at(true));
            p.paused_until = Some(at(day("2026-11-25")));
        })
    };
    check(until, &[("2026-11-24", State::Paused), ("2026-11-25", State::Paused), ("2026-11-26", State::Late)]);
    let forever = || monthly().entry(log("2026-10-20")).with(|p| p.paused = Some(at(true)));
    check(forever, &[("2030-01-01", State::Paused)]);
    check(|| monthly().entry(log("2026-10-20")).with(|p| p.paused = Some(at(false))), &[("2026-11-20", State::Due)]);
}

#[test]
fn the_silent_are_never_reminded_about() {
    let overdue = || monthly().entry(log("2020-01-01")).entry(log("2026-11-25").task(TaskState::Open));
    check(|| overdue().with(|p| p.status = Some(Status::LetGo)), &[("2026-11-20", State::LetGo)]);
    check(|| overdue().with(|p| p.status = Some(Status::Archived)), &[("2026-11-20", State::Untracked)]);
    let dead = overdue().with(|p| {
        p.deceased = Some(at(None));
        p.status = Some(Status::LetGo);
    });
    let standing = on(dead, "2026-11-20");
    assert_eq!((standing.state, standing.due, standing.planned), (State::Untracked, None, None));
    assert_eq!(standing.steps.last(), Some(&Step::Silent(Silence::Deceased)));
}

#[test]
fn without_a_cadence_only_a_plan_is_shown() {
    check(|| person("P/A.md").entry(log("2020-01-01")), &[("2026-11-20", State::Untracked)]);
    let none = || person("P/A.md").with(|p| p.cadence = Some(at(Cadence::Untracked)));
    check(|| none().entry(log("2026-11-25").task(TaskState::Open)), &[("2026-11-20", State::Planned)]);
}

#[test]
fn someone_never_contacted_has_a_day_of_their_own_that_comes_back_once_a_cadence() {
    let standing = on(tracked(2, Month), "2026-11-20");
    let first = standing.due.unwrap();
    assert_eq!((standing.state, standing.last_contact, standing.late_days), (State::Never, None, 0));
    assert_eq!(standing.steps.last(), Some(&Step::FirstContactOn(first)));
    let text = |days| (first + chrono::TimeDelta::days(days)).to_string();
    assert_eq!(on(tracked(2, Month), &text(0)).due, Some(first));
    assert_eq!(on(tracked(2, Month), &text(1)).due.unwrap().to_string(), text(60));
    let skipped = tracked(2, Month).entry(log(&text(0)).moved(Skip));
    assert_eq!(on(skipped, &text(0)).due.unwrap().to_string(), text(60));
}

#[test]
fn first_contacts_of_many_are_spread_over_the_weeks() {
    let names = (0..120).map(|n| person(&format!("P/{n}.md")).with(|p| p.cadence = Some(at(every(120, Day)))).build());
    let index = indexed(names.collect::<Vec<_>>());
    let mut weeks = std::collections::BTreeMap::<i64, u32>::new();
    for record in &index.people {
        let due = standing(record, Today(day("2026-11-20")), &options()).due.unwrap();
        *weeks.entry((due - day("2026-11-20")).num_days() / 7).or_default() += 1;
    }
    assert!(weeks.values().all(|count| *count <= 14) && weeks.len() >= 17, "{weeks:?}");
}

#[test]
fn one_day_later_changes_only_what_the_calendar_says() {
    let options: IndexOptions = options();
    let note = || tracked(2, Week).entry(log("2026-10-20")).entry(log("2026-11-03").moved(Skip)).build();
    let index = indexed(vec![note()]);
    let mut before = standing(&index.people[0], Today(day("2026-11-18")), &options);
    for today in day("2026-11-19").iter_days().take(20) {
        let now = standing(&index.people[0], Today(today), &options);
        assert_eq!((now.due, &now.steps, now.lost_on), (before.due, &before.steps, before.lost_on), "{today}");
        assert!(now.late_days == 0 || now.late_days == before.late_days + 1);
        before = now;
    }
}
