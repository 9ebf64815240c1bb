//! The program, killed at any moment: every file is old or new, and the next run clears what is left over.
//!
//! The short form runs always; with `VAULT_SCAN_LONG` set, three thousand kills.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{REPORTS, Vault};

/// Two days on which the reports differ.
const DAYS: [&str; 2] = ["2026-11-20", "2026-12-24"];

/// How the name of a temporary file begins.
const TEMPORARY: &str = ".vs-";

/// The bytes of files by their path.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn a_run_killed_at_any_moment_leaves_each_file_old_or_new_and_the_next_clears_up() {
    let long = std::env::var_os("VAULT_SCAN_LONG").is_some();
    let kills = if long { 3_000 } else { 40 };
    let vault = vault();
    let began = Instant::now();
    let wanted = DAYS.map(|day| {
        vault.run_on(day, &["scan"]).assert_done(day);
        files(&vault.path())
    });
    let run_time = began.elapsed() / 2;
    assert_ne!(wanted[0], wanted[1]);
    let reports: Vec<&String> = wanted[0].keys().filter(|path| path.starts_with(REPORTS)).collect();
    assert!(reports.len() >= 3, "{reports:?}");
    let mut chance = Chance(0x2026_1120);
    let (mut killed, mut with_leftovers, mut rounds) = (0, 0, 0);
    while killed < kills {
        let day = rounds % 2;
        rounds += 1;
        if rounds % 5 == 0 {
            // A file that is made is made whole.
            fs::remove_file(vault.path().join(reports[rounds / 5 % reports.len()])).unwrap();
        }
        let before = files(&vault.path());
        let mut child = vault.start_on(DAYS[day], &["scan"]);
        if rounds % 4 == 0 {
            sleep(run_time.mul_f64(chance.next()));
        } else {
            wait_for_writing(&vault.path().join(REPORTS), &mut child);
            sleep(Duration::from_micros((chance.next() * 3_000.0) as u64));
        }
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
        let now = files(&vault.path());
        with_leftovers += usize::from(now.keys().any(|path| path.contains(TEMPORARY)));
        for (path, bytes) in now.iter().filter(|(path, _)| !path.contains(TEMPORARY)) {
            let fits = before.get(path) == Some(bytes) || wanted[day].get(path) == Some(bytes);
            assert!(fits, "round {rounds}: {path} is torn:\n{}", String::from_utf8_lossy(bytes));
        }
        for path in before.keys().filter(|path| !path.contains(TEMPORARY)) {
            assert!(now.contains_key(path), "round {rounds}: {path} is gone");
        }
        if rounds % 3 == 0 {
            vault.run_on(DAYS[day], &["scan"]).assert_done("the run after a kill");
            let after = files(&vault.path());
            assert_eq!(after.keys().collect::<Vec<_>>(), wanted[day].keys().collect::<Vec<_>>(), "round {rounds}");
            assert!(after == wanted[day], "round {rounds}: the run after a kill did not finish the work");
        }
    }
    println!("{killed} kills in {rounds} runs, {with_leftovers} of them left temporary files, none a torn file");
    assert!(!long || with_leftovers > 50, "hardly any kill came while a file was written");
}

#[test]
fn a_log_line_whose_run_is_killed_is_in_the_note_whole_or_not_at_all() {
    let kills = if std::env::var_os("VAULT_SCAN_LONG").is_some() { 500 } else { 10 };
    let vault = vault();
    let note = "People/张三.md";
    let mut chance = Chance(0x2026_1224);
    let began = Instant::now();
    vault.run(&["log", "--no-reports", "张三", "first"]).assert_done("log");
    let run_time = began.elapsed();
    let (mut killed, mut landed) = (0, 0);
    for round in 0.. {
        let before = String::from_utf8(vault.read(note)).unwrap();
        let others = files(&vault.path());
        let word = format!("round{round}");
        let mut child = vault.start_on(DAYS[0], &["log", "--no-reports", "张三", &word]);
        if round % 4 == 0 {
            sleep(run_time.mul_f64(chance.next()));
        } else {
            wait_for_writing(&vault.path().join("People"), &mut child);
            sleep(Duration::from_micros((chance.next() * 8_000.0) as u64));
        }
        let alive = child.try_wait().unwrap().is_none();
        killed += usize::from(alive);
        let _ = child.kill();
        child.wait().unwrap();
        let now = String::from_utf8(vault.read(note)).unwrap();
        let without: String = now.split_inclusive('\n').filter(|line| !line.contains(&word)).collect();
        assert_eq!(without, before, "{word}: torn");
        let lines = now.matches(&word).count();
        assert!(lines <= 1 && (alive || lines == 1), "{word}: {lines} lines");
        landed += lines;
        for (path, bytes) in files(&vault.path()).iter().filter(|(path, _)| *path != note) {
            assert!(path.contains(TEMPORARY) || others.get(path) == Some(bytes), "{word}: {path}");
        }
        if killed >= kills {
            println!("{killed} kills in {} runs, {landed} lines landed, none torn", round + 1);
            break;
        }
    }
    vault.run(&["scan"]).assert_done("the run after the kills");
    assert!(!files(&vault.path()).keys().any(|path| path.contains(TEMPORARY)));
}

/// A vault whose reports change from day to day.
fn vault() -> Vault {
    let vault = Vault::new();
    for (name, day) in [("张三", "2026-11-01"), ("李四", "2026-08-15"), ("Anna", "2026-10-10")] {
        let text = format!("---\ntype: person\ncadence: 1m\n---\n\n## Log\n- {day} lunch\n- [ ] call 📅 2026-12-01\n");
        vault.write(&format!("People/{name}.md"), text);
    }
    vault
}

/// Everything in the vault.
fn files(root: &Path) -> Files {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// Waits until the run begins to write in `folder`, or has ended.
fn wait_for_writing(folder: &Path, child: &mut Child) {
    while child.try_wait().unwrap().is_none() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        let mut names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        if names.any(|name| name.starts_with(TEMPORARY)) {
            return;
        }
    }
}

/// Numbers from 0 to 1 that are the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

impl Vault {
    fn start_on(&self, today: &str, arguments: &[&str]) -> Child {
        let all = [arguments, &["--vault", "vault", "--today", today]].concat();
        let mut command = self.command(&all);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }
}
