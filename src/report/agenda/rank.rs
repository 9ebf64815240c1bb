//! Who comes first: overdue ÷ cadence × weight, then weight, then the name.

use std::cmp::{Ordering, Reverse};

use crate::report::facts::Subject;

/// Orders two people for the day, the more pressing one first. Worked in whole numbers, so that no rounding decides.
pub(super) fn by_rank(a: &Subject<'_>, b: &Subject<'_>) -> Ordering {
    let (over_a, per_a) = pressure(a);
    let (over_b, per_b) = pressure(b);
    (over_b * per_a)
        .cmp(&(over_a * per_b))
        .then_with(|| Reverse(a.record.weight).cmp(&Reverse(b.record.weight)))
        .then_with(|| by_name(a, b))
}

/// Orders two people by name as the language collates it; of namesakes the note's path decides.
pub(super) fn by_name(a: &Subject<'_>, b: &Subject<'_>) -> Ordering {
    a.record.sort_key.cmp(&b.record.sort_key).then_with(|| a.record.path.cmp(&b.record.path))
}

/// Days overdue times weight, over the days of the cadence.
fn pressure(subject: &Subject<'_>) -> (u128, u128) {
    let late = u128::try_from(subject.standing.late_days).unwrap_or(0);
    let days = subject.record.cadence.period.map_or(1, |period| period.days().max(1));
    (late * u128::from(subject.record.weight), u128::from(days))
}
