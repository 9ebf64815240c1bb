//! What counts as contact: one pure function over a line and what surrounds it. Every reminder rests on it, so its
//! tests hold each rule beside its opposite.

use crate::model::entry::{DatedBy, Entry, EntrySource, Setting, UndatedLine};
use crate::model::moves::MoveKind;
use crate::model::note::{Held, NoteKind};
use crate::model::task::TaskState;

use super::record::{PassedOverReason, PlanKind};

/// The note a line stands in, as far as contact depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// What the note is.
    pub(super) kind: NoteKind,
    /// For meetings and events, whether it took place.
    pub(super) held: Held,
    /// For meetings, who was there by the note itself.
    pub(super) attendees: Attendees,
}

/// Whether a note lists attendees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attendees {
    /// It does, so its body adds nobody.
    Listed,
    /// It does not.
    Absent,
}

/// How a line names someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// The line is in that person's own note.
    OwnNote,
    /// By a link with this around it.
    Link(Setting),
}

/// What a line is for someone it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Contact, on the entry's date.
    Counts,
    /// A plan to be confirmed.
    Plan(PlanKind),
    /// One cadence is passed over.
    Skip,
    /// Hidden until a day.
    Snooze,
    /// Not contact.
    Not(PassedOverReason),
}

/// What `entry` is for someone it names as `whom`, in a note of these `surroundings`.
pub(super) fn verdict(surroundings: Surroundings, entry: &Entry, whom: Whom) -> Verdict {
    let link = match whom {
        Whom::OwnNote => Setting::Plain,
        Whom::Link(setting) => setting,
    };
    if let Some(reason) = set_apart(entry.setting).or_else(|| set_apart(link)) {
        return Verdict::Not(reason);
    }
    match (surroundings.kind, whom) {
        (NoteKind::Owner, _) => return Verdict::Not(PassedOverReason::OwnerNote),
        (NoteKind::Person, Whom::Link(_)) => return Verdict::Not(PassedOverReason::OtherPersonsNote),
        _ => {}
    }
    match entry.task {
        Some(TaskState::Open) if is_dated_plan(entry) => return Verdict::Plan(PlanKind::DatedTask),
        Some(TaskState::Open) => return Verdict::Not(PassedOverReason::OpenTask),
        Some(TaskState::Cancelled) => return Verdict::Not(PassedOverReason::CancelledTask),
        Some(TaskState::Done) | None => {}
    }
    for moved in &entry.moves {
        match moved.kind {
            MoveKind::Skip => return Verdict::Skip,
            MoveKind::Snooze => return Verdict::Snooze,
            MoveKind::Prepared => return Verdict::Not(PassedOverReason::Prepared),
            _ => {}
        }
    }
    by_place(surroundings, entry)
}

/// Why a line without a date is no contact for someone it links with `link` around them.
pub(super) fn undated_reason(kind: NoteKind, line: &UndatedLine, link: Setting) -> PassedOverReason {
    let by_box = || match line.task {
        Some(TaskState::Open) => Some(PassedOverReason::OpenTask),
        Some(TaskState::Cancelled) => Some(PassedOverReason::CancelledTask),
        Some(TaskState::Done) | None => None,
    };
    let by_note = match kind {
        NoteKind::Periodic => PassedOverReason::Periodic,
        _ => PassedOverReason::Undated,
    };
    set_apart(line.setting).or_else(|| set_apart(link)).or_else(by_box).unwrap_or(by_note)
}

fn by_place(surroundings: Surroundings, entry: &Entry) -> Verdict {
    let Surroundings { kind, held, attendees } = surroundings;
    match entry.source {
        EntrySource::FrontMatter => return Verdict::Not(PassedOverReason::FrontMatter),
        EntrySource::Attendees if kind == NoteKind::Meeting => return by_held(held),
        EntrySource::Attendees if kind == NoteKind::Event => return Verdict::Not(PassedOverReason::EventOnlyCountsMet),
        EntrySource::Met if kind == NoteKind::Event => return by_held(held),
        _ => {}
    }
    if has_own_day(entry) {
        return Verdict::Counts; // a dated line is a log entry wherever it stands
    }
    match (kind, attendees) {
        (NoteKind::Meeting, Attendees::Listed) => Verdict::Not(PassedOverReason::MeetingHasAttendees),
        (NoteKind::Meeting, Attendees::Absent) => by_held(held),
        (NoteKind::Event, _) if entry.task != Some(TaskState::Done) => {
            Verdict::Not(PassedOverReason::EventOnlyCountsMet)
        }
        (NoteKind::Event, _) if held == Held::Cancelled => Verdict::Not(PassedOverReason::Cancelled),
        (NoteKind::Person | NoteKind::Daily | NoteKind::Dated | NoteKind::Event, _) => Verdict::Counts,
        _ => Verdict::Not(PassedOverReason::Periodic),
    }
}

fn by_held(held: Held) -> Verdict {
    match held {
        Held::Filled => Verdict::Counts,
        Held::Planned => Verdict::Plan(PlanKind::MeetingNote),
        Held::Cancelled => Verdict::Not(PassedOverReason::Cancelled),
    }
}

/// A box that starts with a date, or has a date field of its own. A link to a day somewhere in a to-do is no
/// appointment: taking it for one is a known fault of other tools.
fn is_dated_plan(entry: &Entry) -> bool {
    entry.dated_by == DatedBy::Line && matches!(entry.source, EntrySource::LogItem | EntrySource::InlineField)
}

fn has_own_day(entry: &Entry) -> bool {
    matches!(entry.dated_by, DatedBy::Line | DatedBy::DoneDate)
}

fn set_apart(setting: Setting) -> Option<PassedOverReason> {
    Some(match setting {
        Setting::Plain => return None,
        Setting::Quote => PassedOverReason::Quote,
        Setting::Code => PassedOverReason::Code,
        Setting::Comment => PassedOverReason::Comment,
        Setting::Struck => PassedOverReason::Struck,
        Setting::Embed => PassedOverReason::Embed,
        Setting::Field => PassedOverReason::Field,
    })
}

#[cfg(test)]
#[path = "contact_tests.rs"]
mod tests;
