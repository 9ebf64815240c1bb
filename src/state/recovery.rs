//! Keeping displaced bytes.
//!
//! The displaced file itself is moved, so that an editor that still holds it open saves into what is kept. The bytes
//! are in place before their record is: a crash leaves at most bytes without a record, which are listed all the same.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::disk::Access;

use super::folder::{State, is_gone};
use super::id::{id_at, time_of};
use super::record::{Kept, Record, hash};

/// The largest file that is read, in bytes; larger ones are moved, never copied.
pub(super) const LARGEST: u64 = 256 << 20;

impl State {
    /// Moves the file `from` into recovery. From another disk its bytes are copied and flushed; the file itself stays
    /// until the late comparison, since an editor may still save into it.
    ///
    /// # Errors
    /// Whatever the disk says. `from` then still stands where it was, or its bytes are kept without a record.
    pub fn keep(&self, from: &Path, what: &Kept) -> io::Result<Record> {
        let (id, moved) = match self.move_in(from) {
            Ok(id) => (id, Moved::Itself),
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                let bytes = self.disk().read(from, LARGEST)?;
                (self.copy_in(&bytes)?, Moved::Copy(bytes))
            }
            Err(error) => return Err(error),
        };
        let origin = match moved {
            Moved::Itself => Origin::Moved,
            Moved::Copy(_) => Origin::Copied(Some(from.to_string_lossy().into_owned())),
        };
        let before = match (&what.before, moved) {
            (Some(known), _) => Some(known.clone()),
            (None, Moved::Copy(bytes)) => Some(hash(&bytes)),
            (None, Moved::Itself) => Some(hash(&self.disk().read(&self.blob(&id), LARGEST)?)),
        };
        self.write_record(id, Kept { before, ..what.clone() }, origin)
    }

    /// Keeps bytes that are in no file of their own.
    ///
    /// # Errors
    /// Whatever the disk says; then nothing is kept.
    pub fn keep_bytes(&self, bytes: &[u8], what: &Kept) -> io::Result<Record> {
        let id = self.copy_in(bytes)?;
        self.write_record(id, Kept { before: Some(hash(bytes)), ..what.clone() }, Origin::Copied(None))
    }

    /// Remembers a write that displaced nothing: a file that was created, or one that was as `undo` wanted it.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn note_created(&self, what: &Kept) -> io::Result<Record> {
        self.make_folders(&self.recovery())?;
        self.write_record(id_at(self.next_time()), what.clone(), Origin::Moved)
    }

    /// The bytes of a record.
    ///
    /// # Errors
    /// Whatever the disk says; `NotFound` when they expired.
    pub fn kept_bytes(&self, id: &str) -> io::Result<Vec<u8>> {
        if time_of(id).is_none() {
            return Err(ErrorKind::NotFound.into());
        }
        self.disk().read(&self.blob(id), LARGEST)
    }

    pub(super) fn blob(&self, id: &str) -> PathBuf {
        self.recovery().join(format!("{id}.md"))
    }

    pub(super) fn record_file(&self, id: &str) -> PathBuf {
        self.recovery().join(format!("{id}.json"))
    }

    fn move_in(&self, from: &Path) -> io::Result<String> {
        self.make_folders(&self.recovery())?;
        let id = self.give_name(from)?;
        // Some disks know no modes; the folder around it is closed.
        let _ = self.disk().make_private(&self.blob(&id));
        self.disk().sync_folder(&self.recovery())?;
        Ok(id)
    }

    /// Gives the file `from` the first free name of a kept file.
    fn give_name(&self, from: &Path) -> io::Result<String> {
        loop {
            let id = id_at(self.next_time());
            let to = self.blob(&id);
            match self.disk().rename_new(from, &to) {
                Ok(()) => return Ok(id),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) if error.kind() == ErrorKind::Unsupported => match self.disk().stat_link(&to) {
                    // Writers take turns, so nobody else makes this name in between.
                    Err(error) if is_gone(&error) => return self.disk().rename(from, &to).map(|()| id),
                    Err(error) => return Err(error),
                    Ok(_) => {}
                },
                Err(error) => return Err(error),
            }
        }
    }

    fn copy_in(&self, bytes: &[u8]) -> io::Result<String> {
        self.make_folders(&self.recovery())?;
        let (id, mut file) = loop {
            let id = id_at(self.next_time());
            match self.disk().create(&self.blob(&id), Access::Private) {
                Ok(file) => break (id, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        };
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync()) {
            let _ = self.disk().remove(&self.blob(&id));
            return Err(error);
        }
        self.disk().sync_folder(&self.recovery())?;
        Ok(id)
    }

    /// Writes the record of what is kept as `id`. Should another process have a record of that name, the bytes move on
    /// to the next.
    fn write_record(&self, mut id: String, what: Kept, origin: Origin) -> io::Result<Record> {
        let (path, mut file) = loop {
            let path = self.record_file(&id);
            match self.disk().create(&path, Access::Private) {
                Ok(file) => break (path, file),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            id = if what.kept_as.has_bytes() { self.give_name(&self.blob(&id))? } else { id_at(self.next_time()) };
        };
        let (is_copy, leftover) = match origin {
            Origin::Moved => (false, None),
            Origin::Copied(from) => (true, from),
        };
        let record = Record {
            id,
            run: self.run().to_owned(),
            at: super::clock::microseconds() / 1_000_000,
            path: what.path,
            kept_as: what.kept_as,
            edit: what.edit,
            before: what.before,
            after: what.after,
            undoes: what.undoes,
            leftover,
        };
        let text = serde_json::to_vec(&record).map_err(io::Error::other)?;
        let written = file.write_all(&text).and_then(|()| file.sync());
        if let Err(error) = written.and_then(|()| self.disk().sync_folder(&self.recovery())) {
            // The write is about to be taken back: a record would tell of what did not happen. A copy goes with it.
            let _ = self.disk().remove(&path);
            if is_copy {
                let _ = self.disk().remove(&self.blob(&record.id));
            }
            return Err(error);
        }
        Ok(record)
    }
}

/// Where kept bytes come from.
enum Origin {
    /// They are the displaced file itself; or there are none.
    Moved,
    /// They are a copy: of this file, which stays for the time being.
    Copied(Option<String>),
}

/// How a file came into recovery.
enum Moved {
    Itself,
    Copy(Vec<u8>),
}
