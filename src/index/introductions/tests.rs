//! Pairs that fit, and all that keeps two people from being suggested to each other.

use crate::index::introductions::{introductions, made, promised};
use crate::index::matching::Matches;
use crate::index::record::{Index, PersonId};
use crate::index::support::{
    EntryBuilder, NoteBuilder, at, daily, day, indexed, line, log, open_task, options, person, wiki,
};
use crate::model::item_id::ItemId;
use crate::model::moves::{Move, MoveKind};
use crate::model::note::Note;
use crate::model::person::{Person, Relation, Status};
use crate::model::span::Span;
use crate::model::today::Today;

fn needs(word: &str) -> impl FnOnce(&mut Person) + '_ {
    move |person| person.needs.push(at(word.into()))
}

fn offers(word: &str) -> impl FnOnce(&mut Person) + '_ {
    move |person| person.offers.push(at(word.into()))
}

fn pairs(index: &Index, on: &str) -> Vec<(PersonId, PersonId, ItemId)> {
    let options = options();
    let found = introductions(index, &options, &Matches::new(index, &options), Today(day(on)));
    let open = found.into_iter().filter(|candidate| candidate.is_open);
    open.map(|candidate| (candidate.needs, candidate.offers, candidate.id)).collect()
}

fn both() -> [Note; 2] {
    [person("A.md").with(needs("冷库盘点")).build(), person("B.md").with(offers("冷库盘点")).build()]
}

/// How many pairs there are with one more note, or after a change of the one who offers.
fn left(more: Vec<Note>, change: impl FnOnce(&mut Person)) -> usize {
    let mut notes = vec![both()[0].clone(), person("B.md").with(offers("冷库盘点")).with(change).build()];
    notes.extend(more);
    pairs(&indexed(notes), "2026-11-20").len()
}

fn gave_intro(mut entry: EntryBuilder) -> EntryBuilder {
    entry.0.moves.push(Move { kind: MoveKind::Gave, detail: Some("intro".into()), span: Span::default() });
    entry
}

#[test]
fn one_who_needs_is_brought_to_one_who_offers_with_the_lines_of_both() {
    let index = indexed(both());
    let found = pairs(&index, "2026-11-20");
    assert_eq!(found.iter().map(|pair| (pair.0, pair.1)).collect::<Vec<_>>(), [(PersonId(0), PersonId(1))]);
    let options = options();
    let all = introductions(&index, &options, &Matches::new(&index, &options), Today(day("2026-11-20")));
    let best = &all[0].matches[0];
    assert_eq!((best.asked.path.as_str(), best.asked.line), ("A.md", 2));
    assert_eq!((best.offered.path.as_str(), best.offered.line), ("B.md", 2));
}

#[test]
fn people_who_know_each_other_or_are_left_alone_are_not_suggested() {
    assert_eq!(left(vec![], |_| {}), 1);
    let introduced = |date: &str| gave_intro(line(date).link("A").link("B"));
    let told = |date: &str| vec![daily(&format!("{date}.md")).entry(introduced(date)).build()];
    for (date, count) in [("2026-11-19", 0), ("2026-11-20", 0), ("2026-11-21", 1)] {
        assert_eq!(left(told(date), |_| {}), count, "{date}");
    }
    let tie = |person: &mut Person| person.relations.push(Relation { link: wiki("A"), label: "同学".into() });
    assert_eq!(left(vec![], tie), 0);
    assert_eq!(left(vec![], |person| person.introduced_by = Some(wiki("A"))), 0);
    assert_eq!(left(vec![], |person| person.status = Some(Status::LetGo)), 0);
    assert_eq!(left(vec![], |person| person.deceased = Some(at(None))), 0);
    assert_eq!(left(vec![], |person| person.paused = Some(at(true))), 0);
    let firm = |person: &mut Person| person.company.push(wiki("Acme"));
    let colleagues =
        [person("A.md").with(needs("冷库盘点")).with(firm), person("B.md").with(offers("冷库盘点")).with(firm)];
    assert_eq!(pairs(&indexed(colleagues.map(NoteBuilder::build)), "2026-11-20"), []);
}

