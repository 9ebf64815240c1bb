//! The meetings of someone's meeting rule, and the days after which one asks "did you meet?".

use chrono::{Days, NaiveDate, NaiveTime};

use crate::model::meeting_rule::{Meeting, MeetingMove, MeetingRule};
use crate::model::person::Status;
use crate::model::today::Today;

use super::record::{AnchorSource, Evidence, MeetingDay, PersonRecord, PlanKind};
use super::standing::PlannedBy;

/// An occurrence of a meeting rule is asked about for this long only. A planned meeting is asked about until it is
/// checked, filled or removed; an occurrence is written nowhere, so there is no line to check or remove, and as the
/// rule recurs, the question about the next one takes the place of this one.
pub const MISSED_FOR_DAYS: u64 = 14;

/// A day on which they were perhaps met: to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The day.
    pub date: NaiveDate,
    /// The time, if known.
    pub time: Option<NaiveTime>,
    /// What the day rests on.
    pub by: PlannedBy,
    /// Where it is written; `None` for the meeting rule.
    pub evidence: Option<Evidence>,
}

/// From which day the meeting rule counts today: `meeting_start`, else the newest day up to today on which they met.
pub fn anchor(record: &PersonRecord, today: Today) -> Option<(NaiveDate, AnchorSource)> {
    if let Some(start) = &record.person.meeting_start {
        return Some((start.value, AnchorSource::Start));
    }
    let past = record.meeting_days.partition_point(|day| day.date <= today.0);
    let newest = record.meeting_days.get(past.checked_sub(1)?)?;
    let same_day = record.meeting_days.iter().take(past).find(|day| day.date == newest.date)?;
    Some((same_day.date, same_day.source)) // a meeting note sorts before an entry of its day
}

/// The meetings of the rule from today on, `days` days ahead, moves applied.
pub fn upcoming(record: &PersonRecord, today: Today, days: u32) -> Vec<Meeting> {
    let end = today.0.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX);
    let Some(rule) = &record.person.meeting else { return Vec::new() };
    let mut meetings = rule.value.meetings_between(anchor_day(record, today), &moves(record), today.0, end);
    meetings.retain(|meeting| !is_skipped(record, meeting.date));
    meetings
}

/// The meetings the rule gave from `from` through `to`, skipped ones among them. A rule that counts from the newest
/// meeting was kept in step with it before; one with a first day gives none before that.
pub fn past(record: &PersonRecord, today: Today, from: NaiveDate, to: NaiveDate) -> Vec<Meeting> {
    /// A rule that gives no day in so many gives none worth asking about.
    const LOOK: usize = 366;
    let Some(rule) = &record.person.meeting else { return Vec::new() };
    let recurrence = &rule.value.recurrence;
    let mut counted_from = anchor_day(record, today);
    if record.person.meeting_start.is_none() && recurrence.count.is_none() && counted_from.is_some() {
        let in_step = from.iter_days().take(LOOK).find(|day| recurrence.is_occurrence(counted_from, *day));
        counted_from = in_step.or(counted_from).min(counted_from);
    }
    rule.value.meetings_between(counted_from, &moves(record), from, to)
}

fn is_skipped(record: &PersonRecord, date: NaiveDate) -> bool {
    record.skips.binary_search_by_key(&date, |skip| skip.date).is_ok()
}

/// The next `count` meetings of the rule from today on, moves applied, those skipped on their own day left out.
pub fn next_meetings(record: &PersonRecord, today: Today, count: usize) -> Vec<Meeting> {
    let Some(rule) = &record.person.meeting else { return Vec::new() };
    let skipped = record.skips.partition_point(|skip| skip.date < today.0);
    let skipped = record.skips.get(skipped..).unwrap_or_default();
    let all = count.saturating_add(skipped.len());
    let mut meetings = rule.value.next_meetings(anchor_day(record, today), &moves(record), today.0, all);
    meetings.retain(|meeting| skipped.binary_search_by_key(&meeting.date, |skip| skip.date).is_err());
    meetings.truncate(count);
    meetings
}

/// What to ask about: planned meetings, however old, and the last occurrences of the rule whose day has passed without
/// contact on it, newest first, one a day. A skip logged on or after the day answers it too. Nothing is asked about people let go, archived
/// or no longer alive.
pub fn questions(record: &PersonRecord, today: Today) -> Vec<Question> {
    if record.person.deceased.is_some() || matches!(record.person.status, Some(Status::Archived | Status::LetGo)) {
        return Vec::new();
    }
    let mut questions: Vec<Question> = record
        .plans
        .iter()
        .filter(|plan| plan.kind != PlanKind::NextContact && is_open(record, plan.date, today))
        .map(|plan| Question {
            date: plan.date,
            time: plan.evidence.time,
            by: PlannedBy::Plan(plan.kind),
            evidence: Some(plan.evidence.clone()),
        })
        .collect();
    questions.extend(missed(record, today));
    questions.sort_by_key(|question| (std::cmp::Reverse(question.date), question.evidence.is_none()));
    questions.dedup_by_key(|question| question.date);
    questions
}

