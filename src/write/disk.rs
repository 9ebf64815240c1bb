//! The one place that changes the vault: looks at targets, and carries out a plan.
//!
//! A file is written whole to a temporary file beside it, given the target's mode and owner, flushed to the disk, and
//! put in its place by one rename, after the target has been read again and found to be what the plan saw. So a
//! crash or a full disk leaves the old file, and a rival's save is planned for anew. What is absent: the recovery
//! folder (only generated text is replaced here, and every line of a person is in the new text) and the clock.

mod stray;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::generated::GeneratedFile;
use super::plan::{Change, Edit, Plan, Standing, Step, step};
use super::refusal::Refusal;
use super::target::{TargetPath, are_twins};

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
    let mut outcome = Outcome::default();
    let mut swept = BTreeSet::new();
    for Change { file, edit } in &plan.changes {
        let target = file.target().clone();
        match write_until_settled(root, file, edit.clone(), &mut swept) {
            Ok(Some(edit)) => outcome.written.push(Written { target, edit }),
            Ok(None) => outcome.unchanged.push(target),
            Err(Stop::Refused(refusal)) => outcome.refused.push((target, refusal)),
            Err(Stop::Failed(error)) => outcome.failed.push((target, error)),
        }
    }
    outcome
}

/// Why one file is not written.
#[derive(Debug)]
enum Stop {
    Refused(Refusal),
    Failed(io::Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Failed(error)
    }
}

/// Where a target is on this disk.
enum Place {
    /// Not there; the folders above it may be missing too.
    Absent(PathBuf),
    /// Not there, but a twin of its name is.
    Taken(String),
    /// There, links followed.
    File(PathBuf, Metadata),
}

/// Whether one attempt put the file in place, or found the target changed.
enum Attempt {
    Done,
    Changed,
}

/// The edit that was made, or none if the file turned out to be right.
fn write_until_settled(
    root: &Path,
    file: &GeneratedFile,
    mut edit: Edit,
    swept: &mut BTreeSet<PathBuf>,
) -> Result<Option<Edit>, Stop> {
    for _ in 0..TRIES {
        match write(root, file.target(), &edit, swept)? {
            Attempt::Done => return Ok(Some(edit)),
            Attempt::Changed => match step(file, read(&find(root, file.target())?)?)? {
                Step::Edit(again) => edit = again,
                Step::Nothing | Step::Unchanged => return Ok(None),
            },
        }
    }
    Err(Refusal::KeepsChanging.into())
}

fn write(root: &Path, target: &TargetPath, edit: &Edit, swept: &mut BTreeSet<PathBuf>) -> Result<Attempt, Stop> {
    match (edit, find(root, target)?) {
        (Edit::Create { text }, Place::Absent(path)) => create(root, target, &path, text, swept),
        (Edit::Replace { old, new, .. }, Place::File(path, metadata)) => {
            let temp = temp_beside(&path, new, Some(&metadata), swept)?;
            if !still_holds(root, target, &path, old)? {
                return Ok(Attempt::Changed);
            }
            temp.persist(&path).map_err(|failure| failure.error)?;
            sync_folder_of(&path);
            Ok(Attempt::Done)
        }
        _ => Ok(Attempt::Changed),
    }
}

fn create(
    root: &Path,
    target: &TargetPath,
    path: &Path,
    text: &str,
    swept: &mut BTreeSet<PathBuf>,
) -> Result<Attempt, Stop> {
    if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
        fs::create_dir_all(folder)?;
        sync_folder_of(folder);
    }
    let temp = temp_beside(path, text, None, swept)?;
    // The folders exist now: a link or a twin put there meanwhile is found.
    match find(root, target)? {
        Place::Absent(now) if now == path => {}
        _ => return Ok(Attempt::Changed),
    }
    match temp.persist_noclobber(path) {
        Ok(_) => {}
        Err(failure) if failure.error.kind() == ErrorKind::AlreadyExists => return Ok(Attempt::Changed),
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
fn temp_beside(
    path: &Path,
    text: &str,
    replaced: Option<&Metadata>,
    swept: &mut BTreeSet<PathBuf>,
) -> io::Result<NamedTempFile> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut builder = Builder::new();
    builder.prefix(stray::PREFIX).suffix(stray::SUFFIX).rand_bytes(stray::RANDOM);
    if let Some(mode) = new_file_mode().filter(|_| replaced.is_none()) {
        builder.permissions(mode);
    }
    let mut temp = builder.tempfile_in(folder)?;
    if swept.insert(folder.to_path_buf()) {
        stray::sweep(folder, &temp.as_file().metadata()?);
    }
    temp.write_all(text.as_bytes())?;
    if let Some(replaced) = replaced {
        keep_owner(temp.as_file(), replaced);
        temp.as_file().set_permissions(replaced.permissions())?;
    }
    temp.as_file().sync_all()?;
    Ok(temp)
}