#[test]
fn who_offers_the_very_thing_they_need_needs_nobody() {
    let own = person("A.md").with(needs("冷库盘点")).with(offers("冷库盘点")).build();
    assert_eq!(pairs(&indexed([own, both()[1].clone()]), "2026-11-20"), []);
}

#[test]
fn what_is_promised_is_no_longer_suggested_and_is_promised_until_it_is_done() {
    let mut note = daily("2026-11-03.md").build();
    let mut task = open_task("把 A 引荐给 B", 3);
    (task.links, task.introduces) = (vec![wiki("A"), wiki("B")], true);
    note.tasks.push(task);
    assert_eq!(left(vec![note.clone()], |_| {}), 0);
    let index = indexed([both().to_vec(), vec![note]].concat());
    assert_eq!(promised(&index).count(), 1);
    assert_eq!(made(&index, Today(day("2026-11-20"))).count(), 0);
}

#[test]
fn a_pair_that_was_declined_stays_declined_and_one_put_off_comes_back_on_its_day() {
    let (.., id) = pairs(&indexed(both()), "2026-11-20")[0];
    let answered = |mut entry: EntryBuilder| {
        entry.0.id = Some(id);
        let [_, giving] = both();
        indexed([person("A.md").with(needs("冷库盘点")).entry(entry).build(), giving])
    };
    let declined = answered(log("2026-11-20").moved(MoveKind::Skip));
    assert_eq!(pairs(&declined, "2026-11-20"), []);
    assert_eq!(pairs(&declined, "2036-11-20"), []);
    let later = answered(log("2026-11-20").moved(MoveKind::Snooze).until("2026-11-25"));
    assert_eq!([24, 25].map(|day| pairs(&later, &format!("2026-11-{day}")).len()), [0, 0]);
    let again = pairs(&later, "2026-11-26");
    assert!(again.len() == 1 && again[0].2 != id);
}

#[test]
fn a_pair_that_was_declined_stays_declined_when_a_note_is_moved() {
    let told = |mut entry: EntryBuilder| {
        // The name of the answer is that of another path.
        entry.0.id = ItemId::in_line("- said ^vs-00000001");
        let [_, giving] = both();
        indexed([person("A.md").with(needs("冷库盘点")).entry(entry).build(), giving, person("C.md").build()])
    };
    let no = |date: &str| log(date).with_move(MoveKind::Skip, "introduction");
    let count = |index: &Index, on: &str| pairs(index, on).len();
    assert_eq!(count(&told(no("2026-11-20").link("B")), "2026-11-20"), 0);
    assert_eq!(count(&told(no("2026-11-20").link("B")), "2036-11-20"), 0);
    assert_eq!(count(&told(no("2026-11-21").link("B")), "2026-11-20"), 1, "not said yet");
    assert_eq!(count(&told(no("2026-11-20").link("C")), "2026-11-20"), 1, "said of another");
    assert_eq!(count(&told(no("2026-11-20")), "2026-11-20"), 1, "of nobody");
    let thanks = log("2026-11-20").with_move(MoveKind::Skip, "thanks").link("B");
    assert_eq!(count(&told(thanks), "2026-11-20"), 1, "something else was left out");
    let later = told(log("2026-11-20").with_move(MoveKind::Snooze, "introduction").until("2026-11-25").link("B"));
    assert_eq!([24, 25, 26].map(|day| count(&later, &format!("2026-11-{day}"))), [0, 0, 1]);
    let diary =
        daily("2026-11-20.md").entry(line("2026-11-20").link("B").link("A").with_move(MoveKind::Skip, "introduction"));
    assert_eq!(left(vec![diary.build()], |_| {}), 0);
}

#[test]
fn an_introduction_told_in_both_notes_and_the_diary_is_one() {
    let told = |own: &str, other: &str| person(own).entry(gave_intro(log("2026-11-20").link(other))).build();
    let diary = daily("2026-11-20.md").entry(gave_intro(line("2026-11-20").link("B").link("A"))).build();
    let index = indexed([told("A.md", "B"), told("B.md", "A"), diary]);
    assert_eq!(made(&index, Today(day("2026-11-20"))).count(), 1);
    assert_eq!([0, 1].map(|id| index.ledger.of(PersonId(id)).count()), [1, 1]);
}
