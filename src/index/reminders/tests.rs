//! Reminders on the day before, the day, the day after, and without any.

use chrono::Days;

use crate::index::endorsements::endorsements;
use crate::index::options::{IndexOptions, YearStart};
use crate::index::record::Index;
use crate::index::reminders::{Ground, ReminderKind, reminders};
use crate::index::support::{
    EntryBuilder, NoteBuilder, at, daily, day, every, indexed, line, log, note, open_task, options, person,
};
use crate::model::cadence::Unit;
use crate::model::item_id::ItemId;
use crate::model::moves::{Move, MoveField, MoveFieldKind, MoveKind};
use crate::model::note::NoteKind;
use crate::model::person::Status;
use crate::model::span::Span;
use crate::model::task::TaskState;
use crate::model::today::Today;

pub(super) fn open(index: &Index, on: &str) -> Vec<(String, ItemId)> {
    let options = options();
    let found = reminders(index, &options, Today(day(on)));
    let has_line = |ground| !matches!(ground, Ground::Behind);
    let told = found.into_iter().filter(|one| one.is_open && one.date <= day(on) && has_line(one.ground));
    told.map(|reminder| (reminder.kind.as_str().to_owned(), reminder.id)).collect()
}

pub(super) fn vault(entries: &[EntryBuilder]) -> Index {
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

#[test]
fn the_plan_of_a_year_is_announced_two_weeks_before_and_asked_for_two_weeks() {
    let asked = |index: &Index, on: &str, starts: YearStart| {
        let options = IndexOptions { year_starts: starts, ..options() };
        let found = reminders(index, &options, Today(day(on)));
        let plans = found.into_iter().filter(|reminder| reminder.is_open && reminder.kind == ReminderKind::Plan);
        plans.map(|reminder| reminder.date.to_string()).collect::<Vec<_>>()
    };
    let owner = || note("我.md", NoteKind::Owner);
    let index = indexed([person("张三.md").build(), owner().build()]);
    for (on, starts, expected) in [
        ("2026-12-17", (1, 1), None),
        ("2026-12-18", (1, 1), Some("2027-01-01")),
        ("2027-01-01", (1, 1), Some("2027-01-01")),
        ("2027-01-14", (1, 1), Some("2027-01-01")),
        ("2027-01-15", (1, 1), None),
        ("2026-03-31", (4, 1), Some("2026-04-01")),
        ("2026-04-01", (4, 1), Some("2026-04-01")),
        ("2027-01-01", (4, 1), None),
    ] {
        let found = asked(&index, on, YearStart { month: starts.0, day: starts.1 });
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{on} {starts:?}");
    }
    let january = YearStart { month: 1, day: 1 };
    assert!(asked(&indexed([person("张三.md").build()]), "2027-01-01", january).is_empty(), "nobody to answer");
    assert!(asked(&indexed([owner().build()]), "2027-01-01", january).is_empty(), "nobody to plan for");
    let (_, id) = open(&index, "2027-01-02").remove(0);
    let mut answer = log("2027-01-02");
    answer.0.id = Some(id);
    let answered = indexed([person("张三.md").build(), owner().entry(answer).build()]);
    assert!(asked(&answered, "2027-01-03", january).is_empty(), "answered");
}

/// The line of thanks: its favour, how many more, and whether it is large.
fn asked_thanks(index: &Index, on: &str) -> Vec<(String, usize, bool)> {
    let options = options();
    let found = reminders(index, &options, Today(day(on)));
    let told = found.iter().filter(|one| one.is_open && one.date <= day(on)).filter_map(|one| match one.ground {
        Ground::Favour { favour, more, is_large } => Some((favour.words().to_owned(), more, is_large)),
        _ => None,
    });
    told.collect()
}

#[test]
fn one_line_stands_for_all_that_is_owed_to_someone_and_several_tags_are_one_favour() {
    let later = log("2026-03-11").text("引荐了投资人").with_move(MoveKind::Got, "intro");
    let both = got().with_move(MoveKind::Got, "feedback");
    assert_eq!(asked_thanks(&vault(std::slice::from_ref(&both)), "2026-03-12"), [("帮我改稿".to_owned(), 0, false)]);
    let index = vault(&[both, later]);
    assert_eq!(asked_thanks(&index, "2026-03-11"), [("帮我改稿".to_owned(), 0, false)]);
    assert_eq!(asked_thanks(&index, "2026-03-12"), [("帮我改稿".to_owned(), 1, true)]);
    // A line that was asked for by itself before can still be answered.
    let open = reminders(&index, &options(), Today(day("2026-03-12"))).iter().filter(|one| one.is_open).count();
    assert_eq!(open, 2);
}

#[test]
fn leaving_the_line_out_leaves_out_all_it_stood_for_and_nothing_that_came_later() {
    let second = log("2026-03-11").text("借我样机").moved(MoveKind::Got);
    let third = log("2026-03-14").text("陪我排练").moved(MoveKind::Got);
    let before = vault(&[got(), second.clone()]);
    let (_, id) = open(&before, "2026-03-12").remove(0);
    let mut skip = log("2026-03-12").with_move(MoveKind::Skip, "thanks");
    skip.0.id = Some(id);
    let index = vault(&[got(), second, skip, third]);
    assert_eq!(asked_thanks(&index, "2026-03-13"), []);
    assert_eq!(asked_thanks(&index, "2026-03-15"), [("陪我排练".to_owned(), 0, false)]);
}

fn with_task(state: TaskState, done: Option<&str>, due: Option<&str>) -> Index {
    let mut built = person("张三.md").entry(got()).build();
    let mut task = open_task("写信谢谢张三", 30);
    (task.is_thanks, task.state, task.done, task.due) = (true, state, done.map(day), due.map(day));
    built.tasks.push(task);
    indexed([built])
}

#[test]
fn a_task_to_say_thanks_asks_instead_and_once_done_it_said_them() {
    let due = Some("2026-03-12");
    for (state, done, due, asked, what) in [
        (TaskState::Open, None, due, 0, "the task asks"),
        (TaskState::Open, None, None, 1, "a task without a day is never shown"),
        (TaskState::Done, Some("2026-03-10"), due, 0, "done that day"),
        (TaskState::Done, Some("2026-03-09"), due, 1, "done before"),
        (TaskState::Done, None, due, 1, "nobody knows when"),
        (TaskState::Cancelled, None, due, 1, "not to be done"),
    ] {
        let asks = asked_thanks(&with_task(state, done, due), "2026-03-12");
        assert_eq!(asks.len(), asked, "{what}");
    }
}

fn queue(entries: &[EntryBuilder], answers: &[EntryBuilder], on: &str) -> usize {
    queue_of(person("张三.md"), entries, answers, on)
}

fn queue_of(someone: NoteBuilder, entries: &[EntryBuilder], answers: &[EntryBuilder], on: &str) -> usize {
    let kept = entries.iter().cloned().fold(daily("2026-03-10.md"), NoteBuilder::entry);
    let someone = answers.iter().cloned().fold(someone, NoteBuilder::entry);
    let index = indexed([kept.build(), someone.build()]);
    open(&index, on).iter().filter(|(kind, _)| kind == "share").count()
}

fn kept(text: &str) -> EntryBuilder {
    line("2026-03-10").text(text).kept_for("张三")
}

#[test]
fn what_is_kept_for_someone_waits_until_it_is_told() {
    let one = [kept("托盘新标准的征求意见稿")];
    assert_eq!(queue(&one, &[], "2026-03-09"), 0, "written for a day ahead");
    assert_eq!([queue(&one, &[], "2026-03-10"), queue(&one, &[], "2028-03-10")], [1, 1]);
    let two = [kept("托盘新标准的征求意见稿"), kept("园区的开工清单")];
    let told = |date: &str, text: &str, leaf| log(date).text(text).with_move(MoveKind::Gave, leaf);
    for (items, fact, waiting, what) in [
        (&one[..], told("2026-03-12", "把征求意见稿发过去", "help"), 0, "it speaks of the same"),
        (&two[..], told("2026-03-12", "把征求意见稿发过去", "info"), 1, "the other waits"),
        (&one[..], told("2026-03-12", "聊了聊近况", "info"), 0, "the only one"),
        (&two[..], told("2026-03-12", "聊了聊近况", "info"), 2, "which of them?"),
        (&one[..], told("2026-03-12", "送了茶", "gift"), 1, "a gift tells nothing"),
        (&one[..], told("2026-03-10", "聊了聊近况", "info"), 1, "the same day"),
        (&one[..], told("2026-03-09", "把征求意见稿发过去", "info"), 1, "before it was kept"),
        (&one[..], log("2026-03-12").text("聊了征求意见稿"), 1, "nothing says it was given"),
    ] {
        assert_eq!(queue(items, &[fact], "2026-03-13"), waiting, "{what}");
    }
}

#[test]
fn nothing_is_told_to_who_is_left_alone_and_what_was_given_does_not_wait() {
    let one = [kept("托盘新标准")];
    let paused = |person: &mut crate::model::person::Person| person.paused = Some(at(true));
    assert_eq!(queue_of(person("张三.md").with(paused), &one, &[], "2026-03-12"), 0);
    let gone = |person: &mut crate::model::person::Person| person.status = Some(Status::LetGo);
    assert_eq!(queue_of(person("张三.md").with(gone), &one, &[], "2026-03-12"), 0);
    let given = [kept("写了引荐信").with_move(MoveKind::Gave, "intro")];
    assert_eq!(queue(&given, &[], "2026-03-12"), 0);
    let promised = [kept("写引荐信").with_move(MoveKind::Gave, "intro").task(TaskState::Open)];
    assert_eq!(queue(&promised, &[], "2026-03-12"), 1);
}

fn sharing(shared: &[&str], answers: &[EntryBuilder]) -> Index {
    let habit = |person: &mut crate::model::person::Person| person.share = Some(at(every(1, Unit::Month)));
    let owner = answers.iter().cloned().fold(note("我.md", NoteKind::Owner).with(habit), NoteBuilder::entry);
    let told = shared.iter().map(|date| {
        let entry = line(date).text("内部分享").with_move(MoveKind::Gave, "share");
        daily(&format!("{date}.md")).entry(entry).build()
    });
    indexed(told.chain([owner.build()]).collect::<Vec<_>>())
}

#[test]
fn sharing_is_asked_for_a_month_after_the_last_time() {
    let index = sharing(&["2026-02-01", "2026-03-10"], &[]);
    let asked = |on: &str| open(&index, on).len();
    assert_eq!([asked("2026-04-09"), asked("2026-04-10"), asked("2026-06-01")], [0, 1, 1]);
    let (_, id) = open(&index, "2026-04-10").remove(0);
    let mut skip = log("2026-04-10").with_move(MoveKind::Skip, "sharing");
    skip.0.id = Some(id);
    let skipped = sharing(&["2026-03-10"], &[skip]);
    assert_eq!([open(&skipped, "2026-05-09").len(), open(&skipped, "2026-05-10").len()], [0, 1]);
    assert_eq!(open(&sharing(&[], &[]), "2026-03-15").len(), 1, "nothing was ever shared");
    assert_eq!(open(&indexed([note("我.md", NoteKind::Owner).build()]), "2026-03-15"), [], "no habit is meant");
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
