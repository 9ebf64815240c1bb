//! Reminders on the day before, the day, the day after, and without any.

use chrono::Days;

use crate::index::endorsements::endorsements;
use crate::index::record::Index;
use crate::index::reminders::reminders;
use crate::index::support::{EntryBuilder, NoteBuilder, day, indexed, log, options, person};
use crate::model::item_id::ItemId;
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::span::Span;
use crate::model::today::Today;

fn open(index: &Index, on: &str) -> Vec<(String, ItemId)> {
    let options = options();
    let found = reminders(index, &options, Today(day(on)));
    let told = found.into_iter().filter(|reminder| reminder.is_open && reminder.date <= day(on));
    told.map(|reminder| (reminder.kind.as_str().to_owned(), reminder.id)).collect()
}

fn vault(entries: &[EntryBuilder]) -> Index {
    let note = entries.iter().cloned().fold(person("张三.md"), NoteBuilder::entry);
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

fn endorsed(expires: Option<&str>) -> EntryBuilder {
    let mut entry = log("2026-03-10").text("写了推荐信");
    entry.0.moves.push(Move { kind: MoveKind::Got, detail: Some("endorsement".into()), span: Span::default() });
    if let Some(date) = expires {
        let kind = MoveFieldKind::Expires;
        let date = Some(day(date));
        entry.0.fields.push(MoveField { kind, links: vec![], date, text: "".into(), span: Span::default() });
    }
    entry
}

fn asked_for_use(index: &Index, on: &str) -> usize {
    open(index, on).iter().filter(|(kind, _)| kind == "endorsement").count()
}

#[test]
fn an_endorsement_is_asked_for_from_its_notice_to_its_last_day() {
    let index = vault(&[endorsed(Some("2026-11-20"))]);
    for (on, asked) in [
        ("2026-03-09", 0),
        ("2026-10-20", 0),
        ("2026-10-21", 1),
        ("2026-11-19", 1), // ends tomorrow
        ("2026-11-20", 1), // today
        ("2026-11-21", 0), // ended yesterday
    ] {
        assert_eq!(asked_for_use(&index, on), asked, "{on}");
    }
}

#[test]
fn an_endorsement_without_a_day_is_good_for_as_long_as_the_settings_say() {
    let index = vault(&[endorsed(None)]);
    for (on, asked) in [("2027-02-07", 0), ("2027-02-08", 1), ("2027-03-10", 1), ("2027-03-11", 0)] {
        assert_eq!(asked_for_use(&index, on), asked, "{on}");
    }
}

#[test]
fn an_endorsement_that_was_used_is_asked_for_no_more_and_one_put_off_again_later() {
    let index = vault(&[endorsed(Some("2026-11-20"))]);
    let (_, id) = open(&index, "2026-11-01").into_iter().find(|(kind, _)| kind == "endorsement").unwrap();
    let answered = |kind, until: Option<&str>| {
        let mut entry = log("2026-11-02").text("用上了");
        entry.0.moves.push(Move { kind, detail: Some("endorsement".into()), span: Span::default() });
        entry.0.id = Some(id);
        let entry = until.map_or(entry.clone(), |until| entry.until(until));
        vault(&[endorsed(Some("2026-11-20")), entry])
    };
    let used = answered(MoveKind::Skip, None);
    assert_eq!(asked_for_use(&used, "2026-11-03"), 0);
    let found = endorsements(&used, &options(), Today(day("2026-11-03")));
    assert_eq!(found.iter().filter_map(|found| Some(&*found.closed?.evidence.text)).collect::<Vec<_>>(), ["用上了"]);
    assert_eq!(used.people[0].contacts.len(), 1, "using an endorsement is no contact");
    let put_off = answered(MoveKind::Snooze, Some("2026-11-10"));
    assert_eq!(asked_for_use(&put_off, "2026-11-10"), 0);
    assert_eq!(asked_for_use(&put_off, "2026-11-11"), 1);
    assert_eq!(asked_for_use(&put_off, "2026-11-21"), 0);
}
