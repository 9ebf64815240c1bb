//! Where the program may write: a checked path inside the vault.
//!
//! What is absent: whether anything stands there, and links; those are facts of the disk.

use std::sync::Arc;

use crate::model::fold::nfc;
use crate::model::path::NotePath;

use super::refusal::Refusal;

/// A path from the vault root that is safe to create on every system: `/` between parts, NFC, no part hidden,
/// climbing, too long or forbidden on Windows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetPath(Arc<str>);

/// Why a name may not be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// No name at all: an empty path, an absolute one, or two separators in a row.
    Empty,
    /// Over 120 bytes.
    TooLong,
    /// A character some system forbids, or a control character.
    Character(char),
    /// A dot or a blank at either end, `.` and `..` included.
    Edge,
    /// A device name of Windows, such as `CON` or `com1.md`.
    Reserved,
}

impl TargetPath {
    /// The longest file or folder name the program creates, in bytes; disks allow 255, encrypted ones about 140.
    pub const LONGEST: usize = 120;

    /// Checks every part of `path`; both separators count.
    ///
    /// # Errors
    /// [`Refusal::BadName`] with the first part that may not be created.
    pub fn new(path: &str) -> Result<Self, Refusal> {
        let path = nfc(path).replace('\\', "/");
        for part in path.split('/') {
            if let Some(fault) = fault(part) {
                return Err(Refusal::BadName { name: part.into(), fault });
            }
        }
        Ok(TargetPath(path.into()))
    }

    /// The list of what git leaves out in `folder`, a path from the vault root or empty for the root itself. It is the one
    /// hidden file the program makes.
    ///
    /// # Errors
    /// [`Refusal::BadName`] as for any other path.
    pub fn ignore_list(folder: &str) -> Result<Self, Refusal> {
        if folder.is_empty() {
            return Ok(TargetPath(".gitignore".into()));
        }
        Ok(TargetPath(format!("{}/.gitignore", TargetPath::new(folder)?.as_str()).into()))
    }

    /// The path of a note that is there. Notes have names the program would never make: 255 bytes, `?`, dots at the
    /// end; only a way out of the vault is forbidden.
    ///
    /// # Errors
    /// [`Refusal::BadName`] with the first part that would lead elsewhere.
    pub fn existing(note: &NotePath) -> Result<Self, Refusal> {
        for part in note.as_str().split('/') {
            let fault = match part {
                "" => NameFault::Empty,
                "." | ".." => NameFault::Edge,
                _ => match part.chars().find(|c| *c == '\0') {
                    Some(c) => NameFault::Character(c),
                    None => continue,
                },
            };
            return Err(Refusal::BadName { name: part.into(), fault });
        }
        Ok(TargetPath(note.as_str().into()))
    }

    /// The whole path, `Reports/Agenda.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders from the vault root, outermost first.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let folders = self.0.rsplit_once('/').map(|(folders, _)| folders);
        folders.into_iter().flat_map(|folders| folders.split('/'))
    }

    /// The file name with its extension.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The same place as the rest of the program names it.
    pub fn note_path(&self) -> NotePath {
        NotePath::new(&self.0)
    }
}

/// The form under which two names are one file on a disk that folds case or composes letters.
pub(super) fn twin_key(name: &str) -> String {
    nfc(&nfc(name).to_lowercase()).into_owned()
}

/// Whether two names are one file on such a disk.
pub(super) fn are_twins(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { twin_key(a) == twin_key(b) }
}

/// A name made of `name` that every system takes, room left for an extension and a number.
pub fn safe_name(name: &str) -> String {
    let is_fine = |c: char| !c.is_control() && !r#"<>:"/\?*|#^[]%"#.contains(c);
    let plain: String = nfc(name).chars().map(|c| if is_fine(c) { c } else { '-' }).collect();
    let longest = TargetPath::LONGEST - 10;
    let end = (0..=plain.len().min(longest)).rev().find(|end| plain.is_char_boundary(*end)).unwrap_or(0);
    let cut = plain.get(..end).unwrap_or_default().trim_matches(|c: char| c == '.' || c.is_whitespace());
    if cut.is_empty() || is_reserved(cut) { format!("_{cut}") } else { cut.to_owned() }
}

