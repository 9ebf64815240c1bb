//! The files the command line itself reads and makes: the settings of a vault, its templates and notices of holidays,
//! and the settings that `init` leaves. Notes are read and reports are written elsewhere.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::model::diagnostic::Finding;
use crate::model::holidays::Holidays;
use crate::render::engine;
use crate::vault::read::read_text;

use super::error::CliError;

/// Where settings may stand, from the vault root. The second place is for sync programs that skip hidden folders.
pub const CONFIG_PLACES: [&str; 2] = [".vault-scan/config.toml", "vault-scan.toml"];
const TEMPLATES: &str = ".vault-scan/templates";
/// Where notices of statutory holidays may stand, `2027.json`, from the vault root.
pub const HOLIDAYS: &str = ".vault-scan/holidays";

/// The settings of a vault as text.
#[derive(Debug, Default)]
pub struct ConfigText {
    /// Their path from the vault root; the usual one when there are none.
    pub path: String,
    /// The text; empty when there are none.
    pub text: String,
}

/// Reads the settings of the vault at `root`, without a byte-order mark.
///
/// # Errors
/// A file that is there and cannot be read, or two files.
pub fn read_config(root: &Path) -> Result<ConfigText, CliError> {
    let mut found: Vec<ConfigText> = Vec::new();
    for place in CONFIG_PLACES {
        match read_text(&root.join(place)) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                found.push(ConfigText { path: place.to_owned(), text });
            }
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(Finding::new("config-unreadable", [place, &error.to_string()]).into()),
        }
    }
    if let [first, second] = found.as_slice() {
        return Err(Finding::new("config-twice", [&first.path, &second.path]).into());
    }
    Ok(found.pop().unwrap_or_else(|| ConfigText { path: CONFIG_PLACES[0].to_owned(), text: String::new() }))
}

/// Templates of a vault.
#[derive(Debug, Default)]
pub struct Templates {
    /// Those that take the place of a built-in one, by file name.
    pub own: BTreeMap<String, String>,
    /// Names of files that are no template of ours.
    pub unknown: Vec<String>,
}

/// Reads the vault's own templates.
///
/// # Errors
/// A template or their folder that is there and cannot be read.
pub fn read_templates(root: &Path) -> Result<Templates, CliError> {
    let mut templates = Templates::default();
    for name in listed(root, TEMPLATES, ".j2")? {
        if !engine::names().contains(&name.as_str()) {
            templates.unknown.push(name);
            continue;
        }
        let path = root.join(TEMPLATES).join(&name);
        let text = read_text(&path).map_err(|error| unreadable(root, &path, &error))?;
        templates.own.insert(name, text);
    }
    Ok(templates)
}

/// Reads the vault's own notices of statutory holidays, one file a year, in place of the built-in ones, and gives the
/// names of files that are none.
///
/// # Errors
/// A file or their folder that is there and cannot be read.
pub fn read_holidays(root: &Path, holidays: &mut Holidays) -> Result<Vec<String>, CliError> {
    let mut unread = Vec::new();
    for name in listed(root, HOLIDAYS, ".json")? {
        let path = root.join(HOLIDAYS).join(&name);
        let text = read_text(&path).map_err(|error| unreadable(root, &path, &error))?;
        let year = name.strip_suffix(".json").and_then(|stem| stem.parse().ok());
        if !year.is_some_and(|year| holidays.replace_year(year, &text)) {
            unread.push(name);
        }
    }
    Ok(unread)
}

/// Names of the files of a folder that end so, in order; none when there is no folder.
fn listed(root: &Path, folder: &str, ending: &str) -> Result<Vec<String>, CliError> {
    let folder = root.join(folder);
    let failed = |error: io::Error| unreadable(root, &folder, &error);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn unreadable(root: &Path, path: &Path, error: &io::Error) -> CliError {
    let path = path.strip_prefix(root).unwrap_or(path).display().to_string();
    Finding::new("config-unreadable", [&path, &error.to_string()]).into()
}

/// Whether a new file of settings was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was.
    New,
    /// One stands there already and was left alone.
    Kept,
}

/// The settings that stand in the vault, by path from its root.
pub fn existing_config(root: &Path) -> Option<&'static str> {
    CONFIG_PLACES.into_iter().find(|place| root.join(place).symlink_metadata().is_ok())
}

