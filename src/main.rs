//! The binary: arguments to exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    vault_scan::cli::run(std::env::args_os())
}
