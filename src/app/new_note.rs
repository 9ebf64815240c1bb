//! The note of someone new: where it lies and what it says, after the vault's own notes.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::index::record::PersonRecord;
use crate::model::fold::fold;
use crate::model::note::NoteKind;
use crate::model::obsidian::PropertyType;
use crate::model::path::NotePath;
use crate::model::span::Span;
use crate::parse::front_matter::read_front_matter;
use crate::parse::front_matter::split::split;
use crate::parse::kind::is_in_person_folder;
use crate::parse::note::{NameRole, ParseContext, parse_note};
use crate::parse::periodic::PeriodicNotes;
use crate::vault::read::read_text;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::time::TimeWords;
use crate::write::intent::NewNote;
use crate::write::refusal::Refusal;
use crate::write::target::{NameFault, TargetPath};

use super::load::Loaded;
use super::person_template::{PersonTemplate, filled};

/// Keys that a program or an older plugin wrote once: a new note is not given them because others have them.
const NOT_COPIED: [&str; 12] = [
    "type",
    "name",
    "uid",
    "tags",
    "categories",
    "last_contact",
    "skipped",
    "snooze_until",
    "paused",
    "deceased",
    "status",
    "generated_by",
];

/// What is known of someone new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The name, which becomes the name of the note.
    pub name: String,
    /// The folder asked for.
    pub folder: Option<String>,
    /// Values by canonical key, in the order they should stand.
    pub fields: Vec<(&'static str, String)>,
}

/// Characters nobody types on purpose: two names that look alike would be two people. Those that join emoji are none.
fn is_unseen(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    turns || matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

impl Loaded {
    /// Whoever has this name, as name, alias or file.
    pub fn namesake(&self, name: &str) -> Option<&PersonRecord> {
        let wanted = fold(name);
        self.index.people.iter().find(|record| {
            let person = &record.person;
            let names = person.aliases.iter().map(AsRef::as_ref).chain([person.name.as_ref(), record.path.stem()]);
            names.map(fold).any(|known| known == wanted)
        })
    }

    /// The new note; from `template` where there is one, else the built-in form.
    ///
    /// # Errors
    /// A name that may not be a file's.
    pub fn new_note(
        &self,
        person: &NewPerson,
        template: Option<&PersonTemplate>,
        today: NaiveDate,
    ) -> Result<NewNote, Refusal> {
        if let Some(c) = person.name.chars().find(|c| matches!(c, '/' | '\\') || is_unseen(*c)) {
            return Err(Refusal::BadName { name: person.name.clone(), fault: NameFault::Character(c) });
        }
        let folder = person.folder.clone().unwrap_or_else(|| self.usual_folder());
        let folder = folder.trim_matches('/');
        let target = TargetPath::new(format!("{folder}/{}.md", person.name).trim_start_matches('/'))?;
        let keys = self.key_usage();
        let mut text = match template {
            Some(template) => filled(&template.text, &person.name, today, self.language),
            None => self.built_in(person, &keys),
        };
        for (id, value) in &person.fields {
            text = self.with_field(&text, &keys.spelling(self, id), id, value);
        }
        let path = target.note_path();
        if !is_in_person_folder(&path, &self.options.vocabulary) && self.kind_of(&path, &text) != NoteKind::Person {
            let words = &self.options.vocabulary;
            let word = words.class_name("person", self.language.tag());
            text = self.with_field(&text, &keys.spelling(self, "type"), "type", word);
        }
        Ok(NewNote { target, text })
    }

    /// The folder with most people, archives aside.
    fn usual_folder(&self) -> String {
        let words = &self.options.vocabulary;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for record in &self.index.people {
            let folder = record.path.folder();
            if !folder.split('/').any(|part| words.is_archive_folder(&fold(part))) {
                *counts.entry(folder).or_default() += 1;
            }
        }
        let most = counts.iter().max_by_key(|(folder, count)| (**count, std::cmp::Reverse(**folder)));
        most.map_or_else(
            || words.label("person-folder", self.language.tag()).to_owned(),
            |(folder, _)| (*folder).to_owned(),
        )
    }

    /// The form of a vault without a template: the keys that half of its people have, and an empty log.
    fn built_in(&self, person: &NewPerson, keys: &KeyUsage) -> String {
        let usual: Vec<&'static str> = match self.index.people.len() {
            0 => vec!["company", "role", "relationship", "cadence"],
            people => keys.common(people.div_ceil(2)),
        };
        let mut front = String::new();
        if self.index.people.is_empty() || keys.count("type") * 2 >= self.index.people.len() {
            let word = self.options.vocabulary.class_name("person", self.language.tag());
            front.push_str(&format!("{}: {}\n", yaml(&keys.spelling(self, "type")), yaml(word)));
        }
        for id in usual.into_iter().filter(|id| !person.fields.iter().any(|(given, _)| given == id)) {
            front.push_str(&format!("{}:\n", yaml(&keys.spelling(self, id))));
        }
        let heading = self.options.vocabulary.label("log-heading", self.language.tag());
        format!("---\n{front}---\n\n## {heading}\n")
    }

    /// How the people of this vault spell their keys.
    fn key_usage(&self) -> KeyUsage {
        let words = &self.options.vocabulary;
        let id_of = |key: &str| words.key(KeyScope::Person, &fold(key));
        let mut usage = KeyUsage::default();
        for record in &self.index.people {
            let Ok(text) = read_text(&self.root.join(record.path.as_str())) else { continue };
            for (place, field) in read_front_matter(&text, &|key| id_of(key).is_some()).fields.iter().enumerate() {
                if let Some(id) = id_of(&field.key) {
                    *usage.spellings.entry(id).or_default().entry(field.key.to_string()).or_default() += 1;
                    *usage.places.entry(id).or_default() += place;
                }
            }
        }
        usage
    }

    /// The text with a value in its front matter: on the empty line of its key where there is one, else on a line of its
    /// own at the end.
    fn with_field(&self, text: &str, key: &str, id: &str, value: &str) -> String {
        let words = &self.options.vocabulary;
        let is_list = self.obsidian.property_type(key) == Some(PropertyType::List);
        let written = if is_list { format!("\n  - {}", yaml(value)) } else { format!(" {}", yaml(value)) };
        let Some(front) = split(text).front.map(Span::range) else {
            return format!("---\n{}:{written}\n---\n\n{text}", yaml(key));
        };
        let (before, rest) = text.split_at_checked(front.start).unwrap_or(("", text));
        let (inner, after) = rest.split_at_checked(front.len()).unwrap_or((rest, ""));
        let mut out = before.to_owned();
        let mut done = false;
        for line in inner.split_inclusive('\n') {
            let bare = line.trim_end();
            let is_it = bare.strip_suffix(':').is_some_and(|key| {
                !key.starts_with([' ', '#']) && words.key(KeyScope::Person, &fold(key.trim_matches('"'))) == Some(id)
            });
            if is_it && !done {
                out.push_str(&format!("{bare}{written}\n"));
                done = true;
            } else {
                out.push_str(line);
            }
        }
        if !done {
            out.push_str(&format!("{}:{written}\n", yaml(key)));
        }
        out + after
    }

    /// What the new note will be read as.
    fn kind_of(&self, path: &NotePath, text: &str) -> NoteKind {
        let (time, (periodic, _)) = (TimeWords::built_in(), PeriodicNotes::compile(&self.obsidian));
        let context = ParseContext {
            words: &self.options.vocabulary,
            time: &time,
            obsidian: &self.obsidian,
            periodic: &periodic,
        };
        parse_note(path, text, &NameRole::Ordinary, &context).0.kind
    }
}

