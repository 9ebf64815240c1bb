//! Arguments to exit code: the face of `app` on the command line.
//!
//! In reading order: `args` is what was typed, `config` what the vault says, `settings` both resolved, `session` one
//! run of one command, `cmd` the commands, `term` the one sink that prints. Date, environment and current folder are
//! known here and nowhere below.

pub mod args;
pub mod clock;
pub mod cmd;
pub mod colour;
pub mod config;
pub mod config_files;
pub mod config_print;
pub mod config_section;
pub mod config_words;
pub mod error;
pub mod excerpt;
pub mod git_files;
pub mod github;
pub mod here;
mod kept;
mod privacy;
pub mod progress;
pub mod session;
pub mod settings;
pub mod state_home;
pub mod term;
pub mod today;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use args::{Cli, Command, Writing};
use error::{CliError, Exit};
use term::Terminal;

/// Runs the program with `args`, the name of the program first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args).and_then(consistent) {
        Ok(cli) => cli,
        Err(error) => return usage(&error).into(),
    };
    let terminal = Terminal::new(&cli.common);
    match dispatch(&cli, &terminal) {
        Ok(exit) => exit.into(),
        Err(error) => terminal.fail(&error).into(),
    }
}

/// Options of `scan` may stand before a command only when it is `scan`: elsewhere they would do nothing.
fn consistent(cli: Cli) -> Result<Cli, clap::Error> {
    let writes = matches!(cli.command, None | Some(Command::Scan(_)));
    if writes || cli.writing == Writing::default() {
        return Ok(cli);
    }
    let option = if cli.writing.dry_run { "--dry-run" } else { "--check" };
    Err(Cli::command().error(ErrorKind::ArgumentConflict, format!("'{option}' before a command belongs to 'scan'")))
}

/// Prints help, version or what is wrong with the arguments.
fn usage(error: &clap::Error) -> Exit {
    // Nowhere is left to say that printing failed.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Done,
        _ => Exit::Failed,
    }
}

fn dispatch(cli: &Cli, terminal: &Terminal) -> Result<Exit, CliError> {
    if cli.common.print_config {
        return cmd::print_config::run(&cli.common, terminal);
    }
    let common = &cli.common;
    match &cli.command {
        None => cmd::scan::run(&cmd::scan::ScanArgs { writing: cli.writing, ..Default::default() }, common, terminal),
        Some(Command::Scan(args)) => cmd::scan::run(&args.or(cli.writing), common, terminal),
        Some(Command::Watch(args)) => cmd::watch::run(args, common, terminal),
        Some(Command::Agenda(args)) => cmd::report::agenda(args, common, terminal),
        Some(Command::Stale(args)) => cmd::report::stale(args, common, terminal),
        Some(Command::Report(args)) => cmd::report::named(args, common, terminal),
        Some(Command::Show(args)) => cmd::show::run(args, common, terminal),
        Some(Command::Brief(args)) => cmd::brief::run(args, common, terminal),
        Some(Command::Why(args)) => cmd::why::run(args, common, terminal),
        Some(Command::Check(args)) => cmd::check::run(args, common, terminal),
        Some(Command::Log(args)) => cmd::log::run(args, common, terminal),
        Some(Command::New(args)) => cmd::new::run(args, common, terminal),
        Some(Command::Snooze(args)) => cmd::defer::snooze(args, common, terminal),
        Some(Command::Skip(args)) => cmd::defer::skip(args, common, terminal),
        Some(Command::Init(args)) => cmd::init::run(args, common, terminal),
        Some(Command::Undo(args)) => cmd::undo::run(args, common, terminal),
        Some(Command::Recover(args)) => cmd::recover::run(args, common, terminal),
        Some(Command::Export(args)) => cmd::export::run(args, common, terminal),
        Some(Command::Completions(args)) => cmd::completions::run(args, terminal),
        Some(Command::Man(args)) => cmd::man::run(args, terminal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_scan_stand_before_no_other_command() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' ')).and_then(consistent).is_ok();
        for line in ["vault-scan --check", "vault-scan --check scan", "vault-scan scan --check", "vault-scan agenda"] {
            assert!(parse(line), "{line}");
        }
        for line in ["vault-scan --check agenda", "vault-scan --dry-run init"] {
            assert!(!parse(line), "{line}");
        }
    }
}
