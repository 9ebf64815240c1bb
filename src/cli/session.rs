//! One run of one command: the vault found, its settings read, today known.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::app::load::Loaded;
use crate::app::options::Options;
use crate::app::vault::Vault;
use crate::disk::real::RealDisk;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::model::path::NotePath;
use crate::model::span::LineIndex;
use crate::model::today::Today;
use crate::render::engine;
use crate::state::folder::State;
use crate::state::seen::suddenly_empty;
use crate::vault::root::{check_folder, find_vault};
use crate::watch::moment::Now;

use super::args::Common;
use super::clock::{now_at, wall};
use super::config::read;
use super::config_files::{ConfigText, HOLIDAYS, read_config, read_holidays, read_templates};
use super::config_section::{Faults, nearest};
use super::error::CliError;
use super::here::way_from;
use super::progress::Bar;
use super::settings::resolve;
use super::state_home::state_home;
use super::term::{Terminal, unplaced};
use super::today::today;

/// What every command that reads a vault starts from.
#[derive(Debug)]
pub struct Session<'t> {
    /// Where to print.
    pub terminal: &'t Terminal,
    /// The vault, an absolute path.
    pub root: PathBuf,
    /// The way from the current folder to the vault: empty, or with a final `/`.
    pub way: String,
    /// The settings in force.
    pub options: Options,
    /// The day.
    pub today: Today,
    notices: Vec<Diagnostic>,
}

impl<'t> Session<'t> {
    /// Finds the vault and reads its settings. `folder` is the vault as a command's own argument names it; `--vault`
    /// names it too; without either it is the one around the current folder.
    ///
    /// # Errors
    /// A vault that is none, settings with faults, a day that is none.
    pub fn open(common: &Common, folder: Option<&Path>, terminal: &'t Terminal) -> Result<Self, CliError> {
        let asked = asked_language(common)?;
        if let Some(language) = asked {
            terminal.speak(language);
        }
        let today = today(common.today.as_deref())?;
        let here = current_folder()?;
        let root = vault(common, folder, &here)?;
        let way = way_from(&here, &root);
        let config = read_config(&root)?;
        let templates = read_templates(&root)?;
        let (file, mut faults) = read(&config.text);
        let resolved = resolve(&file, templates.own);
        faults.extend(resolved.faults);
        faults.sort_by_key(|(span, _)| *span);
        let mut options = resolved.options;
        options.language = asked.or(options.language);
        if let Some(language) = options.language.or_else(|| language_of(&config.text)) {
            terminal.speak(language);
        }
        if !faults.is_empty() {
            return Err(CliError::Config(placed(faults, &config, &way)));
        }
        let mut notices = placed(resolved.notices, &config, &way);
        notices.extend(unknown_templates(&templates.unknown, &way));
        let unread = read_holidays(&root, &mut options.agenda.holidays)?;
        notices.extend(unread_holidays(&unread, &way));
        Ok(Session { terminal, root, way, options, today, notices })
    }

    /// Reads the vault, with a progress bar when that takes long. From here on the terminal speaks its language.
    ///
    /// # Errors
    /// The vault cannot be listed.
    pub fn load(&self) -> Result<Loaded, CliError> {
        let loaded = self.vault()?.loaded();
        if let Some((before, now)) = self.missing(loaded.index.counts.notes) {
            let finding = Finding::new("vault-seems-empty", [&before.to_string(), &now.to_string()]);
            self.terminal.problem(&unplaced(&finding, "", loaded.language));
        }
        Ok(loaded)
    }

    /// Reads the vault to write its reports, and keeps it read.
    ///
    /// # Errors
    /// The vault cannot be listed; or so many of its notes are missing that it is likely not all there, and nobody said
    /// that this is right.
    pub fn vault_to_write(&self, missing: Missing) -> Result<Vault, CliError> {
        let vault = self.vault()?;
        match self.missing(vault.notes()) {
            Some((before, now)) if missing == Missing::Stops => {
                Err(Finding::new("vault-suddenly-empty", [&before.to_string(), &now.to_string()]).into())
            }
            _ => Ok(vault),
        }
    }

    /// Reads the vault anew after a write into its notes, to make the reports again; nothing if so many notes are missing
    /// that it is likely not all there. What is odd about it was said the first time.
    ///
    /// # Errors
    /// The vault cannot be listed.
    pub fn vault_again(&self) -> Result<Option<Vault>, CliError> {
        let vault = Vault::open(&self.root, self.options.clone(), wall(), &|_| {})?;
        Ok(self.missing(vault.notes()).is_none().then_some(vault))
    }

