//! A README as text: its blocks between comments, sections, table rows, examples and links.

use std::fs;

use crate::support::in_repository;

/// One README.
#[derive(Clone, Copy)]
pub(crate) struct Readme {
    /// Its file.
    pub(crate) file: &'static str,
    /// The language it is in.
    pub(crate) language: &'static str,
}

impl Readme {
    /// The whole file.
    pub(crate) fn text(self) -> String {
        fs::read_to_string(in_repository(self.file)).unwrap()
    }

    /// `text` with the block of this name replaced.
    pub(crate) fn with_block(self, text: &str, name: &str, block: &str) -> String {
        let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("{}: no block {name}", self.file));
        let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{}: block {name} stays open", self.file));
        format!("{before}{begin}\n{}\n\n{end}{after}", block.trim_end())
    }
}

/// From a heading of level two to the next.
pub(crate) fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let start = text.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no section {heading}")) + 1;
    let rest = &text[start..];
    rest[1..].find("\n## ").map_or(rest, |end| &rest[..=end])
}

/// A table row.
pub(crate) struct Row {
    /// The first word in backticks of the first cell.
    pub(crate) name: String,
}

/// The rows of a text whose first cell begins with a backtick.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = Row> {
    text.lines().filter_map(|line| {
        let code = line.strip_prefix("| `")?.split('`').next()?;
        Some(Row { name: code.split(' ').next()?.to_owned() })
    })
}

/// What stands in the fenced blocks just below each comment of this name.
pub(crate) fn examples<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let comment = format!("<!-- {name} -->\n```");
    let below = text.split(comment.as_str()).skip(1);
    below.map(|rest| rest.split_once('\n').unwrap().1.split_once("\n```").unwrap().0).collect()
}

/// Targets of the links outside fenced blocks.
pub(crate) fn links(text: &str) -> Vec<&str> {
    let prose = prose(text);
    let targets = prose.flat_map(|line| line.split("](").skip(1));
    let inside = |target: &&str| !target.starts_with("People/");
    targets.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).filter(inside).collect()
}

/// The anchor of a heading, as code hosts make it.
pub(crate) fn slug(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

/// Headings, tables with their sizes and fenced blocks, in order; what two languages must have in common.
pub(crate) fn shape(text: &str) -> Vec<String> {
    let mut shape: Vec<String> = Vec::new();
    let (mut rows, mut fenced) = (0, false);
    for line in text.lines() {
        if !line.starts_with('|') && rows > 0 {
            shape.push(format!("table of {rows}"));
            rows = 0;
        }
        if line.starts_with("```") {
            fenced = !fenced;
            let kind = line.trim_start_matches('`');
            shape.extend(fenced.then(|| format!("block of {kind}")));
        } else if !fenced && line.starts_with('#') {
            shape.push(line.split(' ').next().unwrap_or_default().to_owned());
        } else if !fenced && line.starts_with('|') {
            rows += 1;
        } else if !fenced && (line.starts_with("- ") || line.starts_with("1. ")) {
            shape.push(line[..2].to_owned());
        }
    }
    shape
}

fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        fenced ^= is_fence;
        !fenced && !is_fence
    })
}

#[test]
fn a_block_is_replaced_whole_and_alone() {
    let readme = Readme { file: "x", language: "en" };
    let text = "a\n<!-- n -->\nold\n<!-- /n -->\nb\n";
    assert_eq!(readme.with_block(text, "n", "new\n"), "a\n<!-- n -->\n\nnew\n\n<!-- /n -->\nb\n");
}

#[test]
fn sections_rows_examples_and_links_are_found() {
    let text = "\n## A\n\n| x | y |\n| `one TWO` | z |\n[l](#b)\n\n## B\n\n<!-- e -->\n```md\nin [n](o)\n```\n";
    assert_eq!(rows(section(text, "## A")).map(|row| row.name).collect::<Vec<_>>(), ["one"]);
    assert_eq!(rows(section(text, "## B")).count(), 0);
    assert_eq!(examples(text, "e"), ["in [n](o)"]);
    assert_eq!(links(text), ["#b"]);
    assert_eq!(slug("## What counts, as “contact”"), "what-counts-as-contact");
    assert_eq!(shape(text), ["##", "table of 2", "##", "block of md"]);
}
