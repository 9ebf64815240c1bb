//! The report of endorsers: whom it names first, plan B, what lasts.

use crate::index::support::{EntryBuilder, NoteBuilder, at, log, note, person};
use crate::model::date::PartialDate;
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::{Note, NoteKind};
use crate::model::span::Span;
use crate::report::support::{days_ago, in_days, settings, today, vault};

use super::{Endorsers, endorsers};

fn moved(days: i64, kind: MoveKind, detail: &str) -> EntryBuilder {
    let mut entry = log(&days_ago(days).to_string()).channel("met").text("说了好话");
    entry.0.moves.push(Move { kind, detail: Some(detail.into()), span: Span::default() });
    entry
}

/// Someone who passes all three tests.
fn passing(path: &str) -> NoteBuilder {
    let met = |days| log(&days_ago(days).to_string()).channel("met");
    person(path)
        .with(|person| {
            person.presets.push(at("endorser".into()));
            person.decision = Some("投票".into());
            person.term_until = Some(PartialDate::Year(2030));
        })
        .entry(met(300))
        .entry(met(200))
        .entry(moved(100, MoveKind::Got, "help"))
}

fn of(notes: Vec<Note>) -> Endorsers {
    endorsers(&vault(notes), &settings(), today())
}

#[test]
fn a_plan_b_is_wanted_below_two_who_pass_and_the_nearest_is_named() {
    let weak = || passing("C.md").with(|person| person.decision = None).build();
    let weaker = || person("B.md").with(|person| person.presets.push(at("endorser".into()))).build();
    for (notes, passes, wanted, nearest) in [
        (vec![passing("A.md").build(), passing("B.md").build()], 2, false, None),
        (vec![passing("A.md").build(), weaker(), weak()], 1, true, Some("C")),
        (vec![weaker()], 0, true, Some("B")),
        (vec![passing("A.md").build()], 1, true, None),
        (vec![person("A.md").build()], 0, false, None),
    ] {
        let report = of(notes);
        assert_eq!((report.passing, report.needs_plan_b), (passes, wanted));
        assert_eq!(report.nearest.as_ref().map(|found| found.person.as_str()), nearest);
        assert_eq!(report.is_empty(), report.candidates.is_empty());
    }
}

#[test]
fn who_passes_stands_first_then_who_lacks_least() {
    let weaker = person("A.md").with(|person| person.presets.push(at("endorser".into())));
    let weak = passing("B.md").with(|person| person.term_until = None);
    let report = of(vec![weaker.build(), weak.build(), passing("C.md").build()]);
    let names: Vec<_> = report.candidates.iter().map(|line| line.person.as_str()).collect();
    assert_eq!(names, ["C", "B", "A"]);
}

#[test]
fn the_balance_counts_both_ways_and_nothing_ahead() {
    let note = passing("A.md")
        .entry(moved(90, MoveKind::Gave, "help"))
        .entry(moved(80, MoveKind::Gave, "info"))
        .entry(moved(-1, MoveKind::Gave, "gift"));
    let balance = &of(vec![note.build()]).candidates[0].balance;
    assert_eq!((balance.gave, balance.got), (2, 1));
    assert_eq!(balance.last_gave.as_ref().map(|told| told.date), Some(days_ago(80)));
}

#[test]
fn what_fits_a_need_comes_before_what_is_noted_for_them_and_is_told_once() {
    let me = note("me.md", NoteKind::Owner).with(|person| person.offers = vec![at("补货算法".into())]);
    let note = passing("A.md").with(|person| {
        person.needs = vec![at("补货算法".into())];
        person.my_offer = vec![at("补货算法".into()), at("每周进展".into())];
    });
    let report = of(vec![me.build(), note.build()]);
    let offers: Vec<_> =
        report.candidates[0].offers.iter().map(|offer| (offer.offer.as_str(), offer.need.as_deref())).collect();
    assert_eq!(offers, [("补货算法", Some("补货算法")), ("每周进展", None)]);
}

#[test]
fn endorsements_are_open_then_ending_then_expired_by_their_last_day() {
    let expiring = |days: i64| {
        let mut entry = moved(50, MoveKind::Got, "endorsement");
        let (kind, date) = (MoveFieldKind::Expires, Some(in_days(days)));
        entry.0.fields.push(MoveField { kind, links: vec![], date, text: "".into(), span: Span::default() });
        person("A.md").entry(entry).build()
    };
    for (days, state) in [(31, "open"), (30, "ending"), (1, "ending"), (0, "ending"), (-1, "expired")] {
        let report = of(vec![expiring(days)]);
        let line = &report.endorsements[0];
        assert_eq!((line.state, line.days_left, line.ends_by), (state, days, "line"), "{days}");
    }
    let report = of(vec![person("A.md").entry(moved(50, MoveKind::Got, "endorsement")).build()]);
    assert_eq!((report.endorsements[0].ends_by, report.endorsements[0].state), ("settings", "open"));
}

#[test]
fn an_interviewer_not_seen_since_is_named() {
    let met = |days| {
        person("A.md").with(move |person| {
            person.met_at_interview = true;
            person.met_on = Some(at(PartialDate::Day(days_ago(days))));
        })
    };
    assert_eq!(of(vec![met(40).build()]).interviews.len(), 1);
    assert_eq!(of(vec![met(20).build()]).interviews, []);
    let seen = met(40).entry(log(&days_ago(10).to_string()));
    assert!(of(vec![seen.build()]).is_empty());
}
