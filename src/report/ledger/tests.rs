//! What the ledger tells of small vaults.

use crate::index::support::{at, daily, every, line, log, note, person, wiki};
use crate::model::cadence::Unit;
use crate::model::date::{SolarDay, YearlyDay};
use crate::model::moves::MoveKind;
use crate::model::note::{Note, NoteKind};
use crate::model::person::{Person, Status};
use crate::report::support::{days_ago, settings, today, vault};

use super::{Ledger, ledger};

fn of(notes: Vec<Note>) -> Ledger {
    ledger(&vault(notes), &settings(), today())
}

fn entry(ago: i64, text: &str, kind: MoveKind, leaf: &str) -> crate::index::support::EntryBuilder {
    log(&days_ago(ago).to_string()).text(text).with_move(kind, leaf)
}

#[test]
fn a_vault_without_moves_has_no_ledger() {
    assert!(of(vec![person("A.md").entry(log("2026-11-01")).build()]).is_empty());
    assert!(!of(vec![person("A.md").entry(entry(3, "改稿", MoveKind::Got, "help")).build()]).is_empty());
}

#[test]
fn thanks_stay_in_the_ledger_after_the_agenda_stops_asking() {
    let silent = |person: &mut crate::model::person::Person| person.status = Some(Status::LetGo);
    let helped = |path: &str| person(path).entry(entry(90, "改稿", MoveKind::Got, "help"));
    let thanked =
        helped("B.md").entry(log(&days_ago(89).to_string()).text("写信").channel("email").moved(MoveKind::Thanked));
    let report = of(vec![helped("A.md").build(), thanked.build(), helped("C.md").with(silent).build()]);
    let owed: Vec<_> = report.owed.iter().map(|owed| (owed.person.as_str(), owed.days)).collect();
    assert_eq!(owed, [("A", 90)]);
    let said = &report.thanked[0];
    assert_eq!((said.person.as_str(), said.thanks.channel.as_deref()), ("B", Some("email")));
    let older = helped("B.md").entry(log(&days_ago(91).to_string()).moved(MoveKind::Thanked));
    assert_eq!(of(vec![older.build()]).thanked, [], "thanks before the favour");
}

#[test]
fn thanks_name_the_manager_to_copy_in_where_a_note_does() {
    let helped = |change: fn(&mut Person)| person("A.md").with(change).entry(entry(3, "改稿", MoveKind::Got, "help"));
    let copied = |notes: Vec<Note>| {
        let manager = of(notes).owed.remove(0).owed.manager;
        manager.map(|manager| (manager.person, manager.path))
    };
    let named = |person: &mut Person| person.manager = Some(wiki("B"));
    let path = Some("B.md".to_owned());
    assert_eq!(copied(vec![helped(named).build(), person("B.md").build()]), Some(("B".into(), path)));
    assert_eq!(copied(vec![helped(named).build()]), Some(("B".into(), None)), "a manager without a note");
    assert_eq!(copied(vec![helped(|_| {}).build(), person("B.md").build()]), None, "nobody says who the manager is");
    let said = log(&days_ago(2).to_string()).text("写信").channel("email").moved(MoveKind::Thanked);
    let thanked = of(vec![helped(named).entry(said.copied_to("B")).build(), person("B.md").build()]).thanked.remove(0);
    let copied: Vec<_> = thanked.thanks.cc.iter().map(|one| one.person.as_str()).collect();
    assert_eq!((thanked.thanks.channel.as_deref(), copied), (Some("email"), vec!["B"]), "the way of thanks is kept");
}

#[test]
fn a_meal_is_fitting_for_a_large_favour_only() {
    for (favour, large) in [
        ("endorsement", true),
        ("opportunity", true),
        ("intro", true),
        ("help", false),
        ("info", false),
        ("feedback", false),
    ] {
        let owed = of(vec![person("A.md").entry(entry(3, "一件事", MoveKind::Got, favour)).build()]).owed;
        assert_eq!(owed[0].owed.is_large, large, "{favour}");
    }
    let small = entry(3, "改稿", MoveKind::Got, "help");
    let large = entry(2, "介绍了李四", MoveKind::Got, "intro");
    let both = of(vec![person("A.md").entry(small.clone()).entry(large.clone()).build()]).owed;
    assert!(both.len() == 1 && both[0].owed.is_large, "one of the favours is large");
    let thanked = log(&days_ago(2).to_string()).moved(MoveKind::Thanked);
    let later = entry(1, "又改稿", MoveKind::Got, "help");
    let left = of(vec![person("A.md").entry(large).entry(thanked).entry(later).build()]).owed;
    assert!(left.len() == 1 && !left[0].owed.is_large, "the large one was thanked for");
}

