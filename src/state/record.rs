//! What is remembered of one file whose bytes a write displaced.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::folder::hex;

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
    /// Text that the program made and can make again; forgotten by the late comparison unless somebody saved into it.
    Passing,
    /// Nothing was displaced: a note already was as `undo` wanted it.
    Nothing,
}

impl KeptAs {
    /// Whether bytes lie beside the record.
    pub fn has_bytes(self) -> bool {
        !matches!(self, KeptAs::Created | KeptAs::Nothing)
    }
}

/// What kind of write it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// Lines in the log of a person's note.
    Log,
    /// A task line.
    Task,
    /// A generated file.
    Report,
    /// A new note.
    Note,
    /// `undo` of earlier writes.
    Undo,
    /// `recover` of a kept copy.
    Recover,
    /// None: a crash came between.
    None,
}

/// What is known of bytes that are about to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which file, from the vault root.
    pub path: String,
    /// Why it is kept.
    pub kept_as: KeptAs,
    /// The write that displaced it.
    pub edit: EditKind,
    /// SHA-256 of the bytes kept, in hex, if known; else they are read.
    pub before: Option<String>,
    /// SHA-256 of the bytes written in their place, in hex.
    pub after: Option<String>,
    /// The records that this write took back.
    pub undoes: Vec<String>,
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
    /// The write that displaced it.
    pub edit: EditKind,
    /// SHA-256 of the bytes kept, in hex; `None` where there are none.
    pub before: Option<String>,
    /// SHA-256 of the bytes written, in hex; `None` where nothing was.
    pub after: Option<String>,
    /// The records that this write took back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undoes: Vec<String>,
    /// Where the displaced file itself still is, when it could only be copied from another disk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leftover: Option<String>,
}

impl Kept {
    /// The file at `path` as it was, `old`, before `edit` wrote `new`.
    pub fn before(path: &str, edit: EditKind, old: &[u8], new: &[u8]) -> Self {
        Kept { before: Some(hash(old)), after: Some(hash(new)), ..Kept::of(path, KeptAs::Before, edit) }
    }

    /// A file at `path` that `edit` created with `new` in it.
    pub fn created(path: &str, edit: EditKind, new: &[u8]) -> Self {
        Kept { after: Some(hash(new)), ..Kept::of(path, KeptAs::Created, edit) }
    }

    /// What somebody else saved at `path` in the instant of `edit`.
    pub fn rival(path: &str, edit: EditKind) -> Self {
        Kept::of(path, KeptAs::Rival, edit)
    }

    /// A temporary file at `path` that a crash left behind.
    pub fn stray(path: &str) -> Self {
        Kept::of(path, KeptAs::Stray, EditKind::None)
    }

    fn of(path: &str, kept_as: KeptAs, edit: EditKind) -> Self {
        Kept { path: path.into(), kept_as, edit, before: None, after: None, undoes: Vec::new() }
    }
}

/// SHA-256 in hexadecimal, as records hold it.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
