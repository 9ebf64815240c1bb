//! Git beside the program: what is staged, the hook, generated files that were merged. Real repositories, in a bare
//! environment; skipped where there is no git.

#[cfg(unix)]
use std::fs;
use std::path::Path;
use std::process::{Command, Output as ProcessOutput};

use crate::support::Vault;

/// A vault that is a repository, or lies in one.
struct Repository {
    vault: Vault,
}

impl Repository {
    fn new() -> Option<Self> {
        let repository = Repository { vault: Vault::new() };
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("git: skipped, as there is none");
            return None;
        }
        repository.git(&["init", "-q", "-b", "main"]);
        Some(repository)
    }

    fn try_git(&self, arguments: &[&str]) -> ProcessOutput {
        let home = self.vault.path().parent().unwrap().join("home");
        let program = Path::new(env!("CARGO_BIN_EXE_vault-scan")).parent().unwrap().to_owned();
        let path = std::env::var("PATH").unwrap();
        let mut command = Command::new("git");
        command.current_dir(self.vault.path()).env_clear().env("PATH", format!("{}:{path}", program.display()));
        command
            .env("HOME", &home)
            .env("XDG_STATE_HOME", &home)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("TZ", "Asia/Shanghai");
        for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
            command.env(format!("{name}_NAME"), "n").env(format!("{name}_EMAIL"), "n@example.org");
        }
        command.args(arguments).output().unwrap()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }
}

const GOOD: &str = "---\ntype: person\ncadence: 2 weeks\n---\n";
const BAD: &str = "---\ntype: person\ncadence: sometimes maybe\n---\n";

#[test]
fn what_is_staged_is_checked_and_not_what_lies_on_the_disk() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("人脉/张三.md", GOOD);
    vault.write("人脉/旧.md", BAD);
    repository.git(&["add", "."]);
    let all = vault.run(&["check", "--staged"]);
    assert_eq!(all.code, 1, "the first commit of a repository: {}{}", all.stdout, all.stderr);
    repository.git(&["commit", "-qm", "one"]);

    let none = vault.run(&["check", "--staged"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, ""), "nothing is staged: {}", none.stderr);

    vault.write("人脉/张三.md", BAD);
    let unstaged = vault.run(&["check", "--staged"]);
    assert_eq!(unstaged.code, 0, "changed and not staged: {}", unstaged.stdout);

    repository.git(&["add", "人脉/张三.md"]);
    vault.write("人脉/张三.md", GOOD);
    let staged = vault.run(&["check", "--staged"]);
    assert_eq!(staged.code, 1, "staged, and mended after: {}", staged.stderr);
    assert!(staged.stdout.contains("人脉/张三.md:3:"), "{}", staged.stdout);
    assert!(!staged.stdout.contains("旧.md"), "not part of the commit: {}", staged.stdout);
    assert_eq!(vault.run(&["check", "人脉/张三.md"]).code, 2, "paths are seen from the current folder");
}

const WITH_PHONE: &str = "---\ntype: person\ncadence: 2 weeks\nphone: \"+86 129 0000 0101\"\n---\n\n## Log\n\n- 2026-11-01 call: helped me #got/help\n";

/// The codes that a check says, in order.
fn codes(vault: &Vault, arguments: &[&str]) -> Vec<String> {
    let run = vault.run(&[&["check", "--format", "json"], arguments].concat());
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found = document["diagnostics"].as_array().unwrap();
    found.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_would_be_for_others_to_see_is_told_only_where_there_is_a_remote_that_is_not_private() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("人脉/张三.md", WITH_PHONE);
    vault.run(&["scan"]);
    assert!(vault.path().join("Reports/Agenda.md").exists());
    vault.write("Reports/Ledger.md", "---\ngenerated_by: vault-scan\n---\n");
    assert_eq!(codes(vault, &[]), Vec::<String>::new(), "no remote");
    repository.git(&["remote", "add", "origin", "https://example.org/x.git"]);
    assert_eq!(codes(vault, &[]), ["git-private-report", "git-phone-numbers"]);
    vault.write(".gitignore", "人脉/\n");
    assert_eq!(codes(vault, &[]), ["git-private-report"], "git leaves the notes out");
    vault.write(".gitignore", "");
    vault.write(".vault-scan/config.toml", "private_remote = true\n");
    assert_eq!(codes(vault, &[]), Vec::<String>::new());
}

