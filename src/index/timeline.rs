//! Each person's days of contact, plans, skips and snoozes, gathered note by note in path order. The keys of a person's
//! own note count beside the entries of every note; one person and day is one contact, and all who tell of it are kept.

use chrono::NaiveDate;

use crate::model::entry::{Entry, EntrySource, NestedItem, UndatedLine};
use crate::model::moves::{Move, MoveFieldKind, MoveKind};
use crate::model::note::NoteKind;
use crate::model::path::NotePath;
use crate::model::person::Person;

use super::contact::Verdict;
use super::record::{
    AnchorSource, Contact, Deferral, Evidence, MeetingDay, PassedOver, PassedOverReason, Plan, PlanKind,
};

/// What is gathered about one person while the notes are gone through.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    counted: Vec<(NaiveDate, Evidence)>,
    plans: Vec<Plan>,
    passed_over: Vec<PassedOver>,
    skips: Vec<Deferral>,
    snoozes: Vec<Deferral>,
    waived: Vec<Deferral>,
    meeting_days: Vec<MeetingDay>,
}

/// An entry as it tells of one person.
#[derive(Clone, Copy)]
pub(super) struct Line<'e> {
    pub(super) entry: &'e Entry,
    /// The item below the entry that names the person, where the entry's own lines do not.
    pub(super) item: Option<&'e NestedItem>,
}

/// A finished timeline, in order of days.
pub(super) struct Finished {
    pub(super) contacts: Vec<Contact>,
    pub(super) plans: Vec<Plan>,
    pub(super) passed_over: Vec<PassedOver>,
    pub(super) skips: Vec<Deferral>,
    pub(super) snoozes: Vec<Deferral>,
    pub(super) waived: Vec<Deferral>,
    pub(super) meeting_days: Vec<MeetingDay>,
}

impl Timeline {
    /// Takes in what the person's own keys say.
    pub(super) fn add_keys(&mut self, path: &NotePath, person: &Person) {
        if let Some(last) = &person.last_contact {
            self.counted.push((last.value, key_evidence(path, "last_contact", last.line, "")));
        }
        if let Some((date, line)) = person.met_on.as_ref().and_then(|met| Some((met.value.day()?, met.line))) {
            self.counted.push((date, key_evidence(path, "met_on", line, "")));
        }
        if let Some((next, date)) = person.next_contact.as_ref().and_then(|next| Some((next, next.value.date?))) {
            let evidence = key_evidence(path, "next_contact", next.line, &next.value.text);
            self.plans.push(Plan { date, kind: PlanKind::NextContact, evidence });
        }
        for skipped in &person.skipped {
            let evidence = key_evidence(path, "skipped", skipped.line, "");
            self.skips.push(Deferral { date: skipped.value, until: None, id: None, evidence });
        }
        if let Some(until) = &person.snooze_until {
            // the key does not tell when it was written, so no contact before its end can be known to be newer
            let evidence = key_evidence(path, "snooze_until", until.line, "");
            self.snoozes.push(Deferral { date: until.value, until: Some(until.value), id: None, evidence });
        }
    }

    /// Takes in an entry of the note at `path`, judged for this person.
    pub(super) fn add(&mut self, path: &NotePath, kind: NoteKind, line: Line<'_>, verdict: Verdict) {
        let (entry, evidence) = (line.entry, evidence_of(path, line));
        let date = entry.date;
        match verdict {
            Verdict::Counts => {
                if let Some(source) = meeting_source(kind, entry) {
                    self.meeting_days.push(MeetingDay { date, source });
                }
                self.add_nested_deferrals(entry, &evidence);
                self.counted.push((date, evidence));
            }
            Verdict::Plan(kind) => self.plans.push(Plan { date, kind, evidence }),
            Verdict::Skip => {
                let deferral = Deferral { date, until: None, id: entry.id, evidence: evidence.clone() };
                if waives(&entry.moves) { &mut self.waived } else { &mut self.skips }.push(deferral);
                self.passed_over.push(PassedOver { date: Some(date), reason: PassedOverReason::Skip, evidence });
            }
            Verdict::Snooze => {
                let until = until_of(entry);
                let deferral = Deferral { date, until, id: entry.id, evidence: evidence.clone() };
                if waives(&entry.moves) { &mut self.waived } else { &mut self.snoozes }.push(deferral);
                self.passed_over.push(PassedOver { date: Some(date), reason: PassedOverReason::Snooze, evidence });
            }
            Verdict::Not(reason) => self.passed_over.push(PassedOver { date: Some(date), reason, evidence }),
        }
    }

    /// Takes in a line that names this person and has no date.
    pub(super) fn add_undated(&mut self, path: &NotePath, line: &UndatedLine, reason: PassedOverReason) {
        let evidence = Evidence {
            path: path.clone(),
            line: line.line,
            source: Some(EntrySource::Line),
            key: None,
            channel: None,
            time: None,
            id: None,
            text: line.text.clone(),
            moves: Vec::new(),
        };
        self.passed_over.push(PassedOver { date: None, reason, evidence });
    }

