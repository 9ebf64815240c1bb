//! One person's page.

use crate::index::record::PersonId;
use crate::index::support::{log, note, person, wiki};
use crate::model::note::NoteKind;
use crate::model::person::Relation;
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

#[test]
fn ties_name_the_note_where_one_is_meant_and_the_words_of_the_note_that_tells() {
    let relation = |target: &str, label: &str| Relation { link: wiki(target), label: label.into() };
    let notes = || {
        vec![
            person("A.md")
                .with(|a| a.introduced_by = Some(wiki("Me")))
                .with(|a| a.manager = Some(wiki("x/王总")))
                .build(),
            person("B.md").name("李四").with(|b| b.relations = vec![relation("A", "同学")]).build(),
            person("C.md").with(|c| c.relations = vec![relation("A", "")]).build(),
            note("Me.md", NoteKind::Owner).build(),
        ]
    };
    let ties = |id| {
        let page = show(&vault(notes()), &settings(), PersonId(id), today()).unwrap();
        serde_json::to_value(&page.ties).unwrap()
    };
    assert_eq!(
        ties(0),
        serde_json::json!([
            {"kind": "introduced-by", "person": "Me", "path": "Me.md", "label": null, "inferred": false},
            {"kind": "manager", "person": "王总", "path": null, "label": null, "inferred": false},
            {"kind": "related", "person": "李四", "path": "B.md", "label": "同学", "inferred": true},
            {"kind": "related", "person": "C", "path": "C.md", "label": null, "inferred": true},
        ])
    );
    assert_eq!(
        ties(1),
        serde_json::json!([{"kind": "related", "person": "A", "path": "A.md", "label": "同学", "inferred": false}])
    );
}