#[test]
fn private_reports_stay_out_of_git_by_one_line() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("人脉/张三.md", WITH_PHONE);
    vault.write(".vault-scan/config.toml", "private = [\"agenda\", \"briefs\"]\n");
    vault.run(&["scan"]);
    let listed = String::from_utf8(vault.read("Reports/.gitignore")).unwrap();
    assert!(listed.ends_with("\n/Agenda.md\n/Briefs/\n"), "{listed}");
    repository.git(&["add", "."]);
    let files = repository.git(&["ls-files", "Reports"]);
    assert!(!files.contains("Agenda.md") && files.contains("People.md"), "{files}");
    assert_eq!(codes(vault, &[]), Vec::<String>::new());
    repository.git(&["add", "-f", "Reports/Agenda.md"]);
    assert_eq!(codes(vault, &[]), ["git-private-tracked"]);
    assert_eq!(vault.run(&["scan", "--check"]).code, 0, "a second run writes nothing");
    vault.write("Reports/.gitignore", "*.tmp\n");
    assert_eq!(vault.run(&["scan"]).code, 3, "a list of somebody else is left alone, and told");
    assert_eq!(vault.read("Reports/.gitignore"), b"*.tmp\n");
}

#[test]
fn nothing_that_git_keeps_changes_when_it_is_asked() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("a.md", GOOD);
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "one"]);
    vault.write("a.md", BAD);
    // The same bytes with another time: git would freshen its index.
    vault.write("b.md", GOOD);
    let before = vault.state();
    assert_eq!(vault.run(&["check", "--staged"]).code, 0);
    assert_eq!(vault.state().touched_since(&before), Vec::<String>::new());
}

