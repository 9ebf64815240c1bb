//! What is kept outside the vault, brought back, and private; and the scan that stops when the vault is suddenly empty.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::support::Vault;

const CANARY: &str = "kanarienvogel";

fn home(vault: &Vault) -> PathBuf {
    vault.path().parent().unwrap().join("home")
}

/// Every field a note may have, each with the canary in it.
fn telling_note() -> String {
    let c = CANARY;
    format!(
        "---\ntype: person\nname: {c} one\naliases: [{c} two]\ncompany: {c} three\nrole: {c} four\ncity: {c} five\n\
         email: {c}@example.org\nphone: \"{c} 6\"\ncadence: {c} seven\nbirthday: {c} eight\nneeds: [{c} nine]\n\
         introduced_by: \"[[{c} ten]]\"\nstatus: {c} eleven\n{c}: twelve\ntags: [{c}/thirteen]\n---\n# {c} title\n\n\
         {c} text #{c} [[{c} link]]\n\n## Log\n- 2026-10-01 call: {c} said\n  - [for:: [[{c} other]]] {c} nested\n\
         - [ ] {c} task 📅 2026-11-20\n<<<<<<< {c}\n=======\n>>>>>>> {c}\n"
    )
}

/// Files below `folder` whose name or bytes hold the canary.
fn leaks(folder: &Path) -> Vec<PathBuf> {
    let holds = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|part| part.eq_ignore_ascii_case(CANARY.as_bytes()));
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| {
            let inside = entry.path().strip_prefix(folder).unwrap();
            holds(inside.as_os_str().as_encoded_bytes())
                || entry.file_type().is_file() && holds(&fs::read(entry.path()).unwrap())
        })
        .map(walkdir::DirEntry::into_path)
        .collect()
}

#[test]
fn no_text_of_a_note_is_outside_the_vault_but_in_recovery_which_is_the_users_alone() {
    let vault = Vault::new();
    vault.write("People/A.md", telling_note());
    vault.write("People/B.md", "---\ntype: person\ncadence: 1 week\n---\n");
    for arguments in [
        &["scan"][..],
        &["check"],
        &["agenda"],
        &["log", CANARY, "2026-11-19", CANARY],
        &["log", "B", "2026-11-19", CANARY],
        &["undo"],
        &["undo", "--list"],
        &["recover"],
    ] {
        let run = vault.run(arguments);
        assert!(!run.stderr.contains("panicked"), "{arguments:?}: {}", run.stderr);
    }
    vault.write("Reports/Agenda.md", fs::read_to_string(vault.path().join("Reports/Agenda.md")).unwrap() + CANARY);
    vault.write("People/B.md", format!("---\ntype: person\ncadence: 2 weeks\nname: {CANARY}\n---\n"));
    vault.run(&["scan"]).assert_done("second scan");
    let recovery = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        path.parent().unwrap().ends_with("recovery") && !name.contains(CANARY)
    };
    let found = leaks(&home(&vault));
    assert!(found.iter().all(recovery), "{found:#?}");
    #[cfg(unix)]
    for entry in WalkDir::new(home(&vault)).min_depth(1) {
        use std::os::unix::fs::PermissionsExt;
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if entry.file_type().is_dir() { 0o700 } else { 0o600 }, "{}", entry.path().display());
    }
}

/// The agenda with the line about somebody answered, and the canary below it.
fn answer(vault: &Vault, about: &str, mark: &str) {
    let agenda = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
    let is_it = |line: &str| line.contains("[ ]") && line.contains("^vs-") && line.contains(about);
    assert!(agenda.lines().any(is_it), "{about}: {agenda}");
    let lines = agenda.split_inclusive('\n').map(|line| match is_it(line) {
        true => line.replacen("[ ]", mark, 1) + &format!("  - {CANARY} said\n"),
        false => line.to_owned(),
    });
    vault.write("Reports/Agenda.md", lines.collect::<String>());
}

