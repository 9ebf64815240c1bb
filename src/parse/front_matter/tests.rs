//! The ladder from the outside: one table of what people write, then limits, spans and mutations.

use std::fmt::Write as _;

use super::tree::{Node, NodeKind, ScalarStyle};
use super::{FrontMatter, read_front_matter};
use crate::model::note::FrontMatterOutcome;

fn known(key: &str) -> bool {
    matches!(key, "姓名" | "公司" | "people" | "company" | "tags" | "aliases" | "dates" | "name")
}

fn read(block: &str) -> (String, FrontMatter) {
    let text = format!("---\n{block}---\nbody\n");
    let front = read_front_matter(&text, &known);
    (text, front)
}

/// One line per value: `key=text`, lists in `[]`, maps in `{}`, nothing as `~`.
fn show(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "~".into(),
        NodeKind::Scalar { text, .. } => text.to_string(),
        NodeKind::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" | ")),
        NodeKind::Map(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{}={}", key.text, show(value))).collect();
            format!("{{{}}}", entries.join(" | "))
        }
    }
}

fn show_all(front: &FrontMatter) -> String {
    let mut shown = String::new();
    for field in &front.fields {
        let _ = write!(shown, "{}={};", field.key, show(&field.value));
    }
    shown
}

/// Findings as `code@line`.
fn codes(text: &str, front: &FrontMatter) -> Vec<String> {
    let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
    front.findings.iter().map(|(span, finding)| format!("{}@{}", finding.code, line(span.start))).collect()
}

fn spans_of(node: &Node, spans: &mut Vec<crate::model::span::Span>) {
    spans.push(node.span);
    match &node.kind {
        NodeKind::Null | NodeKind::Scalar { .. } => {}
        NodeKind::List(items) => items.iter().for_each(|item| spans_of(item, spans)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                spans.push(key.span);
                spans_of(value, spans);
            }
        }
    }
}

fn assert_spans_lie_inside(text: &str, front: &FrontMatter) {
    let mut spans: Vec<_> = front.findings.iter().map(|(span, _)| *span).collect();
    spans.extend(front.block);
    spans.push(front.body);
    for field in &front.fields {
        spans.push(field.key_span);
        spans_of(&field.value, &mut spans);
    }
    for span in spans {
        assert!(span.lies_in(text), "{span:?} in {text:?}");
    }
}

