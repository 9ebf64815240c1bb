//! The agenda on days before, on and after, with caps, ranks and every kind of line.

use crate::index::support::{NoteBuilder, at, log, person};
use crate::model::date::{LunarDay, SolarDay, YearlyDay};
use crate::model::entry::EntrySource;
use crate::model::item_id::ItemId;
use crate::model::note::{Held, Note, NoteKind};
use crate::model::person::{LabelledDay, Status};
use crate::model::task::{Priority, Task, TaskState};
use crate::model::today::Today;
use crate::report::reason::Reason;
use crate::report::support::{
    contacted, days_ago, in_days, meeting, mentor, settings, today, tracked, vault, weekly, with_task,
};

use super::{Agenda, AgendaItem, AgendaOptions, DayMark, ItemKind, Section, agenda};

fn of(notes: Vec<Note>) -> Agenda {
    on(today(), notes)
}

fn on(today: Today, notes: Vec<Note>) -> Agenda {
    agenda(&vault(notes), &settings(), &AgendaOptions::default(), today)
}

/// Section, kind and name of each line.
fn lines(agenda: &Agenda) -> Vec<(Section, ItemKind, &str)> {
    agenda.items.iter().map(|item| (item.section, item.kind, item.person.as_deref().unwrap_or_default())).collect()
}

fn named<'a>(agenda: &'a Agenda, name: &str) -> Vec<&'a AgendaItem> {
    agenda.items.iter().filter(|item| item.person.as_deref() == Some(name)).collect()
}

fn only(agenda: &Agenda) -> &AgendaItem {
    assert_eq!(agenda.items.len(), 1, "{:?}", lines(agenda));
    &agenda.items[0]
}

#[test]
fn a_contact_is_ahead_then_due_then_late() {
    for (ago, section, late) in [
        (12, Some(Section::Week), 0),
        (13, Some(Section::Week), 0),
        (14, Some(Section::Today), 0),
        (15, Some(Section::Today), 1),
        (44, Some(Section::Today), 30),
        (7, Some(Section::Week), 0),
        (6, Some(Section::Later), 0),
    ] {
        let agenda = of(vec![contacted("A.md", 14, ago).build()]);
        let item = only(&agenda);
        assert_eq!((Some(item.section), item.late_days), (section, late), "{ago}");
        let Reason::Contact { last: Some(last), late_days, .. } = &item.reason else { panic!("{:?}", item.reason) };
        assert_eq!((last.days, *late_days, last.text.as_str()), (ago, ago - 14, "谈了新项目"));
        assert_eq!(item.source.as_ref().map(|source| source.path.as_str()), Some("A.md"));
    }
}

#[test]
fn the_agenda_looks_thirty_days_ahead_and_no_further() {
    assert_eq!(only(&of(vec![contacted("A.md", 31, 1).build()])).section, Section::Later);
    assert_eq!(of(vec![contacted("A.md", 32, 1).build()]).items, []);
    assert_eq!(of(vec![]).items, []);
}

#[test]
fn rank_is_overdue_by_cadence_times_weight_then_weight_then_name() {
    let agenda = of(vec![
        contacted("c 慢.md", 100, 110).build(),              // 10 / 100
        contacted("b 快.md", 10, 12).build(),                // 2 / 10
        contacted("a 重.md", 10, 12).with(mentor).build(),   // 2 / 10 × 2
        contacted("z 今天.md", 10, 10).with(mentor).build(), // 0, but weighty
        contacted("d 今天.md", 10, 10).build(),
        contacted("e 今天.md", 10, 10).build(),
    ]);
    let names: Vec<_> = agenda.items.iter().filter_map(|item| item.person.as_deref()).collect();
    assert_eq!(names, ["a 重", "b 快", "c 慢", "z 今天", "d 今天", "e 今天"]);
}

#[test]
fn what_exceeds_the_cap_is_folded_and_not_lost() {
    let notes = (1..=7).map(|n| contacted(&format!("P{n}.md"), 10, 10 + n).build()).collect();
    let agenda = of(notes);
    let folded: Vec<bool> = agenda.items.iter().map(|item| item.folded).collect();
    assert_eq!(folded, [false, false, false, false, false, true, true]);
    assert_eq!(agenda.items.last().and_then(|item| item.person.as_deref()), Some("P1"));
}

