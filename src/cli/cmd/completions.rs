//! `completions SHELL`: a completion script.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::cli::args::Cli;
use crate::cli::error::{CliError, Exit};
use crate::cli::term::Terminal;

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell the script is for
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// Standard output is closed or full.
pub fn run(args: &CompletionsArgs, terminal: &Terminal) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "vault-scan", &mut script);
    terminal.result(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
