//! Whether two texts speak of the same thing, as far as their words tell: pairs of Chinese characters that follow each
//! other, and words of four letters and more in other scripts. Two in common are enough.

use std::collections::BTreeSet;

use crate::model::fold::{fold, is_han};

/// In common from which on two texts speak of the same thing.
const ENOUGH: usize = 2;
/// Shorter words of letters say too little.
const LETTERS: usize = 4;

/// The words of a text, to be compared with those of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TextWords(BTreeSet<Box<str>>);

impl TextWords {
    /// Those of `text`.
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        let mut words = BTreeSet::new();
        for run in folded.split(|c: char| !c.is_alphanumeric()) {
            let mut before = None;
            for (at, letter) in run.char_indices().filter(|(_, letter)| is_han(*letter)) {
                if let Some((start, end)) = before.filter(|(_, end)| *end == at)
                    && let Some(pair) = run.get(start..end + letter.len_utf8())
                {
                    words.insert(pair.into());
                }
                before = Some((at, at + letter.len_utf8()));
            }
            let spelled = run.split(is_han).filter(|word| word.chars().count() >= LETTERS);
            words.extend(spelled.map(Box::from));
        }
        TextWords(words)
    }

    /// Whether they have enough in common with `other`; of a text of a single word that one is.
    pub(super) fn meet(&self, other: &TextWords) -> bool {
        let enough = ENOUGH.min(self.0.len()).min(other.0.len());
        enough > 0 && self.0.intersection(&other.0).take(enough).count() == enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_in_common_are_enough_and_one_is_not() {
        for (a, b, meet) in [
            ("禾穗的行业白皮书下周公开", "把白皮书发给他", true),
            ("禾穗的行业报告", "禾穗库存", false),
            ("平湖园区推迟了", "平湖的茶", false),
            ("a table of robot vendors", "sent Jonas the robot vendors", true),
            ("a table of robot vendors", "a robot arm", false),
            ("whitepaper", "sent the Whitepaper at last", true),
            ("", "anything at all", false),
        ] {
            let found = TextWords::of(a).meet(&TextWords::of(b));
            assert_eq!(found, meet, "{a} / {b}");
        }
    }
}
