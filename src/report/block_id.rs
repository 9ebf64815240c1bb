//! The stable name of an agenda line: `vs-` and the first eight hex digits of SHA-256 over path, kind and day.

use std::collections::HashSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Names lines, each name given once.
#[derive(Default)]
pub(super) struct BlockIds {
    taken: HashSet<String>,
}

impl BlockIds {
    /// The name for `parts` joined by line feeds. Where two lines of one note, kind and day would share it, the later
    /// one takes its own `words` in, so that both keep their names when other lines come and go.
    pub(super) fn name(&mut self, parts: [&str; 3], words: &str) -> String {
        let [path, kind, day] = parts;
        let plain = format!("{path}\n{kind}\n{day}");
        let candidates = std::iter::once(plain.clone())
            .chain(std::iter::once(format!("{plain}\n{words}")))
            .chain((2u32..).map(|number| format!("{plain}\n{words}\n{number}")));
        let mut id = String::new();
        for candidate in candidates {
            id = hashed(&candidate);
            if self.taken.insert(id.clone()) {
                break;
            }
        }
        id
    }
}

fn hashed(text: &str) -> String {
    let mut id = String::from("vs-");
    for byte in Sha256::digest(text.as_bytes()).iter().take(4) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_hash_of_path_kind_and_day_and_is_given_once() {
        let mut ids = BlockIds::default();
        let parts = ["人物/李娜.md", "contact", "2026-11-20"];
        let first = ids.name(parts, "");
        assert_eq!(first, hashed("人物/李娜.md\ncontact\n2026-11-20"));
        assert_eq!(first.len(), 11);
        let second = ids.name(parts, "报价");
        let third = ids.name(parts, "报价");
        assert!(first != second && second != third && first != third);
    }
}
