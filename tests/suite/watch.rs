//! The watcher as a user has it: the program runs, a note is saved, a report is fresh. Few tests, as each waits for real
//! events; what can be told without them is tested beside the loop.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{State, TODAY, Vault};

/// Long enough for any machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running watcher; it is ended with its test.
struct Watch {
    child: Child,
}

impl Watch {
    /// Starts one, and waits until the reports are there.
    fn start(vault: &Vault, arguments: &[&str]) -> Watch {
        let log = fs::File::create(vault.path().with_file_name("log")).unwrap();
        let mut command = vault.command(&[&["watch", "vault", "--today", TODAY], arguments].concat());
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let watch = Watch { child };
        until("the first reports", || vault.path().join("Reports/People.md").exists());
        watch
    }

    fn end(&mut self, signal: &str) -> i32 {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.code()
    }

    fn code(&mut self) -> i32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code().unwrap_or(-1);
            }
            assert!(begun.elapsed() < PATIENCE, "the watcher does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn person(task: &str) -> String {
    format!(
        "---\ntype: person\ncadence: 2w\n---\n\n## Log\n\n- 2026-10-01 call: talked\n\n- [ ] {task} 📅 2026-11-21\n"
    )
}

fn log(vault: &Vault) -> String {
    fs::read_to_string(vault.path().with_file_name("log")).unwrap()
}

/// How often a report was written since the log had `before` bytes.
fn writes_of(report: &str, vault: &Vault, before: usize) -> usize {
    log(vault)
        .get(before..)
        .unwrap_or_default()
        .lines()
        .filter(|line| line.contains("wrote") && line.contains(report))
        .count()
}

fn says(vault: &Vault, report: &str, words: &str) -> bool {
    fs::read_to_string(vault.path().join("Reports").join(report)).is_ok_and(|text| text.contains(words))
}

