//! Poor disks, crowded folders and odd places: what cannot be written safely stays as it is and is said, in both
//! languages; the rest is done.

use std::fs;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::Command;
use std::process::Stdio;

use crate::support::{Output, State, Vault};

const NOTE: &str = "---\ntype: person\ncadence: 1 week\n---\n\n## Log\n- 2026-10-01 call\n";

fn people(count: usize) -> Vault {
    let vault = Vault::new();
    for n in 0..count {
        vault.write(&format!("People/P{n}.md"), NOTE);
    }
    vault
}

fn temporary(root: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".vs-")).collect()
}

/// A run whose own folder is below `home`.
fn run_in(vault: &Vault, home: &Path, today: &str, arguments: &[&str]) -> Output {
    let all = [arguments, &["--vault", "vault", "--today", today]].concat();
    let output = vault.command(&all).env("XDG_STATE_HOME", home).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Output { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn eight_logs_at_once_are_eight_lines() {
    let vault = people(1);
    vault.run(&["scan"]).assert_done("scan");
    let start = |n: usize| {
        let text = format!("line{n}");
        let mut command =
            vault.command(&["log", "P0", "2026-11-19", &text, "--vault", "vault", "--today", "2026-11-20"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let all: Vec<_> = (0..8).map(start).collect();
    for child in all {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let note = String::from_utf8(vault.read("People/P0.md")).unwrap();
    assert!(note.starts_with(NOTE), "{note}");
    for n in 0..8 {
        assert_eq!(note.matches(&format!("line{n}\n")).count(), 1, "{note}");
    }
    assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new());
    vault.run(&["scan"]).assert_done("scan");
    let before = vault.state();
    vault.run(&["scan"]).assert_done("a second scan");
    assert_eq!(vault.state(), before);
}

#[test]
fn every_command_that_writes_clears_up_after_a_crash() {
    for arguments in [
        &["scan"][..],
        &["log", "P0", "2026-11-19", "lunch"],
        &["log", "P0", "2026-11-19", "lunch", "--no-reports"],
        &["snooze", "P0", "2026-12-01"],
        &["skip", "P0"],
        &["new", "Somebody"],
        &["undo"],
    ] {
        let vault = people(1);
        if arguments == ["undo"] {
            vault.run(&["log", "P0", "2026-11-18", "dinner"]).assert_done("log");
        }
        vault.write("Elsewhere/.vs-0123456789.tmp", "a version of a note\n");
        vault.run(arguments).assert_done(arguments[0]);
        assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new(), "{arguments:?}");
        let listed = vault.run(&["recover", "--format", "json"]).json();
        let copies = listed["copies"].as_array().unwrap();
        assert_eq!(copies.iter().filter(|copy| copy["why"] == "stray").count(), 1, "{arguments:?}: {listed}");
    }
}

#[test]
fn check_tells_of_a_disk_without_exchange_and_leaves_nothing_in_the_vault() {
    let vault = people(1);
    vault.run(&["log", "P0", "2026-11-19", "lunch"]).assert_done("log");
    let before = vault.state();
    assert!(!vault.run(&["check"]).stderr.contains("[vault-without-exchange]"));
    let home = vault.path().parent().unwrap().join("home/vault-scan");
    let own = fs::read_dir(home).unwrap().next().unwrap().unwrap().path();
    // As a write on such a disk leaves it.
    fs::write(own.join("no-exchange"), "").unwrap();
    let check = vault.run(&["check"]);
    assert!(check.stderr.contains("hint[vault-without-exchange]") && check.code == 0, "{}", check.stderr);
    assert_eq!(vault.state(), before);
    vault.run(&["log", "P0", "2026-11-20", "dinner"]).assert_done("a write that finds it works");
    assert!(!vault.run(&["check"]).stderr.contains("[vault-without-exchange]"));
}

#[test]
fn without_a_place_to_keep_what_a_write_replaces_notes_stay_and_reports_are_made() {
    let vault = people(1);
    // A file is in the way of our own folder: even the superuser cannot make one there.
    let home = vault.path().parent().unwrap().join("in the way");
    fs::write(&home, "").unwrap();
    run_in(&vault, &home, "2026-11-20", &["scan"]).assert_done("reports are created");
    let before = vault.state();
    for (language, words) in [("en", "could not be kept in"), ("zh-CN", "现有的内容没法先存到")] {
        let log = run_in(&vault, &home, "2026-11-20", &["log", "P0", "2026-11-19", "lunch", "--lang", language]);
        assert_eq!(log.code, 3, "{}", log.stderr);
        assert!(log.stderr.contains("error[write-unkept]") && log.stderr.contains(words), "{}", log.stderr);
    }
    assert_eq!(vault.state(), before);
    let scan = run_in(&vault, &home, "2026-12-24", &["scan"]);
    assert_eq!(scan.code, 0, "{}", scan.stderr);
    assert!(scan.stderr.contains("warning[write-not-kept]"), "{}", scan.stderr);
    let changed = vault.state().touched_since(&before);
    assert!(changed.contains(&"Reports/Agenda.md".to_owned()) && !changed.contains(&"People/P0.md".to_owned()));

    let agenda = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
    vault.write("Reports/Agenda.md", agenda.replacen("- [ ] ", "- [x] ", 1));
    let ticked = vault.state();
    let scan = run_in(&vault, &home, "2026-12-25", &["scan"]);
    assert_eq!(scan.code, 3, "{}", scan.stderr);
    let touched = vault.state().touched_since(&ticked);
    assert!(!touched.iter().any(|path| path.contains("P0") || path.contains("Agenda")), "{touched:?}");
    assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new());
    // As soon as there is a place, the answer is carried out.
    run_in(&vault, &vault.path().parent().unwrap().join("home"), "2026-12-25", &["scan"]).assert_done("scan");
    assert!(String::from_utf8(vault.read("People/P0.md")).unwrap().contains("2026-12-25"));
}

/// A small disk in memory, while it is held; nothing where this user may not mount one.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn at(folder: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size},mode=0755"), "tmpfs"]).arg(folder);
        let mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        if !mounted {
            eprintln!("a small disk: not tried, as this user may not mount one");
        }
        mounted.then(|| SmallDisk(folder.to_owned()))
    }

    /// Leaves no room but `left` bytes.
    fn fill(&self, left: usize) {
        let path = self.0.join(".filler");
        let mut size = 1 << 20;
        while size > 0 && fs::write(&path, vec![b'x'; size]).is_err() {
            size -= 4096;
        }
        fs::write(&path, vec![b'x'; size.saturating_sub(left)]).unwrap();
    }

    fn empty(&self) {
        fs::remove_file(self.0.join(".filler")).unwrap();
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_of_128_kilobytes_keeps_every_note_and_report_and_takes_the_write_once_there_is_room() {
    let vault = Vault::new();
    let Some(disk) = SmallDisk::at(&vault.path(), "128k") else { return };
    vault.write(".obsidian/app.json", "{}");
    for n in 0..3 {
        vault.write(&format!("People/P{n}.md"), format!("{NOTE}{}", "- 2026-09-01 something long\n".repeat(150)));
    }
    vault.run(&["scan"]).assert_done("scan");
    let mut refused = 0;
    for left in [0, 4096, 8192, 12288] {
        disk.fill(left);
        let before = vault.state();
        let log = vault.run(&["log", "P0,P1,P2", "2026-11-19", "lunch", "--no-reports"]);
        if log.code != 0 {
            refused += 1;
            assert!(log.code == 2 && log.stderr.contains("[write-failed]"), "{left}: {} {}", log.code, log.stderr);
        }
        for path in vault.state().touched_since(&before) {
            let text = String::from_utf8(vault.read(&path)).unwrap();
            assert!(text.starts_with("---\ntype: person") && text.contains("2026-11-19 lunch"), "{left}: {path}");
        }
        let scan = vault.run_on("2026-12-24", &["scan"]);
        assert!([0, 2].contains(&scan.code), "{left}: {}", scan.stderr);
        assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new(), "{left}");
    }
    assert!(refused > 0, "the disk was never full");
    disk.empty();
    vault.run(&["log", "P0", "2026-11-19", "dinner"]).assert_done("with room again");
}

#[cfg(target_os = "linux")]
#[test]
fn where_recovery_is_on_another_disk_and_that_is_full_notes_stay_as_they_are() {
    let vault = people(2);
    vault.run(&["scan"]).assert_done("scan");
    let home = vault.path().parent().unwrap().join("small");
    let Some(disk) = SmallDisk::at(&home, "128k") else { return };
    let log = |text: &str| run_in(&vault, &home, "2026-11-20", &["log", "P0", "2026-11-19", text, "--no-reports"]);
    log("first").assert_done("recovery on another disk");
    assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new(), "what could only be copied is gone after the run");
    let first = vault.read("People/P0.md");
    disk.fill(0);
    let before = vault.state();
    let refused = log("second");
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    assert!(refused.stderr.contains("[write-unkept]"), "{}", refused.stderr);
    assert_eq!(vault.state().contents(), before.contents());
    let scan = run_in(&vault, &home, "2026-12-24", &["scan"]);
    assert_eq!(scan.code, 0, "reports are made: {}", scan.stderr);
    assert_ne!(vault.state().contents()["Reports/Agenda.md"], before.contents()["Reports/Agenda.md"]);
    disk.empty();
    log("third").assert_done("with room again");
    let undo = run_in(&vault, &home, "2026-11-20", &["undo"]);
    undo.assert_done("undo");
    assert_eq!(vault.read("People/P0.md"), first);
    assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new());
}