/// The first day the index proposes for a note that was never contacted.
fn first_day_of(path: &str) -> chrono::NaiveDate {
    let agenda = agenda(
        &vault(vec![tracked(path, 28).build()]),
        &settings(),
        &AgendaOptions { days: 60, ..AgendaOptions::default() },
        today(),
    );
    only(&agenda).date
}

#[test]
fn someone_never_contacted_comes_up_on_their_day_and_one_a_day_is_asked_for() {
    let first = first_day_of("P1.md");
    let before = Today(first.pred_opt().unwrap());
    let note = || vec![tracked("P1.md", 28).with(|person| person.met_through = Some("峰会".into())).build()];
    assert_eq!(only(&on(before, note())).section, Section::Week);
    let agenda = on(Today(first), note());
    let item = only(&agenda);
    assert_eq!((item.section, item.late_days, item.folded), (Section::Today, 0, false));
    assert!(matches!(&item.reason, Reason::FirstContact { met: Some(met), .. } if met == "峰会"));

    let twins: Vec<String> =
        (0..400).map(|n| format!("N{n}.md")).filter(|path| first_day_of(path) == today().0).take(3).collect();
    let mut notes: Vec<Note> = twins.iter().map(|path| tracked(path, 28).build()).collect();
    notes.push(contacted("Z.md", 10, 11).build());
    let agenda = of(notes);
    let folded: Vec<_> = agenda.items.iter().map(|item| (item.person.as_deref() == Some("Z"), item.folded)).collect();
    assert_eq!(folded, [(true, false), (false, false), (false, true), (false, true)]);
}

#[test]
fn the_dead_the_let_go_the_archived_and_the_paused_get_no_contact_line() {
    let birthday = |built: NoteBuilder| {
        let day = SolarDay { year: None, month: 11, day: 21 };
        built.with(|person| person.birthday = Some(at(YearlyDay::Solar(day)))).build()
    };
    let late = |path| contacted(path, 10, 50);
    let agenda = of(vec![
        birthday(late("dead.md").with(|person| person.deceased = Some(at(None)))),
        birthday(late("gone.md").with(|person| person.status = Some(Status::LetGo))),
        birthday(late("old.md").with(|person| person.status = Some(Status::Archived))),
        birthday(late("paused.md").with(|person| person.paused = Some(at(true)))),
    ]);
    assert_eq!(lines(&agenda), [(Section::Week, ItemKind::Birthday, "paused")]);
}

#[test]
fn a_snoozed_person_comes_back_the_day_after() {
    let snoozed = |days| contacted("A.md", 10, 20).with(|person| person.snooze_until = Some(at(in_days(days)))).build();
    let later = of(vec![snoozed(3)]);
    assert_eq!((only(&later).section, only(&later).date), (Section::Week, in_days(4)));
    assert_eq!(only(&of(vec![snoozed(0)])).date, in_days(1));
    assert_eq!(only(&of(vec![snoozed(-1)])).section, Section::Today);
}

#[test]
fn a_meeting_note_ahead_is_one_line_for_all_who_are_in_it_and_silences_their_contact_lines() {
    let name = format!("{} 评审.md", in_days(4));
    let agenda = of(vec![
        contacted("A.md", 10, 20).build(),
        contacted("B.md", 10, 20).build(),
        meeting(&name, Held::Planned, &["A", "B"]),
    ]);
    let item = only(&agenda);
    assert_eq!((item.section, item.kind, item.date), (Section::Week, ItemKind::Meeting, in_days(4)));
    let Reason::Planned { by, title, with, .. } = &item.reason else { panic!("{:?}", item.reason) };
    assert_eq!((*by, title.as_str(), with.len()), ("meeting", "评审", 1));
}

#[test]
fn a_planned_meeting_is_today_s_on_its_day_and_asked_about_after_it() {
    for (day, section, kind) in [
        (1, Section::Week, ItemKind::Meeting),
        (0, Section::Today, ItemKind::Meeting),
        (-1, Section::Today, ItemKind::DidYouMeet),
    ] {
        let name = format!("{} 评审.md", in_days(day));
        let agenda = of(vec![contacted("A.md", 40, 20).build(), meeting(&name, Held::Planned, &["A"])]);
        let first = &named(&agenda, "A")[0];
        assert_eq!((first.section, first.kind, first.late_days), (section, kind, (-day).max(0)), "{day}");
    }
    let name = format!("{} 评审.md", days_ago(1));
    let held = of(vec![contacted("A.md", 40, 1).build(), meeting(&name, Held::Planned, &["A"])]);
    assert!(held.items.iter().all(|item| item.kind != ItemKind::DidYouMeet), "contact on the day answers it");
}

