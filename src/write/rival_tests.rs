//! A program that saves every 0.3 ms against the writer, on the real disk: every version it saved and did not save over
//! itself is in the file or in recovery.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::apply::Writer;
use super::context::WriteContext;
use super::generated::{GeneratedFile, Presence};
use super::intent::{Intent, Log, LogLine};
use super::target::TargetPath;
use crate::disk::Disk;
use crate::disk::faulty::{Fault, FaultyDisk};
use crate::disk::real::RealDisk;
use crate::model::language::Language;
use crate::model::obsidian::TasksSettings;
use crate::state::folder::State;
use crate::vocabulary::Vocabulary;

/// How often the rival saves.
const EVERY: Duration = Duration::from_micros(300);

/// How the rival saves.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// Into the file as it is.
    Truncate,
    /// A new file under the old name.
    Rename,
}

/// What is written back.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The text between the markers of a report.
    Report,
    /// A line in the log of a note.
    Log,
}

impl Kind {
    const PATH: &str = "张三.md";

    fn intent(self, number: usize) -> Intent {
        let target = TargetPath::new(Self::PATH).unwrap();
        match self {
            Kind::Report => {
                let body = format!("- [ ] written {number}");
                Intent::Report(GeneratedFile::new(target, "agenda", "", &body, Presence::Always).unwrap())
            }
            Kind::Log => {
                let (date, id) = (NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(), Some(format!("vs-{number:08x}")));
                let line = LogLine { date, channel: None, text: "通话".into(), nested: Vec::new(), id };
                Intent::Log(Log { target, lines: vec![line] })
            }
        }
    }

    /// What stands there before, as the rival writes it.
    fn base(self, writer: &Writer<'_>) -> String {
        let path = writer.root.join(Self::PATH);
        match self {
            Kind::Report => {
                writer.apply(&writer.plan(vec![self.intent(0)]));
                fs::read_to_string(path).unwrap().replace("- [ ]", "- [x]")
            }
            Kind::Log => {
                let note = "---\nname: 张三\n---\n\n## 记录\n- 2026-11-01 午餐\n\n## 其他\n";
                fs::write(path, note).unwrap();
                note.into()
            }
        }
    }
}

/// One that looks at what it saves over, so that it knows which of its versions it ended itself.
struct Rival {
    path: PathBuf,
    form: Form,
    base: String,
    saved: usize,
    ended: BTreeSet<usize>,
}

impl Rival {
    fn version(&self, number: usize) -> Vec<u8> {
        format!("{}saved {number}\n", self.base).into_bytes()
    }

    /// The number of a version of its own.
    fn number(&self, bytes: &[u8]) -> Option<usize> {
        let number = str::from_utf8(bytes).ok()?.strip_prefix(&self.base)?.strip_prefix("saved ")?;
        number.trim_end().parse().ok()
    }

    fn save(&mut self) {
        let bytes = self.version(self.saved);
        let over = match self.form {
            Form::Truncate => {
                let mut file = OpenOptions::new().read(true).write(true).open(&self.path).unwrap();
                let mut over = Vec::new();
                file.read_to_end(&mut over).unwrap();
                file.set_len(0).unwrap();
                file.rewind().unwrap();
                let (half, rest) = bytes.split_at(bytes.len() / 2);
                file.write_all(half).unwrap();
                file.write_all(rest).unwrap();
                over
            }
            Form::Rename => {
                let temp = self.path.with_file_name("rival");
                File::create(&temp).unwrap().write_all(&bytes).unwrap();
                RealDisk.exchange(&temp, &self.path).unwrap();
                let over = fs::read(&temp).unwrap();
                fs::remove_file(&temp).unwrap();
                over
            }
        };
        self.ended.extend(self.number(&over));
        self.saved += 1;
    }

    fn save_until(mut self, stop: &AtomicBool) -> Self {
        let mut next = Instant::now();
        while !stop.load(Ordering::Relaxed) {
            self.save();
            next += EVERY;
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        self
    }
}

/// What a contest came to.
#[derive(Debug, Default)]
struct Contest {
    saved: usize,
    written: usize,
    refused: usize,
    rivals_kept: usize,
    kept: usize,
}

/// At most so many times as many write-backs are tried, until enough of them came through.
const PATIENCE: usize = 100;

fn contest(kind: Kind, form: Form, write_backs: usize) -> Contest {
    // Memory is faster than any disk: nothing takes long but the gaps themselves.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    let root = folder.path().join("vault");
    fs::create_dir(&root).unwrap();
    let state = State::new(Arc::new(RealDisk), &folder.path().join("state"), &root);
    let tasks = TasksSettings::default();
    let context = WriteContext { words: Vocabulary::built_in(), language: Language::English, tasks: &tasks };
    let disk = FaultyDisk::new(Arc::new(RealDisk), Fault::Hasty);
    let writer = Writer { disk: &disk, root: &root, state: &state, context };
    let base = kind.base(&writer);
    let path = root.join(Kind::PATH);
    let rival = Rival { path: path.clone(), form, base, saved: 0, ended: BTreeSet::new() };
    let stop = AtomicBool::new(false);
    let mut contest = Contest::default();
    let rival = thread::scope(|scope| {
        let rival = scope.spawn(|| rival.save_until(&stop));
        for number in 1.. {
            // A rival put to sleep in the middle of a save leaves half a note for as long, and nothing is written then.
            let is_enough = number > write_backs && contest.written > write_backs / 10;
            if is_enough || number > write_backs * PATIENCE {
                break;
            }
            let outcome = writer.apply(&writer.plan(vec![kind.intent(number)]));
            assert!(outcome.failed.is_empty(), "{outcome:?}");
            contest.written += outcome.written.len();
            contest.refused += outcome.refused.len();
            contest.rivals_kept += outcome.remarks.len();
        }
        stop.store(true, Ordering::Relaxed);
        rival.join().unwrap()
    });
    let recovery = fs::read_dir(state.folder().join("recovery"));
    let blobs = recovery.into_iter().flatten().map(|entry| entry.unwrap().path());
    let blobs = blobs.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let mut all: HashSet<Vec<u8>> = blobs.map(|path| fs::read(path).unwrap()).collect();
    contest.kept = all.len();
    all.insert(fs::read(&path).unwrap());
    let lost: Vec<usize> = (0..rival.saved)
        .filter(|number| !rival.ended.contains(number) && !all.contains(&rival.version(*number)))
        .collect();
    assert!(lost.is_empty(), "{form:?}: of {} versions these are lost: {lost:?}", rival.saved);
    let left: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [Kind::PATH]);
    contest.saved = rival.saved;
    contest
}

#[test]
fn no_version_of_a_rival_that_saves_every_third_of_a_millisecond_is_lost() {
    let write_backs = if std::env::var_os("VAULT_SCAN_LONG").is_some() { 5_000 } else { 75 };
    for (kind, form) in [
        (Kind::Report, Form::Truncate),
        (Kind::Report, Form::Rename),
        (Kind::Log, Form::Truncate),
        (Kind::Log, Form::Rename),
    ] {
        let contest = contest(kind, form, write_backs);
        let in_the_gap = contest.kept.saturating_sub(contest.written);
        println!("{kind:?}, {form:?}: {contest:?}; about {in_the_gap} times it saved in the gap");
        let is_contest = contest.saved > write_backs / 10 && contest.written > write_backs / 100;
        assert!(is_contest, "{kind:?}, {form:?}: {contest:?}");
    }
}
