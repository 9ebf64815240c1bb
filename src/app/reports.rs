//! The index as what people read: each report as text, Markdown or JSON.

use crate::index::names::{Found, find_person};
use crate::index::record::PersonId;
use crate::model::diagnostic::Finding;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::render::engine::{Engine, Medium, TemplateError};
use crate::render::json::json;
use crate::render::link::LinkWriter;
use crate::render::report_files::ReportFile;
use crate::render::style::Style;
use crate::render::words::words;
use crate::report::agenda::{Agenda, agenda};
use crate::report::people::{People, people};
use crate::report::problems::{Problems, Sentence, problems};
use crate::report::show::show;
use crate::report::stale::{StaleContacts, StaleOptions, stale_contacts};
use crate::report::why::why;

use super::load::Loaded;
use super::sentence::{sentence, sentence_of};

/// The form of printed output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// For a terminal.
    Text(Style),
    /// As a note.
    Markdown,
    /// For scripts.
    Json,
}

impl Loaded {
    /// The agenda of `today`.
    pub fn agenda(&self, today: Today) -> Agenda {
        agenda(&self.index, &self.options.index, &self.options.agenda, today)
    }

    /// The stale-contact report of `today`.
    pub fn stale(&self, today: Today) -> StaleContacts {
        stale_contacts(&self.index, &self.options.index, &StaleOptions::default(), today)
    }

    /// Everyone, as they stand on `today`.
    pub fn people(&self, today: Today) -> People {
        people(&self.index, &self.options.index, today)
    }

    /// What reading the vault found, in its language.
    pub fn problems(&self, today: Today) -> Problems {
        self.problems_of(&|_| true, today)
    }

    /// What reading the notes that are `wanted` found.
    pub fn problems_of(&self, wanted: &dyn Fn(&NotePath) -> bool, today: Today) -> Problems {
        problems(&self.index, wanted, &|diagnostic| sentence_of(diagnostic, self.language), today)
    }

    /// The sentence of a finding in the vault's language.
    pub fn sentence(&self, finding: &Finding) -> Sentence {
        sentence(finding, self.language)
    }

    /// The people a typed name may mean.
    pub fn find(&self, typed: &str) -> Found {
        find_person(&self.index, typed)
    }

    /// A report as it is printed, without a final line end.
    ///
    /// # Errors
    /// A template that fails.
    pub fn report(&self, report: ReportFile, output: Output, today: Today) -> Result<String, TemplateError> {
        let engine = self.engine_on(output, today)?;
        match report {
            ReportFile::Agenda => printed(&engine, output, "agenda", &self.agenda(today)),
            ReportFile::Stale => printed(&engine, output, "stale", &self.stale(today)),
            ReportFile::People => printed(&engine, output, "people", &self.people(today)),
            ReportFile::Problems => printed(&engine, output, "problems", &self.problems(today)),
        }
    }

    /// What is known about one person; nothing for an id of another vault.
    ///
    /// # Errors
    /// A template that fails.
    pub fn show(&self, id: PersonId, output: Output, today: Today) -> Result<String, TemplateError> {
        let page = show(&self.index, &self.options.index, id, today);
        page.map_or(Ok(String::new()), |page| printed(&self.engine(output)?, output, "show", &page))
    }

    /// How one person's due day came about; nothing for an id of another vault.
    ///
    /// # Errors
    /// A template that fails.
    pub fn why(&self, id: PersonId, output: Output, today: Today) -> Result<String, TemplateError> {
        let chain = why(&self.index, &self.options.index, id, today);
        chain.map_or(Ok(String::new()), |chain| printed(&self.engine(output)?, output, "why", &chain))
    }

    /// The templates for one form of output.
    ///
    /// # Errors
    /// A template that does not parse.
    pub fn engine(&self, output: Output) -> Result<Engine, TemplateError> {
        let medium = match output {
            Output::Text(style) => Medium::Terminal(style),
            Output::Markdown => Medium::Markdown,
            Output::Json => Medium::Terminal(Style::Plain),
        };
        let words = words(&self.options.vocabulary, self.language.tag());
        Engine::new(self.language, medium, self.links(), words, &self.options.templates)
    }

    /// The same for reports of `today`, whose lines may have been rendered before.
    pub(super) fn engine_on(&self, output: Output, today: Today) -> Result<Engine, TemplateError> {
        let engine = self.engine(output)?;
        Ok(match &self.kept {
            Some(kept) if output == Output::Markdown => engine.keeping(kept.clone(), today.0),
            _ => engine,
        })
    }

    fn links(&self) -> LinkWriter {
        LinkWriter {
            style: self.obsidian.link_style,
            path: self.obsidian.link_path,
            from: self.options.reports.clone(),
            shared_stems: self.shared_stems.clone(),
        }
    }
}

fn printed<R: serde::Serialize>(
    engine: &Engine,
    output: Output,
    name: &str,
    report: &R,
) -> Result<String, TemplateError> {
    match output {
        Output::Json => json(report, engine).map(|text| text.trim_end().to_owned()),
        Output::Text(_) | Output::Markdown => engine.render(name, report),
    }
}
