//! Values of the simple types: text, list, link, yes or no. Blanks of every kind are trimmed; a word for "nothing"
//! is nothing.

use crate::model::fold::{fold, trim_blanks};
use crate::model::link::{Link, LinkForm};
use crate::model::span::Span;
use crate::parse::front_matter::tree::{Node, NodeKind};
use crate::vocabulary::Vocabulary;

/// The text of a scalar, trimmed.
pub fn raw_text(node: &Node) -> Option<&str> {
    node.text().map(trim_blanks)
}

/// Any value as one text: a list's items joined by commas, a map's values likewise.
pub fn as_text(node: &Node) -> Option<String> {
    let text = match &node.kind {
        NodeKind::Null => return None,
        NodeKind::Scalar { text, .. } => trim_blanks(text).to_owned(),
        NodeKind::List(items) => items.iter().filter_map(as_text).collect::<Vec<_>>().join(", "),
        NodeKind::Map(entries) => entries.iter().filter_map(|(_, value)| as_text(value)).collect::<Vec<_>>().join(", "),
    };
    (!text.is_empty()).then_some(text)
}

/// Text that says something; `None` for words such as 暂无 or `n/a`.
pub fn present_text(node: &Node, words: &Vocabulary) -> Option<Box<str>> {
    let text = as_text(node)?;
    (!words.absent(&fold(&text))).then(|| text.into())
}

/// What parts the items of a list on one line.
pub const LIST_SEPARATORS: [char; 5] = [',', '，', '、', ';', '；'];

/// Whether one line of text is split into items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// At `,` `，` `、` `;` `；`.
    AtSeparators,
    /// Not: company names hold commas.
    Never,
}

/// A value as a list of texts, with the place of each.
pub fn as_list(node: &Node, split: Split, words: &Vocabulary) -> Vec<(Box<str>, Span)> {
    let mut list = Vec::new();
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar { text, .. } => {
            let parts: Vec<&str> = match split {
                Split::AtSeparators => text.split(LIST_SEPARATORS).collect(),
                Split::Never => vec![text],
            };
            list.extend(parts.into_iter().map(|part| (trim_blanks(part).into(), node.span)));
        }
        NodeKind::List(items) => {
            for item in items {
                list.extend(as_text(item).map(|text| (text.into(), item.span)));
            }
        }
        NodeKind::Map(entries) => {
            for (_, value) in entries {
                list.extend(as_text(value).map(|text| (text.into(), value.span)));
            }
        }
    }
    list.retain(|(text, _): &(Box<str>, Span)| !words.absent(&fold(text)));
    list
}

/// The texts alone, as a reader sees them.
pub fn texts(list: Vec<(Box<str>, Span)>) -> Vec<Box<str>> {
    list.into_iter().map(|(text, _)| shown_words(text)).collect()
}

/// A value as links: wikilinks, Markdown links, or plain names (one line of names is split at separators).
pub fn as_links(node: &Node) -> Vec<Link> {
    match &node.kind {
        NodeKind::Null | NodeKind::Map(_) => Vec::new(),
        NodeKind::List(items) => items.iter().flat_map(as_links).collect(),
        NodeKind::Scalar { text, .. } => links_in(trim_blanks(text), node.span),
    }
}

