//! Row by row: the case that shows it, the one just short of it, its opposite.

use crate::index::support::{EntryBuilder, NoteBuilder, at, log, person, wiki};
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::Note;
use crate::model::person::Status;
use crate::model::span::Span;
use crate::report::support::{contacted, days_ago, in_days, settings, today, vault};

use super::{Network, NetworkOptions, network};

fn report(notes: Vec<Note>) -> Network {
    network(&vault(notes), &settings(), &NetworkOptions { shown: 3 }, today())
}

/// A log entry of so many days ago with one move.
fn moved(days: i64, kind: MoveKind, detail: &str) -> EntryBuilder {
    let mut entry = log(&days_ago(days).to_string()).text("旧事");
    let detail = (!detail.is_empty()).then(|| detail.into());
    entry.0.moves.push(Move { kind, detail, span: Span::default() });
    entry
}

/// Contacts of so many days ago.
fn seen(path: &str, days: &[i64]) -> NoteBuilder {
    days.iter().fold(person(path), |note, days| note.entry(log(&days_ago(*days).to_string()).text("聊天")))
}

#[test]
fn ties_are_counted_by_what_happened_and_not_by_who_is_let_go() {
    let found = report(vec![
        person("A.md").build(),
        seen("B.md", &[3]).build(),
        seen("C.md", &[3, 300]).build(),
        seen("D.md", &[1, 40, 80, 120, 160, 200]).entry(moved(3, MoveKind::Cooperated, "")).build(),
        seen("E.md", &[3, 9]).with(|person| person.status = Some(Status::LetGo)).build(),
    ]);
    let ties = &found.ties;
    assert_eq!((ties.people, ties.acquaintance, ties.friend, ties.network), (4, 2, 1, 1));
    assert_eq!((ties.strong, ties.weak, ties.untouched), (1, 2, 1));
    assert!(report(vec![]).is_empty() && !found.is_empty());
}

#[test]
fn this_years_changes_name_each_step_and_its_line() {
    // 2026 began 323 days ago.
    let steps = |days: &[i64]| {
        let found = report(vec![seen("A.md", days).build()]);
        let change = found.changes.into_iter().next();
        change.map(|change| {
            let steps = change.came_by.iter().map(|step| (step.state, step.line.days, step.line.source.line));
            (change.state, steps.collect::<Vec<_>>())
        })
    };
    assert_eq!(steps(&[323]), Some(("acquaintance", vec![("acquaintance", 323, 10)])));
    assert_eq!(steps(&[324]), None, "of last year");
    assert_eq!(steps(&[324, 5]), Some(("friend", vec![("friend", 5, 11)])));
    assert_eq!(steps(&[9, 5, 2]), Some(("friend", vec![("acquaintance", 9, 10), ("friend", 5, 11)])));
    assert_eq!(steps(&[324, 5, -1]).map(|(state, _)| state), Some("friend"), "tomorrow brings nothing yet");
}

#[test]
fn the_first_work_done_together_makes_a_network_and_the_second_changes_nothing() {
    let found = report(vec![
        seen("A.md", &[40, 30])
            .entry(moved(20, MoveKind::Cooperated, ""))
            .entry(moved(10, MoveKind::Cooperated, ""))
            .build(),
    ]);
    let change = &found.changes[0];
    assert_eq!((change.state, change.came_by.last().unwrap().line.days), ("network", 20));
}

#[test]
fn a_weak_tie_is_worth_a_call_when_it_gave_or_could_give_and_is_not_fresh() {
    let offers = |note: NoteBuilder| note.with(|person| person.offers = vec![at("仓储选型".into())]);
    let gave = |note: NoteBuilder| note.entry(moved(200, MoveKind::Got, "opportunity"));
    let cases: [(&str, NoteBuilder, Option<bool>); 10] = [
        ("gave, silent", gave(seen("A.md", &[61])), Some(true)),
        ("gave, fresh", gave(seen("A.md", &[60])), Some(false)),
        ("could give", offers(seen("A.md", &[61])), Some(true)),
        ("never contacted", offers(person("A.md")), Some(true)),
        ("nothing to say of it", seen("A.md", &[61]), None),
        ("only took", seen("A.md", &[61]).entry(moved(90, MoveKind::Gave, "help")), None),
        ("strong", gave(seen("A.md", &[61, 100, 140, 240, 280])), None),
        ("many days of two months", gave(seen("A.md", &[61, 62, 63, 64, 65, 66])), Some(true)),
        ("arranged", gave(contacted("A.md", 10, 61).entry(log(&in_days(3).to_string()).text("喝茶"))), Some(false)),
        ("paused", gave(contacted("A.md", 10, 61).with(|person| person.paused = Some(at(true)))), Some(false)),
    ];
    for (name, note, expected) in cases {
        let found = report(vec![note.build()]);
        assert_eq!(found.weak_ties.first().map(|tie| tie.worth_a_call), expected, "{name}");
    }
}