/// Makes the file of settings with `text`, never over another one; it is on the disk when this returns.
///
/// # Errors
/// The folder or the file could not be made.
pub fn create_config(root: &Path, text: &str) -> Result<Made, CliError> {
    let path = root.join(CONFIG_PLACES[0]);
    let failed = |error: &io::Error| -> CliError {
        Finding::new("config-not-written", [CONFIG_PLACES[0], &error.to_string()]).into()
    };
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(Made::Kept),
        Err(error) => return Err(failed(&error)),
    };
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = written {
        // Half a file would be taken for settings. It is ours: it did not exist before.
        let _ = fs::remove_file(&path);
        return Err(failed(&error));
    }
    // Not every system lets a folder be opened; the file itself is safe by now.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(Made::New)
}

/// What a path on the command line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A folder, its links resolved.
    Folder(PathBuf),
    /// Anything else, its links resolved.
    File(PathBuf),
}

/// Looks at a path from the command line.
///
/// # Errors
/// There is nothing there, or it cannot be looked at.
pub fn look(path: &Path) -> Result<Named, CliError> {
    let shown = path.display().to_string();
    let real = path.canonicalize().map_err(|error| -> CliError {
        match error.kind() {
            ErrorKind::NotFound => Finding::new("path-missing", [&shown]).into(),
            _ => Finding::new("vault-unreadable", [&shown, &error.to_string()]).into(),
        }
    })?;
    Ok(if real.is_dir() { Named::Folder(real) } else { Named::File(real) })
}

/// A path with its links resolved; `None` when there is nothing there.
pub fn real(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(result: Result<T, CliError>) -> &'static str {
        result.err().map_or("", |error| error.code())
    }

    #[test]
    fn settings_stand_in_either_place_but_not_in_both() {
        let home = tempfile::tempdir().unwrap();
        let none = read_config(home.path()).unwrap();
        assert_eq!((none.path.as_str(), none.text.as_str()), (CONFIG_PLACES[0], ""));
        fs::write(home.path().join("vault-scan.toml"), "\u{feff}days = 3").unwrap();
        let found = read_config(home.path()).unwrap();
        assert_eq!((found.path.as_str(), found.text.as_str()), ("vault-scan.toml", "days = 3"));
        assert_eq!(existing_config(home.path()), Some("vault-scan.toml"));
        fs::create_dir(home.path().join(".vault-scan")).unwrap();
        fs::write(home.path().join(".vault-scan/config.toml"), "").unwrap();
        assert_eq!(code(read_config(home.path())), "config-twice");
    }

    #[test]
    fn settings_without_an_end_are_not_read_for_ever() {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("vault-scan.toml");
        fs::File::create(&config).unwrap().set_len(1 << 34).unwrap();
        assert_eq!(code(read_config(home.path())), "config-unreadable");
        fs::remove_file(&config).unwrap();
        if std::process::Command::new("mkfifo").arg(&config).status().is_ok_and(|status| status.success()) {
            assert_eq!(code(read_config(home.path())), "config-unreadable");
        }
    }

    #[test]
    fn settings_that_cannot_be_read_are_not_taken_for_none() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join(".vault-scan/config.toml")).unwrap();
        assert_eq!(code(read_config(home.path())), "config-unreadable");
        fs::remove_dir(home.path().join(".vault-scan/config.toml")).unwrap();
        fs::write(home.path().join(".vault-scan/config.toml"), b"days = \xff").unwrap();
        assert_eq!(code(read_config(home.path())), "config-unreadable");
    }

    #[test]
    fn templates_are_read_by_name_and_others_are_named() {
        let home = tempfile::tempdir().unwrap();
        assert!(read_templates(home.path()).unwrap().own.is_empty());
        let folder = home.path().join(TEMPLATES);
        fs::create_dir_all(&folder).unwrap();
        for name in ["agenda.md.j2", "agend.md.j2", "notes.txt"] {
            fs::write(folder.join(name), name).unwrap();
        }
        let found = read_templates(home.path()).unwrap();
        assert_eq!(found.own.keys().map(String::as_str).collect::<Vec<_>>(), ["agenda.md.j2"]);
        assert_eq!(found.unknown, ["agend.md.j2"]);
    }

    #[test]
    fn settings_are_made_once_and_never_overwritten() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(create_config(home.path(), "days = 3\n").unwrap(), Made::New);
        assert_eq!(create_config(home.path(), "days = 4\n").unwrap(), Made::Kept);
        assert_eq!(read_config(home.path()).unwrap().text, "days = 3\n");
        let blocked = tempfile::tempdir().unwrap();
        fs::write(blocked.path().join(".vault-scan"), "").unwrap();
        assert_eq!(code(create_config(blocked.path(), "")), "config-not-written");
    }
}
