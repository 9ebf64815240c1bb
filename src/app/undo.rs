//! Taking back what a run wrote: what `undo` wants of the notes, before any is looked at.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};

use crate::model::path::NotePath;
use crate::state::folder::State;
use crate::state::listing::Run;
use crate::state::record::{EditKind, Kept, KeptAs, Record, hash};
use crate::write::intent::{Intent, Restore};
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

/// What it takes to undo a run.
#[derive(Debug, Default)]
pub struct Undo {
    /// One for each note.
    pub intents: Vec<Intent>,
    /// Notes that cannot be taken back, and why.
    pub refused: Vec<(TargetPath, Refusal)>,
}

/// What it takes to undo `run`. Several writes to one note are taken back to before the first.
///
/// # Errors
/// Our own folder cannot be read.
pub fn undo_of(run: &Run, state: &State) -> io::Result<Undo> {
    let mut of_note: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for write in &run.writes {
        of_note.entry(&write.path).or_default().push(write);
    }
    let mut undo = Undo::default();
    for (path, writes) in of_note {
        // A path that leads elsewhere is none that we wrote.
        let Ok(target) = TargetPath::existing(&NotePath::new(path)) else { continue };
        match restore(target.clone(), &writes, state)? {
            Ok(restore) => undo.intents.push(Intent::Restore(restore)),
            Err(refusal) => undo.refused.push((target, refusal)),
        }
    }
    Ok(undo)
}

/// Remembers that a note already was as before a run, so that the run counts as taken back.
///
/// # Errors
/// Whatever the disk says.
pub fn note_undone(restore: &Restore, state: &State) -> io::Result<()> {
    let kept = Kept {
        path: restore.target.as_str().to_owned(),
        kept_as: KeptAs::Nothing,
        edit: restore.kind,
        before: None,
        after: None,
        undoes: restore.undoes.clone(),
    };
    state.note_created(&kept).map(drop)
}

fn restore(target: TargetPath, writes: &[&Record], state: &State) -> io::Result<Result<Restore, Refusal>> {
    let (Some(first), Some(last)) = (writes.first(), writes.last()) else { return Ok(Err(Refusal::CopyGone)) };
    // A person saved between two of our writes: what they saved would be lost.
    if writes.iter().zip(writes.iter().skip(1)).any(|(one, next)| one.after != next.before) {
        return Ok(Err(Refusal::ChangedSince));
    }
    let Some(expected) = last.after.clone() else { return Ok(Err(Refusal::CopyGone)) };
    let text = match first.kept_as {
        KeptAs::Created => None,
        _ => match state.kept_bytes(&first.id) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Err(Refusal::CopyGone)),
            bytes => {
                let bytes = bytes?;
                let is_same = first.before.as_ref().is_some_and(|before| *before == hash(&bytes));
                match String::from_utf8(bytes) {
                    Ok(text) if is_same => Some(text),
                    _ => return Ok(Err(Refusal::CopyGone)),
                }
            }
        },
    };
    let undoes = writes.iter().map(|write| write.id.clone()).collect();
    Ok(Ok(Restore { target, expected, text, kind: EditKind::Undo, undoes }))
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
