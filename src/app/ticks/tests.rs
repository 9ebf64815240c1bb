//! What each kind of line calls for under each answer, and that it is asked no more once that stands in the note.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use crate::app::load::{Loaded, load};
use crate::cli::config::ConfigFile;
use crate::cli::settings::resolve;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::render::report_files::ReportFile;
use crate::report::item::{AgendaItem, Section};
use crate::write::intent::{Intent, TaskChange};

use super::Ticks;

fn day(text: &str) -> Today {
    Today(text.parse::<NaiveDate>().unwrap())
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn of(notes: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (path, text) in notes {
            let path = folder.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn load(&self) -> Loaded {
        load(self.path(), resolve(&ConfigFile::default(), BTreeMap::new()).options, &|_| {}).unwrap()
    }

    /// The lines of a kind that are still asked.
    fn asked(&self, kind: &str, today: Today) -> Vec<AgendaItem> {
        let items = self.load().agenda(today).items;
        items.into_iter().filter(|item| item.kind.as_str() == kind && item.section != Section::Done).collect()
    }

    fn ticks(&self, line: &str, today: Today) -> Ticks {
        let text = format!("<!-- vault-scan:begin agenda -->\n{line}\n<!-- vault-scan:end agenda -->\n");
        let read = |note: &NotePath| fs::read(self.path().join(note.as_str())).ok();
        self.load().ticks(&[(ReportFile::Agenda, text)], today, &read)
    }

    /// What an answer calls for, in words, and the same written into the notes.
    fn answer(&self, line: &str, today: Today) -> Vec<String> {
        let mut said = Vec::new();
        for intent in self.ticks(line, today).intents {
            match intent {
                Intent::Log(log) => {
                    for entry in log.lines {
                        let id = entry.id.unwrap();
                        let path = self.path().join(log.target.as_str());
                        let text = fs::read_to_string(&path).unwrap();
                        let line = format!("- {} {} ^{id}", entry.date, entry.text);
                        fs::write(&path, format!("{text}{line}\n")).unwrap();
                        said.push(format!("{}: {} {}", log.target.as_str(), entry.date, entry.text).trim().to_owned());
                    }
                }
                Intent::Task(task) => {
                    let (mark, what) = match task.change {
                        TaskChange::Done(date) => ("[x]", format!("done {date}")),
                        TaskChange::Cancelled(date) => ("[-]", format!("cancelled {date}")),
                        TaskChange::Scheduled(date) => ("[ ]", format!("scheduled {date}")),
                    };
                    let path = self.path().join(task.target.as_str());
                    let text = fs::read_to_string(&path).unwrap();
                    fs::write(&path, text.replace(&task.line, &task.line.replace("[ ]", mark))).unwrap();
                    said.push(format!("{}: {what}", task.target.as_str()));
                }
                other => panic!("{other:?}"),
            }
        }
        said
    }
}

const ANN: &str = "---\ntype: person\n---\n\n## Log\n\n- 2026-11-01 call: hello\n";

/// Answers the only line of a kind with each box, in a vault of its own, and replays each answer.
fn check(notes: &[(&str, &str)], kind: &str, today: &str, cases: [(&str, &[&str]); 3]) {
    let today = day(today);
    for (check, expected) in cases {
        let folder = Folder::of(notes);
        let asked = folder.asked(kind, today);
        assert_eq!(asked.len(), 1, "{kind}: {asked:#?}");
        let line = format!("- {check} [[Ann]], [[Bob]] ^{}", asked[0].id);
        assert_eq!(folder.answer(&line, today), expected, "{kind} {check}");
        let again = folder.asked(kind, today);
        assert!(again.iter().all(|item| item.id != asked[0].id), "{kind} {check}: {again:#?}");
        assert_eq!(folder.answer(&line, today), [""; 0], "{kind} {check}: replayed");
        assert!(folder.ticks(&line, today).problems.is_empty(), "{kind} {check}");
    }
}

#[test]
fn a_birthday_is_greeted_left_out_or_put_off_and_none_of_it_puts_off_a_contact() {
    let ann = ANN.replace("type: person", "type: person\nbirthday: 1986-11-22\ncadence: weekly");
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 birthday greetings"]),
        ("[-]", &["People/Ann.md: 2026-11-20 #skip"]),
        ("[>] 2026-11-21", &["People/Ann.md: 2026-11-20 #snooze [until:: 2026-11-21]"]),
    ];
    check(&[("People/Ann.md", &ann)], "birthday", "2026-11-20", cases);
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    let asked = folder.asked("birthday", day("2026-11-20"));
    folder.answer(&format!("- [-] [[Ann]] ^{}", asked[0].id), day("2026-11-20"));
    assert_eq!(folder.asked("contact", day("2026-11-20")).len(), 1, "a skipped birthday skipped a contact");
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    folder.answer(&format!("- [>] 2026-11-21 [[Ann]] ^{}", asked[0].id), day("2026-11-20"));
    for (on, count) in [("2026-11-20", 0), ("2026-11-21", 0), ("2026-11-22", 1), ("2026-11-23", 0)] {
        assert_eq!(folder.asked("birthday", day(on)).len(), count, "{on}");
    }
}

#[test]
fn thanks_are_logged_with_the_person_and_left_out_or_put_off_alone() {
    let ann = format!("{ANN}- 2026-11-17 lunch: read my draft #got/feedback\n");
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 said thanks #thanked"]),
        ("[-]", &["People/Ann.md: 2026-11-20 #skip/thanks"]),
        ("[>] 2026-11-25", &["People/Ann.md: 2026-11-20 #snooze/thanks [until:: 2026-11-25]"]),
    ];
    check(&[("People/Ann.md", &ann)], "thanks", "2026-11-20", cases);
}

