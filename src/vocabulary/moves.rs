//! Moves: what an entry gave or got, written as nested tags whose parts may be in either language.

use std::collections::{BTreeMap, HashMap};

use super::Vocabulary;
use super::normal::normal_word;
use super::table::WordTable;

/// What a tag of a move means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The canonical path: `gave/intro`, `got/info/source`, `thanked`.
    pub id: &'static str,
    /// Whether the tag goes on with a part that is not known here, as `#gave/money`; `id` is then the known part.
    pub unknown_leaf: bool,
}

/// The parts of moves by the move they stand under; the first parts stand under the empty path.
#[derive(Clone, Debug, Default)]
pub(super) struct MoveTree {
    under: BTreeMap<&'static str, HashMap<Box<str>, &'static str>>,
}

impl MoveTree {
    /// The tree of all paths in the table.
    pub(super) fn build(table: &WordTable) -> MoveTree {
        let mut tree = MoveTree::default();
        for (id, entry) in table.entries() {
            let parent = id.rsplit_once('/').map_or("", |(parent, _)| parent);
            let parts = tree.under.entry(parent).or_default();
            let words = entry.chinese.iter().chain(&entry.english).map(AsRef::as_ref);
            for word in words.chain((!entry.name_only).then_some(*id)) {
                let part = word.rsplit_once('/').map_or(word, |(_, part)| part);
                parts.insert(normal_word(part).into(), id);
            }
        }
        tree
    }

    fn find(&self, folded: &str) -> Option<Move> {
        let mut found: Option<&'static str> = None;
        for part in folded.split('/') {
            let under = found.unwrap_or("");
            let Some(parts) = self.under.get(under) else { break }; // a move without kinds: `#work/alpha` is `work`
            match parts.get(normal_word(part).as_ref()) {
                Some(id) => found = Some(id),
                None => return found.map(|id| Move { id, unknown_leaf: true }),
            }
        }
        found.map(|id| Move { id, unknown_leaf: false })
    }
}

impl Vocabulary {
    /// The move a folded tag without `#` means, or `None` for an ordinary tag.
    pub fn move_tag(&self, folded: &str) -> Option<Move> {
        self.moves.find(folded)
    }

    /// A move as a tag without `#`: the id in English, `获得/引荐` in Chinese.
    pub fn move_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.by_id(super::source::TableName::Move, id, language)
    }

    /// The key of a move field: `until`, 到.
    pub fn move_field_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.by_id(super::source::TableName::MoveField, id, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_is_read_and_written_in_both_languages() {
        #[rustfmt::skip]
        let rows = [
            ("gave", "输出"), ("gave/info", "输出/信息"), ("gave/intro", "输出/引荐"), ("gave/help", "输出/帮助"),
            ("gave/share", "输出/分享"), ("gave/gift", "输出/礼物"), ("gave/feedback", "输出/反馈"),
            ("got", "获得"), ("got/info", "获得/信息"), ("got/info/source", "获得/信息/源头"),
            ("got/info/relayed", "获得/信息/转述"), ("got/opportunity", "获得/机会"), ("got/view", "获得/思路"),
            ("got/feedback", "获得/反馈"), ("got/endorsement", "获得/背书"), ("got/intro", "获得/引荐"),
            ("got/help", "获得/帮助"), ("got/teaching", "获得/指导"), ("got/gift", "获得/礼物"),
            ("thanked", "已谢"), ("cooperated", "合作"), ("skip", "跳过"), ("snooze", "暂缓"),
            ("observed", "观察"), ("observed/manner", "观察/言谈"), ("observed/method", "观察/方法"),
            ("observed/thinking", "观察/思维"),
            ("work", "工作"), ("learned", "学到"), ("mistake", "犯错"), ("question", "疑问"), ("captured", "要点"),
            ("prepared", "已备"), ("summary", "总结"), ("topic", "话题"), ("skip/thanks", "跳过/感谢"), ("snooze/introduction", "暂缓/引荐"),
        ];
        let words = Vocabulary::built_in();
        for (id, chinese) in rows {
            let known = Some(Move { id, unknown_leaf: false });
            assert_eq!(words.move_tag(id), known);
            assert_eq!(words.move_tag(chinese), known);
        }
    }

    #[test]
    fn languages_may_be_mixed_within_a_tag() {
        let words = Vocabulary::built_in();
        assert_eq!(words.move_tag("got/信息/source").map(|m| m.id), Some("got/info/source"));
        assert_eq!(words.move_tag("输出/intro").map(|m| m.id), Some("gave/intro"));
    }

    #[test]
    fn an_unknown_kind_of_a_known_move_is_flagged() {
        let words = Vocabulary::built_in();
        assert_eq!(words.move_tag("gave/money"), Some(Move { id: "gave", unknown_leaf: true }));
        assert_eq!(words.move_tag("获得/信息/传闻"), Some(Move { id: "got/info", unknown_leaf: true }));
        assert_eq!(words.move_tag("work/alpha"), Some(Move { id: "work", unknown_leaf: false }));
        assert_eq!(words.move_tag("gave/intro/2026"), Some(Move { id: "gave/intro", unknown_leaf: false }));
    }

    #[test]
    fn ordinary_tags_are_no_moves() {
        for tag in ["project", "intro", "人脉", "", "/gave", "givers"] {
            assert_eq!(Vocabulary::built_in().move_tag(tag), None, "{tag}");
        }
    }
}