#[test]
fn a_planned_meeting_is_asked_about_until_answered_and_folded_after_a_month() {
    for (day, folded) in [(1, false), (29, false), (30, false), (31, true), (900, true)] {
        let name = format!("{} 评审.md", days_ago(day));
        let task = log(&days_ago(day).to_string()).task(TaskState::Open).text("看展");
        let agenda =
            of(vec![person("A.md").build(), person("B.md").entry(task).build(), meeting(&name, Held::Planned, &["A"])]);
        for who in ["A", "B"] {
            let asked: Vec<_> =
                named(&agenda, who).into_iter().filter(|item| item.kind == ItemKind::DidYouMeet).collect();
            assert_eq!(asked.len(), 1, "{who} {day}");
            assert_eq!(
                (asked[0].section, asked[0].late_days, asked[0].folded),
                (Section::Today, day, folded),
                "{who} {day}"
            );
        }
    }
}

#[test]
fn old_questions_stand_newest_first_behind_the_others() {
    let built = [50, 2, 400, 9].into_iter().fold(contacted("A.md", 100, 500), |built, ago| {
        built.entry(log(&days_ago(ago).to_string()).task(TaskState::Open).text("看展"))
    });
    let agenda = of(vec![built.build()]);
    let asked = agenda.items.iter().filter(|item| item.kind == ItemKind::DidYouMeet);
    assert_eq!(asked.map(|item| item.late_days).collect::<Vec<_>>(), [9, 2, 50, 400]);
    let contact = agenda.items.iter().find(|item| item.kind == ItemKind::Contact).unwrap();
    assert_eq!((contact.section, contact.folded), (Section::Today, false), "a question silences nothing");
}

#[test]
fn an_open_task_with_a_date_is_a_plan_and_an_entry_ahead_is_one_too() {
    let entry = log(&in_days(2).to_string()).channel("lunch").text("老地方");
    let task = log(&in_days(3).to_string()).task(TaskState::Open).text("看展");
    let agenda =
        of(vec![contacted("A.md", 10, 20).entry(entry).build(), contacted("B.md", 10, 20).entry(task).build()]);
    let by: Vec<_> = agenda
        .items
        .iter()
        .map(|item| match &item.reason {
            Reason::Planned { by, title, .. } => (*by, title.as_str()),
            reason => panic!("{reason:?}"),
        })
        .collect();
    assert_eq!(by, [("entry", "老地方"), ("task", "看展")]);
}

#[test]
fn meetings_by_rule_are_listed_and_one_of_today_replaces_the_contact_line() {
    let agenda = of(vec![contacted("A.md", 5, 6).with(weekly).build()]);
    let days: Vec<_> = named(&agenda, "A").iter().map(|item| (item.section, item.kind, item.date)).collect();
    assert_eq!(days[0], (Section::Today, ItemKind::Meeting, today().0));
    assert_eq!(days[1], (Section::Week, ItemKind::Meeting, in_days(7)));
    // Three Fridays lie beyond the week: the first of them speaks for the others.
    assert_eq!(days[2..], [(Section::Later, ItemKind::Meeting, in_days(14))]);
    let more = agenda.items.iter().filter_map(|item| match item.reason {
        Reason::MeetingRule { more, .. } => Some(more),
        _ => None,
    });
    assert_eq!(more.collect::<Vec<_>>(), [0, 0, 2]);
    assert!(
        matches!(&agenda.items[0].reason, Reason::MeetingRule { rule, anchor: None, .. } if rule == "FREQ=WEEKLY;BYDAY=FR")
    );
}

/// An event or meeting note of a day with people who are to be there.
fn occasion(file: &str, kind: NoteKind, held: Held, people: &[&str]) -> Note {
    Note { kind, ..meeting(file, held, people) }
}