/// Links in one text: every wikilink and Markdown link in it, and each name that stands alone between separators.
pub fn links_in(text: &str, span: Span) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = text;
    let mut name = String::new();
    let mut is_linked = false;
    while let Some(c) = rest.chars().next() {
        if let Some((link, used)) = wikilink(rest, span).or_else(|| markdown_link(rest, span)) {
            links.push(link);
            is_linked = true;
            rest = rest.get(used..).unwrap_or_default();
            continue;
        }
        if let Some(remark) = remark(rest) {
            name.push_str(remark);
            rest = rest.get(remark.len()..).unwrap_or_default();
            continue;
        }
        if LIST_SEPARATORS.contains(&c) {
            links.extend(plain_name(&name, span).filter(|_| !is_linked));
            name.clear();
            is_linked = false;
        } else {
            name.push(c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    links.extend(plain_name(&name, span).filter(|_| !is_linked));
    links
}

/// A text as a reader sees it: links to notes by the words they show. Addresses on the web stay, as the words alone
/// lead nowhere.
pub fn shown_words(text: Box<str>) -> Box<str> {
    if !text.contains('[') {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        let link = wikilink(from, Span::default()).or_else(|| markdown_link(from, Span::default()));
        match link.filter(|(link, _)| link.form != LinkForm::Plain) {
            Some((link, used)) => {
                shown.push_str(before.strip_suffix('!').unwrap_or(before));
                shown.push_str(link.shown());
                rest = from.get(used..).unwrap_or_default();
            }
            None => {
                shown.push_str(before);
                shown.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    shown.push_str(rest);
    shown.into()
}

fn plain_name(name: &str, span: Span) -> Option<Link> {
    let name = trim_blanks(name);
    (!name.is_empty()).then(|| Link { target: name.into(), label: None, form: LinkForm::Plain, span })
}

/// What stands in brackets behind a name, `（园区运营，微信已加）`: its commas separate no names.
fn remark(text: &str) -> Option<&str> {
    let close = match text.chars().next()? {
        '（' => "）",
        '(' => ")",
        _ => return None,
    };
    let inside = text.get(..find_near(text, close)? + close.len())?;
    (!inside.contains("[[") && !inside.contains("](")).then_some(inside)
}

/// The longest part of a link, in bytes: so that a run of brackets takes linear time.
const LINK_BYTES: usize = 2048;

fn find_near(text: &str, mark: &str) -> Option<usize> {
    let end = (0..=text.len().min(LINK_BYTES)).rev().find(|at| text.is_char_boundary(*at))?;
    text.get(..end)?.find(mark)
}

/// `[[target#heading|label]]` at the start of `text`, and how many bytes it takes.
fn wikilink(text: &str, span: Span) -> Option<(Link, usize)> {
    let inner = text.strip_prefix("[[")?;
    let end = find_near(inner, "]]")?;
    let inside = inner.get(..end)?;
    let (target, label) = match inside.split_once('|') {
        Some((target, label)) => (target.strip_suffix('\\').unwrap_or(target), Some(trim_blanks(label))),
        None => (inside, None),
    };
    let target = trim_blanks(target.split(['#', '^']).next().unwrap_or_default());
    if target.is_empty() || target.contains('[') {
        return None;
    }
    let label = label.filter(|label| !label.is_empty()).map(Box::from);
    Some((Link { target: target.into(), label, form: LinkForm::Wiki, span }, end + 4))
}

/// `[label](target.md)` or `[label](<a b.md>)` at the start of `text`, and how many bytes it takes.
fn markdown_link(text: &str, span: Span) -> Option<(Link, usize)> {
    let inner = text.strip_prefix('[')?;
    let label_end = find_near(text, "](")?;
    let label = inner.get(..label_end - 1)?;
    let after = text.get(label_end + 2..)?;
    let (target, used) = match after.strip_prefix('<') {
        Some(bracketed) => {
            let end = find_near(bracketed, ">)")?;
            (bracketed.get(..end)?, end + 3)
        }
        None => {
            let end = find_near(after, ")")?;
            (after.get(..end)?, end + 1)
        }
    };
    let path = percent_decoded(target.split('#').next().unwrap_or_default());
    let link = if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
        // A web address names nobody's note; its label may.
        Link { target: label.into(), label: None, form: LinkForm::Plain, span }
    } else {
        Link { target: path.into(), label: Some(label.into()), form: LinkForm::Markdown, span }
    };
    Some((link, label_end + 2 + used))
}

/// Decodes `%E5%BC%A0`; bytes that are no UTF-8 stay as written.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let decoded = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| {
            let hex = std::str::from_utf8(hex).ok().filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u8::from_str_radix(hex, 16).ok()
        });
        match decoded {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<String> {
        links_in(text, Span::default()).iter().map(|link| format!("{}|{}", link.target, link.shown())).collect()
    }

    #[test]
    fn links_are_read_in_every_spelling() {
        assert_eq!(targets("[[张三]]"), ["张三|张三"]);
        assert_eq!(targets("[[人物/张三.md|老张]]"), ["人物/张三.md|老张"]);
        assert_eq!(targets("[[A]], [[B#标题|b]]"), ["A|A", "B|b"]);
        assert_eq!(targets("[张三](%E4%BA%BA/%E5%BC%A0%E4%B8%89.md#x)"), ["人/张三.md|张三"]);
        assert_eq!(targets("[x](<dir/a b.md>)"), ["dir/a b.md|x"]);
        assert_eq!(targets("张三、李四"), ["张三|张三", "李四|李四"]);
        assert_eq!(
            targets("张三、[[李四]], [王五](w.md)（产品）；赵六"),
            ["张三|张三", "李四|李四", "w.md|王五", "赵六|赵六"]
        );
        assert_eq!(targets("[[张三]] 大学同学"), ["张三|张三"]);
        assert_eq!(targets("[web](https://example.org)"), ["web|web"]);
        assert_eq!(targets("[[broken"), ["[[broken|[[broken"]);
    }

    #[test]
    fn texts_show_the_words_of_links_to_notes() {
        let table = [
            ("华东论坛", "华东论坛"),
            ("[[华东论坛]]", "华东论坛"),
            ("[[活动/华东论坛.md#日程|论坛]]上，[[李四]]介绍", "论坛上，李四介绍"),
            ("见 [论坛](<a b.md>) 与 ![[图.md]]", "见 论坛 与 图"),
            ("[站点](https://example.org) [x] [[", "[站点](https://example.org) [x] [["),
            ("[[#标题]] [[]]", "[[#标题]] [[]]"),
        ];
        for (text, expected) in table {
            assert_eq!(&*shown_words(text.into()), expected, "{text}");
        }
    }

    #[test]
    fn percent_signs_that_encode_nothing_stay() {
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("a%20b%zz"), "a b%zz");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }
}
