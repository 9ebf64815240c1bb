//! The plan as data and as it is read. Today is Friday, 20 November 2026.

use crate::index::options::{IndexOptions, RolePreset, YearStart};
use crate::index::support::{NoteBuilder, at, log, person};
use crate::model::moves::MoveKind;
use crate::model::note::Note;
use crate::report::support::{contacted, days_ago, in_days, mentor, settings, today, vault, weekly};

use super::*;

fn of(notes: impl Into<Vec<Note>>, options: &IndexOptions) -> Plan {
    let notes: Vec<Note> = notes.into();
    let holidays = Holidays::built_in();
    let index = crate::index::build::build_index(&notes, Vec::new(), options);
    plan(&index, options, &PlanOptions { top: 2 }, Room { max_per_day: 5, holidays: &holidays }, today())
}

fn whole(path: &str) -> NoteBuilder {
    contacted(path, 30, 10).with(|person| {
        person.role = Some("经理".into());
        person.department = Some("市场部".into());
        person.form = Some("午餐".into());
        person.meeting_length = Some(60);
        person.topics = vec!["整合营销".into()];
    })
}

#[test]
fn a_missing_cell_is_a_gap_and_a_role_fills_form_and_length() {
    let mut options = settings();
    options.presets.insert(
        "mentor".into(),
        RolePreset { form: Some("meeting"), length: Some(60), weight: Some(200), ..RolePreset::default() },
    );
    let plan = of(
        vec![
            whole("张经理.md").build(),
            contacted("李娜.md", 30, 40).build(),
            contacted("王芳.md", 30, 10).with(mentor).build(),
            contacted("陈默.md", 30, 10).with(|person| person.paused_until = Some(at(in_days(5)))).build(),
        ],
        &options,
    );
    let names: Vec<_> = plan.people.iter().map(|row| row.person.person.as_str()).collect();
    assert_eq!(names, ["王芳", "陈默", "李娜", "张经理"], "who weighs most first, then by name");
    let missing =
        |name: &str| plan.people.iter().find(|row| row.person.person == name).map(|row| row.missing.clone()).unwrap();
    assert!(missing("张经理").is_empty());
    assert_eq!(missing("李娜"), ["post", "work", "form", "length", "topic"]);
    assert_eq!(missing("王芳"), ["post", "work", "topic"]);
    let first: Vec<_> = plan.fill_first.iter().map(|gaps| gaps.person.person.as_str()).collect();
    assert_eq!(first, ["李娜", "王芳"], "who is late comes first, and who is paused can wait");
    assert!(plan.people[1].is_paused && plan.people[1].paused_until == Some(in_days(5)));
}

#[test]
fn the_load_is_the_forecast_of_the_agenda() {
    use crate::report::agenda::{AgendaOptions, agenda};
    let notes: Vec<Note> = (0..20)
        .map(|n| {
            let note = contacted(&format!("{n}.md"), 5 + n, i64::from(n) * 3);
            if n % 4 == 0 { note.with(weekly).build() } else { note.build() }
        })
        .collect();
    let forecast = agenda(&vault(notes.clone()), &settings(), &AgendaOptions::default(), today()).forecast;
    let load = of(notes, &settings()).load;
    assert!(forecast.iter().any(|week| week.people > 0));
    for (week, expected) in load.weeks.iter().zip(&forecast) {
        assert_eq!((week.week, week.people), (expected.week, expected.people));
    }
    assert_eq!(load.weeks.len(), 7);
    assert_eq!((load.weeks[0].working_days, load.weeks[0].limit, load.weeks[1].limit), (1, 5, 25));
}

#[test]
fn the_year_is_the_one_of_the_settings() {
    let span = |month, day| {
        let plan =
            of(vec![whole("a.md").build()], &IndexOptions { year_starts: YearStart { month, day }, ..settings() });
        (plan.year, plan.from.to_string(), plan.to.to_string(), plan.load.weeks.len(), plan.load.unknown_years)
    };
    assert_eq!(span(1, 1), (2026, "2026-01-01".into(), "2026-12-31".into(), 7, vec![]));
    assert_eq!(span(11, 20), (2026, "2026-11-20".into(), "2027-11-19".into(), 53, vec![2027]));
    assert_eq!(span(11, 21), (2025, "2025-11-21".into(), "2026-11-20".into(), 1, vec![]));
}

#[test]
fn the_list_of_the_top_is_cut_and_says_what_it_rests_on() {
    let got = |path: &str, times: i64| {
        let note = contacted(path, 30, 10);
        (0..times).fold(note, |note, n| note.entry(log(&days_ago(30 + n).to_string()).moved(MoveKind::Got))).build()
    };
    let plan = of(vec![got("a.md", 1), got("b.md", 3), got("c.md", 2)], &settings());
    let top: Vec<_> = plan.top.iter().map(|one| (one.place, one.person.person.as_str(), one.gave_times)).collect();
    assert_eq!(top, [(1, "b", 3), (2, "c", 2)]);
    assert_eq!((plan.top[0].last_gave, plan.top[0].weight), (Some(days_ago(30)), 150));
}

#[test]
fn a_vault_without_anybody_to_plan_for_has_no_plan() {
    assert!(of(Vec::new(), &settings()).is_empty());
    assert!(of(vec![person("a.md").entry(log("2026-01-01")).build()], &settings()).is_empty());
    assert!(!of(vec![whole("a.md").build()], &settings()).is_empty());
}
