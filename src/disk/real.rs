//! The real disk.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::platform::{
    exchange, hard_links, keep_attributes, keep_owner, make_folder, make_private, named, rename_new, restrict,
    sync_folder,
};
use super::{Access, Disk, FileKind, Held, NewFile, Stat};

/// A write takes milliseconds; where a disk knows no locks, a temporary file this old has nobody who will rename it.
const ABANDONED: Duration = Duration::from_secs(3600);

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

/// A new file on it.
#[derive(Debug)]
struct RealFile(File);

impl NewFile for RealFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn take_after(&mut self, model: &Path) -> io::Result<()> {
        let metadata = fs::metadata(model)?;
        keep_owner(&self.0, &metadata);
        keep_attributes(&self.0, model);
        self.0.set_permissions(metadata.permissions())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

/// An open file that is locked as long as it is open.
#[derive(Debug)]
struct RealLock {
    _open: File,
}

impl Held for RealLock {}

impl Disk for RealDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::metadata(path).map(|metadata| stat(&metadata))
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        fs::symlink_metadata(path).map(|metadata| stat(&metadata))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let file = super::open::open_without_blocking(path)?;
        if !file.metadata()?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn make_folder(&self, path: &Path, access: Access) -> io::Result<()> {
        make_folder(path, access)
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn NewFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        restrict(&mut options, access);
        let file = options.open(path)?;
        // Where a disk knows no locks, the file's age will tell whether it is abandoned.
        let _ = file.try_lock();
        Ok(Box::new(RealFile(file)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to).map_err(named)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        rename_new(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        exchange(a, b)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path).map_err(named)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync_folder(folder)
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        make_private(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        restrict(&mut options, Access::Private);
        let file = options.open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Ok(None),
            // Network disks without locks: the steps of a write themselves must do.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(Box::new(RealLock { _open: file }))),
        }
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn is_abandoned(&self, path: &Path) -> bool {
        let Ok(file) = super::open::open_without_blocking(path) else { return false };
        match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => file.metadata().is_ok_and(|metadata| is_old(&metadata, path)),
        }
    }
}

fn stat(metadata: &Metadata) -> Stat {
    let kind = metadata.file_type();
    let kind = if kind.is_file() {
        FileKind::File
    } else if kind.is_dir() {
        FileKind::Folder
    } else if kind.is_symlink() {
        FileKind::Link
    } else {
        FileKind::Other
    };
    Stat {
        kind,
        size: metadata.len(),
        links: hard_links(metadata),
        read_only: metadata.permissions().readonly(),
        placeholder: super::open::is_placeholder(metadata),
    }
}

/// The age is taken against a file just made beside it: the disk's own clock, which on a network may not be ours.
fn is_old(metadata: &Metadata, path: &Path) -> bool {
    let Some(folder) = path.parent() else { return false };
    let Ok(fresh) = tempfile::tempfile_in(folder) else { return false };
    let now = fresh.metadata().and_then(|fresh| fresh.modified());
    let age = now.ok().zip(metadata.modified().ok()).and_then(|(now, then)| now.duration_since(then).ok());
    age.is_some_and(|age| age > ABANDONED)
}
