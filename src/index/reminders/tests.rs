//! Reminders on the day before, the day, the day after, and without any.

use chrono::Days;

use crate::index::build::build_index;
use crate::index::options::{After, Before, IndexOptions, RolePreset};
use crate::index::record::Index;
use crate::index::reminders::{Ground, Reminder, reminders};
use crate::index::steps::meeting_length;
use crate::index::support::{
    EntryBuilder, NoteBuilder, at, daily, day, indexed, log, note, open_task, options, person, wiki,
};
use crate::model::item_id::ItemId;
use crate::model::link::{Link, LinkForm};
use crate::model::moves::MoveKind;
use crate::model::note::{Held, Note, NoteKind, Occasion};
use crate::model::person::Person;
use crate::model::task::Task;
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

/// A mentor with preset steps.
fn mentor(
    before: Before,
    after: After,
    entries: &[EntryBuilder],
    others: impl IntoIterator<Item = Note>,
) -> (Index, IndexOptions) {
    let mut options = options();
    let preset = RolePreset { before: Some(before), after: Some(after), length: Some(45), ..RolePreset::default() };
    options.presets.insert("mentor".into(), preset);
    let note = person("张三.md").with(|person| person.presets.push(at("mentor".into())));
    let note = entries.iter().cloned().fold(note, NoteBuilder::entry);
    let notes: Vec<Note> = std::iter::once(note.build()).chain(others).collect();
    (build_index(&notes, Vec::new(), &options), options)
}

fn asked_of((index, options): &(Index, IndexOptions), on: &str) -> Vec<&'static str> {
    let found = reminders(index, options, Today(day(on)));
    found.iter().filter(|one| one.is_open && one.date <= day(on)).map(|one| one.kind.as_str()).collect()
}

fn meets(date: &str) -> EntryBuilder {
    log(date).text("讲误差").channel("meeting")
}

#[test]
fn a_meeting_is_prepared_from_two_days_before_until_it_is_done() {
    let vault = mentor(Before::Topic, After::Summary, &[meets("2026-11-20")], []);
    let asked = ["2026-11-17", "2026-11-18", "2026-11-19"].map(|on| asked_of(&vault, on).len());
    assert_eq!(asked, [0, 1, 1]);
    for (done, expected) in [("2026-11-05", 1), ("2026-11-06", 1), ("2026-11-07", 0), ("2026-11-18", 0)] {
        let entries = [
            meets("2026-11-06"),
            log("2026-11-06").moved(MoveKind::Summary),
            log(done).moved(MoveKind::Prepared),
            meets("2026-11-20"),
        ];
        let vault = mentor(Before::Topic, After::Summary, &entries, []);
        assert_eq!(asked_of(&vault, "2026-11-18").len(), expected, "{done}");
    }
}

#[test]
fn a_note_of_the_meeting_that_says_goal_or_preparation_and_a_task_of_those_days_ask_already() {
    let note = |fill: fn(&mut Occasion)| {
        let planned = note("2026-11-20 张三.md", NoteKind::Meeting).held(Held::Planned);
        planned.occasion(|occasion| occasion.attendees = vec![wiki("张三")]).occasion(fill).build()
    };
    let asked = |fill| asked_of(&mentor(Before::Goal, After::Thanks, &[], [note(fill)]), "2026-11-19");
    assert_eq!(asked(|_| {}), ["prepare"]);
    assert_eq!(asked(|occasion| occasion.goal = Some("听听意见".into())), [""; 0]);
    assert_eq!(asked(|occasion| occasion.prep = Some("五分钟讲稿".into())), [""; 0]);
    for (due, expected) in [("2026-11-17", 1), ("2026-11-18", 0), ("2026-11-20", 0), ("2026-11-21", 1)] {
        let mut daily = daily("2026-11-10.md").build();
        let links = vec![wiki("张三")];
        daily.tasks.push(Task { due: Some(day(due)), links, ..open_task("发题目", 3) });
        let vault = mentor(Before::Topic, After::Summary, &[meets("2026-11-20")], [daily]);
        assert_eq!(asked_of(&vault, "2026-11-19").len(), expected, "{due}");
    }
}

#[test]
fn a_summary_is_asked_for_from_the_day_itself_until_it_is_sent_or_the_next_meeting_took_place() {
    let vault = mentor(Before::Topic, After::Summary, &[meets("2026-11-06")], []);
    for (on, expected) in [("2026-11-05", 0), ("2026-11-06", 1), ("2026-12-06", 1), ("2026-12-07", 0)] {
        let asked = asked_of(&vault, on).into_iter().filter(|kind| *kind == "summary");
        assert_eq!(asked.count(), expected, "{on}");
    }
    for kind in [MoveKind::Summary, MoveKind::Thanked] {
        for (sent, expected) in [("2026-11-05", 1), ("2026-11-06", 0), ("2026-11-07", 0)] {
            let entries = [meets("2026-11-06"), log(sent).moved(kind)];
            let vault = mentor(Before::Topic, After::Summary, &entries, []);
            assert_eq!(asked_of(&vault, "2026-11-08").len(), expected, "{sent}");
        }
    }
    let again = mentor(Before::Topic, After::Summary, &[meets("2026-11-06"), meets("2026-11-20")], []);
    assert_eq!(asked_of(&again, "2026-11-20"), ["summary"]);
    let call = mentor(Before::Topic, After::Summary, &[log("2026-11-06").channel("message")], []);
    assert_eq!(asked_of(&call, "2026-11-07"), [""; 0]);
}

