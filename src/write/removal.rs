//! Taking away a brief whose meeting is over: the one kind of file the program removes of its own accord.
//!
//! It goes only if all of it is ours: front matter as we write it, nothing outside the markers, and between them no line
//! that a person wrote or changed. What is absent: any other folder and any other file.

use super::generated::known_lines;
use super::markers::content;
use super::ours::{is_generated_by_us, read_ours};
use super::sum::is_sum;
use super::target::TargetPath;

/// The folder of briefs, within that of reports.
pub const BRIEFS: &str = "Briefs";
/// The name in the markers of a brief.
pub const BRIEF: &str = "brief";

/// A brief that is needed no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldBrief {
    target: TargetPath,
}

/// What is to become of what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Not ours.
    Foreign,
    /// Ours, with something of a person in it.
    Stays,
    /// All ours.
    Goes,
}

impl OldBrief {
    /// The brief at `target`; `None` unless that lies right in a folder of briefs.
    pub fn new(target: TargetPath) -> Option<Self> {
        let is_brief = target.folders().last() == Some(BRIEFS) && target.name().ends_with(".md");
        is_brief.then_some(OldBrief { target })
    }

    /// Where it is.
    pub fn target(&self) -> &TargetPath {
        &self.target
    }
}

/// What is to become of a file with these bytes.
pub(super) fn fate(bytes: &[u8]) -> Fate {
    let Ok(region) = read_ours(bytes, BRIEF) else { return Fate::Foreign };
    let is_known = known_lines(region.inside);
    let is_blank = |text: &str| text.lines().all(|line| content(line).is_empty());
    let nothing_added = region.inside.lines().all(|line| is_sum(line) || is_known(line));
    match is_bare_front_matter(region.before) && nothing_added && is_blank(region.after) {
        true => Fate::Goes,
        false => Fate::Stays,
    }
}

/// Whether there is nothing above the markers but the front matter every brief begins with.
fn is_bare_front_matter(text: &str) -> bool {
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(content);
    let written: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    matches!(written.as_slice(), ["---", ours, "---" | "..."] if is_generated_by_us(ours))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::generated::{GeneratedFile, Merged, Presence, merge};

    fn brief() -> String {
        let target = TargetPath::new("Reports/Briefs/Brief 张三.md").unwrap();
        let file = GeneratedFile::new(target, BRIEF, "", "# 见张三之前\n\n- 一\n- 二", Presence::Always).unwrap();
        match merge(None, &file).unwrap() {
            Merged::Create(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_brief_goes_only_while_all_of_it_is_ours() {
        let text = brief();
        let cases = [
            (text.clone(), Fate::Goes),
            (text.replace('\n', "\r\n"), Fate::Goes),
            (format!("{text}\n\n"), Fate::Goes),
            (text.replace("generated_by: vault-scan", "generated_by: \"vault-scan\""), Fate::Goes),
            (text.replace("- 一\n", ""), Fate::Goes),
            (format!("{text}\n记得带书\n"), Fate::Stays),
            (text.replace("- 一", "- 一，问一下"), Fate::Stays),
            (text.replace("- 二\n", "- 二\n- 三\n"), Fate::Stays),
            (text.replace("---\n\n<!--", "---\n\n我的话\n\n<!--"), Fate::Stays),
            (text.replace("vault-scan\n---", "vault-scan\ntags: [mine]\n---"), Fate::Stays),
            (text.replace("generated_by: vault-scan\n", ""), Fate::Foreign),
            (text.replace("begin brief", "begin agenda"), Fate::Foreign),
            (text.replace("<!-- vault-scan:end brief -->\n", ""), Fate::Foreign),
            (String::new(), Fate::Foreign),
            ("# 张三\n".to_owned(), Fate::Foreign),
        ];
        for (text, expected) in cases {
            assert_eq!(fate(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(fate(&[text.as_bytes(), b"\0"].concat()), Fate::Foreign);
    }

    #[test]
    fn only_a_note_right_in_the_folder_of_briefs_can_be_one() {
        for (path, expected) in [
            ("Reports/Briefs/Brief 张三.md", true),
            ("Briefs/Brief 张三.md", true),
            ("Reports/Agenda.md", false),
            ("Reports/Briefs/deeper/Brief 张三.md", false),
            ("Reports/Briefs/picture.svg", false),
            ("People/张三.md", false),
            ("Briefs.md", false),
        ] {
            assert_eq!(OldBrief::new(TargetPath::new(path).unwrap()).is_some(), expected, "{path}");
        }
    }
}
