//! Front matter: the YAML between the fences at the top of a note, as raw text with spans. Never fails.
//!
//! It reads down a ladder: the whole block as YAML; else key by key, mending what people write although YAML does
//! not know it; else the text of that one key stays raw, with a warning on its line. No value gets a type here and
//! no key a meaning: field readers do that. Called by the reader of notes.
//!
//! Read in this order: `split` (the fences), `tree` (what comes out), `load` (YAML), `ladder`, `pieces` and `mend`
//! (what is not YAML), `settle` (what YAML understood otherwise than its writer).

pub mod limits;
pub mod load;
pub mod split;
pub mod tree;

mod blanks;
mod ladder;
mod links;
mod mend;
mod pieces;
mod reader;
mod settle;

use crate::model::diagnostic::Finding;
use crate::model::note::FrontMatterOutcome;
use crate::model::span::Span;
use split::{Lines, Oddity, Split, split};
use tree::Node;

/// The front matter of one note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The keys in file order; of one written twice, the last.
    pub fields: Vec<Field>,
    /// How much of the block was read.
    pub outcome: FrontMatterOutcome,
    /// What is odd, by place.
    pub findings: Vec<(Span, Finding)>,
    /// The lines between the fences, `None` without front matter.
    pub block: Option<Span>,
    /// The rest of the note.
    pub body: Span,
    /// Whether the block holds `{{…}}` or `<%`, so that the note is a template and no note yet.
    pub template: bool,
}

/// One key of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key as written, unquoted and without blanks around it.
    pub key: Box<str>,
    /// Its bytes in the file.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

impl FrontMatter {
    /// The field whose key is written exactly `key`.
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.key == key)
    }
}

/// Reads the front matter of the note `text`. `known_key` says whether a text is a key the program knows; lines
/// such as `姓名：张三`, which are no YAML, are read for those only.
pub fn read_front_matter(text: &str, known_key: &dyn Fn(&str) -> bool) -> FrontMatter {
    let Split { front, body, oddity } = split(text);
    let Some(block) = front else {
        let findings = match oddity {
            Some(Oddity::NotClosed(opener)) if keys_follow(text, opener) => {
                vec![(opener, Finding::new("front-matter-not-closed", []))]
            }
            // A thematic break at the top of a note is no mistake.
            _ => Vec::new(),
        };
        return FrontMatter {
            fields: Vec::new(),
            outcome: FrontMatterOutcome::Absent,
            findings,
            block: None,
            body,
            template: false,
        };
    };

    let mut read = ladder::read_block(text, block, known_key);
    read.body = body;
    if let Some(Oddity::BlankLinesBefore(opener)) = oddity {
        if read.outcome == FrontMatterOutcome::Unread {
            // Two thematic breaks around prose, below a blank line: text, not a broken block.
            let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let body = Span::new(start, text.len());
            let (fields, findings) = (Vec::new(), Vec::new());
            return FrontMatter {
                fields,
                outcome: FrontMatterOutcome::Absent,
                findings,
                block: None,
                body,
                template: false,
            };
        }
        read.findings.insert(0, (opener, Finding::new("blank-lines-before-front-matter", [])));
    }
    read
}

/// Whether the line below the opener looks like a key.
fn keys_follow(text: &str, opener: Span) -> bool {
    let next = Lines { text, at: opener.start as usize }.nth(1);
    next.is_some_and(|line| {
        !pieces::pieces(text, line.start..line.end(), &|_| false).iter().all(|piece| piece.key.is_none())
    })
}

/// Whether `text` holds a placeholder of a template: `{{…}}`, or `<%` of Templater.
fn is_template(text: &str) -> bool {
    text.contains("<%") || text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}

#[cfg(test)]
mod tests;