fn no_temporary_file(vault: &Vault) {
    let names = walkdir::WalkDir::new(vault.path()).into_iter().map(|entry| entry.unwrap().file_name().to_owned());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with(".vs-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_watcher_logs_and_scans_at_once_lose_no_line_and_agree_in_the_end() {
    let vault = Vault::new();
    vault.write("People/Ann.md", person("send the book"));
    let mut watch = Watch::start(&vault, &[]);
    let start = |arguments: &[&str]| {
        let all = [arguments, &["--vault", "vault", "--today", TODAY]].concat();
        vault.command(&all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    for round in 0..4 {
        let texts: Vec<String> = (0..3).map(|n| format!("line{round}{n}")).collect();
        let mut all: Vec<Child> = texts.iter().map(|text| start(&["log", "Ann", "2026-11-19", text])).collect();
        all.push(start(&["scan"]));
        for mut child in all {
            assert!(child.wait().unwrap().success());
        }
    }
    let note = String::from_utf8(vault.read("People/Ann.md")).unwrap();
    for (round, n) in (0..4).flat_map(|round| (0..3).map(move |n| (round, n))) {
        assert_eq!(note.matches(&format!("line{round}{n}\n")).count(), 1, "{note}");
    }
    assert_eq!(watch.end("-TERM"), 0, "{}", log(&vault));
    no_temporary_file(&vault);
    vault.run(&["scan"]).assert_done("scan");
    let settled = vault.state();
    vault.run(&["scan"]).assert_done("a second scan");
    assert_eq!(vault.state(), settled);
}

#[test]
fn a_saved_note_is_in_the_report_and_the_watcher_ends_when_it_is_told_to() {
    for (signal, arguments) in [("-TERM", &[][..]), ("-INT", &["--poll"])] {
        let vault = Vault::new();
        vault.write("People/Ann.md", person("send the book"));
        let mut watch = Watch::start(&vault, arguments);
        until("the agenda", || says(&vault, "Agenda.md", "send the book"));
        vault.write("People/Ann.md", person("return the book"));
        until("the saved task", || says(&vault, "Agenda.md", "return the book"));
        let second = vault.run_bare(&["watch", "vault"]);
        assert_eq!(second.code, 2, "{}", second.stderr);
        assert!(second.stderr.contains("watch-already"), "{}", second.stderr);
        assert_eq!(watch.end(signal), 0, "{signal}: {}", log(&vault));
        no_temporary_file(&vault);
        let mut printed = String::new();
        watch.child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        assert_eq!(printed, "", "a watcher has no result");
        assert!(!log(&vault).contains("Ann"), "a log names notes by hash: {}", log(&vault));
    }
}

#[test]
fn a_tree_of_two_hundred_folders_that_comes_at_once_is_read_whole_and_watched() {
    let vault = Vault::new();
    vault.write("People/Ann.md", person("x"));
    let outside = vault.path().with_file_name("tree");
    for number in 0..200 {
        let folder = outside.join(format!("{}/{}/deep", number % 20, number));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("P{number}.md")), person("y")).unwrap();
    }
    let _watch = Watch::start(&vault, &[]);
    crate::support::copy_folder(&outside, &vault.path().join("People/copied"));
    until("all copied", || (0..200).all(|number| says(&vault, "People.md", &format!("P{number}"))));
    fs::rename(vault.path().join("People/copied/3"), vault.path().join("People/moved")).unwrap();
    vault.write("People/moved/3/deep/P3.md", person("found in the moved folder"));
    until("a note in a moved folder", || says(&vault, "Agenda.md", "found in the moved folder"));
}

#[test]
fn a_checkout_of_a_thousand_notes_and_a_note_half_saved_are_one_write_each() {
    let vault = Vault::new();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(vault.path()).args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "-c",
            "commit.gpgsign=false",
        ]);
        command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !git(&["init", "-q"]) {
        eprintln!("a_checkout: skipped, as there is no git");
        return;
    }
    fs::write(vault.path().join(".gitignore"), "Reports/\n").unwrap();
    for text in ["first task", "second task"] {
        for number in 0..1000 {
            vault.write(&format!("People/{}/P{number}.md", number % 7), person(text));
        }
        assert!(git(&["add", "-A"]) && git(&["commit", "-qm", text]));
    }
    let _watch = Watch::start(&vault, &["--lang", "en"]);
    until("the second", || says(&vault, "Agenda.md", "second task"));
    std::thread::sleep(Duration::from_millis(2500));
    // There and back; how long git takes, and when a look begins, is chance.
    let times = if std::env::var_os("VAULT_SCAN_LONG").is_some() { 20 } else { 1 };
    for (commit, now, before) in [("HEAD~1", "first task", "second task"), ("@{-1}", "second task", "first task")]
        .into_iter()
        .cycle()
        .take(2 * times - 1)
    {
        let length = log(&vault).len();
        assert!(git(&["checkout", "-q", commit]));
        until(now, || says(&vault, "Agenda.md", now) && !says(&vault, "Agenda.md", before));
        std::thread::sleep(Duration::from_millis(3000));
        assert_eq!(writes_of("Agenda.md", &vault, length), 1, "{}", log(&vault));
    }
    let before = log(&vault).len();
    fs::write(vault.path().join("People/1/P1.md"), "").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    vault.write("People/1/P1.md", person("whole again"));
    until("the whole note", || says(&vault, "Agenda.md", "whole again"));
    until("the log", || writes_of("Agenda.md", &vault, before) > 0);
    std::thread::sleep(Duration::from_millis(1000));
    assert_eq!(writes_of("People.md", &vault, before), 0, "seen empty: {}", log(&vault));
    assert_eq!(writes_of("Agenda.md", &vault, before), 1, "{}", log(&vault));
}

#[test]
fn settings_that_change_hold_from_then_on_and_faults_in_them_are_told_and_survived() {
    let vault = Vault::new();
    vault.write("People/Ann.md", person("send the book"));
    let mut watch = Watch::start(&vault, &[]);
    vault.write(".vault-scan/config.toml", "nonsense = 1\n");
    until("the fault", || log(&vault).contains("config-unknown-key"));
    vault.write("People/Ann.md", person("return the book"));
    until("the saved task", || says(&vault, "Agenda.md", "return the book"));
    vault.write(".vault-scan/config.toml", "reports = \"Out\"\n");
    until("the other folder", || vault.path().join("Out/Agenda.md").exists());
    assert_eq!(watch.end("-TERM"), 0, "{}", log(&vault));
}

