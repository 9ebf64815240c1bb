//! Every call of every write goes wrong once, and the power goes before every call: a file is old or new, what was
//! displaced is in recovery, and the next start leaves nothing of ours behind.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;

use super::apply::{Outcome, Remark, Writer};
use super::context::WriteContext;
use super::generated::{GeneratedFile, Merged, Presence, merge};
use super::intent::{Intent, Log, NewNote, Restore, TaskChange, TaskEdit};
use super::plan::{Change, Edit, Plan};
use super::refusal::Refusal;
use super::removal::{BRIEF, OldBrief};
use super::splice::NoteText;
use super::target::TargetPath;
use crate::disk::faulty::{Fault, FaultyDisk};
use crate::disk::simulated::{SimulatedDisk, Survives};
use crate::disk::{Disk, stray};
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::model::path::NotePath;
use crate::state::exchange::Exchange;
use crate::state::folder::State;
use crate::state::record::{EditKind, KeptAs, hash};
use crate::vocabulary::Vocabulary;

const NOTE: &str = "---\nname: 张三\n---\n\n## 记录\n- 2026-11-01 午餐\n- [ ] 回电\n";
const AGENDA: &str = "/v/Reports/Agenda.md";

/// The disks that writes are tried on: the usual one; our own folder on another; without exchange; and without that even
/// no name that is given only if it is free.
const KINDS: [Fault; 4] = [Fault::Never, Fault::TwoDisks, Fault::NoExchange, Fault::NoExchangeNorNew];

fn with_writer<T>(disk: &FaultyDisk, act: impl FnOnce(&Writer<'_>) -> T) -> T {
    let state = State::new(Arc::new(disk.clone()), Path::new("/s"), Path::new("/v"));
    let tasks = TasksSettings::default();
    let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks: &tasks };
    act(&Writer { disk, root: Path::new("/v"), state: &state, context })
}

fn healthy(disk: &SimulatedDisk) -> FaultyDisk {
    FaultyDisk::new(Arc::new(disk.clone()), Fault::Never)
}

/// A disk of a kind, on which something goes wrong besides.
fn faulty(disk: &SimulatedDisk, kind: Fault, fault: Fault) -> FaultyDisk {
    FaultyDisk::new(Arc::new(FaultyDisk::new(Arc::new(disk.clone()), kind)), fault)
}

fn report(name: &str, body: &str) -> Intent {
    let target = TargetPath::new(name).unwrap();
    Intent::Report(GeneratedFile::new(target, "agenda", "", body, Presence::Always).unwrap())
}

/// A note's edit, found as the writers of log lines and tasks find theirs.
fn edit(path: &str, line: &str, text: &str) -> Change {
    let target = TargetPath::existing(&NotePath::new(path)).unwrap();
    let note = NoteText::cut(NOTE.as_bytes()).unwrap();
    let at = note.body().find(line).unwrap();
    let splice = note.splice(at..at + line.len(), text).unwrap();
    if text.contains("[x]") {
        let change = TaskChange::Done(NaiveDate::default());
        let intent = Intent::Task(TaskEdit { target, line: line.into(), number: 7, read_from: None, change });
        return Change { intent, edit: Edit::Tick(splice) };
    }
    Change { intent: Intent::Log(Log { target, lines: Vec::new() }), edit: Edit::Append(splice) }
}

fn plan_of(changes: Vec<Change>) -> Plan {
    Plan { changes, ..Plan::default() }
}

/// A disk with three notes and an agenda, in which a person ticked a line.
fn disk() -> SimulatedDisk {
    let disk = SimulatedDisk::with(&[("/v/a.md", NOTE), ("/v/b.md", NOTE), ("/v/人脉/c.md", NOTE), ("/s/x", "")]);
    let plan = with_writer(&healthy(&disk), |writer| writer.plan(vec![report("Reports/Agenda.md", "- [ ] one")]));
    let Edit::Create { text } = &plan.changes[0].edit else { panic!("not a new file") };
    disk.put(Path::new(AGENDA), text.replace("[ ] one", "[x] one").as_bytes());
    disk.put(Path::new("/v/Reports/Briefs/Brief 张三.md"), brief().as_bytes());
    disk
}

