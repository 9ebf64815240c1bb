//! The command line as typed. Nothing is decided here. Doc comments without a full stop are help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::cmd;

/// Keeps your network alive from a folder of plain Markdown notes: whom to contact today, and why.
///
/// Without a command, reads the vault around the current folder, carries out what was answered in the agenda and
/// writes the reports, as `scan` does. What is written into notes can be taken back with `undo`.
#[derive(Debug, Parser)]
#[command(name = "vault-scan", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes:\n  0  done\n  1  done, with findings: `check` found errors or warnings, or a file would change under --check\n  \
    2  could not be done\n  3  a write was refused"
)]
pub struct Cli {
    /// Options of `scan`, for when no command is named.
    #[command(flatten)]
    pub writing: Writing,
    /// Options every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The command; without one, `scan`.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options every command takes.
#[derive(Args, Debug, Clone, Default)]
#[command(next_help_heading = "Options of every command")]
pub struct Common {
    /// The vault; without it, the one around the current folder
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// Take this day as today: 2026-11-20, yesterday, 昨天
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
    /// Language of output, zh-CN or en; without it, the vault's
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// When to use colour; auto does on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub color: ColorWhen,
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every file, not only those that changed
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Print the settings in force, as a config file, and stop
    #[arg(long, global = true)]
    pub print_config: bool,
}

/// Options of commands that write.
#[derive(Args, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// Show what would change as a diff; write nothing
    #[arg(long, conflicts_with = "check")]
    pub dry_run: bool,
    /// Write nothing; exit with 1 if a file would change
    #[arg(long)]
    pub check: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    // No help texts: the names say it, and a list of them would make every help page longer.
    #[default]
    #[allow(missing_docs)]
    Auto,
    #[allow(missing_docs)]
    Always,
    #[allow(missing_docs)]
    Never,
}

/// The form of a report on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal
    #[default]
    Text,
    /// As in the generated file, without its markers
    Markdown,
    /// For scripts
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Carry out what was answered in the agenda, and write the reports
    Scan(cmd::scan::ScanArgs),
    /// Do that at every change, while you write
    Watch(cmd::watch::WatchArgs),
    /// Print whom to contact today, and why
    Agenda(cmd::report::AgendaArgs),
    /// Print who has gone silent
    Stale(cmd::report::StaleArgs),
    /// Print one report: agenda, stale, people or problems
    Report(cmd::report::ReportArgs),
    /// Print what the vault knows about someone
    Show(cmd::show::ShowArgs),
    /// Print one page on someone, to read before you meet them
    Brief(cmd::brief::BriefArgs),
    /// Explain how someone's due date came about
    Why(cmd::why::WhyArgs),
    /// Print everything that could not be read as written
    Check(cmd::check::CheckArgs),
    /// Log a contact in someone's note, or in several
    Log(cmd::log::LogArgs),
    /// Create a note for someone new
    New(cmd::new::NewArgs),
    /// Put off someone's reminder to a day
    Snooze(cmd::defer::SnoozeArgs),
    /// Leave someone's reminder out this once
    Skip(cmd::defer::SkipArgs),
    /// Take back the last run that wrote notes
    Undo(cmd::undo::UndoArgs),
    /// List earlier bytes that are kept, or bring one copy back
    Recover(cmd::recover::RecoverArgs),
    /// Look at the vault, say what was understood, and write a commented config
    Init(cmd::init::InitArgs),
    /// Print what other programs read: a calendar of meetings
    Export(cmd::export::ExportArgs),
    /// Print a completion script for a shell
    Completions(cmd::completions::CompletionsArgs),
    /// Print the manual page
    Man(cmd::man::ManArgs),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(std::iter::once("vault-scan").chain(line.split_whitespace()))
    }

    #[test]
    fn the_arguments_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_command_takes_the_options_of_scan() {
        let cli = parse("--dry-run --today 2026-11-20").unwrap();
        assert!(cli.command.is_none() && cli.writing.dry_run);
        assert_eq!(cli.common.today.as_deref(), Some("2026-11-20"));
        assert!(parse("--dry-run --check").is_err());
        assert!(parse("scan --dry-run --check").is_err());
    }

    #[test]
    fn common_options_stand_before_and_after_the_command() {
        for line in ["--lang en agenda", "agenda --lang en", "agenda --days 7 --lang en"] {
            assert_eq!(parse(line).unwrap().common.lang.as_deref(), Some("en"), "{line}");
        }
        assert!(parse("-q -v scan").is_err());
    }

    #[test]
    fn a_name_may_be_several_words_but_not_none() {
        let Some(Command::Why(args)) = parse("why Jane Doe --format json").unwrap().command else { panic!("why") };
        assert_eq!(args.name, ["Jane", "Doe"]);
        assert!(parse("why").is_err());
        assert!(parse("show --format xml Jane").is_err());
    }
}
