//! Where a target is on this disk: names by their own bytes, twins, and links, which must stay inside the vault.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::disk::{Disk, FileKind, Stat};
use crate::model::fold::nfc;

use super::refusal::Refusal;
use super::target::{TargetPath, are_twins};

/// Where a target is on this disk.
pub(super) enum Place {
    /// Not there; the folders above it may be missing too.
    Absent(PathBuf),
    /// Not there, but a twin of its name is.
    Taken(String),
    /// There.
    File(PlacedFile),
}

/// A file that is there.
pub(super) struct PlacedFile {
    /// Its real path, links followed.
    pub(super) path: PathBuf,
    /// What the disk says of it.
    pub(super) stat: Stat,
    /// The folder its own name stands in, which is another if that name is a link.
    pub(super) folder: PathBuf,
    /// All names in that folder.
    pub(super) names: Vec<OsString>,
}

/// Why one file is not written.
#[derive(Debug)]
pub(super) enum Stop {
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

/// Finds where `target` is, and checks that every link on the way stays inside the vault.
pub(super) fn find(disk: &dyn Disk, root: &Path, target: &TargetPath) -> Result<Place, Stop> {
    let root = disk.real_path(root)?;
    let mut folder = root.clone();
    let mut folders = target.folders();
    while let Some(name) = folders.next() {
        // Looking the name up first spares a listing of the vault's root, which may hold every note.
        let found = match entry_kind(disk, &folder.join(name))? {
            Some(_) => Found::Name(name.into()),
            None => twin_among(disk, &folder, &disk.list(&folder)?, name)?,
        };
        match found {
            Found::Name(name) => folder = follow(disk, &root, &folder.join(name))?,
            Found::Twin(by) => return Ok(Place::Taken(by)),
            Found::Nothing => {
                let missing = folders.fold(folder.join(name), |path, name| path.join(name));
                return Ok(Place::Absent(missing.join(target.name())));
            }
        }
        if disk.stat(&folder)?.kind != FileKind::Folder {
            return Err(Refusal::NotAFolder { name: name.into() }.into());
        }
    }
    let names = disk.list(&folder)?;
    let path = match twin_among(disk, &folder, &names, target.name())? {
        Found::Name(name) => follow(disk, &root, &folder.join(name))?,
        Found::Twin(by) => return Ok(Place::Taken(by)),
        Found::Nothing => return Ok(Place::Absent(folder.join(target.name()))),
    };
    let stat = disk.stat(&path)?;
    if stat.kind != FileKind::File {
        return Err(Refusal::NotAFile.into());
    }
    Ok(Place::File(PlacedFile { path, stat, folder, names }))
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

/// Looks for `name` and its twins among the `names` in `folder`. Two names that would be one file elsewhere are both left alone.
fn twin_among(disk: &dyn Disk, folder: &Path, names: &[OsString], name: &str) -> Result<Found, Stop> {
    let is_twin = |entry: &&OsString| entry.to_str().is_some_and(|entry| are_twins(entry, name));
    let mut twins: Vec<&OsString> = names.iter().filter(is_twin).collect();
    twins.sort();
    let text = |name: &OsString| name.to_string_lossy().into_owned();
    match twins.as_slice() {
        [] => Ok(Found::Nothing),
        // The disk itself takes both for one name, or the letters are only composed differently.
        [only] if entry_kind(disk, &folder.join(name))?.is_some() || is_composed_as(&text(only), name) => {
            Ok(Found::Name((*only).clone()))
        }
        [only] => Ok(Found::Twin(text(only))),
        [first, second, ..] => {
            let other = if first.as_os_str() == name { second } else { first };
            Err(Refusal::Twin { name: text(other) }.into())
        }
    }
}

fn is_composed_as(name: &str, wanted: &str) -> bool {
    nfc(name) == wanted
}

/// The kind of what has this path, links not followed; none if nothing has.
fn entry_kind(disk: &dyn Disk, path: &Path) -> io::Result<Option<FileKind>> {
    match disk.stat_link(path) {
        Ok(stat) => Ok(Some(stat.kind)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The real path, which must lie in the vault.
fn follow(disk: &dyn Disk, root: &Path, path: &Path) -> Result<PathBuf, Stop> {
    let real = disk.real_path(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Stop::Refused(Refusal::LinkBroken),
        _ => Stop::Failed(error),
    })?;
    if real.starts_with(root) { Ok(real) } else { Err(Refusal::LinkOutside.into()) }
}
