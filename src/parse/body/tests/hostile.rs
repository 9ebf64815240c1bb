//! Text made to break parsers: nothing panics, every span lies in the text, nothing takes quadratic time.

use proptest::prelude::{Strategy, any, prop, proptest};

use super::support::read;
use crate::model::entry::EntryLink;
use crate::model::note::NoteKind::{self, Daily, Meeting, Other, Person};
use crate::model::span::Span;
use crate::parse::body::Body;
use crate::parse::body::merge::conflicts;

fn spans(body: &Body) -> Vec<Span> {
    let mut spans = Vec::new();
    let of = |links: &[EntryLink]| links.iter().map(|found| found.link.span).collect::<Vec<_>>();
    for entry in &body.entries {
        spans.push(entry.span);
        spans.extend(of(&entry.links));
        spans.extend(entry.moves.iter().map(|m| m.span));
        spans.extend(entry.fields.iter().flat_map(|f| f.links.iter().map(|link| link.span).chain([f.span])));
        for nested in &entry.nested {
            spans.push(nested.span);
            spans.extend(of(&nested.links));
            spans.extend(nested.moves.iter().map(|m| m.span));
            spans.extend(nested.fields.iter().map(|f| f.span));
        }
    }
    spans.extend(body.tasks.iter().flat_map(|task| task.links.iter().map(|link| link.span).chain([task.span])));
    spans.extend(body.tags.iter().map(|tag| tag.span));
    spans.extend(body.fields.iter().flat_map(|field| [field.key_span, field.value_span]));
    spans.extend(body.sections.iter().flat_map(|section| [section.heading_span, section.content]));
    spans.extend(body.findings.iter().map(|(span, _)| *span));
    spans
}

fn check(text: &str) {
    for kind in [Person, Daily, Meeting, Other] {
        check_kind(kind, text);
    }
    for marker in conflicts(text, Span::new(0, text.len())).unwrap_or_default().into_iter().map(|one| one.span) {
        assert!(marker.lies_in(text));
    }
}

fn check_kind(kind: NoteKind, text: &str) {
    for span in spans(&read(kind, text)) {
        assert!(span.lies_in(text), "{span:?} in {text:?}");
    }
}

const TOKENS: [&str; 66] = [
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "    ",
    "\t",
    "- ",
    "* ",
    "1) ",
    "> ",
    "# ",
    "## ",
    "### ",
    "[ ] ",
    "[x] ",
    "[-]",
    "[[",
    "]]",
    "[[A]]",
    "[[A|b]]",
    "![[E]]",
    "[[2026-08-17]]",
    "[a](b.md)",
    "[a](https://x)",
    "`",
    "```\n",
    "~~",
    "**",
    "_",
    "==",
    "%%",
    "<!--",
    "-->",
    "<div>",
    "|",
    "|-|-|\n",
    "| Date | Type |\n|-|-|\n",
    "2026-01-01",
    "2026-02-30",
    "14:32",
    "：",
    ": ",
    "::",
    "[for:: ",
    "[date:: ",
    "(due:: ",
    "]",
    ")",
    "#gave/intro",
    "#标签",
    "#",
    "📅 ",
    "✅",
    "\u{fe0f}",
    "🔁 every week",
    " ^id",
    "(@2026-08-14)",
    "@{",
    "互动记录",
    "call",
    "微信",
    "/---contact---/",
    "&amp;",
    "\\",
    "\u{feff}",
    "<<<<<<< x\n",
];

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_lies_in_it(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mixture_of_marks_is_read_and_every_span_lies_in_it(
        text in prop::collection::vec(prop::sample::select(TOKENS.to_vec()), 0..60).prop_map(|tokens| tokens.concat())
    ) {
        check(&text);
    }
}

#[test]
fn large_hostile_texts_are_read_to_the_end() {
    const SIZE: usize = 200_000;
    let patterns = [
        "[",
        "[[",
        "![[",
        "[[a|",
        "]]",
        "`[[",
        "[a](",
        "[a]: b\n",
        "- ",
        "> ",
        "> - ",
        "1) ",
        "- [ ] ",
        "`",
        "*a_ ",
        "~~a ",
        "a|",
        "<!-- ",
        "a <!-- ",
        "<a b=\"",
        "%%",
        "%% a\n\n",
        "a %% b\n\n",
        "#a ",
        "#",
        "(#1",
        "[k:: ",
        "(k::",
        "[k:: v]",
        "k:: v\n",
        "::",
        "：：",
        "[for:: [[A]]] ",
        "- [ ] 📅 ",
        "📅",
        "- [x] a 📅 2026-01-01 #b\n",
        "#b 📅 x ",
        "(@2026-01-01",
        "(@2026-01-01)",
        "@{",
        "[[2026-01-01]] ",
        "- 2026-01-01 [[A]]\n",
        "- 2026-01-01 a\n  - b\n",
        "# 2026-01-01\n",
        "###### 2026-01-01\n",
        "| a ",
        "\\[",
        "&amp;",
        "^a ",
        "/---contact---/\n",
        "<div>\n",
        "```\n",
        "<<<<<<< \n",
        "  ",
        "\r",
        "\u{feff}",
        "==",
        "a: ",
        "：",
        "- a: b\n",
    ];
    for pattern in patterns {
        let text = pattern.repeat(SIZE / pattern.len());
        check_kind(Person, &text);
        check_kind(Daily, &text);
        let shorter = pattern.repeat(SIZE / 10 / pattern.len());
        check(&format!("- [ ] {shorter}"));
        check(&format!("- 2026-01-01 {shorter}\nx"));
    }
}

#[test]
fn deep_quotes_and_lists_are_reported_and_what_follows_is_read() {
    for deep in [">".repeat(50_000), "- ".repeat(50_000), "> - ".repeat(30_000), " ".repeat(5_000) + "- "] {
        let text = format!("{deep}a\n{}\n\n- 2026-01-01 x\n", "a\n".repeat(20_000));
        let body = read(Person, &text);
        assert_eq!(body.entries.len(), 1);
        assert_eq!(body.findings.iter().map(|(_, finding)| finding.code).collect::<Vec<_>>(), ["nested-too-deep"]);
    }
    let stairs: String = (0..400).map(|level| "  ".repeat(level) + "- a\n").collect();
    check(&(stairs + &"b\n".repeat(20_000) + &"\n".repeat(20_000)));
}
