//! One time through the pipeline on a vault that is kept read: look, index, report, write.

use std::path::Path;

use crate::model::today::Today;
use crate::state::folder::State;
use crate::state::seen::suddenly_empty;
use crate::vault::root::VaultError;
use crate::watch::breaker::Wrote;
use crate::watch::moment::Now;
use crate::watch::rounds::{Always, Round};
use crate::write::apply::Outcome;
use crate::write::plan::{Edit, Plan};

use super::files::PlanError;
use super::load::Loaded;
use super::vault::{Updated, Vault, text_hash};

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
}

/// What came of a round.
#[derive(Debug)]
pub struct Refreshed {
    /// The vault as the reports tell of it.
    pub loaded: Loaded,
    /// What the look found.
    pub updated: Updated,
    /// What came of all files: those that the plan left out, and those that were tried.
    pub outcome: Outcome,
    /// The files written, with hashes.
    pub wrote: Wrote,
}

/// Where a round stands after its look.
#[derive(Debug)]
pub enum Looked {
    /// Nothing changed, and nothing more was to be done.
    NoNews(Updated),
    /// Reports were made.
    Refreshed(Box<Refreshed>),
}

impl Vault {
    /// Looks where `round` says and, if there is news, writes the reports of `today`.
    ///
    /// # Errors
    /// A vault that is not there any more or suddenly empty, a template that fails. Nothing was written then.
    pub fn refresh(&mut self, round: &Round, now: Now, today: Today, state: &State) -> Result<Looked, RefreshError> {
        let updated = self.update(&round.look, now)?;
        if round.always == Always::OnNews && !updated.is_news() {
            return Ok(Looked::NoNews(updated));
        }
        let loaded = self.loaded();
        let notes = loaded.index.counts.notes;
        if let Some(before) = state.seen().filter(|before| suddenly_empty(*before, notes)) {
            return Err(RefreshError::Emptied { before, now: notes });
        }
        let plan = loaded.plan(today, state)?;
        let applied = loaded.writer(state).apply(&plan);
        let wrote = self.take_written(&applied);
        // The count is a help against a disk that is not there; without it there is none.
        let _ = state.set_seen(notes);
        Ok(Looked::Refreshed(Box::new(Refreshed { loaded, updated, outcome: whole(plan, applied), wrote })))
    }

    /// Our own writes, known again by path and content.
    fn take_written(&mut self, applied: &Outcome) -> Wrote {
        let mut wrote = Wrote::new();
        for written in &applied.written {
            let text = match &written.edit {
                Edit::Create { text } => text,
                Edit::Replace { new, .. } => new,
                Edit::Append(splice) | Edit::Tick(splice) => splice.new(),
            };
            let path = self.root().join(Path::new(written.target.as_str()));
            wrote.insert(written.target.as_str().to_owned(), text_hash(text));
            if matches!(written.edit, Edit::Create { .. } | Edit::Replace { .. }) {
                self.wrote(&path, text);
            }
        }
        wrote
    }
}

/// What came of all files: those that the plan left out, and those that were tried.
pub fn whole(plan: Plan, applied: Outcome) -> Outcome {
    let mut whole = Outcome { written: applied.written, remarks: applied.remarks, ..Outcome::default() };
    whole.unchanged.extend(plan.unchanged.into_iter().chain(applied.unchanged));
    whole.refused.extend(plan.refused.into_iter().chain(applied.refused));
    whole.failed.extend(plan.failed.into_iter().chain(applied.failed));
    whole
}
