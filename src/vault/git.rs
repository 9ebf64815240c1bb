//! What git knows of the vault. Git is only asked, and told to take no lock: nothing it is told here writes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use thiserror::Error;

use crate::model::path::NotePath;

use super::overlay::Overlay;

/// Why git did not answer.
#[derive(Debug, Error)]
pub enum GitError {
    /// It could not be started.
    #[error("git cannot be started: {0}")]
    NotStarted(#[source] io::Error),
    /// The vault is in no work tree.
    #[error("no repository")]
    NoRepository,
    /// The hooks are those of all of the user's repositories: the folder.
    #[error("hooks of all repositories in {0}")]
    SharedHooks(PathBuf),
    /// It said something else; its own words.
    #[error("{0}")]
    Said(String),
}

/// Git, asked about one vault.
#[derive(Clone, Debug)]
pub struct Git {
    root: PathBuf,
    environment: Vec<(&'static str, PathBuf)>,
}

/// What the next commit would hold.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    /// The files that the commit would change, from the vault root.
    pub changed: BTreeSet<NotePath>,
    /// What makes of the vault on the disk the one that would be committed.
    pub overlay: Overlay,
}

/// One line of a raw difference: the blob, and the file from the vault root; no blob for a file that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    blob: Option<String>,
    path: String,
}

/// Which side of a raw difference is asked for.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

impl Git {
    /// Git for the vault at `root`. `environment` are variables of git whose values are paths: a hook is given them as
    /// seen from its own folder, so they must be absolute here.
    pub fn new(root: &Path, environment: Vec<(&'static str, PathBuf)>) -> Self {
        Git { root: root.to_owned(), environment }
    }

    /// What is staged. Notes that were changed after they were staged are taken as they were staged.
    ///
    /// # Errors
    /// Git is not there, the vault is in no work tree, or git says something else.
    pub fn staged(&self) -> Result<Staged, GitError> {
        self.prefix()?;
        let raw = ["--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative"];
        let of_index = self.run(&[&["diff", "--cached"], &raw[..]].concat())?;
        let of_disk = self.run(&[&["diff-files"], &raw[..]].concat())?;
        let of_index = entries(&of_index.stdout, Side::New);
        let changed: BTreeSet<NotePath> =
            of_index.iter().filter(|entry| entry.blob.is_some()).map(|entry| NotePath::new(&entry.path)).collect();
        let mut wanted = entries(&of_disk.stdout, Side::Old);
        wanted.extend(of_index);
        wanted.retain(|entry| entry.path.to_lowercase().ends_with(".md"));
        let blobs: BTreeSet<&str> = wanted.iter().filter_map(|entry| entry.blob.as_deref()).collect();
        let blobs: Vec<&str> = blobs.into_iter().collect();
        let texts = self.blobs(&blobs)?;
        let mut overlay = Overlay::default();
        for entry in &wanted {
            let bytes = match &entry.blob {
                None => None,
                Some(blob) => match blobs.binary_search(&blob.as_str()).ok().and_then(|at| texts.get(at)) {
                    Some(bytes) => Some(bytes.clone()),
                    None => continue,
                },
            };
            overlay.put(NotePath::new(&entry.path), bytes);
        }
        Ok(Staged { changed, overlay })
    }

    /// The folder of the hooks, wherever the settings of the repository put it.
    ///
    /// # Errors
    /// As [`Git::staged`]; or the user's own settings put the hooks of all repositories into one folder.
    pub fn hooks(&self) -> Result<PathBuf, GitError> {
        self.prefix()?;
        let said = self.run(&["rev-parse", "--git-path", "hooks"])?;
        let folder = self.root.join(line(&said.stdout));
        // Git says nothing, and fails, where nobody set it.
        let set = self.command(&["config", "--show-scope", "--get", "core.hooksPath"]).output();
        let scope = set.map_err(GitError::NotStarted)?.stdout;
        if ["global", "system"].iter().any(|shared| scope.starts_with(shared.as_bytes())) {
            return Err(GitError::SharedHooks(folder));
        }
        Ok(folder)
    }

    /// Whether the repository has a remote, to which what is committed may go.
    ///
    /// # Errors
    /// As [`Git::staged`].
    pub fn has_remote(&self) -> Result<bool, GitError> {
        self.prefix()?;
        Ok(!self.run(&["remote"])?.stdout.is_empty())
    }

    /// The files of the vault that git has or would take, from the vault root; the bool tells whether it has them.
    ///
    /// # Errors
    /// As [`Git::staged`].
    pub fn files(&self) -> Result<BTreeMap<NotePath, bool>, GitError> {
        let mut files = BTreeMap::new();
        for (asked, has) in [(&["--others", "--exclude-standard"][..], false), (&["--cached"][..], true)] {
            let said = self.run(&[&["ls-files", "-z"], asked].concat())?;
            let names = said.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
            files.extend(names.map(|name| (NotePath::new(&String::from_utf8_lossy(name)), has)));
        }
        Ok(files)
    }

    /// The way from the top of the work tree to the vault: empty, or with a final `/`.
    ///
    /// # Errors
    /// As [`Git::staged`].
    pub fn prefix(&self) -> Result<String, GitError> {
        let said = self.command(&["rev-parse", "--is-inside-work-tree", "--show-prefix"]).output();
        let said = said.map_err(GitError::NotStarted)?;
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        match text.split_once('\n') {
            Some(("true", prefix)) if said.status.success() => Ok(prefix.trim_end_matches(['\n', '\r']).to_owned()),
            _ if said.status.success() || said_none(&said) => Err(GitError::NoRepository),
            _ => Err(GitError::Said(line(&said.stderr))),
        }
    }

    /// The bytes of blobs, in their order.
    fn blobs(&self, blobs: &[&str]) -> Result<Vec<Arc<[u8]>>, GitError> {
        if blobs.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(GitError::NotStarted)?;
        let input = child.stdin.take();
        // Git answers while it is asked: both pipes must flow.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                let Some(mut input) = input else { return };
                for blob in blobs {
                    // Git that ended early says why.
                    if writeln!(input, "{blob}").is_err() {
                        return;
                    }
                }
            });
            child.wait_with_output()
        });
        let output = output.map_err(GitError::NotStarted)?;
        if !output.status.success() {
            return Err(GitError::Said(line(&output.stderr)));
        }
        let texts = batch(&output.stdout);
        if texts.len() == blobs.len() { Ok(texts) } else { Err(GitError::Said(line(&output.stdout))) }
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, GitError> {
        let output = self.command(arguments).output().map_err(GitError::NotStarted)?;
        if output.status.success() { Ok(output) } else { Err(GitError::Said(line(&output.stderr))) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.root).stdin(Stdio::null()).args(arguments);
        // No lock to freshen the index, nothing fetched from a network, messages that can be told apart.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Lines `:old-mode new-mode old-blob new-blob status` and names, each ended by NUL. Links, submodules and unsolved
/// merges are left out.
fn entries(raw: &[u8], side: Side) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut parts = raw.split(|byte| *byte == 0);
    while let (Some(head), Some(name)) = (parts.next(), parts.next()) {
        let Ok(head) = str::from_utf8(head) else { continue };
        let Ok(path) = str::from_utf8(name) else { continue };
        let fields: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
        let [old_mode, new_mode, old_blob, new_blob, status] = fields.as_slice() else { continue };
        if *status == "U" {
            continue;
        }
        let (mode, blob) = match side {
            Side::Old => (old_mode, old_blob),
            Side::New => (new_mode, new_blob),
        };
        let is_absent = *mode == "000000";
        if is_absent || mode.starts_with("100") {
            let blob = (!is_absent).then(|| (*blob).to_owned());
            entries.push(Entry { blob, path: path.to_owned() });
        }
    }
    entries
}

