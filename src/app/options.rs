//! What the pipeline is told, resolved from the command line and the configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::index::options::IndexOptions;
use crate::model::cadence::Cadence;
use crate::model::language::Language;
use crate::report::agenda::AgendaOptions;
use crate::report::network::NetworkOptions;
use crate::report::plan::PlanOptions;
use crate::vault::overlay::Overlay;
use crate::vocabulary::Vocabulary;

/// Options of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Language of reports and messages; `None` takes the vault's.
    pub language: Option<Language>,
    /// Folder of the generated reports, from the vault root.
    pub reports: String,
    /// Folders never read, from the vault root.
    pub ignore: Vec<String>,
    /// The words of both languages, the configuration's own included.
    pub vocabulary: Arc<Vocabulary>,
    /// Words that stand for a cadence, folded.
    pub cadence_words: BTreeMap<String, Cadence>,
    /// Options of the index.
    pub index: IndexOptions,
    /// Options of the agenda.
    pub agenda: AgendaOptions,
    /// Options of the report on the network.
    pub network: NetworkOptions,
    /// Options of the plan.
    pub plan: PlanOptions,
    /// Briefs are written for meetings within this many days.
    pub brief_days: u32,
    /// Reports that are kept out of git, by name; `briefs` is one.
    /// By their names, `briefs` among them.
    pub private: BTreeSet<String>,
    /// Whether only the user can read the repository's remotes, so that nothing there is anybody else's to see.
    pub private_remote: bool,
    /// The vault's own templates by file name.
    pub templates: BTreeMap<String, String>,
    /// Texts that stand in for those on the disk.
    pub overlay: Option<Arc<Overlay>>,
}
