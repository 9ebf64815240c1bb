//! `--print-config`: the settings in force, in the format of the file.

use crate::cli::args::Common;
use crate::cli::config_print::printed;
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;

/// Prints the settings of the vault around the current folder, or of `--vault`.
///
/// # Errors
/// The vault or its settings cannot be read.
pub fn run(common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    session.say_notices();
    terminal.result(&printed(&session.options))?;
    Ok(Exit::Done)
}