#[test]
fn what_is_answered_logged_taken_back_and_recovered_stays_between_the_vault_and_recovery() {
    let vault = Vault::new();
    let c = CANARY;
    vault.write(
        &format!("People/{c}.md"),
        format!("---\ntype: person\ncadence: 1w\n---\n\n- [ ] {c} task 📅 2026-11-19\n"),
    );
    vault.write("People/B.md", format!("---\ntype: person\ncadence: 1w\n---\n\n{c} said\n"));
    vault.write(
        &format!("People/{c} broken.md"),
        "---\ntype: person\ncadence: 1w\n---\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n",
    );
    let run = |arguments: &[&str]| {
        let run = vault.run(arguments);
        assert!(!run.stderr.contains("panicked"), "{arguments:?}: {}", run.stderr);
        run
    };
    run(&["scan"]);
    answer(&vault, "task", "[x]");
    answer(&vault, "[[B]]", "[-]");
    assert_eq!(run(&["scan"]).code, 0);
    run(&["log", "B", "2026-11-19", c]).assert_done("log");
    run(&["snooze", "B", "2026-12-24"]).assert_done("snooze");
    run(&["new", &format!("{c} new")]).assert_done("new");
    for _ in 0..3 {
        run(&["undo"]).assert_done("undo");
    }
    let kept = run(&["recover"]).stdout;
    let id =
        kept.split_whitespace().find(|word| word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    run(&["recover", id.unwrap_or_else(|| panic!("{kept}"))]);
    let in_recovery = |path: &PathBuf| path.parent().unwrap().ends_with("recovery");
    let found = leaks(&home(&vault));
    assert!(!found.is_empty() && found.iter().all(in_recovery), "{found:#?}");
}

#[cfg(unix)]
#[test]
fn what_a_watcher_says_names_no_note_and_holds_no_text_of_one() {
    let vault = Vault::new();
    let c = CANARY;
    let note = format!("---\ntype: person\ncadence: 1w\n---\n\n- [ ] {c} task 📅 2026-11-19\n");
    vault.write(&format!("People/{c}.md"), &note);
    // Some others, or the vault would seem empty when one goes.
    many(&vault, 3);
    let log = vault.path().with_file_name("log");
    let mut command = vault.command(&["watch", "vault", "--today", crate::support::TODAY]);
    let mut child = command
        .stdout(fs::File::create(&log).unwrap())
        .stderr(fs::File::options().append(true).open(&log).unwrap())
        .spawn()
        .unwrap();
    let until = |what: &str, is_so: &dyn Fn() -> bool| {
        let begun = std::time::Instant::now();
        while !is_so() {
            assert!(begun.elapsed().as_secs() < 60, "{what}: {}", fs::read_to_string(&log).unwrap());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    };
    let told = |count: usize| fs::read_to_string(&log).unwrap().matches("Agenda.md").count() >= count;
    until("the first reports", &|| told(1));
    answer(&vault, "task", "[x]");
    until("the answer", &|| told(2));
    // An answer that waits for a merge, one that nobody can place, and one that is no day.
    vault.write(&format!("People/{c}.md"), format!("{note}{c}\n<<<<<<< {c}\n=======\n>>>>>>> {c}\n"));
    answer(&vault, &format!("[[{c}]]"), "[x]");
    let agenda = String::from_utf8(vault.read("Reports/Agenda.md")).unwrap();
    vault.write("Reports/Agenda.md", agenda.replacen("- [", &format!("- [x] [[{c} who]] {c} ^vs-00000001\n- ["), 1));
    let says = |word: &str| fs::read_to_string(&log).unwrap().contains(word);
    until("an answer without a place", &|| says("tick-unknown"));
    until("a note in conflict", &|| says("write-merge-markers"));
    answer(&vault, "[[P0]]", &format!("[>] {c}"));
    until("a day that is none", &|| says("tick-date-unread") || says("tick-no-date"));
    std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    child.wait().unwrap();
    assert!(!fs::read_to_string(&log).unwrap().contains(c), "{}", fs::read_to_string(&log).unwrap());
}

#[test]
fn our_own_folder_taken_away_between_runs_changes_no_report() {
    let vault = Vault::copy_of(&crate::support::in_repository("example-vault"));
    let other = Vault::copy_of(&crate::support::in_repository("example-vault"));
    for (place, day) in ["2026-11-20", "2026-11-20", "2026-11-21", "2026-12-24", "2026-11-20"].into_iter().enumerate() {
        for one in [&vault, &other] {
            if place == 1 {
                answer(one, "[[", "[x]");
            }
            let run = one.run_on(day, &["scan"]);
            // A conflict copy beside a note keeps the program from writing it.
            assert!(matches!(run.code, 0 | 3), "{day}: {}", run.stderr);
        }
        let (one, two) = (vault.state(), other.state());
        assert_eq!(one.contents(), two.contents(), "{day}");
        let _ = fs::remove_dir_all(home(&vault));
    }
}

fn many(vault: &Vault, count: usize) {
    for n in 0..count {
        vault.write(&format!("People/P{n}.md"), "---\ntype: person\ncadence: 1 week\n---\n");
    }
}

#[test]
fn a_vault_that_is_suddenly_empty_keeps_its_reports_until_somebody_says_it_is_right() {
    let vault = Vault::new();
    many(&vault, 20);
    vault.run(&["scan"]).assert_done("scan");
    let whole = vault.state();
    let away = vault.path().parent().unwrap().join("away");
    fs::rename(vault.path().join("People"), &away).unwrap();
    let gone = vault.state();
    for arguments in [&["scan"][..], &["scan", "--dry-run"], &["scan", "--check"]] {
        let run = vault.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("[vault-suddenly-empty]") && run.stderr.contains("20"), "{}", run.stderr);
    }
    assert_eq!(vault.state(), gone, "reports are kept");
    let read = vault.run(&["agenda"]);
    assert_eq!(read.code, 0);
    assert!(read.stderr.contains("warning[vault-seems-empty]"), "{}", read.stderr);
    let chinese = vault.run(&["scan", "--lang", "zh-CN"]);
    assert!(chinese.stderr.contains("上次扫描有 20 篇笔记，现在只剩 0 篇"), "{}", chinese.stderr);

    fs::rename(&away, vault.path().join("People")).unwrap();
    vault.run(&["scan"]).assert_done("mounted again");
    assert_eq!(vault.state(), whole);

    fs::rename(vault.path().join("People"), &away).unwrap();
    vault.run(&["scan", "--allow-missing"]).assert_done("removed by the user");
    vault.run(&["scan"]).assert_done("known from now on");
}

#[test]
fn a_root_that_was_renamed_away_is_missing_or_an_empty_place_to_mount() {
    let vault = Vault::new();
    many(&vault, 12);
    vault.run(&["scan"]).assert_done("scan");
    let away = vault.path().parent().unwrap().join("away");
    fs::rename(vault.path(), &away).unwrap();
    let missing = vault.run(&["scan"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("[vault-missing]"), "{}", missing.stderr);
    fs::create_dir(vault.path()).unwrap();
    let empty = vault.run(&["scan"]);
    assert_eq!(empty.code, 2);
    assert!(empty.stderr.contains("[vault-suddenly-empty]"), "{}", empty.stderr);
    assert_eq!(fs::read_dir(vault.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_not_taken_for_people_who_went() {
    use std::os::unix::fs::PermissionsExt;
    let vault = Vault::new();
    many(&vault, 12);
    vault.run(&["scan"]).assert_done("scan");
    let before = vault.state();
    let people = vault.path().join("People");
    let mode = |mode: u32| fs::set_permissions(&people, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o000);
    let readable = fs::read_dir(&people).is_ok();
    let run = vault.run(&["scan"]);
    mode(0o755);
    if readable {
        eprintln!("a closed folder: not tried, as this user may read everything");
        return;
    }
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(vault.state(), before);
}

#[test]
fn a_copy_is_listed_shown_written_beside_put_in_place_and_that_taken_back() {
    let vault = Vault::new();
    many(&vault, 1);
    vault.run(&["scan"]).assert_done("scan");
    let agenda = "Reports/Agenda.md";
    let mine = fs::read_to_string(vault.path().join(agenda)).unwrap() + "mine\n";
    vault.write(agenda, &mine);
    let folder = fs::read_dir(home(&vault).join("vault-scan")).unwrap().next().unwrap().unwrap().path();
    // A note as the writer would have kept it.
    let id = "zzzzzzzzz0";
    fs::create_dir_all(folder.join("recovery")).unwrap();
    fs::write(folder.join("recovery").join(format!("{id}.md")), "earlier\n").unwrap();
    let record = format!(
        "{{\"id\":\"{id}\",\"run\":\"r\",\"at\":1795000000,\"path\":\"People/P0.md\",\"kept_as\":\"rival\",\
         \"edit\":\"log\",\"before\":\"x\",\"after\":null}}"
    );
    fs::write(folder.join("recovery").join(format!("{id}.json")), record).unwrap();

    let listed = vault.run(&["recover", "--format", "json"]).json();
    assert_eq!(listed["schema"], "vault-scan/recover/1");
    assert_eq!((&listed["copies"][0]["path"], &listed["copies"][0]["why"]), (&"People/P0.md".into(), &"rival".into()));
    let text = vault.run(&["recover", "--lang", "zh-CN"]);
    assert!(text.stdout.contains(id) && text.stdout.contains("别的程序同时保存的"), "{}", text.stdout);

    assert_eq!(vault.run(&["recover", id, "--print"]).stdout, "earlier\n");
    let diff = vault.run(&["recover", id, "--dry-run"]).stdout;
    assert!(diff.contains("+earlier") && diff.contains("-type: person"), "{diff}");
    assert_eq!(vault.run(&["recover", "nothere"]).code, 2);

    let file = vault.path().parent().unwrap().join("out.md");
    vault.run(&["recover", id, "--to", file.to_str().unwrap()]).assert_done("to");
    assert_eq!(fs::read_to_string(&file).unwrap(), "earlier\n");
    assert_eq!(vault.run(&["recover", id, "--to", file.to_str().unwrap()]).code, 2, "never over a file");

    let before = vault.read("People/P0.md");
    let beside = vault.run(&["recover", id]);
    assert_eq!(beside.code, 0, "{}", beside.stderr);
    let names: Vec<String> = fs::read_dir(vault.path().join("People"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let people = vault.run(&["report", "people", "--format", "json"]).json();
    assert_eq!(people["people"].as_array().unwrap().len(), 1, "the copy is no second person: {names:?}");
    vault.run(&["undo"]).assert_done("undo of a copy beside");
    assert_eq!(fs::read_dir(vault.path().join("People")).unwrap().count(), 1);

    vault.run(&["recover", id, "--replace"]).assert_done("replace");
    assert_eq!(vault.read("People/P0.md"), b"earlier\n");
    let check = vault.run(&["undo", "--check"]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    let list = vault.run(&["undo", "--list", "--format", "json"]).json();
    assert_eq!(list["runs"][0]["notes"][0]["edit"], "recover");
    vault.run(&["undo"]).assert_done("undo of a replaced note");
    assert_eq!(vault.read("People/P0.md"), before);

    vault.run(&["recover", id, "--replace"]).assert_done("replace");
    vault.write("People/P0.md", "earlier\nand mine\n");
    let refused = vault.run(&["undo"]);
    assert_eq!(refused.code, 3, "{}", refused.stderr);
    assert!(refused.stderr.contains("People/P0.md") && refused.stderr.contains("[write-changed-since]"));
    assert_eq!(vault.read("People/P0.md"), b"earlier\nand mine\n");
}

#[test]
fn what_log_wrote_is_taken_back_to_the_byte_and_the_agenda_asks_again() {
    let vault = Vault::new();
    let note = "---\r\ntype: person # mine\r\ncadence: 1 week\r\n---\r\n# Ann\r\n\r\n## Log\r\n- 2026-10-01 call";
    vault.write("People/Ann.md", note);
    vault.run(&["scan"]).assert_done("scan");
    let agenda = vault.read("Reports/Agenda.md");
    vault.run(&["log", "Ann", "2026-11-20", "lunch"]).assert_done("log");
    assert_ne!(vault.read("People/Ann.md"), note.as_bytes());
    vault.run(&["scan"]).assert_done("scan after");
    assert_ne!(vault.read("Reports/Agenda.md"), agenda);
    let diff = vault.run(&["undo", "--dry-run"]);
    assert!(diff.stdout.contains("lunch"), "{}{}", diff.stdout, diff.stderr);
    vault.run(&["undo"]).assert_done("undo");
    assert_eq!(vault.read("People/Ann.md"), note.as_bytes());
    assert_eq!(vault.read("Reports/Agenda.md"), agenda, "the agenda asks again");
    assert_eq!(vault.run(&["undo"]).code, 2, "nothing is left");

    vault.run(&["log", "Ann", "2026-11-20", "lunch"]).assert_done("log again");
    let mine = [vault.read("People/Ann.md"), b"mine".to_vec()].concat();
    vault.write("People/Ann.md", &mine);
    let refused = vault.run(&["undo"]);
    assert_eq!(refused.code, 3);
    assert!(refused.stderr.contains("People/Ann.md"), "{}", refused.stderr);
    assert_eq!(vault.read("People/Ann.md"), mine);
}

#[test]
fn records_that_cannot_be_read_are_told_and_hide_no_bytes() {
    let vault = Vault::new();
    many(&vault, 2);
    vault.run(&["log", "P0", "2026-11-19", "lunch"]).assert_done("log");
    vault.run(&["log", "P1", "2026-11-19", "dinner"]).assert_done("log");
    let folder = fs::read_dir(home(&vault).join("vault-scan")).unwrap().next().unwrap().unwrap().path();
    let records = fs::read_dir(folder.join("recovery")).unwrap().map(|entry| entry.unwrap().path());
    let newest = records.filter(|path| path.extension().is_some_and(|ending| ending == "json")).max().unwrap();
    fs::write(&newest, "{\"id\":").unwrap();
    let shown = vault.run(&["undo", "--dry-run"]);
    assert!(shown.stderr.contains("warning[undo-records-broken]") && shown.stdout.contains("P0"), "{}", shown.stderr);
    let listed = vault.run(&["recover", "--format", "json"]).json();
    assert_eq!((listed["copies"].as_array().unwrap().len(), &listed["broken"]), (2, &1.into()));
    let text = vault.run(&["recover", "--lang", "zh-CN"]).stdout;
    assert!(text.contains('1'), "{text}");
}

#[test]
fn undo_with_nothing_to_take_back_says_so() {
    let vault = Vault::new();
    vault.write("a.md", "text");
    let run = vault.run(&["undo"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("[undo-nothing]"), "{}", run.stderr);
    let list = vault.run(&["undo", "--list"]);
    assert_eq!((list.code, list.stdout.as_str()), (0, "There is nothing to take back.\n"));
}
