//! Every shape of the log in a person note.

use super::support::{brief, briefs, read};
use crate::model::entry::{DatedBy, Setting};
use crate::model::moves::{MoveFieldKind, MoveKind};
use crate::model::note::NoteKind::{Other, Owner, Person};
use crate::model::task::TaskState;

#[test]
fn every_shape_of_the_log_is_read() {
    for (text, expected) in [
        ("- 2026-01-01: 文", "2026-01-01 LogItem - 文"),
        ("- 2026-01-01：文", "2026-01-01 LogItem - 文"),
        ("- 2026-01-01 14:32 文", "2026-01-01 14:32 LogItem - 文"),
        ("- 2026-01-01 | 通话 | 文", "2026-01-01 LogItem call 文"),
        ("- 2026-01-01 - 文", "2026-01-01 LogItem - 文"),
        ("- 2026-01-01 – 文", "2026-01-01 LogItem - 文"),
        ("- 2026-01-01 — 文", "2026-01-01 LogItem - 文"),
        ("- 2026-01-01, 文", "2026-01-01 LogItem - 文"),
        ("- 2026-01-01 文", "2026-01-01 LogItem - 文"),
        ("* 2026-01-01 通话：谈了新项目 #获得/引荐", "2026-01-01 LogItem call 谈了新项目"),
        ("+ 2026-01-01 call: new project", "2026-01-01 LogItem call new project"),
        ("1. 2026-01-01 lunch", "2026-01-01 LogItem lunch"),
        ("1) 2026-01-01 phone call: hi", "2026-01-01 LogItem call hi"),
        ("- **2026-01-01** 午餐：好吃", "2026-01-01 LogItem lunch 好吃"),
        ("- **2026-01-01:** x", "2026-01-01 LogItem - x"),
        ("- [[2026-01-01]] met Bob", "2026-01-01 LogItem met Bob"),
        ("- [[Daily/2026-01-01|New Year]] 14:30 x", "2026-01-01 14:30 LogItem - x"),
        ("- [2026-01-01](Daily/2026-01-01.md) x", "2026-01-01 LogItem - x"),
        ("- 2026-01-01", "2026-01-01 LogItem -"),
        ("- x\n    - 2026-01-01 nested in an undated item", "2026-01-01 LogItem - nested in an undated item"),
        ("### 2026-07-11 - Email", "2026-07-11 DatedHeading email"),
        ("## 2022-02-15\ncall: about x\n\nmore", "2022-02-15 DatedHeading call about x"),
        ("## 2022-02-15\n- about x", "2022-02-15 DatedHeading - about x"),
        ("### [[2022-09-29 Thu]]", "2022-09-29 DatedHeading -"),
        ("## Log\n\n| Date | Type | Notes |\n|-|-|-|\n| 2026-01-01 | Email | hi |", "2026-01-01 TableRow email hi"),
        (
            "## 互动记录（流水）\n\n| 方式 | 日期 | 内容 |\n|-|-|-|\n| 走路 | 2026-01-01 | 文 |",
            "2026-01-01 TableRow - 走路 文",
        ),
        ("- [[2026-08-17]]", "2026-08-17 LinkDate -"),
        ("Had tea on [[2026-08-17]] with him", "2026-08-17 LinkDate - Had tea on 2026-08-17 with him"),
        ("### Call on [[2026-08-17]]\ntext", "2026-08-17 LinkDate call on 2026-08-17"),
        ("IN:: 2026-01-01", "2026-01-01 InlineField -"),
        ("- IN:: 2026-01-01 lunch: soup", "2026-01-01 InlineField lunch soup"),
        ("- tea [date:: 2026-01-01]", "2026-01-01 InlineField - tea"),
        ("tea (日期:: [[2026-01-01]]) again", "2026-01-01 InlineField - tea again"),
    ] {
        assert_eq!(briefs(&read(Person, text)), [expected], "{text}");
    }
}