fn fault(name: &str) -> Option<NameFault> {
    if name.is_empty() {
        return Some(NameFault::Empty);
    }
    if let Some(c) = name.chars().find(|c| c.is_control() || r#"<>:"/\?*|"#.contains(*c)) {
        return Some(NameFault::Character(c));
    }
    let at_edge = |c: char| c == '.' || c.is_whitespace();
    if name.starts_with(at_edge) || name.ends_with(at_edge) {
        return Some(NameFault::Edge);
    }
    if is_reserved(name) {
        return Some(NameFault::Reserved);
    }
    (name.len() > TargetPath::LONGEST).then_some(NameFault::TooLong)
}

/// Windows takes `NUL`, `nul.md` and `Nul .tar.gz` all for the device.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    port.is_some_and(|port| {
        let mut digits = port.chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn names_every_system_takes_are_taken() {
        for path in
            ["Agenda.md", "Reports/Stale Contacts.md", "报告/日程.md", "a/b/c.md", "Console.md", "com10.md", "com.md"]
        {
            assert_eq!(TargetPath::new(path).map(|p| p.as_str().to_owned()), Ok(path.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn a_name_made_of_any_other_is_taken_everywhere(name in any::<String>()) {
            let made = format!("{}.md", safe_name(&name));
            proptest::prop_assert_eq!(TargetPath::new(&made).map(|path| path.as_str().to_owned()), Ok(nfc(&made).into_owned()));
        }
    }

    #[test]
    fn names_some_system_does_not_take_are_refused() {
        let long = "长".repeat(41);
        let cases = [
            ("", NameFault::Empty),
            ("/etc/passwd", NameFault::Empty),
            ("a//b.md", NameFault::Empty),
            ("Reports/", NameFault::Empty),
            ("../a.md", NameFault::Edge),
            ("Reports/../../a.md", NameFault::Edge),
            ("Reports\\..\\a.md", NameFault::Edge),
            ("./a.md", NameFault::Edge),
            (".git/config", NameFault::Edge),
            ("a.md.", NameFault::Edge),
            (" a.md", NameFault::Edge),
            ("a.md\u{3000}", NameFault::Edge),
            ("C:/a.md", NameFault::Character(':')),
            ("a|b.md", NameFault::Character('|')),
            ("what?.md", NameFault::Character('?')),
            ("a\u{7}b.md", NameFault::Character('\u{7}')),
            ("a\nb.md", NameFault::Character('\n')),
            ("con.md", NameFault::Reserved),
            ("Reports/LPT1", NameFault::Reserved),
            ("COM¹.md", NameFault::Reserved),
            ("nul .md", NameFault::Reserved),
            (&long, NameFault::TooLong),
        ];
        for (path, fault) in cases {
            let Err(Refusal::BadName { fault: found, .. }) = TargetPath::new(path) else {
                panic!("{path:?} was taken")
            };
            assert_eq!(found, fault, "{path:?}");
        }
        assert!(TargetPath::new(&"长".repeat(40)).is_ok());
    }

    #[test]
    fn a_note_that_is_there_may_have_any_name_but_none_that_leads_out_of_the_vault() {
        let long = format!("{}.md", "长".repeat(84));
        for path in ["People/what?.md", "People/dots...", ".hidden/con.md", " a .md", "a:b|c<d>.md", &long] {
            assert_eq!(TargetPath::existing(&NotePath::new(path)).unwrap().as_str(), path);
        }
        for path in ["", "/etc/passwd", "../a.md", "People/../../a.md", "a//b.md", "./a.md", "People\\..\\a.md", "a\0b"]
        {
            assert!(TargetPath::existing(&NotePath::new(path)).is_err(), "{path:?}");
        }
    }

    #[test]
    fn back_slashes_and_decomposed_letters_become_the_one_form() {
        let path = TargetPath::new("Re\u{301}seau\\Agenda.md").unwrap();
        assert_eq!(path.as_str(), "R\u{e9}seau/Agenda.md");
        assert_eq!((path.folders().collect::<Vec<_>>(), path.name()), (vec!["R\u{e9}seau"], "Agenda.md"));
        assert_eq!(TargetPath::new("a.md").unwrap().folders().count(), 0);
    }

    #[test]
    fn twins_differ_in_case_or_composition_only() {
        assert!(are_twins("Agenda.md", "AGENDA.md") && are_twins("\u{e9}.md", "E\u{301}.md"));
        assert!(!are_twins("Agenda.md", "Agenda .md") && !are_twins("张.md", "章.md"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_place_inside_the_vault_or_an_error(text in any::<String>()) {
            if let Ok(path) = TargetPath::new(&text) {
                assert!(!path.as_str().starts_with('/'));
                assert!(path.as_str().split('/').all(|part| !part.is_empty() && part != ".." && part != "."));
            }
        }
    }
}
