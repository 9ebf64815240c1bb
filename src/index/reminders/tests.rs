//! Reminders on the day before, the day, the day after, and without any.

use chrono::Days;

use crate::index::options::{IndexOptions, YearStart};
use crate::index::record::Index;
use crate::index::reminders::{ReminderKind, reminders};
use crate::index::support::{EntryBuilder, day, indexed, log, note, options, person};
use crate::model::item_id::ItemId;
use crate::model::moves::MoveKind;
use crate::model::note::NoteKind;
use crate::model::today::Today;

fn open(index: &Index, on: &str) -> Vec<(String, ItemId)> {
    let options = options();
    let found = reminders(index, &options, Today(day(on)));
    let told = found.into_iter().filter(|reminder| reminder.is_open && reminder.date <= day(on));
    told.map(|reminder| (reminder.kind.as_str().to_owned(), reminder.id)).collect()
}

fn vault(entries: &[EntryBuilder]) -> Index {
    let note = entries.iter().cloned().fold(person("张三.md"), |note, entry| note.entry(entry));
    indexed([note.build()])
}

fn got() -> EntryBuilder {
    log("2026-03-10").text("帮我改稿").moved(MoveKind::Got)
}

#[test]
fn thanks_are_asked_for_from_the_next_day_for_a_month() {
    let index = vault(&[got()]);
    let asked = |days: u64| {
        let on = day("2026-03-10").checked_add_days(Days::new(days)).unwrap();
        open(&index, &on.to_string()).len()
    };
    assert_eq!([0, 1, 2, 30, 31].map(asked), [0, 1, 1, 1, 0]);
    assert_eq!(open(&vault(&[]), "2026-03-11"), []);
}

#[test]
fn thanks_on_the_same_day_or_later_close_the_debt_and_earlier_ones_do_not() {
    for (thanked, asked) in [("2026-03-09", 1), ("2026-03-10", 0), ("2026-03-11", 0)] {
        let index = vault(&[got(), log(thanked).moved(MoveKind::Thanked)]);
        assert_eq!(open(&index, "2026-03-12").len(), asked, "{thanked}");
    }
}

#[test]
fn an_answer_by_name_closes_it_and_a_snooze_asks_again_under_another_name() {
    let (_, id) = open(&vault(&[got()]), "2026-03-12").remove(0);
    let answered = |mut entry: EntryBuilder| {
        entry.0.id = Some(id);
        vault(&[got(), entry])
    };
    assert_eq!(open(&answered(log("2026-03-12").moved(MoveKind::Skip)), "2026-03-13"), []);
    let snoozed = answered(log("2026-03-12").moved(MoveKind::Snooze).until("2026-03-15"));
    assert_eq!(open(&snoozed, "2026-03-15"), []);
    let again = open(&snoozed, "2026-03-16");
    assert!(again.len() == 1 && again[0].1 != id, "{again:?}");
}

#[test]
fn the_plan_of_a_year_is_announced_two_weeks_before_and_asked_for_two_weeks() {
    let asked = |index: &Index, on: &str, starts: YearStart| {
        let options = IndexOptions { year_starts: starts, ..options() };
        let found = reminders(index, &options, Today(day(on)));
        let plans = found.into_iter().filter(|reminder| reminder.is_open && reminder.kind == ReminderKind::Plan);
        plans.map(|reminder| reminder.date.to_string()).collect::<Vec<_>>()
    };
    let owner = || note("我.md", NoteKind::Owner);
    let index = indexed([person("张三.md").build(), owner().build()]);
    for (on, starts, expected) in [
        ("2026-12-17", (1, 1), None),
        ("2026-12-18", (1, 1), Some("2027-01-01")),
        ("2027-01-01", (1, 1), Some("2027-01-01")),
        ("2027-01-14", (1, 1), Some("2027-01-01")),
        ("2027-01-15", (1, 1), None),
        ("2026-03-31", (4, 1), Some("2026-04-01")),
        ("2026-04-01", (4, 1), Some("2026-04-01")),
        ("2027-01-01", (4, 1), None),
    ] {
        let found = asked(&index, on, YearStart { month: starts.0, day: starts.1 });
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{on} {starts:?}");
    }
    let january = YearStart { month: 1, day: 1 };
    assert!(asked(&indexed([person("张三.md").build()]), "2027-01-01", january).is_empty(), "nobody to answer");
    assert!(asked(&indexed([owner().build()]), "2027-01-01", january).is_empty(), "nobody to plan for");
    let (_, id) = open(&index, "2027-01-02").remove(0);
    let mut answer = log("2027-01-02");
    answer.0.id = Some(id);
    let answered = indexed([person("张三.md").build(), owner().entry(answer).build()]);
    assert!(asked(&answered, "2027-01-03", january).is_empty(), "answered");
}