/// A brief as the program makes it.
fn brief() -> String {
    let target = TargetPath::new("Reports/Briefs/Brief 张三.md").unwrap();
    let file = GeneratedFile::new(target, BRIEF, "", "# 见张三之前", Presence::Always).unwrap();
    match merge(None, &file).unwrap() {
        Merged::Create(text) => text,
        other => panic!("{other:?}"),
    }
}

fn old_brief() -> Intent {
    Intent::Remove(OldBrief::new(TargetPath::new("Reports/Briefs/Brief 张三.md").unwrap()).unwrap())
}

/// One write of each kind, and several in one plan.
fn plans(disk: &SimulatedDisk) -> Vec<(&'static str, Plan)> {
    let planned = |intents| with_writer(&healthy(disk), |writer| writer.plan(intents));
    let log = |path: &str| edit(path, "- 2026-11-01 午餐\n", "- 2026-11-01 午餐\n- 2026-11-20 通话 ^vs-1\n");
    let note = |name: &str| {
        Intent::Note(NewNote { target: TargetPath::new(name).unwrap(), text: "---\ntype: person\n---\n".into() })
    };
    vec![
        ("a log line", plan_of(vec![log("a.md")])),
        ("a tick", plan_of(vec![edit("人脉/c.md", "- [ ] 回电", "- [x] 回电 ✅ 2026-11-20")])),
        ("a report", planned(vec![report("Reports/Agenda.md", "- [ ] two")])),
        ("a new report", planned(vec![report("Reports/Plan.md", "- [ ] two")])),
        ("a new note", planned(vec![note("新人/李四.md")])),
        ("a note as it was", plan_of(vec![restore("a.md", NOTE, Some("---\nname: 张三\n---\n"))])),
        ("a note taken away", plan_of(vec![restore("b.md", NOTE, None)])),
        ("a brief taken away", planned(vec![old_brief()])),
        ("all at once", {
            let made = planned(vec![note("新人/李四.md"), report("Reports/Agenda.md", "- [ ] two")]);
            plan_of([log("a.md"), log("b.md"), log("人脉/c.md")].into_iter().chain(made.changes).collect())
        }),
    ]
}

/// Every write on every kind of disk.
fn cases(disk: &SimulatedDisk) -> Vec<(String, Plan, Fault)> {
    let on = |kind| plans(disk).into_iter().map(move |(name, plan)| (format!("{name}, {kind:?}"), plan, kind));
    KINDS.into_iter().flat_map(on).collect()
}

/// What `undo` does to a note: gives it other bytes, or takes it away.
fn restore(path: &str, old: &str, new: Option<&str>) -> Change {
    let target = TargetPath::new(path).unwrap();
    let (text, undoes) = (new.map(str::to_owned), vec!["0000000001".to_owned()]);
    let restore = Restore { target, expected: hash(old.as_bytes()), text: text.clone(), kind: EditKind::Undo, undoes };
    Change { intent: Intent::Restore(restore), edit: Edit::Restore { old: old.into(), new: text } }
}

fn path_of(change: &Change) -> PathBuf {
    Path::new("/v").join(change.intent.target().as_str())
}

/// What stands there before and after; nothing for no file.
fn texts(edit: &Edit) -> (Option<&str>, Option<&str>) {
    match edit {
        Edit::Append(splice) | Edit::Tick(splice) => (Some(splice.old()), Some(splice.new())),
        Edit::Replace { old, new, .. } => (Some(old), Some(new)),
        Edit::Restore { old, new } => (Some(old), new.as_deref()),
        Edit::Create { text } => (None, Some(text)),
        Edit::Remove { old } => (Some(old), None),
    }
}

fn is_stray(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(stray::is_ours)
}

