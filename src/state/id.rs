//! The names of kept files: the microsecond they were kept in, in ten digits of base 36. Names ascend with time and
//! are short enough to be typed.

/// How many digits a name has; enough until the year 2085.
const LENGTH: usize = 10;
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The name for a microsecond since 1970.
pub(super) fn id_at(microseconds: u64) -> String {
    let mut rest = microseconds;
    let mut digits = [b'0'; LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS.get((rest % 36) as usize).copied().unwrap_or(b'0');
        rest /= 36;
    }
    digits.map(char::from).iter().collect()
}

/// The microsecond a name stands for; nothing for a name that was not made here.
pub(super) fn time_of(id: &str) -> Option<u64> {
    if id.len() != LENGTH || id.bytes().any(|byte| !DIGITS.contains(&byte)) {
        return None;
    }
    u64::from_str_radix(id, 36).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ascend_with_time_and_are_read_again() {
        let times = [0, 35, 36, 1_795_000_000_000_000, 1_795_000_000_000_001];
        let ids: Vec<String> = times.iter().map(|time| id_at(*time)).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.len() == LENGTH));
        assert_eq!(ids.iter().map(|id| time_of(id)).collect::<Vec<_>>(), times.map(Some));
        for foreign in ["", "abc", "ABCDEFGHIJ", "123456789张", "12345678901", "../../../x", "+123456789"] {
            assert_eq!(time_of(foreign), None, "{foreign}");
        }
    }
}
