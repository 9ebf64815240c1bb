//! The files that `init --git` leaves: a hook, and lines in the two files that tell git about a vault. Nothing that
//! stands there is changed: a hook is made or left alone, and lines are only added at the end.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::model::diagnostic::Finding;
use crate::vault::read::read_text;

use super::error::CliError;

/// What the hook runs. A machine without the program must still be able to commit.
const HOOK: &str = "#!/bin/sh
# Made by `vault-scan init --git`: looks at the notes a commit would change.
# `git commit --no-verify` commits all the same.
if ! command -v vault-scan >/dev/null 2>&1; then
  echo 'vault-scan is not on the PATH; the notes were not checked' >&2
  exit 0
fi
exec ";

/// Lines to be added to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The file, from the vault root.
    pub file: &'static str,
    /// What it holds now; empty when it is not there.
    pub old: String,
    /// What it will hold.
    pub new: String,
    /// The lines.
    pub lines: Vec<String>,
}

/// The one line that a hook needs. `prefix` is the way from the top of the work tree to the vault.
pub fn hook_line(prefix: &str) -> String {
    let folder = if prefix.is_empty() { "." } else { prefix.trim_end_matches('/') };
    format!("vault-scan check --staged --vault '{}'", folder.replace('\'', r"'\''"))
}

/// The whole hook.
pub fn hook_text(prefix: &str) -> String {
    format!("{HOOK}{}\n", hook_line(prefix))
}

/// What stands at the place of the hook, if anything does.
pub fn existing_hook(hook: &Path) -> Option<String> {
    hook.symlink_metadata().ok()?;
    Some(read_text(hook).unwrap_or_default())
}

/// Makes the hook, executable, never over another one.
///
/// # Errors
/// The folder or the file could not be made.
pub fn create_hook(hook: &Path, text: &str) -> Result<(), CliError> {
    let failed = |error: &io::Error| not_written(hook, error);
    fs::create_dir_all(hook.parent().unwrap_or(hook)).map_err(|error| failed(&error))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o777);
    let mut file = options.open(hook).map_err(|error| failed(&error))?;
    if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
        // Half a hook would stop every commit. It is ours: it did not exist before.
        let _ = fs::remove_file(hook);
        return Err(failed(&error));
    }
    Ok(())
}

/// The lines that are missing in the two files, for reports in the folder `reports`.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn missing_lines(root: &Path, reports: &str) -> Result<Vec<Added>, CliError> {
    let reports = reports.trim_matches('/');
    let pattern = if reports.is_empty() { "*".to_owned() } else { format!("{reports}/**") };
    // In that file a blank ends the pattern, unless it is quoted.
    let quoted = if pattern.contains(char::is_whitespace) { format!("\"{pattern}\"") } else { pattern };
    let wanted: [(&'static str, Vec<String>); 2] = [
        (".gitattributes", if reports.is_empty() { vec![] } else { vec![format!("{quoted} linguist-generated")] }),
        (".gitignore", vec![".obsidian/workspace*.json".into(), ".obsidian/plugins/".into(), ".trash/".into()]),
    ];
    let mut added = Vec::new();
    for (file, lines) in wanted {
        let old = match read_text(&root.join(file)) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(not_written(&PathBuf::from(file), &error)),
            Ok(text) => text,
        };
        let lines: Vec<String> =
            lines.into_iter().filter(|line| !old.lines().any(|known| known.trim() == line)).collect();
        if lines.is_empty() {
            continue;
        }
        let ending = if old.contains("\r\n") { "\r\n" } else { "\n" };
        let mut new = old.clone();
        if !new.is_empty() && !new.ends_with('\n') {
            new.push_str(ending);
        }
        for line in &lines {
            new.push_str(line);
            new.push_str(ending);
        }
        added.push(Added { file, old, new, lines });
    }
    Ok(added)
}

/// Adds the lines at the end of their file, in one write. What stands there is not touched.
///
/// # Errors
/// The file cannot be opened or written.
pub fn add_lines(root: &Path, added: &Added) -> Result<(), CliError> {
    let tail = added.new.get(added.old.len()..).unwrap_or_default();
    let opened = OpenOptions::new().append(true).create(true).open(root.join(added.file));
    let written = opened.and_then(|mut file| file.write_all(tail.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|error| not_written(Path::new(added.file), &error))
}

fn not_written(path: &Path, error: &io::Error) -> CliError {
    Finding::new("git-not-written", [&path.display().to_string(), &error.to_string()]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_names_the_vault_from_the_top_whatever_its_name() {
        for (prefix, expected) in [
            ("", "vault-scan check --staged --vault '.'"),
            ("笔记/人脉/", "vault-scan check --staged --vault '笔记/人脉'"),
            ("it's mine/", r"vault-scan check --staged --vault 'it'\''s mine'"),
        ] {
            assert_eq!(hook_line(prefix), expected);
            assert!(hook_text(prefix).ends_with(&format!("exec {expected}\n")));
        }
    }

    #[test]
    fn a_hook_is_made_executable_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let hook = folder.path().join("hooks/pre-commit");
        assert_eq!(existing_hook(&hook), None);
        create_hook(&hook, "#!/bin/sh\n").unwrap();
        assert_eq!(create_hook(&hook, "other").unwrap_err().code(), "git-not-written");
        assert_eq!(existing_hook(&hook).as_deref(), Some("#!/bin/sh\n"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_ne!(fs::metadata(&hook).unwrap().permissions().mode() & 0o100, 0);
        }
    }

    #[test]
    fn only_missing_lines_are_added_and_nothing_else_changes() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(".gitignore"), "mine\r\n.trash/\r\nlast").unwrap();
        let added = missing_lines(root.path(), "My Reports").unwrap();
        assert_eq!(added.len(), 2);
        assert_eq!(added[0].new, "\"My Reports/**\" linguist-generated\n");
        for one in &added {
            add_lines(root.path(), one).unwrap();
        }
        let ignored = fs::read_to_string(root.path().join(".gitignore")).unwrap();
        assert_eq!(ignored, "mine\r\n.trash/\r\nlast\r\n.obsidian/workspace*.json\r\n.obsidian/plugins/\r\n");
        assert_eq!(missing_lines(root.path(), "My Reports").unwrap(), []);
    }
}
