//! Facts of small vaults. Each rule stands beside the case just short of it.

use crate::index::record::{Index, PersonId};
use crate::index::support::{EntryBuilder, daily, day, indexed, line, log, note, person, wiki};
use crate::model::entry::{EntryLink, NestedItem, Setting};
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::NoteKind;
use crate::model::span::Span;
use crate::model::task::TaskState;

fn moved(kind: MoveKind, detail: &str) -> Move {
    Move { kind, detail: (!detail.is_empty()).then(|| detail.into()), span: Span::default() }
}

fn with(mut entry: EntryBuilder, kind: MoveKind, detail: &str) -> EntryBuilder {
    entry.0.moves.push(moved(kind, detail));
    entry
}

fn below(mut entry: EntryBuilder, text: &str, moves: &[Move], links: &[&str]) -> EntryBuilder {
    let link = |name: &&str| EntryLink { link: wiki(name), setting: Setting::Plain };
    entry.0.nested.push(NestedItem {
        text: text.into(),
        moves: moves.to_vec(),
        fields: Vec::new(),
        links: links.iter().map(link).collect(),
        id: None,
        span: Span::default(),
        line: 90 + entry.0.nested.len() as u32,
        last_line: 90 + entry.0.nested.len() as u32,
    });
    entry
}

fn field(mut entry: EntryBuilder, kind: MoveFieldKind, name: &str) -> EntryBuilder {
    let (links, text) = (vec![wiki(name)], name.into());
    entry.0.fields.push(MoveField { kind, links, date: None, text, span: Span::default() });
    entry
}

fn names(index: &Index, people: &[PersonId]) -> Vec<String> {
    people.iter().filter_map(|id| index.person(*id)).map(|record| record.person.name.to_string()).collect()
}

fn told(index: &Index) -> Vec<(String, MoveKind, Vec<String>)> {
    index.ledger.facts().map(|fact| (fact.words().to_owned(), fact.kind, names(index, &fact.people))).collect()
}

fn words(text: &str, entry: EntryBuilder) -> EntryBuilder {
    entry.text(text)
}

#[test]
fn a_move_in_someones_note_is_with_them_and_names_others() {
    let entry = with(words("引荐了李娜", log("2026-03-01").link("李娜")), MoveKind::Got, "intro");
    let index = indexed([person("人物/张三.md").entry(entry).build(), person("人物/李娜.md").build()]);
    assert_eq!(told(&index), [("引荐了李娜".to_owned(), MoveKind::Got, vec!["张三".to_owned()])]);
    assert_eq!(names(&index, &index.ledger.facts[0].others), ["李娜"]);
}

#[test]
fn an_introduction_is_with_both_sides_wherever_it_is_written() {
    let in_note = with(log("2026-03-01").link("李娜"), MoveKind::Gave, "intro");
    let in_daily = with(line("2026-03-02").link("张三").link("李娜"), MoveKind::Gave, "intro");
    let index = indexed([
        person("人物/张三.md").entry(in_note).build(),
        person("人物/李娜.md").build(),
        daily("日记/2026-03-02.md").entry(in_daily).build(),
    ]);
    for fact in index.ledger.facts() {
        let mut both = names(&index, &fact.people);
        both.sort();
        assert_eq!(both, ["张三", "李娜"], "{}", fact.date);
    }
    assert_eq!(index.ledger.facts.len(), 2);
}

#[test]
fn an_item_below_is_about_whom_it_links_else_about_whom_the_line_links() {
    let entry = below(line("2026-03-02").link("张三"), "帮了忙", &[moved(MoveKind::Got, "help")], &["李娜"]);
    let entry = below(entry, "", &[moved(MoveKind::Thanked, "")], &[]);
    let notes = [person("张三.md").build(), person("李娜.md").build(), daily("2026-03-02.md").entry(entry).build()];
    let index = indexed(notes);
    let with = |kind| index.ledger.facts().find(|fact| fact.kind == kind).map(|fact| names(&index, &fact.people));
    assert_eq!(with(MoveKind::Got), Some(vec!["李娜".to_owned()]));
    assert_eq!(with(MoveKind::Thanked), Some(vec!["张三".to_owned()]));
}

#[test]
fn a_line_of_a_meeting_with_one_person_is_about_them_and_of_two_about_nobody() {
    for (there, expected) in [(&["张三"][..], vec!["张三"]), (&["张三", "李娜"][..], vec![])] {
        let entry = with(words("学到一招", line("2026-03-02")), MoveKind::Got, "teaching");
        let attendees: Vec<_> = there.iter().map(|name| wiki(name)).collect();
        let meeting =
            note("会议/2026-03-02 聊.md", NoteKind::Meeting).occasion(|occasion| occasion.attendees = attendees);
        let index = indexed([person("张三.md").build(), person("李娜.md").build(), meeting.entry(entry).build()]);
        assert_eq!(
            told(&index),
            [("学到一招".to_owned(), MoveKind::Got, expected.iter().map(ToString::to_string).collect())]
        );
    }
}