    /// The numbers of notes at the last good scan and now, if the vault is suddenly empty.
    fn missing(&self, now: usize) -> Option<(usize, usize)> {
        let before = self.state().ok()?.seen()?;
        suddenly_empty(before, now).then_some((before, now))
    }

    /// What a run that wrote does last: where displaced files could only be copied, waits two seconds until they may go.
    pub fn finish(&self, state: &State) {
        match state.compare_leftovers() {
            Ok(records) => {
                for record in records {
                    let path = format!("{}{}", self.way, record.path);
                    let finding = Finding::new("state-saved-late", [&record.id]);
                    self.terminal.problem(&unplaced(&finding, &path, self.terminal.language()));
                }
            }
            Err(error) => {
                self.terminal.problem(&unplaced(&trouble(state.folder(), &error), "", self.terminal.language()));
            }
        }
    }

    /// Reads the vault and keeps it read, with a progress bar when that takes long.
    ///
    /// # Errors
    /// As [`Session::load`].
    pub fn vault(&self) -> Result<Vault, CliError> {
        let bar = Bar::new(self.terminal.message_target());
        let vault = Vault::open(&self.root, self.options.clone(), wall(), &|progress| bar.update(progress))?;
        drop(bar);
        self.terminal.speak(vault.language());
        self.say_notices();
        Ok(vault)
    }

    /// All clocks, for a run that looks once.
    pub fn now(&self) -> Now {
        now_at(Duration::ZERO)
    }

    /// Our own folder for this vault.
    ///
    /// # Errors
    /// The user has no home folder.
    pub fn state(&self) -> Result<State, CliError> {
        Ok(State::new(Arc::new(RealDisk), &state_home()?, &self.root))
    }

    /// Says what is odd about the settings and the files beside them. Reading the vault does so in its language.
    pub fn say_notices(&self) {
        self.terminal.findings(&self.notices);
    }
}

/// Whether missing notes stop a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// They do.
    Stops,
    /// The user removed them.
    IsRight,
}

/// Our own folder cannot be used.
pub fn state_trouble(state: &State, error: &io::Error) -> CliError {
    trouble(state.folder(), error).into()
}

/// The same as a finding, where the run goes on.
pub fn trouble(folder: &Path, error: &io::Error) -> Finding {
    Finding::new("state-trouble", [&folder.display().to_string(), &error.to_string()])
}

/// The variables of git whose values are paths, seen from the current folder: git gives them to its hooks.
pub fn git_environment(here: &Path) -> Vec<(&'static str, PathBuf)> {
    let given = |name: &'static str| env::var_os(name).map(|value| (name, here.join(value)));
    let mut found: Vec<_> = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"].into_iter().filter_map(given).collect();
    let has = |name: &str, found: &[(&'static str, PathBuf)]| found.iter().any(|(known, _)| *known == name);
    if has("GIT_DIR", &found) && !has("GIT_WORK_TREE", &found) {
        // With the folder of the repository named, git takes the current folder for the top of the work tree.
        found.push(("GIT_WORK_TREE", here.to_owned()));
    }
    found
}

/// The current folder.
///
/// # Errors
/// It was removed, or may not be read.
pub fn current_folder() -> Result<PathBuf, CliError> {
    env::current_dir().map_err(|error| Finding::new("vault-unreadable", [".", &error.to_string()]).into())
}

fn vault(common: &Common, folder: Option<&Path>, here: &Path) -> Result<PathBuf, CliError> {
    match (common.vault.as_deref(), folder) {
        (Some(option), Some(argument)) if here.join(option) != here.join(argument) => {
            let (option, argument) = (option.display().to_string(), argument.display().to_string());
            Err(Finding::new("vault-named-twice", [&option, &argument]).into())
        }
        (Some(named), _) | (None, Some(named)) => {
            let root = plain(&here.join(named));
            check_folder(&root)?;
            Ok(root)
        }
        (None, None) => Ok(find_vault(here, env::home_dir().as_deref())?),
    }
}

/// The path without `.` and, where that is safe, without `..`: through a link, `..` is another folder.
fn plain(path: &Path) -> PathBuf {
    let dotted = path.components().any(|part| part.as_os_str() == "..");
    let real = if dotted { super::config_files::real(path) } else { None };
    real.unwrap_or_else(|| path.components().collect())
}

fn asked_language(common: &Common) -> Result<Option<Language>, CliError> {
    let Some(tag) = common.lang.as_deref() else { return Ok(None) };
    match Language::from_tag(tag) {
        Some(language) => Ok(Some(language)),
        None => Err(Finding::new("lang-unknown", [tag]).into()),
    }
}

/// A file of settings with Chinese in it is answered in Chinese.
fn language_of(text: &str) -> Option<Language> {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)).then_some(Language::Chinese)
}

