//! Gathers events until they settle: nothing for a while, and files that stand still. A pure state machine: it is told
//! the time, and what the disk says of a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::vault::stamp::Stamp;

use super::look::Look;
use super::moment::Moment;

/// Events must be over for so long.
pub const QUIET: Duration = Duration::from_millis(200);

/// Two stamps of a file are taken so far apart, and no nearer than the least.
const BETWEEN: Duration = Duration::from_millis(35);
const LEAST_BETWEEN: Duration = Duration::from_millis(25);

/// A file that never stands still is looked at all the same after so long.
const AT_MOST: Duration = Duration::from_secs(2);

/// More files than this are not kept by name: everything is looked at.
const MOST_FILES: usize = 4096;

/// What was told of since the last look.
#[derive(Debug, Default)]
pub struct Batch {
    files: BTreeSet<PathBuf>,
    walks: bool,
    first: Moment,
    last: Moment,
    sample: Option<(Moment, Vec<Option<Stamp>>)>,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing was told of.
    Nothing,
    /// Not settled; ask again then.
    At(Moment),
    /// Settled: look there.
    Look(Look),
}

impl Batch {
    /// A file was told of.
    pub fn add_file(&mut self, path: PathBuf, now: Moment) {
        self.touch(now);
        if self.files.len() < MOST_FILES || self.files.contains(&path) {
            self.files.insert(path);
        } else {
            self.walks = true;
        }
    }

    /// Something was told of that only a walk finds.
    pub fn add_walk(&mut self, now: Moment) {
        self.touch(now);
        self.walks = true;
    }

    /// Whether nothing was told of.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.walks
    }

    /// Whether the batch settled, by stamps that `stamp` takes. It stays until it is [`Batch::take`]n.
    pub fn next(&mut self, now: Moment, stamp: &dyn Fn(&Path) -> Option<Stamp>) -> Next {
        if self.is_empty() {
            return Next::Nothing;
        }
        let ends = self.first + AT_MOST;
        if now >= ends {
            return Next::Look(self.look());
        }
        let sampling = self.last + (QUIET - BETWEEN);
        if now < sampling {
            return Next::At(sampling.min(ends));
        }
        let stamps = || self.files.iter().map(|path| stamp(path)).collect::<Vec<_>>();
        match &self.sample {
            Some((at, _)) if now < *at + LEAST_BETWEEN => {}
            Some((_, before)) => {
                let stamps = stamps();
                if stamps == *before && now >= self.last + QUIET {
                    return Next::Look(self.look());
                }
                if stamps != *before {
                    self.sample = Some((now, stamps));
                }
            }
            None => self.sample = Some((now, stamps())),
        }
        let sampled = self.sample.as_ref().map_or(now, |(at, _)| *at);
        Next::At((sampled + BETWEEN).max(self.last + QUIET).max(now + Duration::from_millis(1)).min(ends))
    }

    /// Empties the batch and says where to look.
    pub fn take(&mut self) -> Look {
        let look = self.look();
        *self = Batch::default();
        look
    }

    fn look(&self) -> Look {
        if self.walks { Look::Everything(self.files.clone()) } else { Look::Files(self.files.clone()) }
    }

    fn touch(&mut self, now: Moment) {
        if self.is_empty() {
            self.first = now;
        }
        self.last = now;
        self.sample = None;
    }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
