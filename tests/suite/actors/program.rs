//! The program on one device: run once, or kept running with a clock that goes on by itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;
use vault_scan::app::options::Options;
use vault_scan::app::refresh::{Looked, RefreshError};
use vault_scan::app::undo::{Undo, undo_of};
use vault_scan::app::vault::Vault;
use vault_scan::cli::config::ConfigFile;
use vault_scan::cli::settings::resolve;
use vault_scan::disk::git::work_in;
use vault_scan::disk::real::RealDisk;
use vault_scan::model::language::Language;
use vault_scan::model::today::Today;
use vault_scan::state::folder::State;
use vault_scan::vault::stamp::stamp;
use vault_scan::watch::interest::Interest;
use vault_scan::watch::moment::{Moment, Now};
use vault_scan::watch::rounds::{Done, Mode, Rounds, Step, World};
use vault_scan::write::intent::LogLine;

use super::busy_disk::{BusyDisk, Meanwhile};
use super::others::{FILES, Others};
use crate::support::TODAY;

/// When nothing is to be done for so long, somebody else's turn has come.
const LONG: Duration = Duration::from_secs(15);

#[derive(Debug)]
pub(super) struct Program {
    device: usize,
    root: PathBuf,
    others: Arc<Mutex<Others>>,
    disk: Arc<BusyDisk>,
    state: State,
    options: Options,
    watch: Option<(Vault, Rounds)>,
    moment: Moment,
    date: NaiveDate,
}

impl Program {
    pub(super) fn new(folder: &Path, device: usize, others: &Arc<Mutex<Others>>) -> Self {
        let (root, home) = (folder.join(format!("vault{device}")), folder.join(format!("home{device}")));
        let disk = Arc::new(BusyDisk::new(device, others));
        let state = State::new(disk.clone(), &home, &root);
        let mut options = resolve(&ConfigFile::default(), BTreeMap::new()).options;
        options.language = Some(Language::English);
        let date = TODAY.parse().unwrap();
        Program {
            device,
            root,
            others: others.clone(),
            disk,
            state,
            options,
            watch: None,
            moment: Duration::ZERO,
            date,
        }
    }

    /// What others do during the next run.
    pub(super) fn meanwhile(&self, meanwhile: Meanwhile) {
        self.disk.plan(meanwhile);
    }

    pub(super) fn sleep_over_night(&mut self) {
        self.date = self.date.succ_opt().unwrap();
        self.moment += Duration::from_secs(86_400);
    }

    /// Lets the late comparison take all that was kept for old enough.
    pub(super) fn later(&mut self) {
        self.meanwhile(Meanwhile::new());
        self.state.compare_late_at(u64::MAX).unwrap();
    }

    pub(super) fn scan(&mut self) {
        let mut vault = self.vault();
        self.pass(&mut vault);
    }

    /// Logs a line for somebody, and makes the reports again.
    pub(super) fn log(&mut self, person: usize) {
        let loaded = self.vault().loaded();
        let state = self.state.next_run();
        let record = loaded.index.people.iter().find(|record| record.path.as_str() == FILES[person]);
        let Some(record) = record else { return };
        let line = LogLine { date: self.date, channel: None, text: "typed".into(), nested: Vec::new(), id: None };
        let intent = loaded.log_intent(record, vec![line]).unwrap();
        let writer = loaded.writer(&state);
        writer.apply(&writer.plan(vec![intent]));
        self.scan();
    }

    /// Takes back the last run, all of it or nothing, and makes the reports again.
    pub(super) fn undo(&mut self) {
        let loaded = self.vault().loaded();
        let state = self.state.next_run();
        let Some(run) = state.listing().unwrap().runs().into_iter().next() else { return };
        let Undo { intents, refused } = undo_of(&run, &state).unwrap();
        let writer = loaded.writer(&state);
        let plan = writer.plan(intents);
        if refused.is_empty() && plan.refused.is_empty() && plan.failed.is_empty() {
            writer.apply(&plan);
            self.scan();
        }
    }

    /// Tells the watcher of all that was written, and lets it go on until it waits.
    pub(super) fn watch(&mut self) {
        let now = self.now();
        let (mut vault, mut rounds) =
            self.watch.take().unwrap_or_else(|| (self.vault(), Rounds::new(Mode::Events, now)));
        for _ in 0..2_000 {
            for path in self.others.lock().unwrap().take_touched(self.device) {
                rounds.take(Interest::File(path), self.moment);
            }
            let git = || work_in(&RealDisk, &self.root).is_some();
            match rounds.step(self.now(), World { stamp: &stamp, git: &git }) {
                Step::Wait(time) if time > LONG => break,
                Step::Wait(time) => self.moment += time,
                Step::LookAround => rounds.polled(Duration::from_millis(5), self.moment),
                Step::Settings => {}
                Step::Stop => panic!("nobody asked it to stop"),
                Step::Round(round) => match vault.refresh(&round, self.now(), self.today(), &self.state.next_run()) {
                    Ok(Looked::NoNews(updated)) => {
                        rounds.done(Done { again: updated.again, ..Done::default() }, self.moment).unwrap();
                    }
                    Ok(Looked::Interrupted) => rounds.interrupted(self.moment),
                    Ok(Looked::Passed(updated, passed)) => {
                        let unfinished = [&passed.notes, &passed.reports]
                            .iter()
                            .any(|outcome| !outcome.refused.is_empty() || !outcome.failed.is_empty());
                        let done = Done { wrote: passed.wrote.clone(), again: updated.again, unfinished };
                        rounds.done(done, self.moment).unwrap();
                    }
                    Err(RefreshError::Answered) => {
                        rounds.done(Done { unfinished: true, ..Done::default() }, self.moment).unwrap();
                    }
                    Err(error) => panic!("{error}"),
                },
            }
        }
        self.watch = Some((vault, rounds));
    }

    fn vault(&self) -> Vault {
        Vault::open(&self.root, self.options.clone(), SystemTime::now(), &|_| {}).unwrap()
    }

    fn pass(&mut self, vault: &mut Vault) {
        match vault.pass(self.now(), self.today(), &self.state.next_run()) {
            Ok(_) | Err(RefreshError::Answered) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn today(&self) -> Today {
        Today(self.date)
    }

    fn now(&self) -> Now {
        Now { moment: self.moment, wall: SystemTime::now(), date: self.date, midnight: Duration::from_secs(3600) }
    }
}
