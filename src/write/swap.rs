//! How one file gets new bytes, step by step, so that no version anybody saved is lost.
//!
//! The new bytes lie ready in a temporary file beside the old one; the two change names in one step. What comes out is
//! looked at: if it is what we read, it goes to recovery; if not, somebody saved in the gap, and it goes back.
//!
//! The invariant, at every step and after a crash at any: each version that was at the path and was not overwritten by
//! its own writer is at the path, at the name of the temporary file, or in recovery. A file that ever was at the path is
//! therefore never removed, only moved: an editor may still hold it open. Whatever a crash leaves under a temporary name
//! the next start moves to recovery.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::disk::{Access, NewFile, stray};
use crate::state::record::{EditKind, Kept, KeptAs, hash};

use super::apply::{READ_LIMIT, Remark, Writer, kind_of, obstacle};
use super::intent::Intent;
use super::place::{Place, Stop, find};
use super::refusal::Refusal;

/// How often two versions change places before we give up on finding the newest. Each round a rival must save within
/// some microseconds.
const ROUNDS: usize = 64;

/// Pauses before another attempt where a file is in use, in milliseconds.
const BUSY: [u64; 4] = [10, 25, 50, 100];

/// Whether one attempt put the file in place, or found the target changed.
pub(super) enum Attempt {
    Done,
    Changed,
}

/// Old and new bytes of one file.
pub(super) struct Swap<'t> {
    /// The file, from the vault root.
    pub(super) name: &'t str,
    /// What kind of write it is.
    pub(super) edit: EditKind,
    /// What must stand there.
    pub(super) old: &'t [u8],
    /// What will stand there.
    pub(super) new: &'t [u8],
    /// What the old bytes are to recovery.
    pub(super) kept_as: KeptAs,
    /// The records it takes back.
    pub(super) undoes: &'t [String],
}

impl Swap<'_> {
    fn before(&self) -> Kept {
        let undoes = self.undoes.to_vec();
        Kept { kept_as: self.kept_as, undoes, ..Kept::before(self.name, self.edit, self.old, self.new) }
    }

    /// What to say of bytes that were at the path.
    fn of(&self, bytes: &[u8]) -> Kept {
        if bytes == self.old {
            self.before()
        } else if bytes == self.new {
            Kept { kept_as: KeptAs::Passing, before: Some(hash(bytes)), ..Kept::rival(self.name, self.edit) }
        } else {
            Kept::rival(self.name, self.edit)
        }
    }
}

