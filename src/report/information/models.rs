//! What was learned by watching others: their manner, their method, their thinking, and the layer not looked at yet.

use serde::Serialize;

use crate::index::record::{Index, PersonId};
use crate::model::moves::MoveKind;
use crate::model::today::Today;
use crate::report::told::Told;

/// Someone who was watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleModel {
    /// Name.
    pub person: String,
    /// Their note.
    pub path: String,
    /// How they speak and behave.
    pub manner: Vec<Told>,
    /// How they work.
    pub method: Vec<Told>,
    /// How they think.
    pub thinking: Vec<Told>,
    /// Without a layer named.
    pub other: Vec<Told>,
    /// The layers without anything: `manner`, `method`, `thinking`.
    pub missing: Vec<&'static str>,
}

/// All who were watched up to `today`, by name; what was seen, oldest first.
pub(super) fn watched(index: &Index, today: Today) -> Vec<RoleModel> {
    let everyone = (0..).map(PersonId).zip(&index.people);
    let mut found: Vec<_> =
        everyone.filter_map(|(id, record)| Some((&record.sort_key, model(index, id, today)?))).collect();
    found.sort_by(|(a_key, a), (b_key, b)| a_key.cmp(b_key).then_with(|| a.path.cmp(&b.path)));
    found.into_iter().map(|(_, model)| model).collect()
}

fn model(index: &Index, id: PersonId, today: Today) -> Option<RoleModel> {
    let record = index.person(id)?;
    let mut model = RoleModel {
        person: record.person.name.to_string(),
        path: record.path.as_str().to_owned(),
        manner: Vec::new(),
        method: Vec::new(),
        thinking: Vec::new(),
        other: Vec::new(),
        missing: Vec::new(),
    };
    let mut any = false;
    for fact in index.ledger.of(id).filter(|fact| fact.kind == MoveKind::Observed && fact.date <= today.0) {
        any = true;
        let layer = match fact.detail.as_deref() {
            Some("manner") => &mut model.manner,
            Some("method") => &mut model.method,
            Some("thinking") => &mut model.thinking,
            _ => &mut model.other,
        };
        layer.push(Told::of(fact));
    }
    let layers = [("manner", &model.manner), ("method", &model.method), ("thinking", &model.thinking)];
    model.missing = layers.into_iter().filter(|(_, seen)| seen.is_empty()).map(|(name, _)| name).collect();
    any.then_some(model)
}
