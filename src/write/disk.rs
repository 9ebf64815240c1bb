//! The one place that changes the vault: looks at targets, and carries out a plan.
//!
//! A file is written whole to a temporary file beside it, given the target's mode and owner, flushed to the disk, and
//! put in its place by one rename, after the target has been read again and found to be what the plan saw. So a
//! crash or a full disk leaves the old file, and a rival's save is planned for anew. What is absent: the clock, and a
//! copy of what was replaced (every line of a person is in the new text; a save that falls between the second reading
//! and the rename, some microseconds, is not seen).

mod place;
mod platform;
mod stray;

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use self::place::{Place, Stop, find};
use self::platform::{hard_links, keep_owner, new_file_mode, sync_folder_of};
use super::generated::GeneratedFile;
use super::plan::{Change, Edit, Plan, Standing, Step, step};
use super::refusal::Refusal;
use super::target::TargetPath;

/// The largest file that is read, in bytes. A report on very many people is larger than any note, but not this large.
const READ_LIMIT: u64 = 256 << 20;

/// How often a file that changes under our hands is planned for again.
const TRIES: usize = 3;

/// What came of a plan.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files created or replaced, in the order of the plan.
    pub written: Vec<Written>,
    /// Files that somebody else had brought to the wanted text meanwhile.
    pub unchanged: Vec<TargetPath>,
    /// Files left as they were, and why.
    pub refused: Vec<(TargetPath, Refusal)>,
    /// Files that could not be written; the old file stands.
    pub failed: Vec<(TargetPath, io::Error)>,
}

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub target: TargetPath,
    /// What was done; after a rival's save it may differ from the plan.
    pub edit: Edit,
}

