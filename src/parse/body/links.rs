//! Links as written: which note they name, and the words they show. Which note that is, the index decides.

use std::ops::Range;

use crate::model::fold::trim_blanks;
use crate::model::link::{Link, LinkForm};

use super::outline::span;

/// The link of a wikilink at `range` of `text`, an embed included. None for `[[#heading]]`, which stays in its note,
/// for an empty target, and for one that runs over a line end, which Obsidian does not read either.
pub(super) fn wiki(text: &str, range: &Range<usize>) -> Option<Link> {
    let source = text.get(range.clone())?;
    let inner = source.trim_start_matches('!').strip_prefix("[[")?.strip_suffix("]]")?;
    if inner.contains(['\n', '\r']) {
        return None;
    }
    let (target, label) = match inner.split_once('|') {
        // In a table the bar is written `\|`.
        Some((target, label)) => (target.strip_suffix('\\').unwrap_or(target), trim_blanks(label)),
        None => (inner, ""),
    };
    link(without_fragment(target), label, LinkForm::Wiki, range)
}

/// The link of `[label](destination)` at `range`. None for addresses on the web and places in the same note.
pub(super) fn markdown(destination: &str, label: &str, range: &Range<usize>) -> Option<Link> {
    if is_outside(destination) {
        return None;
    }
    link(&percent_decoded(without_fragment(destination)), trim_blanks(label), LinkForm::Markdown, range)
}

/// Whether a destination leads out of the vault (`https:`, `mailto:`, `//host`) or stays in the note (`#heading`).
pub(super) fn is_outside(destination: &str) -> bool {
    let scheme = destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    scheme || destination.starts_with("//") || without_fragment(destination).trim().is_empty()
}

/// Where `[[…]]` stand in a stretch that the Markdown parser does not look into.
pub(super) fn wikis_in(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some(source) = text.get(range.clone()) else { return found };
    let mut from = 0;
    while let Some(close) = source.get(from..).and_then(|rest| rest.find("]]")) {
        let close = from + close;
        // Backwards from the end, so that a row of `[[[[` costs one step.
        if let Some(open) = source.get(from..close).and_then(|before| before.rfind("[[")) {
            found.push(range.start + from + open..range.start + close + 2);
        }
        from = close + 2;
    }
    found
}

/// The links `[label](destination)` and `[label](<destination>)` in a line of text.
pub(super) fn markdowns_in(line: &str) -> impl Iterator<Item = Link> + '_ {
    line.match_indices("](").filter_map(|(at, joint)| {
        let before = line.get(..at)?;
        let open = before.rfind('[').filter(|open| !before.get(..*open).is_some_and(|text| text.ends_with('\\')))?;
        let from = at + joint.len();
        let rest = line.get(from..)?;
        let (destination, length) = match rest.strip_prefix('<') {
            Some(inner) => inner.find('>').and_then(|end| Some((inner.get(..end)?, end + 3)))?,
            None => rest.find(')').and_then(|end| Some((rest.get(..end)?, end + 1)))?,
        };
        markdown(destination, before.get(open + 1..)?, &(open..(from + length).min(line.len())))
    })
}

fn link(target: &str, label: &str, form: LinkForm, range: &Range<usize>) -> Option<Link> {
    let target = trim_blanks(target);
    if target.is_empty() {
        return None;
    }
    let label = (!label.is_empty() && label != target).then(|| label.into());
    Some(Link { target: target.into(), label, form, span: span(range) })
}

fn without_fragment(target: &str) -> &str {
    target.split_once('#').map_or(target, |(before, _)| before)
}

/// `%E5%BC%A0` as `张`; text that is no percent code, or would not be UTF-8, stays as it is.
fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex(*high) * 16 + hex(*low));
                after
            }
            _ => {
                bytes.push(*first);
                tail
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.wrapping_sub(b'A').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_wikilink_names_its_target_and_label() {
        for (source, target, label) in [
            ("[[张三]]", "张三", None),
            ("[[张三.md]]", "张三.md", None),
            ("[[dir/张三|老张]]", "dir/张三", Some("老张")),
            ("[[张三#标题]]", "张三", None),
            ("[[张三#^id]]", "张三", None),
            ("[[张三#标题|老张]]", "张三", Some("老张")),
            (r"[[张三\|老张]]", "张三", Some("老张")),
            ("[[A|B|C]]", "A", Some("B|C")),
            ("[[ A ]]", "A", None),
            ("[[A|A]]", "A", None),
            ("[[A|]]", "A", None),
            ("![[A]]", "A", None),
            ("[[100%25]]", "100%25", None),
        ] {
            let link = wiki(source, &(0..source.len())).map(|l| (l.target.to_string(), l.label.map(String::from)));
            assert_eq!(link, Some((target.to_owned(), label.map(str::to_owned))), "{source}");
        }
        for source in ["[[#标题]]", "[[]]", "[[ ]]", "[[|b]]", "[[A\nB]]"] {
            assert_eq!(wiki(source, &(0..source.len())), None, "{source}");
        }
    }

    #[test]
    fn a_markdown_link_is_decoded_and_loses_its_fragment() {
        for (destination, target) in [
            ("dir/%E5%BC%A0%E4%B8%89.md#x", Some("dir/张三.md")),
            ("dir/a b.md", Some("dir/a b.md")),
            ("100%.md", Some("100%.md")),
            ("%ff.md", Some("%ff.md")),
            ("a%23b.md", Some("a#b.md")),
            ("会议:记录.md", Some("会议:记录.md")),
            ("https://example.org/a.md", None),
            ("mailto:a@example.org", None),
            ("obsidian://open?vault=a", None),
            ("#heading", None),
            ("", None),
        ] {
            assert_eq!(
                markdown(destination, "x", &(0..0)).map(|l| l.target.to_string()).as_deref(),
                target,
                "{destination}"
            );
        }
    }

    #[test]
    fn links_are_found_in_text_the_parser_skips() {
        assert_eq!(wikis_in("x [[A]] [[[[B]] ]] [[", 0..21), [2..7, 10..15]);
    }
}
