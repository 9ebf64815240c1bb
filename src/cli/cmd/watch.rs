//! `watch`: keeps the reports fresh while notes are written.
//!
//! Here the loop of `watch` meets the world: events and clocks go in, and what it says is carried out. Whatever goes
//! wrong in one round is told once and survived; a vault that is gone, or a loop with another program, ends the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::app::refresh::{Looked, Passed, RefreshError};
use crate::app::reports::Output;
use crate::app::vault::{Updated, Vault};
use crate::cli::args::Common;
use crate::cli::clock::{clock_time, log_time, now_at};
use crate::cli::colour::Target;
use crate::cli::config_files::real;
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::{Terminal, Verbosity, placed, unplaced};
use crate::disk::git::work_in;
use crate::model::diagnostic::{Diagnostic, Finding};
use crate::model::language::Language;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::report::item::Section;
use crate::report::problems::Problem;
use crate::report::run::{WatchLine, WatchSummary};
use crate::state::folder::State;
use crate::state::record::hash;
use crate::vault::mount_table::{identity, mount_table, touch};
use crate::vault::root::VaultError;
use crate::vault::settings_stamps::{settings_folders, settings_stamps};
use crate::vault::stamp::{Stamp, is_folder, stamp};
use crate::watch::event::Event;
use crate::watch::interest::{Interest, View, interest};
use crate::watch::moment::Now;
use crate::watch::mounts::{file_system, is_silent};
use crate::watch::rounds::{Done, Mode, Round, Rounds, Step, World};
use crate::watch::source::{Source, SourceError};
use crate::write::apply::Outcome;
use crate::write::target::TargetPath;

use super::scan::{ANSWERS, left_over};

/// A watcher that works tells of a touch within this time.
const ECHO: Duration = Duration::from_secs(1);

/// Arguments of `watch`.
#[derive(Args, Debug, Default)]
#[command(after_help = ANSWERS)]
pub struct WatchArgs {
    /// The vault; without it, the one around the current folder
    #[arg(value_name = "VAULT")]
    pub folder: Option<PathBuf>,
    /// Look again and again instead of waiting for the system to tell of changes
    #[arg(long)]
    pub poll: bool,
}

/// Watches until it is told to end.
///
/// # Errors
/// The vault or its settings cannot be read at the start, the vault goes away, or another watcher is at work.
pub fn run(args: &WatchArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, args.folder.as_deref(), terminal)?;
    let state = session.state()?;
    let lock = state.lock_watch().map_err(|error| Finding::new("watch-no-lock", [&error.to_string()]))?;
    let Some(_lock) = lock else {
        return Err(Finding::new("watch-already", [&session.root.display().to_string()]).into());
    };
    let source = Source::new();
    let stopper = source.stopper();
    ctrlc::set_handler(move || stopper.stop())
        .map_err(|error| Finding::new("watch-no-signals", [&error.to_string()]))?;
    let vault = session.vault()?;
    let mut watcher = Watcher::new(args, common, session, vault, state, source);
    let ended = watcher.begin().and_then(|()| watcher.run());
    terminal.clear_status();
    ended
}

/// All that a running watch holds.
struct Watcher<'t> {
    args: &'t WatchArgs,
    common: &'t Common,
    session: Session<'t>,
    vault: Vault,
    state: State,
    source: Source,
    rounds: Rounds,
    root: Option<(u64, u64)>,
    settings: BTreeMap<PathBuf, Stamp>,
    known_folders: BTreeSet<PathBuf>,
    /// What was told of the last round, so that it is told once.
    told: BTreeSet<String>,
    /// When something was last written, and into how many notes answers were.
    last: String,
    last_noted: usize,
}

