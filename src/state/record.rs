//! What is remembered of one file whose bytes a write displaced.

use serde::{Deserialize, Serialize};

/// Why bytes were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptAs {
    /// A note or report as it was before a write; `undo` brings it back.
    Before,
    /// A file that was created; there are no bytes before it. `undo` takes it away again.
    Created,
    /// What somebody else saved in the instant of a write.
    Rival,
    /// A temporary file that a crash left behind.
    Stray,
}

/// One kept file. The bytes, where there are any, lie beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its name in the recovery folder; names ascend with time.
    pub id: String,
    /// The run that wrote; `undo` takes back a whole run.
    pub run: String,
    /// When, in seconds since 1970.
    pub at: u64,
    /// Which file, from the vault root.
    pub path: String,
    /// Why it was kept.
    pub kept_as: KeptAs,
    /// SHA-256 of the bytes kept, in hex; `None` where there are none.
    pub before: Option<String>,
    /// SHA-256 of the bytes written, in hex; `None` where nothing was.
    pub after: Option<String>,
}
