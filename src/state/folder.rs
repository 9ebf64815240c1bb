//! The folder of one vault in the platform's state folder.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use crate::disk::{Access, Disk, stray};

use super::clock::microseconds;
use super::id::id_at;

/// The largest of our own small files that is read, in bytes.
const SMALL: u64 = 64 << 10;

/// How many digits of a hash name the folder of a vault.
const HASH: usize = 16;

/// The program's own folder for one vault, as one run uses it.
#[derive(Clone, Debug)]
pub struct State {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    run: String,
    /// The last microsecond that named something, for all runs of this process.
    last: Arc<AtomicU64>,
}

impl State {
    /// The state of the vault at `root`, below `home`, the program's folder in the platform's state folder. Nothing
    /// is made until something is kept. A vault is known by its real path, so that links to it share one state.
    pub fn new(disk: Arc<dyn Disk>, home: &Path, root: &Path) -> Self {
        let real = disk.real_path(root).unwrap_or_else(|_| root.to_owned());
        let hash = hex(&Sha256::digest(real.as_os_str().as_encoded_bytes()));
        let folder = home.join(hash.get(..HASH).unwrap_or_default());
        State { disk, folder, run: new_run(), last: Arc::new(AtomicU64::new(0)) }
    }

    /// The same state for another run: what it keeps from here on is undone by itself. A watcher makes one for each
    /// batch.
    pub fn next_run(&self) -> State {
        State { run: new_run(), ..self.clone() }
    }

    /// What everything this run keeps is marked with.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// The disk it lies on.
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn recovery(&self) -> PathBuf {
        self.folder.join("recovery")
    }

    /// A microsecond that named nothing before. Names ascend even where the clock was set back since the last run.
    pub(super) fn next_time(&self) -> u64 {
        if self.last.load(Ordering::Relaxed) == 0 {
            self.last.fetch_max(self.newest(), Ordering::Relaxed);
        }
        let now = microseconds();
        let next = |last: u64| now.max(last.saturating_add(1));
        // The update never declines.
        let (Ok(last) | Err(last)) =
            self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
        next(last)
    }

    /// Makes `folder` and those above it that are missing, the user's alone.
    pub(super) fn make_folders(&self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|folder| self.disk.stat(folder).is_err_and(|e| is_gone(&e))).collect();
        for folder in missing.into_iter().rev() {
            match self.disk.make_folder(folder, Access::Private) {
                // Another process made it meanwhile.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => made?,
            }
            if let Some(above) = folder.parent() {
                self.disk.sync_folder(above)?;
            }
        }
        Ok(())
    }

    /// Closes the folder to others, should it have been opened to them: by a backup brought back, or a copy.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn make_private(&self) -> io::Result<()> {
        match self.disk.make_private(&self.folder) {
            Err(error) if is_gone(&error) => Ok(()),
            made => made,
        }
    }

    /// The folders of all other vaults, in the same home.
    pub(super) fn others(&self) -> io::Result<Vec<State>> {
        let Some(home) = self.folder.parent() else { return Ok(Vec::new()) };
        let names = match self.disk.list(home) {
            Err(error) if is_gone(&error) => return Ok(Vec::new()),
            names => names?,
        };
        let is_ours = |name: &str| name.len() == HASH && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let names = names.into_iter().filter(|name| name.to_str().is_some_and(is_ours));
        let folders = names.map(|name| home.join(name)).filter(|folder| *folder != self.folder);
        Ok(folders.map(|folder| State { folder, ..self.clone() }).collect())
    }

    /// One of our small files; nothing if it is not there or cannot be read.
    pub(super) fn read_small(&self, name: &str) -> Option<String> {
        String::from_utf8(self.disk.read(&self.folder.join(name), SMALL).ok()?).ok()
    }

    /// Removes one of our small files, if it is there.
    pub(super) fn remove_small(&self, name: &str) -> io::Result<()> {
        match self.disk.remove(&self.folder.join(name)) {
            Err(error) if is_gone(&error) => Ok(()),
            removed => removed,
        }
    }

    /// Writes one of our small files whole.
    pub(super) fn write_small(&self, name: &str, text: &str) -> io::Result<()> {
        self.make_folders(&self.folder)?;
        let (temp, mut file) = loop {
            let temp = self.folder.join(stray::name(self.next_time()));
            match self.disk.create(&temp, Access::Private) {
                Ok(file) => break (temp, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        let written = file.write_all(text.as_bytes()).and_then(|()| file.sync());
        if let Err(error) = written.and_then(|()| self.disk.rename(&temp, &self.folder.join(name))) {
            let _ = self.disk.remove(&temp);
            return Err(error);
        }
        self.disk.sync_folder(&self.folder)
    }
}

/// Two processes may start in the same microsecond.
fn new_run() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    format!("{}-{process}-{count}", id_at(microseconds()))
}

pub(super) fn is_gone(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
