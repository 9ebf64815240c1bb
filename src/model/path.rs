//! The identity of a note.

use std::fmt;
use std::sync::Arc;

use super::fold::{fold, nfc};

/// A path from the vault root: `/` between parts, NFC, cheap to clone. It names a note everywhere inside the
/// program; the bytes the file system uses stay with `vault`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotePath(Arc<str>);

impl NotePath {
    /// A path from its parts as text; back slashes become `/`, text becomes NFC.
    pub fn new(path: &str) -> Self {
        let path = nfc(path);
        if path.contains('\\') { NotePath(path.replace('\\', "/").into()) } else { NotePath(path.as_ref().into()) }
    }

    /// The whole path, `People/张三.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file name without `.md`.
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        strip_md(name)
    }

    /// The folder part without a trailing `/`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path without `.md`, as wikilinks write it.
    pub fn without_extension(&self) -> &str {
        strip_md(&self.0)
    }

    /// The form under which two paths are the same file on a case-folding disk.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

fn strip_md(name: &str) -> &str {
    match name.len().checked_sub(3) {
        Some(at) if name.is_char_boundary(at) && name[at..].eq_ignore_ascii_case(".md") => &name[..at],
        _ => name,
    }
}

impl fmt::Display for NotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for NotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stem_and_folder_come_from_the_last_slash() {
        let path = NotePath::new("人脉/导师/张三.MD");
        assert_eq!((path.stem(), path.folder(), path.without_extension()), ("张三", "人脉/导师", "人脉/导师/张三"));
        assert_eq!(NotePath::new("a.md").folder(), "");
        assert_eq!(NotePath::new("md").stem(), "md");
    }
}