#[test]
fn what_was_kept_for_someone_is_logged_as_given() {
    let kept = "- the new pallet standard is out [for:: [[Ann]]]\n";
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 the new pallet standard is out #gave/info"]),
        ("[-]", &["People/Ann.md: 2026-11-20 #skip/share"]),
        ("[>] 2026-11-25", &["People/Ann.md: 2026-11-20 #snooze/share [until:: 2026-11-25]"]),
    ];
    check(&[("People/Ann.md", ANN), ("Journal/2026-11-17.md", kept)], "share", "2026-11-20", cases);
}

#[test]
fn sharing_is_logged_in_ones_own_note() {
    let me = "---\ntype: me\nshare: monthly\n---\n\n## Log\n\n- 2026-10-01 a talk on pricing #gave/share\n";
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["Me.md: 2026-11-20 shared something #gave/share"]),
        ("[-]", &["Me.md: 2026-11-20 #skip/sharing"]),
        ("[>] 2026-11-25", &["Me.md: 2026-11-20 #snooze/sharing [until:: 2026-11-25]"]),
    ];
    check(&[("Me.md", me), ("People/Ann.md", ANN)], "sharing", "2026-11-20", cases);
}

#[test]
fn a_festival_is_logged_on_each_person_the_line_still_names() {
    let ann = ANN.replace("type: person", "type: person\ncadence: yearly");
    let notes = [("People/Ann.md", ann.as_str()), ("People/Bob.md", ann.as_str()), ("People/Cat.md", ann.as_str())];
    let cases: [(&str, &[&str]); 3] = [
        (
            "[x]",
            &[
                "People/Ann.md: 2026-12-31 New Year's Day greetings",
                "People/Bob.md: 2026-12-31 New Year's Day greetings",
            ],
        ),
        ("[-]", &["People/Ann.md: 2026-12-31 #skip", "People/Bob.md: 2026-12-31 #skip"]),
        (
            "[>] 2027-01-01",
            &[
                "People/Ann.md: 2026-12-31 #snooze [until:: 2027-01-01]",
                "People/Bob.md: 2026-12-31 #snooze [until:: 2027-01-01]",
            ],
        ),
    ];
    check(&notes, "festival", "2026-12-31", cases);
}

#[test]
fn a_planned_task_is_ticked_with_the_people_of_it() {
    let daily = "- [ ] 2026-11-19 lunch with [[Ann]] and [[Bob]]\n";
    let notes = [("People/Ann.md", ANN), ("People/Bob.md", ANN), ("Journal/x.md", daily)];
    let cases: [(&str, &[&str]); 3] = [
        (
            "[x]",
            &[
                "People/Ann.md: 2026-11-19 lunch: with Ann and Bob",
                "People/Bob.md: 2026-11-19 lunch: with Ann and Bob",
                "Journal/x.md: done 2026-11-19",
            ],
        ),
        ("[-]", &["Journal/x.md: cancelled 2026-11-19"]),
        (
            "[>] 2026-11-25",
            &[
                "People/Ann.md: 2026-11-20 #snooze [until:: 2026-11-25]",
                "People/Bob.md: 2026-11-20 #snooze [until:: 2026-11-25]",
            ],
        ),
    ];
    check(&notes, "did-you-meet", "2026-11-20", cases);
}

