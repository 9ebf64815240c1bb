//! The name of a report's item, the same on every device and every run.

use sha2::{Digest, Sha256};

/// The block id of an item, without the `^`: `vs-` and the first 8 hex digits of SHA-256 over `path`, `kind` and the
/// ISO date `due`, joined by LF. It changes when the item becomes another one, and only then.
pub fn block_id(path: &str, kind: &str, due: &str) -> String {
    let mut hash = Sha256::new();
    for (part, end) in [(path, "\n"), (kind, "\n"), (due, "")] {
        hash.update(part);
        hash.update(end);
    }
    let [a, b, c, d, ..]: [u8; 32] = hash.finalize().into();
    format!("vs-{:08x}", u32::from_be_bytes([a, b, c, d]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_that_of_sha256sum() {
        // printf 'a\nb\nc' | sha256sum, and the same of the second row.
        assert_eq!(block_id("a", "b", "c"), "vs-ea7fb08b");
        assert_eq!(block_id("People/张三.md", "contact", "2026-11-20"), "vs-9a1b206b");
        assert_ne!(block_id("a\nb", "c", "d"), block_id("a", "b", "c"));
    }
}
