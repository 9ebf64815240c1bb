//! The reports as files: what should stand in the vault, and what writing it would change.

use std::path::Path;

use crate::model::today::Today;
use crate::render::engine::TemplateError;
use crate::render::report_files::{MayBeEmpty, ReportFile};
use crate::write::disk::{self, Outcome};
use crate::write::generated::{GeneratedFile, Presence};
use crate::write::plan::{Plan, plan};
use crate::write::refusal::Refusal;
use crate::write::target::TargetPath;

use super::load::Loaded;
use super::reports::Output;

/// What keeps a plan from being made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A template that fails; the old files stay.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A report that cannot be a file where the configuration wants it.
    #[error("{0}: refused")]
    Refused(String, Refusal),
}

impl Loaded {
    /// What writing the reports of `today` would change.
    ///
    /// # Errors
    /// A template that fails, or a reports folder that cannot be one.
    pub fn plan(&self, today: Today) -> Result<Plan, PlanError> {
        let engine = self.engine(Output::Markdown)?;
        let mut files = Vec::new();
        let mut add = |report: ReportFile, body: String, presence: Presence| -> Result<(), PlanError> {
            let name = format!("{}/{}", self.options.reports.trim_matches('/'), report.file_name());
            let name = name.trim_start_matches('/');
            let file = TargetPath::new(name)
                .and_then(|target| GeneratedFile::new(target, report.name(), &report.front_matter(), &body, presence));
            files.push(file.map_err(|refusal| PlanError::Refused(name.to_owned(), refusal))?);
            Ok(())
        };
        let agenda = self.agenda(today);
        add(ReportFile::Agenda, engine.render("agenda", &agenda)?, presence(&agenda))?;
        let stale = self.stale(today);
        add(ReportFile::Stale, engine.render("stale", &stale)?, presence(&stale))?;
        let people = self.people(today);
        add(ReportFile::People, engine.render("people", &people)?, presence(&people))?;
        let problems = self.problems(today);
        add(ReportFile::Problems, engine.render("problems", &problems)?, presence(&problems))?;
        Ok(plan(files, |target| disk::look(&self.root, target)))
    }
}

/// Carries out a plan in the vault at `root`.
pub fn apply(root: &Path, plan: &Plan) -> Outcome {
    disk::apply(root, plan)
}

fn presence(report: &impl MayBeEmpty) -> Presence {
    if report.is_empty() { Presence::IfPresent } else { Presence::Always }
}
