//! What can go wrong at the edge, and the exit code it gives.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::app::files::PlanError;
use crate::app::refresh::RefreshError;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::render::engine::TemplateError;
use crate::vault::git::GitError;
use crate::vault::root::VaultError;

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

/// What ends a command before its work is done. Sentences are in the catalogue of diagnostics, so that they exist in
/// both languages.
#[derive(Debug)]
pub enum CliError {
    /// One sentence, and lines that belong to it, such as candidates for a name.
    Said {
        /// What is wrong.
        finding: Finding,
        /// Shown below, one a line.
        lines: Vec<String>,
    },
    /// Findings with places in a file of settings.
    Config(Vec<Diagnostic>),
    /// A file may not be written, whatever it holds.
    Refused {
        /// The file, from the vault root.
        path: String,
        /// Why.
        finding: Finding,
    },
    /// The reader of our output went away; no error.
    ClosedPipe,
}

impl CliError {
    /// How a run that ends with this error exits.
    pub fn exit(&self) -> Exit {
        match self {
            CliError::Said { .. } | CliError::Config(_) => Exit::Failed,
            CliError::Refused { .. } => Exit::Refused,
            CliError::ClosedPipe => Exit::Done,
        }
    }

    /// The code of what is said first; tests know an error by it.
    #[cfg(test)]
    pub(super) fn code(&self) -> &'static str {
        match self {
            CliError::Said { finding, .. } | CliError::Refused { finding, .. } => finding.code,
            CliError::Config(diagnostics) => diagnostics.first().map_or("", |first| first.code),
            CliError::ClosedPipe => "",
        }
    }
}

impl From<Finding> for CliError {
    fn from(finding: Finding) -> Self {
        CliError::Said { finding, lines: Vec::new() }
    }
}

impl From<VaultError> for CliError {
    fn from(error: VaultError) -> Self {
        let path = error.path().display().to_string();
        match error {
            VaultError::Missing(_) => Finding::new("vault-missing", [&path]),
            VaultError::NoneHere(_) => Finding::new("vault-none-here", [&path]),
            VaultError::NotAFolder(_) => Finding::new("vault-not-a-folder", [&path]),
            VaultError::Unreadable(_, source) => Finding::new("vault-unreadable", [&path, &source.to_string()]),
        }
        .into()
    }
}

/// Git could not answer for the vault at `root`.
pub(super) fn git_trouble(error: &GitError, root: &Path) -> CliError {
    match error {
        GitError::NotStarted(error) => Finding::new("git-not-started", [&error.to_string()]),
        GitError::NoRepository => Finding::new("git-no-repository", [&root.display().to_string()]),
        GitError::SharedHooks(folder) => Finding::new("git-hooks-shared", [&folder.display().to_string()]),
        GitError::Said(said) => Finding::new("git-said", [said]),
    }
    .into()
}

impl From<RefreshError> for CliError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Vault(error) => error.into(),
            RefreshError::Plan(error) => error.into(),
            RefreshError::Emptied { before, now } => {
                Finding::new("watch-emptied", [&before.to_string(), &now.to_string()]).into()
            }
            RefreshError::Answered => Finding::new("write-keeps-changing", []).into(),
        }
    }
}

impl From<PlanError> for CliError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Template(error) => error.into(),
            PlanError::Refused(path, refusal) => CliError::Refused { path, finding: refusal.finding() },
        }
    }
}

impl From<TemplateError> for CliError {
    fn from(error: TemplateError) -> Self {
        let line = error.line.to_string();
        Finding::new("template-broken", [&error.template, &line, &error.message]).into()
    }
}

/// A failure of standard output.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return CliError::ClosedPipe;
        }
        Finding::new("output-failed", [&error.to_string()]).into()
    }
}
