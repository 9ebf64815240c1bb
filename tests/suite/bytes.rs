//! Every edit of every note leaves all other bytes as they are: real notes and made ones, with each line ending, with and
//! without a byte-order mark and a final newline, under each kind of front matter.
//!
//! Without `VAULT_SCAN_LONG` a real note is edited in one form beside its own, and a made one in three; with it, in all.

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use sha2::{Digest as _, Sha256};
use vault_scan::model::language::Language;
use vault_scan::model::obsidian::{TaskFormat, TasksSettings};
use vault_scan::vocabulary::Vocabulary;
use vault_scan::write::context::WriteContext;
use vault_scan::write::intent::{Log, LogLine, TaskChange, TaskEdit};
use vault_scan::write::splice::{NoteText, Splice};
use vault_scan::write::target::TargetPath;
use vault_scan::write::{log, task};
use walkdir::WalkDir;

use crate::support::{corpora, in_repository};

/// How lines end.
const ENDINGS: [&[&str]; 3] = [&["\n"], &["\r\n"], &["\n", "\r\n", "\r\n"]];

/// What may stand before a body, and whether the note may be written to below it.
const HEADS: [(&str, bool); 22] = [
    ("", true),
    ("---\n---\n", true),
    ("---\n\n---\n", true),
    ("---\ntype: person\n---\n", true),
    ("---\ntype: person\n...\n", true),
    ("---  \ntype: person # a comment\n---  \n", true),
    ("---\ndate: {{date}}\n---\n", true),
    ("---\na: 1\na: 2\n---\n", true),
    ("---\na: @b\nc: `d`\n---\n", true),
    ("---\na: \"b\nc\"\n---\n", true),
    ("---\na: <% tp.file.title %>\n---\n", true),
    ("---\na: b\n- c\n---\n", true),
    ("---\na: >\nb\n---\n", true),
    ("---\njust words\n---\n", true),
    ("---\na: [null, ~, ]\n---\n", true),
    ("---\ntags: #a #b\na: [[b]], [[c]]\n---\n", true),
    ("---\n姓名：张三\n\u{200b}a: b\n\tc: d\nid: 12345678901234567\n---\n", true),
    ("---\na: |\n  - [ ] no task\n  ## Log\n---\n", true),
    ("{\n\"a\": 1\n}\n", true),
    ("+++\na = 1\n+++\n", true),
    ("---\nnever closed\n", false),
    ("\n\n---\ntype: person\n---\n", false),
];

const BODIES: [&str; 5] = [
    "",
    "# 张三\n\n- [ ] send it 📅 2026-11-19\n> - [/] in a quote ^id\n\n## Log\n\n- 2026-10-01 call: x\n  - [ ] nested [due:: 2026-11-21]\n- 2026-11-01 午餐\n",
    "## 互动记录\n- 2026-11-01 b\n- 2026-10-01 a\n\n---\n\n```\n- [ ] code\n```\n1. [ ] numbered  \n",
    "## Log\n| Date | Notes |\n|---|---|\n| 2026-01-01 | a |\n\n* [ ] a\n+ [ ] b\t\n",
    "text\n===\n\n- [ ] é e\u{301} 👩‍👩‍👧 \u{a0}end\n%%\n- [ ] hidden\n%%\n",
];

/// A text in another form.
fn form(text: &str, ending: usize, bom: bool, last: bool) -> String {
    let plain = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let plain = if last { plain } else { plain.trim_end_matches('\n').to_owned() };
    let mut new = String::from(if bom { "\u{feff}" } else { "" });
    for (place, line) in plain.split_inclusive('\n').enumerate() {
        let ends = ENDINGS[ending];
        match line.strip_suffix('\n') {
            Some(line) => new.extend([line, ends[place % ends.len()]]),
            None => new.push_str(line),
        }
    }
    new
}

/// All twelve forms of a text, by number.
fn forms(text: &str, numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|number| form(text, number % 3, number / 3 % 2 == 0, number / 6 % 2 == 0)).collect()
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    notes: usize,
    refused: usize,
    appended: usize,
    ticked: usize,
}

impl Count {
    fn and(self, other: Count) -> Count {
        Count {
            notes: self.notes + other.notes,
            refused: self.refused + other.refused,
            appended: self.appended + other.appended,
            ticked: self.ticked + other.ticked,
        }
    }
}