/// Occurrences are asked about only since the first contact: a rule just written down says nothing about the past.
fn missed(record: &PersonRecord, today: Today) -> Vec<Question> {
    let Some(rule) = &record.person.meeting else { return Vec::new() };
    let Some(first) = record.contacts.first().map(|contact| contact.date) else { return Vec::new() };
    let from = today.0.checked_sub_days(Days::new(MISSED_FOR_DAYS)).map_or(first, |from| from.max(first));
    let meetings =
        rule.value.next_meetings(anchor_day(record, today), &moves(record), from, MISSED_FOR_DAYS as usize + 1);
    meetings
        .into_iter()
        .filter(|meeting| is_open(record, meeting.date, today))
        .map(|Meeting { date, time, .. }| Question { date, time, by: PlannedBy::MeetingRule, evidence: None })
        .collect()
}

fn is_open(record: &PersonRecord, date: NaiveDate, today: Today) -> bool {
    let last_skip = || {
        let past = record.skips.partition_point(|skip| skip.date <= today.0);
        Some(record.skips.get(past.checked_sub(1)?)?.date)
    };
    date < today.0 && !record.was_contacted_on(date) && last_skip().is_none_or(|skipped| skipped < date)
}

fn anchor_day(record: &PersonRecord, today: Today) -> Option<NaiveDate> {
    anchor(record, today).map(|(date, _)| date)
}

fn moves(record: &PersonRecord) -> Vec<MeetingMove> {
    record.person.meeting_moved.iter().map(|moved| moved.value).collect()
}

/// Whether the rule gives no days for want of a day to count from.
pub(super) fn lacks_start(rule: &MeetingRule, record: &PersonRecord) -> bool {
    rule.recurrence.needs_anchor() && record.person.meeting_start.is_none() && record.meeting_days.is_empty()
}

