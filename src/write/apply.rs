//! The one place that changes the vault: looks at targets, and carries out a plan.
//!
//! One write: wait for git and for our own lock; look at the target and check every refusal; find the edit in exactly
//! those bytes; put it in place in one step (`swap`), verify what came out, keep that. A rival's save is planned for
//! anew, three times. A crash or a full disk leaves the old file, or the new one, and never a part.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::disk::{Disk, Stat};
use crate::model::diagnostic::Finding;
use crate::state::exchange::Exchange;
use crate::state::folder::State;
use crate::state::lock::WriteLock;
use crate::state::record::{EditKind, KeptAs};

use super::context::WriteContext;
use super::copies::other_version;
use super::git::Patience;
use super::intent::Intent;
use super::place::{Place, PlacedFile, Stop, find};
use super::plan::{Change, Edit, Plan, Standing, Step, plan, step};
use super::refusal::Refusal;
use super::swap::{Attempt, Swap};
use super::target::TargetPath;

/// The largest file that is read, in bytes. A report on very many people is larger than any note, but not this large.
pub(super) const READ_LIMIT: u64 = 256 << 20;

/// How often a file that changes under our hands is planned for again.
const TRIES: usize = 3;

/// What came of a plan.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files created or replaced, in the order of the plan.
    pub written: Vec<Written>,
    /// Files that somebody else had brought to the wanted text meanwhile.
    pub unchanged: Vec<TargetPath>,
    /// Files left as they were, and why.
    pub refused: Vec<(TargetPath, Refusal)>,
    /// Files that could not be written; the old file stands.
    pub failed: Vec<(TargetPath, io::Error)>,
    /// What a person should know of a write, whatever came of it.
    pub remarks: Vec<(TargetPath, Remark)>,
}

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub target: TargetPath,
    /// What was done; after a rival's save it may differ from the plan.
    pub edit: Edit,
}

/// What a person should know of a write.
#[derive(Debug)]
pub enum Remark {
    /// The disk cannot let two files change names: a save in the same instant would not be seen.
    WithoutExchange,
    /// The file was written, and what `undo` needs could not be kept.
    NotKept(io::Error),
    /// The file was written, and the disk did not say that it will last.
    NotSynced(io::Error),
    /// A brief whose meeting is over stays, as somebody wrote into it.
    BriefStays,
    /// Somebody else saved in the same instant, and a version of theirs is in recovery.
    RivalKept,
}

impl Remark {
    /// The remark as a finding: code and arguments for the sentence.
    pub fn finding(&self) -> Finding {
        match self {
            Remark::WithoutExchange => Finding::new("write-without-exchange", []),
            Remark::NotKept(error) => Finding::new("write-not-kept", [&error.to_string()]),
            Remark::NotSynced(error) => Finding::new("write-not-synced", [&error.to_string()]),
            Remark::RivalKept => Finding::new("write-rival-kept", []),
            Remark::BriefStays => Finding::new("brief-stays", []),
        }
    }
}

/// Writes to one vault.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// The file layer.
    pub disk: &'a dyn Disk,
    /// The vault.
    pub root: &'a Path,
    /// Where displaced bytes go.
    pub state: &'a State,
    /// What the text of the vault is written by.
    pub context: WriteContext<'a>,
}

