//! Each test of a candidate beside the case just short of it.

use chrono::NaiveDate;

use crate::index::endorsers::{Candidate, Gap, Verdict, candidate, candidates, verdict};
use crate::index::record::PersonId;
use crate::index::support::{EntryBuilder, NoteBuilder, at, day, indexed, log, person};
use crate::model::date::PartialDate;
use crate::model::moves::{Move, MoveKind};
use crate::model::person::{Person, Status};
use crate::model::span::Span;
use crate::model::today::Today;

const TODAY: &str = "2026-11-20";

fn moved(date: &str, kind: MoveKind, detail: &str) -> EntryBuilder {
    let mut entry = log(date).text("帮忙");
    entry.0.moves.push(Move { kind, detail: (!detail.is_empty()).then(|| detail.into()), span: Span::default() });
    entry
}

fn endorser(path: &str) -> NoteBuilder {
    person(path).with(|person| person.presets.push(at("endorser".into())))
}

/// Checks the only candidate of a vault of one note.
fn check(note: NoteBuilder, expect: impl FnOnce(&Candidate<'_>)) {
    let index = indexed([note.build()]);
    let found = candidates(&index, Today(day(TODAY)));
    assert_eq!(found.len(), 1);
    expect(&found[0]);
}

fn says(decision: &'static str, term: Option<PartialDate>) -> impl FnOnce(&mut Person) {
    move |person| {
        person.has_no_vote = decision == "no vote";
        (person.decision, person.term_until) = ((!decision.is_empty()).then(|| decision.into()), term);
    }
}

#[test]
fn a_say_is_there_unsure_or_missing_by_words_and_term() {
    let term = |date: &str| Some(PartialDate::Day(day(date)));
    for (decision, term, gaps, expected) in [
        ("votes", Some(PartialDate::Year(2028)), &[][..], Verdict::Yes),
        ("votes", term("2027-11-21"), &[], Verdict::Yes),
        ("votes", term("2027-11-20"), &[Gap::TermEnding], Verdict::No),
        ("votes", term("2026-11-20"), &[Gap::TermEnding], Verdict::No),
        ("votes", term("2026-11-19"), &[Gap::TermPast], Verdict::No),
        ("votes", Some(PartialDate::Month(2026, 11)), &[Gap::TermEnding], Verdict::No),
        ("votes", None, &[Gap::TermUnknown], Verdict::Unsure),
        ("", None, &[Gap::DecisionUnknown], Verdict::Unsure),
        ("", term("2026-11-19"), &[Gap::DecisionUnknown, Gap::TermPast], Verdict::No),
        ("no vote", None, &[Gap::NoVote], Verdict::No),
    ] {
        check(endorser("A.md").with(says(decision, term)), |found| {
            assert_eq!(found.say_gaps, gaps, "{decision} {term:?}");
            assert_eq!(verdict(&found.say_gaps), expected, "{decision} {term:?}");
        });
    }
}

#[test]
fn trust_is_events_and_time_and_messages_are_no_events() {
    let days = |dates: &[&str], channel| {
        let note = endorser("A.md");
        dates.iter().fold(note, |note, date| note.entry(log(date).channel(channel)))
    };
    let half_a_year = ["2026-05-01", "2026-08-01", "2026-10-28"];
    for (dates, channel, gaps) in [
        (&half_a_year[..], "met", &[][..]),
        (&half_a_year, "lunch", &[]),
        (&half_a_year, "message", &[Gap::NoEvents]),
        (&half_a_year, "call", &[Gap::NoEvents]),
        (&half_a_year[1..], "met", &[Gap::FewEvents, Gap::ShortTime]),
        (&["2026-05-01", "2026-08-01", "2026-10-27"], "met", &[Gap::ShortTime]),
        (&["2024-01-01", "2024-09-01", "2025-11-19"], "met", &[Gap::LongAgo]),
        (&["2024-01-01", "2024-09-01", "2025-11-20"], "met", &[]),
        (&["2026-11-21"], "met", &[Gap::NoEvents]),
        (&[], "met", &[Gap::NoEvents]),
    ] {
        check(days(dates, channel), |found| assert_eq!(found.knows_gaps, gaps, "{channel} {dates:?}"));
    }
    let two_on_one_day = days(&["2026-05-01", "2026-05-01"], "met");
    check(two_on_one_day, |found| assert_eq!(found.shared.days, 1));
}

#[test]
fn work_done_together_and_an_endorsement_are_events_however_they_were_told() {
    for (kind, detail, days) in
        [(MoveKind::Cooperated, "", 1), (MoveKind::Got, "endorsement", 1), (MoveKind::Got, "info", 0)]
    {
        let note = endorser("A.md").entry(moved("2026-05-01", kind, detail).channel("message"));
        check(note, |found| assert_eq!(found.shared.days, days, "{detail}"));
    }
}

#[test]
fn the_willing_have_done_something_and_advice_alone_is_not_yet_it() {
    for (detail, gaps, shown) in [
        ("endorsement", &[][..], 1),
        ("opportunity", &[], 1),
        ("intro", &[], 1),
        ("help", &[], 1),
        ("feedback", &[Gap::OnlyAdvice], 1),
        ("gift", &[Gap::NothingDone], 0),
        ("info/source", &[Gap::NothingDone], 0),
    ] {
        check(endorser("A.md").entry(moved("2026-05-01", MoveKind::Got, detail)), |found| {
            assert_eq!(found.willing_gaps, gaps, "{detail}");
            assert_eq!(found.did.len(), shown, "{detail}");
        });
    }
    let ahead = endorser("A.md").entry(moved("2026-11-21", MoveKind::Got, "help"));
    check(ahead, |found| assert_eq!(found.willing_gaps, [Gap::NothingDone]));
}

#[test]
fn who_endorsed_before_is_a_candidate_without_being_called_one() {
    let got = |date: &str, detail: &str| person("A.md").entry(moved(date, MoveKind::Got, detail));
    let is_one = |note: NoteBuilder| candidate(&indexed([note.build()]), PersonId(0), Today(day(TODAY))).is_some();
    assert!(is_one(got(TODAY, "endorsement")));
    assert!(!is_one(got("2026-11-21", "endorsement")));
    assert!(!is_one(got(TODAY, "help")));
    assert!(is_one(endorser("A.md")));
    assert!(!is_one(endorser("A.md").with(|person| person.status = Some(Status::LetGo))));
    assert!(!is_one(endorser("A.md").with(|person| person.deceased = Some(at(None::<NaiveDate>)))));
}
