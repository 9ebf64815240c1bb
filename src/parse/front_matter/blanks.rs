//! Blanks that look like nothing and that YAML keeps: they come with text pasted from chats and web pages.

/// Whether `c` is a blank that YAML takes for a letter: no-break, full-width, zero-width, a mark of direction.
pub(super) fn is_odd_blank(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    );
    invisible || (c.is_whitespace() && !c.is_ascii())
}

/// Whether `c` is any blank, odd or not.
pub(super) fn is_any_blank(c: char) -> bool {
    c.is_whitespace() || is_odd_blank(c)
}

/// `text` without blanks of any kind at its ends.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_any_blank)
}

/// Where in `text` its trimmed part stands.
pub(super) fn trimmed_range(text: &str) -> std::ops::Range<usize> {
    let start = text.len() - text.trim_start_matches(is_any_blank).len();
    start..start + trimmed(text).len()
}

/// A copy of the same length in bytes with ordinary blanks for every indent, and for what stands at `gap`.
///
/// The length matters: spans found in the copy hold in the file.
pub(super) fn with_ordinary_blanks(text: &str, gap: std::ops::Range<usize>) -> String {
    let mut copy = String::with_capacity(text.len());
    let mut in_indent = true;
    for (at, c) in text.char_indices() {
        let is_line_end = matches!(c, '\n' | '\r');
        in_indent = is_line_end || (in_indent && is_any_blank(c));
        if !is_line_end && (in_indent || (gap.contains(&at) && is_any_blank(c))) {
            copy.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            copy.push(c);
        }
    }
    copy
}
