//! The command line as typed. Nothing is decided here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::cmd;

/// Keeps your network alive from a folder of plain Markdown notes: whom to contact today, and why.
#[derive(Debug, Parser)]
#[command(name = "vault-scan", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// Options every command takes.
    #[command(flatten)]
    pub common: Common,
    /// The command; without one, `scan`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of `scan`, for when no command is named.
    #[command(flatten)]
    pub writing: Writing,
}

/// Options every command takes.
#[derive(Args, Debug, Clone)]
pub struct Common {
    /// The vault; without it, the one around the current folder
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// Take this day as today: 2026-11-20, yesterday, 昨天
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<String>,
    /// Language of output: zh-CN or en; without it, the vault's
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub color: ColorWhen,
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: each finding, each file
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Print the settings in force and stop
    #[arg(long, global = true)]
    pub print_config: bool,
}

/// Options of commands that write.
#[derive(Args, Debug, Clone, Default)]
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
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The form of a report on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal.
    #[default]
    Text,
    /// As in the generated file, without its markers.
    Markdown,
    /// For scripts.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the vault and write its reports
    Scan(cmd::scan::ScanArgs),
    /// Print whom to contact today, and why
    Agenda(cmd::report::AgendaArgs),
    /// Print who has gone silent
    Stale(cmd::report::StaleArgs),
    /// Print one report: agenda, stale, people or problems
    Report(cmd::report::ReportArgs),
    /// Print what the vault knows about someone
    Show(cmd::show::ShowArgs),
    /// Explain how someone's due date came about
    Why(cmd::why::WhyArgs),
    /// Print everything that could not be read as written
    Check(cmd::check::CheckArgs),
    /// Look at the vault, say what was understood, and write a commented config
    Init(cmd::init::InitArgs),
    /// Print a completion script for a shell
    Completions(cmd::completions::CompletionsArgs),
    /// Print the manual page
    Man(cmd::man::ManArgs),
}