#[test]
fn who_has_no_role_with_steps_or_is_left_alone_is_not_asked_about() {
    assert_eq!(open(&vault(&[meets("2026-11-06")]), "2026-11-07"), []);
    let (index, options) = mentor(Before::Topic, After::Summary, &[meets("2026-11-06")], []);
    let paused = |change: fn(&mut Person)| {
        let note = person("张三.md").with(|person| person.presets.push(at("mentor".into()))).with(change);
        (build_index(&[note.entry(meets("2026-11-06")).build()], Vec::new(), &options), options.clone())
    };
    assert_eq!(asked_of(&paused(|_| {}), "2026-11-07"), ["summary"]);
    assert_eq!(asked_of(&paused(|person| person.paused = Some(at(true))), "2026-11-07"), [""; 0]);
    assert_eq!(asked_of(&paused(|person| person.deceased = Some(at(None))), "2026-11-07"), [""; 0]);
    assert_eq!(meeting_length(&index.people[0], &options), Some(45));
}

#[test]
fn a_summary_with_thanks_takes_the_place_of_the_thanks_that_are_owed() {
    let got = meets("2026-11-06").moved(MoveKind::Got);
    for after in [After::Thanks, After::Summary] {
        let (index, options) = mentor(Before::Goal, after, std::slice::from_ref(&got), []);
        let found = reminders(&index, &options, Today(day("2026-11-08")));
        let lines: Vec<_> = found.iter().filter(|one| one.is_open && one.ground != Ground::Behind).collect();
        assert!(matches!(lines.as_slice(), [Reminder { ground: Ground::Held(_, After::Thanks), .. }]), "{lines:?}");
    }
    let elsewhere = [log("2026-11-05").text("改稿").moved(MoveKind::Got), meets("2026-11-06")];
    let vault = mentor(Before::Goal, After::Summary, &elsewhere, []);
    assert_eq!(asked_of(&vault, "2026-11-08"), ["summary", "thanks"]);
}

fn event(fill: impl FnOnce(&mut Occasion)) -> Note {
    note("2026-11-20 论坛.md", NoteKind::Event)
        .occasion(|occasion| occasion.attendees = vec![wiki("张三")])
        .occasion(fill)
        .build()
}

fn asked_of_event(fill: impl FnOnce(&mut Occasion), known: Note, on: &str) -> Vec<&'static str> {
    asked_of(&(indexed([known, event(fill)]), options()), on)
}

#[test]
fn an_event_is_prepared_before_and_asked_about_after() {
    let known = || person("张三.md").with(|person| person.wechat = Some("z3".into())).build();
    let days = ["2026-11-17", "2026-11-18", "2026-11-20", "2026-11-21", "2026-12-20", "2026-12-21"];
    let asked = days.map(|on| asked_of_event(|_| {}, known(), on));
    assert_eq!(asked, [vec![], vec!["prepare"], vec!["prepare"], vec!["summary"], vec!["summary"], vec![]]);
    assert_eq!(asked_of_event(|occasion| occasion.prep = Some("名片".into()), known(), "2026-11-19"), [""; 0]);
    assert_eq!(asked_of_event(|occasion| occasion.held = Held::Cancelled, known(), "2026-11-19"), [""; 0]);
}

#[test]
fn after_an_event_whoever_has_no_note_or_no_contact_details_is_asked_for() {
    let known = || person("张三.md").with(|person| person.wechat = Some("z3".into())).build();
    let met = |name: &'static str| move |occasion: &mut Occasion| occasion.met = vec![wiki(name)];
    assert_eq!(asked_of_event(met("张三"), known(), "2026-11-21"), [""; 0]);
    assert_eq!(asked_of_event(met("张三"), person("张三.md").build(), "2026-11-21"), ["summary"]);
    assert_eq!(asked_of_event(met("冯予白"), known(), "2026-11-21"), ["summary"]);
    let bare = |occasion: &mut Occasion| {
        occasion.met = vec![Link { form: LinkForm::Plain, ..wiki("张三（平台，微信已加）") }];
    };
    assert_eq!(asked_of_event(bare, known(), "2026-11-21"), [""; 0]);
    let stranger = indexed([
        known(),
        event(|occasion| occasion.met = vec![Link { form: LinkForm::Plain, ..wiki("冯予白（传感器）") }]),
    ]);
    assert_eq!(stranger.meetings[0].strangers, ["冯予白".into()]);
}
