//! How much of real front matter is read whole: the promised rate over people and vault corpora.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use vault_scan::model::note::FrontMatterOutcome;
use vault_scan::parse::front_matter::{FrontMatter, read_front_matter};
use walkdir::WalkDir;

/// The folder of real inputs, or `None` after saying that the test is skipped.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn corpora(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("VAULT_SCAN_CORPORA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("{test}: skipped, as VAULT_SCAN_CORPORA does not name the folder of real inputs");
    }
    folder
}

#[expect(clippy::panic, reason = "a note that cannot be opened fails the test")]
fn notes(folder: &Path) -> Vec<(String, FrontMatter)> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"))
        .filter_map(|entry| {
            let name = entry.path().strip_prefix(folder).ok()?.display().to_string();
            let text = std::fs::read_to_string(entry.path()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let front = read_front_matter(&text, &|_| false);
            for (span, finding) in &front.findings {
                assert!(span.lies_in(&text), "{name}: {finding:?}");
            }
            Some((name, front))
        })
        .collect()
}

#[test]
fn real_blocks_are_read_whole_at_the_promised_rate() {
    let Some(corpora) = corpora("front_matter_corpora") else { return };
    let (mut blocks, mut whole) = (0_usize, 0_usize);
    for folder in ["digitalgov-authors", "kepano", "vcf-contacts", "obsidian-tasks-test-data"] {
        let mut counts: BTreeMap<FrontMatterOutcome, usize> = BTreeMap::new();
        for (name, front) in notes(&corpora.join(folder)) {
            *counts.entry(front.outcome).or_default() += 1;
            if !matches!(front.outcome, FrontMatterOutcome::Whole | FrontMatterOutcome::Absent) {
                eprintln!("{folder}/{name}: {:?} {:?}", front.outcome, front.findings);
            }
        }
        let of = |outcome| counts.get(&outcome).copied().unwrap_or(0);
        eprintln!("{folder}: {counts:?}");
        whole += of(FrontMatterOutcome::Whole);
        blocks += of(FrontMatterOutcome::Whole) + of(FrontMatterOutcome::Partial) + of(FrontMatterOutcome::Unread);
    }
    eprintln!("{whole} of {blocks} blocks whole");
    assert!(blocks > 1_000, "{blocks} blocks found");
    assert!(whole * 1_000 >= blocks * 997, "{whole} of {blocks} blocks whole");
}

#[test]
fn each_block_of_gray_matter_that_is_not_yaml_is_known_by_name() {
    let Some(corpora) = corpora("front_matter_corpora") else { return };
    let not_whole: Vec<(String, FrontMatterOutcome)> = notes(&corpora.join("gray-matter"))
        .into_iter()
        .filter(|(_, front)| !matches!(front.outcome, FrontMatterOutcome::Whole | FrontMatterOutcome::Absent))
        .map(|(name, front)| (name, front.outcome))
        .collect();
    let expected: Vec<(String, FrontMatterOutcome)> =
        NOT_YAML.iter().map(|(name, outcome)| ((*name).into(), *outcome)).collect();
    assert_eq!(not_whole, expected);
}

/// Blocks between `---` lines that hold JavaScript.
const NOT_YAML: &[(&str, FrontMatterOutcome)] = &[
    ("lang-javascript-fn.md", FrontMatterOutcome::Unread),
    ("lang-javascript-object-fn.md", FrontMatterOutcome::Unread),
];

#[test]
fn one_broken_key_at_the_end_spoils_no_other_in_real_blocks() {
    let Some(corpora) = corpora("front_matter_corpora") else { return };
    let mut compared = 0;
    for folder in ["digitalgov-authors", "kepano", "vcf-contacts", "obsidian-tasks-test-data"] {
        for entry in WalkDir::new(corpora.join(folder)).into_iter().filter_map(Result::ok) {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            let whole = read_front_matter(&text, &|_| false);
            let Some(block) = whole.block.filter(|_| !whole.fields.is_empty()) else { continue };
            if text[block.range()].starts_with('{') {
                continue; // JSON is one value, not a line per key.
            }
            let (before, after) = text.split_at(block.end as usize);
            let partial = read_front_matter(&format!("{before}broken: @x\n{after}"), &|_| false);
            assert_eq!(partial.outcome, FrontMatterOutcome::Partial, "{}", entry.path().display());
            let kept = partial.fields.split_last().map_or(&[][..], |(_, others)| others);
            assert_eq!(kept, whole.fields, "{}", entry.path().display());
            compared += 1;
        }
    }
    assert!(compared > 1_000, "{compared} blocks compared");
}