    /// An entry may count and tell below it to snooze: "talked; back in January".
    fn add_nested_deferrals(&mut self, entry: &Entry, evidence: &Evidence) {
        for item in &entry.nested {
            let until = item.fields.iter().filter(|field| field.kind == MoveFieldKind::Until).find_map(|f| f.date);
            let evidence = || Evidence { line: item.line, text: item.text.clone(), ..evidence.clone() };
            if item.moves.iter().any(|moved| moved.kind == MoveKind::Snooze) {
                let deferral = Deferral { date: entry.date, until, id: item.id, evidence: evidence() };
                if waives(&item.moves) { &mut self.waived } else { &mut self.snoozes }.push(deferral);
            }
        }
    }

    /// Sorts and groups what was gathered.
    pub(super) fn finish(mut self) -> Finished {
        self.counted.sort_by(|a, b| (a.0, place(&a.1)).cmp(&(b.0, place(&b.1))));
        let mut contacts: Vec<Contact> = Vec::new();
        for (date, evidence) in self.counted {
            match contacts.last_mut() {
                Some(contact) if contact.date == date => contact.evidence.push(evidence),
                _ => contacts.push(Contact { date, evidence: vec![evidence] }),
            }
        }
        self.plans.sort_by(|a, b| (a.date, place(&a.evidence)).cmp(&(b.date, place(&b.evidence))));
        // a planned meeting note is one plan, on however many of its lines someone is named
        let place_of = |plan: &Plan| (plan.date, plan.kind, plan.evidence.path.clone());
        self.plans.dedup_by(|a, b| a.kind == PlanKind::MeetingNote && place_of(a) == place_of(b));
        self.passed_over.sort_by(|a, b| (a.date, place(&a.evidence)).cmp(&(b.date, place(&b.evidence))));
        for deferrals in [&mut self.skips, &mut self.snoozes, &mut self.waived] {
            deferrals.sort_by(|a, b| (a.date, place(&a.evidence)).cmp(&(b.date, place(&b.evidence))));
        }
        self.meeting_days.sort_by_key(|day| (day.date, day.source));
        self.meeting_days.dedup();
        self.meeting_days.shrink_to_fit();
        contacts.shrink_to_fit();
        contacts.iter_mut().for_each(|contact| contact.evidence.shrink_to_fit());
        self.passed_over.shrink_to_fit();
        self.plans.shrink_to_fit();
        Finished {
            contacts,
            plans: self.plans,
            passed_over: self.passed_over,
            skips: self.skips,
            snoozes: self.snoozes,
            waived: self.waived,
            meeting_days: self.meeting_days,
        }
    }
}

/// The day in the `until` field of a snooze.
pub(super) fn until_of(entry: &Entry) -> Option<NaiveDate> {
    let nested = entry.nested.iter().flat_map(|item| &item.fields);
    entry.fields.iter().chain(nested).filter(|field| field.kind == MoveFieldKind::Until).find_map(|field| field.date)
}

/// Whether a skip or snooze names another reminder than that of contact: `#skip/thanks`.
fn waives(moves: &[Move]) -> bool {
    let mut put_off = moves.iter().filter(|moved| matches!(moved.kind, MoveKind::Skip | MoveKind::Snooze)).peekable();
    put_off.peek().is_some() && put_off.all(|moved| moved.detail.is_some())
}

fn place(evidence: &Evidence) -> (&NotePath, u32) {
    (&evidence.path, evidence.line)
}

fn key_evidence(path: &NotePath, key: &'static str, line: u32, text: &str) -> Evidence {
    let (path, text) = (path.clone(), text.into());
    Evidence { path, line, source: None, key: Some(key), channel: None, time: None, id: None, text, moves: Vec::new() }
}

/// Someone named only below an entry is told of by that line and its words, where it has any.
fn evidence_of(path: &NotePath, Line { entry, item }: Line<'_>) -> Evidence {
    let words = item.map(|item| &item.text).filter(|text| !text.is_empty());
    let nested = entry.nested.iter().flat_map(|item| &item.moves);
    let moves: Vec<Move> = entry.moves.iter().chain(nested).cloned().collect();
    Evidence {
        path: path.clone(),
        line: item.map_or(entry.line, |item| item.line),
        source: Some(entry.source),
        key: None,
        channel: entry.channel,
        time: entry.time,
        id: entry.id,
        text: words.unwrap_or(&entry.text).clone(),
        moves,
    }
}

/// Whether a counted entry tells of a meeting, so that a meeting rule may count from it.
fn meeting_source(kind: NoteKind, entry: &Entry) -> Option<AnchorSource> {
    use crate::model::entry::DatedBy::{Heading, Note};
    match (kind, entry.dated_by) {
        (NoteKind::Meeting, Heading | Note) => Some(AnchorSource::MeetingNote),
        _ => matches!(entry.channel, Some("met" | "meeting")).then_some(AnchorSource::Entry),
    }
}
