//! Meetings: by rule, by note, by a dated task or an entry ahead; and those that have passed unconfirmed. One meeting
//! is one line, whoever else is there.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use crate::index::meetings::{anchor, upcoming};
use crate::index::record::{AnchorSource, MeetingRecord};
use crate::model::meeting_rule::Meeting;
use crate::model::note::NoteKind;
use crate::report::facts::Subject;
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::Reason;

use super::day::{Day, item};
use super::rank::by_name;

mod arranged;

use arranged::{Arranged, By, arranged, rule_source};

/// A line with what orders it beside its day: its time and its person.
type Timed<'d, 'i> = (Option<NaiveTime>, &'d Subject<'i>, AgendaItem);

/// Lines of meetings, by day and time.
pub(super) fn items(day: &Day<'_>) -> Vec<AgendaItem> {
    let notes: BTreeMap<&str, &MeetingRecord> =
        day.index.meetings.iter().map(|meeting| (meeting.path.as_str(), meeting)).collect();
    let mut lines: Vec<Timed<'_, '_>> =
        arranged(day, &notes).into_iter().filter_map(|meeting| arranged_line(day, &notes, meeting)).collect();
    for person in day.subjects.iter().filter(|person| !person.is_left_alone()) {
        lines.extend(by_rule(day, person));
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
    meeting: Arranged,
) -> Option<Timed<'d, 'i>> {
    let (first, person) = meeting.people.iter().find_map(|id| Some((*id, day.subject(*id)?)))?;
    let note = notes.get(meeting.source.path.as_str()).filter(|_| meeting.by == By::Note);
    let by = by_word(meeting.by, note.map(|note| note.kind));
    let title =
        note.map_or(meeting.text, |note| short_title(&note.title, meeting.date, &person.record.person.name).to_owned());
    let time = note.and_then(|note| note.time).or(meeting.time);
    let last = person.last(day.today);
    if meeting.date < day.today.0 {
        let reason = Reason::DidYouMeet { by, title, last };
        let kind = (Section::Today, ItemKind::DidYouMeet);
        let late_days = day.today.days_since(meeting.date);
        let asked = item(person, kind, meeting.date, reason, Some(meeting.source));
        return Some((time, person, AgendaItem { late_days, ..asked }));
    }
    let reason = Reason::Planned {
        by,
        title,
        time,
        place: note.and_then(|note| note.place.as_deref()).map(str::to_owned),
        with: day.references(&meeting.people, first),
        last,
    };
    let kind = (day.section(meeting.date)?, ItemKind::Meeting);
    Some((time, person, item(person, kind, meeting.date, reason, Some(meeting.source))))
}

/// A title without the day and the name it begins with, as file names of meetings do: the line says both already.
fn short_title<'t>(title: &'t str, date: NaiveDate, name: &str) -> &'t str {
    let blanks = [' ', '-', '_'];
    let mut short = title;
    for known in [date.to_string().as_str(), name] {
        let rest = short.strip_prefix(known).filter(|rest| rest.starts_with(blanks));
        short = rest.map(|rest| rest.trim_start_matches(blanks)).filter(|rest| !rest.is_empty()).unwrap_or(short);
    }
    short
}

fn by_word(by: By, note: Option<NoteKind>) -> &'static str {
    match by {
        By::Note if note == Some(NoteKind::Event) => "event",
        By::Note => "meeting",
        By::Task => "task",
        By::Entry => "entry",
        By::Key => "next-contact",
        By::Rule => "meeting-rule",
    }
}

/// Meetings by rule from today on, but for days on which something else is arranged or written.
fn by_rule<'d, 'i>(day: &Day<'_>, person: &'d Subject<'i>) -> Vec<Timed<'d, 'i>> {
    let meetings = upcoming(person.record, day.today, day.options.days);
    let free = meetings.into_iter().filter(|meeting| !is_taken(person, meeting.date));
    let lines = free.filter_map(|meeting| {
        let kind = (day.section(meeting.date)?, ItemKind::Meeting);
        let reason = rule_reason(day, person, &meeting)?;
        Some((meeting.time, person, item(person, kind, meeting.date, reason, Some(rule_source(person)))))
    });
    lines.collect()
}

fn rule_reason(day: &Day<'_>, person: &Subject<'_>, meeting: &Meeting) -> Option<Reason> {
    let rule = &person.record.person.meeting.as_ref()?.value;
    let anchor = anchor(person.record, day.today).filter(|_| rule.recurrence.needs_anchor());
    Some(Reason::MeetingRule {
        rule: rule.recurrence.to_string(),
        time: meeting.time,
        length: person.record.person.meeting_length,
        anchor: anchor.map(|(_, source)| match source {
            AnchorSource::Start => "start",
            AnchorSource::MeetingNote => "meeting-note",
            AnchorSource::Entry => "entry",
        }),
        anchor_date: anchor.map(|(date, _)| date),
        moved_from: meeting.moved_from,
        last: person.last(day.today),
    })
}

/// Whether something is written or arranged with someone on a day.
fn is_taken(person: &Subject<'_>, date: NaiveDate) -> bool {
    person.record.was_contacted_on(date) || person.record.plans.iter().any(|plan| plan.date == date)
}