#[test]
fn a_meeting_ticked_early_is_of_today_and_no_question_comes_later() {
    let ann = ANN.replace("type: person", "type: person\nmeeting: monthly first Tuesday");
    let notes = [("People/Ann.md", ann.as_str())];
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 met"]),
        ("[-]", &["People/Ann.md: 2026-12-01 #skip"]),
        ("[>] 2026-12-03", &["People/Ann.md: 2026-11-20 #snooze [until:: 2026-12-03]"]),
    ];
    check(&notes, "meeting", "2026-11-20", cases);
    for check in ["[x]", "[-]"] {
        let folder = Folder::of(&notes);
        let asked = folder.asked("meeting", day("2026-11-20"));
        folder.answer(&format!("- {check} [[Ann]] ^{}", asked[0].id), day("2026-11-20"));
        assert_eq!(folder.asked("did-you-meet", day("2026-12-02")).len(), 0, "{check}");
    }
    assert_eq!(Folder::of(&notes).asked("did-you-meet", day("2026-12-02")).len(), 1);
}

#[test]
fn a_meeting_is_logged_on_the_day_told_below_and_under_the_word_it_was_called_by() {
    let meeting = "---\ntype: meeting\ndate: 2026-11-18\nattendees: [\"[[Ann]]\"]\ngoal: catch up\n---\n";
    for (stem, below, expected) in [
        ("2026-11-18 Ann lunch", "", "2026-11-18 lunch"),
        ("2026-11-18 Ann budget", "", "2026-11-18 meeting: budget"),
        ("2026-11-18 Ann lunch", "\n  - 2026-11-19 lunch: it was moved", "2026-11-19 lunch: it was moved"),
        ("2026-11-18 Ann lunch", " ✅ 2026-11-20\n  - lunch: soup", "2026-11-18 lunch: soup"),
    ] {
        let folder = Folder::of(&[("People/Ann.md", ANN), (&format!("Meetings/{stem}.md"), meeting)]);
        let asked = folder.asked("did-you-meet", day("2026-11-20"));
        let line = format!("- [x] [[Ann]] ^{}{below}", asked[0].id);
        assert_eq!(folder.answer(&line, day("2026-11-20")), [format!("People/Ann.md: {expected}")], "{stem} {below}");
    }
}

#[test]
fn a_follow_up_is_ticked_cancelled_or_put_off() {
    let ann = format!("{ANN}\n- [ ] send it 📅 2026-11-19\n");
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    let id = folder.asked("follow-up", day("2026-11-20"))[0].id.clone();
    let said = |check: &str| {
        Folder::of(&[("People/Ann.md", &ann)]).answer(&format!("- {check} [[Ann]] ^{id}"), day("2026-11-20"))
    };
    assert_eq!(said("[x]"), ["People/Ann.md: done 2026-11-20"]);
    assert_eq!(said("[-]"), ["People/Ann.md: cancelled 2026-11-20"]);
    assert_eq!(said("[>] 2026-12-01"), ["People/Ann.md: scheduled 2026-12-01"]);
    assert_eq!(said("[ ]"), [""; 0]);
    let recurring = ann.replace("📅", "🔁 every week 📅");
    let folder = Folder::of(&[("People/Ann.md", &recurring)]);
    let id = folder.asked("follow-up", day("2026-11-20"))[0].id.clone();
    let ticks = folder.ticks(&format!("- [x] [[Ann]] ^{id}"), day("2026-11-20"));
    assert_eq!((ticks.intents.len(), ticks.problems[0].code), (0, "tick-recurs"));
}

#[test]
fn a_task_is_put_off_again_where_an_older_note_came_back_and_never_to_an_earlier_day() {
    let with = |days: &str| Folder::of(&[("People/Ann.md", &format!("{ANN}\n- [ ] send it{days}\n"))]);
    let today = day("2026-11-20");
    // Asked after it had been put off once, and put off to the same day again.
    let id = with(" 📅 2026-11-19 ⏳ 2026-12-05").asked("follow-up", today)[0].id.clone();
    for (now, until, expected) in [
        (" 📅 2026-11-19", "2026-12-05", Some("People/Ann.md: scheduled 2026-12-05")),
        (" 📅 2026-11-19 ⏳ 2026-12-01", "2026-12-05", Some("People/Ann.md: scheduled 2026-12-05")),
        (" 📅 2026-11-18 ⏳ 2026-12-05", "2026-12-05", None),
        (" 📅 2026-11-19 ⏳ 2026-12-09", "2026-12-05", None),
        (" 📅 2026-11-19", "2026-11-20", None),
        (" 📅 2026-11-19", "2026-11-10", None),
    ] {
        let wishes = with(now).answer(&format!("- [>] {until} [[Ann]]: send it ^{id}"), today);
        assert_eq!(wishes, Vec::from_iter(expected), "{now} {until}");
    }
}