#[test]
fn what_only_looks_like_the_log_is_not_read() {
    for text in [
        "2026-01-01: not in a list",
        "- about 2026-01-01",
        "- 2026-01 month",
        "- [[2026-08-17 Kickoff]]",
        "- [for:: [[2026-08-17]]]",
        "see `[[2026-08-17]]` and ![[2026-08-17]]",
        "```\n- 2026-01-01 x\n```",
        "    - 2026-01-01 indented code",
        "<!-- \n- 2026-01-01 x\n-->",
        "| Date | Notes |\n|-|-|\n| 2026-01-01 | outside the log |",
        "## Log\n# Next\n\n| Date | Notes |\n|-|-|\n| 2026-01-01 | after the log |",
        "birthday:: 1990-01-01",
        "### Call of 2026-01-01",
    ] {
        assert_eq!(briefs(&read(Person, text)), [""; 0], "{text}");
    }
}

#[test]
fn channels_are_the_first_word_only() {
    for (text, channel, words) in [
        ("- 2026-01-01 见面 x", Some("met"), "x"),
        ("- 2026-01-01 电话：x", Some("call"), "x"),
        ("- 2026-01-01 微信", Some("message"), ""),
        ("- 2026-01-01 **Video**: x", Some("video"), "x"),
        ("- 2026-01-01 晚餐（和老李）", Some("dinner"), "（和老李）"),
        ("- 2026-01-01 微信聊了", None, "微信聊了"),
        ("- 2026-01-01 a call", None, "a call"),
        ("- 2026-01-01 caller: x", None, "caller: x"),
    ] {
        let body = read(Person, text);
        let found = body.entries.first().map(|entry| (entry.channel, entry.text.as_ref()));
        assert_eq!(found, Some((channel, words)), "{text}");
    }
}

#[test]
fn an_impossible_date_is_reported_and_not_read() {
    for (text, written) in [("- 2026-02-30 x", "2026-02-30"), ("- **2026-13-45:** x", "2026-13-45:**")] {
        let body = read(Person, text);
        assert_eq!(body.entries, []);
        let found: Vec<_> = body.findings.iter().map(|(span, f)| (f.code, text.get(span.range()))).collect();
        assert_eq!(found, [("date-no-such-day", Some(written))]);
    }
    assert_eq!(read(Person, "- 1.2.3 is a version\n- 2026 too").findings, []);
}

#[test]
fn items_below_an_entry_belong_to_it() {
    let text = "- 2026-01-02 first line\n  second line [[A]]\n  - one #已谢 [cc:: [[B]]]\n    - deeper [[C]]\n\n  further words\n- 2026-01-03 next\n";
    let body = read(Person, text);
    assert_eq!(briefs(&body), ["2026-01-02 LogItem - first line second line A", "2026-01-03 LogItem - next"]);
    let entry = &body.entries[0];
    assert_eq!(text.get(entry.span.range()), Some("- 2026-01-02 first line\n  second line [[A]]"));
    assert_eq!(entry.line, 1);
    let nested: Vec<_> = entry.nested.iter().map(|item| (item.line, item.text.as_ref())).collect();
    assert_eq!(nested, [(3, "one"), (4, "deeper C"), (6, "further words")]);
    assert_eq!(entry.nested[0].moves[0].kind, MoveKind::Thanked);
    assert_eq!(entry.nested[0].fields[0].kind, MoveFieldKind::Cc);
    assert_eq!(text.get(entry.nested[0].span.range()), Some("- one #已谢 [cc:: [[B]]]"));
}

#[test]
fn a_dated_item_inside_a_dated_body_is_its_own_entry() {
    let text = "## 2026-01-01 lunch\nwith [[A]]\n\n- told me\n- 2026-01-05 later\n\n### 2026-01-07 again\nx\n### Notes\nfor the inner one no more\n## Other\n- [[2026-02-02]]\n";
    let body = read(Person, text);
    let expected = [
        "2026-01-01 DatedHeading lunch with A",
        "2026-01-05 LogItem - later",
        "2026-01-07 DatedHeading - again",
        "2026-02-02 LinkDate -",
    ];
    assert_eq!(briefs(&body), expected);
    let below: Vec<_> = body.entries[0].nested.iter().map(|item| (item.line, item.links.len())).collect();
    assert_eq!(below, [(2, 1), (4, 0)]);
    assert!(body.entries[0].links.is_empty());
}

