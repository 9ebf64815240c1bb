//! Waiting until nobody saves: a file that changed under our hands is perhaps only half saved.

use std::path::Path;
use std::time::Duration;

use super::apply::{READ_LIMIT, Writer};
use super::place::Stop;
use super::refusal::Refusal;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(30);
/// How many looks are taken in all: two seconds.
const LOOKS: usize = 67;
/// How many equal looks in a row are believed of an empty file: a second. Many programs empty a file before they write.
const EMPTY_LOOKS: usize = 34;

impl Writer<'_> {
    /// Waits for the file at `path` to hold the same bytes twice.
    pub(super) fn settle(&self, path: &Path) -> Result<(), Stop> {
        let mut last = self.disk.read(path, READ_LIMIT).ok();
        let mut equal = 0;
        for _ in 0..LOOKS {
            self.disk.pause(PAUSE);
            let now = self.disk.read(path, READ_LIMIT).ok();
            equal = if now == last { equal + 1 } else { 0 };
            let enough = if now.as_ref().is_some_and(Vec::is_empty) { EMPTY_LOOKS } else { 1 };
            if equal >= enough {
                return Ok(());
            }
            last = now;
        }
        Err(Refusal::KeepsChanging.into())
    }
}
