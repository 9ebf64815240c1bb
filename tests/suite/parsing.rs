//! What holds for reading any text as a note: it ends, and each place it names lies in the text.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use regex::Regex;
use vault_scan::model::obsidian::ObsidianSettings;
use vault_scan::model::path::NotePath;
use vault_scan::model::span::Span;
use vault_scan::parse::note::{NameRole, ParseContext, parse_note};
use vault_scan::parse::periodic::PeriodicNotes;
use vault_scan::vocabulary::Vocabulary;
use vault_scan::vocabulary::time::TimeWords;

/// A span as `Debug` shows it: so no field of a note, and none to come, is forgotten.
static SPAN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"Span \{ start: (\d+), end: (\d+) \}").unwrap());

static WORDS: LazyLock<(TimeWords, ObsidianSettings, PeriodicNotes)> = LazyLock::new(|| {
    let obsidian = ObsidianSettings::default();
    let periodic = PeriodicNotes::compile(&obsidian).0;
    (TimeWords::built_in(), obsidian, periodic)
});

/// Reads `text` as the note at `path` and returns how many places it names; fails if one is not in the text.
fn assert_read(path: &str, text: &str) -> usize {
    let (time, obsidian, periodic) = &*WORDS;
    let context = ParseContext { words: Vocabulary::built_in(), time, obsidian, periodic };
    let (note, diagnostics) = parse_note(&NotePath::new(path), text, &NameRole::Ordinary, &context);
    let mut places = 0;
    for shown in [format!("{note:?}"), format!("{diagnostics:?}")] {
        for found in SPAN.captures_iter(&shown) {
            let place = |group: usize| found[group].parse::<usize>().unwrap();
            assert!(Span::new(place(1), place(2)).lies_in(text), "{} in {text:?}", &found[0]);
            places += 1;
        }
    }
    let lines = text.split('\n').count();
    for diagnostic in &diagnostics {
        assert!(diagnostic.position.line as usize <= lines, "{diagnostic:?} in {text:?}");
    }
    places
}

#[test]
fn places_are_looked_at() {
    let text = "---\ntype: person\naliases: [老张]\ncadence: 每两三周\n---\n\n## 往来记录\n\n- 2026-11-20 午餐：和 [[李雷]] 聊了 #获得/信息\n";
    let places = assert_read("People/张三.md", text);
    assert!(places >= 4, "{places} places");
}

/// Pieces that mean something, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[ \t\r\n]{0,3}",
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    "---\n",
    "\n",
    "\r\n",
    "\u{feff}",
    "type: 人物\n",
    "type: me\n",
    "type: meeting\n",
    "生日: ",
    "cadence: ",
    "例会: ",
    "aliases: [",
    "]",
    "- ",
    "  - ",
    "- [ ] ",
    "- [x] ",
    "## 往来记录\n",
    "### ",
    "# ",
    "2026-11-20",
    "2026-02-30",
    "农历八月十五",
    "闰四月",
    "每两周周五",
    "3个月",
    "P1M",
    "FREQ=WEEKLY;BYDAY=FR",
    "午餐：",
    "lunch: ",
    "[[张三]]",
    "[[A|B]]",
    "[[",
    "]]",
    "![[x]]",
    "[a](b.md)",
    "#获得/背书",
    "#gave/intro",
    "#snooze ",
    "[until:: 2026-12-01]",
    "(for:: [[A]])",
    "key:: value\n",
    "📅 2026-11-25",
    "🔁 every week",
    "✅ 2026-11-01",
    "⏫",
    "%%",
    "<!--",
    "-->",
    "```\n",
    "~~~",
    "| a | b |\n|---|---|\n",
    "> ",
    "\\",
    "&amp;",
    "^id",
    "12:30 ",
    "晚上12点",
    "{{date}}",
    "<% tp %>",
    "<<<<<<< HEAD\n",
    "=======\n",
    "\u{200b}",
    "\u{3000}",
    "\u{a0}",
    "é",
    "👨‍👩‍👧",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_and_each_place_lies_in_them(bytes in vec(any::<u8>(), 0..300)) {
        assert_read("a.md", &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_front_matter_is_read_and_each_place_lies_in_it(block in "([a-z生日公司：: \t\\[\\]\"'{}#*>@&|!%`0-9-]{0,16}\n){0,12}") {
        assert_read("a.md", &format!("---\ntype: person\n{block}---\n"));
    }

    #[test]
    fn any_mix_of_what_means_something_is_read(
        path in select(vec!["People/张三.md", "2026-11-20.md", "会议/2026-11-20 周会.md", "x.md"]),
        head in select(vec!["", "---\ntype: person\n---\n", "---\ntype: me\n", "---\ntype: meeting\ndate: 2026-11-20\n---\n"]),
        text in pieces(),
    ) {
        assert_read(path, &format!("{head}{text}"));
    }
}
