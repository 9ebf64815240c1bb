//! The loop as a state machine: told of events and of the time, it says what to do next. It asks nothing of the world by
//! itself; what it must know of files and of git, it is handed with the time.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

use crate::vault::stamp::Stamp;

use super::batch::{Batch, Next, QUIET};
use super::breaker::{Breaker, Wrote};
use super::interest::Interest;
use super::look::Look;
use super::moment::{Moment, Now};

/// Whatever events say, everything is looked at this often.
const RECONCILE: Duration = Duration::from_secs(600);

/// And every byte this often.
const EVERY_BYTE: Duration = Duration::from_secs(24 * 3600);

/// A clock that was set, or a machine that slept, by more than this.
const JUMP: Duration = Duration::from_secs(60);

/// A report is written at most once in this time.
const BETWEEN_WRITES: Duration = Duration::from_secs(2);

/// Git is waited for this long; conflicts may stand for days.
const GIT_PATIENCE: Duration = Duration::from_secs(60);

/// How often it is asked whether git is done.
const GIT_ASKED: Duration = Duration::from_millis(200);

/// So many looks in a row may be broken off for it; then one is taken as it is.
const BROKEN_OFF: u32 = 5;

/// The longest time without a look at the clocks and at the root.
const PULSE: Duration = Duration::from_secs(30);

/// How often a vault is listed when events do not tell all: a hundredth of the time may go into it.
const POLL_AT_LEAST: Duration = Duration::from_secs(2);
const POLL_AT_MOST: Duration = Duration::from_secs(25);
const POLL_SHARE: u32 = 100;

/// How changes come to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// By events.
    Events,
    /// By listing the vault again and again.
    Polling,
}

/// What the machine is handed beside the time.
#[derive(Clone, Copy)]
pub struct World<'w> {
    /// The stamp of a file.
    pub stamp: &'w dyn Fn(&Path) -> Option<Stamp>,
    /// Whether git is at work.
    pub git: &'w dyn Fn() -> bool,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Wait for an event, at most this long.
    Wait(Duration),
    /// See whether the vault is there and which of its files differ; tell of each.
    LookAround,
    /// Read the settings again if any differ.
    Settings,
    /// Look there, and make the reports.
    Round(Round),
    /// End.
    Stop,
}

/// One time through the pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Where to look.
    pub look: Look,
    /// Whether reports are made even if nothing was found to have changed.
    pub always: Always,
    /// What is known of git.
    pub git: Git,
}

/// What a round that begins knows of git.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Git {
    /// It does nothing. Should it begin meanwhile, what is seen may be half of its work.
    Quiet,
    /// It is at work, and was waited for long enough; or it breaks into every look.
    WaitedFor,
}

/// Whether a round goes on without news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Always {
    /// It does: the day changed, or the last round is not done.
    Yes,
    /// It does not.
    OnNews,
}

/// What came of a round.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The files written, each with the hash of its bytes.
    pub wrote: Wrote,
    /// When a note must be looked at again.
    pub again: Option<Moment>,
    /// Whether something could not be done that may work later.
    pub unfinished: bool,
}

/// The state of the loop.
#[derive(Debug)]
pub struct Rounds {
    mode: Mode,
    batch: Batch,
    breaker: Breaker,
    stops: bool,
    settings: Option<Moment>,
    /// Reports are made anew whatever is found.
    due: bool,
    unfinished: bool,
    date: NaiveDate,
    clocks: (Moment, SystemTime),
    reconciled: Moment,
    every_byte: Moment,
    pulse: Moment,
    again: Option<Moment>,
    wrote: Option<Moment>,
    git_since: Option<Moment>,
    broken_off: u32,
    polled: Moment,
    poll_every: Duration,
}

impl Rounds {
    /// A loop that has just read the vault, and goes on with making reports.
    pub fn new(mode: Mode, now: Now) -> Self {
        Rounds {
            mode,
            batch: Batch::default(),
            breaker: Breaker::default(),
            stops: false,
            settings: None,
            due: true,
            unfinished: false,
            date: now.date,
            clocks: (now.moment, now.wall),
            reconciled: now.moment,
            every_byte: now.moment,
            pulse: now.moment,
            again: None,
            wrote: None,
            git_since: None,
            broken_off: 0,
            polled: now.moment,
            poll_every: POLL_AT_LEAST,
        }
    }

    /// Takes in what an event calls for.
    pub fn take(&mut self, interest: Interest, now: Moment) {
        match interest {
            Interest::None => {}
            Interest::File(path) => self.batch.add_file(path, now),
            Interest::Walk => self.batch.add_walk(now),
            Interest::Settings => self.settings = Some(now + QUIET),
            Interest::Limit => {
                self.mode = Mode::Polling;
                self.batch.add_walk(now);
            }
            Interest::Stop => self.stops = true,
        }
    }

    /// Takes in that a file differs, as a listing found.
    pub fn take_file(&mut self, path: PathBuf, now: Moment) {
        self.batch.add_file(path, now);
    }

    /// From here on the vault is listed again and again.
    pub fn poll(&mut self) {
        self.mode = Mode::Polling;
    }

    /// How changes come to be known.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Takes in that the vault was listed, and how long that took.
    pub fn polled(&mut self, took: Duration, now: Moment) {
        self.polled = now;
        self.pulse = now;
        self.poll_every = (took * POLL_SHARE).clamp(POLL_AT_LEAST, POLL_AT_MOST);
    }

