//! Two devices with one repository: both answer the agenda, git merges, and each answer is in its note once.

use std::fs;
use std::path::Path;
use std::process::{Command, Output as ProcessOutput};

use crate::support::{TODAY, Vault};

const AGENDA: &str = "Reports/Agenda.md";

/// The laptop's vault, and the phone's clone of it beside, each with a home of its own.
struct Pair {
    laptop: Vault,
    phone: Vault,
}

impl Pair {
    /// A vault of late people, committed with its reports and cloned; none where there is no git.
    fn new(test: &str) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("{test}: skipped, as there is no git");
            return None;
        }
        let (laptop, phone) = (Vault::new(), Vault::new());
        for name in ["Ann", "Bob", "Cid", "Dora", "Eve", "张三"] {
            let task = format!("- [ ] write to {name} 📅 2026-11-19");
            let text = format!("---\ntype: person\ncadence: 2w\n---\n\n{task}\n\n## Log\n\n- 2026-10-01 call: hello\n");
            laptop.write(&format!("People/{name}.md"), text);
        }
        scan(&laptop);
        git(&laptop, &["init", "-q", "-b", "main"]);
        git(&laptop, &["add", "."]);
        git(&laptop, &["commit", "-qm", "start"]);
        fs::remove_dir_all(phone.path()).unwrap();
        let from = laptop.path();
        git_in(phone.path().parent().unwrap(), &["clone", "-q", from.to_str().unwrap(), "vault"]);
        git(&phone, &["config", "pull.rebase", "false"]);
        fs::create_dir_all(phone.path().join(".obsidian")).unwrap();
        Some(Pair { laptop, phone })
    }

    fn both(&self) -> [&Vault; 2] {
        [&self.laptop, &self.phone]
    }

    /// Each commits what it has, then the phone merges what the laptop has.
    fn merge(&self) -> ProcessOutput {
        for vault in self.both() {
            git(vault, &["add", "."]);
            git(vault, &["commit", "-qm", "answers"]);
        }
        git(&self.phone, &["fetch", "-q", "origin", "main"]);
        try_git(&self.phone.path(), &["merge", "-q", "FETCH_HEAD"])
    }

    /// The laptop takes over what the phone merged.
    fn back(&self) {
        let phone = self.phone.path();
        git(&self.laptop, &["pull", "-q", "--ff-only", phone.to_str().unwrap(), "main"]);
    }
}

fn try_git(folder: &Path, arguments: &[&str]) -> ProcessOutput {
    let mut command = Command::new("git");
    command.current_dir(folder).env_clear().env("PATH", std::env::var("PATH").unwrap());
    command.env("HOME", folder).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        command.env(format!("{name}_NAME"), "n").env(format!("{name}_EMAIL"), "n@example.org");
    }
    command.args(arguments).output().unwrap()
}

fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let output = try_git(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn git(vault: &Vault, arguments: &[&str]) -> String {
    git_in(&vault.path(), arguments)
}

fn scan(vault: &Vault) {
    let run = vault.run(&["scan", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

fn text(vault: &Vault, path: &str) -> String {
    String::from_utf8(vault.read(path)).unwrap()
}

/// Answers the lines that hold all of `words`.
fn answer(vault: &Vault, words: &[&str], mark: &str, below: &str) {
    let old = text(vault, AGENDA);
    let is_it =
        |line: &str| line.contains("- [ ]") && line.contains("^vs-") && words.iter().all(|word| line.contains(word));
    assert!(old.lines().any(is_it), "{words:?} is not asked about in\n{old}");
    let new: String = old
        .split_inclusive('\n')
        .map(|line| if is_it(line) { line.replacen("[ ]", mark, 1) + below } else { line.to_owned() })
        .collect();
    vault.write(AGENDA, new);
}

/// Fails unless each name of an agenda line stands in the notes at most once; how many do.
fn names_once(vault: &Vault) -> usize {
    let mut all = Vec::new();
    for entry in fs::read_dir(vault.path().join("People")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        all.extend(text.split_whitespace().filter(|word| word.starts_with("^vs-")).map(str::to_owned));
    }
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count, "an answer stands twice");
    count
}

fn no_marker(vault: &Vault) {
    for entry in walkdir::WalkDir::new(vault.path().join("Reports")).into_iter().filter_map(Result::ok) {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        for marker in ["<<<<<<<", "=======", ">>>>>>>"] {
            assert!(!text.contains(marker), "{}: {text}", entry.path().display());
        }
    }
}

#[test]
fn answers_of_two_devices_that_git_could_not_merge_are_each_logged_once_and_the_agenda_is_made_again() {
    for style in ["merge", "diff3"] {
        let Some(pair) = Pair::new("two_devices") else { return };
        git(&pair.phone, &["config", "merge.conflictStyle", style]);
        // The same line alike and in two ways, lines of one device only, and a task.
        answer(&pair.laptop, &["[[Ann]]", "set to every"], "[x]", "");
        answer(&pair.phone, &["[[Ann]]", "set to every"], "[x]", "");
        answer(&pair.laptop, &["[[Bob]]", "set to every"], "[x]", "  - tea\n");
        answer(&pair.phone, &["[[Bob]]", "set to every"], "[-]", "");
        answer(&pair.laptop, &["[[Cid]]", "set to every"], "[>] 2026-12-24", "");
        answer(&pair.phone, &["[[Dora]]", "set to every"], "[x]", "  - lunch: on the phone\n");
        answer(&pair.laptop, &["write to Eve"], "[x]", "");
        answer(&pair.phone, &["write to Eve"], "[X]", "");
        let merge = pair.merge();
        assert!(!merge.status.success() && text(&pair.phone, AGENDA).contains("<<<<<<<"), "git could merge it");
        // A person finishes the merge as it is; nothing is written before.
        git(&pair.phone, &["add", "."]);
        git(&pair.phone, &["commit", "-qm", "merged"]);
        scan(&pair.phone);
        assert_eq!(names_once(&pair.phone), 4, "{style}");
        no_marker(&pair.phone);
        let note = |name: &str| text(&pair.phone, &format!("People/{name}.md"));
        assert_eq!(note("Ann").matches(TODAY).count(), 1, "{}", note("Ann"));
        assert!(note("Bob").contains("- 2026-11-20 tea ^vs-") && !note("Bob").contains("#skip"), "{}", note("Bob"));
        assert!(note("Cid").contains("#snooze [until:: 2026-12-24]"), "{}", note("Cid"));
        assert!(note("Dora").contains("- 2026-11-20 lunch: on the phone ^vs-"), "{}", note("Dora"));
        assert!(note("Eve").contains("- [x] write to Eve 📅 2026-11-19 ✅ 2026-11-20"), "{}", note("Eve"));
        let agenda = text(&pair.phone, AGENDA);
        assert!(!agenda.contains("[x]") && !agenda.contains("[-]") && !agenda.contains("[>]"), "{agenda}");
        let before = pair.phone.state();
        scan(&pair.phone);
        assert_eq!(pair.phone.state().touched_since(&before), [""; 0]);
        settle(&pair);
    }
}

/// The merged state goes back; there a scan changes nothing.
fn settle(pair: &Pair) {
    git(&pair.phone, &["add", "."]);
    git(&pair.phone, &["commit", "-qm", "logged"]);
    pair.back();
    let before = pair.laptop.state();
    scan(&pair.laptop);
    assert_eq!(pair.laptop.state().touched_since(&before), [""; 0]);
}

#[test]
fn both_devices_log_before_they_merge_and_each_answer_is_in_its_note_once() {
    let Some(pair) = Pair::new("two_devices") else { return };
    answer(&pair.laptop, &["[[Ann]]", "set to every"], "[x]", "");
    answer(&pair.phone, &["[[Ann]]", "set to every"], "[x]", "");
    answer(&pair.laptop, &["[[Bob]]", "set to every"], "[x]", "");
    answer(&pair.phone, &["[[Cid]]", "set to every"], "[x]", "");
    pair.both().into_iter().for_each(scan);
    let merge = pair.merge();
    // Ann's note is alike on both; the reports may differ.
    let open = git(&pair.phone, &["diff", "--name-only", "--diff-filter=U"]);
    assert!(open.lines().all(|path| path.starts_with("Reports/")), "{open}\n{merge:?}");
    if !open.is_empty() {
        git(&pair.phone, &["add", "."]);
        git(&pair.phone, &["commit", "-qm", "merged"]);
    }
    scan(&pair.phone);
    assert_eq!(names_once(&pair.phone), 3);
    no_marker(&pair.phone);
    settle(&pair);
}

#[test]
fn a_note_in_conflict_is_left_alone_and_told_with_its_lines_and_answered_once_it_is_solved() {
    let Some(pair) = Pair::new("two_devices") else { return };
    answer(&pair.laptop, &["[[Ann]]", "set to every"], "[x]", "  - by the laptop\n");
    answer(&pair.phone, &["[[Ann]]", "set to every"], "[-]", "");
    pair.both().into_iter().for_each(scan);
    answer(&pair.phone, &["write to Ann"], "[x]", "");
    answer(&pair.phone, &["[[Bob]]", "set to every"], "[x]", "");
    let merge = pair.merge();
    assert!(!merge.status.success());
    let conflicted = pair.phone.read("People/Ann.md");
    assert!(String::from_utf8_lossy(&conflicted).contains("<<<<<<<"));
    // While the merge goes on, nothing is written.
    let user = pair.phone.state().of_user();
    let waiting = pair.phone.run(&["scan", "--lang", "en"]);
    assert_eq!(waiting.code, 3, "{}{}", waiting.stdout, waiting.stderr);
    assert_eq!(pair.phone.state().of_user().touched_since(&user), [""; 0]);
    // Finished with the markers still in it: the note is refused, the others go on.
    git(&pair.phone, &["add", "."]);
    git(&pair.phone, &["commit", "-qm", "merged by mistake"]);
    let refused = pair.phone.run(&["scan", "--lang", "en"]);
    assert_eq!(refused.code, 3, "{}{}", refused.stdout, refused.stderr);
    assert_eq!(pair.phone.read("People/Ann.md"), conflicted);
    assert!(text(&pair.phone, "People/Bob.md").contains("- 2026-11-20 ^vs-"));
    let line = 1 + String::from_utf8_lossy(&conflicted).lines().position(|line| line.starts_with("<<<<<<<")).unwrap();
    let check = pair.phone.run(&["check", "--lang", "en"]);
    assert!(check.stdout.contains(&format!("People/Ann.md:{line}:1: warning[merge-conflict]")), "{}", check.stdout);
    assert!(text(&pair.phone, AGENDA).contains("- [x] [[Ann]]"), "{}", text(&pair.phone, AGENDA));
    no_marker(&pair.phone);
    // A person keeps the side of the laptop.
    let solved = String::from_utf8(conflicted).unwrap();
    let solved: String = {
        let (head, rest) = solved.split_once("<<<<<<<").unwrap();
        let (_, rest) = rest.split_once("=======\n").unwrap();
        let (theirs, tail) = rest.split_once(">>>>>>>").unwrap();
        [head, theirs, tail.split_once('\n').map_or("", |(_, tail)| tail)].concat()
    };
    pair.phone.write("People/Ann.md", solved);
    scan(&pair.phone);
    let note = text(&pair.phone, "People/Ann.md");
    assert!(note.contains("- [x] write to Ann 📅 2026-11-19 ✅ 2026-11-20"), "{note}");
    assert!(note.contains("- 2026-11-20 by the laptop ^vs-") && !note.contains("#skip"), "{note}");
    assert!(!text(&pair.phone, AGENDA).contains("[x]"));
    assert_eq!(names_once(&pair.phone), 2);
    settle(&pair);
}

#[test]
fn equal_words_below_different_lines_are_all_kept_when_git_leaves_both_copies() {
    for style in ["merge", "diff3"] {
        let Some(pair) = Pair::new("two_devices") else { return };
        git(&pair.phone, &["config", "merge.conflictStyle", style]);
        // Answered on both devices, and only prepared on both; the phone's editor writes tabs.
        answer(&pair.laptop, &["[[Ann]]", "set to every"], "[x]", "  - lunch\n    - the offer\n      - yes\n");
        answer(&pair.phone, &["[[Ann]]", "set to every"], "[x]", "\t- lunch\n\t\t- the date\n\t\t\t- yes\n");
        answer(&pair.laptop, &["[[Bob]]", "set to every"], "[ ]", "  - ask him\n    - when\n");
        answer(&pair.phone, &["[[Bob]]", "set to every"], "[ ]", "  - tell her\n    - when\n");
        let merge = pair.merge();
        assert!(!merge.status.success(), "git could merge it");
        git(&pair.phone, &["add", "."]);
        git(&pair.phone, &["commit", "-qm", "merged"]);
        scan(&pair.phone);
        let ann = text(&pair.phone, "People/Ann.md");
        assert!(ann.contains("- 2026-11-20 lunch ^vs-"), "{ann}\n{}", text(&pair.phone, AGENDA));
        let below = ann.split_once("- 2026-11-20 lunch ^vs-").unwrap().1.split_once('\n').unwrap().1;
        assert_eq!(below, "  - the date\n    - yes\n  - the offer\n    - yes\n");
        let agenda = text(&pair.phone, AGENDA);
        assert!(agenda.contains("\n  - tell her\n    - when\n  - ask him\n    - when\n"), "{agenda}");
        no_marker(&pair.phone);
        settle(&pair);
    }
}