impl<'t> Watcher<'t> {
    fn new(
        args: &'t WatchArgs,
        common: &'t Common,
        session: Session<'t>,
        vault: Vault,
        state: State,
        source: Source,
    ) -> Self {
        let rounds = Rounds::new(Mode::Events, now(&source));
        let (root, settings) = (identity(vault.root()), settings_stamps(vault.root()));
        let (known_folders, told, last, last_noted) = (BTreeSet::new(), BTreeSet::new(), String::new(), 0);
        Watcher {
            args,
            common,
            session,
            vault,
            state,
            source,
            rounds,
            root,
            settings,
            known_folders,
            told,
            last,
            last_noted,
        }
    }

    /// Finds out whether the system tells of changes, and looks once more at what changed while it was asked to.
    fn begin(&mut self) -> Result<(), CliError> {
        if let Some(reason) = self.why_poll() {
            self.poll(&reason);
        }
        self.rounds.take(Interest::Walk, self.source.moment());
        Ok(())
    }

    /// Why events cannot be relied on, if they cannot.
    fn why_poll(&mut self) -> Option<Finding> {
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
    fn cover(&mut self) -> Result<(), SourceError> {
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

    fn poll(&mut self, reason: &Finding) {
        self.source.deafen();
        self.rounds.poll();
        self.session.terminal.clear_status();
        self.session.terminal.remark(reason);
    }

    /// Goes on until the end.
    fn run(&mut self) -> Result<Exit, CliError> {
        loop {
            let disk = self.state.disk().clone();
            let root = self.vault.root().to_owned();
            let world = World { stamp: &stamp, git: &|| work_in(disk.as_ref(), &root).is_some() };
            let now = self.now();
            match self.rounds.step(now, world) {
                Step::Stop => return Ok(Exit::Done),
                Step::Wait(time) => {
                    if let Some(event) = self.source.next(time) {
                        self.take(event);
                        // What waits already belongs to the same moment.
                        for _ in 0..1024 {
                            let Some(event) = self.source.next(Duration::ZERO) else { break };
                            self.take(event);
                        }
                    }
                }
                Step::LookAround => self.look_around()?,
                Step::Settings => self.read_settings(),
                Step::Round(round) => self.round(&round, now)?,
            }
        }
    }

    fn take(&mut self, event: Event) {
        match &event {
            Event::Folder(path) => self.source.forget(path),
            Event::Either(path) if self.known_folders.contains(path) => self.source.forget(path),
            Event::Lost => self.source.forget(self.vault.root()),
            Event::Limit => self.poll(&no_events(&SourceError::Limit)),
            _ => {}
        }
        let moment = self.source.moment();
        let was_folder = |path: &Path| self.known_folders.contains(path) || is_folder(path);
        let view = View {
            root: self.vault.root(),
            filter: self.vault.filter(),
            reports: &self.vault.options().reports,
            is_folder: &was_folder,
        };
        let interest = interest(event, &view);
        self.rounds.take(interest, moment);
    }

    /// Whether the vault is the folder it was, and, where events do not tell, which files differ.
    fn look_around(&mut self) -> Result<(), CliError> {
        let root = self.vault.root();
        if identity(root) != self.root {
            return Err(VaultError::Missing(root.to_owned()).into());
        }
        if self.rounds.mode() == Mode::Polling {
            let begun = self.source.moment();
            let differ = self.vault.differences()?;
            let moment = self.source.moment();
            self.rounds.polled(moment.saturating_sub(begun), moment);
            for path in differ {
                self.rounds.take_file(path, moment);
            }
        }
        self.read_settings();
        Ok(())
    }

    /// Reads settings that changed, and the vault anew by them. Settings with faults are told, and the old ones hold.
    fn read_settings(&mut self) {
        let stamps = settings_stamps(self.vault.root());
        if stamps == self.settings {
            return;
        }
        self.settings = stamps;
        let terminal = self.session.terminal;
        terminal.clear_status();
        let opened = Session::open(self.common, self.args.folder.as_deref(), terminal);
        match opened.and_then(|session| session.vault().map(|vault| (session, vault))) {
            Ok((session, vault)) => {
                (self.session, self.vault) = (session, vault);
                self.rounds.reopened(self.source.moment());
                self.cover_or_poll();
            }
            Err(error) => {
                terminal.fail(&error);
            }
        }
    }

    fn cover_or_poll(&mut self) {
        if let Err(error) = self.cover() {
            self.poll(&no_events(&error));
        }
    }

    fn round(&mut self, round: &Round, now: Now) -> Result<(), CliError> {
        let state = self.state.next_run();
        let today = if self.common.today.is_some() { self.session.today } else { Today(now.date) };
        let looked = self.vault.refresh(round, now, today, &state);
        let done = match looked {
            Ok(Looked::NoNews(updated)) => Done { again: updated.again, ..Done::default() },
            Ok(Looked::Interrupted) => {
                self.rounds.interrupted(self.source.moment());
                return Ok(());
            }
            Ok(Looked::Passed(updated, passed)) => self.tell(&updated, &passed, today),
            Err(error @ (RefreshError::Plan(_) | RefreshError::Answered)) => {
                self.tell_once(vec![error.into()], Vec::new());
                Done { unfinished: true, ..Done::default() }
            }
            Err(error @ (RefreshError::Vault(_) | RefreshError::Emptied { .. })) => return Err(error.into()),
        };
        self.cover_or_poll();
        self.rounds
            .done(done, self.source.moment())
            .map_err(|files| Finding::new("watch-in-circles", [&files.join(", ")]).into())
    }

    /// Says what came of a round.
    fn tell(&mut self, updated: &Updated, passed: &Passed, today: Today) -> Done {
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
    fn tell_once(&mut self, troubles: Vec<CliError>, hints: Vec<Problem>) {
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

    fn now(&self) -> Now {
        now(&self.source)
    }
}

/// What may stand in a log: notes are named by hash, and nothing of their text is there. A person at a terminal, or one
/// who asked for more, is told all.
struct Log<'p> {
    is_private: bool,
    way: &'p str,
    /// What came of notes; the other files are ours.
    wrote: &'p Outcome,
}

impl Log<'_> {
    fn name(&self, target: &TargetPath) -> String {
        let outcome = self.wrote;
        let refused = outcome.refused.iter().map(|(target, _)| target);
        let failed = outcome.failed.iter().map(|(target, _)| target);
        let remarks = outcome.remarks.iter().map(|(target, _)| target);
        let is_note = refused.chain(failed).chain(remarks).any(|note| note == target);
        if self.is_private && is_note {
            short_hash(target.as_str())
        } else {
            format!("{}{}", self.way, target.as_str())
        }
    }

    /// A problem of a note that is known by its path alone.
    fn about_note(&self, problem: Problem) -> Problem {
        if self.is_private { Problem { path: short_hash(&problem.path), ..problem } } else { problem }
    }

    /// A finding without the words of a note; numbers tell where to look.
    fn finding(&self, mut finding: Finding) -> Finding {
        let is_number = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
        if self.is_private {
            finding.arguments.iter_mut().filter(|value| !is_number(value)).for_each(|value| *value = "…".into());
        }
        finding
    }

    fn problem(&self, problem: &Diagnostic, language: Language) -> Problem {
        let Diagnostic { code, arguments, .. } = problem.clone();
        let Finding { arguments, .. } = self.finding(Finding { code, arguments });
        let excerpt = if self.is_private { Box::default() } else { problem.excerpt.clone() };
        let problem = placed(&Diagnostic { arguments, excerpt, ..problem.clone() }, language);
        Problem { path: format!("{}{}", self.way, problem.path), ..problem }
    }
}

fn now(source: &Source) -> Now {
    now_at(source.moment())
}

fn no_events(error: &SourceError) -> Finding {
    match error {
        SourceError::Limit => Finding::new("watch-limit", []),
        SourceError::Other(reason) => Finding::new("watch-no-events", [reason]),
    }
}

/// What a log names a note by: enough to tell two apart, and no name.
fn short_hash(path: &str) -> String {
    hash(path.as_bytes()).chars().take(8).collect()
}
