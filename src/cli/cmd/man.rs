//! `man [COMMAND]`: a manual page, in roff.

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::cli::args::Cli;
use crate::cli::error::{CliError, Exit};
use crate::cli::term::Terminal;
use crate::model::diagnostic::Finding;

/// Arguments of `man`.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// The command the page is about; without it, the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Prints the page.
///
/// # Errors
/// There is no such command, or standard output is closed or full.
pub fn run(args: &ManArgs, terminal: &Terminal) -> Result<Exit, CliError> {
    terminal.result(&page(args.command.as_deref())?)?;
    Ok(Exit::Done)
}

fn page(name: Option<&str>) -> Result<String, CliError> {
    let mut program = Cli::command();
    program.build();
    let about = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(Finding::new("command-unknown", [name]).into()),
        },
    };
    let mut text = Vec::new();
    Man::new(about).render(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_and_each_command_have_a_page() {
        assert!(page(None).unwrap().contains(".TH vault-scan 1"));
        assert!(page(Some("agenda")).unwrap().contains(".TH vault-scan-agenda 1"));
        assert!(page(Some("ledger")).is_err());
    }
}
