//! Whether a file that stands there is ours to write to: its bytes, its front matter, merges in a person's part.

use crate::model::fold::is_zero_width;

use super::markers::{Region, content};
use super::refusal::Refusal;

/// The first property of every file the program generates.
pub(super) const GENERATED_BY: &str = "generated_by: vault-scan";

/// The first line of every picture the program generates: SVG has no front matter.
pub(super) const PICTURE_BY: &str = "<!-- generated_by: vault-scan -->";

/// The first line of the list of what git leaves out in the folder of the reports.
pub(super) const IGNORE_BY: &str = "# generated_by: vault-scan; the setting `private` says what stands here";

/// The most text a person may put around ours, in bytes: the size up to which notes are read.
pub(super) const OUTSIDE_LIMIT: usize = 4_000_000;

/// The text of a file of ours, cut at the markers called `name`.
///
/// # Errors
/// Any refusal that can be told from the bytes alone.
pub(super) fn read_ours<'t>(bytes: &'t [u8], name: &str) -> Result<Region<'t>, Refusal> {
    let text = decode(bytes)?;
    if !is_picture(text) {
        check_front_matter(text)?;
    }
    let region = Region::find(text, name).map_err(|damage| match first_conflict(text) {
        // Both sides of a merge have their own markers: the merge is what a person can act on.
        Some(line) => Refusal::MergeMarkers { line },
        None => damage,
    })?;
    check_outside(&region)?;
    Ok(region)
}

/// The text of a file that may be written: a person's bytes can be kept in it, and lines can be told.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Refusal::Utf16);
    }
    if bytes.contains(&0) {
        return Err(Refusal::NulByte);
    }
    let text = str::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)?;
    let mut carriage_returns = text.match_indices('\r');
    if carriage_returns.any(|(at, _)| text.as_bytes().get(at + 1) != Some(&b'\n')) {
        return Err(Refusal::LoneCarriageReturn);
    }
    Ok(text)
}

fn is_picture(text: &str) -> bool {
    text.strip_prefix('\u{feff}').unwrap_or(text).lines().next().map(content) == Some(PICTURE_BY)
}

/// The front matter must open on the first line, name us in its first property, and close.
fn check_front_matter(text: &str) -> Result<(), Refusal> {
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(content);
    if lines.next() != Some("---") {
        return Err(Refusal::Foreign);
    }
    let first = lines.by_ref().find(|line| !line.is_empty() && !line.starts_with('#'));
    if !first.is_some_and(is_generated_by_us) {
        return Err(Refusal::Foreign);
    }
    if lines.any(|line| line == "---" || line == "...") { Ok(()) } else { Err(Refusal::OpenFrontMatter) }
}

/// Whether a line of front matter says that the program made the file. Property editors may quote the value; nothing
/// else differs from what was written.
pub(super) fn is_generated_by_us(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        let value = value.trim_matches(|c: char| c.is_whitespace() || is_zero_width(c) || c == '"' || c == '\'');
        key == "generated_by" && value == "vault-scan"
    })
}

fn check_outside(region: &Region<'_>) -> Result<(), Refusal> {
    let outside = region.before.len() + region.after.len();
    if outside > OUTSIDE_LIMIT {
        return Err(Refusal::TooLarge { bytes: outside as u64 });
    }
    if let Some(line) = first_conflict(region.before) {
        return Err(Refusal::MergeMarkers { line });
    }
    if let Some(line) = first_conflict(region.after) {
        let above = [region.before, region.begin, region.inside, region.end];
        let above: usize = above.iter().map(|part| part.matches('\n').count()).sum();
        return Err(Refusal::MergeMarkers { line: above + line });
    }
    Ok(())
}

/// The first line, from 1, that begins or ends an unsolved merge, code fences left out.
pub(super) fn first_conflict(text: &str) -> Option<usize> {
    let mut fence: Option<&str> = None;
    for (number, line) in text.lines().enumerate() {
        match (fence, fence_of(line)) {
            (None, Some(opened)) => fence = Some(opened),
            (None, None) if is_conflict_edge(line) => return Some(number + 1),
            (Some(open), Some(ticks)) if closes(open, ticks, line) => fence = None,
            _ => {}
        }
    }
    None
}

/// Whether a line is git's first or last line of a conflict.
pub(super) fn is_conflict_edge(line: &str) -> bool {
    is_conflict_line(line, "<<<<<<<") || is_conflict_line(line, ">>>>>>>")
}

/// Whether a line is seven characters `mark`, alone or before a blank and a name.
pub(super) fn is_conflict_line(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
}

/// The run of back-ticks or tildes that opens or closes a code block. Text between back-ticks in one line is no block.
fn fence_of(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches(' ');
    if line.len() - inner.len() > 3 {
        return None;
    }
    let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let after = inner.trim_start_matches(mark);
    let (ticks, _) = inner.split_at(inner.len() - after.len());
    (ticks.len() >= 3 && (mark == '~' || !after.contains('`'))).then_some(ticks)
}

