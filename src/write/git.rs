//! Waiting for git: it rewrites notes itself, and a merge half solved is no place for another writer.

use std::time::Duration;

use crate::disk::git::{GitWork, work_in};

use super::apply::Writer;
use super::refusal::Refusal;

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(250);
/// How long a running command is waited for: a minute.
const RUNNING: usize = 240;
/// How long a merge or rebase without a running command is waited for, two seconds: between two commands of a script
/// there may be none, while one that waits for a person may wait for days.
const UNFINISHED: usize = 8;

/// How many looks are left, for one plan as a whole.
#[derive(Debug)]
pub(super) struct Patience {
    running: usize,
    unfinished: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { running: RUNNING, unfinished: UNFINISHED }
    }
}

impl Writer<'_> {
    /// Waits until git does nothing in the vault.
    pub(super) fn wait_for_git(&self, patience: &mut Patience) -> Result<(), Refusal> {
        while let Some(work) = work_in(self.disk, self.root) {
            let left = match work {
                GitWork::Running(_) => &mut patience.running,
                GitWork::Unfinished(_) => &mut patience.unfinished,
            };
            if *left == 0 {
                let file = work.file().file_name().unwrap_or_default().to_string_lossy().into_owned();
                return Err(Refusal::GitAtWork { file });
            }
            *left -= 1;
            self.disk.pause(PAUSE);
        }
        Ok(())
    }
}
