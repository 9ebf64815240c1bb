//! A look at the disk: what was named, or everything, and of that what may hold other bytes than before.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::model::path::NotePath;
use crate::vault::read::read_text;
use crate::vault::root::VaultError;
use crate::vault::stamp::stamp;
use crate::vault::walk::{Walk, walk};
use crate::watch::look::Look;
use crate::watch::moment::{Moment, Now};

use super::Vault;
use super::known::{EMPTIED, Fresh, Known, NEW, find, hash_of_text, is_stale, places, reopen, unopened};
use crate::app::roles::Roles;

/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Notes made, changed or gone, in no order. A note written with the bytes it had is none.
    pub changed: Vec<NotePath>,
    /// Whether something else changed that reports tell of: what was found odd while listing.
    pub remarks: bool,
    /// How many notes were opened.
    pub opened: usize,
    /// When to look at some note again that is kept for now though it is empty.
    pub again: Option<Moment>,
}

impl Updated {
    /// Whether reports may differ now.
    pub fn is_news(&self) -> bool {
        self.remarks || !self.changed.is_empty()
    }
}

impl Vault {
    /// The files that a walk finds new, gone, or perhaps written since they were opened. None of them is opened.
    ///
    /// # Errors
    /// As for [`Vault::update`].
    pub fn differences(&self) -> Result<BTreeSet<PathBuf>, VaultError> {
        let Walk { notes, .. } = walk(&self.root, &self.filter)?;
        let mut gone: HashMap<&Path, &Known> =
            self.known.iter().map(|known| (known.found.os_path.as_path(), known)).collect();
        let mut differ = BTreeSet::new();
        for found in notes {
            let known = gone.remove(found.os_path.as_path());
            if known.is_none_or(|known| is_stale(&known.found, &found, known.opened)) {
                differ.insert(found.os_path);
            }
        }
        differ.extend(gone.into_keys().map(Path::to_owned));
        Ok(differ)
    }

    /// Looks at the disk again.
    ///
    /// # Errors
    /// The vault is no folder any more, or cannot be listed. What was known stays.
    pub fn update(&mut self, look: &Look, when: Now) -> Result<Updated, VaultError> {
        let none = BTreeSet::new();
        let (named, mut walks) = match look {
            Look::Nowhere => return Ok(Updated::default()),
            Look::Files(files) => (files, false),
            Look::Everything(files) => (files, true),
            Look::EveryByte => (&none, true),
        };
        let mut asked: HashSet<usize> = HashSet::new();
        let mut remarks = false;
        for path in named {
            if let Some(before) = self.outside.get_mut(path) {
                let now = read_text(path).ok().as_deref().and_then(hash_of_text);
                remarks |= now != *before;
                *before = now;
                continue;
            }
            match (self.places.get(path), stamp(path)) {
                (Some(place), Some(now)) => {
                    if let Some(known) = self.known.get_mut(*place) {
                        known.found.stamp = now;
                        asked.insert(*place);
                    }
                }
                (None, None) if !self.is_expected(path) => {}
                _ => walks = true,
            }
        }
        if walks {
            let mut updated = self.walk_again(look, named, when)?;
            updated.remarks |= remarks;
            return Ok(updated);
        }
        let mut updated = self.open_again(&asked, when);
        updated.remarks = remarks;
        self.settle_roles(&mut updated, when);
        updated.again = self.next_emptied();
        Ok(updated)
    }

