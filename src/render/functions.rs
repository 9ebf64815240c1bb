//! The functions and filters templates may use, each pure.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, State};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::fold::fold;
use crate::vocabulary::Vocabulary;

use super::engine::Medium;
use super::escape;
use super::link::LinkWriter;
use super::mermaid;
use super::style::Style;

/// Text made inert for its medium.
pub(super) fn escaped(text: &str, medium: Medium) -> String {
    match medium {
        Medium::Markdown => escape::markdown(text),
        Medium::Terminal(_) => escape::terminal(text),
    }
}

/// Adds them all to an environment.
pub(super) fn add_functions(
    environment: &mut Environment<'static>,
    medium: Medium,
    links: LinkWriter,
    words: BTreeMap<String, String>,
) {
    // link(path, label): a link in a note, the bare label on a terminal.
    let cell_links = links.clone();
    environment.add_function("link", move |path: &str, label: &str| {
        Value::from_safe_string(match medium {
            Medium::Markdown => links.link(path, label),
            Medium::Terminal(style) => style.name(&escape::terminal(label)),
        })
    });
    // The same inside a table cell, where a wikilink's own pipe takes a backslash.
    environment.add_function("cell_link", move |path: &str, label: &str| {
        Value::from_safe_string(match medium {
            Medium::Markdown => cell_links.link_in_cell(path, label),
            Medium::Terminal(style) => style.name(&escape::terminal(label)),
        })
    });
    // kept(line, item): line(item), which may have been rendered before; it may look at nothing but the item and the day.
    environment.add_function("kept", |state: &mut State<'_, '_>, line: Value, item: Value| line.call(state, &[item]));
    // word("channel.call"): a word of the vocabulary by group and id; the id itself where there is none.
    environment.add_function("word", move |id: &str| {
        let itself = id.split_once('.').map_or(id, |(_, name)| name);
        words.get(id).cloned().unwrap_or_else(|| itself.to_owned())
    });
    // flowchart(graph, owner, title, about): the picture of a network as Mermaid.
    environment.add_function("flowchart", |graph: Value, owner: &str, title: &str, about: &str| {
        mermaid::flowchart(&graph, owner, title, about).map(Value::from_safe_string)
    });
    add_styles(environment, medium);
    add_text_filters(environment, medium);
    add_date_filters(environment);
    environment.add_filter("where", |items: Vec<Value>, name: &str, wanted: Value| {
        // Most ask for a word, and words are compared at once.
        let is_wanted = |found: &Value| match wanted.as_str() {
            Some(wanted) => found.as_str() == Some(wanted),
            None => *found == wanted,
        };
        items.into_iter().filter(|item| item.get_attr(name).is_ok_and(|found| is_wanted(&found))).collect::<Vec<_>>()
    });
}

/// strong, dim, warn, heading: weight and colour on a terminal, nothing in a note.
fn add_styles(environment: &mut Environment<'static>, medium: Medium) {
    for (name, paint) in [
        ("strong", Style::strong as fn(Style, &str) -> String),
        ("dim", Style::dim),
        ("warn", Style::warn),
        ("heading", Style::heading),
    ] {
        environment.add_filter(name, move |value: Value| {
            let text = if value.is_safe() { value.to_string() } else { escaped(&value.to_string(), medium) };
            Value::from_safe_string(match medium {
                Medium::Markdown => text,
                Medium::Terminal(style) => paint(style, &text),
            })
        });
    }
}

