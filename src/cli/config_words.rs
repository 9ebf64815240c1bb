//! Words that the configuration adds to the vocabulary, handed over in the vocabulary's own format; a fault found there
//! is brought back to its place here.

use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::span::Span;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::error::{AdditionError, AdditionFault};

use super::config::AddedWords;

/// The vocabulary with the words of `[words.TABLE]`.
///
/// # Errors
/// A table or entry that does not exist, a wrong shape, or a word that means something else already.
pub fn with_words(tables: &[AddedWords]) -> Result<Vocabulary, (Span, Finding)> {
    let mut text = String::new();
    let mut places = Vec::new();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    for (table, entries) in tables {
        places.push((text.len(), table.span));
        text.push_str(&format!("[{}]\n", quoted(&table.value)));
        for (id, value) in entries {
            places.push((text.len(), id.span));
            text.push_str(&format!("{} = {value}\n", quoted(&id.value)));
        }
    }
    Vocabulary::with_additions(&text, fold).map_err(|error| {
        let at = error.span.as_ref().map_or(0, |span| span.start);
        let span = places.iter().rev().find(|(start, _)| *start <= at).map(|(_, span)| *span).unwrap_or_default();
        (span, finding(&error))
    })
}

fn finding(error: &AdditionError) -> Finding {
    match &error.fault {
        AdditionFault::Syntax(message) => {
            Finding::new("config-words-shape", [message.lines().next().unwrap_or_default()])
        }
        AdditionFault::UnknownEntry(id) => Finding::new("config-words-entry", [id]),
        AdditionFault::Taken { word, by } => Finding::new("config-words-taken", [word, by]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::config::read;

    fn fault(text: &str) -> (String, Finding) {
        let (span, finding) = with_words(&read(text).0.words).unwrap_err();
        (text[span.range()].to_owned(), finding)
    }

    #[test]
    fn added_words_are_read_beside_the_built_in_ones() {
        let (file, faults) = read("[words.channel]\nlunch = { zh = [\"工作餐\"] }\ntennis = { en = \"tennis\" }\n");
        assert!(faults.is_empty(), "{faults:?}");
        let words = with_words(&file.words).unwrap();
        assert_eq!(words.channel("工作餐"), Some("lunch"));
        assert_eq!(words.channel("tennis"), Some("tennis"));
        assert_eq!(words.channel("午餐"), Some("lunch"));
    }

    #[test]
    fn a_fault_is_told_at_its_table_or_entry() {
        assert_eq!(fault("[words.chanel]\nlunch = { zh = \"x\" }").0, "chanel");
        assert_eq!(fault("[words.channel]\nlunch = { cn = \"x\" }").0, "lunch");
        let (at, finding) = fault("[words.person]\nnickname_of = { zh = \"外号\" }");
        assert_eq!((at.as_str(), finding.code), ("nickname_of", "config-words-entry"));
        let (at, finding) = fault("[words.channel]\nmeal = { zh = \"开伙\" }\ndinner = { zh = \"午餐\" }");
        assert_eq!((at.as_str(), finding), ("dinner", Finding::new("config-words-taken", ["午餐", "lunch"])));
    }
}
