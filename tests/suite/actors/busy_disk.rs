//! The real disk, on which others act between two calls of the program. Nothing is flushed and nobody waits: that takes
//! time and proves nothing here.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use vault_scan::disk::real::RealDisk;
use vault_scan::disk::{Access, Disk, Held, NewFile, Stat};

use super::others::{Doing, Others};

/// What others do, each before a call, counted from 0.
pub(super) type Meanwhile = BTreeMap<usize, Doing>;

/// The disk of one device.
#[derive(Debug)]
pub(super) struct BusyDisk {
    device: usize,
    others: Arc<Mutex<Others>>,
    plan: Mutex<(usize, Meanwhile)>,
}

#[derive(Debug)]
struct Unsynced(Box<dyn NewFile>);

impl BusyDisk {
    pub(super) fn new(device: usize, others: &Arc<Mutex<Others>>) -> Self {
        BusyDisk { device, others: others.clone(), plan: Mutex::default() }
    }

    /// Counts calls anew; others act before some.
    pub(super) fn plan(&self, meanwhile: Meanwhile) {
        *self.plan.lock().unwrap() = (0, meanwhile);
    }

    fn call(&self) {
        let mut plan = self.plan.lock().unwrap();
        let (number, meanwhile) = &mut *plan;
        let doing = meanwhile.remove(number);
        *number += 1;
        drop(plan);
        if let Some(doing) = doing {
            self.others.lock().unwrap().act(&doing);
        }
    }

    fn named(&self, paths: &[&Path]) {
        let mut others = self.others.lock().unwrap();
        paths.iter().for_each(|path| others.touched(self.device, path));
    }
}

impl NewFile for Unsynced {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn take_after(&mut self, model: &Path) -> io::Result<()> {
        self.0.take_after(model)
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for BusyDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.call();
        RealDisk.stat(path)
    }

    fn stat_link(&self, path: &Path) -> io::Result<Stat> {
        self.call();
        RealDisk.stat_link(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.call();
        RealDisk.real_path(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.call();
        RealDisk.list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.call();
        RealDisk.read(path, limit)
    }

    fn make_folder(&self, path: &Path, access: Access) -> io::Result<()> {
        self.call();
        RealDisk.make_folder(path, access)
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn NewFile>> {
        self.call();
        Ok(Box::new(Unsynced(RealDisk.create(path, access)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call();
        self.named(&[from, to]);
        RealDisk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call();
        self.named(&[from, to]);
        RealDisk.rename_new(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        self.call();
        self.named(&[a, b]);
        RealDisk.exchange(a, b)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call();
        RealDisk.remove(path)
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.call();
        Ok(())
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_private(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Held>>> {
        RealDisk.lock(path)
    }

    fn pause(&self, _: Duration) {
        self.call();
    }

    fn is_abandoned(&self, path: &Path) -> bool {
        RealDisk.is_abandoned(path)
    }
}
