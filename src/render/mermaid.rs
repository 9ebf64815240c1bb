//! The network as a Mermaid flowchart: the owner, a line to each person by the strength of the tie, a frame round each
//! company, an arrow for each introduction. Colours are left to the reader's theme.
//!
//! Mermaid reads its own entities in a label, a number between `#` and `;`, so what it, Markdown, HTML or a plugin would
//! act on is written as one. Newer versions read a label as Markdown and would say "unsupported" of a list: a number with
//! its point or a dash at the start is an entity too.

use std::fmt::Write as _;

use minijinja::Error;
use minijinja::value::Value;

use super::escape::is_hidden;
use super::functions::shorten;

/// Columns a label may take.
const WIDTH: usize = 24;

/// Thirty people stand on one page only when they stand close.
const SPACING: &str = "%%{init: {\"flowchart\": {\"nodeSpacing\": 10, \"rankSpacing\": 70, \"padding\": 8}}}%%";

/// The flowchart of a report's `graph`, without its fence. `owner` is what the owner is called, `title` and `about` say
/// what is seen to those who do not see it.
///
/// # Errors
/// A graph that lacks a field.
pub(super) fn flowchart(graph: &Value, owner: &str, title: &str, about: &str) -> Result<String, Error> {
    let mut out = format!("{SPACING}\nflowchart LR\n  accTitle: {title}\n  accDescr: {about}\n");
    let _ = writeln!(out, "  me((\"{}\"))", label(owner));
    let people: Vec<Value> = graph.get_attr("people")?.try_iter()?.collect();
    let in_group = |wanted: Value| people.iter().filter(move |one| one.get_attr("group").is_ok_and(|id| id == wanted));
    let mut sides = Sides::default();
    for group in graph.get_attr("groups")?.try_iter()? {
        let (id, company) = (group.get_attr("id")?, group.get_attr("company")?);
        let _ = writeln!(out, "  subgraph g{id}[\"{}\"]", label(&shorten(&company.to_string(), WIDTH)));
        for person in in_group(id.clone()) {
            let _ = writeln!(out, "    {}", node(person)?);
        }
        out.push_str("  end\n");
        sides.add(in_group(id).map(line).collect::<Result<_, Error>>()?);
    }
    for person in in_group(Value::from(())) {
        let _ = writeln!(out, "  {}", node(person)?);
        sides.add(vec![line(person)?]);
    }
    for (id, line) in sides.left {
        let _ = writeln!(out, "  n{id} {line} me");
    }
    for (id, line) in sides.right {
        let _ = writeln!(out, "  me {line} n{id}");
    }
    for arrow in graph.get_attr("arrows")?.try_iter()? {
        let line = if arrow.get_attr("by")?.as_str() == Some("owner") { "<-->" } else { "-->" };
        let _ = writeln!(out, "  n{} {line} n{}", arrow.get_attr("from")?, arrow.get_attr("to")?);
    }
    out.truncate(out.trim_end().len());
    Ok(out)
}

/// A person's number and the line to them.
type Line = (Value, &'static str);

/// People left and right of the owner, about as many on each side, so that the picture is half as high.
#[derive(Default)]
struct Sides {
    left: Vec<Line>,
    right: Vec<Line>,
}

impl Sides {
    /// Puts people who stay together on the side that has fewer.
    fn add(&mut self, mut people: Vec<Line>) {
        let fewer = if self.left.len() <= self.right.len() { &mut self.left } else { &mut self.right };
        fewer.append(&mut people);
    }
}

/// The line to a person: thick for a strong tie, thin for a weak one, dotted without any contact.
fn line(person: &Value) -> Result<Line, Error> {
    let line = match person.get_attr("strength")?.as_str() {
        Some("strong") => "===",
        Some(_) => "---",
        None => "-.-",
    };
    Ok((person.get_attr("id")?, line))
}

/// A person: round who works with the owner, rounded at the corners a friend, square an acquaintance.
fn node(person: &Value) -> Result<String, Error> {
    let mut text = label(&shorten(&person.get_attr("person")?.to_string(), WIDTH));
    if let Some(company) = person.get_attr("company")?.as_str() {
        let _ = write!(text, "<br>{}", label(&shorten(company, WIDTH)));
    }
    let (open, close) = match person.get_attr("state")?.as_str() {
        Some("network") => ("([", "])"),
        Some("friend") => ("(", ")"),
        _ => ("[", "]"),
    };
    Ok(format!("n{}{open}\"{text}\"{close}", person.get_attr("id")?))
}

/// A text as a label, on one line.
pub(super) fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut previous = None;
    for c in text.trim().chars() {
        match c {
            c if c.is_whitespace() && !out.is_empty() && previous != Some(' ') => out.push(' '),
            c if c.is_whitespace() || is_hidden(c) => {}
            ',' => out.push(c),
            '.' | '-' | '(' | ')' if previous.is_some_and(char::is_alphabetic) => out.push(c),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => {
                let _ = write!(out, "#{};", c as u32);
            }
            c => out.push(c),
        }
        previous = Some(if c.is_whitespace() { ' ' } else { c });
    }
    out.truncate(out.trim_end().len());
    // An empty label would be no label.
    if out.is_empty() { "…".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    #[test]
    fn the_owner_stands_between_two_sides_of_about_as_many() {
        let person = |id: usize, group: Option<usize>, state: &str, strength: Option<&str>| {
            context! { id, group, state, strength, person => format!("P{id}"), company => group.is_none().then_some("Acme") }
        };
        let graph = context! {
            groups => [context! { id => 0, company => "end" }],
            people => [
                person(0, Some(0), "network", Some("strong")),
                person(1, Some(0), "friend", Some("weak")),
                person(2, None, "acquaintance", None::<&str>),
            ],
            arrows => [context! { from => 0, to => 2, by => "them" }, context! { from => 1, to => 2, by => "owner" }],
        };
        let chart = flowchart(&graph, "me", "Title", "About").unwrap();
        let (head, body) = chart.split_once('\n').unwrap();
        assert_eq!(head, SPACING);
        assert_eq!(
            body,
            "flowchart LR\n  accTitle: Title\n  accDescr: About\n  me((\"me\"))\n  subgraph g0[\"end\"]\n    \
             n0([\"P0\"])\n    n1(\"P1\")\n  end\n  n2[\"P2<br>Acme\"]\n  n0 === me\n  n1 --- me\n  me -.- n2\n  \
             n0 --> n2\n  n1 <--> n2"
        );
    }

    #[test]
    fn nothing_in_a_label_acts() {
        for (raw, expected) in [
            ("李娜", "李娜"),
            ("Anna-Lena St. John", "Anna-Lena St. John"),
            ("end", "end"),
            ("\"]; end", "#34;#93;#59; end"),
            ("a[b](c){d}", "a#91;b#93;#40;c)#123;d#125;"),
            ("#35; C#", "#35;35#59; C#35;"),
            ("`x` $$y$$ %%z", "#96;x#96; #36;#36;y#36;#36; #37;#37;z"),
            ("<b>&amp;", "#60;b#62;#38;amp#59;"),
            ("1. one", "1#46; one"),
            ("- one", "#45; one"),
            ("a::b -->|x| c", "a#58;#58;b #45;#45;#62;#124;x#124; c"),
            ("a\n\n b\u{202e}c\u{7}", "a bc"),
            ("🙂 محمد", "🙂 محمد"),
            ("\u{200f}", "…"),
            ("", "…"),
        ] {
            assert_eq!(label(raw), expected, "{raw:?}");
        }
    }
}
