//! What can go wrong at the edge, and the exit code it gives.

use std::path::PathBuf;
use std::process::ExitCode;

/// How a run ended. The numbers are API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Done, with findings; or a file would change under `--check`.
    Findings = 1,
    /// Could not: usage, configuration, unreadable vault, failed write.
    Failed = 2,
    /// A write was refused.
    Refused = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// An error that ends a command, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A value on the command line is wrong.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// The configuration is wrong.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The reader of our output went away; no error.
    #[error("output closed")]
    ClosedPipe,
}

impl CliError {
    /// A usage error with its remedy.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        CliError::Usage { message: message.into(), help: help.into() }
    }

    /// What to do about it, when there is something to say.
    pub fn help(&self) -> Option<&str> {
        match self {
            CliError::Usage { help, .. } | CliError::Config { help, .. } if !help.is_empty() => Some(help),
            _ => None,
        }
    }
}
