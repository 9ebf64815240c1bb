//! A year looked back on. Today is Friday, 20 November 2026.

use crate::index::options::{IndexOptions, YearStart};
use crate::index::support::{EntryBuilder, at, day, log, note, person};
use crate::model::date::PartialDate;
use crate::model::moves::{Move, MoveKind};
use crate::model::note::{Note, NoteKind};
use crate::model::span::Span;
use crate::report::support::{settings, today};

use super::*;

fn of(notes: Vec<Note>, year_number: i32) -> Year {
    with(notes, year_number, YearStart { month: 1, day: 1 })
}

fn with(notes: impl Into<Vec<Note>>, year_number: i32, year_starts: YearStart) -> Year {
    let notes: Vec<Note> = notes.into();
    let options = IndexOptions { year_starts, ..settings() };
    let index = crate::index::build::build_index(&notes, Vec::new(), &options);
    year(&index, &options, year_number, today())
}

fn tagged(date: &str, kind: MoveKind, leaf: &str) -> EntryBuilder {
    let mut entry = log(date).text("一件事");
    entry.0.moves.push(Move { kind, detail: Some(leaf.into()), span: Span::default() });
    entry
}

#[test]
fn only_the_days_of_the_year_up_to_today_count() {
    let notes = || {
        let dates = ["2025-12-31", "2026-01-01", "2026-11-20", "2026-11-21"];
        vec![dates.iter().fold(person("a.md"), |note, date| note.entry(tagged(date, MoveKind::Got, "info"))).build()]
    };
    let this = of(notes(), 2026);
    assert_eq!((this.contacts, this.people_contacted, this.got_times, this.months.len()), (2, 1, 2, 11));
    assert!(!this.is_over);
    let last = of(notes(), 2025);
    assert_eq!((last.contacts, last.got_times, last.months.len(), last.is_over), (1, 1, 12, true));
    assert!(of(notes(), 2024).is_empty() && !last.is_empty());
}

#[test]
fn a_year_may_begin_on_another_day() {
    let notes = vec![person("a.md").entry(log("2026-04-05")).entry(log("2026-04-06")).entry(log("2026-05-06")).build()];
    let found = with(notes, 2026, YearStart { month: 4, day: 6 });
    assert_eq!((found.from, found.to, found.contacts), (day("2026-04-06"), day("2027-04-05"), 2));
    let months: Vec<_> = found.months.iter().take(2).map(|month| (month.month, month.contacts)).collect();
    assert_eq!(months, [(day("2026-04-06"), 1), (day("2026-05-06"), 1)]);
}

#[test]
fn a_first_cooperation_tells_how_long_it_took_and_a_second_is_none() {
    let note = |met: &str| {
        person("a.md")
            .with(|person| person.met_on = Some(at(PartialDate::Day(day(met)))))
            .entry(tagged("2026-01-10", MoveKind::Gave, "help"))
            .entry(log("2026-03-18").text("一起做演示").moved(MoveKind::Cooperated))
            .entry(log("2026-06-01").moved(MoveKind::Cooperated))
            .build()
    };
    for (met, months) in [("2025-03-18", 12), ("2025-03-19", 11), ("2025-03-17", 12)] {
        let found = of(vec![note(met)], 2026).first_cooperations;
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].date, found[0].months, found[0].gave_before),
            (day("2026-03-18"), Some(months), 1),
            "{met}"
        );
        assert_eq!(found[0].text, "一起做演示");
    }
    assert!(of(vec![note("2025-03-18")], 2025).first_cooperations.is_empty());
}

#[test]
fn people_are_new_by_the_day_of_meeting_and_not_by_the_first_line_of_a_log() {
    let met = |date: PartialDate| person("a.md").with(|person| person.met_on = Some(at(date))).build();
    let new = |note: Note| of(vec![note], 2026).new_people.len();
    assert_eq!(new(met(PartialDate::Day(day("2025-12-31")))), 0);
    assert_eq!(new(met(PartialDate::Day(day("2026-01-01")))), 1);
    assert_eq!(new(met(PartialDate::Day(day("2026-11-21")))), 0, "not yet");
    assert_eq!(new(met(PartialDate::Month(2026, 3))), 1);
    assert_eq!(new(met(PartialDate::Year(2026))), 1);
    assert_eq!(new(met(PartialDate::Year(2025))), 0);
    assert_eq!(new(person("a.md").entry(log("2026-02-02")).build()), 0);
}

#[test]
fn help_is_told_by_person_with_its_words_and_endorsements_and_sharing_apart() {
    let found = of(
        vec![
            person("a.md").entry(tagged("2026-02-01", MoveKind::Got, "endorsement")).build(),
            person("b.md")
                .entry(tagged("2026-02-01", MoveKind::Got, "info/source"))
                .entry(tagged("2026-03-01", MoveKind::Got, "view"))
                .build(),
            note("我.md", NoteKind::Owner).entry(tagged("2026-04-01", MoveKind::Gave, "share")).build(),
        ],
        2026,
    );
    let helped: Vec<_> = found.helped.iter().map(|one| (one.person.person.as_str(), one.with.len())).collect();
    assert_eq!(helped, [("b", 2), ("a", 1)]);
    assert_eq!(found.helped[0].with[0].kind.as_deref(), Some("info"));
    assert_eq!((found.endorsements.len(), found.shared.len(), found.gave_times), (1, 1, 1));
}

#[test]
fn a_silence_is_long_from_ninety_days_and_longer_than_the_rhythm() {
    let silences =
        |gap: &str| of(vec![person("a.md").entry(log("2026-01-01")).entry(log(gap)).build()], 2026).silences.len();
    assert_eq!(["2026-03-31", "2026-04-01", "2026-04-02"].map(silences), [0, 1, 1]);
    let yearly = crate::report::support::tracked("a.md", 120).entry(log("2026-01-01")).entry(log("2026-05-01"));
    assert!(of(vec![yearly.build()], 2026).silences.is_empty());
}