#[test]
fn those_who_gave_come_before_those_who_could_and_the_longest_silent_first() {
    let offers = |note: NoteBuilder| note.with(|person| person.offers = vec![at("仓储选型".into())]);
    let gave = |note: NoteBuilder, days| note.entry(moved(days, MoveKind::Got, "info"));
    let found = report(vec![
        offers(person("A.md")).build(),
        offers(seen("B.md", &[100])).build(),
        gave(person("C.md"), 100).build(),
        gave(person("D.md"), 200).build(),
    ]);
    let order: Vec<_> = found.weak_ties.iter().map(|tie| tie.person.as_str()).collect();
    assert_eq!(order, ["D", "C", "B", "A"]);
    assert_eq!(found.weak_ties[0].gave[0].favour.as_deref(), Some("info"));
    assert_eq!(found.weak_ties[2].could_give[0].source.line, 2);
}

#[test]
fn a_field_is_called_thin_only_when_most_notes_have_it() {
    let with = |path: &str, industry: &str| {
        person(path).with(|person| person.industry = (!industry.is_empty()).then(|| industry.into())).build()
    };
    let half = report(vec![with("A.md", "软件"), with("B.md", "医疗"), with("C.md", ""), with("D.md", "")]);
    assert_eq!((half.coverage[0].known, half.coverage[0].missing), (2, 2));
    assert_eq!(half.coverage[0].thin, None, "half is no majority");
    let most = report(vec![with("A.md", "软件"), with("B.md", "医疗"), with("C.md", "软件 "), with("D.md", "")]);
    let thin = most.coverage[0].thin.as_ref().unwrap();
    assert_eq!(thin.single, ["医疗"]);
    assert_eq!(thin.crowded.as_deref(), Some("软件"));
    let shares: Vec<_> = most.coverage[0].shares.iter().map(|share| (share.value.as_str(), share.count)).collect();
    assert_eq!(shares, [("软件", 2), ("医疗", 1)]);
    assert!(report(vec![with("A.md", "")]).coverage.is_empty(), "a field nobody has is not told");
}

#[test]
fn one_person_per_company_is_nothing_thin() {
    let at_company =
        |path: &str, company: &str| person(path).with(|person| person.company = vec![wiki(company)]).build();
    let found = report(vec![at_company("A.md", "甲"), at_company("B.md", "乙")]);
    let thin = found.coverage[0].thin.as_ref().unwrap();
    assert_eq!((thin.crowded.as_ref(), thin.single.len()), (None, 0));
}

#[test]
fn each_favour_serves_its_use_in_its_year() {
    for (favour, served) in [
        ("view", Some("thinking")),
        ("teaching", Some("thinking")),
        ("opportunity", Some("opportunities")),
        ("intro", Some("opportunities")),
        ("endorsement", Some("opportunities")),
        ("info", Some("information")),
        ("info/relayed", Some("information")),
        ("feedback", Some("advice")),
        ("gift", None),
        ("help", None),
    ] {
        let found = report(vec![person("A.md").entry(moved(323, MoveKind::Got, favour)).build()]);
        let year = found.yields.first();
        let uses = year.map(|year| year.uses.iter().filter(|one| one.count == 1).map(|one| one.served).collect());
        assert_eq!(uses, served.map(|served| vec![served]), "{favour}");
        assert!(year.is_none_or(|year| year.year == 2026 && year.unserved.len() == 3), "{favour}");
    }
    // The last day of 2025 is another year, and this one stands beside it with all four missing.
    let found = report(vec![person("A.md").entry(moved(324, MoveKind::Got, "view")).build()]);
    let years: Vec<_> = found.yields.iter().map(|year| (year.year, year.unserved.len())).collect();
    assert_eq!(years, [(2026, 4), (2025, 3)]);
    assert!(report(vec![person("A.md").entry(moved(-1, MoveKind::Got, "view")).build()]).yields.is_empty());
}

