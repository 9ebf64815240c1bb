//! Copies that sync clients made of a note: while there are two versions, a person decides which one goes on.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use crate::disk::Disk;
use crate::model::conflicts::{by_name, mostly_equal, twin_candidates};
use crate::model::fold::nfc;
use crate::model::path::NotePath;
use crate::vocabulary::Vocabulary;

use super::ours::OUTSIDE_LIMIT;

/// The other version of the note called `name` in `folder`, which holds `names`: a copy of it, or what it is a copy of.
/// A copy that its name alone gives away stands for itself.
///
/// # Errors
/// A file that may be a copy cannot be read.
pub(super) fn other_version(
    disk: &dyn Disk,
    folder: &Path,
    names: &[OsString],
    (name, bytes): (&str, &[u8]),
    words: &Vocabulary,
) -> io::Result<Option<String>> {
    let names_copy = |text: &str| words.names_conflict_copy(text);
    let note = NotePath::new(name);
    if by_name(&note, names_copy).is_some() {
        return Ok(Some(name.to_owned()));
    }
    let mut near = vec![(note.clone(), None)];
    for os_name in names {
        let Some(other) = os_name.to_str().map(nfc).filter(|other| may_be_versions(&note, other)) else { continue };
        let other = NotePath::new(&other);
        if by_name(&other, names_copy) == Some(note.stem()) {
            return Ok(Some(other.as_str().to_owned()));
        }
        near.push((other, Some(os_name)));
    }
    let paths: Vec<NotePath> = near.iter().map(|(path, _)| path.clone()).collect();
    for (copy, base) in twin_candidates(&paths) {
        let other = match (copy == note, base == note) {
            (true, false) => base,
            (false, true) => copy,
            _ => continue,
        };
        let Some((_, Some(os_name))) = near.iter().find(|(path, _)| *path == other) else { continue };
        let text = match disk.read(&folder.join(os_name), OUTSIDE_LIMIT as u64) {
            Ok(text) => text,
            // Removed meanwhile, a folder, or larger than any note.
            Err(error) if is_no_note(error.kind()) => continue,
            Err(error) => return Err(error),
        };
        if mostly_equal(&String::from_utf8_lossy(&text), &String::from_utf8_lossy(bytes)) {
            return Ok(Some(other.as_str().to_owned()));
        }
    }
    Ok(None)
}

/// A copy's name goes on where the name of the note ends.
fn may_be_versions(note: &NotePath, other: &str) -> bool {
    let other = NotePath::new(other);
    let is_note = other.stem().len() < other.as_str().len();
    is_note && other != *note && (other.stem().starts_with(note.stem()) || note.stem().starts_with(other.stem()))
}

fn is_no_note(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{FileTooLarge, InvalidInput, IsADirectory, NotFound};
    matches!(kind, NotFound | InvalidInput | FileTooLarge | IsADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::simulated::SimulatedDisk;

    #[test]
    fn another_version_is_found_by_its_name_or_by_its_text() {
        let text = "---\nname: 张三\n---\n一\n二\n";
        let other = "something else\n";
        let cases: &[(&str, &str, &str, Option<&str>)] = &[
            ("张三.md", "李四.md", text, None),
            (
                "张三.md",
                "张三 (Conflicted copy MyMac 202611201430).md",
                other,
                Some("张三 (Conflicted copy MyMac 202611201430).md"),
            ),
            (
                "张三.md",
                "张三.sync-conflict-20261120-143000-ABCDEFG.md",
                "",
                Some("张三.sync-conflict-20261120-143000-ABCDEFG.md"),
            ),
            ("张三 (冲突副本).md", "x.md", text, Some("张三 (冲突副本).md")),
            ("张三.md", "张三-HOST.md", text, Some("张三-HOST.md")),
            ("张三.md", "张三 2.md", text, Some("张三 2.md")),
            ("张三 2.md", "张三.md", text, Some("张三.md")),
            ("张三.md", "张三 2.md", other, None),
            ("张三.md", "张三-HOST.txt", text, None),
            ("anna.md", "anna-marie.md", other, None),
            ("张三.md", "张三丰 (Conflicted copy MyMac 202611201430).md", text, None),
        ];
        for (name, beside, text_beside, expected) in cases {
            let path = format!("/v/{beside}");
            let disk = SimulatedDisk::with(&[(&path, text_beside)]);
            let names = [OsString::from(beside), OsString::from(name)];
            let words = Vocabulary::built_in();
            let found = other_version(&disk, Path::new("/v"), &names, (name, text.as_bytes()), words).unwrap();
            assert_eq!(found.as_deref(), *expected, "{name} beside {beside}");
        }
    }
}
