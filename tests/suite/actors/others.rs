//! Everybody but the program: editors, a sync client, git, and whoever answers the agenda. They know what they saved, and
//! what of it a person gave up by saving over it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::texts::{answered, answers_in, changed, remarks_around};
use crate::support::{BEGIN_MARKER, END_MARKER};

pub(super) const AGENDA: &str = "Reports/Agenda.md";

/// What editors open.
pub(super) const FILES: [&str; 4] = ["People/Ann.md", "People/张三.md", "People/Bob.md", AGENDA];

/// What stands in a box, and below the line.
pub(super) const ANSWERS: [(&str, &str); 5] = [
    ("[x]", ""),
    ("[X]", "  - lunch: talked #got/intro\n    - sent by Eve\n"),
    ("[-]", ""),
    ("[>] 2027-03-01", ""),
    ("[x]", "  - tea\n"),
];

/// How a copy of a sync client is called.
const COPY: &str = ".sync-conflict-20261120-";

/// How an editor saves.
#[derive(Clone, Copy, Debug)]
pub(super) enum How {
    /// Empties the file and writes it.
    Truncate,
    /// A new file gets the name.
    Rename,
    /// Into the file it opened, wherever that has gone.
    InPlace,
}

/// What a person changes in a note; in the agenda, what comes nearest to it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Text,
    Log,
    Task,
    DropTask,
    DoTask,
}

/// What somebody other than the program does.
#[derive(Clone, Debug)]
pub(super) enum Doing {
    /// Opens, changes and saves a file.
    Edit {
        device: usize,
        file: usize,
        change: Change,
        how: How,
    },
    /// Opens a file, to save it later, whatever happens to it meanwhile.
    Open {
        device: usize,
        file: usize,
        how: How,
    },
    /// Empties the open file, as a first half of a save.
    Empty(usize),
    /// Saves the open file.
    Save {
        device: usize,
        change: Change,
    },
    /// Answers an open line of the agenda.
    Answer {
        device: usize,
        item: u8,
        answer: usize,
        how: How,
    },
    /// Carries files between the devices; where both have changed, one becomes a copy.
    Sync,
    Commit(usize),
    /// Commits, then begins to write another version of all notes, and holds git's lock.
    CheckOut {
        device: usize,
        commit: u8,
    },
    FinishCheckOut(usize),
    /// A person removes the copies that the sync client made.
    Solve,
}

pub(super) type Files = BTreeMap<String, Vec<u8>>;

#[derive(Debug)]
struct Open {
    path: &'static str,
    how: How,
    buffer: Vec<u8>,
    file: File,
    emptied: bool,
    /// Somebody but the program took the name from the file: what is saved into it is lost by them.
    orphaned: bool,
}

#[derive(Debug, Default)]
pub(super) struct Device {
    root: PathBuf,
    home: PathBuf,
    open: Option<Open>,
    pub(super) commits: Vec<Files>,
    /// What git has yet to write.
    pub(super) checking_out: Option<Vec<(String, Vec<u8>)>>,
    touched: BTreeSet<PathBuf>,
    /// Lines of the agenda that were answered lately.
    given: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) struct Others {
    pub(super) devices: [Device; 2],
    synced: Files,
    /// Every version that was saved and not given up, and what saved it.
    saved: BTreeMap<Vec<u8>, String>,
    /// What git keeps.
    pub(super) objects: BTreeSet<Vec<u8>>,
    number: usize,
}

