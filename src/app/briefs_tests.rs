//! Files of briefs come with a meeting, go after it, and stay for what somebody wrote into them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::app::load::{Loaded, load};
use crate::cli::config::ConfigFile;
use crate::cli::settings::resolve;
use crate::disk::real::RealDisk;
use crate::model::today::Today;
use crate::state::folder::State;
use crate::write::apply::{Outcome, Remark};
use crate::write::generated::answered::Answered;

const ANN: &str = "---\ntype: person\n---\n\n## Log\n\n- 2026-11-01 call: hello\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn of(notes: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in notes {
            let path = folder.vault().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn vault(&self) -> std::path::PathBuf {
        self.0.path().join("vault")
    }

    fn load(&self) -> Loaded {
        load(&self.vault(), resolve(&ConfigFile::default(), BTreeMap::new()).options, &|_| {}).unwrap()
    }

    fn state(&self) -> State {
        State::new(Arc::new(RealDisk), &self.0.path().join("state"), &self.vault())
    }

    fn scan(&self, today: &str) -> Outcome {
        let (loaded, state) = (self.load(), self.state());
        let plan = loaded.plan(Today(today.parse().unwrap()), &Answered::default(), &state).unwrap();
        loaded.writer(&state).apply(&plan)
    }

    fn briefs(&self) -> Vec<String> {
        names(&self.vault().join("Reports/Briefs"))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let list = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = list.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Whether any file below a folder holds a text.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => holds(&path, text),
        false => String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(text),
    })
}

fn meeting(date: &str, people: &str) -> String {
    format!("---\ntype: meeting\ndate: {date}\nattendees: {people}\nstatus: planned\n---\n")
}

#[test]
fn a_brief_comes_two_days_before_stays_the_same_and_goes_the_day_after_into_recovery() {
    let note = meeting("2026-11-20", "\"[[Ann]]\"");
    let folder = Folder::of(&[("People/Ann.md", ANN), ("Meetings/2026-11-20 Ann.md", &note)]);
    for (today, expected) in [("2026-11-17", 0), ("2026-11-18", 1), ("2026-11-20", 1), ("2026-11-21", 0)] {
        folder.scan(today);
        assert_eq!(folder.briefs().len(), expected, "{today}");
        assert!(folder.scan(today).written.is_empty(), "{today}");
    }
    assert!(holds(&folder.0.path().join("state"), "vault-scan:begin brief"));
    assert_eq!(folder.load().index.people.len(), 1);
}

#[test]
fn a_brief_somebody_wrote_into_stays_with_a_word_and_what_is_not_ours_stays_without() {
    let note = meeting("2026-11-20", "\"[[Ann]]\"");
    let folder = Folder::of(&[
        ("People/Ann.md", ANN),
        ("Meetings/2026-11-20 Ann.md", &note),
        ("Reports/Briefs/Brief mine.md", "# mine\n"),
        ("Reports/Briefs/notes.md", "# notes\n"),
    ]);
    folder.scan("2026-11-20");
    let path = folder.vault().join("Reports/Briefs/Brief Ann.md");
    let text = format!("{}\nask about the book\n", fs::read_to_string(&path).unwrap());
    fs::write(&path, &text).unwrap();
    let outcome = folder.scan("2026-11-21");
    assert!(matches!(outcome.remarks.as_slice(), [(_, Remark::BriefStays)]), "{:?}", outcome.remarks);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(folder.briefs(), ["Brief Ann.md", "Brief mine.md", "notes.md"]);
}

#[test]
fn a_brief_that_somebody_saves_between_plan_and_removal_stays_as_saved() {
    let note = meeting("2026-11-20", "\"[[Ann]]\"");
    let folder = Folder::of(&[("People/Ann.md", ANN), ("Meetings/2026-11-20 Ann.md", &note)]);
    folder.scan("2026-11-20");
    let path = folder.vault().join("Reports/Briefs/Brief Ann.md");
    let (loaded, state) = (folder.load(), folder.state());
    let plan = loaded.plan(Today("2026-11-21".parse().unwrap()), &Answered::default(), &state).unwrap();
    for rival in [format!("{}\nmine\n", fs::read_to_string(&path).unwrap()), "# mine\n".to_owned(), String::new()] {
        fs::write(&path, &rival).unwrap();
        let outcome = loaded.writer(&state).apply(&plan);
        assert!(outcome.written.iter().all(|written| written.target.name() != "Brief Ann.md"), "{rival}");
        assert_eq!(fs::read_to_string(&path).unwrap(), rival);
    }
    fs::remove_file(&path).unwrap();
    let outcome = loaded.writer(&state).apply(&plan);
    assert!(outcome.failed.is_empty() && outcome.refused.is_empty(), "{outcome:?}");
}

#[test]
fn a_table_of_four_has_a_brief_each_and_a_larger_one_none() {
    let people = ["Ann", "Bob", "Cid", "Dan", "Eve"];
    let notes: Vec<String> = people.iter().map(|name| format!("People/{name}.md")).collect();
    for (count, expected) in [(1, 1), (4, 4), (5, 0)] {
        let links: Vec<String> = people.iter().take(count).map(|name| format!("\"[[{name}]]\"")).collect();
        let note = meeting("2026-11-20", &format!("[{}]", links.join(", ")));
        let mut all: Vec<(&str, &str)> = notes.iter().map(|path| (path.as_str(), ANN)).collect();
        all.push(("Meetings/2026-11-20 table.md", &note));
        let folder = Folder::of(&all);
        folder.scan("2026-11-19");
        assert_eq!(folder.briefs().len(), expected, "{count}");
    }
}

#[test]
fn two_of_one_name_are_told_apart_and_every_name_is_one_that_all_systems_take() {
    let folder = Folder::of(&[
        ("People/firm/Ann.md", "---\ntype: person\n---\n\n## Log\n\n- 2026-11-20 lunch: arranged\n"),
        ("People/club/Ann.md", "---\ntype: person\n---\n\n## Log\n\n- 2026-11-20 lunch: arranged\n"),
        ("People/a: b?.md", "---\ntype: person\n---\n\n## Log\n\n- 2026-11-20 lunch: arranged\n"),
    ]);
    folder.scan("2026-11-19");
    assert_eq!(folder.briefs(), ["Brief Ann (club).md", "Brief Ann (firm).md", "Brief a- b-.md"]);
}

#[test]
fn hostile_names_make_no_markup() {
    let hostile = "---\ntype: person\nname: \"[[x]] | <b> `c` 🙂 \u{202e}\"\nneeds: [\"<script>\", \"- [ ] x ^vs-1\"]\n---\n\n\
                   ## Log\n\n- 2026-11-20 lunch: <img> | [[Ann]]\n- 2026-11-01 call: a | b <b>\n";
    let folder = Folder::of(&[("People/x.md", hostile)]);
    for language in ["en", "zh-CN"] {
        let mut options = resolve(&ConfigFile::default(), BTreeMap::new()).options;
        options.language = crate::model::language::Language::from_tag(language);
        let loaded = load(&folder.vault(), options, &|_| {}).unwrap();
        let today = Today("2026-11-19".parse().unwrap());
        let id = crate::index::record::PersonId(0);
        let text = loaded.printed_brief(id, crate::app::reports::Output::Markdown, today).unwrap();
        assert!(!text.contains("<b>") && !text.contains("<img>") && !text.contains("<script>"), "{text}");
        assert!(!text.contains("\n- [ ]") && !text.contains('\u{202e}'), "{text}");
    }
}
