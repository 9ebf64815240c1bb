//! Who is stale, in which group and order.

use crate::index::support::{at, log, person};
use crate::model::cadence::{Cadence, Period, Unit};
use crate::model::moves::MoveKind;
use crate::model::note::Note;
use crate::model::person::{Closeness, Person, Status};
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

/// Someone untracked who once wrote a reference, so many days ago.
fn benefactor(ago: i64) -> crate::index::support::NoteBuilder {
    let entry = log(&days_ago(ago).to_string()).text("写了推荐信");
    let note = person("A.md").with(|person| person.cadence = Some(at(Cadence::Untracked)));
    note.entry(entry.with_move(MoveKind::Got, "endorsement"))
}

#[test]
fn who_once_helped_is_missed_after_nine_months_or_three_of_their_rhythms() {
    let group = |note: Note| of(vec![note]).items.first().map(|item| item.group);
    // 20 February to 20 November is nine months.
    for (ago, found) in [(272, None), (273, None), (274, Some(StaleGroup::Benefactor))] {
        assert_eq!(group(benefactor(ago).build()), found, "{ago}");
    }
    let every =
        |days| move |person: &mut Person| person.cadence = Some(at(Cadence::Every(Period::new(days, Unit::Day))));
    assert_eq!(group(benefactor(280).with(every(10)).build()), Some(StaleGroup::Benefactor), "lost, and once helped");
    assert_eq!(group(benefactor(280).with(every(100)).build()), Some(StaleGroup::Late), "three rhythms are longer");
    let late = of(vec![benefactor(280).with(every(100)).build()]);
    assert_eq!(late.items[0].helped.as_ref().map(|helped| helped.deed.text.as_str()), Some("写了推荐信"));
    for status in [Status::Archived, Status::LetGo] {
        assert_eq!(group(benefactor(900).with(|person| person.status = Some(status)).build()), None);
    }
    assert_eq!(group(benefactor(900).with(|person| person.deceased = Some(at(None))).build()), None);
    assert_eq!(group(person("A.md").entry(log(&days_ago(900).to_string())).build()), None, "never helped");
}

#[test]
fn a_weak_tie_that_gave_or_could_give_something_is_worth_a_call_after_two_months() {
    let weak = |closeness| {
        move |person: &mut Person| {
            person.closeness = Some(at(closeness));
            person.offers = vec![at("行业数据".into())];
        }
    };
    let group = |ago, closeness| of(vec![contacted("A.md", 200, ago).with(weak(closeness)).build()]).items.pop();
    let found = |ago, closeness| group(ago, closeness).map(|item| item.group);
    assert_eq!([found(59, Closeness::Weak), found(60, Closeness::Weak)], [None, Some(StaleGroup::WeakTie)]);
    assert_eq!(found(60, Closeness::Strong), None);
    assert_eq!(found(201, Closeness::Weak), Some(StaleGroup::Late));
    assert_eq!(of(vec![contacted("A.md", 200, 60).build()]).items, [], "nothing to give");
}

#[test]
fn letting_go_is_thought_of_where_nothing_ever_came_of_it() {
    let silent = |ago: i64| contacted("A.md", 10, ago).entry(log(&days_ago(ago + 30).to_string()));
    let busy = || contacted("B.md", 10, 1).entry(log(&days_ago(1).to_string()).with_move(MoveKind::Gave, "help"));
    let group = |note: Note| {
        let report = of(vec![note, busy().build()]);
        report.items.first().map(|item| item.group)
    };
    // 20 May to 20 November is half a year.
    assert_eq!(group(silent(184).build()), Some(StaleGroup::Lost));
    assert_eq!(group(silent(185).build()), Some(StaleGroup::LetGoCandidate));
    let gave = log(&days_ago(300).to_string()).with_move(MoveKind::Gave, "info");
    assert_eq!(group(silent(185).entry(gave).build()), Some(StaleGroup::Lost), "something was given");
    assert_eq!(group(contacted("A.md", 10, 185).build()), Some(StaleGroup::Lost), "met only once");
    let core = |person: &mut Person| person.closeness = Some(at(Closeness::Core));
    assert_eq!(group(silent(185).with(core).build()), Some(StaleGroup::Lost), "one of the closest");
    assert_eq!(of(vec![silent(185).build()]).items[0].group, StaleGroup::Lost, "nobody writes such things down");
    let skipped = log(&days_ago(100).to_string()).moved(MoveKind::Skip);
    let report = of(vec![silent(185).entry(skipped).build(), busy().build()]);
    let evidence = report.items.iter().find_map(|item| item.letting_go.clone()).unwrap();
    assert_eq!((evidence.contacts, evidence.first, evidence.skipped), (2, days_ago(215), 1));
}