impl Others {
    pub(super) fn new(folder: &Path) -> Self {
        let devices = [0, 1].map(|device| {
            let (root, home) = (folder.join(format!("vault{device}")), folder.join(format!("home{device}")));
            fs::create_dir_all(root.join(".git")).unwrap();
            fs::create_dir_all(root.join("People")).unwrap();
            for (file, name) in FILES.iter().take(3).enumerate() {
                let text = format!(
                    "---\ntype: person\ncadence: monthly\n---\n\n- [ ] task 90{file} 📅 2026-11-19\n\n## Log\n\n- 2026-09-0{} call: hello\n",
                    file + 1
                );
                // One as Windows writes it, without an end.
                let text = if file == 1 { format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n")) } else { text };
                fs::write(root.join(name), text).unwrap();
            }
            Device { root, home, ..Device::default() }
        });
        let mut others =
            Others { devices, synced: Files::new(), saved: BTreeMap::new(), objects: BTreeSet::new(), number: 0 };
        let first = others.files(0);
        others.saved = first.values().map(|bytes| (bytes.clone(), "the start".to_owned())).collect();
        others.synced = first;
        others
    }

    pub(super) fn act(&mut self, doing: &Doing) {
        self.number += 1;
        match doing {
            Doing::Edit { device, file, change, how } => {
                let path = FILES[*file];
                let Ok(bytes) = fs::read(self.at(*device, path)) else { return };
                let new = changed(path, &bytes, *change, self.number);
                self.save(*device, path, *how, &new);
            }
            Doing::Open { device, file, how } => self.open(*device, FILES[*file], *how),
            Doing::Empty(device) => self.empty(*device),
            Doing::Save { device, change } => self.save_open(*device, *change),
            Doing::Answer { device, item, answer, how } => {
                let Ok(text) = fs::read_to_string(self.at(*device, AGENDA)) else { return };
                if let Some(new) = answered(&text, usize::from(*item), ANSWERS[*answer]) {
                    let before = answers_in(&text);
                    self.devices[*device]
                        .given
                        .extend(answers_in(&new).into_iter().filter(|one| !before.contains(one)));
                    self.save(*device, AGENDA, *how, new.as_bytes());
                }
            }
            Doing::Sync => self.sync(),
            Doing::Commit(device) => self.commit(*device),
            Doing::CheckOut { device, commit } => self.check_out(*device, usize::from(*commit)),
            Doing::FinishCheckOut(device) => self.finish_check_out(*device),
            Doing::Solve => self.solve(),
        }
    }

    /// Takes in that the program, or somebody, wrote there.
    pub(super) fn touched(&mut self, device: usize, path: &Path) {
        if path.starts_with(&self.devices[device].root) && !path.to_string_lossy().contains("/.vs-") {
            self.devices[device].touched.insert(path.to_owned());
        }
    }

    /// Where something was written since this was asked.
    pub(super) fn take_touched(&mut self, device: usize) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.devices[device].touched)
    }

    /// Everybody finishes what they are at, so that no file is half written.
    pub(super) fn finish(&mut self) {
        for device in 0..2 {
            self.finish_check_out(device);
            if self.devices[device].open.as_ref().is_some_and(|open| open.emptied) {
                self.save_open(device, Change::Text);
            }
            self.devices[device].open = None;
        }
    }

    /// The answered lines of an agenda by their names.
    pub(super) fn answers_on(&self, device: usize) -> Vec<(String, String)> {
        answers_in(&fs::read_to_string(self.at(device, AGENDA)).unwrap_or_default())
    }

    /// What was answered on a device since this was asked.
    pub(super) fn take_given(&mut self, device: usize) -> Vec<(String, String)> {
        std::mem::take(&mut self.devices[device].given)
    }

    /// Whether a note of the device has what an answered line called for.
    pub(super) fn has_taken(&self, device: usize, id: &str, line: &str) -> bool {
        // A line about a person may quote a task, too: that of a task begins with it, or with how late it is.
        let words = line.split_once("]]: ").map_or("", |(_, words)| words);
        let words = words.split_once(" late, ").map_or(words, |(_, words)| words);
        let task = words.strip_prefix("task ").map(|rest| rest.split(' ').next().unwrap_or_default().to_owned());
        let is_ticked = |text: &str, number: &str| {
            text.lines().any(|line| {
                line.contains(&format!("task {number} ")) && (!line.contains("- [ ]") || line.contains('⏳'))
            })
        };
        // What was written below the answer of a task is logged; the task itself somebody may have taken out since.
        let is_taken = |text: &str| {
            text.contains(&format!("^vs-{id}")) || task.as_deref().is_some_and(|number| is_ticked(text, number))
        };
        self.notes(device).values().any(|bytes| is_taken(&String::from_utf8_lossy(bytes)))
    }

    /// How often each name stands in a note.
    pub(super) fn logged(&self, device: usize) -> Vec<(String, String, usize)> {
        let mut logged = Vec::new();
        for (path, bytes) in self.notes(device) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            for id in text.split_whitespace().filter_map(|word| word.strip_prefix("^vs-")) {
                logged.push((path.clone(), id.to_owned(), text.matches(&format!("^vs-{id}")).count()));
            }
        }
        logged
    }

    /// All files of both devices.
    pub(super) fn all(&self) -> [Files; 2] {
        [self.files(0), self.files(1)]
    }

    /// The generated part of each report.
    pub(super) fn generated(&self, device: usize) -> BTreeMap<String, String> {
        let reports = self.files(device).into_iter().filter(|(path, _)| path.starts_with("Reports/"));
        let inside = |text: &str| {
            let rest = text.split_once(BEGIN_MARKER).map_or("", |(_, rest)| rest);
            rest.split_once(END_MARKER).map_or("", |(inside, _)| inside).to_owned()
        };
        // A report that is empty by now is not made anew.
        let texts = reports.map(|(path, bytes)| (path, inside(&String::from_utf8_lossy(&bytes))));
        texts.filter(|(path, _)| path == AGENDA || path.ends_with("People.md")).collect()
    }

    pub(super) fn remove_reports(&mut self, device: usize) {
        fs::remove_dir_all(self.at(device, "Reports")).unwrap();
    }

    /// Fails unless each version that was saved is somewhere: in a file, in recovery, in a copy, or in git. Of a report
    /// in which nothing was added between the markers, what stands around them is enough: the rest was the program's.
    pub(super) fn nothing_is_lost(&self) {
        let mut there: BTreeSet<Vec<u8>> = self.objects.clone();
        for device in 0..2 {
            there.extend(self.files(device).into_values());
            let kept = WalkDir::new(&self.devices[device].home).into_iter().filter_map(Result::ok);
            there.extend(kept.filter(|entry| entry.file_type().is_file()).map(|entry| fs::read(entry.path()).unwrap()));
        }
        let around: Vec<BTreeSet<String>> = there.iter().filter_map(|bytes| remarks_around(bytes)).collect();
        for (bytes, by) in &self.saved {
            if remarks_around(bytes).is_some_and(|remarks| around.iter().any(|there| remarks.is_subset(there))) {
                continue;
            }
            assert!(there.contains(bytes), "what {by} saved is nowhere:\n{}", String::from_utf8_lossy(bytes));
        }
    }

    pub(super) fn at(&self, device: usize, path: &str) -> PathBuf {
        self.devices[device].root.join(path)
    }

    fn files(&self, device: usize) -> Files {
        let root = &self.devices[device].root;
        let entries = WalkDir::new(root).into_iter().filter_entry(|entry| entry.file_name() != ".git");
        let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
    }

    pub(super) fn notes(&self, device: usize) -> Files {
        let is_note = |path: &String| path.starts_with("People/") && !path.contains(COPY) && !path.contains("/.");
        self.files(device).into_iter().filter(|(path, _)| is_note(path)).collect()
    }

    /// A version is somebody's from here on.
    fn has_saved(&mut self, device: usize, path: &str, bytes: &[u8], by: &str) {
        let by = format!("{by} on device {device}, step {}, {path}", self.number);
        self.saved.insert(bytes.to_owned(), by);
        let path = self.at(device, path);
        self.touched(device, &path);
    }

    /// A person saves over what stands there.
    pub(super) fn give_up(&mut self, device: usize, path: &str) {
        if let Ok(bytes) = fs::read(self.at(device, path)) {
            self.forget(&bytes);
        }
    }

    /// A version is nobody's any more. Gone with a report are the remarks that the program took over into it.
    fn forget(&mut self, bytes: &[u8]) {
        self.saved.remove(bytes);
        if let Some(gone) = remarks_around(bytes) {
            self.saved.retain(|saved, _| !remarks_around(saved).is_some_and(|remarks| remarks.is_subset(&gone)));
        }
    }

    fn save(&mut self, device: usize, path: &str, how: How, new: &[u8]) {
        self.give_up(device, path);
        self.put(device, path, how, new);
        self.has_saved(device, path, new, "an editor");
    }

    fn put(&mut self, device: usize, path: &str, how: How, new: &[u8]) {
        let target = self.at(device, path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        match how {
            How::Truncate | How::InPlace => fs::write(target, new).unwrap(),
            How::Rename => {
                let beside = target.with_file_name(format!(".tmp{}", self.number));
                fs::write(&beside, new).unwrap();
                self.orphan(device, &target);
                fs::rename(beside, target).unwrap();
            }
        }
    }

    fn open(&mut self, device: usize, path: &'static str, how: How) {
        if self.devices[device].open.is_some() {
            return;
        }
        let Ok(mut file) = OpenOptions::new().read(true).write(true).open(self.at(device, path)) else { return };
        let mut buffer = Vec::new();
        file.read_to_end(&mut buffer).unwrap();
        self.devices[device].open = Some(Open { path, how, buffer, file, emptied: false, orphaned: false });
    }

    fn empty(&mut self, device: usize) {
        let Some(mut open) = self.devices[device].open.take() else { return };
        let path = self.at(device, open.path);
        match open.how {
            How::Rename => {}
            How::Truncate => {
                self.give_up(device, open.path);
                fs::write(&path, "").unwrap();
                open.emptied = true;
            }
            How::InPlace => {
                self.write_into(&mut open.file, b"");
                open.emptied = true;
            }
        }
        self.touched(device, &path);
        self.devices[device].open = Some(open);
    }

    fn save_open(&mut self, device: usize, change: Change) {
        let Some(mut open) = self.devices[device].open.take() else { return };
        let new = changed(open.path, &open.buffer, change, self.number);
        match open.how {
            // A report that nobody had changed two seconds after it was displaced is gone.
            How::InPlace if open.file.metadata().unwrap().nlink() == 0 => {}
            How::InPlace if open.orphaned => self.write_into(&mut open.file, &new),
            How::InPlace => {
                self.write_into(&mut open.file, &new);
                self.has_saved(device, open.path, &new, "an editor that held the file open");
            }
            how => self.save(device, open.path, how, &new),
        }
    }

    /// Saves into a file that may have moved since it was opened; what it held is given up.
    fn write_into(&mut self, file: &mut File, new: &[u8]) {
        let mut old = Vec::new();
        file.rewind().unwrap();
        file.read_to_end(&mut old).unwrap();
        self.forget(&old);
        file.set_len(0).unwrap();
        file.rewind().unwrap();
        file.write_all(new).unwrap();
    }

    /// The file at `path` loses its name.
    pub(super) fn orphan(&mut self, device: usize, path: &Path) {
        let Some(open) = &mut self.devices[device].open else { return };
        let number = |metadata: std::io::Result<fs::Metadata>| metadata.ok().map(|metadata| metadata.ino());
        open.orphaned |= number(open.file.metadata()) == number(fs::metadata(path));
    }

    fn sync(&mut self) {
        let [mut here, mut there] = self.all();
        for files in [&mut here, &mut there] {
            files.retain(|path, _| !path.contains("/."));
        }
        let paths: BTreeSet<String> = here.keys().chain(there.keys()).chain(self.synced.keys()).cloned().collect();
        for path in paths {
            let (one, other, base) = (here.get(&path), there.get(&path), self.synced.get(&path));
            let agreed = match () {
                () if one == other => one.cloned(),
                () if other == base => one.cloned(),
                () if one == base => other.cloned(),
                () => match (one, other) {
                    (Some(one), Some(other)) => {
                        let copy = path.replace(".md", &format!("{COPY}{:06}-ABCDEFG.md", self.number));
                        for device in 0..2 {
                            self.carry(device, &copy, Some(other));
                        }
                        self.synced.insert(copy, other.clone());
                        Some(one.clone())
                    }
                    (one, other) => one.or(other).cloned(),
                },
            };
            for (device, now) in [one, other].into_iter().enumerate() {
                if now != agreed.as_ref() {
                    self.carry(device, &path, agreed.as_ref());
                }
            }
            match agreed {
                Some(bytes) => self.synced.insert(path, bytes),
                None => self.synced.remove(&path),
            };
        }
    }

    fn carry(&mut self, device: usize, path: &str, bytes: Option<&Vec<u8>>) {
        match bytes {
            Some(bytes) => self.put(device, path, How::Rename, bytes),
            None => {
                let path = self.at(device, path);
                self.orphan(device, &path);
                fs::remove_file(path).unwrap();
            }
        }
        let path = self.at(device, path);
        self.touched(device, &path);
    }

    fn solve(&mut self) {
        for device in 0..2 {
            for (path, bytes) in self.files(device).into_iter().filter(|(path, _)| path.contains(COPY)) {
                self.forget(&bytes);
                self.synced.remove(&path);
                self.carry(device, &path, None);
            }
        }
    }
}
