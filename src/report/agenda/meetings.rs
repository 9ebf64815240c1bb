//! Meetings: by rule, by note, by a dated task or an entry ahead; and those that have passed unconfirmed. One meeting
//! is one line, whoever else is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use crate::index::meetings::{anchor, upcoming};
use crate::index::record::{AnchorSource, MeetingRecord, PersonId};
use crate::index::steps::meeting_length;
use crate::model::meeting_rule::Meeting;
use crate::model::note::{Held, NoteKind};
use crate::report::facts::{Subject, short_title};
use crate::report::item::{AgendaItem, ItemKind, Section};
use crate::report::reason::{Reason, Source};

use super::day::{Day, item, item_about_nobody};
use super::rank::by_name;

mod arranged;

use arranged::{Arranged, By, arranged, rule_source};

/// A question older than this is folded. After a month few remember for certain, but it stays until it is answered.
const FOLDED_AFTER_DAYS: i64 = 30;

/// A line with what orders it beside its day: its time and its person, none for an event.
type Timed<'d, 'i> = (Option<NaiveTime>, Option<&'d Subject<'i>>, AgendaItem);

/// Lines of meetings, by day and time.
pub(super) fn items(day: &Day<'_, '_>) -> Vec<AgendaItem> {
    let notes: BTreeMap<&str, &MeetingRecord> =
        day.index.meetings.iter().map(|meeting| (meeting.path.as_str(), meeting)).collect();
    let mut lines: Vec<Timed<'_, '_>> =
        arranged(day, &notes).into_iter().filter_map(|meeting| arranged_line(day, &notes, meeting)).collect();
    for person in day.subjects.iter().filter(|person| !person.is_left_alone()) {
        lines.extend(by_rule(day, person));
    }
    let told: BTreeSet<String> =
        lines.iter().filter_map(|(.., line)| Some(line.source.as_ref()?.path.clone())).collect();
    lines.extend(
        day.index
            .meetings
            .iter()
            .filter(|note| !told.contains(note.path.as_str()))
            .filter_map(|note| Some((note.time, None, occasion(day, note)?))),
    );
    lines.sort_by(|(a_time, a, a_line), (b_time, b, b_line)| {
        let place = |time: &Option<NaiveTime>| (time.is_none(), *time);
        let days = match (a_line.folded, b_line.folded) {
            (false, false) => a_line.date.cmp(&b_line.date),
            // of old questions the newest is the easiest to answer
            (true, true) => b_line.date.cmp(&a_line.date),
            (a, b) => a.cmp(&b),
        };
        days.then_with(|| place(a_time).cmp(&place(b_time))).then_with(|| match (a, b) {
            (Some(a), Some(b)) => by_name(a, b),
            _ => a.is_some().cmp(&b.is_some()),
        })
    });
    lines.into_iter().map(|(_, _, line)| line).collect()
}

fn arranged_line<'d, 'i>(
    day: &'d Day<'_, 'i>,
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
        let with = day.references(&meeting.people, first);
        let reason = Reason::DidYouMeet { by, title, with, last };
        let kind = (Section::Today, ItemKind::DidYouMeet);
        let late_days = day.today.days_since(meeting.date);
        let asked = item(person, kind, meeting.date, reason, Some(meeting.source));
        let folded = late_days > FOLDED_AFTER_DAYS;
        return Some((time, Some(person), AgendaItem { late_days, folded, ..asked }));
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
    Some((time, Some(person), item(person, kind, meeting.date, reason, Some(meeting.source))))
}

/// An event, or a meeting with nobody who has a note: about no one person, but a day to be ready for. Who is to be
/// there need not be met, so they keep their own lines.
fn occasion(day: &Day<'_, '_>, note: &MeetingRecord) -> Option<AgendaItem> {
    let is_shown = match note.kind {
        NoteKind::Event => note.date > day.today.0 || note.held == Held::Planned,
        _ => note.people.is_empty() && (note.date > day.today.0 || note.held == Held::Planned),
    };
    if !is_shown || note.held == Held::Cancelled || note.date < day.today.0 {
        return None;
    }
    let living = |id: &&PersonId| day.subject(**id).is_some_and(|person| person.record.person.deceased.is_none());
    let reason = Reason::Planned {
        by: by_word(By::Note, Some(note.kind)),
        title: short_title(&note.title, note.date, "").to_owned(),
        time: note.time,
        place: note.place.as_deref().map(str::to_owned),
        with: note.people.iter().filter(living).filter_map(|id| day.subject(*id)).map(Subject::reference).collect(),
        last: None,
    };
    let source = Source { path: note.path.as_str().to_owned(), line: 1 };
    Some(item_about_nobody((day.section(note.date)?, ItemKind::Meeting), note.date, reason, Some(source)))
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

/// Meetings by rule from today on, but for days on which something else is arranged or written. Beyond the coming
/// week only the next one has a line, which says how many follow it: the same weekly meeting four times over tells
/// nothing new.
fn by_rule<'d, 'i>(day: &Day<'_, '_>, person: &'d Subject<'i>) -> Vec<Timed<'d, 'i>> {
    let meetings = upcoming(person.record, day.today, day.options.days);
    let free = meetings.into_iter().filter(|meeting| !is_taken(person, meeting.date));
    let placed = free.filter_map(|meeting| Some((day.section(meeting.date)?, meeting)));
    let (later, soon): (Vec<_>, Vec<_>) = placed.partition(|(section, _)| *section == Section::Later);
    let more = later.len().saturating_sub(1);
    let lines = soon.into_iter().map(|found| (found, 0)).chain(later.into_iter().take(1).map(|found| (found, more)));
    let line = |((section, meeting), more): ((Section, Meeting), usize)| {
        let kind = (section, ItemKind::Meeting);
        let reason = rule_reason(day, person, &meeting, more)?;
        Some((meeting.time, Some(person), item(person, kind, meeting.date, reason, Some(rule_source(person)))))
    };
    lines.filter_map(line).collect()
}

fn rule_reason(day: &Day<'_, '_>, person: &Subject<'_>, meeting: &Meeting, more: usize) -> Option<Reason> {
    let rule = &person.record.person.meeting.as_ref()?.value;
    let anchor = anchor(person.record, day.today).filter(|_| rule.recurrence.needs_anchor());
    Some(Reason::MeetingRule {
        rule: rule.recurrence.to_string(),
        time: meeting.time,
        length: meeting_length(person.record, day.index_options),
        anchor: anchor.map(|(_, source)| match source {
            AnchorSource::Start => "start",
            AnchorSource::MeetingNote => "meeting-note",
            AnchorSource::Entry => "entry",
        }),
        anchor_date: anchor.map(|(date, _)| date),
        moved_from: meeting.moved_from,
        more,
        last: person.last(day.today),
    })
}

/// Whether something is written or arranged with someone on a day.
fn is_taken(person: &Subject<'_>, date: NaiveDate) -> bool {
    person.record.was_contacted_on(date) || person.record.plans.iter().any(|plan| plan.date == date)
}
