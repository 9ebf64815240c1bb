//! What a brief says of someone before a meeting, and what it leaves out.

use chrono::Datelike;

use crate::index::build::build_index;
use crate::index::matching::MatchKind;
use crate::index::options::{After, Before, IndexOptions, RolePreset};
use crate::index::record::{Index, PersonId};
use crate::index::suggested::Suggested;
use crate::index::support::{EntryBuilder, at, daily, day, log, note, open_task, options, person, wiki};
use crate::model::date::{SolarDay, YearlyDay};
use crate::model::link::Link;
use crate::model::moves::MoveKind;
use crate::model::note::{Held, Note, NoteKind};
use crate::model::task::Task;
use crate::model::today::Today;

use super::{Brief, Briefs};

const TODAY: &str = "2026-11-20";

fn settings() -> IndexOptions {
    let mut settings = options();
    let preset = RolePreset {
        before: Some(Before::Goal),
        after: Some(After::Thanks),
        form: Some("lunch"),
        length: Some(60),
        ..RolePreset::default()
    };
    settings.presets.insert("mentor".into(), preset);
    settings
}

fn vault(notes: impl IntoIterator<Item = Note>) -> Index {
    build_index(&notes.into_iter().collect::<Vec<_>>(), Vec::new(), &settings())
}

/// The brief on the first person of the vault.
fn brief(notes: impl IntoIterator<Item = Note>) -> Brief {
    let (index, settings) = (vault(notes), settings());
    Briefs::new(&Suggested::new(&index, &settings, Today(day(TODAY)))).brief(PersonId(0)).unwrap()
}

fn meeting(date: &str) -> EntryBuilder {
    log(date).channel("lunch").text("吃饭")
}

fn own(date: &str, text: &str, kind: MoveKind) -> Note {
    daily(&format!("{date}.md")).entry(log(date).text(text).moved(kind)).build()
}

#[test]
fn a_mentor_hears_own_lines_since_the_last_meeting_by_kind_and_others_only_what_names_them() {
    let notes = |is_mentor: bool| {
        let ann = person("A.md").with(|person| person.presets.extend(is_mentor.then(|| at("mentor".into()))));
        let named = daily("2026-11-13.md").entry(log("2026-11-13").text("问 A").link("A").moved(MoveKind::Question));
        vec![
            ann.entry(meeting("2026-11-06")).build(),
            own("2026-11-06", "当天", MoveKind::Work),
            own("2026-11-07", "错了", MoveKind::Mistake),
            own("2026-11-09", "做成", MoveKind::Work),
            own("2026-11-20", "学会", MoveKind::Learned),
            own("2026-11-21", "还没到", MoveKind::Learned),
            named.build(),
        ]
    };
    let told =
        |is_mentor| brief(notes(is_mentor)).own.into_iter().map(|line| (line.kind, line.text)).collect::<Vec<_>>();
    let all = [("work", "做成"), ("learned", "学会"), ("mistake", "错了"), ("question", "问 A")];
    assert_eq!(told(true), all.map(|(kind, text)| (kind, text.to_owned())));
    assert_eq!(told(false), [("question", "问 A".to_owned())]);
}

#[test]
fn what_they_did_stands_with_the_large_favours_kept_and_the_rest_counted() {
    let mut note = person("A.md").entry(log("2025-01-01").text("背书").moved(MoveKind::Got));
    for month in 1..=7 {
        note = note.entry(log(&format!("2026-0{month}-01")).text("帮忙").moved(MoveKind::Got));
    }
    let mut note = note.entry(log("2026-08-01").moved(MoveKind::Thanked)).build();
    note.entries[0].moves[0].detail = Some("endorsement".into());
    let told = brief([note]);
    assert_eq!(told.helped.shown.len(), 5);
    assert_eq!(told.helped.more, 3);
    assert!(told.helped.shown.iter().any(|deed| deed.text == "背书"));
    assert_eq!(told.helped.shown[0].date, day("2026-07-01"));
    assert!(told.thanks.is_empty());
    let nobody = brief([person("A.md").build()]);
    assert!(nobody.helped.shown.is_empty() && nobody.meeting.is_none() && nobody.unreachable);
}

