//! The folder of one vault in the platform's state folder, and what a writer asks of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::Disk;

/// The program's own folder for one vault.
#[derive(Clone, Debug)]
pub struct State {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
}

impl State {
    /// The state of the vault at `root`, below `home`, the program's folder in the platform's state folder. Nothing
    /// is made until something is kept.
    pub fn new(disk: Arc<dyn Disk>, home: &Path, root: &Path) -> Self {
        let _ = root;
        State { disk, folder: home.to_owned() }
    }

    /// The disk it lies on.
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
