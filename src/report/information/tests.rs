//! The report of information: each section, and what is just short of it.

use crate::index::support::{EntryBuilder, NoteBuilder, at, daily, line, log, note, person, wiki};
use crate::model::entry::NestedItem;
use crate::model::moves::{Move, MoveKind};
use crate::model::note::{Note, NoteKind};
use crate::model::person::{InfoPosition, Status};
use crate::model::span::Span;
use crate::model::task::TaskState;
use crate::report::support::{days_ago, settings, today, vault};

use super::{Information, information};

fn tagged(mut entry: EntryBuilder, kind: MoveKind, detail: &str) -> EntryBuilder {
    let detail = (!detail.is_empty()).then(|| detail.into());
    entry.0.moves.push(Move { kind, detail, span: Span::default() });
    entry
}

fn on(days: i64) -> EntryBuilder {
    log(&days_ago(days).to_string()).text("听说推迟了")
}

fn relayed(days: i64) -> EntryBuilder {
    tagged(on(days), MoveKind::Got, "info/relayed")
}

fn below(mut entry: EntryBuilder, text: &str) -> EntryBuilder {
    entry.0.nested.push(NestedItem {
        text: text.into(),
        moves: vec![],
        fields: vec![],
        links: vec![],
        id: None,
        span: Span::default(),
        line: 99,
        last_line: 99,
    });
    entry
}

fn of(notes: Vec<Note>) -> Information {
    information(&vault(notes), &settings(), today())
}

fn source(path: &str) -> NoteBuilder {
    person(path).with(|person| person.info_position = Some(InfoPosition::Source))
}

#[test]
fn a_year_of_relayed_news_warns_and_last_year_does_not() {
    let told = |days: i64| of(vec![(0..3).fold(person("A.md"), |note, _| note.entry(relayed(days))).build()]);
    assert!(told(10).mostly_relayed);
    let last_year = told(330);
    assert!(!last_year.mostly_relayed && last_year.years[0].mostly_relayed);
    assert!(of(vec![person("A.md").build()]).is_empty());
    let unmarked = of(vec![person("A.md").entry(tagged(on(10), MoveKind::Got, "info")).build()]);
    assert!(unmarked.is_empty() && unmarked.years[0].unsaid == 1);
    assert!(!last_year.is_empty());
}

#[test]
fn people_are_sources_by_their_note_or_by_what_they_told() {
    let told = tagged(on(10), MoveKind::Got, "info/source");
    let report = of(vec![
        source("A.md").build(),
        person("B.md").entry(told).build(),
        person("C.md").entry(relayed(10)).entry(relayed(9)).build(),
        person("D.md").entry(relayed(10)).build(),
        source("E.md").with(|person| person.status = Some(Status::Archived)).build(),
    ]);
    let names = |list: &[super::Teller]| list.iter().map(|one| one.person.clone()).collect::<Vec<_>>();
    assert_eq!(names(&report.sources), ["B", "A"]);
    assert_eq!(names(&report.relayers), ["C"], "who passed on once does not only pass on");
}

#[test]
fn what_two_tell_stands_side_by_side_and_what_one_tells_is_unconfirmed() {
    let told = |path: &str, days| person(path).entry(tagged(relayed(days), MoveKind::Topic, "园区")).build();
    let alone = of(vec![told("A.md", 10)]);
    assert_eq!((alone.topics.len(), alone.unconfirmed.len()), (0, 1));
    assert_eq!(alone.unconfirmed[0].topics, ["园区"]);
    let both = of(vec![told("A.md", 10), told("B.md", 5)]);
    assert_eq!((both.topics.len(), both.unconfirmed.len()), (1, 0));
    assert_eq!((both.topics[0].voices, both.topics[0].told.len()), ("independent", 2));
    let without_topic = of(vec![person("A.md").entry(relayed(3)).build(), person("B.md").entry(relayed(3)).build()]);
    assert_eq!(without_topic.unconfirmed.len(), 2);
}