/// How often each spelling of each key stands in notes about people.
#[derive(Debug, Default)]
struct KeyUsage {
    spellings: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// The sum of the places at which each key stands.
    places: BTreeMap<&'static str, usize>,
}

impl KeyUsage {
    /// The spelling most notes use; with none, or a tie, the one of the vault's language.
    fn spelling(&self, loaded: &Loaded, id: &str) -> String {
        let usual = || {
            let words = &loaded.options.vocabulary;
            words.key_name(KeyScope::Person, id, loaded.language.tag()).to_owned()
        };
        let Some(counts) = self.spellings.get(id) else { return usual() };
        let most = counts.values().max().copied().unwrap_or_default();
        let mut best = counts.iter().filter(|(_, count)| **count == most);
        match (best.next(), best.next()) {
            (Some((key, _)), None) => key.clone(),
            _ => usual(),
        }
    }

    /// In how many notes a key stands.
    fn count(&self, id: &str) -> usize {
        self.spellings.get(id).map_or(0, |counts| counts.values().sum())
    }

    /// The keys of at least `least` notes that say who someone is, in the order in which they mostly stand.
    fn common(&self, least: usize) -> Vec<&'static str> {
        let mut common = Vec::new();
        for (id, counts) in &self.spellings {
            let count: usize = counts.values().sum();
            if count >= least.max(1) && !NOT_COPIED.contains(id) {
                let sum = self.places.get(id).copied().unwrap_or_default();
                common.push((sum * 100 / count.max(1), *id));
            }
        }
        common.sort_unstable();
        common.into_iter().map(|(_, id)| id).collect()
    }
}

/// A value or key as YAML writes it on one line.
fn yaml(text: &str) -> String {
    let written = serde_yaml::to_string(text).unwrap_or_default();
    let written = written.trim_end();
    // A text with line ends would be a block, and is none here.
    if written.contains('\n') { format!("{text:?}") } else { written.to_owned() }
}