#[test]
fn a_ticked_task_that_was_taken_out_of_its_note_is_no_contact() {
    let ann = ANN.replace("type: person", "type: person\ncadence: weekly");
    let folder = Folder::of(&[("People/Ann.md", &format!("{ann}- [ ] send it 📅 2026-11-19\n"))]);
    let id = folder.asked("follow-up", day("2026-11-20"))[0].id.clone();
    fs::write(folder.path().join("People/Ann.md"), ann).unwrap();
    let ticks = folder.ticks(&format!("- [x] [[Ann]]: send it ^{id}"), day("2026-11-20"));
    assert_eq!((ticks.intents.len(), ticks.problems[0].code), (0, "tick-unknown"));
}

#[test]
fn a_line_waits_in_the_agenda_while_a_note_is_half_saved() {
    let ann = ANN.replace("type: person", "type: person\ncadence: weekly");
    let daily = ("2026-11-19.md", "- [ ] send it to [[Ann]] 📅 2026-11-19\n");
    for (saved, kind) in [("2026-11-19.md", "follow-up"), ("Ann.md", "contact")] {
        let folder = Folder::of(&[("Ann.md", &ann), daily]);
        let id = folder.asked(kind, day("2026-11-20"))[0].id.clone();
        let line = format!("- [x] [[Ann]] ^{id}");
        let text = fs::read_to_string(folder.path().join(saved)).unwrap();
        fs::write(folder.path().join(saved), "").unwrap();
        let ticks = folder.ticks(&line, day("2026-11-20"));
        assert_eq!((ticks.intents.len(), ticks.problems[0].code), (0, "tick-half-saved"), "{saved}");
        let answered = ticks.answered(&ticks.targets());
        assert_eq!((answered.kept.len(), answered.unplaced.len()), (1, 0), "{saved}");
        fs::write(folder.path().join(saved), text).unwrap();
        assert_eq!(folder.ticks(&line, day("2026-11-20")).intents.len(), 1, "{saved}");
    }
}

#[test]
fn a_line_of_an_older_agenda_is_found_by_its_name() {
    let ann = ANN.replace("type: person", "type: person\ncadence: weekly");
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    let old = folder.asked("contact", day("2026-11-08"))[0].id.clone();
    let text = fs::read_to_string(folder.path().join("People/Ann.md")).unwrap();
    fs::write(folder.path().join("People/Ann.md"), format!("{text}- 2026-11-15 call: by hand\n")).unwrap();
    assert_eq!(
        folder.answer(&format!("- [x] [[Ann]] ^{old} ✅ 2026-11-14"), day("2026-11-20")),
        ["People/Ann.md: 2026-11-14"]
    );
    for (line, code) in [
        ("- [x] [[Ann]] ^vs-00000001", Some("tick-unknown")),
        ("- [x] [[Nobody]] ^vs-00000001", Some("tick-unknown")),
        (&format!("- [>] 2026-11-19 [[Ann]] ^{old}"), None),
    ] {
        let found = folder.ticks(line, day("2026-11-20")).problems.first().map(|problem| problem.code);
        if let Some(code) = code {
            assert_eq!(found, Some(code), "{line}");
        }
    }
}

#[test]
fn a_day_that_has_passed_or_cannot_be_read_leaves_the_line_as_it_is() {
    let ann = ANN.replace("type: person", "type: person\ncadence: weekly");
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    let id = folder.asked("contact", day("2026-11-20"))[0].id.clone();
    for (words, code) in [
        ("", Some("tick-no-date")),
        ("someday", Some("tick-date-unread")),
        ("2026-11-19", Some("tick-date-past")),
        ("2026-11-20", None),
        ("2026-11-21", None),
    ] {
        let ticks = folder.ticks(&format!("- [>] {words} [[Ann]] ^{id}"), day("2026-11-20"));
        assert_eq!(ticks.problems.first().map(|problem| problem.code), code, "{words}");
        assert_eq!(ticks.intents.len(), usize::from(code.is_none()), "{words}");
        let answered = ticks.answered(&ticks.targets());
        assert_eq!((answered.kept.len(), answered.unplaced.len()), (1, 0), "{words}");
    }
}