#[test]
fn someone_nearer_to_the_source_is_named_with_the_words_that_say_so() {
    let told = || person("A.md").entry(tagged(relayed(10).text("青榆零售要换人"), MoveKind::Topic, "海外优先"));
    let nearer = |note: NoteBuilder| {
        let report = of(vec![told().build(), note.build()]);
        report.unconfirmed[0].nearer.iter().map(|near| (near.by, near.words.clone())).collect::<Vec<_>>()
    };
    let at_company =
        |name: &'static str| move |person: &mut crate::model::person::Person| person.company = vec![wiki(name)];
    assert_eq!(nearer(source("B.md").with(at_company("青榆零售"))), [("company", "青榆零售".to_owned())]);
    assert_eq!(nearer(source("B.md").with(at_company("别家"))), []);
    assert_eq!(nearer(person("B.md").with(at_company("青榆零售"))), [], "nothing says that they are a source");
    let topic = source("B.md").with(|person| person.topics = vec!["海外客户".into()]);
    assert_eq!(nearer(topic), [("topic", "海外客户".to_owned())]);
    let offer = source("B.md").with(|person| person.offers = vec![at("海外案例".into())]);
    assert_eq!(nearer(offer), [("offer", "海外案例".to_owned())]);
}

#[test]
fn points_stand_with_what_was_done_about_them() {
    let point = |text: &str| tagged(line(&days_ago(10).to_string()).text(text), MoveKind::Captured, "");
    let event = note("2026-11-10 会.md", NoteKind::Event).entry(below(point("甲"), "写进报告")).entry(point("乙"));
    let report = of(vec![event.build()]);
    assert_eq!((report.captured.len(), report.captured[0].open), (1, 1));
    assert_eq!(report.captured[0].points[0].done, ["写进报告"]);
    assert_eq!(report.captured[0].points[1].done, [""; 0]);
    assert!(!report.is_empty());
}

#[test]
fn questions_stay_open_until_something_stands_below_or_their_box_is_ticked() {
    let asked = |days: i64| tagged(line(&days_ago(days).to_string()).text("安全库存怎么算"), MoveKind::Question, "");
    let open = |entry: EntryBuilder| of(vec![daily("2026-11-10.md").entry(entry).build()]).questions.len();
    assert_eq!(open(asked(10)), 1);
    assert_eq!(open(below(asked(10), "按批次")), 0);
    assert_eq!(open(asked(10).task(TaskState::Open)), 1);
    assert_eq!(open(asked(10).task(TaskState::Done)), 0);
    assert_eq!(open(asked(-1)), 0);
}

#[test]
fn who_offers_what_a_question_is_about_could_answer_it() {
    let asked = tagged(line(&days_ago(10).to_string()).text("安全库存怎么算"), MoveKind::Question, "");
    let offers = |words: &'static str| person("A.md").with(move |person| person.offers = vec![at(words.into())]);
    let answerers = |words| {
        let notes = vec![daily("2026-11-10.md").entry(asked.clone()).build(), offers(words).build()];
        of(notes).questions[0].answerers.iter().map(|one| one.person.clone()).collect::<Vec<_>>()
    };
    assert_eq!(answerers("安全库存"), ["A"]);
    assert_eq!(answerers("英文演讲"), [""; 0]);
}

#[test]
fn the_layer_nobody_looked_at_is_named() {
    let seen = |detail: &str| tagged(on(10), MoveKind::Observed, detail);
    let missing = |details: &[&str]| {
        let note = details.iter().fold(person("A.md"), |note, detail| note.entry(seen(detail)));
        of(vec![note.build()]).models.first().map(|model| model.missing.clone())
    };
    assert_eq!(missing(&["manner", "method"]), Some(vec!["thinking"]));
    assert_eq!(missing(&["manner", "method", "thinking"]), Some(vec![]));
    assert_eq!(missing(&[""]), Some(vec!["manner", "method", "thinking"]));
    assert_eq!(missing(&[]), None);
}
