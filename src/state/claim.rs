//! The name of a file that is being made where a disk cannot give a name only if it is free: until the file is whole, an
//! empty one has its name.

use std::io;
use std::path::{Path, PathBuf};

use super::folder::State;

const FILE: &str = "claimed";

impl State {
    /// Remembers that an empty file is about to be made at `path`. Writers take turns, so there is one at most.
    ///
    /// # Errors
    /// Whatever the disk says; `InvalidInput` for a path that is no text.
    pub(crate) fn remember_claim(&self, path: &Path) -> io::Result<()> {
        self.write_small(FILE, path.to_str().ok_or(io::ErrorKind::InvalidInput)?)
    }

    /// The path of an empty file that a crash may have left.
    pub(crate) fn claimed(&self) -> Option<PathBuf> {
        self.read_small(FILE).filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// No such file is there any more.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub(crate) fn forget_claim(&self) -> io::Result<()> {
        self.remove_small(FILE)
    }
}
