//! Texts that stand in for those on the disk, so that what git has staged can be read as if it were the vault.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::model::path::NotePath;

use super::filter::Filter;
use super::stamp::Stamp;
use super::walk::{Found, Walk};

/// Files by path from the vault root: their bytes, or nothing for one that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay(BTreeMap<NotePath, Option<Arc<[u8]>>>);

impl Overlay {
    /// Says what the file at `path` holds, or that it is not there.
    pub fn put(&mut self, path: NotePath, bytes: Option<Arc<[u8]>>) {
        self.0.insert(path, bytes);
    }

    /// Puts the files in the place of those that a walk found.
    pub fn lay_over(&self, walk: &mut Walk, root: &Path, filter: &Filter) {
        walk.notes.retain(|found| self.0.get(&found.path).is_none_or(Option::is_some));
        for (path, bytes) in &self.0 {
            let Some(bytes) = bytes else { continue };
            match walk.notes.binary_search_by(|found| found.path.cmp(path)) {
                Ok(at) => {
                    if let Some(found) = walk.notes.get_mut(at) {
                        found.given = Some(bytes.clone());
                    }
                }
                Err(at) if filter.is_note(path.as_str()) => {
                    let os_path = root.join(path.as_str());
                    let given = Some(bytes.clone());
                    walk.notes.insert(at, Found { path: path.clone(), os_path, stamp: Stamp::default(), given });
                }
                Err(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::vault::read::{Encoding, NoteRead, read_note};
    use crate::vault::walk::walk;

    #[test]
    fn given_texts_are_read_and_files_said_to_be_gone_are_not() {
        let root = tempfile::tempdir().unwrap();
        for name in ["a.md", "b.md", "c.md"] {
            fs::write(root.path().join(name), "on the disk").unwrap();
        }
        let mut overlay = Overlay::default();
        for (name, text) in
            [("a.md", Some("staged")), ("b.md", None), ("人脉/新.md", Some("new")), ("x.txt", Some("no"))]
        {
            overlay.put(NotePath::new(name), text.map(|text| text.as_bytes().into()));
        }
        let filter = Filter::default();
        let mut walked = walk(root.path(), &filter).unwrap();
        overlay.lay_over(&mut walked, root.path(), &filter);
        let read: Vec<_> = walked.notes.iter().map(|found| (found.path.as_str(), read_note(found))).collect();
        let text = |text: &str| NoteRead::Text(text.into(), Encoding::Utf8);
        assert_eq!(read, [("a.md", text("staged")), ("c.md", text("on the disk")), ("人脉/新.md", text("new"))]);
    }
}