/// (file, content, what is said; nothing for one that is written)
fn odd_notes() -> Vec<(String, Vec<u8>, &'static str)> {
    let plain = |name: &str| (name.to_owned(), NOTE.as_bytes().to_vec(), "");
    let with = |name: &str, bytes: Vec<u8>, code| (name.to_owned(), bytes, code);
    let windows = [b"\xef\xbb\xbf", NOTE.replace('\n', "\r\n").as_bytes()].concat();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(NOTE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    vec![
        plain("张三"),
        plain("Two  words"),
        plain("e\u{301}te\u{301}"),
        plain(&"l".repeat(252)),
        plain(&"长".repeat(84)),
        #[cfg(unix)]
        plain("what?*"),
        with("windows", windows, ""),
        with("utf16", utf16, "write-utf16"),
        with("cr", NOTE.replace('\n', "\r").into(), "write-lone-cr"),
        with("open", "---\ntype: person\n".into(), "write-open-front-matter"),
        with("blank", format!("\n{NOTE}").into(), "write-blank-before-front-matter"),
    ]
}

#[test]
fn odd_notes_in_odd_places_get_their_line_or_stay_as_they_are_with_a_sentence_that_helps() {
    let vault = Vault::new();
    let folder = "我的 人脉/re\u{301}seau/People";
    let notes = odd_notes();
    for (name, bytes, _) in &notes {
        vault.write(&format!("{folder}/{name}.md"), bytes);
    }
    for (name, bytes, code) in &notes {
        let path = format!("{folder}/{name}.md");
        for language in ["en", "zh-CN"] {
            let before = vault.read(&path);
            let log = vault.run(&["log", name, "2026-11-19", language, "--no-reports", "--lang", language]);
            if code.is_empty() {
                assert_eq!(log.code, 0, "{name}: {}", log.stderr);
                let now = vault.read(&path);
                let line = format!("- 2026-11-19 {language}");
                let at = now.windows(line.len()).position(|part| part == line.as_bytes()).unwrap();
                let ending: &[u8] = if bytes.contains(&b'\r') { b"\r\n" } else { b"\n" };
                let rest = [&now[..at], &now[at + line.len() + ending.len()..]].concat();
                assert!(rest == before, "{name}: another byte changed");
            } else {
                assert_eq!(log.code, 3, "{name}: {}", log.stderr);
                assert!(log.stderr.contains(code) && log.stderr.contains("help: "), "{name}: {}", log.stderr);
                assert!(
                    !log.stderr.contains("made anew") && !log.stderr.contains("删掉文件"),
                    "{name}: {}",
                    log.stderr
                );
                assert_eq!(vault.read(&path), before, "{name}");
            }
        }
        if code.is_empty() {
            vault.run(&["undo"]).assert_done(name);
            vault.run(&["undo"]).assert_done(name);
            assert!(vault.read(&path) == *bytes, "{name}: not as it was");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_copy_of_a_note_with_an_odd_name_comes_back_beside_it() {
    let vault = Vault::new();
    for name in ["who?/what?*", &"长".repeat(84)] {
        let path = format!("People/{name}.md");
        vault.write(&path, NOTE);
        vault.run(&["log", &path, "2026-11-19", "lunch", "--no-reports"]).assert_done(name);
        let listed = vault.run(&["recover", "--format", "json"]).json();
        let id = listed["copies"][0]["id"].as_str().unwrap().to_owned();
        let beside = vault.run(&["recover", &id]);
        assert_eq!(beside.code, 0, "{name}: {}", beside.stderr);
        let folder = vault.path().join(&path).parent().unwrap().to_owned();
        let copies = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_string_lossy().contains(&id));
        assert_eq!(copies.map(|path| fs::read_to_string(path).unwrap()).collect::<Vec<_>>(), [NOTE], "{name}");
        vault.run(&["undo"]).assert_done(name);
    }
}

#[test]
fn a_note_of_nearly_four_megabytes_gets_its_line_and_a_larger_one_is_no_person() {
    for (lines, code) in [(80_000, 0), (90_000, 3)] {
        let vault = people(0);
        let text = format!("{NOTE}{}", "- 2026-09-09 some words of no great importance\n".repeat(lines));
        vault.write("People/Large.md", &text);
        let log = vault.run(&["log", "Large", "2026-11-19", "lunch", "--no-reports"]);
        assert_eq!(log.code, code, "{}", log.stderr);
        let now = String::from_utf8(vault.read("People/Large.md")).unwrap();
        assert_eq!(now.len() - text.len(), if code == 0 { "- 2026-11-19 lunch\n".len() } else { 0 });
    }
}

#[cfg(unix)]
#[test]
fn hard_links_closed_notes_and_links_are_refused_or_followed_inside_the_vault() {
    use std::os::unix::fs::symlink;
    let vault = people(4);
    let at = |name: &str| vault.path().join("People").join(name);
    fs::hard_link(at("P0.md"), vault.path().join("P0 again.txt")).unwrap();
    let mut closed = fs::metadata(at("P1.md")).unwrap().permissions();
    closed.set_readonly(true);
    fs::set_permissions(at("P1.md"), closed).unwrap();
    vault.write("Elsewhere/real.md", NOTE);
    fs::remove_file(at("P2.md")).unwrap();
    symlink("../Elsewhere/real.md", at("P2.md")).unwrap();
    let before = vault.state();
    for (name, code) in [("P0", "write-hard-links"), ("P1", "write-read-only")] {
        for language in ["en", "zh-CN"] {
            let log = vault.run(&["log", name, "2026-11-19", "lunch", "--no-reports", "--lang", language]);
            assert_eq!(log.code, 3, "{name}: {}", log.stderr);
            assert!(log.stderr.contains(code), "{name}: {}", log.stderr);
        }
    }
    assert_eq!(vault.state(), before);
    // A file that may not be changed at all, where this user and this disk can make one.
    let immutable = |on: &str| Command::new("chattr").arg(on).arg(at("P3.md")).stderr(Stdio::null()).status();
    if immutable("+i").is_ok_and(|status| status.success()) {
        let log = vault.run(&["log", "P3", "2026-11-19", "lunch", "--no-reports"]);
        immutable("-i").unwrap();
        assert_eq!(log.code, 2, "{}", log.stderr);
        assert!(log.stderr.contains("[write-failed]"), "{}", log.stderr);
        assert_eq!(vault.state(), before);
    } else {
        eprintln!("an immutable file: not tried, as none can be made here");
    }
    assert_eq!(temporary(&vault.path()), Vec::<PathBuf>::new());
}

#[cfg(unix)]
#[test]
fn our_own_folder_is_the_users_alone_whatever_the_mask_and_also_through_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let vault = people(1);
    let beside = vault.path().parent().unwrap().to_owned();
    fs::create_dir_all(beside.join("real/vault-scan")).unwrap();
    fs::set_permissions(beside.join("real/vault-scan"), PermissionsExt::from_mode(0o755)).unwrap();
    symlink(beside.join("real"), beside.join("linked")).unwrap();
    let program = env!("CARGO_BIN_EXE_vault-scan");
    for text in ["one", "two"] {
        let script = format!("umask 000; exec '{program}' log P0 2026-11-19 {text} --vault vault --today 2026-11-20");
        let run = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&beside)
            .env("XDG_STATE_HOME", beside.join("linked"))
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
        let mut own = 0;
        for entry in walkdir::WalkDir::new(beside.join("real/vault-scan")).min_depth(1) {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, if entry.file_type().is_dir() { 0o700 } else { 0o600 }, "{}", entry.path().display());
            own += 1;
        }
        assert!(own > 3);
    }
}