#[test]
fn the_year_tells_who_helped_from_its_first_day() {
    let on = |date: &str| log(date).text("改稿").with_move(MoveKind::Got, "help");
    let report = of(vec![
        person("A.md").entry(on("2025-12-31")).build(),
        person("B.md").entry(on("2026-01-01")).build(),
        person("C.md").entry(on("2026-11-20")).entry(on("2026-05-01")).entry(on("2026-11-21")).build(),
    ]);
    let helped: Vec<_> = report.helped.people.iter().map(|one| (one.person.as_str(), one.deeds.len())).collect();
    assert_eq!(helped, [("C", 2), ("B", 1)]);
}

#[test]
fn give_and_take_is_counted_by_kind_and_one_sided_ties_are_named() {
    let giver = (0..3).fold(person("A.md"), |note, ago| note.entry(entry(ago, "资料", MoveKind::Gave, "info/source")));
    let once = person("B.md").entry(entry(3, "资料", MoveKind::Gave, "info"));
    let both =
        person("C.md").entry(entry(3, "资料", MoveKind::Gave, "info")).entry(entry(5, "改稿", MoveKind::Got, "help"));
    let report = of(vec![giver.build(), once.build(), both.build()]);
    let rows: Vec<_> =
        report.balance.iter().map(|one| (one.person.as_str(), one.exchange.side, one.one_sided)).collect();
    assert_eq!(rows, [("A", "only-gave", true), ("B", "only-gave", false), ("C", "both", false)]);
    let gave = &report.balance[0].exchange.gave;
    assert_eq!((gave.times, gave.kinds[0].kind.as_str(), gave.kinds[0].times), (3, "info", 3));
    assert_eq!(gave.last.as_ref().map(|deed| deed.date), Some(days_ago(0)));
}

#[test]
fn a_gift_has_the_occasion_near_its_day_and_asks_for_a_return_until_one_is_given() {
    let born = |person: &mut crate::model::person::Person| {
        person.birthday = Some(at(YearlyDay::Solar(SolarDay { year: None, month: 5, day: 20 })));
    };
    let gift = |date: &str, kind| log(date).text("一盒茶").with_move(kind, "gift");
    let of_gift = |date: &str| of(vec![person("A.md").with(born).entry(gift(date, MoveKind::Got)).build()]);
    // Mid-Autumn of 2026 is 25 September.
    for (date, occasion) in [
        ("2026-05-12", None),
        ("2026-05-13", Some("birthday")),
        ("2026-05-23", Some("birthday")),
        ("2026-05-24", None),
        ("2026-09-14", None),
        ("2026-09-15", Some("mid-autumn")),
        ("2026-09-28", Some("mid-autumn")),
        ("2026-09-29", None),
    ] {
        assert_eq!(of_gift(date).gifts[0].occasion, occasion, "{date}");
    }
    let report = of_gift("2026-09-25");
    let back = &report.to_return[0];
    assert_eq!((back.date.unwrap().to_string().as_str(), back.occasion), ("2027-01-01", Some("new-year")));
    let returned = |date: &str| {
        let note = person("A.md").entry(gift("2026-09-25", MoveKind::Got)).entry(gift(date, MoveKind::Gave));
        of(vec![note.build()]).to_return.len()
    };
    assert_eq!([returned("2026-09-24"), returned("2026-09-25"), returned("2026-09-26")], [1, 0, 0]);
}

#[test]
fn sharing_is_told_month_by_month_with_the_next_day() {
    let habit = |person: &mut crate::model::person::Person| person.share = Some(at(every(1, Unit::Month)));
    let shared = |date: &str| {
        let told = line(date).text("内部分享").with_move(MoveKind::Gave, "share");
        daily(&format!("{date}.md")).entry(told).build()
    };
    let owner = note("我.md", NoteKind::Owner).with(habit).build();
    let sharing = of(vec![owner, shared("2026-08-03"), shared("2026-10-21"), shared("2026-11-21")]).sharing.unwrap();
    let months: Vec<_> = sharing.months.iter().map(|month| (month.month.to_string(), month.times)).collect();
    let months: Vec<_> = months.iter().map(|(month, times)| (month.as_str(), *times)).collect();
    assert_eq!(months, [("2026-08-01", 1), ("2026-09-01", 0), ("2026-10-01", 1), ("2026-11-01", 0)]);
    assert_eq!(sharing.due.map(|due| due.to_string()).as_deref(), Some("2026-11-21"));
    assert_eq!(of(vec![note("我.md", NoteKind::Owner).build()]).sharing, None);
}