#[test]
fn an_endorsement_is_used_left_out_or_put_off() {
    let line = "- 2026-06-01 email: a letter #got/endorsement [expires:: 2026-12-05]\n    - wrote back #thanked\n";
    let ann = format!("{ANN}{line}");
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 used the endorsement #skip/endorsement"]),
        ("[-]", &["People/Ann.md: 2026-11-20 #skip/endorsement"]),
        ("[>] 2026-11-30", &["People/Ann.md: 2026-11-20 #snooze/endorsement [until:: 2026-11-30]"]),
    ];
    check(&[("People/Ann.md", &ann)], "endorsement", "2026-11-20", cases);
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    let id = folder.asked("endorsement", day("2026-11-20"))[0].id.clone();
    folder.answer(&format!("- [x] [[Ann]] ^{id}\n  - read at the review"), day("2026-11-20"));
    let text = fs::read_to_string(folder.path().join("People/Ann.md")).unwrap();
    assert!(text.contains("read at the review #skip/endorsement"), "{text}");
    let index = folder.load().index;
    let last = index.people[0].last_contact(day("2026-11-20"));
    assert_eq!(last, Some(day("2026-11-01").0), "using an endorsement is no contact");
}

#[test]
fn an_endorsement_stands_under_its_last_day_once_it_is_announced() {
    let ann = format!("{ANN}- 2026-06-01 email: a letter #got/endorsement [expires:: 2026-12-20]\n");
    let folder = Folder::of(&[("People/Ann.md", &ann)]);
    for (today, section) in [
        ("2026-11-19", None),
        ("2026-11-20", Some(Section::Later)),
        ("2026-12-13", Some(Section::Week)),
        ("2026-12-19", Some(Section::Week)),
        ("2026-12-20", Some(Section::Today)),
        ("2026-12-21", None),
    ] {
        let asked = folder.asked("endorsement", day(today));
        assert_eq!(asked.first().map(|item| item.section), section, "{today}");
        assert!(asked.iter().all(|item| item.date == day("2026-12-20").0 && item.late_days == 0), "{today}");
    }
}

/// Two people of whom one offers what the other needs.
fn fitting() -> Folder {
    let needy = "---\nneeds:\n  - cold store stocktaking\n---\n## Log\n- 2026-11-01 call: hello\n";
    let giving = "---\noffers:\n  - cold store stocktaking\n---\n## Log\n- 2026-11-01 call: hello\n";
    Folder::of(&[("People/Ann.md", needy), ("People/Bob.md", giving)])
}

fn suggested(folder: &Folder, today: Today) -> Vec<String> {
    folder.load().network(today).introductions.suggested.into_iter().map(|pair| pair.id).collect()
}

#[test]
fn a_suggested_introduction_is_made_declined_for_good_or_put_off() {
    let today = day("2026-11-20");
    for (check, lines, left_tomorrow, left_later) in [
        ("[x]", vec!["introduced to [[Bob]] #gave/intro", "introduced to [[Ann]] #gave/intro"], 0, 0),
        ("[-]", vec!["not to be introduced to [[Bob]] #skip/introduction"], 0, 0),
        ("[>] 2026-12-01", vec!["to be introduced to [[Bob]] later #snooze/introduction [until:: 2026-12-01]"], 0, 1),
    ] {
        let folder = fitting();
        let id = suggested(&folder, today).remove(0);
        let said = folder.answer(&format!("- {check} [[Bob]] and [[Ann]]: Ann needs it ^{id}"), today).join("\n");
        for line in &lines {
            assert!(said.contains(line), "{check}: {said}");
        }
        assert_eq!(suggested(&folder, today), Vec::<String>::new(), "{check}");
        assert_eq!(suggested(&folder, day("2026-11-21")).len(), left_tomorrow, "{check}");
        assert_eq!(suggested(&folder, day("2026-12-02")).len(), left_later, "{check}");
        assert_eq!(folder.load().network(today).introductions.made.len(), usize::from(check == "[x]"));
        // A second device that still has the line asks for nothing more.
        assert!(folder.ticks(&format!("- {check} [[Bob]] and [[Ann]]: Ann needs it ^{id}"), today).intents.is_empty());
    }
}

