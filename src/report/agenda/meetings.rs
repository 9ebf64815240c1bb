//! Meetings: by rule, by note, by a dated task or an entry ahead; and those that have passed unconfirmed. One meeting
//! is one line, whoever else is there.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::index::record::{AnchorSource, MeetingRecord};
use crate::index::standing::State;
use crate::model::note::NoteKind;
use crate::report::facts::Subject;
use crate::report::interim::{Occurrence, anchor, meetings};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item};
use super::rank::by_name;

mod arranged;

use arranged::{Arranged, By, arranged};

/// How far back a missed meeting by rule is looked for.
const LOOK_BACK: u64 = 366;

/// Lines of meetings, those of one section by day and time.
pub(super) fn items(day: &Day<'_>) -> Vec<AgendaItem> {
    let notes: BTreeMap<&str, &MeetingRecord> =
        day.index.meetings.iter().map(|meeting| (meeting.path.as_str(), meeting)).collect();
    let mut lines: Vec<(Option<NaiveTime>, &Subject<'_>, AgendaItem)> = Vec::new();
    for meeting in arranged(day, &notes) {
        lines.extend(arranged_line(day, &notes, &meeting));
    }
    for person in day.subjects.iter().filter(|person| !person.is_left_alone()) {
        lines.extend(by_rule(day, person));
        lines.extend(missed(day, person).map(|line| (None, person, line)));
    }
    lines.sort_by(|(a_time, a, a_line), (b_time, b, b_line)| {
        let place = |time: &Option<NaiveTime>| (time.is_none(), *time);
        a_line.date.cmp(&b_line.date).then_with(|| place(a_time).cmp(&place(b_time))).then_with(|| by_name(a, b))
    });
    lines.into_iter().map(|(_, _, line)| line).collect()
}

fn arranged_line<'d, 'i>(
    day: &'d Day<'i>,
    notes: &BTreeMap<&str, &MeetingRecord>,
    meeting: &Arranged<'_>,
) -> Option<(Option<NaiveTime>, &'d Subject<'i>, AgendaItem)> {
    let (first, person) = meeting.people.iter().find_map(|id| Some((*id, day.subject(*id)?)))?;
    let note = notes.get(meeting.evidence.path.as_str()).filter(|_| meeting.by == By::Note);
    let by = match (meeting.by, note.map(|note| note.kind)) {
        (By::Note, Some(NoteKind::Event)) => "event",
        (By::Note, _) => "meeting",
        (By::Task, _) => "task",
        (By::Entry, _) => "entry",
        (By::Key, _) => "next-contact",
    };
    let title = note.map_or(&meeting.evidence.text, |note| &note.title).to_string();
    let time = note.and_then(|note| note.time).or(meeting.evidence.time);
    let last = person.last(day.today);
    let source = Some(Source { path: meeting.evidence.path.as_str().to_owned(), line: meeting.evidence.line });
    if meeting.date < day.today.0 {
        let reason = Reason::DidYouMeet { by, title, last };
        return Some((time, person, asked(day, person, meeting.date, reason, source)));
    }
    let reason = Reason::Planned {
        by,
        title,
        time,
        place: note.and_then(|note| note.place.as_deref()).map(str::to_owned),
        with: day.references(&meeting.people, first),
        last,
    };
    let section = day.section(meeting.date)?;
    Some((time, person, item(person, (section, ItemKind::Meeting), meeting.date, reason, source)))
}

/// Occurrences of a meeting rule from today on, but for days on which something else is arranged or written.
fn by_rule<'d, 'i>(day: &Day<'_>, person: &'d Subject<'i>) -> Vec<(Option<NaiveTime>, &'d Subject<'i>, AgendaItem)> {
    let mut lines = Vec::new();
    for occurrence in meetings(day.index, person.record, day.today.0) {
        let Some(section) = day.section(occurrence.date) else { break };
        if !is_taken(person, occurrence.date) {
            let kind = (section, ItemKind::Meeting);
            let line = rule_reason(day, person, &occurrence)
                .map(|reason| item(person, kind, occurrence.date, reason, rule_source(person)));
            lines.extend(line.map(|line| (occurrence.time, person, line)));
        }
    }
    lines
}

fn rule_reason(day: &Day<'_>, person: &Subject<'_>, occurrence: &Occurrence) -> Option<Reason> {
    let rule = &person.record.person.meeting.as_ref()?.value;
    let anchor = anchor(day.index, person.record).filter(|_| rule.recurrence.needs_anchor());
    Some(Reason::MeetingRule {
        rule: rule.recurrence.to_string(),
        time: occurrence.time,
        length: person.record.person.meeting_length,
        anchor: anchor.map(|(source, _)| match source {
            AnchorSource::Start => "start",
            AnchorSource::MeetingNote => "meeting-note",
            AnchorSource::Entry => "entry",
        }),
        anchor_date: anchor.map(|(_, date)| date),
        moved_from: occurrence.moved_from,
        last: person.last(day.today),
    })
}

/// The newest occurrence that has passed with nothing written on its day or since.
fn missed(day: &Day<'_>, person: &Subject<'_>) -> Option<AgendaItem> {
    let today = day.today.0;
    let since = person.standing.last_contact.and_then(|last| last.succ_opt());
    let from = since.max(today.checked_sub_days(Days::new(LOOK_BACK)))?;
    let passed = meetings(day.index, person.record, from).take_while(|occurrence| occurrence.date < today);
    let missed = passed.filter(|occurrence| occurrence.date >= from).last()?;
    let deferred = person.record.skips.iter().chain(&person.record.snoozes);
    let answered = deferred.map(|deferral| deferral.date).any(|date| date >= missed.date);
    if answered || is_taken(person, missed.date) || person.standing.state == State::Snoozed {
        return None;
    }
    let reason = Reason::DidYouMeet { by: "meeting-rule", title: String::new(), last: person.last(day.today) };
    Some(asked(day, person, missed.date, reason, rule_source(person)))
}

/// Whether something is written or arranged with someone on a day.
fn is_taken(person: &Subject<'_>, date: NaiveDate) -> bool {
    person.was_contacted_on(date) || person.record.plans.iter().any(|plan| plan.date == date)
}

fn asked(day: &Day<'_>, person: &Subject<'_>, date: NaiveDate, reason: Reason, source: Option<Source>) -> AgendaItem {
    let late_days = day.today.days_since(date);
    AgendaItem { late_days, ..item(person, (Section::Today, ItemKind::DidYouMeet), date, reason, source) }
}

fn rule_source(person: &Subject<'_>) -> Option<Source> {
    let line = person.record.person.meeting.as_ref()?.line;
    Some(Source { path: person.path(), line })
}
