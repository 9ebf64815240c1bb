//! Every form of an answered line beside its opposite, and any text at all.

use crate::model::item_id::ItemId;
use crate::model::obsidian::TasksSettings;
use crate::vocabulary::time::TimeWords;

use super::{Mark, Tick, TickContext, ticks};

const ID: &str = "^vs-1a2b3c4d";

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// Reads an agenda on Friday, 20 November 2026, on which the program wrote `ours`.
fn read_with(text: &str, ours: &[&str]) -> Vec<Tick> {
    let (time, tasks) = (TimeWords::built_in(), TasksSettings::default());
    let key = |line: &str| line.split_whitespace().collect::<Vec<_>>().concat();
    let is_ours = |line: &str| ours.iter().any(|known| key(known) == key(line));
    ticks(text, &TickContext { today: day("2026-11-20"), time: &time, tasks: &tasks, is_ours: &is_ours })
}

fn read(text: &str) -> Vec<Tick> {
    read_with(text, &[])
}

fn mark(line: &str) -> Option<Mark> {
    read(line).pop().map(|tick| tick.mark)
}

fn put_off(date: &str) -> Option<Mark> {
    Some(Mark::PutOff(day(date)))
}

#[test]
fn every_form_of_a_box_is_read_beside_its_opposite() {
    let done = Some(Mark::Done(None));
    let on = |date: &str| Some(Mark::Done(Some(day(date))));
    for (line, expected) in [
        (format!("- [x] [[张三]]：到期 {ID}"), done.clone()),
        (format!("- [X] [[张三]]：到期 {ID}\r\n"), done.clone()),
        (format!("> - [x] [[张三]] {ID}"), done.clone()),
        (format!("> > - [x] [[张三]] {ID}"), done.clone()),
        (format!("* [x] A {ID}"), done.clone()),
        (format!("+ [x] A {ID}"), done.clone()),
        (format!("1. [x] A {ID}"), done.clone()),
        (format!("\t\t- [x] A {ID}"), done.clone()),
        (format!("        - [x] A {ID}"), done.clone()),
        (format!("-\t[x]\tA {ID}"), done.clone()),
        (format!("- [x] {ID} A"), done.clone()),
        (format!("- [x] A {ID} ✅ 2026-11-18"), on("2026-11-18")),
        (format!("- [x] A ✅ 2026-11-18 {ID}"), on("2026-11-18")),
        (format!("- [x] A ✅\u{fe0f} 2026-11-18 {ID}"), on("2026-11-18")),
        (format!("- [x] A [completion:: 2026-11-18] {ID}"), on("2026-11-18")),
        (format!("- [x] A {ID} (completion:: 2026-11-18)"), on("2026-11-18")),
        (format!("- [x] A {ID} ✅ 2026-11-21"), done.clone()),
        (format!("- [x] A {ID} ✅ soon"), done.clone()),
        (format!("- [-] A {ID}"), Some(Mark::Skip)),
        (format!("- [ ] A {ID}"), None),
        (format!("- [/] A {ID}"), None),
        (format!("- [] A {ID}"), None),
        (format!("- A {ID}"), None),
        (format!("- [x](y) A {ID}"), None),
        (format!("[x] A {ID}"), None),
        ("- [x] A ^vs-1a2b3c4".into(), None),
        ("- [x] A ^note".into(), None),
        ("- [x] A".into(), None),
    ] {
        assert_eq!(mark(&line), expected, "{line:?}");
    }
}

#[test]
fn a_day_to_put_off_to_is_read_wherever_it_stands() {
    for (line, expected) in [
        (format!("- [>] 2026-12-01 [[张三]]：逾期 3 天 {ID}"), "2026-12-01"),
        (format!("- [>] next monday [[Bob]]: due {ID}"), "2026-11-23"),
        (format!("- [>] Monday [[Bob]]: due {ID}"), "2026-11-23"),
        (format!("- [>] friday [[Bob]]: due {ID}"), "2026-11-27"),
        (format!("- [>] 周一 [[张三]] {ID}"), "2026-11-23"),
        (format!("- [>] 下周一 [[张三]] {ID}"), "2026-11-23"),
        (format!("- [>] 下周一[[张三]] {ID}"), "2026-11-23"),
        (format!("- [>] 下周 [[张三]] {ID}"), "2026-11-23"),
        (format!("- [>] next month [[Bob]] {ID}"), "2026-12-01"),
        (format!("- [>]暂缓到12月1日[[张三]]：逾期 {ID}"), "2026-12-01"),
        (format!("- [>] 改到 12-01 [[张三]] {ID}"), "2026-12-01"),
        (format!("- [>] 改到 01-05 [[张三]] {ID}"), "2027-01-05"),
        (format!("- [>] 改到 11-20 [[张三]] {ID}"), "2026-11-20"),
        (format!("- [>] 改到 11-19 [[张三]] {ID}"), "2027-11-19"),
        (format!("- [>] [[张三]]：逾期 改到 12-01 {ID}"), "2026-12-01"),
        (format!("- [>] [[张三]]：逾期 推迟到下周三 {ID}"), "2026-11-25"),
        (format!("- [>] [[Bob]]: 3 days late {ID} 2026-12-01"), "2026-12-01"),
        (format!("- [>] [[Bob]]: 3 days late {ID} until 1 Dec 2026"), "2026-12-01"),
        (format!("- [>] [[Bob]]: 3 days late 2026-12-01 {ID}"), "2026-12-01"),
        (format!("- [>] [[Bob]]: 3 days late snooze until tomorrow {ID}"), "2026-11-21"),
        (format!("- [>] in 2 weeks [[Bob]] {ID}"), "2026-12-04"),
        (format!("- [>] 两周后 [[张三]] {ID}"), "2026-12-04"),
        (format!("- [>] [[2026-12-01]] [[张三]] {ID}"), "2026-12-01"),
        (format!("- [>] 2026年12月1日 [[张三]] {ID}"), "2026-12-01"),
        (format!("- [>] [[张三]] {ID}\n  - snooze until 2026-12-01"), "2026-12-01"),
        (format!("- [>] [[张三]] {ID}\n  - 暂缓到下周一"), "2026-11-23"),
        (format!("- [>] [[张三]] {ID}\n  - 他出差了\n  - 12月1日"), "2026-12-01"),
        (format!("> - [>] 2026-12-01 [[张三]] {ID}"), "2026-12-01"),
        (format!("- [>] 2026-11-19 [[张三]] {ID}"), "2026-11-19"),
    ] {
        assert_eq!(mark(&line), put_off(expected), "{line:?}");
    }
}

