//! The pipeline spelled out: load, report, render, plan, apply. The faces of the program (`cli`) call this and
//! nothing below it.
//!
//! `options` is what it is told, `load` reads a vault into an index, `vault` keeps one read, `reports` turns the index
//! into what people read, `files` into what is written, `undo` takes back what was.

pub mod answering;
pub mod briefs;
pub mod entry;
pub mod files;
mod git_glance;
pub mod language;
pub mod load;
pub mod new_note;
pub mod options;
pub mod person_template;
pub mod refresh;
pub mod reports;
mod roles;
pub mod sentence;
pub mod ticks;
pub mod typed_entry;
pub mod undo;
pub mod vault;