fn add_text_filters(environment: &mut Environment<'static>, medium: Medium) {
    environment.add_filter("short", |text: &str, width: usize| shorten(text, width));
    environment.add_filter("count_of", |period: &str| period_parts(period).map(|(count, _)| count));
    environment.add_filter("unit_of", |period: &str| period_parts(period).map(|(_, unit)| unit.to_string()));
    // cell: text in a table cell, on one line.
    environment.add_filter("cell", move |value: Value| {
        let text = if value.is_safe() { value.to_string() } else { cell(&value.to_string(), medium) };
        Value::from_safe_string(text)
    });
    // mermaid: text inside the quotes of a Mermaid label.
    environment.add_filter("mermaid", |text: &str| Value::from_safe_string(mermaid::label(text)));
    // stem: the file name of a path, without its ending; for `_index` and the like, which say nothing, the folder's.
    environment.add_filter("stem", |path: &str| Vocabulary::built_in().note_name(path, fold).to_owned());
    // sentence(stop): a text that ends as a sentence does.
    environment.add_filter("sentence", |value: Value, stop: Option<&str>| {
        let whole = value.to_string();
        let text = whole.trim_end();
        let ends = text.is_empty() || text.ends_with(['.', '?', '!', '。', '？', '！', '…']);
        let text = if ends { text.to_owned() } else { format!("{text}{}", stop.unwrap_or(".")) };
        if value.is_safe() { Value::from_safe_string(text) } else { Value::from(text) }
    });
    // gap_before, gap_after: the blank Chinese prose sets between its own characters and a name in Latin letters; of
    // people, by the first or the last of them.
    environment.add_filter("gap_before", |name: Value| gap(&name, <[Value]>::first, |text| text.chars().next()));
    environment.add_filter("gap_after", |name: Value| gap(&name, <[Value]>::last, |text| text.chars().next_back()));
    // sum_of(name): the sum of a field of all items.
    environment.add_filter("sum_of", |items: Vec<Value>, name: &str| {
        items.iter().filter_map(|item| item.get_attr(name).ok()?.as_i64()).sum::<i64>()
    });
    // capitalize_first: the first letter large, the rest as it is.
    environment.add_filter("capitalize_first", |value: Value| {
        let text = capitalize_first(&value.to_string());
        if value.is_safe() { Value::from_safe_string(text) } else { Value::from(text) }
    });
    // pad(columns): blanks behind a text up to so many columns, wide characters counted as two.
    environment.add_filter("pad", move |value: Value, columns: usize| {
        let text = if value.is_safe() { value.to_string() } else { escaped(&value.to_string(), medium) };
        let blanks = columns.saturating_sub(columns_of(&text));
        Value::from_safe_string(format!("{text}{}", " ".repeat(blanks)))
    });
    // columns: how many columns the widest of some texts takes.
    environment.add_filter("columns", move |values: Vec<String>| {
        values.iter().map(|text| columns_of(&escaped(text, medium))).max().unwrap_or(0)
    });
}

fn add_date_filters(environment: &mut Environment<'static>) {
    environment.add_filter("year", |date: &str| parse(date).map(|date| date.year()));
    environment.add_filter("month", |date: &str| parse(date).map(|date| date.month()));
    environment.add_filter("day_of_month", |date: &str| parse(date).map(|date| date.day()));
    environment.add_filter("weekday", |date: &str| parse(date).map(|date| date.weekday().num_days_from_monday()));
    environment.add_filter("days_to", |from: &str, to: &str| -> Result<i64, minijinja::Error> {
        Ok((parse(to)? - parse(from)?).num_days())
    });
}

/// A blank when the end of a name, or of the name of one of some people, is a Latin letter or a digit.
fn gap(
    value: &Value,
    one_of: fn(&[Value]) -> Option<&Value>,
    end_of: fn(&str) -> Option<char>,
) -> Result<&'static str, minijinja::Error> {
    let name = match value.as_str() {
        Some(name) => name.to_owned(),
        None => {
            let items: Vec<Value> = value.try_iter()?.collect();
            one_of(&items)
                .map(|person| person.get_attr("person"))
                .transpose()?
                .map(|name| name.to_string())
                .unwrap_or_default()
        }
    };
    Ok(if end_of(&name).is_some_and(|end| end.is_ascii_alphanumeric()) { " " } else { "" })
}

fn cell(text: &str, medium: Medium) -> String {
    match medium {
        Medium::Markdown => escape::markdown_cell(text),
        Medium::Terminal(_) => escape::terminal(text),
    }
}

fn capitalize_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Columns a text takes on a terminal, colour codes not counted.
fn columns_of(text: &str) -> usize {
    UnicodeWidthStr::width(uncoloured(text).as_str())
}

