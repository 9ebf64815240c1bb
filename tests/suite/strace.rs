//! What the program asks of the system, as `strace` sees it: files opened for writing are only those promised, and there
//! is no socket. Where `strace` is missing, or may not trace, the tests say so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{REPORTS, TODAY, Vault, in_repository};

const AGENDA: &str = "Reports/Agenda.md";

/// Calls that give a file bytes, a name or other attributes, and all that has to do with a network.
const TRACED: &str = "trace=open,openat,openat2,creat,truncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,\
    link,linkat,symlink,symlinkat,rmdir,chmod,fchmodat,chown,fchownat,setxattr,removexattr,mknod,mknodat,utimensat,\
    execve,%network";

/// A vault with a tracer before the program.
struct Traced {
    vault: Vault,
}

impl Traced {
    fn new(test: &str) -> Option<Self> {
        let vault = Vault::copy_of(&in_repository("example-vault"));
        let works = Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).stderr(Stdio::null()).status();
        if !works.is_ok_and(|status| status.success()) {
            eprintln!("{test}: skipped, as strace is not installed or may not trace here");
            return None;
        }
        Some(Traced { vault })
    }

    fn start(&self, arguments: &[&str]) -> Child {
        let trace = self.vault.path().with_file_name("trace");
        let plain = self.vault.command(arguments);
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-y", "-s", "4096", "-xx", "-e", TRACED, "-o"]).arg(trace);
        command.arg(plain.get_program()).args(arguments).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(plain.get_current_dir().unwrap());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// What a run wrote: paths from the folder around the vault.
    fn run(&self, arguments: &[&str]) -> Writes {
        let all = [arguments, &["--vault", "vault", "--today", TODAY]].concat();
        let status = self.start(&all).wait().unwrap();
        assert!(matches!(status.code(), Some(0 | 1 | 3)), "{arguments:?}: {status}");
        self.writes()
    }

    fn writes(&self) -> Writes {
        let folder = self.vault.path().parent().unwrap().canonicalize().unwrap();
        let trace = fs::read_to_string(folder.join("trace")).unwrap();
        let mut writes = Writes::default();
        for line in trace.lines() {
            let Some((_, call)) = line.split_once(' ') else { continue };
            writes.take(call.trim_start(), &folder);
        }
        writes
    }
}

/// What was changed, and what was asked of a network.
#[derive(Debug, Default)]
struct Writes {
    paths: BTreeSet<String>,
    network: Vec<String>,
    programs: Vec<String>,
}

impl Writes {
    fn take(&mut self, call: &str, folder: &Path) {
        let Some((name, arguments)) = call.split_once('(') else { return };
        let (arguments, result) = arguments.rsplit_once(" = ").unwrap_or((arguments, ""));
        let reads = name.starts_with("open")
            && !["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"].iter().any(|flag| arguments.contains(flag));
        if name == "execve" {
            self.programs.push(unescaped(arguments.split('"').nth(1).unwrap_or_default()));
        } else if name.starts_with("open") || NAMING.contains(&name) {
            if reads || result.starts_with('-') {
                return;
            }
            for path in arguments.split('"').skip(1).step_by(2).map(unescaped) {
                let path = folder.join(path);
                let path = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
                self.paths.insert(path);
            }
        } else if !name.starts_with(['+', '-', '<']) {
            self.network.push(call.to_owned());
        }
    }

    /// Fails unless all that was written is one of `notes`, a report, a temporary file of ours in such a folder, or ours.
    fn assert_promised(&self, notes: &[&str], what: &str) {
        assert_eq!(self.network, [""; 0], "{what}");
        assert_eq!(self.programs.len(), 1, "{what}: {:?}", self.programs);
        for path in &self.paths {
            let inside = path.strip_prefix("vault/");
            let (above, name) = path.rsplit_once('/').unwrap_or_default();
            let is_temporary = name.starts_with(".vs-") && name.ends_with(".tmp");
            let beside = |note: &&str| above == format!("vault/{note}").rsplit_once('/').unwrap_or_default().0;
            let is_promised = match inside {
                Some(inside) => {
                    let is_report = inside == REPORTS || inside.starts_with(&format!("{REPORTS}/"));
                    notes.contains(&inside) || is_report || is_temporary && notes.iter().any(beside)
                }
                None => path.starts_with("home/") || path == "home" || path == "/dev/null" || path == "/dev/tty",
            };
            assert!(is_promised, "{what}: {path} was opened for writing; {:#?}", self.paths);
        }
    }

    fn wrote(&self, path: &str) -> bool {
        self.paths.contains(&format!("vault/{path}"))
    }
}

