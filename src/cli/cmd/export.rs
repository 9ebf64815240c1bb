//! `export FORMAT`: what other programs read.

use clap::{Args, ValueEnum};

use crate::cli::args::Common;
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;
use crate::report::calendar::YearlyDays;

/// Arguments of `export`.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// What to print: ics, a calendar of meetings
    #[arg(value_name = "FORMAT", value_enum)]
    pub form: ExportForm,
    /// How many days ahead
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u32).range(0..=3660))]
    pub days: u32,
    /// With birthdays and other yearly days
    #[arg(long)]
    pub birthdays: bool,
}

/// A form that other programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportForm {
    /// A calendar (RFC 5545)
    Ics,
}

/// Prints it.
///
/// # Errors
/// The vault or its settings cannot be read.
pub fn run(args: &ExportArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let loaded = session.load()?;
    let yearly = if args.birthdays { YearlyDays::Told } else { YearlyDays::LeftOut };
    match args.form {
        ExportForm::Ics => terminal.result(&loaded.calendar(args.days, yearly, session.today))?,
    }
    Ok(Exit::Done)
}
