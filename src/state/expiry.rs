//! What is kept is kept for thirty days.

use std::io;

use super::clock::microseconds;
use super::folder::{State, is_gone};
use super::id::time_of;

const DAY: u64 = 24 * 60 * 60 * 1_000_000;

/// How long bytes are kept, in microseconds.
const KEPT: u64 = 30 * DAY;

impl State {
    /// Removes what is older than thirty days; looks at most once a day. How many files went.
    ///
    /// # Errors
    /// Whatever the disk says; the rest expires another day.
    pub fn expire(&self) -> io::Result<usize> {
        self.expire_all_at(microseconds())
    }

    /// A vault that was moved or removed has no runs any more under its old path: what was kept of it expires with the
    /// others.
    pub(super) fn expire_all_at(&self, now: u64) -> io::Result<usize> {
        let mut removed = self.expire_at(now)?;
        for other in self.others()? {
            removed += other.expire_at(now)?;
        }
        Ok(removed)
    }

    pub(super) fn expire_at(&self, now: u64) -> io::Result<usize> {
        let last = self.read_small("expired").and_then(|text| text.trim().parse::<u64>().ok());
        // A clock that was set back must not put it off for years.
        if last.is_some_and(|last| last <= now && now - last < DAY) {
            return Ok(0);
        }
        let mut removed = 0;
        let names = self.names()?;
        if names.is_empty() {
            return Ok(0);
        }
        for (id, endings) in names {
            if time_of(&id).is_none_or(|time| now.saturating_sub(time) <= KEPT) {
                continue;
            }
            // Bytes before their record: what is left over is never text that nobody lists.
            for path in [("md", self.blob(&id)), ("json", self.record_file(&id))] {
                if endings.contains(path.0) {
                    match self.disk().remove(&path.1) {
                        Err(error) if is_gone(&error) => {}
                        result => result.map(|()| removed += 1)?,
                    }
                }
            }
        }
        self.write_small("expired", &now.to_string())?;
        Ok(removed)
    }
}
