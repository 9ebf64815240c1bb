//! What a write would change, as a unified diff: what `--dry-run` shows.

use similar::TextDiff;

use super::target::TargetPath;

/// The difference from `old` to `new` with three lines of context; empty if there is none. An absent file is empty
/// text. Names and lines are as they stand in the files: escaping for a terminal is left to who prints.
pub fn unified(target: &TargetPath, old: &str, new: &str) -> String {
    unified_of(target.as_str(), old, new)
}

/// As [`unified`], for a file that is none of the vault's notes.
pub fn unified_of(name: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_changed_lines_with_their_neighbours() {
        let target = TargetPath::new("Reports/日程.md").unwrap();
        let diff = unified(&target, "a\nb\nc\nd\ne\n", "a\nb\nc\nd\nE");
        let expected = "--- a/Reports/日程.md\n+++ b/Reports/日程.md\n@@ -2,4 +2,4 @@\n b\n c\n d\n-e\n+E\n\\ No newline at end of file\n";
        assert_eq!(diff, expected);
        assert_eq!(unified(&target, "a\n", "a\n"), "");
        assert!(unified(&target, "", "a\n").ends_with("@@ -0,0 +1 @@\n+a\n"));
    }
}
