//! The reports as files: what should stand in the vault, and what writing it would change.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::index::suggested::Suggested;
use crate::model::obsidian::{PeriodKind, below_folder};
use crate::model::today::Today;
use crate::parse::kind::is_in_person_folder;
use crate::parse::templates::is_template;
use crate::render::engine::{Engine, TemplateError};
use crate::render::pictures::{PictureFile, pictures};
use crate::render::report_files::ReportFile;
use crate::state::folder::State;
use crate::write::apply::Writer;
use crate::write::context::WriteContext;
use crate::write::generated::answered::Answered;
use crate::write::generated::{GeneratedFile, Presence};
use crate::write::intent::Intent;
use crate::write::plan::Plan;
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
    /// Where a report is written, from the vault root.
    pub fn report_path(&self, report: ReportFile, today: Today) -> String {
        self.in_reports(&report.file_name(self.this_year(today)))
    }

    /// Where a file of the reports folder is, from the vault root.
    pub fn in_reports(&self, file: &str) -> String {
        let name = format!("{}/{file}", self.options.reports.trim_matches('/'));
        name.trim_start_matches('/').to_owned()
    }

    /// What writing the reports of `today` would change, when `answered` is what came of the answers in the agenda; one
    /// in which somebody answered a line since is refused.
    ///
    /// # Errors
    /// A template that fails, or a reports folder that cannot be one.
    pub fn plan(&self, today: Today, answered: &Answered, state: &State) -> Result<Plan, PlanError> {
        let engine = self.engine_on(Output::Markdown, today)?;
        // Each is a function of the same index alone; a save waits for the slowest, not for their sum.
        let suggested = self.suggestions(today);
        // Several ask for it: made before they begin, as one that waits for another stands in its way.
        suggested.introductions();
        let made = ReportFile::ALL.par_iter().map(|report| self.files_of(&engine, *report, answered, &suggested));
        let files: Vec<Vec<GeneratedFile>> = made.collect::<Result<_, PlanError>>()?;
        let mut files: Vec<GeneratedFile> = files.into_iter().flatten().collect();
        files.push(self.ignore_list(today)?);
        let mut intents: Vec<Intent> = files.into_iter().map(Intent::Report).collect();
        intents.extend(self.brief_files(&suggested, state)?);
        Ok(self.writer(state).plan(intents))
    }

    /// What git leaves out in the folder of the reports.
    fn ignore_list(&self, today: Today) -> Result<GeneratedFile, PlanError> {
        let folder = self.options.reports.trim_matches('/');
        let target = TargetPath::ignore_list(folder).and_then(|target| self.outside_notes(target));
        let target = target.map_err(|refusal| PlanError::Refused(folder.to_owned(), refusal))?;
        let all = self.names_of(today, |_| true);
        Ok(GeneratedFile::ignore_list(target, &self.private_names(today), &all))
    }

    /// The names of the private files in the folder of the reports, in order; folders end in `/`. A year is private in
    /// all its files.
    pub fn private_names(&self, today: Today) -> Vec<String> {
        self.names_of(today, |name| self.options.private.contains(name))
    }

    /// The names of the files in the folder of the reports that belong to what is `wanted`, by its name in settings.
    fn names_of(&self, today: Today, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let year = self.this_year(today);
        let reports = ReportFile::ALL.into_iter().filter(|report| wanted(report.name()));
        let mut names: Vec<String> = reports.clone().map(|report| report.file_name(year)).collect();
        let belongs = |picture: &PictureFile| reports.clone().any(|report| report == picture.report());
        names.extend(PictureFile::ALL.into_iter().filter(belongs).map(|picture| picture.file_name().to_owned()));
        names.extend(wanted("briefs").then(|| "Briefs/".to_owned()));
        names.sort();
        names
    }

    /// A report as it should stand in the vault, and its pictures.
    fn files_of(
        &self,
        engine: &Engine,
        report: ReportFile,
        answered: &Answered,
        suggested: &Suggested<'_>,
    ) -> Result<Vec<GeneratedFile>, PlanError> {
        let (document, today) = (self.document_of(report, suggested), suggested.today);
        let body = engine.render(report.template(), &document)?;
        let presence = if document.is_empty() { Presence::IfPresent } else { Presence::Always };
        let front_matter = report.front_matter(self.this_year(today));
        let path = self.report_path(report, today);
        let file =
            self.placed(&path, |target| GeneratedFile::new(target, report.marker(), &front_matter, &body, presence))?;
        let mut files = vec![if ReportFile::TWO_WAY.contains(&report) { file.knowing(answered.clone()) } else { file }];
        for (picture, svg) in pictures(&document, &self.options.vocabulary, self.language) {
            let path = self.in_reports(picture.file_name());
            files.push(self.placed(&path, |target| GeneratedFile::picture(target, picture.name(), &svg, presence))?);
        }
        Ok(files)
    }

    pub(super) fn placed(
        &self,
        path: &str,
        make: impl FnOnce(TargetPath) -> Result<GeneratedFile, Refusal>,
    ) -> Result<GeneratedFile, PlanError> {
        let made = TargetPath::new(path).and_then(|target| self.outside_notes(target)).and_then(make);
        made.map_err(|refusal| PlanError::Refused(path.to_owned(), refusal))
    }

    /// Writes to this vault, keeping what is displaced in `state`.
    pub fn writer<'a>(&'a self, state: &'a State) -> Writer<'a> {
        let context =
            WriteContext { words: &self.options.vocabulary, language: self.language, tasks: &self.obsidian.tasks };
        Writer { disk: state.disk().as_ref(), root: &self.root, state, context }
    }

    /// The target, unless other programs or this one would take a file there for a daily note, a template or a person:
    /// everybody in the agenda of a day would count as met on that day.
    fn outside_notes(&self, target: TargetPath) -> Result<TargetPath, Refusal> {
        let path = target.note_path();
        let words = &self.options.vocabulary;
        let is_daily = self.obsidian.periodic_of(PeriodKind::Day).iter().any(|daily| {
            // Daily notes in the root make no folder theirs.
            !daily.folder.is_empty() && below_folder(path.as_str(), &daily.folder).is_some()
        });
        let in_templates = is_template(&path, &self.obsidian, |_| false, |folder| words.is_template_folder(folder));
        if is_daily || in_templates || is_in_person_folder(&path, words) {
            return Err(Refusal::FolderOfNotes { folder: path.folder().to_owned() });
        }
        Ok(target)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::app::load::load;
    use crate::cli::config::ConfigFile;
    use crate::cli::settings::resolve;
    use crate::disk::real::RealDisk;

    #[test]
    fn no_report_goes_where_a_daily_note_a_template_or_a_person_is_expected() {
        let vault = tempfile::tempdir().unwrap();
        let settings = vault.path().join(".obsidian");
        fs::create_dir(&settings).unwrap();
        let state = State::new(Arc::new(RealDisk), &settings, vault.path());
        let today = Today(chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        for (daily, reports, refused) in [
            ("Journal", "Reports", false),
            ("Journal", "Journal", true),
            ("Journal", "journal/Reports", true),
            ("Journal", "Journals", false),
            ("", "Reports", false),
            ("", "Templates", true),
            ("", "模板/报告", true),
            ("", "People", true),
            ("", "03-人脉/报告", true),
            ("", "Peoples Reports", false),
        ] {
            fs::write(settings.join("daily-notes.json"), format!("{{\"folder\":\"{daily}\"}}")).unwrap();
            let mut options = resolve(&ConfigFile::default(), BTreeMap::new()).options;
            options.reports = reports.into();
            let plan = load(vault.path(), options, &|_| {}).unwrap().plan(today, &Answered::default(), &state);
            let folder = reports.to_owned();
            match plan {
                Ok(_) => assert!(!refused, "{daily} {reports}"),
                Err(PlanError::Refused(path, refusal)) => {
                    assert!(refused, "{daily} {reports}");
                    assert!(path.starts_with(&folder), "{path}");
                    assert_eq!(refusal, Refusal::FolderOfNotes { folder });
                }
                Err(PlanError::Template(error)) => panic!("{error}"),
            }
        }
    }
}