#[test]
fn a_day_of_the_line_itself_is_none_to_put_off_to() {
    let ours = format!("- [ ] 明天：元旦，问候[[张三]]。上次约在 2026-12-05 {ID}");
    let put = |line: &str| read_with(line, &[&ours]).pop().map(|tick| tick.mark);
    let unread = |text: &str| Some(Mark::Unread(text.into()));
    assert_eq!(put(&ours.replace("[ ]", "[>]")), unread(""));
    assert_eq!(put(&ours.replace("[ ]", "[>] 2026-12-30")), put_off("2026-12-30"));
    assert_eq!(put(&ours.replace("[ ]", "[>]").replace(ID, &format!("改到 12-31 {ID}"))), put_off("2026-12-31"));
    assert_eq!(put(&ours.replace("[ ]", "[>]").replace(ID, &format!("{ID} 周一"))), put_off("2026-11-23"));
    assert_eq!(put(&(ours.replace("[ ]", "[>]") + "\n  - 下周一")), put_off("2026-11-23"));
}

#[test]
fn what_is_no_day_is_told_with_its_words() {
    for (line, words) in [
        (format!("- [>] [[张三]] {ID}"), ""),
        (format!("- [>] someday [[张三]] {ID}"), "someday"),
        (format!("- [>] 改到以后 [[张三]] {ID}"), "改到以后"),
        (format!("- [>] 2026-02-30 [[张三]] {ID}"), "2026-02-30"),
    ] {
        assert_eq!(mark(&line), Some(Mark::Unread(words.into())), "{line:?}");
    }
}

#[test]
fn what_stands_below_is_the_text_and_what_hangs_on_it() {
    for (below, text, nested) in [
        ("", None, vec![]),
        ("  - 午餐：聊了新项目 #获得/引荐", Some("午餐：聊了新项目 #获得/引荐"), vec![]),
        ("\t- call: new project", Some("call: new project"), vec![]),
        ("    聊了很久", Some("聊了很久"), vec![]),
        ("  - a\n  - b\n  - c", Some("a"), vec!["- b", "- c"]),
        ("  - a\n    - b\n      - c\n  - d", Some("a"), vec!["- b", "  - c", "- d"]),
        ("  * a\r\n  + b [for:: [[A]]]\r\n", Some("a"), vec!["- b [for:: [[A]]]"]),
        ("\n  - a\n\n  - b", Some("a"), vec!["- b"]),
        ("  - [ ] send it\n  - a", None, vec!["- [ ] send it", "- a"]),
        ("- a", None, vec![]),
        ("> - a", None, vec![]),
        ("## a\n  - b", None, vec![]),
    ] {
        let found = read(&format!("- [x] [[张三]] {ID}\n{below}\n")).pop().unwrap();
        assert_eq!(found.below.text(), text, "{below:?}");
        assert_eq!(found.below.nested(), nested, "{below:?}");
    }
    let quoted = read(&format!("> - [x] [[张三]] {ID}\n>   - a\n>\t- b\n> c")).pop().unwrap();
    assert_eq!((quoted.below.text(), quoted.below.nested()), (Some("a"), vec!["- b".to_owned()]));
}