/// Whether a move is about a day on which the rule would meet, counted from any day they met.
pub(super) fn is_known_move(rule: &MeetingRule, record: &PersonRecord, moved: &MeetingMove) -> bool {
    let is_day = |anchor| rule.recurrence.is_occurrence(anchor, moved.from);
    match &record.person.meeting_start {
        Some(start) => is_day(Some(start.value)),
        None if !rule.recurrence.needs_anchor() => is_day(None),
        None => record.meeting_days.iter().map(|MeetingDay { date, .. }| *date).any(|date| is_day(Some(date))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::support::{at, daily, day, indexed, line, log, note, person};
    use crate::model::entry::{EntrySource, Setting};
    use crate::model::moves::MoveKind;
    use crate::model::note::{Held, Note, NoteKind};
    use crate::model::task::TaskState;

    fn rule(text: &str) -> MeetingRule {
        MeetingRule { recurrence: text.parse().unwrap(), time: None }
    }

    fn today(text: &str) -> Today {
        Today(day(text))
    }

    fn with_rule(text: &str) -> crate::index::support::NoteBuilder {
        let rule = rule(text);
        person("P/A.md").with(|person| person.meeting = Some(at(rule)))
    }

    fn days(meetings: &[Meeting]) -> Vec<String> {
        meetings.iter().map(|meeting| meeting.date.to_string()).collect()
    }

    fn asked(notes: Vec<Note>, on: &str) -> Vec<String> {
        let index = indexed(notes);
        questions(&index.people[0], today(on)).iter().map(|q| format!("{} {:?}", q.date, q.by)).collect()
    }

    #[test]
    fn an_interval_counts_from_the_start_else_from_the_newest_past_meeting_else_from_nowhere() {
        const BIWEEKLY: &str = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR";
        let meeting = note("M/2026-11-06.md", NoteKind::Meeting).entry(line("2026-11-06").link("A")).build();
        let future = note("M/2026-11-27.md", NoteKind::Meeting).entry(line("2026-11-27").link("A")).build();
        let none = indexed(vec![with_rule(BIWEEKLY).build()]);
        assert_eq!(next_meetings(&none.people[0], today("2026-11-20"), 2), []);
        assert_eq!(none.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["meeting-needs-start"]);

        let met = with_rule(BIWEEKLY).entry(log("2026-10-30").channel("met")).build();
        let index = indexed(vec![met.clone(), meeting.clone(), future]);
        let record = &index.people[0];
        assert_eq!(anchor(record, today("2026-11-20")), Some((day("2026-11-06"), AnchorSource::MeetingNote)));
        assert_eq!(days(&next_meetings(record, today("2026-11-20"), 2)), ["2026-11-20", "2026-12-04"]);
        assert_eq!(days(&upcoming(record, today("2026-11-21"), 13)), ["2026-12-04"]);
        assert_eq!(days(&upcoming(record, today("2026-11-21"), 12)), [""; 0]);
        assert_eq!(anchor(record, today("2026-11-05")), Some((day("2026-10-30"), AnchorSource::Entry)));

        let started = with_rule(BIWEEKLY).with(|p| p.meeting_start = Some(at(day("2026-11-13")))).build();
        let index = indexed(vec![started, meeting]);
        assert_eq!(days(&next_meetings(&index.people[0], today("2026-11-20"), 1)), ["2026-11-27"]);
        assert!(index.diagnostics.is_empty());
    }

    #[test]
    fn a_move_of_a_day_that_is_none_of_the_rule_is_told() {
        let moved = |from: &str| {
            let from = day(from);
            let note = with_rule("FREQ=WEEKLY;BYDAY=FR")
                .with(|p| p.meeting_moved = vec![at(MeetingMove { from, to: Some((day("2026-11-23"), None)) })]);
            indexed(vec![note.build()])
        };
        let known = moved("2026-11-20");
        assert!(known.diagnostics.is_empty());
        assert_eq!(days(&next_meetings(&known.people[0], today("2026-11-20"), 1)), ["2026-11-23"]);
        assert_eq!(moved("2026-11-19").diagnostics[0].code, "meeting-move-unknown");
    }

    #[test]
    fn a_past_plan_is_asked_about_from_the_day_after_until_it_is_answered() {
        let plan = || person("P/A.md").entry(log("2026-11-20").task(TaskState::Open));
        let question = ["2026-11-20 Plan(DatedTask)"];
        assert_eq!(asked(vec![plan().build()], "2026-11-20"), [""; 0]);
        assert_eq!(asked(vec![plan().build()], "2026-11-21"), question);
        assert_eq!(asked(vec![plan().build()], "2029-12-21"), question);
        assert_eq!(
            asked(vec![person("P/A.md").entry(log("2026-11-20").task(TaskState::Done)).build()], "2026-11-22"),
            [""; 0]
        );
        let told = |date: &str| vec![plan().build(), daily("D/x.md").entry(line(date).link("A")).build()];
        assert_eq!(asked(told("2026-11-20"), "2026-11-22"), [""; 0]);
        assert_eq!(asked(told("2026-11-21"), "2026-11-22"), question);
        let skipped = |on: &str| vec![plan().entry(log(on).moved(MoveKind::Skip)).build()];
        for (on, expected) in
            [("2026-11-19", 1), ("2026-11-20", 0), ("2026-11-21", 0), ("2026-11-22", 0), ("2026-11-23", 1)]
        {
            assert_eq!(asked(skipped(on), "2026-11-22").len(), expected, "{on}");
        }
    }

    #[test]
    fn a_planned_meeting_note_is_asked_about_and_a_next_contact_is_not() {
        let planned = note("M/2026-11-18 x.md", NoteKind::Meeting)
            .held(Held::Planned)
            .occasion(|o| o.attendees = vec![crate::index::support::wiki("A")])
            .entry(line("2026-11-18").source(EntrySource::Attendees).link_in("A", Setting::Plain));
        let next = crate::model::person::NextContact { date: Some(day("2026-11-17")), text: "".into() };
        let who = person("P/A.md").with(|p| p.next_contact = Some(at(next)));
        assert_eq!(asked(vec![planned.build(), who.build()], "2026-11-20"), ["2026-11-18 Plan(MeetingNote)"]);
    }

    #[test]
    fn a_missed_occurrence_is_asked_about_for_two_weeks_and_only_since_the_first_contact() {
        let weekly = || with_rule("FREQ=WEEKLY;BYDAY=FR");
        let known = || weekly().entry(log("2026-10-01"));
        let rule = |date: &str| format!("{date} MeetingRule");
        assert_eq!(asked(vec![known().build()], "2026-11-20"), [rule("2026-11-13"), rule("2026-11-06")]);
        assert_eq!(asked(vec![known().build()], "2026-11-21"), [rule("2026-11-20"), rule("2026-11-13")]);
        assert_eq!(asked(vec![known().entry(log("2026-11-13")).build()], "2026-11-20"), [rule("2026-11-06")]);
        assert_eq!(asked(vec![weekly().build()], "2026-11-20"), [""; 0]);
        assert_eq!(asked(vec![weekly().entry(log("2026-11-12")).build()], "2026-11-20"), [rule("2026-11-13")]);
        let gone = known().with(|p| p.status = Some(Status::LetGo));
        assert_eq!(asked(vec![gone.build()], "2026-11-20"), [""; 0]);
    }
}
