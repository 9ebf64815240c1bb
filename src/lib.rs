//! `vault-scan` keeps a working person's network alive from a folder of plain Markdown notes.
//!
//! ```text
//! vault ──► parse(path, text) ──► index(notes) ──► report(index, options, today) ──► render ──► write
//! effects        pure                 pure                     pure                   pure     the one writer
//! ```
//!
//! `app` spells the pipeline out; `cli` is its face on the command line. Which room may import which is
//! kept by `tests/suite/architecture.rs`.

pub mod app;
pub mod cli;
pub mod disk;
pub mod index;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod state;
pub mod vault;
pub mod vocabulary;
pub mod watch;
pub mod write;
