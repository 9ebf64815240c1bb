//! One person's page.

use crate::index::record::PersonId;
use crate::index::support::log;
use crate::report::support::{contacted, days_ago, in_days, settings, today, vault, weekly, with_task};

use super::show;

#[test]
fn a_page_holds_the_last_five_talks_the_next_meetings_and_what_is_open() {
    let built = (1..=7).fold(contacted("A.md", 10, 14).with(weekly), |built, n| {
        built.entry(log(&days_ago(14 + n).to_string()).text(&format!("第{n}次")))
    });
    let note = with_task(built, |task| task.due = Some(in_days(2)));
    let page = show(&vault(vec![note]), &settings(), PersonId(0), today()).unwrap();
    let talks: Vec<_> = page.talks.iter().map(|talk| talk.text.as_str()).collect();
    assert_eq!(talks, ["谈了新项目", "第1次", "第2次", "第3次", "第4次"]);
    assert_eq!((page.contacts, page.next_meetings.len()), (8, 3));
    assert_eq!(page.follow_ups.iter().map(|task| task.due).collect::<Vec<_>>(), [Some(in_days(2))]);
}
