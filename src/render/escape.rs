//! Escaping by context. Data stays raw until here; each renderer escapes once.

use std::fmt::Write as _;

/// A note's text as inert Markdown on one line. Newlines become spaces; Markdown's own characters take a
/// backslash; what HTML or a template plugin would act on becomes an entity, because those search the raw text
/// and would still find `\<%`.
pub fn markdown(text: &str) -> String {
    markdown_in(text, Place::Text)
}

/// The same for a table cell: a pipe is escaped in both, so only the name differs; kept apart because a wikilink's
/// own pipe needs a backslash only in a cell.
pub fn markdown_cell(text: &str) -> String {
    markdown_in(text, Place::Cell)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Cell,
}

fn markdown_in(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut at_start = true;
    let mut digits_only = true;
    let mut previous = None;
    while let Some(c) = chars.next() {
        let twin = chars.peek() == Some(&c) || previous == Some(c);
        previous = Some(c);
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => {
                if !out.ends_with(' ') && !at_start {
                    out.push(' ');
                }
                continue;
            }
            c if is_hidden(c) => continue,
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '{' if twin => out.push_str("&#123;"),
            '}' if twin => out.push_str("&#125;"),
            ':' if twin => out.push_str("&#58;"),
            '\\' | '`' | '[' | ']' | '*' | '_' | '#' | '$' | '^' | '~' | '|' => {
                out.push('\\');
                out.push(c);
            }
            '%' | '=' if twin => {
                out.push('\\');
                out.push(c);
            }
            // Only these open a block at the start of a line: a list, a quote, a rule, an ordered list.
            '-' | '+' if at_start && place == Place::Text => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if digits_only && !at_start && place == Place::Text => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        digits_only &= c.is_ascii_digit();
        if c != ' ' {
            at_start = false;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Controls and direction marks that may not reach a file or a terminal.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || is_direction_mark(c) || c == '\u{feff}'
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Text for a terminal: controls and direction marks are shown as `\u{..}`, never sent.
pub fn terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || is_direction_mark(c) {
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

/// Shows in JSON the same characters as `\uXXXX` that a terminal must not receive; the text is a JSON document, so
/// any of them outside the C0 range stands inside a string.
pub fn json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for c in document.chars() {
        let unsafe_here = is_direction_mark(c) || (c.is_control() && c != '\n');
        if unsafe_here {
            let mut units = [0u16; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Percent-encodes a path for a Markdown link target: everything but unreserved characters, `/` and non-ASCII
/// letters stays readable only where it is safe inside `<…>`.
pub fn link_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Whether a path or label can stand inside `[[…]]` as it is.
pub fn fits_wikilink(text: &str) -> bool {
    !text.is_empty()
        && !text.contains("%%")
        && !text.contains("==")
        && !text.contains("::")
        && !text.contains("{{")
        && text == text.trim()
        && !text.chars().any(|c| "#|^:[]<>&\\`*_$~%{}".contains(c) || is_hidden(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_makes_every_active_character_inert() {
        for (raw, expected) in [
            ("a\nb", "a b"),
            ("- x", "\\- x"),
            ("a - x", "a - x"),
            ("1. x", "1\\. x"),
            ("2026.", "2026\\."),
            ("第1.x", "第1.x"),
            ("# x", "\\# x"),
            ("<% tp %>", "&lt;% tp %&gt;"),
            ("{{date}}", "&#123;&#123;date&#125;&#125;"),
            ("{a}", "{a}"),
            ("due:: 2026", "due&#58;&#58; 2026"),
            ("a: b", "a: b"),
            ("%%x%%", "\\%\\%x\\%\\%"),
            ("5% off", "5% off"),
            ("==x==", "\\=\\=x\\=\\="),
            ("[[a|b]]", "\\[\\[a\\|b\\]\\]"),
            ("a\u{202e}b\u{7}c", "abc"),
            ("#tag *b* _c_ ~~d~~ $e$ ^f `g` \\h", "\\#tag \\*b\\* \\_c\\_ \\~\\~d\\~\\~ \\$e\\$ \\^f \\`g\\` \\\\h"),
        ] {
            assert_eq!(markdown(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_terminal_gets_no_control_and_no_direction_mark() {
        assert_eq!(terminal("a\u{1b}[31m\u{202e}b\n"), "a\\u{1b}[31m\\u{202e}b\\u{a}");
        assert_eq!(json("{\"a\":\"\u{202e}\u{7f}\"}\n"), "{\"a\":\"\\u202e\\u007f\"}\n");
    }

    #[test]
    fn paths_are_percent_encoded_and_wikilinks_only_take_plain_names() {
        assert_eq!(link_path("人/a b.md"), "%E4%BA%BA/a%20b.md");
        assert!(fits_wikilink("人脉/张三 (老)"));
        for bad in ["a#b", "a|b", "a^b", "a:b", "a%%b", "a[[b", "", " a", "a_b"] {
            assert!(!fits_wikilink(bad), "{bad:?}");
        }
    }
}