#[test]
fn a_day_before_the_text_below_is_that_of_the_entry() {
    let found = read(&format!("- [x] A {ID}\n  - 2026-11-18 午餐：x\n")).pop().unwrap();
    assert_eq!((found.mark, found.below.text()), (Mark::Done(Some(day("2026-11-18"))), Some("午餐：x")));
    for (below, date, text) in [
        ("11月18日 午餐：x", Some("2026-11-18"), "午餐：x"),
        ("11月18号午餐：x", Some("2026-11-18"), "午餐：x"),
        ("十一月十八日，午餐：x", Some("2026-11-18"), "午餐：x"),
        ("11月20日 午餐", Some("2026-11-20"), "午餐"),
        ("11月21日 午餐", None, "11月21日 午餐"),
        ("2026-11-21 午餐", None, "2026-11-21 午餐"),
        ("2月30日 午餐", None, "2月30日 午餐"),
        ("节日快乐", None, "节日快乐"),
    ] {
        let found = read(&format!("- [x] A {ID}\n  - {below}\n")).pop().unwrap();
        let date = date.map(day);
        assert_eq!((found.told_on, found.mark, found.below.text()), (date, Mark::Done(date), Some(text)), "{below}");
    }
    // What somebody wrote goes before what a plugin added.
    let both = read(&format!("- [x] A {ID} ✅ 2026-11-20\n  - 2026-11-18 午餐：x\n")).pop().unwrap();
    assert_eq!((both.mark, both.below.text()), (Mark::Done(Some(day("2026-11-18"))), Some("午餐：x")));
    let ticked = read(&format!("- [x] A {ID} ✅ 2026-11-19\n  - 午餐：x\n")).pop().unwrap();
    assert_eq!((ticked.mark, ticked.below.text()), (Mark::Done(Some(day("2026-11-19"))), Some("午餐：x")));
}

#[test]
fn links_are_found_in_both_styles_and_the_words_are_kept() {
    let found =
        read(&format!("- [x] [[People/张三|老张]] and [Bob](<People/Bob B.md>), [x](People/%E5%BC%A0.md) {ID}"));
    let links: Vec<_> = found[0].links.iter().map(|link| &*link.target).collect();
    assert_eq!(links, ["People/张三", "People/Bob B.md", "People/张.md"]);
    assert!(found[0].words.starts_with("[[People/张三|老张]] and") && !found[0].words.contains('^'));
}

#[test]
fn a_line_that_stands_twice_is_one_answer() {
    let text = format!(
        "<<<<<<< HEAD\n- [x] [[A]] {ID}\n  - lunch\n=======\n- [-] [[A]] {ID}\n  - lunch\n  - tea\n>>>>>>> b\n- [ ] [[A]] {ID}\n- [x] [[B]] ^vs-00000001\n"
    );
    let found = read(&text);
    assert_eq!(found.iter().map(|tick| tick.id).collect::<Vec<_>>(), [ItemId(0x1a2b_3c4d), ItemId(1)]);
    assert_eq!((&found[0].mark, found[0].below.text()), (&Mark::Done(None), Some("lunch")));
    assert_eq!(found[0].below.nested(), ["- tea"]);
    assert_eq!(found[0].texts.len(), 2);
    let both = read(&format!("- [-] A {ID}\n- [>] 2026-12-01 A {ID}\n"));
    assert_eq!(both[0].mark, Mark::PutOff(day("2026-12-01")));
}

#[test]
fn a_line_before_an_unsolved_merge_has_what_stands_below_it_on_each_side() {
    let common = format!("- [x] [[A]] {ID}\n");
    let (ours, theirs) = ("  - lunch\n    - a\n      - yes\n", "  - lunch\n    - b\n");
    let both =
        format!("{common}<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> b\n    - late\n- [ ] [[B]] ^vs-00000001\n");
    let base = both.replace("=======", "||||||| base\n  - lunch\n=======");
    for (text, copies) in [(&both, 2), (&base, 3)] {
        let found = read(text).pop().unwrap();
        assert_eq!((found.below.text(), found.texts.len()), (Some("lunch"), copies), "{text}");
        assert_eq!(&text[found.place], common.trim_end());
        let nested = found.below.nested();
        assert_eq!(nested.iter().filter(|line| *line == "- late").count(), 1, "{nested:?}");
    }
    // The line itself on both sides, and one side only.
    let whole = format!("<<<<<<< HEAD\n{common}{ours}=======\n{common}{theirs}>>>>>>> b\n");
    assert_eq!(read(&whole).pop().unwrap().below.nested(), ["- a", "  - yes", "- b"]);
    let one = format!("<<<<<<< HEAD\n=======\n{common}{theirs}>>>>>>> b\n");
    assert_eq!(read(&one).pop().unwrap().below.nested(), ["- b"]);
    // A merge that somebody half took out, and a row of equal signs that is none.
    let half = format!("<<<<<<< HEAD\n{common}{ours}=======\n- [x] [[B]] ^vs-00000001\n");
    assert_eq!(read(&half).len(), 2);
    assert_eq!(read(&format!("title\n=======\n{common}{theirs}")).pop().unwrap().below.nested(), ["- b"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_places_lie_in_it(text in "(> ?)?[ \t]{0,3}[-*+>x\\[\\]a-c\u{4e00}-\u{4e05}0-9 ^:()vs\n\r-]{0,80}") {
        let text = format!("{text}- [>] 1{text} {ID}{text}\n{text}");
        for tick in read(&text) {
            proptest::prop_assert!(text.get(tick.place.clone()).is_some());
        }
    }
}