#[test]
fn what_people_write_is_read_as_they_mean_it() {
    use FrontMatterOutcome::{Partial, Unread, Whole};
    let table: &[(&str, FrontMatterOutcome, &str, &[&str])] = &[
        // Raw text.
        ("phone: +8613800138000\nid: 007\nn: 1e3\n", Whole, "phone=+8613800138000;id=007;n=1e3;", &[]),
        ("card: 12345678901234567\n", Whole, "card=12345678901234567;", &[]),
        ("time: 12:00\ncountry: NO\nmet: 2026-02\n", Whole, "time=12:00;country=NO;met=2026-02;", &[]),
        ("生日: 1990-3-5\n", Whole, "生日=1990-3-5;", &[]),
        ("a: \"x: \\u4e00\"\nb: 'it''s'\n", Whole, "a=x: 一;b=it's;", &[]),
        ("\"EMAIL[HOME]\": a@b.c\n", Whole, "EMAIL[HOME]=a@b.c;", &[]),
        // Links.
        ("company: [[Acme]]\n", Whole, "company=[[Acme]];", &["link-not-quoted@2"]),
        ("company: [[Acme, Inc|A]]\n", Whole, "company=[[Acme, Inc|A]];", &["link-not-quoted@2"]),
        ("people:\n  - [[A]]\n  - \"[[B]]\"\n", Whole, "people=[[[A]] | [[B]]];", &["link-not-quoted@3"]),
        ("people: [[[A]], [[B]]]\n", Whole, "people=[[[A]] | [[B]]];", &["link-not-quoted@2", "link-not-quoted@2"]),
        ("people: [[A]], [[B]]\n", Partial, "people=[[[A]] | [[B]]];", &["several-links@2"]),
        ("a: 1\npeople:\n  [[A]]、[[B]]\n", Partial, "a=1;people=[[[A]] | [[B]]];", &["several-links@4"]),
        ("company: [[Acme]] (former)\n", Partial, "company=[[Acme]] (former);", &["raw-value@2"]),
        ("relations:\n- [[李雷]] 同事\n- b\n", Partial, "relations=[[[李雷]] 同事 | b];", &["raw-value@3"]),
        ("list: [[a, b], [c]]\n", Whole, "list=[[a | b] | [c]];", &[]),
        // Colons.
        ("姓名：张三\n", Partial, "姓名=张三;", &["full-width-colon@2"]),
        ("a: 1\n姓名：张三\n公司: B\n", Partial, "a=1;姓名=张三;公司=B;", &["full-width-colon@3"]),
        (
            "姓名：张三\ntags：[a, b]\nb: |\n  x\n公司：[[C]]\n",
            Partial,
            "姓名=张三;tags=[a | b];b=x;公司=[[C]];",
            &["full-width-colon@2", "full-width-colon@3", "full-width-colon@6", "link-not-quoted@6"],
        ),
        ("姓名：张三\n姓名: 李四\n", Partial, "姓名=李四;", &["full-width-colon@2", "duplicate-key@3"]),
        (
            "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n",
            Partial,
            "a=2;",
            &["unread-line@2", "unread-line@4", "duplicate-key@5", "unread-line@6"],
        ),
        ("姓名：\n  - 张三\n", Partial, "姓名=[张三];", &["full-width-colon@2"]),
        ("a: 1\n姓名：张三\n李四\n", Partial, "a=1;姓名=张三;", &["full-width-colon@3", "unread-line@4"]),
        ("姓名：张三: 李四\n", Partial, "姓名=张三: 李四;", &["full-width-colon@2", "raw-value@2"]),
        ("a: 1\n姓名:张三\n", Partial, "a=1;姓名=张三;", &["colon-without-blank@3"]),
        ("a: 1\n外号：张三\n", Partial, "a=1;", &["unread-line@3"]),
        // Comments and nothing.
        ("tags: #导师\n", Whole, "tags=~;", &["value-is-comment@2"]),
        ("tags: #a #b\n", Whole, "tags=~;", &["value-is-comment@2"]),
        ("tags: # a comment\nb:\n", Whole, "tags=~;b=~;", &[]),
        ("tags:\n  - #导师\n  - x\n", Whole, "tags=[x];", &["value-is-comment@3"]),
        ("tags: [#a, #b]\n", Partial, "tags=[#a | #b];", &["raw-value@2", "raw-value@2"]),
        ("a:\n  - x\n  - \n  - ~\n", Whole, "a=[x];", &[]),
        ("", Whole, "", &[]),
        ("# only a comment\n\n", Whole, "", &[]),
        // Lists.
        ("aliases: 老张\n- 张总\n- 张工\n", Partial, "aliases=[老张 | 张总 | 张工];", &["scalar-then-list@2"]),
        ("aliases: 老张\n  - 张总\n", Whole, "aliases=[老张 | 张总];", &["scalar-then-list@2"]),
        ("aliases: [a, b]\n  - c\n", Partial, "aliases=[a | b | c];", &["scalar-then-list@2"]),
        ("a:\n- @handle\n- b\n", Partial, "a=[@handle | b];", &["reserved-sign@3"]),
        ("a: @handle\nb: 1\n", Partial, "a=@handle;b=1;", &["reserved-sign@2"]),
        ("a:\n- x: 1\n  y: 2\n- @h\n", Partial, "a=[{x=1 | y=2} | @h];", &["reserved-sign@5"]),
        // Templates.
        ("created: {{date}}\n", Whole, "created={{date}};", &[]),
        ("created: {{date}} {{time}}\nb: 1\n", Partial, "created={{date}} {{time}};b=1;", &[]),
        ("created: <% tp.date.now() %>\n", Whole, "created=<% tp.date.now() %>;", &[]),
        // Nested.
        (
            "dates: [{date: 2026-05-20, label: 结婚}]\n",
            Whole,
            "dates=[{date=2026-05-20 | label=结婚}];",
            &["nested-value@2"],
        ),
        ("other: [{a: 1}]\n", Whole, "other=[{a=1}];", &[]),
        ("{\n  \"name\": \"A\",\n  \"n\": [1]\n}\n", Whole, "name=A;n=[1];", &["json-front-matter@2"]),
        // Blanks.
        ("name: 张三\u{a0}\nb: \u{3000}x\u{200b}\n", Whole, "name=张三;b=x;", &[]),
        ("\u{200b}name: x\nb: 1\n", Whole, "name=x;b=1;", &[]),
        ("name\u{a0}: \u{a0}\n", Whole, "name=~;", &[]),
        ("a: 1\nname:\u{a0}张三\n", Partial, "a=1;name=张三;", &["odd-blanks@3"]),
        ("tags:\n\t- a\n\t- b\n", Partial, "tags=[a | b];", &["odd-blanks@2"]),
        ("tags:\n\u{3000}- a\n", Partial, "tags=[a];", &["odd-blanks@2"]),
        ("a:\tb\n", Whole, "a=b;", &[]),
        ("tags: [\n  a,\n  b\n]\nb: 1\n", Whole, "tags=[a | b];b=1;", &["brackets-at-margin@5"]),
        // Text that leaves its indent.
        ("a: \"quoted\ntext\"\nb: 1\n", Partial, "a=quoted text;b=1;", &["text-at-margin@2"]),
        ("a: >\n  one\ntwo\nb: 1\n", Partial, "a=one two;b=1;", &["text-at-margin@3"]),
        ("a: |\none\ntwo\nb: 1\n", Partial, "a=one\ntwo;b=1;", &["text-at-margin@3"]),
        ("a: |\n  x\n\n# y\nz\nb: 1\n", Partial, "a=x\n\n# y\nz;b=1;", &["text-at-margin@3"]),
        ("notes:\none\ntwo\nb: 1\n", Partial, "notes=one two;b=1;", &["text-at-margin@3"]),
        ("a: 1990-03-05\n  x\nstray\nb: 1\n", Partial, "a=1990-03-05 x;b=1;", &["unread-line@4"]),
        ("a: @x\nstray\nb: 1\n", Partial, "a=@x;b=1;", &["reserved-sign@2", "unread-line@3"]),
        ("a: [x]\nstray\nb: 1\n", Partial, "a=[x];b=1;", &["unread-line@3"]),
        ("stray\na: 1\n", Partial, "a=1;", &["unread-line@2"]),
        // Twice.
        ("a: 1\nb: 2\na: 3\n", Whole, "b=2;a=3;", &["duplicate-key@4"]),
        ("a: 1\na: @x\n", Partial, "a=@x;", &["duplicate-key@3", "reserved-sign@3"]),
        ("m:\n  a: 1\n  a: 2\n", Whole, "m={a=2};", &["duplicate-key@4"]),
        // One bad key spoils no other.
        ("a: \"open\nb: 1\nc: [x\nd: 2\n", Partial, "a=\"open;b=1;c=[x;d=2;", &["raw-value@2", "raw-value@4"]),
        ("a: Re: hello\nb: 1\n", Partial, "a=Re: hello;b=1;", &["raw-value@2"]),
        ("a: *bold*\nb: 1\n", Whole, "a=*bold*;b=1;", &["unknown-alias@2"]),
        ("a: `x`\n", Partial, "a=`x`;", &["reserved-sign@2"]),
        (
            "a: !important\nb: &Co Ltd\nc: !!str 1\n",
            Whole,
            "a=!important;b=&Co Ltd;c=1;",
            &["reserved-sign@2", "reserved-sign@3"],
        ),
        ("a: !urgent call # now\nb: &x\n", Whole, "a=!urgent call;b=&x;", &["reserved-sign@2", "reserved-sign@3"]),
        ("a: !重要 call\n", Partial, "a=!重要 call;", &["reserved-sign@2"]),
        // Anchors.
        ("a: &x [1, 2]\nb: *x\n", Whole, "a=[1 | 2];b=[1 | 2];", &[]),
        ("base: &b {x: 1, y: 2}\nm:\n  <<: *b\n  y: 3\n", Whole, "base={x=1 | y=2};m={x=1 | y=3};", &[]),
        ("<<: text\na: 1\n", Whole, "a=1;", &["merge-needs-map@2"]),
        // No map.
        ("just text\n", Unread, "", &["front-matter-not-a-map@2"]),
        ("- a\n- b\n", Unread, "", &["front-matter-not-a-map@2"]),
        ("[a, b\n", Unread, "", &["front-matter-syntax@2"]),
        ("a: 1\n--- # next\nb: 2\n", Partial, "a=1;", &["second-document@3"]),
    ];
    let mut wrong = String::new();
    for (block, outcome, fields, expected) in table {
        for line_end in ["\n", "\r\n"] {
            let (text, front) = read(&block.replace('\n', line_end));
            let shown = show_all(&front).replace("\r\n", "\n");
            let found = codes(&text, &front);
            assert_spans_lie_inside(&text, &front);
            if front.outcome != *outcome || shown != *fields || found != *expected {
                let _ = writeln!(
                    wrong,
                    "{block:?} {line_end:?}\n   {:?} {shown:?} {found:?}\n   {outcome:?} {fields:?} {expected:?}",
                    front.outcome
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn templates_are_flagged() {
    for (block, expected) in [
        ("created: {{date}}\n", true),
        ("created: \"{{date}}\"\n", true),
        ("created: <% tp.date.now() %>\n", true),
        ("<%* code %>\n", true),
        ("a: {b: {c: 1}}\n", false),
        ("a: {{ b\n", false),
    ] {
        assert_eq!(read(block).1.template, expected, "{block:?}");
    }
}

#[test]
fn both_lines_of_a_repeated_key_are_named() {
    let (_, front) = read("a: 1\nb: 2\na: 3\n");
    let arguments: Vec<&str> = front.findings[0].1.arguments.iter().map(|a| &**a).collect();
    assert_eq!(arguments, ["a", "2", "4"]);
}

#[test]
fn fences_without_front_matter_are_told_apart() {
    let code = |text: &str| {
        let front = read_front_matter(text, &known);
        (front.outcome, front.findings.first().map(|(_, finding)| finding.code))
    };
    assert_eq!(code("---\na: 1\n"), (FrontMatterOutcome::Absent, Some("front-matter-not-closed")));
    assert_eq!(code("---\n\nProse after a thematic break.\n"), (FrontMatterOutcome::Absent, None));
    assert_eq!(code("\n---\na: 1\n---\n"), (FrontMatterOutcome::Whole, Some("blank-lines-before-front-matter")));
    assert_eq!(code("\n---\n\nProse between breaks.\n\n---\n"), (FrontMatterOutcome::Absent, None));
    assert_eq!(code("# Title\n"), (FrontMatterOutcome::Absent, None));
}

#[test]
fn spans_are_bytes_of_the_file_and_cover_what_was_written() {
    let text = "\u{feff}---\r\n姓名: \"张 三\"\r\nlist:\r\n  - 甲\r\n  - [[乙]]\r\nempty:\r\nfold: >-\r\n  一\r\n  二\r\nend: [x, y] # c\r\n---\r\n";
    let front = read_front_matter(text, &known);
    let shown: Vec<(&str, &str)> =
        front.fields.iter().map(|f| (&text[f.key_span.range()], &text[f.value.span.range()])).collect();
    assert_eq!(
        shown,
        [
            ("姓名", "\"张 三\""),
            ("list", "- 甲\r\n  - [[乙]]"),
            ("empty", ""),
            ("fold", "一\r\n  二"),
            ("end", "[x, y]"),
        ]
    );
    let list: Vec<&str> = front.fields[1].value.items().iter().map(|item| &text[item.span.range()]).collect();
    assert_eq!(list, ["甲", "[[乙]]"]);
    let empty = front.fields[2].value.span.start as usize;
    assert!(text[..empty].ends_with("empty:"));
    assert!(matches!(front.fields[3].value.kind, NodeKind::Scalar { style: ScalarStyle::Folded, .. }));
}

#[test]
fn mended_values_keep_the_spans_of_what_was_written() {
    let (text, front) = read("people: [[甲]], [[乙]]\na:\n\t- @x\n\t- 一\n姓名：张三\n");
    let written: Vec<&str> =
        front.fields.iter().flat_map(|f| f.value.items()).map(|item| &text[item.span.range()]).collect();
    assert_eq!(written, ["[[甲]]", "[[乙]]", "@x", "一", "张三"]);
}

#[test]
fn limits_cost_only_the_key_that_breaks_them() {
    let deep = |levels: usize| format!("a: {}x{}\nb: 1\n", "[y,".repeat(levels), "]".repeat(levels));
    let code_of = |block: &str| {
        let (_, front) = read(block);
        assert_eq!(front.get("b").and_then(|f| f.value.text()), Some("1"), "{}", &block[..40]);
        (front.outcome, front.findings.first().map(|(_, finding)| finding.code))
    };
    // The map of the block is one level.
    assert_eq!(code_of(&deep(63)), (FrontMatterOutcome::Whole, None));
    assert_eq!(code_of(&deep(64)), (FrontMatterOutcome::Partial, Some("front-matter-too-deep")));
    assert_eq!(code_of(&deep(5000)), (FrontMatterOutcome::Partial, Some("front-matter-too-deep")));

    // Map, two keys, a list and the value of `b` are five more.
    let many = |items: usize| format!("a: [{}]\nb: 1\n", "x,".repeat(items));
    assert_eq!(code_of(&many(9_995)), (FrontMatterOutcome::Whole, None));
    assert_eq!(read(&many(9_996)).1.outcome, FrontMatterOutcome::Partial);
    assert_eq!(code_of(&many(10_000)), (FrontMatterOutcome::Partial, Some("front-matter-too-many-values")));

    let aliases = |count: usize| format!("a: [&x 1, {}]\nb: 1\n", "*x,".repeat(count));
    assert_eq!(code_of(&aliases(100)), (FrontMatterOutcome::Whole, None));
    assert_eq!(code_of(&aliases(101)), (FrontMatterOutcome::Partial, Some("front-matter-too-many-aliases")));
    assert_eq!(code_of("a: &x [*x]\nb: 1\n"), (FrontMatterOutcome::Partial, Some("front-matter-too-many-aliases")));

    let large = format!("a: {}\n", "x".repeat(256 * 1024));
    let (_, front) = read(&large);
    assert_eq!((front.outcome, front.findings[0].1.code), (FrontMatterOutcome::Unread, "front-matter-too-large"));
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for level in 1..9 {
        let inner = format!("*a{},", level - 1).repeat(9);
        let _ = writeln!(bomb, "a{level}: &a{level} [{inner}]");
    }
    let start = std::time::Instant::now();
    let (_, front) = read(&bomb);
    assert_eq!(front.outcome, FrontMatterOutcome::Partial);
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}

#[test]
fn hostile_blocks_take_linear_time() {
    for pattern in [
        "[", "{a: ", "- ", "? ", "a: [\n", "a:\n", "&a ", "*a ", "\"", "'", "：", "姓名:", "[[", "[[A]], ", "- @\n",
        "# x\n", "a: *\n", "\u{a0}", "<<: x\n", "\t",
    ] {
        for prefix in ["", "k: "] {
            let block = format!("{prefix}{}\n", pattern.repeat(200_000 / pattern.len()));
            let start = std::time::Instant::now();
            let (text, front) = read(&block);
            assert_spans_lie_inside(&text, &front);
            assert!(start.elapsed().as_millis() < 4_000, "{prefix}{pattern:?} took {:?}", start.elapsed());
        }
    }
}

/// Marsaglia's xorshift: the same mutations on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

const SEEDS: &[&str] = &[
    "姓名: 张三\n公司: \"[[Acme]]\"\ntags: [a, b]\naliases:\n  - 老张\n  - 张总\nphone: +8613800138000\n",
    "name: 'it''s'\nnote: |\n  one\n  two\nfold: >-\n  x\n\n  y\nm: {a: 1, b: [c]}\n# end\n",
    "a: &x {k: v}\nb: *x\nc:\n  <<: *x\n  d: 2\npeople: [[A]], [[B]]\n姓名：李四\ncreated: {{date}}\n",
    "\"q\": \"open\ntext\"\nt:\n\t- @h\n\t- #x\nz: \u{3000}v\u{200b}\n? k\n: v\n--- x\n",
];
const SPLICES: &[&str] = &[
    ":", ": ", "：", "-", "- ", "\n", "\r\n", "\r", "\t", " ", "\"", "'", "[", "]", "[[", "]]", "{", "}", "{{", "}}",
    "#", "@", "&a ", "*a", "<<: ", "|", ">", "?", "%", "!", "\u{a0}", "\u{200b}", "\u{2028}", "\u{feff}", "\0", "é",
    "张", "---\n", "...\n", "\\", ",", "、", "\u{85}",
];

fn mutate(random: &mut Random) -> String {
    let mut chars: Vec<char> = SEEDS[random.below(SEEDS.len())].chars().collect();
    for _ in 0..=random.below(6) {
        let at = random.below(chars.len() + 1);
        match random.below(4) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => {
                let end = (at + random.below(20)).min(chars.len());
                let copy: Vec<char> = chars[at..end].to_vec();
                let to = random.below(chars.len() + 1);
                chars.splice(to..to, copy);
            }
            2 => {
                let end = (at + random.below(12)).min(chars.len());
                chars.drain(at..end);
            }
            _ => drop(chars.splice(at..at, SPLICES[random.below(SPLICES.len())].chars())),
        }
    }
    chars.into_iter().collect()
}

fn survive(rounds: usize, seed: u64) {
    let mut random = Random(seed);
    for _ in 0..rounds {
        let (text, front) = read(&mutate(&mut random));
        assert_spans_lie_inside(&text, &front);
        if front.outcome == FrontMatterOutcome::Partial || front.outcome == FrontMatterOutcome::Unread {
            assert!(front.template || !front.findings.is_empty(), "silent: {text:?}");
        }
    }
}

#[test]
fn mutated_blocks_never_panic_and_never_lose_a_key_silently() {
    survive(5_000, 0x9E37_79B9_7F4A_7C15);
}

#[test]
#[ignore = "the long form of the test above: cargo test -- --ignored"]
fn many_mutated_blocks_never_panic_and_never_lose_a_key_silently() {
    survive(50_000, 0xD1B5_4A32_D192_ED03);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_with_spans_inside(text in "(\u{feff})?(---\r?\n)?(\\PC|[\n\r\t:\\-#\\[\\]'\"&*!|>：]){0,60}(\n---\n)?") {
        assert_spans_lie_inside(&text, &read_front_matter(&text, &|key| key.len() > 2));
    }
}