/// Calls of [`TRACED`] that are about a path, beside those that open.
const NAMING: [&str; 24] = [
    "creat",
    "truncate",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "rmdir",
    "chmod",
    "fchmodat",
    "chown",
    "fchownat",
    "setxattr",
    "removexattr",
    "mknod",
    "mknodat",
    "utimensat",
    "fchmodat2",
];

/// A text as `strace -xx` shows it.
fn unescaped(text: &str) -> String {
    let bytes: Vec<u8> =
        text.split("\\x").skip(1).filter_map(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok()).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A person who is asked about today, and their note.
fn asked(vault: &Vault) -> (String, String) {
    let items = vault.run(&["agenda", "--format", "json"]).json();
    let item = items["items"].as_array().unwrap().iter().find(|item| item["kind"] == "contact").unwrap().clone();
    (item["id"].as_str().unwrap().to_owned(), item["path"].as_str().unwrap().to_owned())
}

fn tick(vault: &Vault, id: &str) {
    let agenda = String::from_utf8(vault.read(AGENDA)).unwrap();
    let new: String = agenda
        .split_inclusive('\n')
        .map(|line| if line.contains(id) { line.replacen("[ ]", "[x]", 1) } else { line.to_owned() })
        .collect();
    assert_ne!(new, agenda, "{id}");
    vault.write(AGENDA, new);
}

#[test]
fn a_scan_a_log_a_tick_and_an_undo_open_only_what_was_promised_and_no_socket() {
    let Some(traced) = Traced::new("strace") else { return };
    let vault = &traced.vault;
    fs::remove_dir_all(vault.path().join(REPORTS)).unwrap();
    let first = traced.run(&["scan"]);
    first.assert_promised(&[], "scan");
    assert!(first.wrote(AGENDA), "the tracer saw nothing: {first:#?}");
    let second = traced.run(&["scan"]);
    second.assert_promised(&[], "the second scan");
    assert!(!second.paths.iter().any(|path| path.starts_with("vault/")), "{second:#?}");
    for arguments in [&["check"][..], &["agenda"], &["report", "people"], &["undo", "--list"], &["scan", "--dry-run"]] {
        let none = traced.run(arguments);
        none.assert_promised(&[], arguments[0]);
        assert!(!none.paths.iter().any(|path| path.starts_with("vault/")), "{arguments:?}: {none:#?}");
    }
    let (id, note) = asked(vault);
    tick(vault, &id);
    let ticked = traced.run(&["scan"]);
    ticked.assert_promised(&[&note], "a tick");
    assert!(ticked.wrote(&note), "{ticked:#?}");
    let undone = traced.run(&["undo"]);
    undone.assert_promised(&[&note], "undo");
    assert!(undone.wrote(&note), "{undone:#?}");
    let stem = Path::new(&note).file_stem().unwrap().to_str().unwrap();
    let logged = traced.run(&["log", stem, "2026-11-19", "a word"]);
    logged.assert_promised(&[&note], "log");
    assert!(logged.wrote(&note), "{logged:#?}");
    let made = traced.run(&["new", "Somebody New"]);
    let new = made.paths.iter().find(|path| path.ends_with("Somebody New.md")).cloned();
    let new = new.unwrap_or_else(|| panic!("{made:#?}"));
    made.assert_promised(&[new.trim_start_matches("vault/")], "new");
}

#[test]
fn a_watcher_in_whose_agenda_a_line_is_ticked_opens_only_what_was_promised_and_no_socket() {
    let Some(traced) = Traced::new("strace") else { return };
    let vault = &traced.vault;
    vault.run(&["scan"]).assert_done("scan");
    let (id, note) = asked(vault);
    let mut child = traced.start(&["watch", "vault", "--today", TODAY]);
    let until = |what: &str, is_so: &dyn Fn() -> bool| {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let logged = || String::from_utf8(vault.read(&note)).unwrap().contains(&id);
    let trace = vault.path().with_file_name("trace");
    let hex: String = AGENDA.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    until("the watcher reads the vault", &|| fs::read_to_string(&trace).is_ok_and(|text| text.contains(&hex)));
    tick(vault, &id);
    until("the log line", &logged);
    std::thread::sleep(Duration::from_millis(500));
    let program = fs::read_to_string(&trace).unwrap();
    let process = program.split(' ').next().unwrap().to_owned();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut writes = traced.writes();
    // The watcher gives the vault's folder a new time, to see whether it is told of it.
    writes.paths.remove("vault");
    writes.assert_promised(&[&note], "watch");
    assert!(writes.wrote(&note) && writes.wrote(AGENDA), "{writes:#?}");
}