#[test]
fn a_link_to_a_day_below_an_entry_is_no_second_entry() {
    let body = read(Person, "- 2026-01-01 next on [[2026-02-01]]\n  - or [[2026-03-01]]\n");
    assert_eq!(briefs(&body), ["2026-01-01 LogItem - next on 2026-02-01"]);
}

#[test]
fn each_linked_day_of_a_line_is_an_entry() {
    let body = read(Person, "seen [[2026-01-01]] and [[2026-01-02]] #thanked");
    let dates: Vec<_> = body.entries.iter().map(|entry| entry.date.to_string()).collect();
    assert_eq!(dates, ["2026-01-01", "2026-01-02"]);
    assert_eq!(body.entries.iter().map(|entry| entry.moves.len()).sum::<usize>(), 1);
}

#[test]
fn a_ticked_task_takes_its_done_date_first() {
    for (text, date, dated_by, state) in [
        ("- [x] 2026-03-01 x ✅ 2026-03-02", "2026-03-02", DatedBy::DoneDate, TaskState::Done),
        ("- [X] 2026-03-01 x", "2026-03-01", DatedBy::Line, TaskState::Done),
        ("- [x] x [completion:: 2026-03-02]", "2026-03-02", DatedBy::DoneDate, TaskState::Done),
        ("- [ ] 2026-03-01 x ✅ 2026-03-02", "2026-03-01", DatedBy::Line, TaskState::Open),
        ("- [/] 2026-03-01 x", "2026-03-01", DatedBy::Line, TaskState::Open),
        ("- [-] 2026-03-01 x", "2026-03-01", DatedBy::Line, TaskState::Cancelled),
    ] {
        let body = read(Person, text);
        let found = body.entries.first().map(|e| (e.date.to_string(), e.dated_by, e.task, e.text.to_string()));
        assert_eq!(found, Some((date.to_owned(), dated_by, Some(state), "x".to_owned())), "{text}");
    }
    assert_eq!(read(Person, "- [ ] x 📅 2026-03-02").entries, []);
    assert_eq!(read(Person, "- [x] undated").entries, []);
}

#[test]
fn an_open_promise_below_an_entry_speaks_for_itself() {
    let body = read(Person, "- 2026-01-01 met\n  - [ ] introduce #gave/intro\n  - [ ] without a move\n");
    assert_eq!(briefs(&body), ["2026-01-01 LogItem met", "2026-01-01 Line - introduce"]);
    assert_eq!(body.entries[1].task, Some(TaskState::Open));
    assert!(body.entries[0].moves.is_empty());
    assert_eq!(body.entries[0].nested.len(), 1);
}

#[test]
fn moves_and_their_fields_are_read_in_both_languages() {
    for (tag, kind, detail) in [
        ("#gave/intro", MoveKind::Gave, Some("intro")),
        ("#输出/引荐", MoveKind::Gave, Some("intro")),
        ("#Got/Info/Source", MoveKind::Got, Some("info/source")),
        ("#获得/信息/源头", MoveKind::Got, Some("info/source")),
        ("#thanked", MoveKind::Thanked, None),
        ("#合作", MoveKind::Cooperated, None),
        ("#skip", MoveKind::Skip, None),
        ("#暂缓", MoveKind::Snooze, None),
        ("#观察/言谈", MoveKind::Observed, Some("manner")),
        ("#work", MoveKind::Work, None),
        ("#学到", MoveKind::Learned, None),
        ("#mistake", MoveKind::Mistake, None),
        ("#疑问", MoveKind::Question, None),
        ("#captured", MoveKind::Captured, None),
    ] {
        let text = format!("- 2026-01-01 x {tag} y");
        let body = read(Person, &text);
        let found = body.entries.first().map(|entry| {
            let moves: Vec<_> = entry.moves.iter().map(|m| (m.kind, m.detail.as_deref())).collect();
            let spans: Vec<_> = entry.moves.iter().map(|m| text.get(m.span.range())).collect();
            (moves, spans, entry.text.to_string())
        });
        assert_eq!(found, Some((vec![(kind, detail)], vec![Some(tag)], "x y".to_owned())), "{tag}");
    }
    for (field, kind, links, date) in [
        ("[for:: [[A]]]", MoveFieldKind::For, 1, None),
        ("(给:: [[A]], [[B]])", MoveFieldKind::For, 2, None),
        ("[until:: 2026-12-01]", MoveFieldKind::Until, 0, Some("2026-12-01")),
        ("[expires:: [[2026-12-01]]]", MoveFieldKind::Expires, 1, Some("2026-12-01")),
        ("[抄送：： [[A]]]", MoveFieldKind::Cc, 1, None),
    ] {
        let text = format!("- 2026-01-01 x {field} y");
        let body = read(Person, &text);
        let found = body.entries.first().and_then(|entry| entry.fields.first());
        let found = found.map(|f| (f.kind, f.links.len(), f.date.map(|d| d.to_string()), text.get(f.span.range())));
        assert_eq!(found, Some((kind, links, date.map(str::to_owned), Some(field))), "{field}");
    }
}

