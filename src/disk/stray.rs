//! The names of temporary files: how they are made, and how those that a crash left behind are known again.

/// How the name of a temporary file begins; short, and nothing of the note's own name.
pub const PREFIX: &str = ".vs-";
/// How it ends.
const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between.
const RANDOM: usize = 10;

/// A name for a temporary file, from any number; numbers differ, names differ.
pub fn name(number: u64) -> String {
    let mut rest = number;
    let mut letters = [b'0'; RANDOM];
    for letter in letters.iter_mut().rev() {
        *letter = DIGITS.get((rest % DIGITS.len() as u64) as usize).copied().unwrap_or(b'0');
        rest /= DIGITS.len() as u64;
    }
    format!("{PREFIX}{}{SUFFIX}", String::from_utf8_lossy(&letters))
}

const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Exactly the names made here, so that no file of a person's is ever taken for one.
pub fn is_ours(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|name| name.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_made_here_are_ours() {
        for number in [0, 35, 36, u64::from(u32::MAX), u64::MAX] {
            assert!(is_ours(&name(number)), "{number}");
        }
        assert_ne!(name(1), name(2));
        assert!(is_ours(".vs-abcDEF0123.tmp"));
        for name in [".vs-abc.tmp", ".vs-abcDEF0123", "vs-abcDEF0123.tmp", ".vs-abcDEF012张.tmp", ".vs-abc-EF0123.tmp"]
        {
            assert!(!is_ours(name), "{name}");
        }
    }
}
