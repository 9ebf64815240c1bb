//! What is odd about a person once all their days are known.

use crate::model::diagnostic::{Diagnostic, Finding};

use super::meetings::{is_known_move, lacks_start};
use super::record::PersonRecord;

/// Findings about one person's plan.
pub(super) fn check_person(record: &PersonRecord) -> Vec<Diagnostic> {
    let Some(rule) = &record.person.meeting else { return Vec::new() };
    if lacks_start(&rule.value, record) {
        return vec![Finding::new("meeting-needs-start", []).on_line(&record.path, rule.span, rule.line)];
    }
    let unknown = record.person.meeting_moved.iter().filter(|moved| !is_known_move(&rule.value, record, &moved.value));
    unknown
        .map(|moved| {
            let from = moved.value.from.to_string();
            Finding::new("meeting-move-unknown", [&from]).on_line(&record.path, moved.span, moved.line)
        })
        .collect()
}
