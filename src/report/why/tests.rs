//! Steps and lines of the chain.

use crate::index::record::PersonId;
use crate::index::support::{log, person};
use crate::model::entry::Setting;
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
fn a_number_the_index_lacks_has_no_chain() {
    assert_eq!(why(&vault(vec![person("A.md").build()]), &settings(), PersonId(1), today()), None);
}
