//! `check`: everything that could not be read as written, for people, hooks and CI.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::app::load::Loaded;
use crate::app::reports::Output;
use crate::cli::args::Common;
use crate::cli::config_files::{Named, look, real};
use crate::cli::error::{CliError, Exit, git_trouble};
use crate::cli::excerpt::shown;
use crate::cli::github::annotation;
use crate::cli::privacy::privacy;
use crate::cli::session::{Session, current_folder, git_environment};
use crate::cli::term::{Terminal, unplaced};
use crate::model::diagnostic::Finding;
use crate::model::path::NotePath;
use crate::render::json::json;
use crate::report::problems::{Problem, Problems};
use crate::report::run::{CheckSummary, Severities};
use crate::state::exchange::Exchange;
use crate::vault::git::{Git, Staged};

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// A folder is the vault; files ask for their own findings only
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Check what git has staged, as it would be committed
    #[arg(long)]
    pub staged: bool,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: CheckFormat,
}

/// The form of findings on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For reading in a terminal
    #[default]
    Text,
    /// For scripts
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// Prints the findings; exits with 1 when one of them is more than a hint.
///
/// # Errors
/// The vault or its settings cannot be read, or a file is not in the vault.
pub fn run(args: &CheckArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let named = named(&args.paths)?;
    let session = Session::open(common, named.folder.as_deref(), terminal)?;
    let mut session = session;
    let wanted = match args.staged {
        true if !named.files.is_empty() => return Err(Finding::new("check-staged-files", []).into()),
        true => Some(stage(&mut session)?),
        false if named.files.is_empty() => None,
        false => Some(inside(&named.files, &session.root)?),
    };
    let mut loaded = session.load()?;
    let git = Git::new(&session.root, git_environment(&current_folder()?));
    let private = privacy(&loaded, &git, session.today).map_err(|error| git_trouble(&error, &session.root))?;
    loaded.index.diagnostics.extend(private);
    let is_wanted = |path: &NotePath| wanted.as_ref().is_none_or(|wanted| wanted.contains(path));
    let problems = loaded.problems_of(&is_wanted, session.today);
    terminal.result(&printed(&problems, args.format, &loaded, &session)?)?;
    let summary = summary(wanted.as_ref().map(BTreeSet::len), &problems);
    let engine = loaded.engine(Output::Text(terminal.message_style()))?;
    terminal.message(&engine.render("check", &summary)?);
    if session.state().is_ok_and(|state| state.exchange() == Exchange::Missing) {
        let finding = Finding::new("vault-without-exchange", []);
        terminal.problem(&unplaced(&finding, "", loaded.language));
    }
    let Severities { errors, warnings, hints: _ } = summary.problems;
    Ok(if errors + warnings > 0 { Exit::Findings } else { Exit::Done })
}

/// Lays what is staged over the vault, and gives the notes that a commit would change.
fn stage(session: &mut Session<'_>) -> Result<BTreeSet<NotePath>, CliError> {
    let git = Git::new(&session.root, git_environment(&current_folder()?));
    let Staged { changed, overlay } = git.staged().map_err(|error| git_trouble(&error, &session.root))?;
    session.options.overlay = Some(Arc::new(overlay));
    Ok(changed.into_iter().filter(|path| path.as_str().to_lowercase().ends_with(".md")).collect())
}

/// The arguments told apart.
#[derive(Debug, Default)]
struct NamedPaths {
    folder: Option<PathBuf>,
    files: Vec<(PathBuf, PathBuf)>,
}

fn named(paths: &[PathBuf]) -> Result<NamedPaths, CliError> {
    let mut named = NamedPaths::default();
    for path in paths {
        match look(path)? {
            Named::File(real) => named.files.push((path.clone(), real)),
            Named::Folder(_) if named.folder.is_none() => named.folder = Some(path.clone()),
            Named::Folder(_) => return Err(Finding::new("check-two-folders", [&path.display().to_string()]).into()),
        }
    }
    Ok(named)
}

/// The files as the vault names them.
fn inside(files: &[(PathBuf, PathBuf)], root: &Path) -> Result<BTreeSet<NotePath>, CliError> {
    let real_root = real(root).unwrap_or_else(|| root.to_owned());
    let mut inside = BTreeSet::new();
    for (written, real) in files {
        let Ok(below) = real.strip_prefix(&real_root) else {
            let (file, root) = (written.display().to_string(), root.display().to_string());
            return Err(Finding::new("path-outside-vault", [&file, &root]).into());
        };
        inside.insert(NotePath::new(&below.to_string_lossy()));
    }
    Ok(inside)
}

fn printed(
    problems: &Problems,
    format: CheckFormat,
    loaded: &Loaded,
    session: &Session<'_>,
) -> Result<String, CliError> {
    let style = session.terminal.style();
    let one: &dyn Fn(&Problem) -> String = match format {
        CheckFormat::Json => return Ok(json(problems, &loaded.engine(Output::Json)?)?),
        CheckFormat::Text => &|problem| shown(problem, &session.way, style, session.terminal.result_columns()),
        CheckFormat::Github => &|problem| annotation(problem, &session.way),
    };
    Ok(problems.diagnostics.iter().map(one).collect::<Vec<_>>().join("\n"))
}

fn summary(files: Option<usize>, problems: &Problems) -> CheckSummary {
    let paths: BTreeSet<&str> = problems.diagnostics.iter().map(|problem| problem.path.as_str()).collect();
    CheckSummary {
        notes: files.unwrap_or(problems.notes),
        notes_with_problems: paths.len(),
        problems: Severities::count(problems.diagnostics.iter().map(|problem| problem.severity)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn code<T>(result: Result<T, CliError>) -> &'static str {
        result.err().map_or("", |error| error.code())
    }

    #[test]
    fn a_folder_is_the_vault_and_files_are_named_from_its_root() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("notes");
        fs::create_dir_all(root.join("人脉")).unwrap();
        fs::write(root.join("人脉/张三.md"), "").unwrap();
        fs::write(home.path().join("b.md"), "").unwrap();

        let given = [root.clone(), root.join("人脉/../人脉/张三.md")];
        let found = named(&given).unwrap();
        assert_eq!(found.folder.as_deref(), Some(root.as_path()));
        let files = inside(&found.files, &root).unwrap();
        assert_eq!(files.iter().map(NotePath::as_str).collect::<Vec<_>>(), ["人脉/张三.md"]);

        let outside = named(&[home.path().join("b.md")]).unwrap();
        assert_eq!(code(inside(&outside.files, &root)), "path-outside-vault");
        assert_eq!(code(named(&[root.join("none.md")])), "path-missing");
        assert_eq!(code(named(&[root.clone(), home.path().to_owned()])), "check-two-folders");
    }
}
