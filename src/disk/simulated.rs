//! A disk in memory that forgets what was not synced when the power goes: stricter than a real one after SIGKILL, which
//! loses nothing.
//!
//! A folder's names are durable after `sync_folder`, a file's bytes after `NewFile::sync`. Renames and exchanges are
//! atomic. What is absent: symbolic links, modes, and other processes.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use super::{Access, Disk, FileKind, Held, NewFile, Stat};

/// What of the unsynced lasts through a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Survives {
    /// All of it, as after SIGKILL.
    All,
    /// None of it.
    Nothing,
    /// Names, but no bytes: the empty files of careless programs.
    Names,
}

#[derive(Clone, Debug, Default)]
struct File {
    bytes: Vec<u8>,
    durable: Vec<u8>,
}

/// Paths lead to the number of a file, or to none for a folder.
type Names = BTreeMap<PathBuf, Option<usize>>;

#[derive(Debug, Default)]
struct Tree {
    files: Vec<File>,
    names: Names,
    durable: Names,
    locked: BTreeSet<PathBuf>,
    open: BTreeSet<usize>,
    paused: Duration,
    /// What somebody else does just before the n-th exchange or rename.
    rivals: Vec<Vec<u8>>,
    rival_at: Option<PathBuf>,
    saved_over: Vec<Vec<u8>>,
}

/// The disk; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SimulatedDisk(Arc<Mutex<Tree>>);

#[derive(Debug)]
struct SimulatedFile(SimulatedDisk, usize);

#[derive(Debug)]
struct SimulatedLock(SimulatedDisk, PathBuf);

impl Held for SimulatedLock {}

impl Drop for SimulatedLock {
    fn drop(&mut self) {
        self.0.tree().locked.remove(&self.1);
    }
}

impl Drop for SimulatedFile {
    fn drop(&mut self) {
        self.0.tree().open.remove(&self.1);
    }
}

impl SimulatedDisk {
    /// A disk with these durable files and the folders above them.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let disk = SimulatedDisk::default();
        for (path, text) in files {
            disk.put(Path::new(path), text.as_bytes());
        }
        disk
    }

    fn tree(&self) -> MutexGuard<'_, Tree> {
        self.0.lock().unwrap()
    }

    /// Puts a durable file there, as a new file.
    pub(crate) fn put(&self, path: &Path, bytes: &[u8]) {
        let mut tree = self.tree();
        for folder in path.ancestors().skip(1) {
            tree.names.insert(folder.into(), None);
            tree.durable.insert(folder.into(), None);
        }
        let number = tree.add(File { bytes: bytes.into(), durable: bytes.into() });
        tree.names.insert(path.into(), Some(number));
        tree.durable.insert(path.into(), Some(number));
    }

    /// Before each of the next exchanges that concern `path`, or renames of it, somebody saves one of `versions` there, under a new file.
    pub(crate) fn rival(&self, path: &Path, versions: Vec<Vec<u8>>) {
        let mut tree = self.tree();
        tree.rival_at = Some(path.into());
        tree.rivals = versions;
        tree.rivals.reverse();
    }

    /// How many versions of the rival are still to come.
    pub(crate) fn rivals_left(&self) -> usize {
        self.tree().rivals.len()
    }

    /// What stood at the path when the rival saved.
    pub(crate) fn saved_over(&self) -> Vec<Vec<u8>> {
        self.tree().saved_over.clone()
    }

    /// The power goes and comes back.
    pub(crate) fn crash(&self, survives: Survives) {
        let mut tree = self.tree();
        tree.locked.clear();
        tree.open.clear();
        let mut names = if survives == Survives::Nothing { tree.durable.clone() } else { tree.names.clone() };
        // What lies in a folder that is gone is gone with it.
        let all = names.clone();
        names.retain(|path, _| path.ancestors().skip(1).all(|folder| all.get(folder) == Some(&None)));
        tree.names = names.clone();
        tree.durable = names;
        for file in &mut tree.files {
            if matches!(survives, Survives::Nothing | Survives::Names) {
                file.bytes = file.durable.clone();
            } else {
                file.durable = file.bytes.clone();
            }
        }
    }

    /// A disk of its own with the same files.
    pub(crate) fn fork(&self) -> Self {
        let tree = self.tree();
        let (files, names, durable) = (tree.files.clone(), tree.names.clone(), tree.durable.clone());
        SimulatedDisk(Arc::new(Mutex::new(Tree { files, names, durable, ..Tree::default() })))
    }

    /// Every file below `folder` with its bytes.
    pub(crate) fn files_below(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let tree = self.tree();
        let files = tree.names.iter().filter(|(path, _)| path.starts_with(folder));
        files.filter_map(|(path, file)| Some((path.clone(), tree.files[(*file)?].bytes.clone()))).collect()
    }

    /// How long was waited in all.
    pub(crate) fn paused(&self) -> Duration {
        self.tree().paused
    }
}

impl Tree {
    fn add(&mut self, file: File) -> usize {
        self.files.push(file);
        self.files.len() - 1
    }

