//! What surrounds a link decides whether it counts, so every surrounding is told apart.

use super::support::{links, read};
use crate::model::note::NoteKind::{Daily, Person};

#[test]
fn every_setting_of_a_link_is_told() {
    for (text, expected) in [
        ("- [[A]]", "A:Plain"),
        ("- [a](A.md)", "A.md:Plain"),
        ("> [[A]]", "A:Quote"),
        ("> [!note] [[A]]", "A:Quote"),
        ("- x\n  > [[A]]", "A:Quote"),
        ("- `[[A]]`", "A:Code"),
        ("```\n[[A]]\n```", "A:Code"),
        ("~~~md\n[[A]]\n~~~", "A:Code"),
        ("    [[A]]", "A:Code"),
        ("<div>\n[[A]]\n</div>", "A:Code"),
        ("- x ![[A]]", "A:Embed"),
        ("- x ![a](A.md)", "A.md:Embed"),
        ("- x %% [[A]] %% y", "A:Comment"),
        ("%%\n\n- [[A]]\n\n%%", "A:Comment"),
        ("%%\n[[A]]", "A:Comment"),
        ("- x <!-- [[A]] -->", "A:Comment"),
        ("<!--\n[[A]]\n-->", "A:Comment"),
        ("- ~~[[A]]~~", "A:Struck"),
        ("- x [for:: [[A]]]", "A:Field"),
        ("- x (with:: [[A]])", "A:Field"),
        ("attendees:: [[A]]", "A:Field"),
        ("- **介绍人**:: [[A]]", "A:Field"),
        ("- 100%% sure of [[A]]", "A:Plain"),
        ("- $x [[A]] y$", "A:Plain"),
        ("- <b>[[A]]</b>", "A:Plain"),
        ("- \\`[[A]]\\`", "A:Plain"),
        ("- [[A]] and `%%`\n- %% x", "A:Plain"),
    ] {
        assert_eq!(links(&read(Daily, text)), [expected], "{text}");
    }
}

#[test]
fn links_that_lead_to_no_note_are_none() {
    for text in
        ["[[#heading]]", "[[]]", "[x](https://example.org)", "<https://example.org>", "[x](#y)", "[[A\nB]]", "\\[[A]]"]
    {
        assert_eq!(links(&read(Daily, text)), [""; 0], "{text}");
    }
}

#[test]
fn links_in_tables_lose_the_stroke_before_the_bar() {
    assert_eq!(links(&read(Daily, "| a |\n|-|\n| [[张三\\|老张]] |")), ["张三:Plain"]);
}

#[test]
fn links_by_reference_and_with_blanks_are_read() {
    assert_eq!(links(&read(Daily, "[x](<a b.md>) [y][r]\n\n[r]: q.md")), ["a b.md:Plain", "q.md:Plain"]);
}

#[test]
fn a_comment_ends_with_its_signs() {
    for (text, expected) in [
        ("%% a %% [[A]]", vec!["A:Plain"]),
        ("%%\na\n%%\n\n[[A]]", vec!["A:Plain"]),
        ("x %% y\n\n[[A]]\n\n%%\n\n[[B]]", vec!["A:Comment", "B:Plain"]),
        ("x %% y\n\n[[A]] %% z\n\n[[B]]", vec!["A:Plain", "B:Plain"]),
        ("%%\n```\n%%\n```\n[[A]]\n%%\n[[B]]", vec!["A:Comment", "B:Plain"]),
    ] {
        assert_eq!(links(&read(Daily, text)), expected, "{text}");
    }
    let codes: Vec<_> = read(Daily, "%%\n[[A]]").findings.iter().map(|(_, finding)| finding.code).collect();
    assert_eq!(codes, ["comment-not-closed"]);
}

#[test]
fn tags_stand_behind_blanks_and_outside_words_code_and_addresses() {
    for (text, expected) in [
        ("#a/b and #c", vec!["a/b", "c"]),
        ("见面。#导师，#朋友", vec!["导师", "朋友"]),
        ("(#a) **#b** #c_d-e", vec!["a", "b", "c_d-e"]),
        ("> #quoted", vec!["quoted"]),
        ("C#x http://a.b/#c [x](y.md#z) [[A#b]] `#d` \\#e #123", vec![]),
        ("```\n#a\n```\n%% #b %% <!-- #c -->", vec![]),
        ("# heading #a", vec!["a"]),
        ("#💡 #2026计划", vec!["💡", "2026计划"]),
        ("- 2026-01-01 x #inside\n- y #outside", vec!["outside"]),
    ] {
        let body = read(Person, text);
        assert_eq!(body.tags.iter().map(|tag| tag.name.as_ref()).collect::<Vec<_>>(), expected, "{text}");
        for tag in &body.tags {
            assert_eq!(text.get(tag.span.range()), Some(format!("#{}", tag.name).as_str()));
        }
    }
}
