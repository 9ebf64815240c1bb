//! Steps and lines of the chain.

use crate::index::options::{After, RolePreset};
use crate::index::record::PersonId;
use crate::index::support::{NoteBuilder, log, person};
use crate::model::entry::Setting;
use crate::model::moves::MoveKind;
use crate::model::note::Note;
use crate::model::task::TaskState;
use crate::report::support::{contacted, days_ago, in_days, mentor, settings, today, vault};

use super::{DueStep, Meaning, why};

#[test]
fn the_chain_names_every_step_and_every_line() {
    let built = contacted("A.md", 10, 14)
        .entry(log(&days_ago(40).to_string()).text("旧事"))
        .entry(log(&days_ago(3).to_string()).setting(Setting::Quote).text("引用"))
        .entry(log(&days_ago(2).to_string()).task(TaskState::Open).text("没打勾"))
        .entry(log(&in_days(5).to_string()).text("以后"));
    let index = vault(vec![built.build()]);
    let chain = why(&index, &settings(), PersonId(0), today()).unwrap();
    assert_eq!(chain.due.date, Some(days_ago(4)));
    assert_eq!(
        chain.due.steps.get(..3).unwrap(),
        [
            DueStep::LastContact { date: days_ago(14) },
            DueStep::Cadence { cadence: "P10D".into(), rule: "own", detail: String::new() },
            DueStep::DueOn { date: days_ago(4) },
        ]
    );
    let counted: Vec<_> = chain.counted.iter().map(|line| (line.date, line.reason)).collect();
    assert_eq!(counted, [(Some(days_ago(14)), "log-item"), (Some(days_ago(40)), "log-item")]);
    let passed: Vec<_> = chain.not_counted.iter().map(|line| (line.date, line.reason)).collect();
    assert_eq!(
        passed,
        [(Some(in_days(5)), "ahead"), (Some(days_ago(2)), "not-confirmed"), (Some(days_ago(3)), "quote")]
    );
}

#[test]
fn the_tie_is_told_with_the_days_and_lines_that_made_it() {
    let built = contacted("A.md", 10, 400).entry(log(&days_ago(14).to_string()).text("再聊"));
    let cooperated = log(&days_ago(7).to_string()).text("合写").moved(MoveKind::Cooperated);
    let ahead = log(&in_days(3).to_string()).text("以后");
    let index = vault(vec![built.entry(cooperated).entry(ahead).build()]);
    let tie = why(&index, &settings(), PersonId(0), today()).unwrap().tie;
    assert_eq!((tie.state, tie.strength), ("network", Some("weak")));
    assert_eq!((tie.days_in_year, tie.months_in_year), (2, 1));
    assert_eq!(tie.days, [days_ago(7), days_ago(14)]);
    let steps: Vec<_> = tie.came_by.iter().map(|step| (step.state, step.line.date, &*step.line.text)).collect();
    let expected = [
        ("acquaintance", days_ago(400), "谈了新项目"),
        ("friend", days_ago(14), "再聊"),
        ("network", days_ago(7), "合写"),
    ];
    assert_eq!(steps, expected);
    let nobody = why(&vault(vec![person("A.md").build()]), &settings(), PersonId(0), today()).unwrap().tie;
    assert_eq!((nobody.state, nobody.strength, nobody.came_by.len()), ("acquaintance", None, 0));
}

#[test]
fn a_silence_is_told_as_stale_contacts_group_it() {
    let meaning = |notes: Vec<Note>| {
        let silence = why(&vault(notes), &settings(), PersonId(0), today()).unwrap().silence?;
        Some((silence.days, silence.meaning))
    };
    let helped = |ago: i64| {
        let entry = log(&days_ago(ago).to_string()).with_move(MoveKind::Got, "endorsement");
        meaning(vec![person("A.md").entry(entry).build()])
    };
    // 20 February to 20 November is nine months.
    assert_eq!([helped(59), helped(274)], [None, Some((Some(274), Meaning::Benefactor { times: 1 }))]);
    assert_eq!(helped(273), Some((Some(273), Meaning::WeakTie)), "not yet missed, and worth a call");
    let lost = |ago: i64| {
        let silent = contacted("A.md", 10, ago).entry(log(&days_ago(ago + 30).to_string()));
        let busy = person("B.md").entry(log(&days_ago(1).to_string()).with_move(MoveKind::Gave, "help"));
        meaning(vec![silent.build(), busy.build()])
    };
    let nothing = Meaning::LetGoCandidate { contacts: 2, first: days_ago(215) };
    assert_eq!([lost(184), lost(185)], [None, Some((Some(185), nothing))]);
    let weekly =
        |ago: i64| (0..5i64).fold(person("A.md"), |built, n| built.entry(log(&days_ago(ago + 7 * n).to_string())));
    assert_eq!(meaning(vec![weekly(21).build()]), None);
    let broken = Meaning::Drifting { median_days: 7, gaps: 4 };
    assert_eq!(meaning(vec![weekly(22).build()]), Some((Some(22), broken)));
    assert_eq!(meaning(vec![contacted("A.md", 10, 14).build()]), None, "late and no more");
}

#[test]
fn a_summary_is_open_from_the_day_of_the_meeting_until_it_is_noted() {
    let mut options = settings();
    options.presets.insert("mentor".into(), RolePreset { after: Some(After::Summary), ..RolePreset::default() });
    let open = |ago: i64, more: Option<i64>| {
        let met = log(&days_ago(ago).to_string()).channel("meeting").text("讲课");
        let note = person("A.md").with(mentor).entry(met);
        let summary = more.map(|ago| log(&days_ago(ago).to_string()).moved(MoveKind::Summary));
        let note = summary.into_iter().fold(note, NoteBuilder::entry).build();
        let chain = why(&vault(vec![note]), &options, PersonId(0), today()).unwrap();
        chain.open_steps.iter().map(|step| (step.kind, step.date)).collect::<Vec<_>>()
    };
    for ago in [0, 1, 30] {
        assert_eq!(open(ago, None), [("summary", days_ago(ago))], "{ago}");
    }
    assert_eq!(open(31, None), [], "too long ago");
    assert_eq!(open(-1, None), [], "not yet");
    assert_eq!(open(5, Some(5)), [], "sent the same day");
    assert_eq!(open(5, Some(6)), [("summary", days_ago(5))], "that was of an earlier one");
}

#[test]
fn a_number_the_index_lacks_has_no_chain() {
    assert_eq!(why(&vault(vec![person("A.md").build()]), &settings(), PersonId(1), today()), None);
}
