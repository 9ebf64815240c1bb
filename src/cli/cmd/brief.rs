//! `brief NAME`: one page on someone, to be read before meeting them.

use clap::Args;

use crate::cli::args::{Common, Format};
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;

use super::find::person;
use super::report::{output, print_as};

/// Arguments of `brief`.
#[derive(Args, Debug)]
pub struct BriefArgs {
    /// Name, alias, pinyin or initials; several words are one name
    #[arg(value_name = "NAME", required = true, num_args = 1..)]
    pub name: Vec<String>,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// Prints it for the one person the name means.
///
/// # Errors
/// The vault or its settings cannot be read, or the name means nobody or several.
pub fn run(args: &BriefArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let loaded = session.load()?;
    let id = person(&loaded, &args.name)?;
    print_as(args.format, &loaded.printed_brief(id, output(args.format, terminal), session.today)?, terminal)?;
    Ok(Exit::Done)
}
