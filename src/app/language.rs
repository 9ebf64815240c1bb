//! The language of a vault: the one most of its notes about people are written in.

use crate::model::language::{Language, has_han};
use crate::model::note::{Note, NoteKind};

/// Chinese when at least half of the notes about people hold Chinese; without such notes, of all dated notes.
/// English when there is nothing to go by.
pub fn vault_language(notes: &[&Note]) -> Language {
    let people = |note: &&&Note| matches!(note.kind, NoteKind::Person | NoteKind::Owner);
    let of_people = share(notes.iter().filter(people).copied());
    match of_people.or_else(|| share(notes.iter().copied())) {
        Some((chinese, all)) if chinese * 2 >= all => Language::Chinese,
        _ => Language::English,
    }
}

/// How many of `notes` are Chinese, of how many; `None` without notes.
fn share<'n>(notes: impl Iterator<Item = &'n Note>) -> Option<(usize, usize)> {
    let mut chinese = 0;
    let mut all = 0;
    for note in notes {
        all += 1;
        chinese += usize::from(is_chinese(note));
    }
    (all > 0).then_some((chinese, all))
}

fn is_chinese(note: &Note) -> bool {
    let named = note.person.as_ref().is_some_and(|person| has_han(&person.name));
    named || has_han(note.path.stem()) || note.entries.iter().any(|entry| has_han(&entry.text))
}