/// Finds where `target` is, and checks that every link on the way stays inside the vault.
fn find(root: &Path, target: &TargetPath) -> Result<Place, Stop> {
    let root = root.canonicalize()?;
    let mut folder = root.clone();
    let mut folders = target.folders();
    while let Some(name) = folders.next() {
        // Looking the name up first spares a listing of the vault's root, which may hold every note.
        let found = match entry_kind(&folder.join(name))? {
            Some(_) => Found::Name(name.into()),
            None => twin_in(&folder, name)?,
        };
        match found {
            Found::Name(name) => folder = follow(&root, &folder.join(name))?,
            Found::Twin(by) => return Ok(Place::Taken(by)),
            Found::Nothing => {
                let missing = folders.fold(folder.join(name), |path, name| path.join(name));
                return Ok(Place::Absent(missing.join(target.name())));
            }
        }
        if !folder.is_dir() {
            return Err(Refusal::NotAFolder { name: name.into() }.into());
        }
    }
    let path = match twin_in(&folder, target.name())? {
        Found::Name(name) => follow(&root, &folder.join(name))?,
        Found::Twin(by) => return Ok(Place::Taken(by)),
        Found::Nothing => return Ok(Place::Absent(folder.join(target.name()))),
    };
    let metadata = fs::metadata(&path)?;
    if metadata.is_file() { Ok(Place::File(path, metadata)) } else { Err(Refusal::NotAFile.into()) }
}

/// What a folder holds by a name.
enum Found {
    /// The name itself, in the bytes the disk has for it.
    Name(OsString),
    /// Only a twin of it.
    Twin(String),
    /// Neither.
    Nothing,
}

/// Looks for `name` and its twins in `folder`. Two names that would be one file elsewhere are both left alone.
fn twin_in(folder: &Path, name: &str) -> Result<Found, Stop> {
    let mut twins = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?.file_name();
        if entry.to_str().is_some_and(|entry| are_twins(entry, name)) {
            twins.push(entry);
        }
    }
    twins.sort();
    let text = |name: &OsString| name.to_string_lossy().into_owned();
    match twins.as_slice() {
        [] => Ok(Found::Nothing),
        // The disk itself takes both for one name, or the letters are only composed differently.
        [only] if entry_kind(&folder.join(name))?.is_some() || is_composed_as(&text(only), name) => {
            Ok(Found::Name(only.clone()))
        }
        [only] => Ok(Found::Twin(text(only))),
        [first, second, ..] => {
            let other = if first.as_os_str() == name { second } else { first };
            Err(Refusal::Twin { name: text(other) }.into())
        }
    }
}

fn is_composed_as(name: &str, wanted: &str) -> bool {
    crate::model::fold::nfc(name) == wanted
}

/// The kind of what has this path, links not followed; none if nothing has.
fn entry_kind(path: &Path) -> io::Result<Option<fs::FileType>> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The real path, which must lie in the vault.
fn follow(root: &Path, path: &Path) -> Result<PathBuf, Stop> {
    let real = path.canonicalize().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Stop::Refused(Refusal::LinkBroken),
        _ => Stop::Failed(error),
    })?;
    if real.starts_with(root) { Ok(real) } else { Err(Refusal::LinkOutside.into()) }
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

#[cfg(unix)]
fn hard_links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn hard_links(_: &Metadata) -> u64 {
    1
}

/// What the process's mask leaves of "everyone may read and write", as for any file an editor creates.
#[cfg(unix)]
fn new_file_mode() -> Option<Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_mode() -> Option<Permissions> {
    None
}

/// Gives the new file the owner and group of the old one, so that a run by root or in a shared folder locks nobody
/// out. Who may not give files away keeps what the folder gives: the write itself must not fail for that.
#[cfg(unix)]
fn keep_owner(file: &File, replaced: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(now) = file.metadata() else { return };
    if (now.uid(), now.gid()) != (replaced.uid(), replaced.gid())
        && fchown(file, Some(replaced.uid()), Some(replaced.gid())).is_err()
    {
        let _ = fchown(file, None, Some(replaced.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Makes the rename last through a power cut. Some network disks cannot; the file itself is safe by then, so that
/// is no failure.
#[cfg(unix)]
fn sync_folder_of(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(not(unix))]
fn sync_folder_of(_: &Path) {}

#[cfg(test)]
mod tests;
