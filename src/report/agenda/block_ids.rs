//! The names of agenda lines, each given once.

use std::collections::HashSet;

use crate::index::block_id::block_id;

/// Names lines, each name given once.
#[derive(Default)]
pub(super) struct BlockIds {
    taken: HashSet<String>,
}

impl BlockIds {
    /// The name for path, kind and day. Where two lines of one note, kind and day would share it, the later
    /// one takes its own `words` in, so that both keep their names when other lines come and go.
    pub(super) fn name(&mut self, parts: [&str; 3], words: &str) -> String {
        let [path, kind, day] = parts;
        let mut id = block_id(path, kind, day);
        let mut number = 1;
        while !self.taken.insert(id.clone()) {
            let nth = if number == 1 { String::new() } else { format!("\n{number}") };
            id = block_id(path, kind, &format!("{day}\n{words}{nth}"));
            number += 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_hash_of_path_kind_and_day_and_is_given_once() {
        let mut ids = BlockIds::default();
        let parts = ["人物/李娜.md", "contact", "2026-11-20"];
        let first = ids.name(parts, "");
        assert_eq!(first, block_id("人物/李娜.md", "contact", "2026-11-20"));
        assert_eq!(first.len(), 11);
        let second = ids.name(parts, "报价");
        let third = ids.name(parts, "报价");
        assert!(first != second && second != third && first != third);
    }
}
