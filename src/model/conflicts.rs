//! Conflict copies: which notes a sync client made beside another, by name, and by text where the name alone
//! proves nothing. It opens no file: the caller hands in paths and texts.

use std::collections::HashMap;

use super::fold::fold;
use super::path::NotePath;

/// What Syncthing puts between the name and date, time and device.
const SYNCTHING: &str = ".sync-conflict-";

/// Of how many lines in a hundred two texts must agree to be one note.
const EQUAL_LINES: usize = 80;

/// The stem of the note this one is a copy of, when the name alone says so. `names_copy` tells of folded text in
/// brackets whether it holds the words of Obsidian Sync or Dropbox for a copy, in either language.
pub fn by_name(path: &NotePath, names_copy: impl Fn(&str) -> bool) -> Option<&str> {
    let stem = path.stem();
    syncthing_base(stem).or_else(|| bracketed_base(stem, names_copy))
}

/// Notes that may be copies made by OneDrive or iCloud, each with a note of the same folder it may be a copy of.
/// Only their texts can tell (see [`mostly_equal`]): `张三-HOST`, `张三-HOST-2`, `张三 2`. A copy with several
/// possible bases comes with each, the longest name first.
pub fn twin_candidates(paths: &[NotePath]) -> Vec<(NotePath, NotePath)> {
    let by_stem: HashMap<&str, &NotePath> = paths.iter().map(|path| (path.without_extension(), path)).collect();
    let mut pairs = Vec::new();
    for path in paths {
        let whole = path.without_extension();
        let stem_at = whole.len() - path.stem().len();
        let base = |stem: &str| by_stem.get(whole.get(..stem_at + stem.len())?).copied();
        let bases = numbered_base(path.stem()).into_iter().chain(host_bases(path.stem()));
        pairs.extend(bases.filter_map(base).map(|base| (path.clone(), base.clone())));
    }
    pairs
}

/// Whether two texts share at least 80 % of the lines of the longer one. Blank lines and blanks around a line do
/// not count, nor does order; a text without lines is equal to none, as it proves nothing.
pub fn mostly_equal(a: &str, b: &str) -> bool {
    let mut of_a: HashMap<&str, usize> = HashMap::new();
    let mut lines_a = 0;
    for line in lines(a) {
        *of_a.entry(line).or_default() += 1;
        lines_a += 1;
    }
    let (mut shared, mut lines_b) = (0, 0);
    for line in lines(b) {
        lines_b += 1;
        if let Some(left) = of_a.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let longer = lines_a.max(lines_b);
    longer > 0 && shared * 100 >= longer * EQUAL_LINES
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty())
}

/// `张三.sync-conflict-20261120-143000-ABCDEFG`
fn syncthing_base(stem: &str) -> Option<&str> {
    let (base, mark) = stem.split_once(SYNCTHING)?;
    let mut parts = mark.splitn(3, '-');
    let digits =
        |part: Option<&str>, count| part.is_some_and(|p| p.len() == count && p.bytes().all(|b| b.is_ascii_digit()));
    (digits(parts.next(), 8) && digits(parts.next(), 6)).then_some(base)
}

/// `张三 (Conflicted copy MyMac 202611201430)`, `张三 (李四 的冲突副本 2026-11-20)`, also in full-width brackets.
fn bracketed_base(stem: &str, names_copy: impl Fn(&str) -> bool) -> Option<&str> {
    let mut from = 0;
    while let Some(open) = stem[from..].find(['(', '（']).map(|at| from + at) {
        let inside = &stem[open..];
        let inside = &inside[..inside.find([')', '）']).unwrap_or(inside.len())];
        let closed = open + inside.len() < stem.len();
        if closed && names_copy(&fold(inside)) {
            return Some(stem[..open].trim_end());
        }
        from = open + inside.len();
    }
    None
}

/// `张三 2`: iCloud counts from 2.
fn numbered_base(stem: &str) -> Option<&str> {
    let (base, number) = stem.rsplit_once(' ')?;
    let counts = matches!(number.parse::<u8>(), Ok(2..=99)) && !number.starts_with(['0', '+']);
    (counts && !base.is_empty()).then_some(base)
}

