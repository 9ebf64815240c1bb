//! Every rule of what counts, each beside its opposite.

use super::*;
use crate::index::support::{EntryBuilder, line, log};
use NoteKind::{Daily, Dated, Event, Meeting, Other, Owner, Periodic, Person};

const LINKED: Whom = Whom::Link(Setting::Plain);
const COUNTS: Verdict = Verdict::Counts;
const D: &str = "2026-11-20";

fn not(reason: PassedOverReason) -> Verdict {
    Verdict::Not(reason)
}

fn at(kind: NoteKind) -> Surroundings {
    Surroundings { kind, held: Held::Filled, attendees: Attendees::Absent }
}

fn check(rows: impl IntoIterator<Item = (&'static str, Surroundings, EntryBuilder, Whom, Verdict)>) {
    for (case, surroundings, entry, whom, expected) in rows {
        assert_eq!(verdict(surroundings, &entry.0, whom), expected, "{case}");
    }
}

#[test]
fn log_entries_count_everywhere_but_in_the_owners_note() {
    use EntrySource::{DatedHeading, InlineField, LinkDate, TableRow};
    check([
        ("log item, own note", at(Person), log(D), Whom::OwnNote, COUNTS),
        ("dated heading", at(Person), log(D).source(DatedHeading), Whom::OwnNote, COUNTS),
        ("table row", at(Person), log(D).source(TableRow), Whom::OwnNote, COUNTS),
        ("link-date", at(Person), log(D).source(LinkDate), Whom::OwnNote, COUNTS),
        ("inline field", at(Person), log(D).source(InlineField), Whom::OwnNote, COUNTS),
        ("another named there", at(Person), log(D), LINKED, not(PassedOverReason::OtherPersonsNote)),
        ("log item, undated note", at(Other), log(D), LINKED, COUNTS),
        ("log item, owner note", at(Owner), log(D), LINKED, not(PassedOverReason::OwnerNote)),
    ]);
}

#[test]
fn links_count_in_dated_notes_and_only_on_dated_lines_elsewhere() {
    let headed = || line(D).dated_by(DatedBy::Heading);
    check([
        ("daily", at(Daily), line(D), LINKED, COUNTS),
        ("daily, under a dated heading", at(Daily), headed(), LINKED, COUNTS),
        ("other dated", at(Dated), line(D), LINKED, COUNTS),
        ("weekly, no own date", at(Periodic), line(D), LINKED, not(PassedOverReason::Periodic)),
        ("weekly, dated heading only", at(Periodic), headed(), LINKED, not(PassedOverReason::Periodic)),
        ("weekly, own date", at(Periodic), log(D), LINKED, COUNTS),
        ("undated, no own date", at(Other), line(D), LINKED, not(PassedOverReason::Periodic)),
    ]);
}

#[test]
fn a_meeting_counts_for_its_attendees_else_for_its_links() {
    let listed = Surroundings { attendees: Attendees::Listed, ..at(Meeting) };
    let attendees = || line(D).source(EntrySource::Attendees);
    check([
        ("attendee", listed, attendees(), LINKED, COUNTS),
        ("body link beside attendees", listed, line(D), LINKED, not(PassedOverReason::MeetingHasAttendees)),
        ("body link without attendees", at(Meeting), line(D), LINKED, COUNTS),
        ("dated line beside attendees", listed, log(D), LINKED, COUNTS),
        (
            "ticked action item beside attendees",
            listed,
            line(D).task(TaskState::Done),
            LINKED,
            not(PassedOverReason::MeetingHasAttendees),
        ),
        (
            "the same with a done date",
            listed,
            line(D).task(TaskState::Done).dated_by(DatedBy::DoneDate),
            LINKED,
            COUNTS,
        ),
    ]);
}

#[test]
fn a_planned_meeting_is_a_plan_and_a_cancelled_one_nothing() {
    let plan = Verdict::Plan(PlanKind::MeetingNote);
    let held = |held, attendees| Surroundings { kind: Meeting, held, attendees };
    let attendees = || line(D).source(EntrySource::Attendees);
    check([
        ("planned, attendee", held(Held::Planned, Attendees::Listed), attendees(), LINKED, plan),
        ("planned, body link", held(Held::Planned, Attendees::Absent), line(D), LINKED, plan),
        (
            "cancelled, attendee",
            held(Held::Cancelled, Attendees::Listed),
            attendees(),
            LINKED,
            not(PassedOverReason::Cancelled),
        ),
        (
            "cancelled, body link",
            held(Held::Cancelled, Attendees::Absent),
            line(D),
            LINKED,
            not(PassedOverReason::Cancelled),
        ),
        ("cancelled, dated line", held(Held::Cancelled, Attendees::Absent), log(D), LINKED, COUNTS),
    ]);
}

#[test]
fn an_event_counts_only_who_was_met_ticked_tasks_and_dated_lines() {
    let planned = Surroundings { held: Held::Planned, ..at(Event) };
    let cancelled = Surroundings { held: Held::Cancelled, ..at(Event) };
    let met = || line(D).source(EntrySource::Met);
    let only_met = not(PassedOverReason::EventOnlyCountsMet);
    check([
        ("met", at(Event), met(), LINKED, COUNTS),
        ("attendee", at(Event), line(D).source(EntrySource::Attendees), LINKED, only_met),
        ("body link", at(Event), line(D), LINKED, only_met),
        ("ticked task", at(Event), line(D).task(TaskState::Done), LINKED, COUNTS),
        ("dated line", at(Event), log(D), LINKED, COUNTS),
        ("met, planned", planned, met(), LINKED, Verdict::Plan(PlanKind::MeetingNote)),
        ("met, cancelled", cancelled, met(), LINKED, not(PassedOverReason::Cancelled)),
    ]);
}

#[test]
fn front_matter_of_a_dated_note_counts_attendees_only() {
    let key = || line(D).source(EntrySource::FrontMatter);
    check([
        ("daily, attendees", at(Daily), line(D).source(EntrySource::Attendees), LINKED, COUNTS),
        ("daily, another key", at(Daily), key(), LINKED, not(PassedOverReason::FrontMatter)),
        ("meeting, another key", at(Meeting), key(), LINKED, not(PassedOverReason::FrontMatter)),
    ]);
}

#[test]
fn only_ticked_boxes_count_and_an_open_one_with_its_own_date_is_a_plan() {
    use TaskState::{Cancelled, Done, Open};
    let plan = Verdict::Plan(PlanKind::DatedTask);
    let open = not(PassedOverReason::OpenTask);
    let linked_day = || log(D).source(EntrySource::LinkDate).task(Open);
    check([
        ("ticked, by the note's day", at(Daily), line(D).task(Done), LINKED, COUNTS),
        ("ticked, by done date", at(Other), line(D).task(Done).dated_by(DatedBy::DoneDate), LINKED, COUNTS),
        ("ticked in an undated note", at(Other), line(D).task(Done), LINKED, not(PassedOverReason::Periodic)),
        ("ticked log item", at(Person), log(D).task(Done), Whom::OwnNote, COUNTS),
        ("open, by the note's day", at(Daily), line(D).task(Open), LINKED, open),
        ("open, starts with a date", at(Daily), log(D).task(Open), LINKED, plan),
        ("open, starts with a date, own note", at(Person), log(D).task(Open), Whom::OwnNote, plan),
        ("open, under a dated heading", at(Daily), log(D).task(Open).dated_by(DatedBy::Heading), LINKED, open),
        ("open, links a day", at(Person), linked_day(), Whom::OwnNote, open),
        ("cancelled", at(Daily), log(D).task(Cancelled), LINKED, not(PassedOverReason::CancelledTask)),
    ]);
}

#[test]
fn what_is_set_apart_from_plain_text_never_counts() {
    let table = [
        (Setting::Quote, PassedOverReason::Quote),
        (Setting::Code, PassedOverReason::Code),
        (Setting::Comment, PassedOverReason::Comment),
        (Setting::Struck, PassedOverReason::Struck),
        (Setting::Embed, PassedOverReason::Embed),
        (Setting::Field, PassedOverReason::Field),
    ];
    for (setting, reason) in table {
        let link = verdict(at(Daily), &line(D).0, Whom::Link(setting));
        assert_eq!(link, not(reason), "link in {setting:?}");
        let whole = verdict(at(Person), &log(D).setting(setting).0, Whom::OwnNote);
        assert_eq!(whole, not(reason), "line in {setting:?}");
    }
    assert_eq!(verdict(at(Daily), &line(D).0, LINKED), COUNTS);
}

#[test]
fn skips_and_snoozes_are_no_contact_and_other_moves_change_nothing() {
    use MoveKind::{Got, Skip, Snooze};
    check([
        ("skip", at(Person), log(D).moved(Skip), Whom::OwnNote, Verdict::Skip),
        ("snooze", at(Person), log(D).moved(Got).moved(Snooze), Whom::OwnNote, Verdict::Snooze),
        ("skip by link", at(Daily), line(D).moved(Skip), LINKED, Verdict::Skip),
        ("open box", at(Daily), line(D).moved(Skip).task(TaskState::Open), LINKED, not(PassedOverReason::OpenTask)),
        ("got", at(Person), log(D).moved(Got), Whom::OwnNote, COUNTS),
    ]);
}
