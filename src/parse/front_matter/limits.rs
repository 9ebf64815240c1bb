//! How much front matter is read before it is refused: what keeps a hostile block from costing time or memory.

/// Bytes of one block, between its fences.
pub const BLOCK_BYTES: usize = 256 * 1024;

/// Lists and maps inside one another.
pub const DEPTH: usize = 64;

/// Scalars, lists, maps and empty values of one block, aliases counted as what they stand for.
pub const NODES: usize = 10_000;

/// Aliases (`*name`) of one block.
pub const ALIASES: usize = 100;

/// Bytes of text that aliases may copy. A hundred aliases of one long text would otherwise fill the memory
/// without ever counting as many nodes.
pub const ALIAS_BYTES: usize = 1024 * 1024;

/// What one block may still use.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    nodes: usize,
    aliases: usize,
    alias_bytes: usize,
}

impl Budget {
    /// A full budget for one block.
    pub fn for_block() -> Self {
        Budget { nodes: NODES, aliases: ALIASES, alias_bytes: ALIAS_BYTES }
    }

    /// Pays for `count` nodes; `None` if there are not that many left.
    pub(super) fn nodes(&mut self, count: usize) -> Option<()> {
        self.nodes = self.nodes.checked_sub(count)?;
        Some(())
    }

    /// Pays for one alias that copies `bytes` of text; `None` if that is too much.
    pub(super) fn alias(&mut self, bytes: usize) -> Option<()> {
        self.aliases = self.aliases.checked_sub(1)?;
        self.alias_bytes = self.alias_bytes.checked_sub(bytes)?;
        Some(())
    }

    /// Pays for a value that is kept raw. There is always room for one more; `is_spent` ends the reading.
    pub(super) fn raw_value(&mut self) {
        self.nodes = self.nodes.saturating_sub(1);
    }

    /// Whether not even one more key with a value can be read.
    pub(super) fn is_spent(self) -> bool {
        self.nodes < 3
    }
}