#[test]
fn who_can_hardly_be_reached_is_asked_for_and_those_seen_this_year_first() {
    let reached = |path: &str, days: i64, ways: usize| {
        seen(path, &[days])
            .with(|person| {
                person.phones = vec!["+86 1".into()].into_iter().take(ways).collect();
                person.wechat = (ways > 1).then(|| "w".into());
            })
            .build()
    };
    let notes = vec![reached("A.md", 400, 0), reached("B.md", 5, 1), reached("C.md", 323, 0), reached("D.md", 5, 2)];
    let gaps = report(notes).reach_gaps;
    let found: Vec<_> = gaps.iter().map(|gap| (gap.person.as_str(), gap.only, gap.this_year)).collect();
    assert_eq!(found, [("C", None, true), ("A", None, false), ("B", Some("phone"), true)]);
    assert_eq!(gaps[2].missing, ["wechat", "email"]);
}

#[test]
fn the_picture_keeps_the_strongest_ties_and_says_how_many_it_leaves_out() {
    let at_company = |path: &str, days: &[i64]| seen(path, days).with(|person| person.company = vec![wiki("青榆")]);
    let found = report(vec![
        seen("A.md", &[1]).build(),
        at_company("B.md", &[1, 2]).build(),
        at_company("C.md", &[1, 2, 3]).with(|person| person.introduced_by = Some(wiki("D"))).build(),
        seen("D.md", &[1, 2, 3, 4]).build(),
    ]);
    let graph = found.graph;
    assert_eq!((graph.shown, graph.hidden), (3, 1));
    let people: Vec<_> = graph.people.iter().map(|one| (one.id, one.person.as_str(), one.group)).collect();
    assert_eq!(people, [(0, "C", Some(0)), (1, "B", Some(0)), (2, "D", None)]);
    let arrows: Vec<_> = graph.arrows.iter().map(|arrow| (arrow.from, arrow.to, arrow.by)).collect();
    assert_eq!(arrows, [(2, 0, "them")]);
}

#[test]
fn an_introduction_is_one_arrow_however_often_it_is_told() {
    let gave = |days| moved(days, MoveKind::Gave, "intro").link("B");
    let got = moved(4, MoveKind::Got, "intro").link("A");
    let found = report(vec![
        person("A.md").entry(gave(9)).entry(gave(8)).entry(moved(-2, MoveKind::Got, "intro").link("C")).build(),
        person("B.md").entry(moved(9, MoveKind::Gave, "intro").link("A")).build(),
        person("C.md").entry(got).build(),
    ]);
    let graph = found.graph;
    let name = |id: usize| graph.people[id].person.as_str();
    let mut arrows: Vec<_> = graph.arrows.iter().map(|arrow| (name(arrow.from), name(arrow.to), arrow.by)).collect();
    arrows.sort_unstable();
    assert_eq!(arrows.len(), 2, "{arrows:?}");
    assert!(arrows.contains(&("C", "A", "them")), "{arrows:?}");
    assert!(arrows.iter().any(|arrow| arrow.2 == "owner"), "{arrows:?}");
}

#[test]
fn for_whom_an_introduction_was_says_who_was_brought_together() {
    let mut intro = moved(9, MoveKind::Gave, "intro");
    intro.0.fields.push(MoveField {
        kind: MoveFieldKind::For,
        links: vec![wiki("B")],
        date: None,
        text: "[[B]]".into(),
        span: Span::default(),
    });
    let found = report(vec![person("A.md").entry(intro).build(), seen("B.md", &[3]).build()]);
    let arrows: Vec<_> = found.graph.arrows.iter().map(|arrow| arrow.by).collect();
    assert_eq!(arrows, ["owner"]);
}
