//! The clock: what is kept is dated, and expires. Nothing that is read or reported asks it.

use std::time::{Duration, SystemTime};

/// Microseconds since 1970; 0 for a clock set before it.
pub(super) fn microseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