fn closes(open: &str, ticks: &str, line: &str) -> bool {
    ticks.starts_with(open) && line.trim().len() == ticks.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<!-- vault-scan:begin a -->\n<!-- vault-scan:end a -->\n";

    fn refusal(text: &str) -> Option<Refusal> {
        read_ours(text.as_bytes(), "a").err()
    }

    #[test]
    fn files_of_ours_are_known_whatever_editors_do_to_the_edges() {
        for head in [
            "---\ngenerated_by: vault-scan\n---\n",
            "\u{feff}---\r\ngenerated_by: vault-scan\r\n---\r\n",
            "--- \n# a comment\n\ngenerated_by: \"vault-scan\"  \naliases: [日程]\n...\n",
            "---\ngenerated_by:   'vault-scan'\ncssclasses: wide\n---\nmine\n=======\n",
            "---\ngenerated_by: vault-scan\n---\n```\n<<<<<<< HEAD\n``` \n~~~~\n~~~\n>>>>>>> x\n~~~~\n",
        ] {
            assert_eq!(refusal(&format!("{head}{BODY}")), None, "{head:?}");
        }
    }

    #[test]
    fn a_picture_is_known_by_its_first_line() {
        assert_eq!(refusal(&format!("{PICTURE_BY}\n{BODY}")), None);
        assert_eq!(refusal(&format!("{PICTURE_BY}\r\n{BODY}")), None);
        assert_eq!(refusal(&format!("<svg/>\n{PICTURE_BY}\n{BODY}")), Some(Refusal::Foreign));
        assert_eq!(refusal(&format!("<!-- generated_by: draw -->\n{BODY}")), Some(Refusal::Foreign));
    }

    #[test]
    fn files_of_others_are_refused() {
        for head in [
            "",
            "\n---\ngenerated_by: vault-scan\n---\n",
            "# Agenda\n",
            "---\ntype: person\ngenerated_by: vault-scan\n---\n",
            "---\ngenerated_by: dataview\n---\n",
            "---\ngenerated_by: vault-scan-2\n---\n",
            "---\n  generated_by: vault-scan\n---\n",
            "---\n---\n",
        ] {
            assert_eq!(refusal(&format!("{head}{BODY}")), Some(Refusal::Foreign), "{head:?}");
        }
        assert_eq!(refusal(""), Some(Refusal::Foreign));
    }

    #[test]
    fn bytes_that_are_no_plain_text_are_refused() {
        let good = format!("---\n{GENERATED_BY}\n---\n{BODY}");
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let cases = [
            (utf16, Refusal::Utf16),
            (good.encode_utf16().flat_map(u16::to_be_bytes).collect(), Refusal::NulByte),
            ([good.as_bytes(), b"\0"].concat(), Refusal::NulByte),
            ([good.as_bytes(), &[0xd5, 0xc5, 0xc8, 0xfd]].concat(), Refusal::NotUtf8),
            (good.replace('\n', "\r").into_bytes(), Refusal::LoneCarriageReturn),
            (format!("{good}mine\rmine").into_bytes(), Refusal::LoneCarriageReturn),
            (format!("{good}mine\r").into_bytes(), Refusal::LoneCarriageReturn),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read_ours(&bytes, "a").err(), Some(expected));
        }
    }

    #[test]
    fn an_open_front_matter_and_a_merge_outside_the_markers_are_refused() {
        assert_eq!(refusal(&format!("---\n{GENERATED_BY}\n{BODY}")), Some(Refusal::OpenFrontMatter));
        let head = format!("---\n{GENERATED_BY}\n---\n");
        let merge = "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> phone\n";
        assert_eq!(refusal(&format!("{head}{merge}{BODY}")), Some(Refusal::MergeMarkers { line: 4 }));
        assert_eq!(refusal(&format!("{head}{BODY}{merge}")), Some(Refusal::MergeMarkers { line: 6 }));
        assert_eq!(refusal(&format!("{head}{BODY}\n>>>>>>> phone")), Some(Refusal::MergeMarkers { line: 7 }));
        let both = format!("{head}<<<<<<< HEAD\n{BODY}=======\n{BODY}>>>>>>> phone\n");
        assert_eq!(refusal(&both), Some(Refusal::MergeMarkers { line: 4 }));
        assert_eq!(refusal(&format!("{head}{BODY}```\n{merge}```\n<<<<<<<<< eight\n")), None);
        let no_fence = format!("{head}{BODY}```in a line``` of text\n{merge}");
        assert_eq!(refusal(&no_fence), Some(Refusal::MergeMarkers { line: 7 }));
    }

    #[test]
    fn a_person_may_write_four_megabytes_around_it() {
        let head = format!("---\n{GENERATED_BY}\n---\n");
        let room = OUTSIDE_LIMIT - head.len();
        assert_eq!(refusal(&format!("{head}{BODY}{}", "x".repeat(room))), None);
        let over = Refusal::TooLarge { bytes: OUTSIDE_LIMIT as u64 + 1 };
        assert_eq!(refusal(&format!("{head}{BODY}{}", "x".repeat(room + 1))), Some(over));
    }
}