fn placed(faults: Faults, config: &ConfigText, way: &str) -> Vec<Diagnostic> {
    let path = NotePath::new(&format!("{way}{}", config.path));
    let lines = LineIndex::new(&config.text);
    faults.into_iter().map(|(span, finding)| finding.at(&path, &lines, span)).collect()
}

fn unknown_templates(names: &[String], way: &str) -> Vec<Diagnostic> {
    let known = engine::names();
    let about = |name: &String| {
        let path = NotePath::new(&format!("{way}.vault-scan/templates/{name}"));
        let mut diagnostic = Finding::new("template-unknown", [name, nearest(name, &known)]).about(&path);
        diagnostic.position.line = 0;
        diagnostic
    };
    names.iter().map(about).collect()
}

fn unread_holidays(names: &[String], way: &str) -> Vec<Diagnostic> {
    let about = |name: &String| {
        let path = NotePath::new(&format!("{way}{HOLIDAYS}/{name}"));
        let mut diagnostic = Finding::new("holidays-unread", [name]).about(&path);
        diagnostic.position.line = 0;
        diagnostic
    };
    names.iter().map(about).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cli::term::Terminal;

    fn open(root: &Path, change: impl FnOnce(&mut Common)) -> Result<(Options, Language), CliError> {
        let mut common = Common { vault: Some(root.to_owned()), today: Some("2026-11-20".into()), ..Common::default() };
        change(&mut common);
        let terminal = Terminal::new(&common);
        Session::open(&common, None, &terminal).map(|session| (session.options, terminal.language()))
    }

    #[test]
    fn the_option_outranks_the_settings_which_outrank_the_notes() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(open(home.path(), |_| {}).unwrap().0.language, None);
        fs::write(home.path().join("vault-scan.toml"), "language = \"zh-CN\"").unwrap();
        let (options, spoken) = open(home.path(), |_| {}).unwrap();
        assert_eq!((options.language, spoken), (Some(Language::Chinese), Language::Chinese));
        let (options, spoken) = open(home.path(), |common| common.lang = Some("en-GB".into())).unwrap();
        assert_eq!((options.language, spoken), (Some(Language::English), Language::English));
    }

    #[test]
    fn what_stops_a_run_before_the_vault_is_read_has_its_code() {
        let home = tempfile::tempdir().unwrap();
        let missing = home.path().join("none");
        for (expected, result) in [
            ("vault-missing", open(&missing, |_| {})),
            ("lang-unknown", open(home.path(), |common| common.lang = Some("fr".into()))),
            ("date-no-such-day", open(home.path(), |common| common.today = Some("2026-02-30".into()))),
        ] {
            assert_eq!(result.unwrap_err().code(), expected);
        }
    }

    #[test]
    fn faults_of_settings_and_of_their_values_come_together_in_order() {
        let home = tempfile::tempdir().unwrap();
        let text = "# 设置\ndasy = 3\nlanguage = \"fr\"\nmax_per_day = 0\n";
        fs::write(home.path().join("vault-scan.toml"), text).unwrap();
        let Err(CliError::Config(found)) = open(home.path(), |_| {}) else { panic!("faults") };
        let shown: Vec<_> = found.iter().map(|d| (d.position.line, d.position.column, d.code)).collect();
        let expected = [(2, 1, "config-unknown-key"), (3, 12, "config-unknown-value"), (4, 15, "config-out-of-range")];
        assert_eq!(shown, expected);
        assert_eq!(&*found[0].excerpt, "dasy = 3");
    }

    #[test]
    fn a_vault_named_twice_must_be_one() {
        let home = tempfile::tempdir().unwrap();
        let common = Common { vault: Some(home.path().to_owned()), ..Common::default() };
        let terminal = Terminal::new(&common);
        assert!(Session::open(&common, Some(home.path()), &terminal).is_ok());
        let error = Session::open(&common, Some(Path::new("elsewhere")), &terminal).unwrap_err();
        assert_eq!(error.code(), "vault-named-twice");
    }
}
