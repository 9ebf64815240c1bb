//! What other calendars read: rules, what was moved and called off, folding and escaping.

use crate::index::record::Index;
use crate::index::support::{at, day, indexed, log, note, options, person, wiki};
use crate::model::language::Language;
use crate::model::meeting_rule::{MeetingMove, MeetingRule};
use crate::model::note::{Held, NoteKind};
use crate::model::today::Today;
use crate::report::calendar::{YearlyDays, calendar};
use crate::vocabulary::Vocabulary;

use super::{escaped, ics, nine_o_clock, timed_rule};
use crate::report::calendar::Moment;

fn printed(index: &Index, days: u32) -> String {
    let events = calendar(index, &options(), Today(day("2026-11-20")), days, YearlyDays::Told);
    ics(&events, Vocabulary::built_in(), Language::English)
}

fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn second_friday(moves: Vec<MeetingMove>) -> Index {
    let rule = MeetingRule { recurrence: "FREQ=MONTHLY;BYDAY=2FR".parse().unwrap(), time: "12:00:00".parse().ok() };
    let ann = person("Ann.md").with(|person| {
        person.meeting = Some(at(rule));
        person.meeting_start = Some(at(day("2026-01-01")));
        person.meeting_length = Some(45);
        person.meeting_moved = moves.into_iter().map(at).collect();
        person.topics = vec!["plan; next, year".into()];
    });
    indexed([ann.build()])
}

#[test]
fn a_rule_is_a_series_with_its_moves_and_without_what_was_called_off() {
    let to = Some((day("2026-12-18"), None));
    let moves = vec![
        MeetingMove { from: day("2026-12-11"), to },
        MeetingMove { from: day("2027-01-08"), to: None },
        MeetingMove { from: day("2027-01-09"), to: None },
    ];
    let text = printed(&second_friday(moves), 60);
    let found = lines(&text);
    let has = |line: &str| assert!(found.iter().any(|own| own == line), "{line}\n{text}");
    has("DTSTART:20260109T120000");
    has("DURATION:PT45M");
    has("RRULE:FREQ=MONTHLY;BYDAY=2FR");
    has("EXDATE:20270108T120000");
    has("RECURRENCE-ID:20261211T120000");
    has("DTSTART:20261218T120000");
    has("SUMMARY:Meeting with Ann");
    assert!(!text.contains("20270109"));
    assert!(
        found.iter().any(|line| line.starts_with("DESCRIPTION:") && line.ends_with("plan\\; next\\, year")),
        "{text}"
    );
    let uids: std::collections::BTreeSet<&String> = found.iter().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.len(), 1, "the moved one is of its series");
    assert_eq!(
        text,
        printed(
            &second_friday(vec![
                MeetingMove { from: day("2026-12-11"), to },
                MeetingMove { from: day("2027-01-08"), to: None },
            ]),
            60
        )
    );
}

#[test]
fn a_series_is_told_when_one_of_it_is_near() {
    for (days, expected) in [(20, 0), (21, 1)] {
        assert_eq!(printed(&second_friday(Vec::new()), days).matches("BEGIN:VEVENT").count(), expected, "{days}");
    }
}

#[test]
fn a_meeting_note_is_one_event_for_all_in_it_and_an_event_another() {
    let people = || vec![wiki("Ann"), wiki("Bob")];
    let meeting = note("2026-11-24 plan.md", NoteKind::Meeting).held(Held::Planned);
    let meeting = meeting.occasion(|occasion| {
        occasion.attendees = people();
        occasion.goal = Some("decide".into());
    });
    let fair = note("2026-11-26 Fair.md", NoteKind::Event).occasion(|occasion| occasion.attendees = people());
    let arranged = person("Cid.md").entry(log("2026-11-25").text("coffee"));
    let index =
        indexed([person("Ann.md").build(), person("Bob.md").build(), arranged.build(), meeting.build(), fair.build()]);
    let text = printed(&index, 30);
    let summaries: Vec<String> = lines(&text).into_iter().filter(|line| line.starts_with("SUMMARY")).collect();
    assert_eq!(summaries, ["SUMMARY:Meeting with Ann\\, Bob", "SUMMARY:Meeting with Cid", "SUMMARY:Fair"]);
    assert!(text.contains("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261125\r\n"));
}

#[test]
fn lines_end_in_crlf_and_none_is_longer_than_75_bytes() {
    let ann = person("长.md").with(|person| person.name = "很长的名字".repeat(20).into());
    let text = printed(&indexed([ann.entry(log("2026-11-25").text(&"字".repeat(200))).build()]), 30);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    assert!(lines(&text).iter().any(|line| line.contains(&"字".repeat(200))));
}

#[test]
fn text_is_escaped_and_reminders_are_at_nine() {
    for (text, expected) in
        [("a;b,c\\d", "a\\;b\\,c\\\\d"), ("a\r\nb\nc", "a\\nb\\nc"), ("a\u{7}b", "ab"), ("【】", "【】")]
    {
        assert_eq!(escaped(text), expected);
    }
    for (days, expected) in [(0, "PT9H"), (1, "-PT15H"), (3, "-P2DT15H")] {
        assert_eq!(nine_o_clock(days), expected);
    }
    let start = |time: Option<&str>| Moment { date: day("2026-11-20"), time: time.and_then(|time| time.parse().ok()) };
    assert_eq!(timed_rule("FREQ=DAILY;UNTIL=20261231", start(Some("09:00:00"))), "FREQ=DAILY;UNTIL=20261231T235959");
    assert_eq!(timed_rule("FREQ=DAILY;UNTIL=20261231", start(None)), "FREQ=DAILY;UNTIL=20261231");
}