/// Every file is old or new, nothing else is in the vault but temporary files, and what is not in its place any more is
/// kept. How many files are new.
fn check(disk: &SimulatedDisk, plan: &Plan, case: &str) -> usize {
    let vault = disk.files_below("/v");
    let kept: Vec<Vec<u8>> = disk.files_below("/s").into_values().collect();
    let mut new_files = 0;
    for change in &plan.changes {
        let path = path_of(change);
        let (old, new) = texts(&change.edit);
        let now = vault.get(&path).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
        assert!(now.as_deref() == old || now.as_deref() == new, "{case}: torn: {now:?}");
        if now.as_deref() == new {
            new_files += 1;
            let is_kept = |old: &str| {
                let bytes = old.as_bytes();
                kept.iter().any(|kept| kept == bytes) || vault.iter().any(|(p, b)| is_stray(p) && b == bytes)
            };
            assert!(old.is_none_or(is_kept), "{case}: {} is nowhere", path.display());
        }
    }
    new_files
}

/// What the next start does, on a disk without faults: strays go, and what was not written is written.
fn next_start(disk: &SimulatedDisk, plan: &Plan, case: &str) {
    // A file that could only be copied waits two seconds for its late comparison.
    let later = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap() + Duration::from_secs(3);
    let later = u64::try_from(later.as_micros()).unwrap();
    with_writer(&healthy(disk), |writer| assert_eq!(writer.state.compare_late_at(later).unwrap(), [], "{case}"));
    let strays: Vec<PathBuf> = disk.files_below("/v").into_keys().filter(|path| is_stray(path)).collect();
    let is_kept = |(path, _): &(PathBuf, Vec<u8>)| !path.ends_with("claimed");
    let before: Vec<Vec<u8>> = disk
        .files_below("/v")
        .into_iter()
        .chain(disk.files_below("/s"))
        .filter(is_kept)
        .map(|(_, bytes)| bytes)
        .collect();
    with_writer(&healthy(disk), |writer| {
        let started = writer.start(&strays);
        assert!(started.failed.is_empty(), "{case}: {started:?}");
        let files = disk.files_below("/v");
        assert!(!files.keys().any(|path| is_stray(path)), "{case}: {:?}", files.keys());
        let after: Vec<Vec<u8>> = files.into_values().chain(disk.files_below("/s").into_values()).collect();
        assert!(before.iter().all(|bytes| bytes.is_empty() || after.contains(bytes)), "{case}: the sweep lost bytes");
        let left = plan.changes.iter().filter(|change| {
            disk.files_below("/v").get(&path_of(change)).map(Vec::as_slice) != texts(&change.edit).1.map(str::as_bytes)
        });
        let again = plan_of(left.cloned().collect());
        let outcome = writer.apply(&again);
        assert_eq!(outcome.written.len(), again.changes.len(), "{case}: {outcome:?}");
    });
    assert_eq!(check(disk, plan, case), plan.changes.len(), "{case}");
    let files = disk.files_below("/v").len();
    assert!(files <= 5 + 3, "{case}: {files} files");
}

#[test]
fn a_call_that_fails_leaves_each_file_old_or_new_and_what_is_said_to_have_failed_old() {
    let start = disk();
    for (name, plan, kind) in cases(&start) {
        let run = |fault| {
            let disk = start.fork();
            let faulty = faulty(&disk, kind, fault);
            let outcome = with_writer(&faulty, |writer| writer.apply(&plan));
            (disk, outcome, faulty.calls())
        };
        let (disk, outcome, calls) = run(Fault::Never);
        assert_eq!((outcome.written.len(), check(&disk, &plan, &name)), (plan.changes.len(), plan.changes.len()));
        let plan_remarks = outcome.remarks.len();
        let is_usual = matches!(kind, Fault::Never | Fault::TwoDisks);
        assert!((!is_usual || plan_remarks == 0) && calls > 15, "{name}: {calls} calls, {:?}", outcome.remarks);
        for kind in [ErrorKind::StorageFull, ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::ResourceBusy]
        {
            for n in 0..calls {
                let case = format!("{name}: call {n} of {calls} says {kind}");
                let (disk, outcome, _) = run(Fault::Once(n, kind));
                let new = check(&disk, &plan, &case);
                let Outcome { written, unchanged, refused, failed, remarks } = &outcome;
                let done = written.len() + unchanged.len();
                assert_eq!(done + refused.len() + failed.len(), plan.changes.len(), "{case}: {outcome:?}");
                assert_eq!(new, done, "{case}: {outcome:?}");
                assert!(refused.len() + failed.len() + remarks.len() <= plan_remarks + 2, "{case}: {outcome:?}");
                next_start(&disk, &plan, &case);
            }
        }
    }
}

