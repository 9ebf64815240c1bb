//! `watch`: keeps the reports fresh while notes are written.
//!
//! Here the loop of `watch` meets the world: events and clocks go in, and what it says is carried out. Whatever goes
//! wrong in one round is told once and survived; a vault that is gone, or a loop with another program, ends the run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::app::refresh::{Looked, RefreshError};
use crate::app::vault::Vault;
use crate::cli::args::Common;
use crate::cli::clock::now_at;
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;
use crate::disk::git::work_in;
use crate::model::diagnostic::Finding;
use crate::model::today::Today;
use crate::state::folder::State;
use crate::vault::mount_table::identity;
use crate::vault::root::VaultError;
use crate::vault::settings_stamps::settings_stamps;
use crate::vault::stamp::{Stamp, is_folder, stamp};
use crate::watch::event::Event;
use crate::watch::interest::{Interest, View, interest};
use crate::watch::moment::Now;
use crate::watch::rounds::{Done, Mode, Round, Rounds, Step, World};
use crate::watch::source::{Source, SourceError};

use super::scan::ANSWERS;

mod listening;
mod log;
mod told;

use listening::no_events;

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
            known_folders: BTreeSet::new(),
            told: BTreeSet::new(),
            last: String::new(),
            last_noted: 0,
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

    fn now(&self) -> Now {
        now(&self.source)
    }
}

fn now(source: &Source) -> Now {
    now_at(source.moment())
}
