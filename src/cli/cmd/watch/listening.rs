//! Whether the system tells of changes, in which folders, and what is done where it does not.

use std::time::Duration;

use crate::cli::config_files::real;
use crate::model::diagnostic::Finding;
use crate::vault::mount_table::{mount_table, touch};
use crate::vault::settings_stamps::settings_folders;
use crate::vault::stamp::is_folder;
use crate::watch::interest::Interest;
use crate::watch::mounts::{file_system, is_silent};
use crate::watch::source::SourceError;

use super::Watcher;

/// A watcher that works tells of a touch within this time.
const ECHO: Duration = Duration::from_secs(1);

impl Watcher<'_> {
    /// Why events cannot be relied on, if they cannot.
    pub(super) fn why_poll(&mut self) -> Option<Finding> {
        if self.args.poll {
            return Some(Finding::new("watch-polls", []));
        }
        let place = real(self.vault.root()).unwrap_or_else(|| self.vault.root().to_owned());
        let table = mount_table().unwrap_or_default();
        if let Some(kind) = file_system(&place, &table).filter(|kind| is_silent(kind)) {
            return Some(Finding::new("watch-silent-disk", [kind]));
        }
        if let Err(error) = self.source.listen() {
            return Some(no_events(&error));
        }
        if let Err(error) = self.cover() {
            return Some(no_events(&error));
        }
        if !touch(self.vault.root()) {
            return None;
        }
        let asked = self.source.moment();
        while !self.source.has_heard() {
            if self.source.moment() > asked + ECHO {
                return Some(Finding::new("watch-no-echo", []));
            }
            if let Some(event) = self.source.next(Duration::from_millis(20)) {
                self.take(event);
            }
        }
        None
    }

    /// Watches the folders there are; what was made in a new one before it was watched, a walk finds.
    pub(super) fn cover(&mut self) -> Result<(), SourceError> {
        let mut folders = self.vault.folders().to_vec();
        folders.extend(settings_folders(self.vault.root()));
        let reports = self.vault.root().join(self.vault.options().reports.trim_matches('/'));
        if is_folder(&reports) && !folders.contains(&reports) {
            folders.push(reports);
        }
        let fresh = self.source.cover(&folders)?;
        self.known_folders = folders.into_iter().collect();
        if fresh > 0 {
            self.rounds.take(Interest::Walk, self.source.moment());
        }
        Ok(())
    }

    pub(super) fn poll(&mut self, reason: &Finding) {
        self.source.deafen();
        self.rounds.poll();
        self.session.terminal.clear_status();
        self.session.terminal.remark(reason);
    }

    pub(super) fn cover_or_poll(&mut self) {
        if let Err(error) = self.cover() {
            self.poll(&no_events(&error));
        }
    }
}

pub(super) fn no_events(error: &SourceError) -> Finding {
    match error {
        SourceError::Limit => Finding::new("watch-limit", []),
        SourceError::Other(reason) => Finding::new("watch-no-events", [reason]),
    }
}