#[test]
fn an_event_ahead_stands_under_meetings_with_who_is_to_be_there_and_spares_nobody_their_own_line() {
    let vault = |days: i64, kind: NoteKind, held: Held, people: &[&str]| {
        let file = format!("{} 云仓产业大会.md", in_days(days));
        vec![contacted("A.md", 14, 20).build(), contacted("B.md", 90, 1).build(), occasion(&file, kind, held, people)]
    };
    use Held::{Cancelled, Filled, Planned};
    use NoteKind::{Event, Meeting};
    for (days, kind, held, people, section) in [
        (-1, Event, Planned, &["A"][..], None),
        (0, Event, Planned, &["A"], Some(Section::Today)),
        (0, Event, Filled, &["A"], None),
        (1, Event, Planned, &["A", "B", "谁"], Some(Section::Week)),
        (7, Event, Filled, &["A"], Some(Section::Week)),
        (8, Event, Planned, &[], Some(Section::Later)),
        (30, Event, Planned, &["A"], Some(Section::Later)),
        (31, Event, Planned, &["A"], None),
        (6, Event, Cancelled, &["A"], None),
        (6, Meeting, Planned, &["谁"], Some(Section::Week)),
        (6, Meeting, Cancelled, &["谁"], None),
        (-6, Meeting, Planned, &["谁"], None),
    ] {
        let row = format!("{days} {kind:?} {held:?}");
        let agenda = of(vault(days, kind, held, people));
        let found: Vec<_> = agenda.items.iter().filter(|item| item.kind == ItemKind::Meeting).collect();
        assert_eq!(found.first().map(|item| item.section), section, "{row}");
        assert!(named(&agenda, "A").iter().any(|item| item.kind == ItemKind::Contact), "{row}");
        let Some(item) = found.first() else { continue };
        assert!(found.len() == 1 && item.person.is_none() && item.path.is_none(), "{row}");
        assert_eq!(item.source.as_ref().map(|source| source.line), Some(1));
        let Reason::Planned { title, with, last: None, .. } = &item.reason else { panic!("{:?}", item.reason) };
        assert_eq!(title, "云仓产业大会");
        let known: Vec<_> = people.iter().filter(|name| **name != "谁").copied().collect();
        assert_eq!(with.iter().map(|person| person.person.as_str()).collect::<Vec<_>>(), known, "{row}");
    }
}

#[test]
fn of_many_never_contacted_a_section_ahead_shows_as_many_as_a_day_asks_for() {
    let notes = (0..400).map(|n| tracked(&format!("N{n}.md"), 28).build()).collect();
    let agenda = of(notes);
    for section in [Section::Week, Section::Later] {
        let (folded, shown): (Vec<_>, Vec<_>) =
            agenda.items.iter().filter(|item| item.section == section).partition(|item| item.folded);
        assert!(shown.len() == 5 && folded.len() > 5, "{} {}", shown.len(), folded.len());
        assert!(shown.iter().all(|item| item.date <= folded[0].date));
    }
    assert_eq!(agenda.people, 400);
}

#[test]
fn a_contact_due_ahead_has_no_line_beside_a_meeting_with_the_same_person() {
    let agenda = of(vec![contacted("A.md", 10, 5).with(weekly).build()]);
    assert!(agenda.items.iter().all(|item| item.kind == ItemKind::Meeting), "{:?}", lines(&agenda));
}

#[test]
fn a_title_does_not_say_the_day_and_the_name_again() {
    for (file, title) in [("A 评审", "评审"), ("A", "A"), ("Anna 评审", "Anna 评审")] {
        let name = format!("{} {file}.md", in_days(4));
        let agenda = of(vec![contacted("A.md", 40, 20).build(), meeting(&name, Held::Planned, &["A"])]);
        assert!(matches!(&only(&agenda).reason, Reason::Planned { title: found, .. } if found == title), "{file}");
    }
}

#[test]
fn follow_ups_show_from_their_day_and_never_before_their_start() {
    type Change = fn(&mut Task);
    let rows: [(Change, Option<Section>, i64); 10] = [
        (|task| task.due = Some(days_ago(1)), Some(Section::Today), 1),
        (|task| task.due = Some(today().0), Some(Section::Today), 0),
        (|task| task.due = Some(in_days(1)), Some(Section::Week), 0),
        (|task| task.due = Some(in_days(31)), None, 0),
        (|task| (task.due, task.scheduled) = (Some(in_days(9)), Some(today().0)), Some(Section::Today), 0),
        (|task| task.scheduled = Some(days_ago(5)), Some(Section::Today), 0),
        (|task| (task.due, task.start) = (Some(days_ago(1)), Some(in_days(2))), Some(Section::Week), 1),
        (|_| (), None, 0),
        (|task| task.priority = Some(Priority::High), Some(Section::Today), 0),
        (|task| task.priority = Some(Priority::Medium), None, 0),
    ];
    for (at, (change, section, late)) in rows.into_iter().enumerate() {
        let agenda = of(vec![with_task(person("A.md"), change)]);
        let found = agenda.items.first().map(|item| (item.section, item.late_days));
        assert_eq!(found, section.map(|section| (section, late)), "row {at}");
    }
}

