//! Steps and lines of the chain.

use crate::index::record::PersonId;
use crate::index::support::{log, person};
use crate::model::entry::Setting;
use crate::model::moves::MoveKind;
use crate::model::task::TaskState;
use crate::report::support::{contacted, days_ago, in_days, settings, today, vault};

use super::{DueStep, why};

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
fn a_number_the_index_lacks_has_no_chain() {
    assert_eq!(why(&vault(vec![person("A.md").build()]), &settings(), PersonId(1), today()), None);
}