impl Writer<'_> {
    /// Replaces the file at `path`, a real path.
    pub(super) fn replace(&self, path: &Path, swap: &Swap<'_>, remarks: &mut Vec<Remark>) -> Result<Attempt, Stop> {
        let (temp, held) = self.temp_beside(path, swap.new, Some(path))?;
        match self.still_holds(path, swap.old) {
            Ok(true) => {}
            other => {
                let _ = self.disk.remove(&temp);
                return other.map(|_| Attempt::Changed);
            }
        }
        // From here on the state's lock alone keeps our own processes off; Windows lets nobody read a locked file.
        drop(held);
        match self.patiently(|| self.disk.exchange(&temp, path)) {
            Ok(()) => self.verify(path, &temp, swap, remarks),
            Err(error) if error.kind() == ErrorKind::Unsupported => self.rename_over(path, &temp, swap, remarks),
            Err(error) => self.give_up(&temp, error),
        }
    }

    /// A new file at `path`, if nothing came there meanwhile.
    pub(super) fn create(
        &self,
        intent: &Intent,
        path: &Path,
        text: &str,
        remarks: &mut Vec<Remark>,
    ) -> Result<Attempt, Stop> {
        self.make_folders(path)?;
        let (temp, held) = self.temp_beside(path, text.as_bytes(), None)?;
        // The folders exist now: a link or a twin put there meanwhile is found.
        let found = find(self.disk, self.root, intent.target());
        if !matches!(&found, Ok(Place::Absent(now)) if now == path) {
            let _ = self.disk.remove(&temp);
            return found.map(|_| Attempt::Changed);
        }
        drop(held);
        match self.patiently(|| self.disk.rename_new(&temp, path)) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Unsupported => match self.claim(path, &temp) {
                Ok(()) => {}
                Err(error) => return self.give_up(&temp, error),
            },
            Err(error) => return self.give_up(&temp, error),
        }
        self.sync_names(path, remarks);
        // A report that is taken away would be made again.
        if let Intent::Note(_) = intent
            && let Err(error) =
                self.state.note_created(&Kept::created(intent.target().as_str(), kind_of(intent), text.as_bytes()))
        {
            remarks.push(Remark::NotKept(error));
        }
        Ok(Attempt::Done)
    }

    /// Looks at what came out at `temp`, and keeps it or puts it back.
    fn verify(&self, path: &Path, temp: &Path, swap: &Swap<'_>, remarks: &mut Vec<Remark>) -> Result<Attempt, Stop> {
        match self.disk.read(temp, READ_LIMIT) {
            Ok(out) if out == swap.old => {}
            Ok(out) => return self.put_back(path, temp, swap, out, remarks).map(|()| Attempt::Changed),
            Err(error) => {
                // Most likely what we read before.
                self.put_back(path, temp, swap, swap.old.to_vec(), remarks)?;
                return Err(error.into());
            }
        }
        // Were the old file in recovery for good before it has left its place for good, a power cut could leave it both.
        self.sync_names(path, remarks);
        if let Err(error) = self.state.keep(temp, &swap.before()) {
            if self.disk.stat_link(temp).is_ok() {
                if swap.kept_as != KeptAs::Passing {
                    // No write without a way back.
                    self.put_back(path, temp, swap, swap.old.to_vec(), remarks)?;
                    return Err(self.unkept(&error));
                }
                // What the program made, it can make again: a report is not held up by a full disk elsewhere.
                self.disk.remove(temp)?;
            }
            // Or it lies in recovery and is listed there, only without its record.
            remarks.push(Remark::NotKept(error));
        }
        self.sync_names(path, remarks);
        Ok(Attempt::Done)
    }

    /// Brings the newest version anybody else saved to `path`.
    ///
    /// `aside`, what is at `temp`, was at `path` last before we put `put` there. So after an exchange either `put` comes
    /// out, then nobody saved since and `path` has the newest; or a later version comes out, and the two have to change
    /// places again. What comes out last is kept if it is a rival's.
    fn put_back(
        &self,
        path: &Path,
        temp: &Path,
        swap: &Swap<'_>,
        mut aside: Vec<u8>,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Stop> {
        let mut put = swap.new.to_vec();
        for _ in 0..ROUNDS {
            if let Err(error) = self.patiently(|| self.disk.exchange(temp, path)) {
                self.keep_aside(temp, &swap.of(&aside), remarks);
                self.sync_names(path, remarks);
                // A rival that removed the file meant to; the next attempt will see.
                return if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error.into()) };
            }
            let out = match self.disk.read(temp, READ_LIMIT) {
                Ok(out) => out,
                Err(error) => {
                    self.keep_aside(temp, &Kept::rival(swap.name, swap.edit), remarks);
                    return Err(error.into());
                }
            };
            if out == put {
                self.keep_aside(temp, &swap.of(&out), remarks);
                self.sync_names(path, remarks);
                return Ok(());
            }
            put = std::mem::replace(&mut aside, out);
        }
        self.keep_aside(temp, &swap.of(&aside), remarks);
        self.sync_names(path, remarks);
        Err(Refusal::KeepsChanging.into())
    }

    /// Moves what is at `temp` to recovery. If that fails it stays there, and the next start does it; but what the program
    /// made itself, and can make again, goes.
    fn keep_aside(&self, temp: &Path, what: &Kept, remarks: &mut Vec<Remark>) {
        if what.kept_as == KeptAs::Rival {
            remarks.push(Remark::RivalKept);
        }
        match self.state.keep(temp, what) {
            Err(_) if what.kept_as == KeptAs::Passing && self.disk.remove(temp).is_ok() => {}
            Err(error) => remarks.push(Remark::NotKept(error)),
            Ok(_) => {}
        }
    }

    /// Takes the file at `path` away, to recovery, if it holds the old bytes. It is moved before it is looked at, so that
    /// what is looked at is what goes.
    pub(super) fn take_away(&self, path: &Path, swap: &Swap<'_>, remarks: &mut Vec<Remark>) -> Result<Attempt, Stop> {
        if !self.still_holds(path, swap.old)? {
            return Ok(Attempt::Changed);
        }
        let temp = loop {
            let temp = path.with_file_name(stray::name(next_number()));
            match self.patiently(|| self.rename_free(path, &temp)) {
                Ok(()) => break temp,
                // What a crash of a process of our number left there may be the only copy of a text.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Attempt::Changed),
                Err(error) if error.kind() == ErrorKind::ResourceBusy => return Err(Refusal::InUse.into()),
                Err(error) => return Err(error.into()),
            }
        };
        match self.disk.read(&temp, READ_LIMIT) {
            Ok(out) if out == swap.old => {}
            Ok(_) => return Ok(self.return_to(path, &temp, swap, remarks).map(|()| Attempt::Changed)?),
            Err(error) => {
                self.return_to(path, &temp, swap, remarks)?;
                return Err(error.into());
            }
        }
        // As in `verify`: after a power cut it must not be in both places.
        self.sync_names(path, remarks);
        if let Err(error) = self.state.keep(&temp, &swap.before()) {
            if self.disk.stat_link(&temp).is_ok() {
                self.return_to(path, &temp, swap, remarks)?;
                return Err(self.unkept(&error));
            }
            remarks.push(Remark::NotKept(error));
        }
        self.sync_names(path, remarks);
        Ok(Attempt::Done)
    }

    /// Gives a file that was to be taken away its name again; if somebody made another one there meanwhile, that is the
    /// newer, and this goes to recovery.
    fn return_to(&self, path: &Path, temp: &Path, swap: &Swap<'_>, remarks: &mut Vec<Remark>) -> io::Result<()> {
        if self.rename_free(temp, path).is_err() {
            self.keep_aside(temp, &Kept::rival(swap.name, swap.edit), remarks);
        }
        self.sync_names(path, remarks);
        Ok(())
    }

    /// Gives a file a name if that is free; where the disk cannot promise it, after a look.
    fn rename_free(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self.disk.rename_new(from, to) {
            Err(error) if error.kind() == ErrorKind::Unsupported => match self.disk.stat_link(to) {
                Err(error) if error.kind() == ErrorKind::NotFound => self.disk.rename(from, to),
                Err(error) => Err(error),
                Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            },
            renamed => renamed,
        }
    }

    /// Where two names cannot be exchanged: the old bytes are copied, looked at once more, and replaced. A save between
    /// the last look and the rename is lost; such a disk offers nothing against that, so it is said.
    fn rename_over(
        &self,
        path: &Path,
        temp: &Path,
        swap: &Swap<'_>,
        remarks: &mut Vec<Remark>,
    ) -> Result<Attempt, Stop> {
        let kept = match swap.kept_as {
            KeptAs::Before => match self.state.keep_bytes(swap.old, &swap.before()) {
                Ok(record) => Some(record),
                Err(error) => {
                    let _ = self.disk.remove(temp);
                    return Err(self.unkept(&error));
                }
            },
            _ => None,
        };
        // A record of a write that was not made would stand in the way of `undo`.
        let forget = || kept.iter().for_each(|record| drop(self.state.forget(&record.id)));
        match self.still_holds(path, swap.old) {
            Ok(true) => {}
            other => {
                forget();
                let _ = self.disk.remove(temp);
                return other.map(|_| Attempt::Changed);
            }
        }
        if let Err(error) = self.patiently(|| self.disk.rename(temp, path)) {
            // A network disk may have done what it says it could not.
            if matches!(self.still_holds(path, swap.old), Ok(true)) {
                forget();
            }
            return self.give_up(temp, error);
        }
        remarks.push(Remark::WithoutExchange);
        self.sync_names(path, remarks);
        Ok(Attempt::Done)
    }

    /// Creating where the disk cannot spare what exists (exFAT, some FUSE): an empty file takes the name, exclusively,
    /// and is then renamed over. It is remembered, so that the next start removes it after a crash in between.
    fn claim(&self, path: &Path, temp: &Path) -> io::Result<()> {
        // Without a place to remember it in, a crash leaves an empty file: no reason to make no report.
        let _ = self.state.remember_claim(path);
        let claimed = self.disk.create(path, Access::Shared).map(drop).and_then(|()| {
            self.patiently(|| self.disk.rename(temp, path)).inspect_err(|_| {
                // The empty file is ours, made a moment ago; left there it would be taken for somebody's.
                let _ = self.disk.remove(path);
            })
        });
        let _ = self.state.forget_claim();
        claimed
    }

    /// Nothing is displaced that cannot be kept.
    pub(super) fn unkept(&self, error: &io::Error) -> Stop {
        Refusal::Unkept { folder: self.state.folder().display().to_string(), reason: error.to_string() }.into()
    }

    /// Removes a temporary file that never was at the path.
    fn give_up(&self, temp: &Path, error: io::Error) -> Result<Attempt, Stop> {
        let _ = self.disk.remove(temp);
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::AlreadyExists => Ok(Attempt::Changed),
            ErrorKind::ResourceBusy => Err(Refusal::InUse.into()),
            _ => Err(error.into()),
        }
    }

    /// Whether `path` still holds `old` and may still be replaced.
    fn still_holds(&self, path: &Path, old: &[u8]) -> Result<bool, Stop> {
        let now = self.disk.stat(path).and_then(|stat| {
            if let Some(refusal) = obstacle(&stat) {
                return Ok(Err(refusal));
            }
            Ok(Ok(stat.size == old.len() as u64 && self.disk.read(path, READ_LIMIT)? == old))
        });
        match now {
            Ok(holds) => Ok(holds?),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A temporary file in the folder of `path` that holds `bytes` on the disk, with the attributes of `model`.
    fn temp_beside(&self, path: &Path, bytes: &[u8], model: Option<&Path>) -> io::Result<(PathBuf, Box<dyn NewFile>)> {
        let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
        let (temp, mut file) = loop {
            let temp = folder.join(stray::name(next_number()));
            match self.disk.create(&temp, Access::Shared) {
                Ok(file) => break (temp, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        let filled = file.write_all(bytes).and_then(|()| model.map_or(Ok(()), |model| file.take_after(model)));
        if let Err(error) = filled.and_then(|()| file.sync()) {
            let _ = self.disk.remove(&temp);
            return Err(error);
        }
        Ok((temp, file))
    }

    fn make_folders(&self, path: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            path.ancestors().skip(1).take_while(|folder| self.disk.stat(folder).is_err()).collect();
        for folder in missing.into_iter().rev() {
            match self.disk.make_folder(folder, Access::Shared) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => made?,
            }
            if let Some(above) = folder.parent() {
                self.disk.sync_folder(above)?;
            }
        }
        Ok(())
    }

    /// Makes the names beside `path` last. By then the new file stands: a failure is no reason to say it was not written.
    fn sync_names(&self, path: &Path, remarks: &mut Vec<Remark>) {
        if let Some(Err(error)) = path.parent().map(|folder| self.disk.sync_folder(folder)) {
            remarks.push(Remark::NotSynced(error));
        }
    }

    /// Tries again while another program holds the file for some milliseconds.
    fn patiently(&self, act: impl Fn() -> io::Result<()>) -> io::Result<()> {
        for pause in BUSY {
            match act() {
                Err(error) if error.kind() == ErrorKind::ResourceBusy => self.disk.pause(Duration::from_millis(pause)),
                done => return done,
            }
        }
        act()
    }
}

/// Numbers for the names of temporary files: this process and a count.
fn next_number() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    (u64::from(std::process::id()) << 24) + COUNT.fetch_add(1, Ordering::Relaxed)
}
