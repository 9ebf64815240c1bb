//! The form in which a written key is compared: brackets dropped, blanks and `_ - .` made one `_`.

use std::borrow::Cow;

/// What may stand between the words of a key.
const SEPARATORS: [char; 4] = [' ', '_', '-', '.'];

/// The compared form of a folded key: a trailing `(…)` or `[…]` is dropped, each run of blank, `_`, `-` and `.` is one
/// `_`, and a leading `prm_` (a prefix some vaults give all keys) is dropped. A bracket before a part joined by a dot
/// (`adr[home].locality`, as vCard plugins write) is dropped too.
pub fn normal_key(folded: &str) -> Cow<'_, str> {
    let bare = match dotted(folded) {
        Some((before, part)) => Cow::Owned(format!("{}{part}", without_bracket(before))),
        None => Cow::Borrowed(without_bracket(folded)),
    };
    match bare {
        Cow::Borrowed(bare) => match squeezed(bare, &SEPARATORS) {
            Cow::Borrowed(key) => Cow::Borrowed(without_prefix(key)),
            Cow::Owned(key) => Cow::Owned(without_prefix(&key).to_owned()),
        },
        Cow::Owned(bare) => Cow::Owned(without_prefix(&squeezed(&bare, &SEPARATORS)).to_owned()),
    }
}

/// The compared form of a folded word that is no key: each run of blank, `_` and `-` is one `_`.
pub(super) fn normal_word(folded: &str) -> Cow<'_, str> {
    squeezed(folded, &[' ', '_', '-'])
}

/// What the bracket of a key says: `1-5` of `亲密度[1-5]`, `可选` of `生日（可选）`, `HOME` of `ADR[HOME].LOCALITY`.
pub fn key_bracket(key: &str) -> Option<&str> {
    let key = dotted(key).map_or(key, |(before, _)| before).trim_end();
    let open = bracket_start(key)?;
    let inside = key.get(open..)?;
    let mut chars = inside.chars();
    chars.next();
    chars.next_back();
    Some(chars.as_str().trim())
}

/// The text without its trailing brackets, unless nothing else is there.
pub(super) fn without_bracket(text: &str) -> &str {
    let mut text = text;
    while let Some(before) = bracket_start(text).and_then(|open| text.get(..open)) {
        let before = before.trim_end();
        if before.is_empty() {
            break;
        }
        text = before;
    }
    text
}

/// `adr[home]` and `.locality` of `adr[home].locality`.
fn dotted(key: &str) -> Option<(&str, &str)> {
    let (before, _) = key.split_once("].")?;
    key.split_at_checked(before.len() + "]".len())
}

/// Where the bracket that ends the text opens. Brackets inside it are skipped.
fn bracket_start(text: &str) -> Option<usize> {
    let (open, close) = match text.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        '）' => ('（', '）'),
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in text.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn without_prefix(key: &str) -> &str {
    key.strip_prefix("prm_").filter(|rest| !rest.is_empty()).unwrap_or(key)
}

fn squeezed<'a>(text: &'a str, separators: &[char]) -> Cow<'a, str> {
    if is_squeezed(text, separators) {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars() {
        if !separators.contains(&c) {
            squeezed.push(c);
        } else if !squeezed.ends_with('_') {
            squeezed.push('_');
        }
    }
    Cow::Owned(squeezed)
}

fn is_squeezed(text: &str, separators: &[char]) -> bool {
    let mut before = '\0';
    text.chars().all(|c| {
        let plain = !separators.contains(&c) || (c == '_' && before != '_');
        before = c;
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lose_brackets_prefix_and_kinds_of_blank() {
        for (written, key) in [
            ("last contact", "last_contact"),
            ("last-contact", "last_contact"),
            ("last. -contact", "last_contact"),
            ("last_contact", "last_contact"),
            ("prm_last_contact", "last_contact"),
            ("prm-email", "email"),
            ("prm_", "prm_"),
            ("生日(可选)", "生日"),
            ("生日 (可选) [x]", "生日"),
            ("亲密度[1-5]", "亲密度"),
            ("email[home]", "email"),
            ("tel[1:cell]", "tel"),
            ("adr[home].locality", "adr_locality"),
            ("adr[home].locality[x]", "adr_locality[x]"),
            ("prm_adr[2].city", "adr_city"),
            ("n.fn", "n_fn"),
            ("n.gn", "n_gn"),
            ("a(b(c))", "a"),
            ("(x)", "(x)"),
            ("x)", "x)"),
            ("", ""),
        ] {
            assert_eq!(normal_key(written), key, "{written}");
        }
    }

    #[test]
    fn a_normal_key_is_not_copied() {
        assert!(matches!(normal_key("last_contact"), Cow::Borrowed(_)));
        assert!(matches!(normal_key("生日(可选)"), Cow::Borrowed("生日")));
    }

    #[test]
    fn a_bracket_of_a_key_is_read_in_any_width() {
        assert_eq!(key_bracket("closeness [1-5]"), Some("1-5"));
        assert_eq!(key_bracket("生日（可选）"), Some("可选"));
        assert_eq!(key_bracket("亲密度( 1-5 ) "), Some("1-5"));
        assert_eq!(key_bracket("closeness"), None);
        assert_eq!(key_bracket("ADR[HOME].LOCALITY"), Some("HOME"));
        assert_eq!(key_bracket("x)"), None);
    }
}