#[test]
fn birthdays_are_announced_within_their_lead() {
    let born = |days: i64, lead: Option<u32>| {
        let date = in_days(days);
        let built = person("A.md").with(|person| {
            person.birthday = Some(at(YearlyDay::Solar(SolarDay { year: Some(1986), ..SolarDay::of(date) })));
            person.remind_before = lead;
        });
        let agenda = of(vec![built.build()]);
        agenda.items.first().map(|item| (item.section, item.date))
    };
    assert_eq!(born(4, None), None);
    assert_eq!(born(3, None), Some((Section::Week, in_days(3))));
    assert_eq!(born(0, None), Some((Section::Today, today().0)));
    assert_eq!(born(-1, None), None);
    assert_eq!(born(20, Some(30)), Some((Section::Later, in_days(20))));
    assert_eq!(born(1, Some(0)), None);
}

#[test]
fn a_lunar_birthday_and_a_labelled_day_say_how_they_are_kept() {
    // 20 November 2026 is day 12 of the tenth lunar month.
    let lunar = LunarDay { year: None, month: 10, leap: true, day: 12 };
    let wedding = LabelledDay { day: YearlyDay::Solar(SolarDay::of(in_days(1))), label: "婚礼".into() };
    let built = person("A.md").with(|person| {
        person.birthday = Some(at(YearlyDay::Lunar(lunar)));
        person.dates = vec![at(wedding)];
    });
    let agenda = of(vec![built.build()]);
    let reasons: Vec<_> = agenda
        .items
        .iter()
        .map(|item| match &item.reason {
            Reason::YearlyDay { label, calendar, month, moved, .. } => (label.as_deref(), *calendar, *month, *moved),
            reason => panic!("{reason:?}"),
        })
        .collect();
    assert_eq!(reasons, [(None, "lunar", 10, true), (Some("婚礼"), "solar", 11, false)]);
}

#[test]
fn a_festival_greets_a_few_by_weight_and_the_day_of_teachers_only_those_who_teach() {
    let eve = Today("2026-12-31".parse().unwrap());
    let notes = || {
        let mut notes: Vec<Note> = (1..=6).map(|n| contacted(&format!("P{n}.md"), 300, 1).build()).collect();
        notes.push(contacted("M.md", 300, 1).with(mentor).build());
        notes.push(person("free.md").build());
        notes
    };
    let greeted = |today: Today, notes: Vec<Note>| {
        let agenda = on(today, notes);
        let mut found = agenda.items.iter().filter_map(|item| match &item.reason {
            Reason::Festival { festival, greet, .. } => {
                assert!(item.person.is_none() && item.path.is_none());
                Some((*festival, greet.iter().map(|person| person.person.clone()).collect::<Vec<_>>()))
            }
            _ => None,
        });
        found.next()
    };
    let five = ["M", "P1", "P2", "P3", "P4"].map(str::to_owned).to_vec();
    assert_eq!(greeted(eve, notes()), Some(("new-year", five)));
    assert_eq!(greeted(Today("2027-01-02".parse().unwrap()), notes()), None);
    assert_eq!(greeted(Today("2026-12-28".parse().unwrap()), notes()), None);
    let teachers = Today("2027-09-08".parse().unwrap());
    assert_eq!(greeted(teachers, notes()), Some(("teachers-day", vec!["M".to_owned()])));
    assert_eq!(greeted(teachers, vec![contacted("P1.md", 300, 1).build()]), None);
}

#[test]
fn the_eve_and_spring_festival_share_one_line() {
    let told = |today: &str| {
        let mut settings = settings();
        settings.festivals.insert("spring-festival".into());
        let vault = vault(vec![contacted("P1.md", 300, 1).build()]);
        let agenda = agenda(&vault, &settings, &AgendaOptions::default(), Today(today.parse().unwrap()));
        let festivals = agenda.items.into_iter().filter_map(|item| match item.reason {
            Reason::Festival { festival, days, .. } => Some((festival, days, item.date.to_string())),
            _ => None,
        });
        festivals.collect::<Vec<_>>()
    };
    let both = ("spring-festival", vec!["new-years-eve", "spring-festival"], "2027-02-05".to_owned());
    assert_eq!(told("2027-02-01"), []);
    assert_eq!(told("2027-02-02"), std::slice::from_ref(&both));
    assert_eq!(told("2027-02-05"), [both]);
    assert_eq!(told("2027-02-06"), [("spring-festival", vec!["spring-festival"], "2027-02-06".to_owned())]);
    assert_eq!(told("2027-02-07"), []);
}

