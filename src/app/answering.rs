//! The answers of the agenda and of other reports on their way into the notes: read, planned and written before any report is.

use std::collections::BTreeSet;
use std::io;

use crate::model::diagnostic::Diagnostic;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::render::report_files::ReportFile;
use crate::state::folder::State;
use crate::write::apply::Outcome;
use crate::write::generated::answered::Answered;
use crate::write::plan::{Plan, Standing};
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

use super::load::Loaded;
use super::ticks::Ticks;

/// What the answers would change, and what they leave of the reports.
#[derive(Debug, Default)]
pub struct Answering {
    /// The notes that would be written.
    pub plan: Plan,
    ticks: Ticks,
}

impl Loaded {
    /// Reads the answers in the reports that stand in the vault, and plans what they call for.
    pub fn answering(&self, today: Today, state: &State) -> Answering {
        let writer = self.writer(state);
        let bytes_at = |target: &TargetPath| match writer.look(target) {
            Ok(Standing::File { bytes, .. }) => Some(bytes),
            _ => None,
        };
        let standing = ReportFile::TWO_WAY.into_iter().filter_map(|report| {
            let target = TargetPath::new(&self.report_path(report, today)).ok()?;
            Some((report, String::from_utf8(bytes_at(&target)?).ok()?))
        });
        let standing: Vec<(ReportFile, String)> = standing.collect();
        let read = |note: &NotePath| TargetPath::existing(note).ok().and_then(|target| bytes_at(&target));
        let mut ticks = self.ticks(&standing, today, &read);
        let mut plan = writer.plan(std::mem::take(&mut ticks.intents));
        plan.refused.append(&mut ticks.refused);
        Answering { plan, ticks }
    }
}

impl Answering {
    /// What could not be done, placed in its report.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.ticks.problems
    }

    /// What becomes of the answered lines once `outcome` came of the plan.
    pub fn answered(&self, outcome: &Outcome) -> Answered {
        let refused =
            self.plan.refused.iter().chain(&outcome.refused).map(|(target, _): &(TargetPath, Refusal)| target);
        let failed = self.plan.failed.iter().chain(&outcome.failed).map(|(target, _): &(TargetPath, io::Error)| target);
        self.ticks.answered(&refused.chain(failed).cloned().collect::<BTreeSet<_>>())
    }

    /// How many answers are to be carried out.
    pub fn count(&self) -> usize {
        self.ticks.waiting()
    }

    /// What becomes of the answered lines as long as nothing is written: those that wait stay.
    pub fn waiting(&self) -> Answered {
        self.ticks.answered(&self.ticks.targets())
    }
}
