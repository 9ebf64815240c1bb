//! Where the platform keeps what programs remember.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::model::diagnostic::Finding;

use super::error::CliError;

/// The program's own folder in the platform's state folder: `~/.local/state/vault-scan` where nothing else is said.
/// Windows has no such folder; its local data serve.
///
/// # Errors
/// Nobody knows the user's home.
pub fn state_home() -> Result<PathBuf, CliError> {
    let strategy = choose_base_strategy().map_err(|_| Finding::new("state-no-home", []))?;
    let base = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Ok(base.join("vault-scan"))
}
