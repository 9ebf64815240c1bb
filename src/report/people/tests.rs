//! The rows of the index of people.

use crate::index::support::{at, person};
use crate::model::date::{SolarDay, YearlyDay};
use crate::model::person::{Closeness, Status};
use crate::report::support::{contacted, in_days, mentor, settings, today, vault, weekly};

use super::people;

#[test]
fn everyone_is_listed_by_name_the_silent_ones_too() {
    let report = people(
        &vault(vec![
            contacted("c.md", 10, 100).with(|person| person.deceased = Some(at(None))).build(),
            contacted("b.md", 10, 100).with(|person| person.status = Some(Status::LetGo)).build(),
            person("a.md").build(),
        ]),
        &settings(),
        today(),
    );
    let rows: Vec<_> =
        report.people.iter().map(|row| (row.name.as_str(), row.status, row.state, row.next_due)).collect();
    assert_eq!(
        rows,
        [("a", "active", "untracked", None), ("b", "let-go", "let-go", None), ("c", "deceased", "untracked", None)]
    );
}

#[test]
fn a_row_holds_what_scripts_ask_for() {
    let built = contacted("a.md", 10, 14).with(mentor).with(weekly).with(|person| {
        person.presets.push(at("endorser".into()));
        person.closeness = Some(at(Closeness::Core));
        person.birthday = Some(at(YearlyDay::Solar(SolarDay::of(in_days(40)))));
        person.remind_before = Some(0);
    });
    let report = people(&vault(vec![built.build()]), &settings(), today());
    let row = &report.people[0];
    assert_eq!((row.cadence.as_deref(), row.cadence_rule, row.closeness), (Some("P10D"), "own", Some("core")));
    assert_eq!(row.next_meetings, [in_days(0), in_days(7), in_days(14)]);
    assert_eq!(row.next_birthday, Some(in_days(40)));
    assert!(row.endorser);
    assert_eq!((row.contacts, row.last_source.as_ref().map(|source| source.line)), (1, Some(10)));
    assert_eq!(row.meeting.as_ref().map(|meeting| meeting.rule.as_str()), Some("FREQ=WEEKLY;BYDAY=FR"));
}
