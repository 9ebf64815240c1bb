//! Shares of a year and voices of a topic.

use crate::index::information::{Nearness, Voices, informed, nearness, shares, topics};
use crate::index::options::YearStart;
use crate::index::record::Index;
use crate::index::support::{EntryBuilder, NoteBuilder, daily, day, indexed, line, log, person};
use crate::model::moves::{Move, MoveKind};
use crate::model::person::InfoPosition;
use crate::model::span::Span;
use crate::model::today::Today;

const TODAY: Today = Today(chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());

fn with(mut entry: EntryBuilder, detail: &str, topic: &str) -> EntryBuilder {
    let moved = |kind, detail: &str| Move { kind, detail: Some(detail.into()), span: Span::default() };
    entry.0.moves.push(moved(MoveKind::Got, detail));
    if !topic.is_empty() {
        entry.0.moves.push(moved(MoveKind::Topic, topic));
    }
    entry
}

fn told(path: &str, text: &str) -> NoteBuilder {
    person(path).entry(with(log("2026-06-30").text(text), "info/relayed", "平湖园区"))
}

fn voices(notes: impl IntoIterator<Item = NoteBuilder>) -> Vec<Voices> {
    let notes: Vec<_> = notes.into_iter().map(NoteBuilder::build).collect();
    topics(&indexed(notes), TODAY).into_iter().map(|topic| topic.voices).collect()
}

#[test]
fn two_tellers_are_independent_unless_the_line_of_one_names_the_other() {
    let other = |note: NoteBuilder| voices([told("罗晋.md", "推迟了"), note]);
    assert_eq!(other(told("孟繁星.md", "取消了")), [Voices::Independent]);
    assert_eq!(other(told("孟繁星.md", "听罗晋说取消了")), [Voices::Quoting]);
    let linked = with(log("2026-07-08").text("听说取消了").link("罗晋"), "info/relayed", "平湖园区");
    assert_eq!(other(person("孟繁星.md").entry(linked)), [Voices::Quoting]);
    assert_eq!(other(person("孟繁星.md")), [Voices::Single]);
}

#[test]
fn a_third_voice_makes_two_even_where_two_quote_each_other() {
    let quoting = [told("罗晋.md", "推迟了"), told("孟繁星.md", "听罗晋说取消了")];
    assert_eq!(voices(quoting.into_iter().chain([told("林小满.md", "没有动工")])), [Voices::Independent]);
    let all = [told("罗晋.md", "推迟了"), told("孟繁星.md", "罗晋说的"), told("林小满.md", "孟繁星说的")];
    assert_eq!(voices(all), [Voices::Quoting]);
}

#[test]
fn two_people_on_one_line_are_one_voice() {
    let both = with(line("2026-06-30").link("A").link("B").text("延期"), "info/relayed", "x");
    assert_eq!(voices([person("A.md"), person("B.md"), daily("2026-06-30.md").entry(both)]), [Voices::Quoting]);
}

#[test]
fn one_teller_is_single_however_often_unless_the_source() {
    let twice = told("罗晋.md", "推迟了").entry(with(log("2026-07-01").text("还是推迟"), "info/relayed", "平湖园区"));
    assert_eq!(voices([twice]), [Voices::Single]);
    let source = person("李娜.md").entry(with(log("2026-07-01"), "info/source", "平湖园区"));
    assert_eq!(voices([source]), [Voices::Source]);
    let ahead = person("李娜.md").entry(with(log("2026-11-21"), "info/source", "平湖园区"));
    assert_eq!(voices([ahead]), []);
}

#[test]
fn topics_are_one_however_they_are_cased_and_others_are_apart() {
    let of = |topic: &str| person("A.md").entry(with(log("2026-07-01"), "info/relayed", topic));
    let another = |topic: &str| person("B.md").entry(with(log("2026-07-02"), "info/relayed", topic));
    assert_eq!(voices([of("Johor"), another("johor")]), [Voices::Independent]);
    assert_eq!(voices([of("Johor"), another("Penang")]).len(), 2);
    assert_eq!(voices([of("")]), []);
}

#[test]
fn an_unmarked_item_is_as_near_as_the_note_of_its_teller_says() {
    let near = |detail: &str, position: Option<InfoPosition>| {
        let note = person("A.md").with(|person| person.info_position = position);
        let index = indexed([note.entry(with(log("2026-07-01"), detail, "")).build()]);
        informed(&index, TODAY).map(|fact| nearness(&index, fact)).next()
    };
    assert_eq!(near("info", None), Some(Nearness::Unsaid));
    assert_eq!(near("info", Some(InfoPosition::Source)), Some(Nearness::Source));
    assert_eq!(near("info", Some(InfoPosition::Relayed)), Some(Nearness::Relayed));
    assert_eq!(near("info/relayed", Some(InfoPosition::Source)), Some(Nearness::Relayed));
    assert_eq!(near("view", None), None);
}

fn vault(items: &[(&str, &str)]) -> Index {
    let note = items.iter().fold(person("A.md"), |note, (date, detail)| note.entry(with(log(date), detail, "")));
    indexed([note.build()])
}

#[test]
fn a_year_is_mostly_relayed_from_three_items_on_when_they_outnumber_the_source() {
    let (relayed, source) = ("info/relayed", "info/source");
    let mostly = |details: &[&str]| {
        let items: Vec<_> = details.iter().map(|detail| ("2026-05-01", *detail)).collect();
        shares(&vault(&items), YearStart { month: 1, day: 1 }, TODAY)[&2026].is_mostly_relayed()
    };
    assert!(mostly(&[relayed, relayed, relayed]));
    assert!(!mostly(&[relayed, relayed]));
    assert!(mostly(&[relayed, relayed, relayed, source, source]));
    assert!(!mostly(&[relayed, relayed, relayed, source, source, source]));
}

#[test]
fn years_begin_when_the_settings_say() {
    let index = vault(&[("2026-03-31", "info/source"), ("2026-04-01", "info/source"), ("2026-11-21", "info/source")]);
    let years = |month| shares(&index, YearStart { month, day: 1 }, TODAY).into_iter().collect::<Vec<_>>();
    let told = |month| years(month).into_iter().map(|(year, share)| (year, share.source)).collect::<Vec<_>>();
    assert_eq!(told(4), [(2025, 1), (2026, 1)]);
    assert_eq!(told(1), [(2026, 2)]);
    assert_eq!(day("2026-11-20"), TODAY.0);
}
