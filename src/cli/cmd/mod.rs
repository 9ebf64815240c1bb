//! The commands, one a file: arguments and `run`.

pub mod check;
pub mod completions;
pub mod init;
pub mod man;
pub mod print_config;
pub mod report;
pub mod scan;
pub mod show;
pub mod why;

mod find;
pub mod watch;
