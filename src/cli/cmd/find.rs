//! Whom the words on the command line mean.

use crate::app::load::Loaded;
use crate::cli::error::CliError;
use crate::index::names::Found;
use crate::index::record::PersonId;
use crate::model::diagnostic::Finding;

/// The one person that `words` name.
///
/// # Errors
/// Nobody, with those whose names are near; several, with all of them; or a note that could not be read.
pub(super) fn person(loaded: &Loaded, words: &[String]) -> Result<PersonId, CliError> {
    let query = words.join(" ");
    match loaded.find(&query) {
        Found::One(id) => Ok(id),
        Found::Several(ids) => Err(CliError::Said {
            finding: Finding::new("person-ambiguous", [&query, &ids.len().to_string()]),
            lines: candidates(loaded, &ids),
        }),
        Found::Unread(found) => Err(CliError::Refused {
            path: found.path.to_string(),
            finding: Finding { code: found.code, arguments: found.arguments },
        }),
        Found::None { near } if near.is_empty() => Err(Finding::new("person-unknown", [&query]).into()),
        Found::None { near } => Err(CliError::Said {
            finding: Finding::new("person-unknown-but-near", [&query]),
            lines: candidates(loaded, &near),
        }),
    }
}

fn candidates(loaded: &Loaded, ids: &[PersonId]) -> Vec<String> {
    let line = |id: &PersonId| {
        let record = loaded.index.person(*id)?;
        Some(format!("{}  {}", record.person.name, record.path))
    };
    ids.iter().filter_map(line).collect()
}
