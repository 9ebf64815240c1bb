//! The late comparison: an editor that still held a displaced file open may have saved into it.
//!
//! Copies are compared once, two seconds or more after they were kept: by the next run, or by the watcher.

use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use crate::disk::stray;

use super::clock::microseconds;
use super::folder::{State, is_gone};
use super::id::{id_at, time_of};
use super::record::{Kept, KeptAs, Record, hash};
use super::recovery::LARGEST;

/// How long after a write an editor may still hold the old file, in microseconds.
const OPEN: u64 = 2_000_000;

impl State {
    /// Compares what was kept two seconds ago or more and not compared yet. The copies that somebody saved into since:
    /// what they hold is not in the note. A displaced file that could only be copied goes away now, or is kept too.
    ///
    /// # Errors
    /// Whatever the disk says; then all are compared again.
    pub fn compare_late(&self) -> io::Result<Vec<Record>> {
        self.compare_late_at(microseconds())
    }

    /// The same as of a time in microseconds since 1970.
    ///
    /// # Errors
    /// As [`State::compare_late`].
    pub fn compare_late_at(&self, now: u64) -> io::Result<Vec<Record>> {
        let done = self.read_small("compared").and_then(|text| time_of(text.trim())).unwrap_or(0);
        let (mut changed, mut last) = (Vec::new(), done);
        for id in self.names()?.into_keys() {
            let Some(time) = time_of(&id).filter(|time| *time > done) else { continue };
            // A name that lies ahead is from before the clock was set back.
            if time.abs_diff(now) < OPEN {
                break;
            }
            changed.extend(self.read_record(&id).map(|record| self.compare(record)).transpose()?.flatten());
            last = time;
        }
        if last > done {
            self.write_small("compared", &id_at(last))?;
        }
        Ok(changed)
    }

    /// Waits until the files that could only be copied a moment ago may go: two seconds after the last write. Returns
    /// at once where there are none, as on any vault that shares a disk with our folder.
    ///
    /// # Errors
    /// As [`State::compare_late`].
    pub fn compare_leftovers(&self) -> io::Result<Vec<Record>> {
        let now = microseconds();
        let fresh = |id: &String| time_of(id).is_some_and(|time| time.abs_diff(now) < OPEN);
        let fresh = self.names()?.into_keys().rev().take_while(fresh).filter_map(|id| self.read_record(&id));
        // The newest of them: by then the others may go too.
        let left = fresh.filter(|record| record.leftover.is_some()).find_map(|record| time_of(&record.id));
        let Some(left) = left else { return Ok(Vec::new()) };
        let waited = microseconds().saturating_sub(left);
        sleep(Duration::from_micros(OPEN.saturating_sub(waited).min(OPEN)));
        self.compare_late()
    }

    /// Removes what is kept as `id`, bytes before their record.
    pub(crate) fn forget(&self, id: &str) -> io::Result<()> {
        for path in [self.blob(id), self.record_file(id)] {
            match self.disk().remove(&path) {
                Err(error) if is_gone(&error) => {}
                removed => removed?,
            }
        }
        Ok(())
    }

    /// The record of what was saved late, if anything was.
    fn compare(&self, record: Record) -> io::Result<Option<Record>> {
        let Some(before) = record.before.as_deref().filter(|_| record.kept_as.has_bytes()) else { return Ok(None) };
        if let Some(leftover) = &record.leftover {
            let forget = || match record.kept_as {
                KeptAs::Passing => self.forget(&record.id),
                _ => Ok(()),
            };
            let path = Path::new(leftover);
            if !path.file_name().and_then(|name| name.to_str()).is_some_and(stray::is_ours) {
                return Ok(None);
            }
            return match self.disk().read(path, LARGEST) {
                Err(error) if is_gone(&error) => Ok(None),
                Err(error) => Err(error),
                Ok(bytes) if hash(&bytes) == before => self.disk().remove(path).and_then(|()| forget()).map(|()| None),
                Ok(bytes) => {
                    let late = self.keep_bytes(&bytes, &Kept::rival(&record.path, record.edit))?;
                    self.disk().remove(path)?;
                    Ok(Some(late))
                }
            };
        }
        match self.kept_bytes(&record.id) {
            Err(error) if is_gone(&error) => Ok(None),
            Err(error) => Err(error),
            Ok(bytes) if hash(&bytes) != before => Ok(Some(record)),
            Ok(_) if record.kept_as == KeptAs::Passing => self.forget(&record.id).map(|()| None),
            Ok(_) => Ok(None),
        }
    }
}
