//! Wikilinks where YAML sees brackets.

use std::ops::Range;

use super::blanks::is_any_blank;

/// Whether `text` is one unquoted `[[link]]` on one line.
pub(super) fn is_link(text: &str) -> bool {
    text.strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"))
        .is_some_and(|inner| !inner.trim().is_empty() && !inner.contains(['[', ']', '\n', '\r', '"', '\'']))
}

/// The links of a text that holds nothing else but commas, blanks and perhaps a comment at its end.
pub(super) fn links_only(text: &str) -> Option<Vec<Range<usize>>> {
    let mut links = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let tail = rest.trim_start_matches(|c: char| is_any_blank(c) || matches!(c, ',' | '，' | '、' | ';' | '；'));
        at += rest.len() - tail.len();
        if tail.is_empty() || (tail.starts_with('#') && at > 0 && !links.is_empty()) {
            return (!links.is_empty()).then_some(links);
        }
        let end = at + tail.find("]]")? + "]]".len();
        if !text.get(at..end).is_some_and(is_link) {
            return None;
        }
        links.push(at..end);
        at = end;
    }
}

/// The parts of a bracketed list, cut at commas outside brackets; `None` if quotes or brackets do not match.
pub(super) fn top_level_parts(inner: &str) -> Option<Vec<Range<usize>>> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if inner.get(start..at).is_some_and(|before| before.trim().is_empty()) => {
                quote = Some(c);
            }
            (None, '\n' | '\r') => return None,
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.checked_sub(1)?,
            (None, ',') if depth == 0 => {
                parts.push(start..at);
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(start..inner.len());
    (depth == 0 && quote.is_none()).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::links_only;

    #[test]
    fn links_alone_are_told_from_links_in_text() {
        let table: &[(&str, Option<&[&str]>)] = &[
            ("[[A]], [[B]]", Some(&["[[A]]", "[[B]]"])),
            ("[[A]]、[[B|老B]]，[[C]] ; [[D#x]]", Some(&["[[A]]", "[[B|老B]]", "[[C]]", "[[D#x]]"])),
            ("[[A]] [[B]] # note", Some(&["[[A]]", "[[B]]"])),
            ("[[A]] (former)", None),
            ("[[A]], [[B", None),
            ("[[]]", None),
            ("", None),
        ];
        for (text, expected) in table {
            let found = links_only(text).map(|links| links.into_iter().map(|link| &text[link]).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), *expected, "{text:?}");
        }
    }
}
