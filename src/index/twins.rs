//! Notes that get in each other's way: two about the owner, two people of one name. Twin paths are told by `vault`.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::fold::fold;
use crate::model::note::{Note, NoteKind};

/// Findings about `notes`, which are in path order.
pub(super) fn check_twins(notes: &[&Note]) -> Vec<Diagnostic> {
    let mut findings = owners(notes);
    findings.extend(names(notes));
    findings
}

fn owners(notes: &[&Note]) -> Vec<Diagnostic> {
    let mut owners = notes.iter().filter(|note| note.kind == NoteKind::Owner);
    let Some(first) = owners.next() else { return Vec::new() };
    owners.map(|other| Finding::new("several-owners", [first.path.as_str()]).about(&other.path)).collect()
}

/// Two notes of one name stay two people: only their user can tell.
fn names(notes: &[&Note]) -> Vec<Diagnostic> {
    let people = notes.iter().copied().filter(|note| note.kind == NoteKind::Person);
    let named = people.filter_map(|note| Some((fold(&note.person.as_ref()?.name), note)));
    let twins = grouped(named.filter(|(name, _)| !name.is_empty()));
    let told = |note: &Note, other: &Note| {
        let name = note.person.as_ref().map(|person| &*person.name).unwrap_or_default();
        Finding::new("same-name", [name, other.path.as_str()]).about(&note.path)
    };
    twins.iter().map(|(note, other)| told(note, other)).collect()
}

/// Each note that shares its key, with another of that key: the next, and the first for the last.
fn grouped<'n>(keyed: impl Iterator<Item = (String, &'n Note)>) -> Vec<(&'n Note, &'n Note)> {
    let mut groups: BTreeMap<String, Vec<&Note>> = BTreeMap::new();
    for (key, note) in keyed {
        groups.entry(key).or_default().push(note);
    }
    let shared = groups.values().filter(|notes| notes.len() > 1);
    shared.flat_map(|notes| notes.iter().copied().zip(notes.iter().copied().cycle().skip(1))).collect()
}
