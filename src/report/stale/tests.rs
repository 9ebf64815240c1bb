//! Who is stale, in which group and order.

use crate::index::support::{at, log, person};
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::note::Note;
use crate::model::person::Status;
use crate::report::support::{contacted, days_ago, in_days, settings, today, tracked, vault};

use super::{StaleContacts, StaleGroup, StaleOptions, stale_contacts};

fn of(notes: Vec<Note>) -> StaleContacts {
    stale_contacts(&vault(notes), &settings(), &StaleOptions::default(), today())
}

fn rows(report: &StaleContacts) -> Vec<(StaleGroup, &str)> {
    report.items.iter().map(|item| (item.group, item.person.as_str())).collect()
}

#[test]
fn the_day_before_and_the_day_itself_are_not_stale_the_day_after_is() {
    for (ago, group) in [
        (9, None),
        (10, None),
        (11, Some(StaleGroup::Late)),
        (30, Some(StaleGroup::Late)),
        (31, Some(StaleGroup::Lost)),
    ] {
        let report = of(vec![contacted("A.md", 10, ago).build()]);
        assert_eq!(report.items.first().map(|item| item.group), group, "{ago}");
    }
    assert_eq!(of(vec![]).items, []);
}

#[test]
fn groups_stand_in_order_and_people_by_severity() {
    let report = of(vec![
        contacted("mild.md", 100, 110).build(),
        contacted("hard.md", 10, 20).build(),
        contacted("lost.md", 10, 200).build(),
        tracked("never.md", 10).build(),
        contacted("snoozed.md", 10, 20).with(|person| person.snooze_until = Some(at(in_days(3)))).build(),
        contacted("paused.md", 10, 20)
            .with(|person| {
                person.paused_until = Some(at(in_days(9)));
                person.pause_reason = Some("产假".into());
            })
            .build(),
        contacted("gone.md", 10, 200).with(|person| person.status = Some(Status::LetGo)).build(),
    ]);
    assert_eq!(
        rows(&report),
        [
            (StaleGroup::Lost, "lost"),
            (StaleGroup::Late, "hard"),
            (StaleGroup::Late, "mild"),
            (StaleGroup::Never, "never"),
            (StaleGroup::Snoozed, "snoozed"),
            (StaleGroup::Paused, "paused"),
        ]
    );
    let lost = &report.items[0];
    assert_eq!((lost.days_silent, lost.late_days, lost.cadence.as_deref()), (Some(200), 190, Some("P10D")));
    assert!(report.items[3].until.is_some());
    assert_eq!(report.items[4].until, Some(in_days(3)));
    assert_eq!((report.items[5].until, report.items[5].note.as_deref()), (Some(in_days(9)), Some("产假")));
}

#[test]
fn a_broken_rhythm_is_named_with_its_numbers_unless_the_cadence_was_chosen() {
    let regular =
        |path: &str| (0..5).fold(person(path), |built, n| built.entry(log(&days_ago(60 + 7 * n).to_string())));
    let report = of(vec![regular("A.md").build()]);
    assert_eq!(rows(&report), [(StaleGroup::Drifting, "A")]);
    let rhythm = report.items[0].rhythm.as_ref().unwrap();
    assert_eq!((rhythm.median_days, rhythm.gaps, report.items[0].days_silent), (7, 4, Some(60)));

    let untracked = regular("A.md").with(|person| person.cadence = Some(at(Cadence::Untracked))).build();
    assert_eq!(rows(&of(vec![untracked])), [(StaleGroup::Drifting, "A")]);
    let yearly = Cadence::Every(Period::new(1, Unit::Year));
    let chosen = regular("A.md").with(|person| person.cadence = Some(at(yearly))).build();
    assert_eq!(of(vec![chosen]).items, []);
    let archived = regular("A.md").with(|person| person.status = Some(Status::Archived)).build();
    assert_eq!(of(vec![archived]).items, []);
}

#[test]
fn only_the_groups_asked_for_are_listed() {
    let index = vault(vec![contacted("A.md", 10, 11).build(), contacted("B.md", 10, 100).build()]);
    let options = StaleOptions { groups: vec![StaleGroup::Lost] };
    let report = stale_contacts(&index, &settings(), &options, today());
    assert_eq!(rows(&report), [(StaleGroup::Lost, "B")]);
}