#[test]
fn a_statutory_day_off_and_a_make_up_working_day_are_marked_and_an_unknown_year_is_said() {
    let marked = |today: &str| {
        let agenda = on(Today(today.parse().unwrap()), vec![person("A.md").with(weekly).build()]);
        let mark = |mark: Option<&DayMark>| mark.map(|mark| (mark.name.clone(), mark.off));
        let meetings = agenda.items.iter().filter(|item| item.kind == ItemKind::Meeting);
        let marks: Vec<_> = meetings
            .map(|item| (item.date.to_string(), mark(item.day_mark.as_ref())))
            .filter(|m| m.1.is_some())
            .collect();
        (mark(agenda.day_mark.as_ref()), marks, agenda.unknown_years)
    };
    let national = |off| Some(("国庆节".to_owned(), off));
    assert_eq!(marked("2026-09-29"), (None, vec![("2026-10-02".to_owned(), national(true))], vec![]));
    assert_eq!(marked("2026-10-01").0, national(true));
    assert_eq!(marked("2026-10-08"), (None, vec![], vec![]));
    assert_eq!(marked("2026-10-10").0, national(false));
    assert_eq!(marked("2026-12-17"), (None, vec![], vec![]));
    assert_eq!(marked("2026-12-26"), (None, vec![], vec![2027]));
}

#[test]
fn people_contacted_today_are_done_and_carry_what_was_said() {
    let agenda = of(vec![contacted("A.md", 14, 0).build()]);
    let done: Vec<_> = agenda.items.iter().filter(|item| item.section == Section::Done).collect();
    assert_eq!(done.len(), 1);
    assert!(matches!(&done[0].reason, Reason::Contact { last: Some(last), .. } if last.days == 0));
    assert!(agenda.items.iter().all(|item| item.section != Section::Today));
}

#[test]
fn a_line_answered_today_makes_no_room_for_another() {
    let folded = |answered: bool| {
        let mut met = contacted("0.md", 14, 0).build();
        met.entries[0].id = answered.then_some(ItemId(0x0bad_cafe));
        let late = (1..7).map(|n| contacted(&format!("{n}.md"), 14, 20).build());
        let agenda = of(std::iter::once(met).chain(late).collect());
        agenda.items.iter().filter(|item| item.section == Section::Today && item.folded).count()
    };
    assert_eq!((folded(false), folded(true)), (1, 2));
}

#[test]
fn ids_are_distinct_and_the_same_every_time() {
    let notes = || {
        let mut note = with_task(contacted("A.md", 14, 20), |task| task.due = Some(today().0));
        let second = Task { text: "寄样品".into(), line: 31, ..note.tasks[0].clone() };
        note.tasks.push(second);
        vec![note, contacted("B.md", 14, 20).build()]
    };
    let (agenda, again) = (of(notes()), of(notes()));
    assert_eq!(agenda, again);
    let mut ids: Vec<_> = agenda.items.iter().map(|item| item.id.as_str()).collect();
    assert!(ids.iter().all(|id| id.len() == 11 && id.starts_with("vs-")));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), agenda.items.len());
}

#[test]
fn the_forecast_counts_overdue_people_in_this_week_and_each_person_once_a_week() {
    let entry = log(&in_days(4).to_string()).source(EntrySource::LogItem);
    let agenda = of(vec![
        contacted("late.md", 10, 30).build(),
        contacted("sunday.md", 10, 8).build(),                // due on Sunday
        contacted("monday.md", 10, 7).build(),                // due on Monday
        contacted("planned.md", 10, 30).entry(entry).build(), // met on Tuesday
        contacted("weekly.md", 70, 3).with(weekly).build(),
    ]);
    let loads: Vec<_> = agenda.forecast.iter().map(|week| (week.week.to_string(), week.people)).collect();
    assert_eq!(loads[0], ("2026-11-16".to_owned(), 3));
    assert_eq!(loads[1], ("2026-11-23".to_owned(), 3));
    assert_eq!(loads[2], ("2026-11-30".to_owned(), 5), "each contact leads to the next");
    assert_eq!(loads.len(), 5);
}
