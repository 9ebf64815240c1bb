//! How much memory reading a body would take, told from its bytes before any of it is spent.
//!
//! The Markdown parser keeps a record for every character that may mean something, and every line may become an
//! entry. A note of prose stays far below the limit at any size that is read; four megabytes of `[` would take a
//! hundred times their size.

/// The most memory one body may take, in bytes.
const BUDGET: usize = 64_000_000;
/// What a character that may mark something takes, measured.
const PER_MARK: usize = 80;
/// What a line that may be an entry takes, measured.
const PER_LINE: usize = 500;

/// Whether reading `body` would take more memory than one note may.
pub fn is_too_heavy(body: &str) -> bool {
    // Most notes could not exceed it if every byte were a line.
    if body.len() <= BUDGET / PER_LINE {
        return false;
    }
    let weight = |byte: u8| match byte {
        b'\n' => PER_LINE,
        b'[' | b']' | b'*' | b'_' | b'`' | b'<' | b'>' | b'!' | b'\\' | b'&' | b'~' | b'|' | b'#' => PER_MARK,
        _ => 0,
    };
    body.bytes().map(weight).sum::<usize>() > BUDGET
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_lines_without_number_are_too_heavy_and_prose_of_any_size_is_not() {
        for (piece, heavy) in [
            ("[", true),
            ("[[a]] ", true),
            ("\n# a\n", true),
            ("\n- 2026-11-20 x", true),
            ("#a ", true),
            ("a*", true),
            ("张", false),
            ("- ", false),
            ("- 2026-11-20 lunch with [[Ann Lee]] near the river, about the new shelf #gave/intro\n", false),
            ("2026-11-20 和[[张三]]吃饭，聊了新仓库的事，他答应下周给我引荐老周。\n\n", false),
        ] {
            assert_eq!(is_too_heavy(&piece.repeat(4_000_000 / piece.len())), heavy, "{piece:?}");
            assert!(!is_too_heavy(&piece.repeat(100_000 / piece.len())), "{piece:?}, a little of it");
        }
    }
}