#[test]
fn the_meeting_has_its_notes_goal_and_the_roles_length_and_form_where_the_person_note_has_none() {
    let planned = |people: &[&str]| {
        let people: Vec<Link> = people.iter().map(|name| wiki(name)).collect();
        let note = note("2026-11-21 A 复盘.md", NoteKind::Meeting).held(Held::Planned);
        note.occasion(|occasion| {
            occasion.attendees = people;
            occasion.goal = Some("定下来".into());
        })
    };
    let mentor = || person("A.md").with(|person| person.presets.push(at("mentor".into())));
    let bob = person("B.md").with(|person| person.role = Some("总监".into()));
    let told = brief([mentor().build(), bob.build(), planned(&["A", "B"]).build()]);
    let meeting = told.meeting.unwrap();
    assert_eq!(
        (meeting.date, meeting.length, meeting.role_form.as_deref()),
        (day("2026-11-21"), Some(60), Some("lunch"))
    );
    assert_eq!(meeting.goal.as_deref(), Some("定下来"));
    assert_eq!(meeting.note.unwrap().title, "复盘");
    assert_eq!(meeting.with.iter().map(|other| other.work.as_slice()).collect::<Vec<_>>(), [["总监".to_owned()]]);
    let own = mentor().with(|person| {
        person.meeting_length = Some(30);
        person.form = Some("散步".into());
    });
    let meeting = brief([own.build(), planned(&["A"]).build()]).meeting.unwrap();
    assert_eq!((meeting.length, meeting.role_form, meeting.form.as_deref()), (Some(30), None, Some("散步")));
    assert!(meeting.with.is_empty());
}

#[test]
fn open_tasks_stand_by_day_and_name_whom_else_they_are_about() {
    let mut note = person("A.md").build();
    let due = |text: &str, due: Option<&str>, line| Task { due: due.map(day), ..open_task(text, line) };
    note.tasks = vec![due("没有日子", None, 5), due("后", Some("2026-12-01"), 6), due("先", Some("2026-11-18"), 7)];
    note.tasks[2].links = vec![wiki("B")];
    let told = brief([note, person("B.md").build()]);
    assert_eq!(told.tasks.iter().map(|task| task.text.as_str()).collect::<Vec<_>>(), ["先", "后", "没有日子"]);
    assert_eq!(told.tasks[0].with[0].person, "B");
}

#[test]
fn a_birthday_is_told_within_a_month_and_needs_meet_what_the_owner_has() {
    let born = |on: &str| {
        let (month, day) = (day(on).month(), day(on).day());
        let birthday = YearlyDay::Solar(SolarDay { year: None, month, day });
        brief([person("A.md").with(|person| person.birthday = Some(at(birthday))).build()]).birthday
    };
    for (on, expected) in [("2026-11-19", false), ("2026-11-20", true), ("2026-12-20", true), ("2026-12-21", false)] {
        assert_eq!(born(on).is_some(), expected, "{on}");
    }
    let needs = |need: &str| {
        let ann = person("A.md").with(|person| person.needs = vec![at(need.into())]).build();
        let me = note("我.md", NoteKind::Owner).with(|person| person.offers = vec![at("英文演讲陪练".into())]).build();
        brief([ann, me]).for_them
    };
    assert_eq!(needs("英文演讲陪练")[0].fit, MatchKind::Equal.as_str());
    assert!(needs("冷库盘点").is_empty());
}

#[test]
fn an_event_names_who_is_there_and_who_could_meet_unless_they_know_each_other() {
    let needs = |path: &str, need: &str, offer: &str| {
        person(path).with(|person| {
            person.needs = vec![at(need.into())];
            person.offers = vec![at(offer.into())];
        })
    };
    let event = || {
        let links = vec![wiki("A"), wiki("B")];
        note("2026-11-21 论坛.md", NoteKind::Event).occasion(|occasion| occasion.attendees = links).build()
    };
    let told = |ann: Note| {
        let index = vault([ann, needs("B.md", "天使投资", "安全库存模型").build(), event()]);
        let settings = settings();
        Briefs::new(&Suggested::new(&index, &settings, Today(day(TODAY)))).event(&index.meetings[0])
    };
    let brief = told(needs("A.md", "安全库存模型", "讲课").build());
    assert_eq!(brief.event.title, "论坛");
    assert_eq!(brief.guests.iter().map(|guest| guest.could_meet.len()).collect::<Vec<_>>(), [1, 0]);
    assert!(brief.guests[0].is_new);
    let mut introduced =
        needs("A.md", "安全库存模型", "讲课").entry(log("2026-11-01").link("B").moved(MoveKind::Gave)).build();
    introduced.entries[0].moves[0].detail = Some("intro".into());
    assert!(told(introduced).guests.iter().all(|guest| guest.could_meet.is_empty()));
}