#[test]
fn text_is_words_without_marks() {
    for (text, words) in [
        ("**bold** and *soft* and ==light==", "bold and soft and light"),
        ("a == b", "a == b"),
        ("`code` here", "code here"),
        ("[[dir/张三|老张]] and [[dir/张三]] and [李四](dir/l.md)", "老张 and 张三 and 李四"),
        ("[site](https://example.org) ![[p.png]] ![](q.png)", "site"),
        ("a &amp; b \\#c", "a & b #c"),
        ("x %% hidden %% y <!-- hidden --> z", "x y z"),
        ("x   y\tz ^abc-1", "x y z"),
        ("x #tag y [k:: v] z", "x y z"),
    ] {
        assert_eq!(
            brief(&read(Person, &format!("- 2026-01-01 {text}")).entries[0]),
            format!("2026-01-01 LogItem - {words}")
        );
    }
}

#[test]
fn an_entry_in_a_quote_or_comment_says_so() {
    for (text, setting) in [
        ("- 2026-01-01 x", Setting::Plain),
        ("> - 2026-01-01 x", Setting::Quote),
        ("> [!note]\n> ### 2026-01-01\n", Setting::Quote),
        ("- ~~2026-01-01 x~~", Setting::Struck),
        ("%%\n- 2026-01-01 x\n%%", Setting::Comment),
        ("%% - %%\n\n- 2026-01-01 x", Setting::Plain),
    ] {
        let body = read(Person, text);
        let found: Vec<_> = body.entries.iter().map(|entry| entry.setting).collect();
        let expected = if text.contains("###") { vec![] } else { vec![setting] };
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn the_owner_note_is_read_like_a_person_and_another_note_is_not() {
    assert_eq!(briefs(&read(Owner, "- 2026-01-01 x")).len(), 1);
    assert_eq!(read(Other, "- 2026-01-01 x").entries, []);
}

#[test]
fn who_is_named_in_the_body_of_a_dated_heading_is_named_on_the_line_of_the_link() {
    let text = "## 2026-11-01 lunch with [[A]]\n\nTalk\nabout [[B]] and [[C]]\nlonger\n[[D]]\n\n### More [[E]] #已谢\n\n- [[F]]\n";
    let body = read(Person, text);
    assert_eq!(briefs(&body), ["2026-11-01 DatedHeading lunch with A"]);
    assert_eq!(body.entries[0].links.len(), 1);
    let below: Vec<_> = body.entries[0]
        .nested
        .iter()
        .map(|item| (item.line, item.text.as_ref(), item.links.len(), &text[item.span.range()]))
        .collect();
    assert_eq!(
        below,
        [
            (4, "about B and C", 2, "about [[B]] and [[C]]"),
            (6, "D", 1, "[[D]]"),
            (8, "More E", 1, "More [[E]] #已谢"),
            (10, "F", 1, "- [[F]]"),
        ]
    );
    assert_eq!(body.entries[0].moves.len(), 1);
}