#[test]
fn a_promised_introduction_that_is_ticked_is_credited_to_both_and_told_once() {
    let folder = fitting();
    fs::write(
        folder.path().join("2026-11-03.md"),
        "- [ ] bring [[Ann]] and [[Bob]] together #gave/intro 📅 2026-11-18\n",
    )
    .unwrap();
    let today = day("2026-11-20");
    assert_eq!(suggested(&folder, today), Vec::<String>::new());
    let id = folder.asked("introduction", today)[0].id.clone();
    let said = folder.answer(&format!("- [x] [[Ann]]: bring them together ^{id}"), today).join("\n");
    assert!(said.contains("introduced to [[Bob]] #gave/intro"), "{said}");
    assert!(said.contains("introduced to [[Ann]] #gave/intro"), "{said}");
    assert_eq!(folder.asked("introduction", today).len(), 0);
    let diary = folder.path().join("2026-11-03.md");
    fs::write(&diary, fs::read_to_string(&diary).unwrap().replace("11-18", "11-18 ✅ 2026-11-20")).unwrap();
    assert_eq!(folder.load().network(today).introductions.made.len(), 1);
}

#[test]
fn a_part_of_an_affair_is_ticked_where_it_stands() {
    let folder = fitting();
    let note = "---\naffair: new store\npeople: \"[[Ann]]\"\nasked: 2026-10-01\n---\n- [ ] someone for cold store stocktaking\n    - [ ] call them\n";
    fs::write(folder.path().join("Store.md"), note).unwrap();
    let today = day("2026-11-20");
    let asked = folder.asked("affair", today);
    assert_eq!(asked.len(), 1);
    let json = serde_json::to_value(&asked[0]).unwrap();
    assert_eq!(json["reason"]["affair"]["title"], "new store");
    assert_eq!(json["reason"]["affair"]["ask"][0]["offered_by"]["person"], "Bob");
    assert_eq!(json["reason"]["affair"]["waited_days"], serde_json::Value::Null);
    folder.answer(&format!("- [x] [[Ann]]: new store ^{}", asked[0].id), today);
    let next = folder.asked("affair", today);
    assert_eq!(next.len(), 1);
    let json = serde_json::to_value(&next[0]).unwrap();
    assert_eq!((&json["reason"]["text"], &json["reason"]["affair"]["waited_days"]), (&"call them".into(), &50.into()));
}

#[test]
fn the_steps_around_a_meeting_are_done_left_out_or_put_off_and_none_of_it_puts_off_a_contact() {
    let ann = "---\ntype: person\nrelationship: career-mentor\ncadence: weekly\n---\n\n## Log\n\n- 2026-11-12 lunch: talked\n";
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 sent the summary and thanks #summary #thanked"]),
        ("[-]", &["People/Ann.md: 2026-11-20 #skip/summary"]),
        ("[>] 2026-11-23", &["People/Ann.md: 2026-11-20 #snooze/summary [until:: 2026-11-23]"]),
    ];
    check(&[("People/Ann.md", ann)], "summary", "2026-11-20", cases);
    let ahead = "---\ntype: person\nrelationship: skill-mentor\n---\n\n## Log\n\n- 2026-11-21 meeting: next\n";
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["People/Ann.md: 2026-11-20 sent what I want to learn #prepared"]),
        ("[-]", &["People/Ann.md: 2026-11-20 #skip/prepare"]),
        ("[>] 2026-11-21", &["People/Ann.md: 2026-11-20 #snooze/prepare [until:: 2026-11-21]"]),
    ];
    check(&[("People/Ann.md", ahead)], "prepare", "2026-11-20", cases);
    let folder = Folder::of(&[("People/Ann.md", ann)]);
    let asked = folder.asked("summary", day("2026-11-20"));
    folder.answer(&format!("- [-] [[Ann]] ^{}", asked[0].id), day("2026-11-20"));
    assert_eq!(folder.asked("contact", day("2026-11-20")).len(), 1, "a step that was left out skipped a contact");
}

#[test]
fn an_event_is_answered_in_the_owners_own_note() {
    let event = "---\ntype: event\ndate: 2026-11-19\nmet: [Bob]\n---\n";
    let me = "---\ntype: me\n---\n\n## Log\n";
    let cases: [(&str, &[&str]); 3] = [
        ("[x]", &["Me.md: 2026-11-20 noted who I met at 2026-11-19 Forum #summary"]),
        ("[-]", &["Me.md: 2026-11-20 #skip/summary"]),
        ("[>] 2026-11-23", &["Me.md: 2026-11-20 #snooze/summary [until:: 2026-11-23]"]),
    ];
    check(&[("Me.md", me), ("Events/2026-11-19 Forum.md", event)], "summary", "2026-11-20", cases);
}