#[test]
fn a_vault_that_is_suddenly_empty_or_gone_ends_the_watch_and_the_reports_stay() {
    for gone in ["notes", "root"] {
        let vault = Vault::new();
        for number in 0..30 {
            vault.write(&format!("People/P{number}.md"), person("x"));
        }
        let mut watch = Watch::start(&vault, &["--poll"]);
        until("the agenda", || says(&vault, "Agenda.md", "P29"));
        let report = vault.read("Reports/Agenda.md");
        let moved = vault.path().with_file_name("moved");
        let root = if gone == "notes" {
            fs::rename(vault.path().join("People"), &moved).unwrap();
            vault.path()
        } else {
            fs::rename(vault.path(), &moved).unwrap();
            moved
        };
        assert_eq!(watch.code(), 2, "{gone}: {}", log(&vault));
        assert_eq!(fs::read(root.join("Reports/Agenda.md")).unwrap(), report, "{gone}");
    }
}

#[test]
fn an_idle_watcher_writes_nothing_and_needs_next_to_no_time() {
    let is_long = std::env::var_os("VAULT_SCAN_LONG").is_some();
    let vault = Vault::copy_of(&crate::support::in_repository("example-vault"));
    let watch = Watch::start(&vault, &[]);
    std::thread::sleep(Duration::from_secs(4));
    let before = State::of(vault.path().parent().unwrap());
    let used = cpu_ticks(watch.child.id());
    let time = Duration::from_secs(if is_long { 60 } else { 3 });
    std::thread::sleep(time);
    let after = State::of(vault.path().parent().unwrap());
    assert_eq!(after.touched_since(&before), Vec::<String>::new());
    if let (true, Some(used), Some(now)) = (is_long, used, cpu_ticks(watch.child.id())) {
        // A tick is a hundredth of a second.
        let share = (now - used) as f64 / time.as_secs_f64();
        eprintln!("idle for {time:?}: {share:.2} % of a CPU");
        assert!(share < 1.0, "{share} %");
    }
}

/// Processor time of a process, user and system, in ticks; `None` where the system does not tell.
fn cpu_ticks(process: u32) -> Option<u64> {
    let text = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("stat")).ok()?;
    let after = text.rsplit_once(')')?.1;
    let fields: Vec<u64> = after.split_whitespace().skip(11).take(2).map(|field| field.parse().unwrap_or(0)).collect();
    Some(fields.iter().sum())
}

#[test]
fn a_line_ticked_in_the_agenda_is_logged_and_stands_under_done_while_the_watch_goes_on() {
    let vault = Vault::new();
    vault.write("People/Ann.md", "---\ntype: person\ncadence: 2w\n---\n\n## Log\n\n- 2026-10-01 call: talked\n");
    let mut watch = Watch::start(&vault, &["--lang", "en"]);
    until("the agenda", || says(&vault, "Agenda.md", "- [ ] "));
    let agenda = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
    vault.write("Reports/Agenda.md", agenda.replacen("- [ ] ", "- [x] ", 1));
    let logged = || String::from_utf8(vault.read("People/Ann.md")).unwrap().matches(TODAY).count();
    until("the log line", || logged() > 0);
    std::thread::sleep(Duration::from_millis(3000));
    assert_eq!(logged(), 1, "{}", String::from_utf8(vault.read("People/Ann.md")).unwrap());
    vault.write("People/Cat.md", "---\ntype: person\n---\n\n- [ ] secret 🔁 every week 📅 2026-11-01\n");
    until("the task", || says(&vault, "Agenda.md", "secret"));
    let agenda = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
    vault.write("Reports/Agenda.md", agenda.replacen("- [ ] [[Cat]]", "- [x] [[Cat]]", 1));
    until("the remark", || log(&vault).contains("tick-recurs"));
    let log_so_far = log(&vault);
    assert!(!log_so_far.contains("secret") && !log_so_far.contains("Cat"), "a note is quoted: {log_so_far}");
    assert!(log_so_far.contains("answers logged in 1 note ("), "{log_so_far}");
    assert!(!log_so_far.contains("Ann"), "a note is named: {log_so_far}");
    assert_eq!(watch.end("-TERM"), 0, "{}", log(&vault));
}
