//! The one place that changes the vault: looks at targets, and carries out a plan.
//!
//! A file is written whole to a temporary file beside it, given the target's mode, owner and attributes, flushed to the
//! disk, and put in its place in one step, after the target has been read again and found to be what the plan saw. So a
//! crash or a full disk leaves the old file, and a rival's save is planned for anew.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::disk::{Access, Disk, NewFile, Stat, stray};
use crate::state::folder::State;

use super::context::WriteContext;
use super::intent::Intent;
use super::place::{Place, Stop, find};
use super::plan::{Change, Edit, Plan, Standing, Step, plan, step};
use super::refusal::Refusal;
use super::target::TargetPath;

/// The largest file that is read, in bytes. A report on very many people is larger than any note, but not this large.
const READ_LIMIT: u64 = 256 << 20;

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
}

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub target: TargetPath,
    /// What was done; after a rival's save it may differ from the plan.
    pub edit: Edit,
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

/// Whether one attempt put the file in place, or found the target changed.
enum Attempt {
    Done,
    Changed,
}

impl Writer<'_> {
    /// What stands at `target`.
    ///
    /// # Errors
    /// Whatever keeps the program from knowing: an unreadable folder or file, a vault that is not there.
    pub fn look(&self, target: &TargetPath) -> io::Result<Standing> {
        match find(self.disk, self.root, target).and_then(|place| self.read(&place)) {
            Ok(standing) => Ok(standing),
            Err(Stop::Refused(refusal)) => Ok(Standing::Refused(refusal)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// What `intents` would change. Nothing is written.
    pub fn plan(&self, intents: Vec<Intent>) -> Plan {
        plan(intents, &self.context, |target| self.look(target))
    }

    /// Carries out `plan`. One file's trouble stops no other.
    pub fn apply(&self, plan: &Plan) -> Outcome {
        let mut outcome = Outcome::default();
        for Change { intent, edit } in &plan.changes {
            let target = intent.target().clone();
            match self.write_until_settled(intent, edit.clone()) {
                Ok(Some(edit)) => outcome.written.push(Written { target, edit }),
                Ok(None) => outcome.unchanged.push(target),
                Err(Stop::Refused(refusal)) => outcome.refused.push((target, refusal)),
                Err(Stop::Failed(error)) => outcome.failed.push((target, error)),
            }
        }
        outcome
    }

    /// The edit that was made, or none if the file turned out to be right.
    fn write_until_settled(&self, intent: &Intent, mut edit: Edit) -> Result<Option<Edit>, Stop> {
        let target = intent.target();
        for _ in 0..TRIES {
            match self.write(target, &edit)? {
                Attempt::Done => return Ok(Some(edit)),
                Attempt::Changed => {
                    let standing = self.read(&find(self.disk, self.root, target)?)?;
                    match step(intent, standing, &self.context)? {
                        Step::Edit(again) => edit = again,
                        Step::Nothing | Step::Unchanged => return Ok(None),
                    }
                }
            }
        }
        Err(Refusal::KeepsChanging.into())
    }

    fn write(&self, target: &TargetPath, edit: &Edit) -> Result<Attempt, Stop> {
        let place = find(self.disk, self.root, target)?;
        let (old, new) = match (edit, place) {
            (Edit::Create { text }, Place::Absent(path)) => return self.create(&path, text),
            (Edit::Append(splice) | Edit::Tick(splice), Place::File(path, _)) => (path, (splice.old(), splice.new())),
            (Edit::Replace { old, new, .. }, Place::File(path, _)) => (path, (old.as_str(), new.as_str())),
            _ => return Ok(Attempt::Changed),
        };
        self.replace(target, &old, new)
    }

    fn replace(&self, target: &TargetPath, path: &Path, (old, new): (&str, &str)) -> Result<Attempt, Stop> {
        let (temp, _held) = self.temp_beside(path, new, Some(path))?;
        if !self.still_holds(target, path, old)? {
            self.disk.remove(&temp)?;
            return Ok(Attempt::Changed);
        }
        self.disk.rename(&temp, path)?;
        self.sync_folder_of(path)?;
        Ok(Attempt::Done)
    }

    fn create(&self, path: &Path, text: &str) -> Result<Attempt, Stop> {
        self.make_folders(path)?;
        let (temp, _held) = self.temp_beside(path, text, None)?;
        match self.disk.rename_new(&temp, path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.disk.remove(&temp)?;
                return Ok(Attempt::Changed);
            }
            Err(error) => return Err(error.into()),
        }
        self.sync_folder_of(path)?;
        Ok(Attempt::Done)
    }

    fn make_folders(&self, path: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            path.ancestors().skip(1).take_while(|folder| self.disk.stat(folder).is_err()).collect();
        for folder in missing.into_iter().rev() {
            self.disk.make_folder(folder, Access::Shared)?;
            self.sync_folder_of(folder)?;
        }
        Ok(())
    }

    /// Whether the target still leads to `path` and holds `old`, and may still be replaced.
    fn still_holds(&self, target: &TargetPath, path: &Path, old: &str) -> Result<bool, Stop> {
        let place = find(self.disk, self.root, target)?;
        if !matches!(&place, Place::File(now, _) if now == path) {
            return Ok(false);
        }
        match self.read(&place)? {
            Standing::File { obstacle: Some(refusal), .. } => Err(refusal.into()),
            Standing::File { bytes, obstacle: None } => Ok(bytes == old.as_bytes()),
            _ => Ok(false),
        }
    }

    /// A temporary file in the folder of `path` that holds `text` on the disk, with the attributes of `model`.
    fn temp_beside(&self, path: &Path, text: &str, model: Option<&Path>) -> io::Result<(PathBuf, Box<dyn NewFile>)> {
        let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
        let (temp, mut file) = loop {
            let temp = folder.join(stray::name(next_number()));
            match self.disk.create(&temp, Access::Shared) {
                Ok(file) => break (temp, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        let filled = file.write_all(text.as_bytes()).and_then(|()| match model {
            Some(model) => file.take_after(model),
            None => Ok(()),
        });
        if let Err(error) = filled.and_then(|()| file.sync()) {
            let _ = self.disk.remove(&temp);
            return Err(error);
        }
        Ok((temp, file))
    }

    fn sync_folder_of(&self, path: &Path) -> io::Result<()> {
        path.parent().map_or(Ok(()), |folder| self.disk.sync_folder(folder))
    }

    fn read(&self, place: &Place) -> Result<Standing, Stop> {
        let (path, stat) = match place {
            Place::Absent(_) => return Ok(Standing::Absent),
            Place::Taken(by) => return Ok(Standing::Taken { by: by.clone() }),
            Place::File(path, stat) => (path, stat),
        };
        match self.disk.read(path, READ_LIMIT) {
            Ok(bytes) => Ok(Standing::File { bytes, obstacle: obstacle(stat) }),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => Err(Refusal::TooLarge { bytes: stat.size }.into()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Numbers for the names of temporary files: this process and a count.
fn next_number() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    (u64::from(std::process::id()) << 24) + COUNT.fetch_add(1, Ordering::Relaxed)
}

/// What forbids replacing a file, whatever it holds.
fn obstacle(stat: &Stat) -> Option<Refusal> {
    if stat.links > 1 {
        return Some(Refusal::HardLinks { count: stat.links });
    }
    stat.read_only.then_some(Refusal::ReadOnly)
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
