//! One time through the pipeline on a vault that is kept read: look, index, report, write.

use crate::model::diagnostic::Diagnostic;
use crate::model::today::Today;
use crate::state::folder::State;
use crate::state::seen::suddenly_empty;
use crate::vault::root::VaultError;
use crate::watch::breaker::Wrote;
use crate::watch::look::Look;
use crate::watch::moment::Now;
use crate::watch::rounds::{Always, Git, Round};
use crate::write::apply::Outcome;
use crate::write::plan::{Edit, Plan};
use crate::write::refusal::Refusal;
use crate::write::sweep::Started;

use super::files::PlanError;
use super::git_glance::GitGlance;
use super::load::Loaded;
use super::vault::{Updated, Vault, text_hash};

/// How often the agenda is read when somebody answers it while it is written.
const ANSWERED_MEANWHILE: usize = 5;

/// What keeps a round from its end.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The vault is there no more.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Reports that cannot be made; the old ones stay.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// So many notes are gone that the folder is likelier not the vault than tidied up.
    #[error("{before} notes before, {now} now")]
    Emptied {
        /// How many there were.
        before: usize,
        /// How many there are.
        now: usize,
    },
    /// Somebody answers the agenda faster than it can be written.
    #[error("the agenda keeps changing")]
    Answered,
}

/// What came of one time through the pipeline.
#[derive(Debug)]
pub struct Passed {
    /// The vault as the reports tell of it.
    pub loaded: Loaded,
    /// What earlier runs left over.
    pub started: Started,
    /// What came of the answers in the agenda: the notes written.
    pub notes: Outcome,
    /// What came of the reports.
    pub reports: Outcome,
    /// What was amiss with answers in the agenda.
    pub problems: Vec<Diagnostic>,
    /// The files written, with hashes.
    pub wrote: Wrote,
    /// How many answers were left in the agenda, because they were not to be carried out.
    pub waiting: usize,
}

/// What becomes of the answers in the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// They are carried out.
    CarriedOut,
    /// They stay for the next run: who takes something back does not ask for more to be written.
    Left,
}

/// Where a round stands after its look.
#[derive(Debug)]
pub enum Looked {
    /// Nothing changed, and nothing more was to be done.
    NoNews(Updated),
    /// Git began to change notes while they were looked at; what was seen may be half of it.
    Interrupted,
    /// Reports were made.
    Passed(Updated, Box<Passed>),
}

impl Vault {
    /// Looks where `round` says and, if there is news, carries out what was answered and writes the reports of `today`.
    ///
    /// # Errors
    /// A vault that is not there any more or suddenly empty, a template that fails. No report was written then.
    pub fn refresh(&mut self, round: &Round, now: Now, today: Today, state: &State) -> Result<Looked, RefreshError> {
        let glance = |vault: &Vault| GitGlance::at(state.disk().as_ref(), vault.root());
        let before = glance(self);
        let updated = self.update(&round.look, now)?;
        if round.git == Git::Quiet && !before.is_quiet_until(&glance(self)) {
            return Ok(Looked::Interrupted);
        }
        if round.always == Always::OnNews && !updated.is_news() {
            return Ok(Looked::NoNews(updated));
        }
        let notes = self.notes();
        if let Some(before) = state.seen().filter(|before| suddenly_empty(*before, notes)) {
            return Err(RefreshError::Emptied { before, now: notes });
        }
        self.keep_made();
        let passed = self.pass(now, today, state)?;
        Ok(Looked::Passed(updated, Box::new(passed)))
    }

    /// Carries the agenda's answers into the notes, reads those again, and writes the reports. An answer given meanwhile
    /// is read in another round, before its line could be lost.
    ///
    /// # Errors
    /// As for a round, after the look.
    pub fn pass(&mut self, now: Now, today: Today, state: &State) -> Result<Passed, RefreshError> {
        self.pass_with(Answers::CarriedOut, now, today, state)
    }

    /// The same, but for answers that nobody asked to carry out.
    ///
    /// # Errors
    /// As for a pass.
    pub fn pass_with(
        &mut self,
        answers: Answers,
        now: Now,
        today: Today,
        state: &State,
    ) -> Result<Passed, RefreshError> {
        let mut loaded = self.loaded();
        self.forget_notes();
        let started = loaded.writer(state).start(&loaded.strays);
        let (mut of_notes, mut wrote) = (Outcome::default(), Wrote::new());
        for again in (0..ANSWERED_MEANWHILE).rev() {
            let answering = loaded.answering(today, state);
            let (notes, answered, waiting) = match answers {
                Answers::CarriedOut => {
                    let notes = loaded.writer(state).apply(&answering.plan);
                    let answered = answering.answered(&notes);
                    (notes, answered, 0)
                }
                Answers::Left => (Outcome::default(), answering.waiting(), answering.count()),
            };
            let problems = answering.problems().to_vec();
            wrote.extend(self.take_written(&notes));
            if !notes.written.is_empty() {
                let files = notes.written.iter().map(|written| self.root().join(written.target.as_str())).collect();
                self.update(&Look::Files(files), now)?;
                loaded = self.loaded();
                self.forget_notes();
            }
            // A note that an answer found as it should be is no report that is right already.
            let plan = if answers == Answers::Left { Plan::default() } else { answering.plan };
            let notes = Outcome { unchanged: Vec::new(), ..whole(plan, notes) };
            of_notes = Outcome { written: of_notes.written, remarks: of_notes.remarks, ..Outcome::default() };
            of_notes = whole_of(of_notes, notes);
            let plan = loaded.plan(today, &answered, state)?;
            let applied = loaded.writer(state).apply(&plan);
            wrote.extend(self.take_written(&applied));
            let reports = whole(plan, applied);
            if again > 0 && reports.refused.iter().any(|(_, refusal)| *refusal == Refusal::Unread) {
                continue;
            }
            // The count is a help against a disk that is not there; without it there is none.
            let _ = state.set_seen(loaded.index.counts.notes);
            return Ok(Passed { loaded, started, notes: of_notes, reports, problems, wrote, waiting });
        }
        Err(RefreshError::Answered)
    }

    /// Our own writes, known again by path and content. What was written into notes is read again.
    fn take_written(&mut self, applied: &Outcome) -> Wrote {
        let mut wrote = Wrote::new();
        for written in &applied.written {
            let (text, is_report) = match &written.edit {
                Edit::Create { text } => (text.as_str(), true),
                Edit::Replace { new, .. } => (new.as_str(), true),
                Edit::Append(splice) | Edit::Tick(splice) => (splice.new(), false),
                Edit::Remove { .. } => {
                    let path = self.root().join(written.target.as_str());
                    self.removed(&path);
                    continue;
                }
                // Only `undo` gives bytes back, and it never goes through here.
                Edit::Restore { .. } => continue,
            };
            wrote.insert(written.target.as_str().to_owned(), text_hash(text));
            if is_report {
                let path = self.root().join(written.target.as_str());
                self.wrote(&path, text);
            }
        }
        wrote
    }
}

/// What came of all files: those that the plan left out, and those that were tried.
pub fn whole(plan: Plan, applied: Outcome) -> Outcome {
    let left = Outcome { unchanged: plan.unchanged, refused: plan.refused, failed: plan.failed, ..Outcome::default() };
    whole_of(left, applied)
}

/// What came of one plan, and then of another.
pub fn whole_of(mut first: Outcome, then: Outcome) -> Outcome {
    first.written.extend(then.written);
    first.unchanged.extend(then.unchanged);
    first.refused.extend(then.refused);
    first.failed.extend(then.failed);
    first.remarks.extend(then.remarks);
    first
}