#[test]
fn a_vault_in_a_folder_of_the_repository_and_no_repository_at_all() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("笔记/库/人脉/张三.md", BAD);
    vault.write("笔记/库/.obsidian/app.json", "{}");
    vault.write("outside.md", BAD);
    repository.git(&["add", "."]);
    let run = vault.run_bare(&["check", "--staged", "--vault", "vault/笔记/库", "--today", "2026-11-20"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("人脉/张三.md:3:") && !run.stdout.contains("outside"), "{}", run.stdout);

    let bare = Vault::new();
    bare.write("a.md", GOOD);
    let run = bare.run(&["check", "--staged"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("[git-no-repository]"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn the_hook_stops_a_commit_and_is_never_put_over_another() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("it's 笔记/人脉/张三.md", BAD);
    vault.write("it's 笔记/.obsidian/app.json", "{}");
    let init = |more: &[&str]| {
        let arguments = ["init", "--git", "--vault", "vault/it's 笔记", "--today", "2026-11-20", "--lang", "en"];
        vault.run_bare(&[&arguments[..], more].concat())
    };
    let planned = init(&["--dry-run"]);
    assert_eq!(planned.code, 0, "{}", planned.stderr);
    assert!(planned.stdout.contains("+exec vault-scan check --staged"), "{}", planned.stdout);
    let hook = vault.path().join(".git/hooks/pre-commit");
    assert!(!hook.exists());
    assert_eq!(init(&["--check"]).code, 1);
    let made = init(&[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(hook.exists() && made.stdout.contains("Wrote"), "{}", made.stdout);
    let ignored = fs::read_to_string(vault.path().join("it's 笔记/.gitignore")).unwrap();
    assert_eq!(ignored, ".obsidian/workspace*.json\n.obsidian/plugins/\n.trash/\n");
    assert_eq!(init(&["--check"]).code, 0, "a second run has nothing to do");

    repository.git(&["add", "."]);
    let commit = repository.try_git(&["commit", "-qm", "one"]);
    let said = String::from_utf8_lossy(&commit.stdout).into_owned() + &String::from_utf8_lossy(&commit.stderr);
    assert!(!commit.status.success() && said.contains("张三.md:3:"), "{said}");
    vault.write("it's 笔记/人脉/张三.md", GOOD);
    // `commit -a` stages in an index of its own, which the hook is told of.
    repository.git(&["commit", "-qam", "one"]);

    fs::write(&hook, "#!/bin/sh\nexit 0\n").unwrap();
    let kept = init(&[]);
    assert!(kept.stdout.contains("Add this line to it"), "{}", kept.stdout);
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nexit 0\n");
}

#[cfg(unix)]
#[test]
fn the_hook_goes_where_the_repository_wants_it_and_works_in_a_linked_work_tree() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("人脉/张三.md", GOOD);
    repository.git(&["config", "core.hooksPath", "my hooks"]);
    assert_eq!(vault.run(&["init", "--git"]).code, 0);
    assert!(vault.path().join("my hooks/pre-commit").exists() && !vault.path().join(".git/hooks/pre-commit").exists());
    repository.git(&["config", "--unset", "core.hooksPath"]);
    fs::remove_dir_all(vault.path().join("my hooks")).unwrap();
    assert_eq!(vault.run(&["init", "--git"]).code, 0);
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "one"]);
    repository.git(&["worktree", "add", "-q", "../linked"]);
    let linked = vault.path().parent().unwrap().join("linked");
    fs::write(linked.join("人脉/张三.md"), BAD).unwrap();
    let commit = repository.try_git(&["-C", "../linked", "commit", "-qam", "two"]);
    let said = String::from_utf8_lossy(&commit.stdout).into_owned() + &String::from_utf8_lossy(&commit.stderr);
    assert!(!commit.status.success() && said.contains("张三.md:3:"), "{said}");
}

#[test]
fn no_hook_goes_where_it_would_be_that_of_every_repository() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("人脉/张三.md", GOOD);
    repository.git(&["config", "--global", "core.hooksPath", "~/hooks"]);
    let before = vault.state();
    let init = vault.run(&["init", "--git"]);
    assert!(init.code == 2 && init.stderr.contains("[git-hooks-shared]"), "{}", init.stderr);
    assert!(!vault.path().parent().unwrap().join("home/hooks").exists());
    let touched = vault.state().touched_since(&before);
    assert!(touched.iter().all(|path| path.ends_with("config.toml")), "{touched:?}");
    repository.git(&["config", "core.hooksPath", ".git/hooks"]);
    assert_eq!(vault.run(&["init", "--git"]).code, 0);
    assert!(vault.path().join(".git/hooks/pre-commit").exists());
}

#[test]
fn a_conflicted_report_is_made_again_and_a_conflicted_note_is_told() {
    let Some(repository) = Repository::new() else { return };
    let vault = &repository.vault;
    vault.write("People/Ann.md", "---\ntype: person\ncadence: 1 week\n---\n## Log\n- 2026-10-01 call\n");
    vault.write("People/Bob.md", "---\ntype: person\ncadence: 1 week\n---\nold\n");
    vault.run(&["scan"]).assert_done("scan");
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "base"]);
    repository.git(&["checkout", "-qb", "phone"]);
    vault.write(
        "People/Ann.md",
        "---\ntype: person\ncadence: 1 week\n---\n## Log\n- 2026-10-01 call\n- 2026-11-01 call\n",
    );
    vault.write("People/Bob.md", "---\ntype: person\ncadence: 1 week\n---\nphone\n");
    vault.run(&["scan"]).assert_done("on the phone");
    repository.git(&["commit", "-qam", "phone"]);
    repository.git(&["checkout", "-q", "main"]);
    vault.write("People/Bob.md", "---\ntype: person\ncadence: 1 week\n---\nlaptop\n");
    vault.run_on("2026-11-21", &["scan"]).assert_done("on the laptop");
    repository.git(&["commit", "-qam", "laptop"]);
    let merge = repository.try_git(&["merge", "-q", "phone"]);
    assert!(!merge.status.success(), "the two sides differ");
    let told = vault.run(&["check", "--lang", "en"]);
    assert!(told.stdout.contains("People/Bob.md:5:1: warning[merge-conflict]"), "{}", told.stdout);
    vault.write("People/Bob.md", "---\ntype: person\ncadence: 1 week\n---\nboth\n");
    repository.git(&["add", "People/Bob.md"]);
    let reports = repository.git(&["diff", "--name-only", "--diff-filter=U"]);
    assert!(reports.contains("Reports/"), "a report was to be in conflict: {reports}");
    // The merge is still unfinished; a person would finish it first, as writes wait for that.
    repository.git(&["add", "."]);
    repository.git(&["commit", "-qm", "merged"]);
    vault.run_on("2026-11-21", &["scan"]).assert_done("scan");
    for report in reports.lines().filter(|line| line.starts_with("Reports/")) {
        let text = String::from_utf8(vault.read(report)).unwrap();
        assert!(!text.contains("<<<<<<<") && !text.contains(">>>>>>>"), "{report}\n{text}");
    }
    let second = vault.run_on("2026-11-21", &["scan", "--check"]);
    assert_eq!(second.code, 0, "{}", second.stdout);
}
