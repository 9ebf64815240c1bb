//! From notes to the index, in one pass over people and one over all notes. Nothing depends on the order in which the
//! notes were read, nor on today.

use std::borrow::Borrow;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelExtend, ParallelIterator};

use crate::model::diagnostic::Diagnostic;
use crate::model::moves::MoveKind;
use crate::model::note::{FrontMatterOutcome, Note, NoteKind};

use super::cadence::{Benefit, CadenceRules};
use super::checks::{check_person, last_contact_behind};
use super::collate::Collation;
use super::gather::{Gathered, gather, is_person};
use super::options::IndexOptions;
use super::record::{Counts, Evidence, Index, PassedOverReason, PersonRecord, Tie};
use super::timeline::{Finished, Timeline};
use super::twins::check_twins;
use super::waived::set_waived_apart;

/// The index of `notes`, with `diagnostics` of reading them. The same for every order of the notes.
pub fn build_index<N: Borrow<Note>>(notes: &[N], mut diagnostics: Vec<Diagnostic>, options: &IndexOptions) -> Index {
    let mut notes: Vec<&Note> = notes.iter().map(Borrow::borrow).collect();
    notes.sort_by(|a, b| a.path.cmp(&b.path));
    let counts = counts_of(&notes);
    let (gathered, twins) = rayon::join(|| gather(&notes), || check_twins(&notes));
    let Gathered { timelines, follow_ups, closed, affairs, answers, meetings, ledger, ties, findings } = gathered;
    diagnostics.extend(findings);
    diagnostics.extend(twins);

    let (collation, rules) = (Collation::new(), CadenceRules::new(options));
    let is_owner = |note: &&Note| note.kind == NoteKind::Owner && note.person.is_some();
    let owner = notes
        .iter()
        .copied()
        .find(is_owner)
        .and_then(|note| record(note, Timeline::default().finish(), ties.owner, &collation, &rules));
    let of_people: Vec<_> = notes.into_iter().filter(|note| is_person(note)).zip(timelines).zip(ties.people).collect();
    let people: Vec<PersonRecord> = of_people
        .into_par_iter()
        .filter_map(|((note, timeline), ties)| {
            let mut record = record(note, timeline.finish(), ties, &collation, &rules)?;
            set_waived_apart(&mut record, options);
            Some(record)
        })
        .collect();
    diagnostics.par_extend(people.par_iter().flat_map_iter(check_person));
    diagnostics.sort_by(|a, b| {
        (&a.path, a.position, a.span, a.code, &a.arguments).cmp(&(&b.path, b.position, b.span, b.code, &b.arguments))
    });
    diagnostics.dedup();
    let mut dated_diagnostics: Vec<_> = people.iter().filter_map(last_contact_behind).collect();
    dated_diagnostics.sort_by(|(from, a), (later, b)| (from, &a.path).cmp(&(later, &b.path)));
    let owner = owner.map(Box::new);
    Index {
        people,
        owner,
        follow_ups,
        closed,
        affairs,
        answers,
        meetings,
        ledger,
        diagnostics,
        dated_diagnostics,
        counts,
    }
}

/// Our own reports are counted as a kind only: were they notes, the reports that tell of notes would differ on the
/// second run.
fn counts_of(notes: &[&Note]) -> Counts {
    let mut counts = Counts::default();
    for note in notes {
        *counts.kinds.entry(note.kind).or_default() += 1;
        if note.kind == NoteKind::Generated {
            continue;
        }
        counts.notes += 1;
        if note.front_matter != FrontMatterOutcome::Absent {
            *counts.front_matter.entry(note.front_matter).or_default() += 1;
        }
    }
    counts
}

fn record(
    note: &Note,
    timeline: Finished,
    ties: Vec<Tie>,
    collation: &Collation,
    rules: &CadenceRules<'_>,
) -> Option<PersonRecord> {
    let person = note.person.clone()?;
    let Finished { contacts, plans, passed_over, skips, snoozes, waived, meeting_days } = timeline;
    let got = |evidence: &Evidence| evidence.moves.iter().any(|moved| moved.kind == MoveKind::Got);
    let told = passed_over.iter().filter(|passed| tells_of_help(passed.reason)).map(|passed| &passed.evidence);
    let benefit = match contacts.iter().flat_map(|contact| &contact.evidence).chain(told).any(got) {
        true => Benefit::Received,
        false => Benefit::None,
    };
    Some(PersonRecord {
        sort_key: collation.sort_key(&person.name, person.sort_as.as_deref(), note.path.as_str()),
        cadence: rules.cadence_of(&person, &note.tags),
        weight: rules.weight_of(&person, benefit),
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

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
