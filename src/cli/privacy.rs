//! What would be for other people to see: reports about others and phone numbers in a repository with a remote that the
//! settings do not call private. Git is only asked.

use crate::app::load::Loaded;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::render::report_files::ReportFile;
use crate::vault::git::{Git, GitError};

/// Reports that say what others did, need or decide.
const ABOUT_OTHERS: [ReportFile; 2] = [ReportFile::Endorsers, ReportFile::Ledger];

/// What `check` warns of. A vault outside git, or whose remotes are private, has nothing to fear; a private report that
/// git has all the same is told in any repository.
///
/// # Errors
/// Git is there and says something unexpected.
pub(super) fn privacy(loaded: &Loaded, git: &Git, today: Today) -> Result<Vec<Diagnostic>, GitError> {
    if !git.is_likely() {
        return Ok(Vec::new());
    }
    let has_remote = match git.has_remote() {
        Ok(has_remote) => has_remote,
        Err(GitError::NoRepository | GitError::NotStarted(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let files = git.files()?;
    let in_reports = |name: &str| NotePath::new(&loaded.in_reports(name));
    let mut found = Vec::new();
    let private = loaded.private_names(today);
    for name in &private {
        let path = in_reports(name.trim_end_matches('/'));
        let below = format!("{path}/");
        let had = files.iter().filter(|(file, has)| **has && (**file == path || file.as_str().starts_with(&below)));
        found.extend(had.map(|(file, _)| Finding::new("git-private-tracked", [file.as_str()]).about(file)));
    }
    if !has_remote || loaded.options.private_remote {
        return Ok(found);
    }
    for report in ABOUT_OTHERS.into_iter().filter(|report| !loaded.options.private.contains(report.name())) {
        let path = NotePath::new(&loaded.report_path(report, today));
        if files.contains_key(&path) {
            found.push(Finding::new("git-private-report", [report.name()]).about(&path));
        }
    }
    let with_phone = loaded.index.people.iter().filter(|record| !record.person.phones.is_empty());
    let mut with_phone = with_phone.filter(|record| files.contains_key(&record.path)).peekable();
    if let Some(first) = with_phone.peek().map(|record| record.path.clone()) {
        found.push(Finding::new("git-phone-numbers", [&with_phone.count().to_string()]).about(&first));
    }
    Ok(found)
}
