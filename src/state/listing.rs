//! What is kept, found again: single copies for `recover`, runs for `undo`.
//!
//! Anything may lie in a folder. Records that cannot be read are counted, files of others are left alone, and bytes
//! whose record a crash prevented are listed without one.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::folder::{State, is_gone};
use super::id::time_of;
use super::record::{EditKind, KeptAs, Record};

/// The largest record, in bytes.
const RECORD_LIMIT: u64 = 1 << 20;

/// One kept file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Its name.
    pub id: String,
    /// When it was kept, in seconds since 1970.
    pub at: u64,
    /// Size in bytes.
    pub size: u64,
    /// What is known of it; nothing where a crash came before its record.
    pub record: Option<Record>,
}

/// Everything kept, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Kept bytes.
    pub copies: Vec<Copy>,
    /// All records, those without bytes too.
    pub records: Vec<Record>,
    /// How many records could not be read.
    pub broken: usize,
}

/// What one run wrote, as far as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its name.
    pub id: String,
    /// When it last wrote, in seconds since 1970.
    pub at: u64,
    /// Its writes, in their order.
    pub writes: Vec<Record>,
}

impl Listing {
    /// The runs that wrote notes and were not taken back, newest first. Reports are no notes: they are made again.
    pub fn runs(self) -> Vec<Run> {
        runs(self.records)
    }
}

impl State {
    /// Everything that is kept.
    ///
    /// # Errors
    /// The folder is there and cannot be listed.
    pub fn listing(&self) -> io::Result<Listing> {
        let names = self.names()?;
        let mut listing = Listing::default();
        for (id, files) in names.iter().rev() {
            let Some(time) = time_of(id) else { continue };
            let record = files.contains("json").then(|| self.read_record(id)).flatten();
            listing.broken += usize::from(files.contains("json") && record.is_none());
            let size = self.disk().stat(&self.blob(id)).ok().filter(|_| files.contains("md")).map(|stat| stat.size);
            if let Some(size) = size {
                let own = record.clone().filter(|record| record.kept_as.has_bytes());
                let at = own.as_ref().map_or(time / 1_000_000, |record| record.at);
                listing.copies.push(Copy { id: id.clone(), at, size, record: own });
            }
            listing.records.extend(record.filter(|record| size.is_some() || !record.kept_as.has_bytes()));
        }
        Ok(listing)
    }

    /// The names in the recovery folder, and with which endings they are there.
    pub(super) fn names(&self) -> io::Result<BTreeMap<String, BTreeSet<&'static str>>> {
        let mut names: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        let found = match self.disk().list(&self.recovery()) {
            Err(error) if is_gone(&error) => return Ok(names),
            found => found?,
        };
        for name in found {
            let Some((id, ending)) = name.to_str().and_then(|name| name.split_once('.')) else { continue };
            let Some(ending) = ["json", "md"].into_iter().find(|known| *known == ending) else { continue };
            if time_of(id).is_some() {
                names.entry(id.to_owned()).or_default().insert(ending);
            }
        }
        Ok(names)
    }

    /// The newest name, as a time; 0 where there is none.
    pub(super) fn newest(&self) -> u64 {
        self.names().ok().and_then(|names| time_of(names.last_key_value()?.0)).unwrap_or(0)
    }

    pub(super) fn read_record(&self, id: &str) -> Option<Record> {
        let bytes = self.disk().read(&self.record_file(id), RECORD_LIMIT).ok()?;
        serde_json::from_slice(&bytes).ok().filter(|record: &Record| record.id == id)
    }
}

/// Runs of records, which come newest first.
fn runs(records: Vec<Record>) -> Vec<Run> {
    let undone: BTreeSet<String> = records.iter().flat_map(|record| record.undoes.iter().cloned()).collect();
    let mut runs: Vec<Run> = Vec::new();
    let is_write = |record: &Record| {
        let of_note = matches!(record.edit, EditKind::Log | EditKind::Task | EditKind::Note | EditKind::Recover);
        of_note && matches!(record.kept_as, KeptAs::Before | KeptAs::Created)
    };
    for record in records.into_iter().filter(|record| is_write(record) && !undone.contains(&record.id)) {
        match runs.iter_mut().find(|run| run.id == record.run) {
            Some(run) => run.writes.push(record),
            None => runs.push(Run { id: record.run.clone(), at: record.at, writes: vec![record] }),
        }
    }
    for run in &mut runs {
        run.writes.reverse();
    }
    runs
}
