//! What a watch says of a round, and that it says it once.

use std::collections::BTreeSet;

use crate::app::refresh::Passed;
use crate::app::reports::Output;
use crate::app::vault::Updated;
use crate::cli::clock::{clock_time, log_time};
use crate::cli::cmd::scan::left_over;
use crate::cli::colour::Target;
use crate::cli::error::CliError;
use crate::cli::term::{Verbosity, unplaced};
use crate::model::diagnostic::Finding;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::report::item::Section;
use crate::report::problems::Problem;
use crate::report::run::{WatchLine, WatchSummary};
use crate::watch::rounds::{Done, Mode};
use crate::write::target::TargetPath;

use super::Watcher;
use super::log::{Log, short_hash};

impl Watcher<'_> {
    /// Says what came of a round.
    pub(super) fn tell(&mut self, updated: &Updated, passed: &Passed, today: Today) -> Done {
        let Passed { loaded, started, notes, reports, problems, wrote, .. } = passed;
        self.session.terminal.speak(loaded.language);
        let terminal = self.session.terminal;
        let names = terminal.verbosity() == Verbosity::Verbose;
        let is_live = terminal.message_target() == Target::Terminal;
        let way = self.session.way.clone();
        let log = Log { is_private: !names && !is_live, way: &way, wrote: notes };
        let about = |target: &TargetPath, finding: Finding| CliError::Refused { path: log.name(target), finding };
        let mut troubles = Vec::new();
        for outcome in [notes, reports] {
            let refused = outcome.refused.iter();
            troubles.extend(refused.map(|(target, refusal)| about(target, log.finding(refusal.finding()))));
            let failed = outcome.failed.iter();
            troubles.extend(
                failed.map(|(target, error)| about(target, Finding::new("write-failed", [&error.to_string()]))),
            );
        }
        let unfinished = !troubles.is_empty();
        let remarks = notes.remarks.iter().chain(&reports.remarks);
        let remarks = remarks.map(|(target, remark)| unplaced(&remark.finding(), &log.name(target), loaded.language));
        let late = left_over(started, &self.session, loaded);
        let mut hints: Vec<Problem> = late.into_iter().map(|problem| log.about_note(problem)).collect();
        hints.extend(remarks);
        hints.extend(problems.iter().map(|problem| log.problem(problem, loaded.language)));
        self.tell_once(troubles, hints);
        if !wrote.is_empty() {
            self.last = clock_time();
        }
        let items = loaded.agenda(today).items.iter().filter(|item| item.section == Section::Today).count();
        let line = if is_live && !names { WatchLine::Status } else { WatchLine::Change };
        let named = |path: &str| if names { path.to_owned() } else { short_hash(path) };
        let answered: BTreeSet<&str> = notes.written.iter().map(|written| written.target.as_str()).collect();
        if !wrote.is_empty() {
            self.last_noted = answered.len();
        }
        let changed = updated.changed.iter().map(NotePath::as_str).filter(|path| !wrote.contains_key(*path));
        let mut changed: Vec<String> = changed.map(named).collect();
        changed.sort();
        let summary = WatchSummary {
            line,
            time: log_time(),
            polling: self.rounds.mode() == Mode::Polling,
            notes: loaded.index.counts.notes,
            people: loaded.index.people.len(),
            items,
            changed,
            noted: answered.iter().copied().map(named).collect(),
            written: wrote.keys().filter(|path| !answered.contains(path.as_str())).cloned().collect(),
            last: self.last.clone(),
            last_noted: self.last_noted,
        };
        // The built-in lines always render; a broken template of the vault was told with the reports.
        if let Ok(engine) = loaded.engine(Output::Text(terminal.message_style()))
            && let Ok(text) = engine.render("watch", &summary)
        {
            match line {
                WatchLine::Status => terminal.status(&text),
                WatchLine::Change => terminal.message(&text),
            }
        }
        Done { wrote: wrote.clone(), again: updated.again, unfinished }
    }

    /// Says what went wrong and what should be known, unless the last round said it too.
    pub(super) fn tell_once(&mut self, troubles: Vec<CliError>, hints: Vec<Problem>) {
        let terminal = self.session.terminal;
        let mut now = BTreeSet::new();
        for hint in hints {
            if self.is_new(format!("{hint:?}"), &mut now) {
                terminal.problem(&hint);
            }
        }
        for trouble in troubles {
            if self.is_new(format!("{trouble:?}"), &mut now) {
                terminal.fail(&trouble);
            }
        }
        self.told = now;
    }

    fn is_new(&self, key: String, now: &mut BTreeSet<String>) -> bool {
        let is_new = !self.told.contains(&key);
        if is_new {
            self.session.terminal.clear_status();
        }
        now.insert(key);
        is_new
    }
}