#[test]
fn a_crash_before_any_call_leaves_each_file_old_or_new_and_at_most_one_to_be_done_again() {
    let start = disk();
    for (name, plan, kind) in cases(&start) {
        for n in 0.. {
            let disk = start.fork();
            let faulty = faulty(&disk, kind, Fault::From(n));
            let outcome = with_writer(&faulty, |writer| writer.apply(&plan));
            for survives in [Survives::All, Survives::Nothing, Survives::Names] {
                let case = format!("{name}: dies before call {n}, {survives:?} survives");
                let crashed = disk.fork();
                crashed.crash(survives);
                let seen = crashed.fork();
                if matches!(kind, Fault::NoExchangeNorNew) {
                    // There the name of a new file is taken by an empty one first, which the next start removes.
                    with_writer(&healthy(&seen), |writer| writer.start(&[]));
                }
                let new = check(&seen, &plan, &case);
                // Of the writes that ended none is lost, unless that was said; of the others at most one has happened.
                let is_unsure = |target: &TargetPath| {
                    outcome.remarks.iter().any(|(of, remark)| of == target && matches!(remark, Remark::NotSynced(_)))
                };
                let done = outcome.written.iter().filter(|written| !is_unsure(&written.target)).count();
                assert!(done <= new && new <= done + 1, "{case}: {new} new, {done} done");
                next_start(&crashed, &plan, &case);
            }
            if faulty.calls() <= n {
                assert_eq!(outcome.written.len(), plan.changes.len());
                break;
            }
        }
    }
}

#[test]
fn where_names_cannot_be_exchanged_files_are_replaced_and_that_is_said() {
    let start = disk();
    for fault in [Fault::NoExchange, Fault::NoExchangeNorNew] {
        for (name, plan) in plans(&start) {
            let disk = start.fork();
            let faulty = FaultyDisk::new(Arc::new(disk.clone()), fault);
            let outcome = with_writer(&faulty, |writer| writer.apply(&plan));
            let case = format!("{name}, {fault:?}");
            assert_eq!(outcome.written.len(), plan.changes.len(), "{case}: {outcome:?}");
            assert_eq!(check(&disk, &plan, &case), plan.changes.len());
            let is_replaced = |change: &&Change| texts(&change.edit).0.is_some() && texts(&change.edit).1.is_some();
            let replaced = plan.changes.iter().filter(is_replaced).count();
            assert_eq!(outcome.remarks.len(), replaced, "{case}");
            assert!(outcome.remarks.iter().all(|(_, remark)| matches!(remark, Remark::WithoutExchange)), "{case}");
            let known = || with_writer(&healthy(&disk), |writer| writer.state.exchange());
            assert_eq!(known() == Exchange::Missing, replaced > 0, "{case}");
            let next = with_writer(&healthy(&disk), |writer| {
                writer.apply(&writer.plan(vec![report("Reports/Agenda.md", "- [ ] three")]))
            });
            assert_eq!((next.written.len(), known()), (1, Exchange::Works), "{case}");
        }
    }
}