#[test]
fn what_two_notes_tell_of_one_day_is_one_fact_and_two_lines_of_one_note_are_two() {
    let in_daily = with(words("帮我", line("2026-03-02").link("张三")), MoveKind::Got, "help");
    let in_log = with(words("帮我改稿", log("2026-03-02")), MoveKind::Got, "help");
    let facts = |logs: usize| {
        let mut note = person("张三.md");
        for _ in 0..logs {
            note = note.entry(in_log.clone());
        }
        told(&indexed([note.build(), daily("2026-03-02.md").entry(in_daily.clone()).build()]))
    };
    assert_eq!(facts(1).iter().map(|fact| fact.0.as_str()).collect::<Vec<_>>(), ["帮我改稿"]);
    assert_eq!(facts(2).len(), 2);
    assert_eq!(facts(0).iter().map(|fact| fact.0.as_str()).collect::<Vec<_>>(), ["帮我"]);
}

#[test]
fn what_did_not_happen_is_no_fact() {
    let got = |entry| with(entry, MoveKind::Got, "help");
    for (entry, counts) in [
        (log("2026-03-01"), 1),
        (log("2026-03-01").task(TaskState::Done), 1),
        (log("2026-03-01").task(TaskState::Open), 0),
        (log("2026-03-01").task(TaskState::Cancelled), 0),
        (log("2026-03-01").setting(Setting::Quote), 0),
        (log("2026-03-01").setting(Setting::Struck), 0),
        (log("2026-03-01").setting(Setting::Code), 0),
    ] {
        let shown = format!("{:?} {:?}", entry.0.task, entry.0.setting);
        let index = indexed([person("张三.md").entry(got(entry)).build()]);
        assert_eq!(index.ledger.facts.len(), counts, "{shown}");
    }
}

#[test]
fn a_point_keeps_what_was_done_about_it() {
    let entry = below(with(line("2026-03-02"), MoveKind::Captured, ""), "写进报告", &[], &[]);
    let index = indexed([note("2026-03-02 会.md", NoteKind::Event).entry(entry).build()]);
    assert_eq!(index.ledger.facts[0].below, [Box::from("写进报告")]);
}

#[test]
fn a_line_for_someone_waits_in_the_queue_whatever_note_it_stands_in() {
    let open = field(words("新标准", line("2026-03-02")), MoveFieldKind::For, "张三");
    let done = field(words("旧的", line("2026-03-02").task(TaskState::Done)), MoveFieldKind::For, "张三");
    let index = indexed([person("张三.md").build(), daily("2026-03-02.md").entry(open).entry(done).build()]);
    let queue: Vec<_> = index.ledger.queue.iter().map(|queued| (&*queued.text, queued.date)).collect();
    assert_eq!(queue, [("新标准", day("2026-03-02"))]);
}

#[test]
fn thanks_of_an_event_are_to_all_who_were_there() {
    let met = vec![wiki("张三"), wiki("李娜")];
    let event = note("2026-03-02 会.md", NoteKind::Event)
        .occasion(|occasion| (occasion.met, occasion.thanked) = (met, Some(day("2026-03-03"))));
    let index = indexed([person("张三.md").build(), person("李娜.md").build(), event.build()]);
    let fact = &index.ledger.facts[0];
    assert_eq!((fact.kind, fact.date, fact.people.len()), (MoveKind::Thanked, day("2026-03-03"), 2));
}

#[test]
fn a_question_in_an_open_box_was_asked_and_a_cancelled_one_was_not() {
    for (state, counts) in [(TaskState::Open, 1), (TaskState::Done, 1), (TaskState::Cancelled, 0)] {
        let entry = with(line("2026-03-02").task(state), MoveKind::Question, "");
        let entry = with(entry, MoveKind::Learned, "");
        let index = indexed([daily("2026-03-02.md").entry(entry).build()]);
        let asked: Vec<_> = index.ledger.facts().filter(|fact| fact.kind == MoveKind::Question).collect();
        assert_eq!(asked.len(), counts, "{state:?}");
        assert!(asked.iter().all(|fact| fact.task == Some(state)));
        let learned = index.ledger.facts().any(|fact| fact.kind == MoveKind::Learned);
        assert_eq!(learned, state == TaskState::Done, "{state:?}");
    }
}

#[test]
fn a_nested_question_keeps_what_stands_below_it_and_not_what_stands_beside() {
    let entry = below(line("2026-03-02"), "怎么算？", &[moved(MoveKind::Question, "")], &[]);
    let entry = below(entry, "按批次", &[moved(MoveKind::Learned, "")], &[]);
    let mut entry = below(entry, "散会", &[], &[]);
    entry.0.nested[0].last_line = 91;
    let index = indexed([daily("2026-03-02.md").entry(entry).build()]);
    let asked = index.ledger.facts().find(|fact| fact.kind == MoveKind::Question).unwrap();
    assert_eq!(asked.below, [Box::from("按批次")]);
}
