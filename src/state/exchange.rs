//! Whether the disk of the vault could let two files change names when that was last tried. To try it needs two files in
//! the vault, so `check`, which writes nothing there, tells what a write found out.

use std::io;

use super::folder::State;

const FILE: &str = "no-exchange";

/// Whether two files can change names in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// They can, or nobody tried.
    Works,
    /// They cannot.
    Missing,
}

impl State {
    /// What the last write found out.
    pub fn exchange(&self) -> Exchange {
        if self.read_small(FILE).is_some() { Exchange::Missing } else { Exchange::Works }
    }

    /// Remembers it; writes only when it changed.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn set_exchange(&self, exchange: Exchange) -> io::Result<()> {
        match exchange {
            now if now == self.exchange() => Ok(()),
            Exchange::Works => self.remove_small(FILE),
            Exchange::Missing => self.write_small(FILE, ""),
        }
    }
}