#[test]
fn a_note_that_somebody_saves_while_it_is_taken_away_is_put_back() {
    let start = disk();
    let plan = plan_of(vec![restore("b.md", NOTE, None)]);
    for kind in KINDS {
        let disk = start.fork();
        let saved = format!("{NOTE}- 2026-11-20 saved\n").into_bytes();
        disk.rival(Path::new("/v/b.md"), vec![saved.clone()]);
        let outcome = with_writer(&faulty(&disk, kind, Fault::Never), |writer| writer.apply(&plan));
        assert_eq!(outcome.refused[0].1, Refusal::ChangedSince, "{kind:?}");
        let files = disk.files_below("/v");
        assert_eq!(files[Path::new("/v/b.md")], saved, "{kind:?}");
        assert!(!files.keys().any(|path| is_stray(path)), "{kind:?}");
    }
}

#[test]
fn what_cannot_be_kept_is_not_displaced_but_a_report_that_holds_no_line_of_a_person_is_made() {
    let start = disk();
    // No folder can be made at the place of our own.
    start.put(Path::new("/s"), b"a file");
    for (name, plan) in plans(&start) {
        let disk = start.fork();
        let outcome = with_writer(&healthy(&disk), |writer| writer.apply(&plan));
        let unkept = |refusal: &Refusal| matches!(refusal, Refusal::Unkept { .. });
        assert!(outcome.failed.is_empty() && outcome.refused.iter().all(|(_, refusal)| unkept(refusal)), "{outcome:?}");
        let is_made = |change: &&Change| matches!(change.intent, Intent::Report(_)) && texts(&change.edit).0.is_none();
        assert_eq!(outcome.written.len(), plan.changes.iter().filter(is_made).count(), "{name}: {outcome:?}");
        assert_eq!(check(&disk, &plan, name), outcome.written.len(), "{name}");
    }
    let plan = |body: &str| with_writer(&healthy(&start), |writer| writer.plan(vec![report("Reports/Plan.md", body)]));
    for (body, remarks) in [("one", 0), ("two", 1), ("three", 1)] {
        let outcome = with_writer(&healthy(&start), |writer| writer.apply(&plan(body)));
        assert_eq!((outcome.written.len(), outcome.remarks.len()), (1, remarks), "{outcome:?}");
        assert!(!start.files_below("/v").keys().any(|path| is_stray(path)));
    }
}

/// The agenda with a line a person saved below it.
fn saved(disk: &SimulatedDisk, number: usize) -> Vec<u8> {
    [disk.files_below("/v")[Path::new(AGENDA)].as_slice(), format!("saved {number}\n").as_bytes()].concat()
}

/// All bytes anywhere.
fn everything(disk: &SimulatedDisk) -> BTreeMap<PathBuf, Vec<u8>> {
    disk.files_below("/v").into_iter().chain(disk.files_below("/s")).collect()
}

#[test]
fn what_a_rival_saves_in_the_gap_is_in_the_file_or_kept_and_the_newest_is_in_the_file() {
    let start = disk();
    for rivals in 1..=9 {
        let versions: Vec<Vec<u8>> = (1..=rivals).map(|number| saved(&start, number)).collect();
        let plan = with_writer(&healthy(&start), |writer| writer.plan(vec![report("Reports/Agenda.md", "- [ ] two")]));
        let run = |fault| {
            let disk = start.fork();
            disk.rival(Path::new(AGENDA), versions.clone());
            let faulty = FaultyDisk::new(Arc::new(disk.clone()), fault);
            let outcome = with_writer(&faulty, |writer| writer.apply(&plan));
            (disk, outcome, faulty.calls())
        };
        let all_kept = |disk: &SimulatedDisk, case: &str| {
            let all = everything(disk);
            let unsaved = disk.rivals_left();
            // A version that the rival saved over is the rival's own to lose.
            let own = disk.saved_over();
            for version in versions[..versions.len() - unsaved].iter().filter(|version| !own.contains(version)) {
                let line = &version[version.len() - "saved 1\n".len()..];
                let is_there = |bytes: &Vec<u8>| bytes.ends_with(line);
                assert!(all.values().any(is_there), "{case}: {} is lost", String::from_utf8_lossy(line));
            }
        };
        let (disk, outcome, calls) = run(Fault::Never);
        all_kept(&disk, "no fault");
        let now = String::from_utf8(disk.files_below("/v")[Path::new(AGENDA)].clone()).unwrap();
        let newest = format!("saved {}\n", rivals - disk.rivals_left());
        assert!(now.ends_with(&newest), "{rivals} rivals: {outcome:?}");
        assert!(outcome.written.len() == 1 || outcome.refused[0].1 == Refusal::KeepsChanging);
        assert_eq!(now.contains("- [ ] two"), outcome.written.len() == 1);
        assert!(!disk.files_below("/v").keys().any(|path| is_stray(path)));
        for n in 0..calls {
            for fault in [Fault::Once(n, ErrorKind::StorageFull), Fault::From(n)] {
                let (disk, ..) = run(fault);
                disk.crash(Survives::All);
                all_kept(&disk, &format!("{rivals} rivals, {fault:?}"));
            }
        }
    }
}

