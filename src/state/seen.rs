//! How many notes the last good scan saw, and when a vault with fewer is taken for one that is not all there.

use std::io;

use super::folder::State;

/// Fewer notes than this may go at once without a question.
const FEW: usize = 10;

/// Whether so many notes are gone since the last good scan that a disk not mounted, a sync not finished or a folder
/// that may not be read is likelier than somebody who tidied up: half of them, and ten or more.
pub fn suddenly_empty(before: usize, now: usize) -> bool {
    let gone = before.saturating_sub(now);
    gone >= FEW && gone * 2 >= before
}

impl State {
    /// The number of notes at the last good scan, if there was one.
    pub fn seen(&self) -> Option<usize> {
        self.read_small("seen")?.trim().parse().ok()
    }

    /// Remembers the number of notes of a good scan; writes only when it changed.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn set_seen(&self, notes: usize) -> io::Result<()> {
        if self.seen() == Some(notes) { Ok(()) } else { self.write_small("seen", &notes.to_string()) }
    }
}