impl Writer<'_> {
    /// What stands at `target`.
    ///
    /// # Errors
    /// Whatever keeps the program from knowing: an unreadable folder or file, a vault that is not there.
    pub fn look(&self, target: &TargetPath) -> io::Result<Standing> {
        standing_or_error(find(self.disk, self.root, target).and_then(|place| self.read(&place)))
    }

    /// What `intents` would change. Nothing is written.
    pub fn plan(&self, intents: Vec<Intent>) -> Plan {
        let look = |intent: &Intent| {
            let place = find(self.disk, self.root, intent.target());
            standing_or_error(place.and_then(|place| self.read_for(intent, &place)))
        };
        plan(intents, &self.context, look)
    }

    /// Carries out `plan`, and clears the folders it is about of what a crash left there. One file's trouble stops no
    /// other.
    pub fn apply(&self, plan: &Plan) -> Outcome {
        let mut outcome = Outcome::default();
        self.sweep_folders_of(plan);
        let mut patience = Patience::default();
        for Change { intent, edit } in &plan.changes {
            let target = intent.target().clone();
            let mut remarks = Vec::new();
            let written = self.wait_for_git(&mut patience).map_err(Stop::from);
            match written.and_then(|()| self.write_until_settled(intent, edit, &mut remarks)) {
                Ok(Some(edit)) => outcome.written.push(Written { target: target.clone(), edit }),
                Ok(None) => outcome.unchanged.push(target.clone()),
                Err(Stop::Refused(refusal)) => outcome.refused.push((target.clone(), refusal)),
                Err(Stop::Failed(error)) => outcome.failed.push((target.clone(), error)),
            }
            outcome.remarks.extend(remarks.into_iter().map(|remark| (target.clone(), remark)));
        }
        outcome.remarks.extend(plan.stays.iter().map(|target| (target.clone(), Remark::BriefStays)));
        self.remember_exchange(&outcome);
        outcome
    }

    /// Remembers whether the disk of the vault can exchange two names, for `check` to tell; without our own folder it is
    /// told by the remark alone.
    fn remember_exchange(&self, outcome: &Outcome) {
        let is_without = |(_, remark): &(TargetPath, Remark)| matches!(remark, Remark::WithoutExchange);
        let is_replaced = |written: &Written| !matches!(written.edit, Edit::Create { .. } | Edit::Remove { .. });
        let _ = if outcome.remarks.iter().any(is_without) {
            self.state.set_exchange(Exchange::Missing)
        } else if outcome.written.iter().any(is_replaced) {
            self.state.set_exchange(Exchange::Works)
        } else {
            Ok(())
        };
    }

    /// The edit that was made, or none if the file turned out to be right.
    fn write_until_settled(
        &self,
        intent: &Intent,
        planned: &Edit,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Edit>, Stop> {
        let _turn = self.turn(intent)?;
        for attempt in 0..TRIES {
            let mut place = find(self.disk, self.root, intent.target())?;
            if let Place::File(file) = &place
                && !file.stat.placeholder
                && (attempt > 0 || file.stat.size == 0)
            {
                self.settle(&file.path)?;
                place = find(self.disk, self.root, intent.target())?;
            }
            let standing = match self.read_for(intent, &place) {
                // Removed since it was found, perhaps to be put there anew.
                Err(Stop::Failed(error)) if error.kind() == ErrorKind::NotFound => continue,
                standing => standing?,
            };
            let edit = if fits(planned, &standing) {
                planned.clone()
            } else {
                match step(intent, standing, &self.context)? {
                    Step::Edit(edit) => edit,
                    Step::Nothing | Step::Unchanged => return Ok(None),
                    Step::Stays => {
                        remarks.push(Remark::BriefStays);
                        return Ok(None);
                    }
                }
            };
            if let Attempt::Done = self.write(intent, &edit, place, remarks)? {
                return Ok(Some(edit));
            }
        }
        Err(Refusal::KeepsChanging.into())
    }

    /// Our turn to write. A report needs none where our own folder cannot be used: what it displaces can be made again,
    /// and the steps of a write themselves keep another run off.
    fn turn(&self, intent: &Intent) -> Result<Option<WriteLock>, Stop> {
        match self.state.lock() {
            Ok(turn) => Ok(Some(turn)),
            Err(error) if error.kind() == ErrorKind::TimedOut => Err(Refusal::Waited.into()),
            Err(_) if matches!(intent, Intent::Report(_)) => Ok(None),
            Err(error) => Err(self.unkept(&error)),
        }
    }

    fn write(&self, intent: &Intent, edit: &Edit, place: Place, remarks: &mut Vec<Remark>) -> Result<Attempt, Stop> {
        let name = intent.target().as_str();
        let undoes = match intent {
            Intent::Restore(restore) => restore.undoes.as_slice(),
            _ => &[],
        };
        let (old, new) = match (edit, &place) {
            (Edit::Create { text }, Place::Absent(path)) => return self.create(intent, path, text, remarks),
            (Edit::Append(splice) | Edit::Tick(splice), Place::File(_)) => (splice.old(), splice.new()),
            (Edit::Replace { old, new, .. }, Place::File(_)) => (old.as_str(), new.as_str()),
            (Edit::Restore { old, new: Some(new) }, Place::File(_)) => (old.as_str(), new.as_str()),
            (Edit::Remove { old }, Place::File(file)) => {
                let (old, new, edit, kept_as) = (old.as_bytes(), &[][..], kind_of(intent), KeptAs::Before);
                return self.take_away(&file.path, &Swap { name, edit, old, new, kept_as, undoes }, remarks);
            }
            (Edit::Restore { old, new: None }, Place::File(file)) => {
                let (old, new, edit) = (old.as_bytes(), &[][..], kind_of(intent));
                let swap = Swap { name, edit, old, new, kept_as: KeptAs::Before, undoes };
                return self.take_away(&file.path, &swap, remarks);
            }
            _ => return Ok(Attempt::Changed),
        };
        let Place::File(PlacedFile { path, .. }) = place else { return Ok(Attempt::Changed) };
        let kept_as = match intent {
            Intent::Report(file) if !file.holds_added_lines(old) => KeptAs::Passing,
            _ => KeptAs::Before,
        };
        let swap = Swap { name, edit: kind_of(intent), old: old.as_bytes(), new: new.as_bytes(), kept_as, undoes };
        self.replace(&path, &swap, remarks)
    }

    /// What stands where `intent` will write. Of a note there must be one version only.
    fn read_for(&self, intent: &Intent, place: &Place) -> Result<Standing, Stop> {
        let standing = self.read(place)?;
        match (intent, place, standing) {
            (Intent::Log(_) | Intent::Task(_), Place::File(file), Standing::File { bytes, obstacle: None }) => {
                let note = (intent.target().name(), bytes.as_slice());
                let other = other_version(self.disk, &file.folder, &file.names, note, self.context.words)?;
                let obstacle = other.map(|name| Refusal::ConflictCopy { name });
                Ok(Standing::File { bytes, obstacle })
            }
            (_, _, standing) => Ok(standing),
        }
    }

    fn read(&self, place: &Place) -> Result<Standing, Stop> {
        let file = match place {
            Place::Absent(_) => return Ok(Standing::Absent),
            Place::Taken(by) => return Ok(Standing::Taken { by: by.clone() }),
            Place::File(file) => file,
        };
        // To open it would fetch it from the cloud.
        if file.stat.placeholder {
            return Err(Refusal::Placeholder.into());
        }
        match self.disk.read(&file.path, READ_LIMIT) {
            Ok(bytes) => Ok(Standing::File { bytes, obstacle: obstacle(&file.stat) }),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                Err(Refusal::TooLarge { bytes: file.stat.size }.into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn standing_or_error(standing: Result<Standing, Stop>) -> io::Result<Standing> {
    match standing {
        Ok(standing) => Ok(standing),
        Err(Stop::Refused(refusal)) => Ok(Standing::Refused(refusal)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Whether `edit` was made for exactly what stands there.
fn fits(edit: &Edit, standing: &Standing) -> bool {
    match (edit, standing) {
        (Edit::Create { .. }, Standing::Absent) => true,
        (Edit::Append(splice) | Edit::Tick(splice), Standing::File { bytes, obstacle: None }) => {
            splice.old().as_bytes() == bytes
        }
        (
            Edit::Replace { old, .. } | Edit::Remove { old } | Edit::Restore { old, .. },
            Standing::File { bytes, obstacle: None },
        ) => old.as_bytes() == bytes,
        _ => false,
    }
}

pub(super) fn kind_of(intent: &Intent) -> EditKind {
    match intent {
        Intent::Log(_) => EditKind::Log,
        Intent::Task(_) => EditKind::Task,
        Intent::Report(_) | Intent::Remove(_) => EditKind::Report,
        Intent::Note(_) => EditKind::Note,
        Intent::Restore(restore) => restore.kind,
    }
}

/// What forbids replacing a file, whatever it holds.
pub(super) fn obstacle(stat: &Stat) -> Option<Refusal> {
    if stat.links > 1 {
        return Some(Refusal::HardLinks { count: stat.links });
    }
    stat.read_only.then_some(Refusal::ReadOnly)
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