/// Answers `name blob size`, the bytes, and a line end each.
fn batch(mut output: &[u8]) -> Vec<Arc<[u8]>> {
    let mut texts = Vec::new();
    while let Some(end) = output.iter().position(|byte| *byte == b'\n') {
        let (head, rest) = output.split_at(end);
        let size = str::from_utf8(head).ok().and_then(|head| head.rsplit(' ').next()?.parse::<usize>().ok());
        let Some((text, rest)) = size.and_then(|size| rest.get(1..)?.split_at_checked(size)) else { break };
        texts.push(text.into());
        output = rest.get(1..).unwrap_or_default();
    }
    texts
}

fn said_none(output: &Output) -> bool {
    let said = String::from_utf8_lossy(&output.stderr);
    said.contains("not a git repository") || said.contains("must be run in a work tree")
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_difference_is_read_and_what_is_no_file_is_left_out() {
        let (a, b) = ("a".repeat(40), "b".repeat(40));
        let raw = [
            format!(":100644 100644 {a} {b} M\0人脉/张三.md\0"),
            format!(":000000 100755 {a} {b} A\0new.md\0"),
            format!(":100644 000000 {a} {b} D\0gone.md\0"),
            format!(":000000 120000 {a} {b} A\0link.md\0"),
            format!(":000000 160000 {a} {b} A\0module\0"),
            format!(":100644 100644 {a} {b} U\0merged.md\0"),
        ]
        .concat();
        let entry = |blob: Option<&String>, path: &str| Entry { blob: blob.cloned(), path: path.into() };
        let new = [entry(Some(&b), "人脉/张三.md"), entry(Some(&b), "new.md"), entry(None, "gone.md")];
        assert_eq!(entries(raw.as_bytes(), Side::New), new);
        let old = [entry(Some(&a), "人脉/张三.md"), entry(None, "new.md"), entry(Some(&a), "gone.md")];
        assert_eq!(entries(raw.as_bytes(), Side::Old)[..3], old);
        assert_eq!(entries(b"", Side::New), []);
    }

    #[test]
    fn blobs_come_whole_whatever_they_hold() {
        let texts = batch(b"aa blob 5\na\nb\0c\nbb blob 0\n\ncc blob 1\nx\n");
        assert_eq!(
            texts.iter().map(|text| text.to_vec()).collect::<Vec<_>>(),
            [b"a\nb\0c".to_vec(), vec![], vec![b'x']]
        );
        assert!(batch(b"aa missing\n").is_empty() && batch(b"aa blob 9\nx\n").is_empty());
    }
}