    /// Lists the vault and opens what is new, was written since, or was named.
    fn walk_again(&mut self, look: &Look, named: &BTreeSet<PathBuf>, when: Now) -> Result<Updated, VaultError> {
        let Walk { notes, diagnostics, folders, strays } = walk(&self.root, &self.filter)?;
        let mut updated = Updated { remarks: diagnostics != self.of_walk, ..Updated::default() };
        (self.of_walk, self.folders, self.strays) = (diagnostics, folders, strays);
        let same_names = notes.len() == self.known.len()
            && notes
                .iter()
                .zip(&self.known)
                .all(|(found, known)| found.path == known.found.path && found.os_path == known.found.os_path);
        if !same_names || updated.remarks {
            self.make_anew();
        }
        let mut asked = HashSet::new();
        let mut made = Vec::new();
        let mut old: HashMap<NotePath, Known> = HashMap::new();
        if !same_names {
            self.roles = Roles::of(notes.iter(), &self.options);
            old = std::mem::take(&mut self.known).into_iter().map(|known| (known.found.path.clone(), known)).collect();
        }
        for (place, found) in notes.into_iter().enumerate() {
            let kept = match same_names {
                true => self.known.get_mut(place),
                false => {
                    let before = old.remove(&found.path).filter(|known| known.found.os_path == found.os_path);
                    if before.is_none() {
                        made.push(place);
                    }
                    self.known.push(before.unwrap_or_else(|| unopened(found.clone(), when)));
                    self.known.last_mut()
                }
            };
            let Some(known) = kept else { continue };
            let stale = *look == Look::EveryByte
                || named.contains(&found.os_path)
                || known.emptied.is_some()
                || is_stale(&known.found, &found, known.opened);
            known.found = found;
            if stale {
                asked.insert(place);
            }
        }
        if !same_names {
            updated.changed.extend(old.into_keys());
            self.places = places(&self.known);
            asked.extend(made);
            // A name that came or went may give or take the role of a copy.
            let turned =
                self.known.iter().enumerate().filter(|(_, known)| self.roles.role(&known.found.path) != known.role);
            asked.extend(turned.map(|(place, _)| place));
        }
        let opened = self.open_again(&asked, when);
        updated.opened += opened.opened;
        updated.changed.extend(opened.changed);
        self.settle_roles(&mut updated, when);
        updated.again = self.next_emptied();
        Ok(updated)
    }

    /// Opens some notes again, each in the role it has now.
    fn open_again(&mut self, asked: &HashSet<usize>, when: Now) -> Updated {
        let (context, roles) = (self.context(), &self.roles);
        let known = |place: &usize| Some((*place, self.known.get(*place)?));
        let asked: Vec<(usize, &Known)> = asked.iter().filter_map(known).collect();
        let opened = asked.len();
        let fresh: Vec<(usize, Fresh)> =
            asked.into_par_iter().map(|(place, known)| (place, reopen(known, roles, &context, when))).collect();
        let mut updated = Updated { opened, ..Updated::default() };
        for (place, fresh) in fresh {
            let Some(known) = self.known.get_mut(place) else { continue };
            known.opened = when.wall;
            match fresh {
                Fresh::Same { hash } => (known.hash, known.emptied) = (hash, None),
                Fresh::Emptied => known.emptied = known.emptied.or(Some(when.moment)),
                Fresh::Other { note, findings, hash, role } => {
                    let other_bytes = known.hash.is_some_and(|before| hash.is_some_and(|now| now != before));
                    let is_ours = known.hash == Some(NEW) && self.expected.remove(&known.found.os_path) == Some(hash);
                    if is_ours {
                        // Found by the walk that the event of our own write called for.
                    } else if other_bytes || note != known.note || findings != known.findings {
                        updated.changed.push(known.found.path.clone());
                    }
                    if let Some(made) = &mut self.made {
                        made.expect(&known.found.path);
                    }
                    (known.note, known.findings, known.hash) = (note, findings, hash);
                    (known.role, known.emptied) = (role, None);
                    known.is_blank = known.hash == hash_of_text("");
                }
            }
        }
        updated
    }

    /// A changed note may have become, or be no longer, almost equal to one it may be a copy of.
    fn settle_roles(&mut self, updated: &mut Updated, when: Now) {
        let changed: HashSet<NotePath> =
            updated.changed.iter().filter(|path| self.roles.hangs_on(path)).cloned().collect();
        if changed.is_empty() {
            return;
        }
        let known = &self.known;
        let turned = self.roles.ask_again(&changed, |path| find(known, path).map(|known| &known.found));
        let asked = turned.iter().filter_map(|path| self.known.binary_search_by(|one| one.found.path.cmp(path)).ok());
        let opened = self.open_again(&asked.collect(), when);
        updated.opened += opened.opened;
        updated.changed.extend(opened.changed);
    }

    fn next_emptied(&self) -> Option<Moment> {
        self.known.iter().filter_map(|known| known.emptied).min().map(|since| since + EMPTIED)
    }
}