/// What stands at `target` in the vault at `root`.
///
/// # Errors
/// Whatever keeps the program from knowing: an unreadable folder or file, a vault that is not there.
pub fn look(root: &Path, target: &TargetPath) -> io::Result<Standing> {
    match find(root, target).and_then(|place| read(&place)) {
        Ok(standing) => Ok(standing),
        Err(Stop::Refused(refusal)) => Ok(Standing::Refused(refusal)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Carries out `plan` in the vault at `root`. One file's trouble stops no other.
pub fn apply(root: &Path, plan: &Plan) -> Outcome {
    clear_leftovers(root, plan);
    let mut outcome = Outcome::default();
    for Change { file, edit } in &plan.changes {
        let target = file.target().clone();
        match write_until_settled(root, file, edit.clone()) {
            Ok(Some(edit)) => outcome.written.push(Written { target, edit }),
            Ok(None) => outcome.unchanged.push(target),
            Err(Stop::Refused(refusal)) => outcome.refused.push((target, refusal)),
            Err(Stop::Failed(error)) => outcome.failed.push((target, error)),
        }
    }
    outcome
}

/// Clears the folders that `plan` looked at of what a crash left there; unchanged files have a folder too.
fn clear_leftovers(root: &Path, plan: &Plan) {
    let changed = plan.changes.iter().map(|change| change.file.target());
    let places = changed.chain(&plan.unchanged).filter_map(|target| match find(root, target) {
        Ok(Place::Absent(path) | Place::File(path, _)) => path.parent().map(Path::to_path_buf),
        _ => None,
    });
    let folders: BTreeSet<PathBuf> = places.collect();
    folders.iter().for_each(|folder| stray::sweep(folder));
}

/// Whether one attempt put the file in place, or found the target changed.
enum Attempt {
    Done,
    Changed,
}

/// The edit that was made, or none if the file turned out to be right.
fn write_until_settled(root: &Path, file: &GeneratedFile, mut edit: Edit) -> Result<Option<Edit>, Stop> {
    for _ in 0..TRIES {
        match write(root, file.target(), &edit)? {
            Attempt::Done => return Ok(Some(edit)),
            Attempt::Changed => match step(file, read(&find(root, file.target())?)?)? {
                Step::Edit(again) => edit = again,
                Step::Nothing | Step::Unchanged => return Ok(None),
            },
        }
    }
    Err(Refusal::KeepsChanging.into())
}

fn write(root: &Path, target: &TargetPath, edit: &Edit) -> Result<Attempt, Stop> {
    match (edit, find(root, target)?) {
        (Edit::Create { text }, Place::Absent(path)) => create(root, target, &path, text),
        (Edit::Replace { old, new, .. }, Place::File(path, metadata)) => {
            let temp = temp_beside(&path, new, Some(&metadata))?;
            if !still_holds(root, target, &path, old)? {
                return Ok(Attempt::Changed);
            }
            match temp.persist(&path) {
                Ok(_) => {}
                // Another run cleared it away between its making and its lock.
                Err(failure) if failure.error.kind() == ErrorKind::NotFound => return Ok(Attempt::Changed),
                Err(failure) => return Err(failure.error.into()),
            }
            sync_folder_of(&path);
            Ok(Attempt::Done)
        }
        _ => Ok(Attempt::Changed),
    }
}

fn create(root: &Path, target: &TargetPath, path: &Path, text: &str) -> Result<Attempt, Stop> {
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        fs::create_dir_all(folder)?;
        sync_folder_of(folder);
    }
    let temp = temp_beside(path, text, None)?;
    // The folders exist now: a link or a twin put there meanwhile is found.
    match find(root, target)? {
        Place::Absent(now) if now == path => {}
        _ => return Ok(Attempt::Changed),
    }
    match temp.persist_noclobber(path) {
        Ok(_) => {}
        Err(failure) if matches!(failure.error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => {
            return Ok(Attempt::Changed);
        }
        Err(failure) => return claim_and_replace(failure.file, path),
    }
    sync_folder_of(path);
    Ok(Attempt::Done)
}

/// Creating where the disk has neither a rename that spares what exists nor hard links (exFAT, some FUSE): an empty
/// file takes the name, exclusively, and is then renamed over.
fn claim_and_replace(temp: NamedTempFile, path: &Path) -> Result<Attempt, Stop> {
    match File::create_new(path) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(Attempt::Changed),
        Err(error) => return Err(error.into()),
    }
    if let Err(failure) = temp.persist(path) {
        // The empty file is ours, made a moment ago; left there it would be taken for somebody's.
        let _ = fs::remove_file(path);
        return Err(failure.error.into());
    }
    sync_folder_of(path);
    Ok(Attempt::Done)
}

/// Whether the target still leads to `path` and holds `old`, and may still be replaced.
fn still_holds(root: &Path, target: &TargetPath, path: &Path, old: &str) -> Result<bool, Stop> {
    let place = find(root, target)?;
    if !matches!(&place, Place::File(now, _) if now == path) {
        return Ok(false);
    }
    match read(&place)? {
        Standing::File { obstacle: Some(refusal), .. } => Err(refusal.into()),
        Standing::File { bytes, obstacle: None } => Ok(bytes == old.as_bytes()),
        _ => Ok(false),
    }
}

/// A temporary file in the folder of `path` that holds `text` on the disk, and removes itself unless renamed. It gets
/// the mode and owner of the file it will replace; a new file gets the mode any new file gets.
fn temp_beside(path: &Path, text: &str, replaced: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut builder = Builder::new();
    builder.prefix(stray::PREFIX).suffix(stray::SUFFIX).rand_bytes(stray::RANDOM);
    if let Some(mode) = new_file_mode().filter(|_| replaced.is_none()) {
        builder.permissions(mode);
    }
    let temp = builder.tempfile_in(folder).map_err(without_path)?;
    stray::claim(temp.as_file());
    temp.as_file().write_all(text.as_bytes())?;
    if let Some(replaced) = replaced {
        keep_owner(temp.as_file(), replaced);
        temp.as_file().set_permissions(replaced.permissions())?;
    }
    temp.as_file().sync_all()?;
    Ok(temp)
}

/// The system's own words: the name of a temporary file helps nobody.
fn without_path(error: io::Error) -> io::Error {
    let own = error.get_ref().and_then(|error| error.source()).and_then(|source| source.downcast_ref::<io::Error>());
    own.and_then(io::Error::raw_os_error).map_or(error, io::Error::from_raw_os_error)
}

fn read(place: &Place) -> Result<Standing, Stop> {
    let (path, metadata) = match place {
        Place::Absent(_) => return Ok(Standing::Absent),
        Place::Taken(by) => return Ok(Standing::Taken { by: by.clone() }),
        Place::File(path, metadata) => (path, metadata),
    };
    let mut bytes = Vec::new();
    let bytes_read = File::open(path)?.take(READ_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes_read as u64 > READ_LIMIT {
        return Err(Refusal::TooLarge { bytes: metadata.len() }.into());
    }
    Ok(Standing::File { bytes, obstacle: obstacle(metadata) })
}

/// What forbids replacing a file, whatever it holds.
fn obstacle(metadata: &Metadata) -> Option<Refusal> {
    let links = hard_links(metadata);
    if links > 1 {
        return Some(Refusal::HardLinks { count: links });
    }
    metadata.permissions().readonly().then_some(Refusal::ReadOnly)
}

#[cfg(test)]
mod tests;
