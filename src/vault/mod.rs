//! Reads the folder: finds it, walks it, reads notes and the settings of Obsidian. The only reader of notes.
//!
//! Read in this order: `root` finds the vault, `obsidian` reads its settings, `filter` says what is a note,
//! `walk` lists the notes, `stamp` tells which were written since, `read` opens one, `conflicts` tells which are copies
//! made by a sync client.

pub mod filter;
pub mod git;
pub mod mount_table;
pub mod obsidian;
pub mod overlay;
pub mod read;
pub mod root;
mod settings_file;
pub mod settings_stamps;
pub mod stamp;
pub mod walk;

pub use crate::model::conflicts;
