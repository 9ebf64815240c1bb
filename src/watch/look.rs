//! Where to look for what changed.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// Where to look; from the narrowest to the widest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Nowhere: only the day changed.
    Nowhere,
    /// At these files. Names that are new, or gone, call for a walk.
    Files(BTreeSet<PathBuf>),
    /// At every name, size and time, and at the bytes of these files.
    Everything(BTreeSet<PathBuf>),
    /// At every byte.
    EveryByte,
}
