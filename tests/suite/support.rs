//! What the tests of the program share: a vault in a folder of its own, the program run in a bare environment, and
//! what a folder holds, to compare before with after.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The day all tests take as today.
pub(crate) const TODAY: &str = "2026-11-20";

/// Where the generated files go when a vault says nothing about it.
pub(crate) const REPORTS: &str = "Reports";

/// How the line begins that opens the generated part of a file.
pub(crate) const BEGIN_MARKER: &str = "<!-- vault-scan:begin ";

/// How the line begins that closes it.
pub(crate) const END_MARKER: &str = "<!-- vault-scan:end ";

/// Below the repo's root.
pub(crate) fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A vault in a folder that goes away with it, and a home folder beside it.
pub(crate) struct Vault {
    folder: TempDir,
}

/// What a run of the program gave.
pub(crate) struct Output {
    /// The exit code; -1 if a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Vault {
    /// An empty vault, marked as one so that no folder around it is taken.
    pub(crate) fn new() -> Self {
        let vault = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["home", "vault/.obsidian"] {
            fs::create_dir_all(vault.folder.path().join(folder)).unwrap();
        }
        vault
    }

    /// A vault with a copy of what `source` holds.
    pub(crate) fn copy_of(source: &Path) -> Self {
        let vault = Self::new();
        copy_folder(source, &vault.path());
        vault
    }

    /// The folder the program is pointed at.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    /// Writes one file, and the folders above it.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The bytes of one file.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program on this vault as of `TODAY`.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_on(TODAY, arguments)
    }

    /// Runs the program on this vault as of a day.
    pub(crate) fn run_on(&self, today: &str, arguments: &[&str]) -> Output {
        let all = [arguments, &["--vault", "vault", "--today", today]].concat();
        self.run_bare(&all)
    }

    /// Runs the program beside the vault, in an environment that holds nothing of the machine's.
    pub(crate) fn run_bare(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().unwrap();
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The program beside the vault, in an environment that holds nothing of the machine's.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vault-scan"));
        command.current_dir(self.folder.path()).args(arguments).env_clear();
        for kept in ["PATH", "SYSTEMROOT"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        let home = self.folder.path().join("home");
        for name in ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
            command.env(name, &home);
        }
        command.env("TZ", "Asia/Shanghai").env("NO_COLOR", "1").env("COLUMNS", "100");
        command
    }

    /// Everything in the vault.
    pub(crate) fn state(&self) -> State {
        State::of(&self.path())
    }
}

impl Output {
    /// Fails the test unless the run did what it was asked, with or without findings.
    pub(crate) fn assert_done(&self, what: &str) {
        assert!(matches!(self.code, 0 | 1), "{what}: exit {}\n{}{}", self.code, self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{what}: {}", self.stderr);
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }
}

/// What a folder holds: for each file its hash and when it was last written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    files: BTreeMap<String, (String, SystemTime)>,
}

impl State {
    /// Of a folder with all below it.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(folder) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                let modified = entry.metadata().unwrap().modified().unwrap();
                files.insert(name, (hash(&fs::read(entry.path()).unwrap()), modified));
            }
        }
        Self { files }
    }

    /// Files that were added, removed, changed or written again since `before`.
    pub(crate) fn touched_since(&self, before: &State) -> Vec<String> {
        let names = self.files.keys().chain(before.files.keys().filter(|name| !self.files.contains_key(*name)));
        names.filter(|name| self.files.get(*name) != before.files.get(*name)).cloned().collect()
    }

    /// What is not under the folder of generated files.
    pub(crate) fn of_user(&self) -> State {
        let own = |name: &str| name.starts_with(&format!("{REPORTS}/"));
        State { files: self.files.iter().filter(|(name, _)| !own(name)).map(|(n, f)| (n.clone(), f.clone())).collect() }
    }

    /// Names and hashes only, for folders that were made at different times.
    pub(crate) fn contents(&self) -> BTreeMap<&str, &str> {
        self.files.iter().map(|(name, (hash, _))| (name.as_str(), hash.as_str())).collect()
    }
}

/// The real inputs that a test may read, or `None` after saying that it is skipped.
pub(crate) fn corpora(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("VAULT_SCAN_CORPORA").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("{test}: skipped, as VAULT_SCAN_CORPORA does not name the folder of real inputs");
    }
    folder
}

/// Copies all files below `source`, links left out, into `target`.
pub(crate) fn copy_folder(source: &Path, target: &Path) {
    for entry in WalkDir::new(source) {
        let entry = entry.unwrap();
        let place = target.join(entry.path().strip_prefix(source).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else if entry.file_type().is_file() {
            // Real inputs may be read-only; a copy is there to be written to.
            fs::write(place, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
