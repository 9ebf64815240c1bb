//! Who comes first: overdue ÷ cadence × weight, then weight, then the name.

use std::cmp::{Ordering, Reverse};

use crate::index::importance::{Pressure, by_name as by_name_of};
use crate::report::facts::Subject;

/// Orders two people for the day, the more pressing one first.
pub(super) fn by_rank(a: &Subject<'_>, b: &Subject<'_>) -> Ordering {
    let pressure = |subject: &Subject<'_>| Pressure::of(subject.record, &subject.standing);
    pressure(b)
        .compare(pressure(a))
        .then_with(|| Reverse(a.record.weight).cmp(&Reverse(b.record.weight)))
        .then_with(|| by_name(a, b))
}

/// Orders two people by name.
pub(super) fn by_name(a: &Subject<'_>, b: &Subject<'_>) -> Ordering {
    by_name_of(a.record, b.record)
}
