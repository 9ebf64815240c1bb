//! The commands, one a file: arguments and `run`.

pub mod brief;
pub mod check;
pub mod completions;
pub mod defer;
pub mod export;
pub mod init;
pub mod log;
pub mod man;
pub mod new;
pub mod print_config;
pub mod recover;
pub mod report;
pub mod scan;
pub mod show;
pub mod undo;
pub mod why;

mod find;
pub mod watch;
mod writing;
