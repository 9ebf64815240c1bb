//! From what notes say about someone to their record: the timeline, the ties, the cadence. It is made of the notes that
//! speak of them alone, so what a save changes about few people costs no more than those few.

use crate::model::moves::MoveKind;
use crate::model::note::Note;

use super::cadence::{Benefit, CadenceRules};
use super::collate::Collation;
use super::identity::{Identities, Someone};
use super::options::IndexOptions;
use super::record::{Evidence, PassedOverReason, PersonRecord, Tie};
use super::resolve::NoteId;
use super::said::{Said, Told};
use super::ties::{Ties, ties_in};
use super::timeline::{Finished, Line, Timeline};
use super::waived::set_waived_apart;

/// What records are made with.
pub(super) struct Rules<'o> {
    options: &'o IndexOptions,
    cadences: CadenceRules<'o>,
    collation: Collation,
}

impl<'o> Rules<'o> {
    /// Those of `options`.
    pub(super) fn new(options: &'o IndexOptions) -> Self {
        Rules { options, cadences: CadenceRules::new(options), collation: Collation::new() }
    }
}

/// The record of someone of whom the notes in `speaking` say something, in path order.
pub(super) fn record_of(
    who: Someone,
    speaking: &[NoteId],
    (notes, said): (&[&Note], &[Said]),
    identities: &Identities,
    rules: &Rules<'_>,
) -> Option<PersonRecord> {
    let own = *notes.get(identities.note_of(who)?.0 as usize)?;
    let (mut timeline, mut ties) = (Timeline::default(), Ties::default());
    for NoteId(id) in speaking {
        let (Some(note), Some(said)) = (notes.get(*id as usize), said.get(*id as usize)) else { continue };
        for told in said.of(who) {
            take(told, note, &mut timeline, &mut ties);
        }
    }
    let mut record = record(own, timeline.finish(), ties.finish(), rules)?;
    if who != Someone::Owner {
        set_waived_apart(&mut record, rules.options);
    }
    Some(record)
}

/// Takes in one thing that `note` says.
fn take(told: Told, note: &Note, timeline: &mut Timeline, ties: &mut Ties) {
    let tie = |at: u32| ties_in(note.person.as_deref()?).nth(at as usize);
    match told {
        Told::Keys => {
            if let Some(person) = &note.person {
                timeline.add_keys(&note.path, person);
            }
        }
        Told::Entry { entry, item, verdict } => {
            if let Some(entry) = note.entries.get(entry as usize) {
                let item = item.and_then(|item| entry.nested.get(item as usize));
                timeline.add(&note.path, note.kind, Line { entry, item }, verdict);
            }
        }
        Told::Undated { line, reason } => {
            if let Some(line) = note.undated.get(line as usize) {
                timeline.add_undated(&note.path, line, reason);
            }
        }
        Told::Tie { tie: at, to } => {
            if let Some((link, kind)) = tie(at) {
                ties.add_own(to, link, kind);
            }
        }
        Told::TiedBy { tie: at, from } => {
            if let Some((_, kind)) = tie(at) {
                ties.add_inferred(from, &kind);
            }
        }
    }
}

fn record(note: &Note, timeline: Finished, ties: Vec<Tie>, rules: &Rules<'_>) -> Option<PersonRecord> {
    let person = note.person.clone()?;
    let Finished { contacts, plans, passed_over, skips, snoozes, waived, meeting_days } = timeline;
    let got = |evidence: &Evidence| evidence.moves.iter().any(|moved| moved.kind == MoveKind::Got);
    let told = passed_over.iter().filter(|passed| tells_of_help(passed.reason)).map(|passed| &passed.evidence);
    let benefit = match contacts.iter().flat_map(|contact| &contact.evidence).chain(told).any(got) {
        true => Benefit::Received,
        false => Benefit::None,
    };
    Some(PersonRecord {
        sort_key: rules.collation.sort_key(&person.name, person.sort_as.as_deref(), note.path.as_str()),
        cadence: rules.cadences.cadence_of(&person, &note.tags),
        weight: rules.cadences.weight_of(&person, benefit),
        tags: note.tags.iter().map(|tag| tag.name.clone()).collect(),
        path: note.path.clone(),
        person,
        contacts,
        plans,
        passed_over,
        skips,
        snoozes,
        waived,
        meeting_days,
        ties,
    })
}

/// Lines that are no contact only because of where they stand still tell what was given.
fn tells_of_help(reason: PassedOverReason) -> bool {
    use PassedOverReason::{EventOnlyCountsMet, MeetingHasAttendees, Periodic};
    matches!(reason, EventOnlyCountsMet | MeetingHasAttendees | Periodic)
}
