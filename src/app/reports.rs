//! The index as what people read: each report as text, Markdown or JSON.

use crate::index::names::{Found, find_person};
use crate::index::record::PersonId;
use crate::index::suggested::Suggested;
use crate::model::diagnostic::Finding;
use crate::model::path::NotePath;
use crate::model::today::Today;
use crate::render::document::Document;
use crate::render::engine::{Engine, Medium, TemplateError};
use crate::render::ics::ics;
use crate::render::json::json;
use crate::render::link::LinkWriter;
use crate::render::report_files::ReportFile;
use crate::render::style::Style;
use crate::render::words::words;
use crate::report::agenda::{Agenda, agenda_of};
use crate::report::calendar::{YearlyDays, calendar};
use crate::report::endorsers::{Endorsers, endorsers_of};
use crate::report::information::{Information, information_of};
use crate::report::ledger::{Ledger, ledger};
use crate::report::network::{Network, network_of};
use crate::report::people::{People, people};
use crate::report::plan::{Plan, Room, plan};
use crate::report::problems::{Problems, Sentence, problems};
use crate::report::show::show;
use crate::report::stale::{StaleContacts, StaleOptions, stale_contacts};
use crate::report::why::why;
use crate::report::year::{Year, year as report_of_year};

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
        agenda_of(&self.suggestions(today), &self.options.agenda)
    }

    /// The stale-contact report of `today`.
    pub fn stale(&self, today: Today) -> StaleContacts {
        stale_contacts(&self.index, &self.options.index, &StaleOptions::default(), today)
    }

    /// The plan of `today`'s year.
    pub fn year_plan(&self, today: Today) -> Plan {
        let agenda = &self.options.agenda;
        let room = Room { max_per_day: agenda.max_per_day, holidays: &agenda.holidays };
        plan(&self.index, &self.options.index, &self.options.plan, room, today)
    }

    /// What was given and got up to `today`.
    pub fn ledger(&self, today: Today) -> Ledger {
        ledger(&self.index, &self.options.index, today)
    }

    /// How ties stand on `today`.
    pub fn network(&self, today: Today) -> Network {
        network_of(&self.suggestions(today), &self.options.network)
    }

    /// Who can vouch for the owner on `today`.
    pub fn endorsers(&self, today: Today) -> Endorsers {
        endorsers_of(&self.suggestions(today))
    }

    /// How near to the source the owner is on `today`.
    pub fn information(&self, today: Today) -> Information {
        information_of(&self.suggestions(today))
    }

    /// A year, up to `today`.
    pub fn year(&self, year: i32, today: Today) -> Year {
        report_of_year(&self.index, &self.options.index, year, today)
    }

    /// The year `today` belongs to, by the settings.
    pub fn this_year(&self, today: Today) -> i32 {
        self.options.index.year_starts.year_of(today.0)
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
        printed(&self.engine_on(output, today)?, output, report.template(), &self.document(report, today))
    }

    /// The report as data.
    pub fn document(&self, report: ReportFile, today: Today) -> Document {
        self.document_of(report, &self.suggestions(today))
    }

    /// What the reports of `today` match alike.
    pub(super) fn suggestions(&self, today: Today) -> Suggested<'_> {
        Suggested::new(&self.index, &self.options.index, today)
    }

    /// The same, when other reports of the day are made too.
    pub(super) fn document_of(&self, report: ReportFile, suggested: &Suggested<'_>) -> Document {
        let today = suggested.today;
        match report {
            ReportFile::Agenda => Document::Agenda(agenda_of(suggested, &self.options.agenda)),
            ReportFile::Stale => Document::Stale(self.stale(today)),
            ReportFile::Plan => Document::Plan(self.year_plan(today)),
            ReportFile::Ledger => Document::Ledger(Box::new(self.ledger(today))),
            ReportFile::Network => Document::Network(Box::new(network_of(suggested, &self.options.network))),
            ReportFile::Endorsers => Document::Endorsers(endorsers_of(suggested)),
            ReportFile::Information => Document::Information(information_of(suggested)),
            ReportFile::Year => Document::Year(self.year(self.this_year(today), today)),
            ReportFile::LastYear => Document::Year(self.year(self.this_year(today) - 1, today)),
            ReportFile::People => Document::People(self.people(today)),
            ReportFile::Problems => Document::Problems(self.problems(today)),
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

    /// The meetings of today and `days` after it as a calendar for other programs.
    pub fn calendar(&self, days: u32, yearly: YearlyDays, today: Today) -> String {
        let events = calendar(&self.index, &self.options.index, today, days, yearly);
        ics(&events, &self.options.vocabulary, self.language)
    }

    /// The templates for one form of output.
    ///
    /// # Errors
    /// A template that does not parse.
    pub fn engine(&self, output: Output) -> Result<Engine, TemplateError> {
        self.engine_for(output, &self.options.reports)
    }

    /// The same for notes that stand in `folder`.
    pub(super) fn engine_for(&self, output: Output, folder: &str) -> Result<Engine, TemplateError> {
        let medium = match output {
            Output::Text(style) => Medium::Terminal(style),
            Output::Markdown => Medium::Markdown,
            Output::Json => Medium::Terminal(Style::Plain),
        };
        let words = words(&self.options.vocabulary, self.language.tag());
        Engine::new(self.language, medium, self.links(folder), words, &self.options.templates)
    }

    /// The same for reports of `today`, whose lines may have been rendered before.
    pub(super) fn engine_on(&self, output: Output, today: Today) -> Result<Engine, TemplateError> {
        let engine = self.engine(output)?;
        Ok(match &self.kept {
            Some(kept) if output == Output::Markdown => engine.keeping(kept.clone(), today.0),
            _ => engine,
        })
    }

    fn links(&self, folder: &str) -> LinkWriter {
        LinkWriter {
            style: self.obsidian.link_style,
            path: self.obsidian.link_path,
            from: folder.to_owned(),
            shared_stems: self.shared_stems.clone(),
        }
    }
}

pub(super) fn printed<R: serde::Serialize>(
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