    fn get(&self, path: &Path) -> io::Result<Option<usize>> {
        self.names.get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn free(&self, path: &Path) -> io::Result<()> {
        if self.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        match path.parent().map(|folder| self.get(folder)) {
            Some(Ok(None)) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn let_rival_save(&mut self, paths: [&Path; 2]) {
        let Some(path) = self.rival_at.clone().filter(|path| paths.contains(&path.as_path())) else { return };
        let Some(bytes) = self.rivals.pop() else { return };
        if let Ok(Some(file)) = self.get(&path) {
            self.saved_over.push(self.files[file].bytes.clone());
        }
        let number = self.add(File { durable: bytes.clone(), bytes });
        self.names.insert(path, Some(number));
    }
}

impl NewFile for SimulatedFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.tree().files[self.1].bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn take_after(&mut self, model: &Path) -> io::Result<()> {
        self.0.tree().get(model).map(|_| ())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut tree = self.0.tree();
        let file = &mut tree.files[self.1];
        file.durable = file.bytes.clone();
        Ok(())
    }
}

impl Disk for SimulatedDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let tree = self.tree();
        let file = tree.get(path)?;
        let kind = if file.is_some() { FileKind::File } else { FileKind::Folder };
        let size = file.map_or(0, |file| tree.files[file].bytes.len() as u64);
        let links = tree.names.values().filter(|other| file.is_some() && **other == file).count() as u64;
        Ok(Stat { kind, size, links, read_only: false, placeholder: false })
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        self.stat(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.stat(path).map(|_| path.into())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let tree = self.tree();
        tree.get(folder)?;
        let names = tree.names.keys().filter(|path| path.parent() == Some(folder));
        Ok(names.filter_map(|path| path.file_name()).map(OsString::from).collect())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let tree = self.tree();
        let file = tree.get(path)?.ok_or(ErrorKind::InvalidInput)?;
        let bytes = tree.files[file].bytes.clone();
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn make_folder(&self, path: &Path, _: Access) -> io::Result<()> {
        let mut tree = self.tree();
        tree.free(path)?;
        tree.names.insert(path.into(), None);
        Ok(())
    }

    fn create(&self, path: &Path, _: Access) -> io::Result<Box<dyn NewFile>> {
        let mut tree = self.tree();
        tree.free(path)?;
        let number = tree.add(File::default());
        tree.names.insert(path.into(), Some(number));
        tree.open.insert(number);
        Ok(Box::new(SimulatedFile(self.clone(), number)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut tree = self.tree();
        tree.let_rival_save([from, from]);
        let file = tree.get(from)?;
        tree.names.remove(from);
        tree.names.insert(to.into(), file);
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.tree().get(from)?;
        self.tree().free(to)?;
        self.rename(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        let mut tree = self.tree();
        tree.let_rival_save([a, b]);
        let (of_a, of_b) = (tree.get(a)?, tree.get(b)?);
        tree.names.insert(a.into(), of_b);
        tree.names.insert(b.into(), of_a);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut tree = self.tree();
        tree.get(path)?.ok_or(ErrorKind::IsADirectory)?;
        tree.names.remove(path);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut tree = self.tree();
        tree.get(folder)?;
        let is_in = |path: &PathBuf| path.parent() == Some(folder);
        tree.durable.retain(|path, _| !is_in(path));
        let now: Vec<_> = tree.names.iter().filter(|(path, _)| is_in(path)).map(|(p, f)| (p.clone(), *f)).collect();
        tree.durable.extend(now);
        Ok(())
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        self.tree().get(path).map(|_| ())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let mut tree = self.tree();
        if tree.free(path).is_ok() {
            let number = tree.add(File::default());
            tree.names.insert(path.into(), Some(number));
        }
        let taken = tree.locked.insert(path.into());
        drop(tree);
        Ok(taken.then(|| Box::new(SimulatedLock(self.clone(), path.into())) as Box<dyn Held>))
    }

    fn is_abandoned(&self, path: &Path) -> bool {
        let tree = self.tree();
        matches!(tree.get(path), Ok(Some(file)) if !tree.open.contains(&file))
    }

    fn pause(&self, time: Duration) {
        self.tree().paused += time;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_forgets_what_was_not_synced() {
        let disk = SimulatedDisk::with(&[("/v/a", "old")]);
        let write = |path: &str, synced: bool| {
            let mut file = disk.create(Path::new(path), Access::Shared).unwrap();
            file.write_all(b"new").unwrap();
            if synced {
                file.sync().unwrap();
            }
        };
        write("/v/b", true);
        disk.sync_folder(Path::new("/v")).unwrap();
        write("/v/c", true);
        write("/v/d", false);
        disk.exchange(Path::new("/v/a"), Path::new("/v/b")).unwrap();
        let after = |survives| {
            let crashed = disk.fork();
            crashed.crash(survives);
            let files = crashed.files_below("/v").into_iter();
            files.map(|(path, bytes)| format!("{}={}", path.display(), String::from_utf8(bytes).unwrap())).collect()
        };
        let all: Vec<String> = after(Survives::All);
        assert_eq!(all, ["/v/a=new", "/v/b=old", "/v/c=new", "/v/d=new"]);
        let nothing: Vec<String> = after(Survives::Nothing);
        assert_eq!(nothing, ["/v/a=old", "/v/b=new"]);
        let names: Vec<String> = after(Survives::Names);
        assert_eq!(names, ["/v/a=new", "/v/b=old", "/v/c=new", "/v/d="]);
    }
}