#[test]
fn two_vaults_of_one_name_and_a_vault_that_moved_keep_their_own_counsel() {
    let vault = people(1);
    let beside = vault.path().parent().unwrap().to_owned();
    let other = beside.join("other/vault");
    fs::create_dir_all(other.join(".obsidian")).unwrap();
    fs::create_dir_all(other.join("People")).unwrap();
    fs::write(other.join("People/P0.md"), NOTE).unwrap();
    vault.run(&["log", "P0", "2026-11-19", "lunch", "--no-reports"]).assert_done("log");
    let there = |arguments: &[&str]| {
        vault.run_bare(&[arguments, &["--vault", "other/vault", "--today", "2026-11-20"]].concat())
    };
    assert_eq!(there(&["undo"]).code, 2, "the other vault has nothing to take back");
    assert_eq!(fs::read_to_string(other.join("People/P0.md")).unwrap(), NOTE);

    let logged = State::of(&vault.path());
    fs::rename(&other, beside.join("away")).unwrap();
    fs::rename(vault.path(), &other).unwrap();
    assert_eq!(there(&["undo"]).code, 2, "what was kept belongs to the place");
    assert_eq!(State::of(&other), logged);
    fs::rename(&other, vault.path()).unwrap();
    vault.run(&["undo"]).assert_done("back in its place");
    assert_eq!(vault.read("People/P0.md"), NOTE.as_bytes());
}