/// What `张三-HOST` and `张三-HOST-2` may be copies of: the part before each dash behind which a computer's name
/// may stand, the longest first.
fn host_bases(stem: &str) -> impl Iterator<Item = &str> {
    stem.rmatch_indices('-')
        .map(|(at, _)| (&stem[..at], &stem[at + 1..]))
        .take_while(|(_, host)| is_host_part(host))
        .filter(|(base, host)| !base.is_empty() && is_host(host))
        .map(|(base, _)| base)
}

fn is_host_part(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Names of computers: at least one letter, so that `2026-11-20` is no copy of `2026-11`.
fn is_host(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_obsidian_syncthing_and_dropbox_are_known_by_name() {
        let cases = [
            ("张三 (Conflicted copy MyMac 202611201430)", Some("张三")),
            ("张三.sync-conflict-20261120-143000-ABCDEFG", Some("张三")),
            ("张三 (MyMac's conflicted copy 2026-11-20)", Some("张三")),
            ("张三 (李四 的冲突副本 2026-11-20)", Some("张三")),
            ("张三（李四的冲突副本 2026-11-20）", Some("张三")),
            ("张三 (CONFLICTED COPY 2026-11-20) (1)", Some("张三")),
            ("张三 (腾讯) (Conflicted copy MyMac 202611201430)", Some("张三 (腾讯)")),
            ("张三", None),
            ("张三 (腾讯)", None),
            ("conflicted copy", None),
            ("冲突副本怎么办", None),
            ("张三 (冲突副本", None),
            ("a.sync-conflict-notes", None),
            ("on .sync-conflict-2026-1430", None),
        ];
        for (stem, base) in cases {
            let path = NotePath::new(&format!("People/{stem}.md"));
            let names_copy = |text: &str| text.contains("conflicted copy") || text.contains("冲突副本");
            assert_eq!(by_name(&path, names_copy), base, "{stem}");
        }
    }

    #[test]
    fn copies_of_onedrive_and_icloud_are_candidates_only_beside_a_base_in_their_folder() {
        let names = [
            "P/张三.md",
            "P/张三-HOST.md",
            "P/张三-HOST-2.md",
            "P/张三 2.md",
            "P/张三 10.md",
            "P/张三 1.md",
            "P/张三 02.md",
            "P/张三-李四.md",
            "P/张三2.md",
            "Q/张三-HOST.md",
            "Q/张三 2.md",
            "P/anna-marie.md",
            "P/anna-marie-DESKTOP-AB12.md",
            "P/2026-11.md",
            "P/2026-11-20.md",
            "P/-HOST.md",
            "P/张三-a b.md",
        ];
        let paths: Vec<_> = names.iter().map(|name| NotePath::new(name)).collect();
        let pairs = twin_candidates(&paths);
        let pairs: Vec<_> = pairs.iter().map(|(copy, base)| (copy.as_str(), base.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("P/张三-HOST.md", "P/张三.md"),
                ("P/张三-HOST-2.md", "P/张三.md"),
                ("P/张三 2.md", "P/张三.md"),
                ("P/张三 10.md", "P/张三.md"),
                ("P/anna-marie-DESKTOP-AB12.md", "P/anna-marie.md"),
            ]
        );
    }

    #[test]
    fn four_lines_of_five_are_enough_and_three_are_not() {
        let base = "---\nname: 张三\n---\n\n一\n二\n";
        let cases = [
            (base, true, "itself"),
            ("\u{feff}---\r\nname: 张三\r\n---\r\n一\r\n二", true, "other line ends"),
            ("---\nname: 张三\n---\n一\n三\n", true, "four of five"),
            ("---\nname: 李四\n---\n一\n三\n", false, "three of five"),
            ("---\nname: 张三\n---\n一\n二\n三\n", true, "five of six"),
            ("---\nname: 张三\n---\n一\n二\n三\n四\n", false, "five of seven"),
            ("---\n---\n---\n---\n---\n", false, "one line many times"),
            ("", false, "empty"),
        ];
        for (other, equal, case) in cases {
            assert_eq!(mostly_equal(base, other), equal, "{case}");
            assert_eq!(mostly_equal(other, base), equal, "{case}, turned round");
        }
        assert!(!mostly_equal("", ""));
    }
}