#[test]
fn what_the_program_made_itself_is_forgotten_and_what_a_person_touched_is_kept() {
    let disk = disk();
    let write = |body: &str| {
        with_writer(&healthy(&disk), |writer| {
            let plan = writer.plan(vec![report("Reports/Agenda.md", body)]);
            assert_eq!(writer.apply(&plan).written.len(), 1);
            writer.state.listing().unwrap().records.into_iter().map(|record| record.kept_as).collect::<Vec<_>>()
        })
    };
    assert_eq!(write("two"), [KeptAs::Before]);
    assert_eq!(write("three"), [KeptAs::Passing, KeptAs::Before]);
}

#[test]
fn git_is_waited_for_and_then_refused() {
    let start = disk();
    let (_, plan) = plans(&start).remove(0);
    for (file, seconds) in [("index.lock", 60), ("MERGE_HEAD", 2), ("rebase-merge", 2), ("rebase-apply", 2)] {
        let disk = start.fork();
        disk.put(&Path::new("/v/.git").join(file), b"");
        let outcome = with_writer(&healthy(&disk), |writer| writer.apply(&plan));
        assert_eq!(outcome.refused[0].1, Refusal::GitAtWork { file: file.into() });
        assert_eq!(disk.paused().as_secs(), seconds, "{file}");
        assert_eq!(disk.files_below("/v")[Path::new("/v/a.md")], NOTE.as_bytes());
        disk.remove(&Path::new("/v/.git").join(file)).unwrap();
        assert_eq!(with_writer(&healthy(&disk), |writer| writer.apply(&plan)).written.len(), 1);
    }
}

#[test]
fn another_run_that_writes_is_waited_for_half_a_minute_and_then_told() {
    let start = disk();
    for (name, plan) in plans(&start) {
        let disk = start.fork();
        with_writer(&healthy(&disk), |writer| {
            let other = writer.state.lock().unwrap();
            let outcome = writer.apply(&plan_of(vec![plan.changes[0].clone()]));
            assert_eq!((outcome.refused.len(), &outcome.refused[0].1), (1, &Refusal::Waited), "{name}");
            assert_eq!(disk.paused().as_secs(), 30, "{name}");
            drop(other);
            assert_eq!(writer.apply(&plan).written.len(), plan.changes.len(), "{name}");
        });
    }
}

#[test]
fn a_file_that_another_program_holds_is_tried_again_and_then_refused() {
    let start = disk();
    let (_, plan) = plans(&start).remove(0);
    let disk = start.fork();
    let counting = healthy(&disk);
    with_writer(&counting, |writer| writer.apply(&plan));
    let always = FaultyDisk::new(Arc::new(start.fork()), Fault::BusyExchange);
    let outcome = with_writer(&always, |writer| writer.apply(&plan));
    assert_eq!(outcome.refused[0].1, Refusal::InUse);
}
