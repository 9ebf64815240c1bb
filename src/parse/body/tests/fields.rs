//! Fields and sections in the body.

use super::support::read;
use crate::model::note::NoteKind::{Daily, Meeting, Person};

fn fields(text: &str) -> Vec<(String, String)> {
    let body = read(Person, text);
    for field in &body.fields {
        assert_eq!(text.get(field.key_span.range()), Some(field.key.as_ref()), "{text}");
        assert_eq!(text.get(field.value_span.range()), Some(field.value.as_ref()), "{text}");
    }
    body.fields.iter().map(|field| (field.key.to_string(), field.value.to_string())).collect()
}

#[test]
fn every_shape_of_a_field_is_read() {
    for (text, key, value) in [
        ("- 公司：Acme 有限公司", "公司", "Acme 有限公司"),
        ("- company: Acme", "company", "Acme"),
        ("- **公司**：Acme", "公司", "Acme"),
        ("- **company:** Acme", "company", "Acme"),
        ("# 张三\n* 最后联系：2026-01-01（一句话）", "最后联系", "2026-01-01（一句话）"),
        ("- 上级：[[李四]]", "上级", "[[李四]]"),
        ("company:: Acme", "company", "Acme"),
        ("- 公司:: Acme", "公司", "Acme"),
        ("- **last contact**:: 2026-01-01 ^id", "last contact", "2026-01-01"),
        ("works at [company:: Acme] now", "company", "Acme"),
        ("works at (公司:: [[Acme]]) now", "公司", "[[Acme]]"),
        ("x\ncompany:: Acme\ny", "company", "Acme"),
        ("公司：：Acme", "公司", "Acme"),
        ("## Later\n\ncompany:: Acme", "company", "Acme"),
    ] {
        assert_eq!(fields(text), [(key.to_owned(), value.to_owned())], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_field_is_none() {
    for text in [
        "公司：not in a list",
        "## Later\n- company: Acme",
        "- 2026-01-01: x",
        "- [ ] company: Acme",
        "- https://example.org",
        "- [[A]]: x",
        "> - company: Acme",
        "`company:: Acme`",
        "```\ncompany:: Acme\n```",
        "%% company:: Acme %%",
        "use std::vector here",
        "- x [for:: [[A]]]",
        "- [ ] x [due:: 2026-01-01]",
    ] {
        assert_eq!(fields(text), [], "{text}");
    }
}

#[test]
fn the_table_between_contact_marks_is_read_with_or_without_blank_lines() {
    let rows = "| key | value |\n| --- | --- |\n| phone | +86 138 |\n| 别名 | a \\| b |\n| empty | |\n";
    let expected = [("key", "value"), ("phone", "+86 138"), ("别名", "a \\| b")];
    let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
    for text in [
        format!("/---contact---/\n{rows}/---contact---/\n"),
        format!("x\n\n/---contact---/\n\n{rows}\n/---contact---/\n\ny\n"),
    ] {
        assert_eq!(fields(&text), expected, "{text}");
    }
    assert_eq!(fields(&format!("/---contact---/\n{rows}")), []);
    assert_eq!(fields(&format!("```\n/---contact---/\n```\n\n{rows}\n\n/---contact---/\n")), []);
}

#[test]
fn daily_notes_give_no_fields() {
    assert_eq!(read(Daily, "company:: Acme").fields, []);
}

#[test]
fn sections_say_whether_anything_stands_below_them() {
    let text = "# T\n## 目标\ntalk #x\n## Prep\n- \n- [ ] \n<!-- hint -->\n%% x %%\n### sub\n\n## 纪要 [[A|a]]\n> quoted\n### sub\nx\n\n## last";
    let body = read(Meeting, text);
    let found: Vec<_> = body.sections.iter().map(|s| (s.level, s.heading.as_ref(), s.has_content)).collect();
    let expected = [
        (1, "T", true),
        (2, "目标", true),
        (2, "Prep", false),
        (3, "sub", false),
        (2, "纪要 a", true),
        (3, "sub", true),
        (2, "last", false),
    ];
    assert_eq!(found, expected);
    assert_eq!(text.get(body.sections[1].content.range()), Some("talk #x\n"));
    assert_eq!(text.get(body.sections[1].heading_span.range()), Some("## 目标"));
    assert_eq!(text.get(body.sections[4].content.range()), Some("> quoted\n### sub\nx\n\n"));
}