/// The text without the colour codes of `Style`, which are the only escapes left in it.
fn uncoloured(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

/// A date as reports hold it. It is read by hand: a report asks for tens of thousands.
fn parse(date: &str) -> Result<NaiveDate, minijinja::Error> {
    let parts = date.split_once('-').and_then(|(year, rest)| Some((year, rest.split_once('-')?)));
    let day = parts.and_then(|(year, (month, day))| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    });
    day.ok_or_else(|| minijinja::Error::new(ErrorKind::InvalidOperation, format!("not a date: {date}")))
}

/// Count and unit letter of an ISO 8601 period such as `P2W`.
fn period_parts(period: &str) -> Result<(u32, char), minijinja::Error> {
    let wrong = || minijinja::Error::new(ErrorKind::InvalidOperation, format!("not a period: {period}"));
    let inner = period.strip_prefix('P').ok_or_else(wrong)?;
    let unit = inner.chars().last().ok_or_else(wrong)?;
    let count = inner.trim_end_matches(unit).parse().map_err(|_| wrong())?;
    Ok((count, unit))
}

/// Cuts text to about `width` columns, on one line, with an ellipsis where something was cut. A word in letters is left
/// out whole where it is short; else the cut is at a grapheme.
pub(super) fn shorten(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let grapheme = if grapheme.chars().all(char::is_whitespace) { " " } else { grapheme };
        let columns = UnicodeWidthStr::width(grapheme);
        if used + columns > width {
            if grapheme.chars().all(char::is_alphanumeric) {
                out.truncate(whole_words(&out).len());
            }
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        used += columns;
        out.push_str(grapheme);
    }
    out
}

/// The text without the letters of a word that was cut, where it has fewer than a dozen and others before it.
fn whole_words(text: &str) -> &str {
    let kept = text.trim_end_matches(|c: char| c.is_alphanumeric() && c.width() == Some(1));
    let begun = text.len() - kept.len();
    if begun < 12 && kept.ends_with(' ') { kept } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortening_cuts_at_columns_and_never_inside_a_character() {
        assert_eq!(shorten("谈了新项目", 10), "谈了新项目");
        assert_eq!(shorten("谈了新项目的预算", 10), "谈了新项目…");
        assert_eq!(shorten("asked whom to talk to", 15), "asked whom to…");
        assert_eq!(shorten("asked whom to talk to", 13), "asked whom to…");
        assert_eq!(shorten("谈了 roadmap", 8), "谈了…");
        assert_eq!(shorten("https://example.com/a", 9), "https://e…");
        assert_eq!(shorten("👨‍👩‍👧‍👦x", 1), "…");
        assert_eq!(shorten("a\r\nb\tc", 9), "a b c");
    }

    #[test]
    fn columns_count_wide_characters_twice_and_colours_not_at_all() {
        assert_eq!(columns_of("李娜 a"), 6);
        assert_eq!(columns_of(&Style::Colour.warn("李娜")), 4);
    }

    #[test]
    fn a_blank_stands_between_chinese_and_a_name_in_latin_letters() {
        let people =
            |names: &[&str]| names.iter().map(|name| minijinja::context! { person => *name }).collect::<Vec<_>>();
        let rows = [
            (Value::from("Jonas Berg"), " ", " "),
            (Value::from("周立群"), "", ""),
            (Value::from("周立群 K2"), "", " "),
            (Value::from(people(&["Jonas", "周立群"])), " ", ""),
            (Value::from(people(&[])), "", ""),
        ];
        let mut environment = Environment::new();
        super::add_text_filters(&mut environment, Medium::Markdown);
        for (name, before, after) in rows {
            let text = environment
                .render_str("{{ n|gap_before }},{{ n|gap_after }}", minijinja::context! { n => name.clone() });
            assert_eq!(text.unwrap(), format!("{before},{after}"), "{name}");
        }
    }

    #[test]
    fn only_the_first_letter_grows() {
        assert_eq!(capitalize_first("fri 25 Dec"), "Fri 25 Dec");
        assert_eq!(capitalize_first("中秋"), "中秋");
        assert_eq!(capitalize_first(""), "");
    }
}
