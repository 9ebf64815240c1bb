//! Clearing away what a crash left behind: a temporary file may hold the only copy of somebody's text, so it is kept.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{FileKind, Stat, stray};
use crate::state::record::{Kept, Record};

use super::apply::Writer;
use super::plan::Plan;

/// What the start of a run found.
#[derive(Debug, Default)]
pub struct Started {
    /// Displaced files that somebody saved into later, before they were moved out of reach; they are in recovery.
    pub saved_late: Vec<Record>,
    /// What could not be looked after, with the reason; the next run tries again.
    pub failed: Vec<(PathBuf, io::Error)>,
}

impl Writer<'_> {
    /// What every run that writes begins with: looks once more at what earlier runs displaced, forgets what is too old,
    /// and clears away `strays`, the temporary files that the walk passed.
    pub fn start(&self, strays: &[PathBuf]) -> Started {
        let mut started = Started::default();
        let kept_apart = self.state.make_private().and_then(|()| self.clear_claim());
        if let Err(error) = kept_apart {
            started.failed.push((self.state.folder().to_owned(), error));
        }
        match self.state.compare_late() {
            Ok(saved_late) => started.saved_late = saved_late,
            Err(error) => started.failed.push((self.state.folder().to_owned(), error)),
        }
        if let Err(error) = self.state.expire() {
            started.failed.push((self.state.folder().to_owned(), error));
        }
        started.failed.extend(self.sweep(strays));
        started
    }

    /// Removes the empty file that a crash left at the name of a new one.
    fn clear_claim(&self) -> io::Result<()> {
        if self.state.claimed().is_none() {
            return Ok(());
        }
        let _turn = self.state.lock()?;
        // The run that made it may have ended well meanwhile.
        let Some(path) = self.state.claimed() else { return Ok(()) };
        let is_empty = |stat: Stat| stat.kind == FileKind::File && stat.size == 0;
        if self.disk.stat_link(&path).is_ok_and(is_empty) {
            self.disk.remove(&path)?;
        }
        self.state.forget_claim()
    }

    /// Moves temporary files of ours that nobody is writing any more to recovery; empty ones go. `found` are paths as
    /// the walk gives them. Those that could not be moved, with the reason.
    pub fn sweep(&self, found: &[PathBuf]) -> Vec<(PathBuf, io::Error)> {
        if found.is_empty() {
            return Vec::new();
        }
        let swept = self.state.lock().and_then(|_turn| {
            let listing = self.state.listing()?;
            // A file that could only be copied to another disk waits for its late comparison.
            let waiting: BTreeSet<&str> =
                listing.records.iter().filter_map(|record| record.leftover.as_deref()).collect();
            let is_free = |path: &&PathBuf| !waiting.contains(path.to_string_lossy().as_ref());
            let swept = found.iter().filter(is_free).map(|path| (path.clone(), self.sweep_one(path)));
            Ok(swept.filter_map(|(path, swept)| Some((path, swept.err()?))).collect())
        });
        match swept {
            Ok(failed) => failed,
            Err(error) => vec![(self.state.folder().to_owned(), error)],
        }
    }

    /// Sweeps the folders that `plan` looked at; unchanged files have a folder too.
    pub(super) fn sweep_folders_of(&self, plan: &Plan) {
        let targets = plan.changes.iter().map(|change| change.intent.target()).chain(&plan.unchanged);
        let names = targets.map(|target| target.as_str().rsplit_once('/').map_or("", |(folder, _)| folder));
        let names: BTreeSet<&str> = names.collect();
        let mut found = Vec::new();
        for folder in names.into_iter().map(|name| self.root.join(name)) {
            // A folder that is not there, or has its letters composed differently, holds nothing that waits.
            let entries = self.disk.list(&folder).unwrap_or_default();
            let strays = entries.iter().filter(|name| name.to_str().is_some_and(stray::is_ours));
            found.extend(strays.map(|name| folder.join(name)));
        }
        // What cannot be moved now is tried again by the next run.
        let _ = self.sweep(&found);
    }

    fn sweep_one(&self, path: &Path) -> io::Result<()> {
        let stat = match self.disk.stat_link(path) {
            // Another run was faster.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            stat => stat?,
        };
        // A pipe or a link by such a name is none of ours, and to open it could mean to wait for ever.
        if stat.kind != FileKind::File || !self.disk.is_abandoned(path) {
            return Ok(());
        }
        // A second name is what a crash leaves where a file is given its name by a link: the bytes are under the first.
        if stat.size == 0 || stat.links > 1 {
            self.disk.remove(path)?;
        } else {
            let name = path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            self.state.keep(path, &Kept::stray(&name))?;
        }
        path.parent().map_or(Ok(()), |folder| self.disk.sync_folder(folder))
    }
}