/// Makes every edit of one note, and looks at each byte.
fn check(name: &str, note: &str) -> Count {
    let mut count = Count { notes: 1, ..Count::default() };
    let Ok(cut) = NoteText::cut(note.as_bytes()) else { return Count { refused: 1, ..count } };
    let head = &note[..cut.body_start()];
    let target = || TargetPath::new("People/A.md").unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for (format, language) in [(TaskFormat::Emoji, Language::English), (TaskFormat::Dataview, Language::Chinese)] {
        let tasks = TasksSettings { format, ..TasksSettings::default() };
        let context = WriteContext { words: Vocabulary::built_in(), language, tasks: &tasks };
        let nested = vec!["- and more".to_owned()];
        let line = LogLine { date: day, channel: None, text: "met".into(), nested, id: Some("vs-1a2b3c4d".into()) };
        if let Ok(Some(splice)) = log::append(&cut, &Log { target: target(), lines: vec![line] }, &context) {
            assert_inserted(name, note, head, &splice);
            count.appended += 1;
        }
        let hash: [u8; 32] = Sha256::digest(note).into();
        for (place, line) in
            note.split('\n').enumerate().filter(|(_, line)| line.contains("[ ]") || line.contains("[/]"))
        {
            let line = line.strip_suffix('\r').unwrap_or(line);
            for change in [TaskChange::Done(day), TaskChange::Cancelled(day), TaskChange::Scheduled(day)] {
                // As the body has it: a mark of the byte order is no part of a line.
                let line = line.trim_start_matches('\u{feff}').to_owned();
                let edit = TaskEdit { target: target(), line, number: place + 1, read_from: Some(hash), change };
                if let Ok(Some(splice)) = task::change(&cut, &edit, &context) {
                    assert_in_line(name, note, place, &splice);
                    assert!(splice.new().starts_with(head), "{name}: front matter");
                    count.ticked += 1;
                }
            }
        }
    }
    count
}

/// Bytes were put in at one place below the front matter, and end as the lines beside them.
fn assert_inserted(name: &str, note: &str, head: &str, splice: &Splice) {
    let (old, new) = (splice.old().as_bytes(), splice.new().as_bytes());
    assert_eq!(old, note.as_bytes(), "{name}");
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let behind = old.len() - before;
    assert!(new.len() > old.len() && new.ends_with(&old[before..]), "{name}: {:?}", splice.new());
    assert!(before >= head.len(), "{name}: front matter");
    let inserted = &splice.new().as_bytes()[before..new.len() - behind];
    let crlf = inserted.windows(2).filter(|pair| pair == b"\r\n").count();
    let all = inserted.iter().filter(|byte| **byte == b'\n').count();
    assert!(crlf == 0 || crlf + 1 >= all, "{name}: {inserted:?}");
    if !note.contains("\r\n") {
        assert!(!inserted.contains(&b'\r'), "{name}: {inserted:?}");
    }
    if !note.replace("\r\n", "").contains('\n') && note.contains("\r\n") {
        assert_eq!(splice.new().matches('\n').count(), splice.new().matches("\r\n").count(), "{name}");
    }
}

/// One line differs, and ends as it did.
fn assert_in_line(name: &str, note: &str, place: usize, splice: &Splice) {
    assert_eq!(splice.old(), note, "{name}");
    let (old, new): (Vec<&str>, Vec<&str>) = (note.split('\n').collect(), splice.new().split('\n').collect());
    assert_eq!(old.len(), new.len(), "{name}");
    let differ: Vec<usize> = (0..old.len()).filter(|at| old[*at] != new[*at]).collect();
    assert_eq!(differ, [place], "{name}: another line than {:?}", old[place]);
    assert_eq!(old[place].ends_with('\r'), new[place].ends_with('\r'), "{name}: {:?}", new[place]);
}

#[test]
fn every_edit_of_a_real_note_leaves_all_other_bytes_as_they_are() {
    let is_long = std::env::var_os("VAULT_SCAN_LONG").is_some();
    let folders: Vec<PathBuf> =
        [Some(in_repository("example-vault")), corpora("bytes")].into_iter().flatten().collect();
    let entries = folders.iter().flat_map(|folder| WalkDir::new(folder).into_iter().map(Result::unwrap));
    let notes: Vec<(usize, PathBuf)> = entries
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .enumerate()
        .collect();
    let count = notes
        .par_iter()
        .map(|(number, path)| {
            let name = path.display().to_string();
            let Ok(text) = fs::read_to_string(path) else { return Count::default() };
            let others = if is_long { forms(&text, 0..12) } else { forms(&text, [*number]) };
            others.iter().map(|note| check(&name, note)).fold(check(&name, &text), Count::and)
        })
        .reduce(Count::default, Count::and);
    println!("{} files, {count:?}", notes.len());
    assert!(count.notes > 50 && count.appended > count.notes && count.ticked > 0, "{count:?}");
    assert!(count.refused * 10 < count.notes, "{count:?}");
}

#[test]
fn every_edit_below_each_kind_of_front_matter_leaves_all_other_bytes_as_they_are() {
    let is_long = std::env::var_os("VAULT_SCAN_LONG").is_some();
    let pairs: Vec<(usize, (&str, bool), &str)> = HEADS
        .into_iter()
        .flat_map(|head| BODIES.map(|body| (head, body)))
        .enumerate()
        .map(|(number, (head, body))| (number, head, body))
        .collect();
    let count = pairs
        .par_iter()
        .map(|(number, (head, may_be_written), body)| {
            // A rule in the body closes front matter that was left open.
            let may_be_written = *may_be_written || head.starts_with("---") && body.contains("\n---\n");
            let numbers = if is_long { (0..12).step_by(1) } else { (number % 4..12).step_by(4) };
            let each = forms(&format!("{head}{body}"), numbers).into_iter().map(|note| {
                let one = check(&format!("{note:?}"), &note);
                assert_eq!(one.refused == 0, may_be_written, "{note:?}");
                one
            });
            each.fold(Count::default(), Count::and)
        })
        .reduce(Count::default, Count::and);
    println!("{count:?}");
    assert!(count.appended > 500 && count.ticked > 2_000, "{count:?}");
}
