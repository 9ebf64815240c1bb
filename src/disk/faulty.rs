//! A disk whose n-th call goes wrong: what tests of writing count, break and pull the plug on.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{Access, Disk, FileKind, Held, NewFile, Stat};

/// What goes wrong, calls counted from 0.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Nothing: calls are counted.
    Never,
    /// This one call fails, and no other.
    Once(usize, ErrorKind),
    /// This call and all after it fail: the process is dead.
    From(usize),
    /// Names cannot be exchanged: NFS, exFAT, some FUSE.
    NoExchange,
    /// Nor can a name be given only if it is free.
    NoExchangeNorNew,
    /// Another program holds every file open.
    BusyExchange,
    /// The bytes of every file still lie in a cloud.
    Placeholder,
    /// Our own folder, below `/s`, is on another disk than the vault.
    TwoDisks,
    /// Nobody waits, so that a rival gets at every gap.
    Hasty,
}

/// Any disk, with a fault.
#[derive(Clone, Debug)]
pub(crate) struct FaultyDisk {
    disk: Arc<dyn Disk>,
    fault: Fault,
    calls: Arc<AtomicUsize>,
}

/// A file created on it.
#[derive(Debug)]
struct FaultyFile {
    file: Box<dyn NewFile>,
    disk: FaultyDisk,
}

impl FaultyDisk {
    pub(crate) fn new(disk: Arc<dyn Disk>, fault: Fault) -> Self {
        FaultyDisk { disk, fault, calls: Arc::default() }
    }

    /// How many calls were made.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn cross(&self, from: &Path, to: &Path) -> io::Result<()> {
        let is_apart = from.starts_with("/s") != to.starts_with("/s");
        if is_apart && matches!(self.fault, Fault::TwoDisks) { Err(ErrorKind::CrossesDevices.into()) } else { Ok(()) }
    }

    fn call(&self) -> io::Result<()> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst);
        match self.fault {
            Fault::Once(n, kind) if n == number => Err(kind.into()),
            Fault::From(n) if n <= number => Err(io::Error::other("the process is dead")),
            _ => Ok(()),
        }
    }
}

impl NewFile for FaultyFile {
    /// A write that fails leaves half of the bytes.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.disk.call() {
            if matches!(self.disk.fault, Fault::Once(..)) {
                self.file.write_all(&bytes[..bytes.len() / 2])?;
            }
            return Err(error);
        }
        self.file.write_all(bytes)
    }

    fn take_after(&mut self, model: &Path) -> io::Result<()> {
        self.disk.call()?;
        self.file.take_after(model)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.call()?;
        self.file.sync()
    }
}

impl Disk for FaultyDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.call()?;
        let stat = self.disk.stat(path)?;
        let placeholder = matches!(self.fault, Fault::Placeholder) && stat.kind == FileKind::File;
        Ok(Stat { placeholder, ..stat })
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        self.call()?;
        self.disk.stat_link(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.call()?;
        self.disk.real_path(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.call()?;
        self.disk.list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.call()?;
        assert!(!matches!(self.fault, Fault::Placeholder), "opening {} would fetch it", path.display());
        self.disk.read(path, limit)
    }

    fn make_folder(&self, path: &Path, access: Access) -> io::Result<()> {
        self.call()?;
        self.disk.make_folder(path, access)
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn NewFile>> {
        self.call()?;
        Ok(Box::new(FaultyFile { file: self.disk.create(path, access)?, disk: self.clone() }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        self.cross(from, to)?;
        self.disk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        self.cross(from, to)?;
        match self.fault {
            Fault::NoExchangeNorNew => Err(ErrorKind::Unsupported.into()),
            _ => self.disk.rename_new(from, to),
        }
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.call()?;
        match self.fault {
            Fault::NoExchange | Fault::NoExchangeNorNew => Err(ErrorKind::Unsupported.into()),
            Fault::BusyExchange => Err(ErrorKind::ResourceBusy.into()),
            _ => self.disk.exchange(a, b),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        self.disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call()?;
        self.disk.sync_folder(folder)
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        self.disk.make_private(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        self.call()?;
        self.disk.lock(path)
    }

    fn is_abandoned(&self, path: &Path) -> bool {
        self.call().is_ok() && self.disk.is_abandoned(path)
    }

    fn pause(&self, time: Duration) {
        if matches!(self.fault, Fault::Never | Fault::Once(..) | Fault::From(_)) {
            self.disk.pause(time);
        }
    }
}