    /// Takes in that the settings were read anew, and the vault with them.
    pub fn reopened(&mut self, now: Moment) {
        (self.due, self.reconciled, self.every_byte) = (true, now, now);
    }

    /// Takes in that a round was broken off: what it saw is known, and reports are still to be made.
    pub fn interrupted(&mut self, now: Moment) {
        self.due = true;
        self.broken_off += 1;
        self.batch.add_walk(now);
    }

    /// Takes in what came of a round. Gives the files that a loop writes over and over.
    ///
    /// # Errors
    /// The loop turns in circles.
    pub fn done(&mut self, done: Done, now: Moment) -> Result<(), Vec<String>> {
        self.again = done.again;
        self.broken_off = 0;
        self.unfinished = done.unfinished;
        if !done.wrote.is_empty() {
            self.wrote = Some(now);
        }
        self.breaker.take(done.wrote, now).map_or(Ok(()), Err)
    }

    /// What to do now.
    pub fn step(&mut self, now: Now, world: World<'_>) -> Step {
        if self.stops {
            return Step::Stop;
        }
        self.look_at_clocks(now);
        if self.settings.take_if(|at| now.moment >= *at).is_some() {
            return Step::Settings;
        }
        let moment = now.moment;
        let listing = if self.mode == Mode::Polling { self.polled + self.poll_every } else { self.pulse + PULSE };
        if moment >= listing {
            (self.polled, self.pulse) = (moment, moment);
            return Step::LookAround;
        }
        let mut wake = listing.min(moment + PULSE).min(moment + now.midnight);
        let mut ready = self.due || self.is_time(now);
        match self.batch.next(moment, world.stamp) {
            Next::Nothing => {}
            Next::At(at) => {
                wake = wake.min(at);
                // What is not settled holds back nothing but itself; a full look would open it half written.
                ready = ready && self.due;
            }
            Next::Look(_) => ready = true,
        }
        wake = self.deadlines().into_iter().filter(|at| *at > moment).fold(wake, Duration::min);
        if !ready {
            return Step::Wait(wake.saturating_sub(moment));
        }
        if let Some(at) = self.held_back(moment, world) {
            return Step::Wait(at.saturating_sub(moment).max(Duration::from_millis(1)));
        }
        Step::Round(self.round(now, world))
    }

    /// When something comes due by itself.
    fn deadlines(&self) -> Vec<Moment> {
        let fixed = [self.reconciled + RECONCILE, self.every_byte + EVERY_BYTE];
        fixed.into_iter().chain(self.again).chain(self.settings).collect()
    }

    fn is_time(&self, now: Now) -> bool {
        let [reconcile, every_byte] = [self.reconciled + RECONCILE, self.every_byte + EVERY_BYTE];
        [Some(reconcile), Some(every_byte), self.again].into_iter().flatten().any(|at| now.moment >= at)
    }

    /// The next day, a clock that was set, a machine that slept.
    fn look_at_clocks(&mut self, now: Now) {
        let (moment, wall) = self.clocks;
        self.clocks = (now.moment, now.wall);
        if now.date != self.date {
            self.date = now.date;
            self.due = true;
        }
        let expected = wall + now.moment.saturating_sub(moment);
        let off = now.wall.duration_since(expected).unwrap_or_else(|early| early.duration());
        if off > JUMP {
            self.due = true;
            self.again = Some(now.moment);
        }
    }

    /// Until when a round that is ready has to wait.
    fn held_back(&mut self, now: Moment, world: World<'_>) -> Option<Moment> {
        if let Some(at) = self.wrote.map(|wrote| wrote + BETWEEN_WRITES).filter(|at| now < *at) {
            return Some(at);
        }
        if !(world.git)() {
            self.git_since = None;
            return None;
        }
        // Once waited for in vain, it is not waited for again until it was done for once.
        let since = *self.git_since.get_or_insert(now);
        (now < since + GIT_PATIENCE).then_some((now + GIT_ASKED).min(since + GIT_PATIENCE))
    }

    fn round(&mut self, now: Now, world: World<'_>) -> Round {
        let moment = now.moment;
        let settled = matches!(self.batch.next(moment, world.stamp), Next::Look(_));
        let told = if settled { self.batch.take() } else { Look::Nowhere };
        let reconciles = moment >= self.reconciled + RECONCILE || self.again.is_some_and(|at| moment >= at);
        let look = if moment >= self.every_byte + EVERY_BYTE {
            (self.every_byte, self.reconciled) = (moment, moment);
            Look::EveryByte
        } else if reconciles {
            self.reconciled = moment;
            match told {
                Look::Files(files) | Look::Everything(files) => Look::Everything(files),
                Look::Nowhere | Look::EveryByte => Look::Everything(Default::default()),
            }
        } else {
            told
        };
        let always = match std::mem::take(&mut self.due) || (self.unfinished && look != Look::Nowhere) {
            true => Always::Yes,
            false => Always::OnNews,
        };
        let git = match self.git_since.is_some() || self.broken_off >= BROKEN_OFF {
            true => Git::WaitedFor,
            false => Git::Quiet,
        };
        Round { look, always, git }
    }
}

#[cfg(test)]
#[path = "rounds_tests.rs"]
mod tests;
