//! `log NAME [DATE] TEXT`: a line in the log of one person, or of several at once.

use clap::Args;
use regex::Regex;

use crate::app::load::Loaded;
use crate::app::typed_entry::{TypedEntry, channel_names, typed_entry};
use crate::cli::args::{Common, Writing};
use crate::cli::error::{CliError, Exit};
use crate::cli::session::Session;
use crate::cli::term::Terminal;
use crate::index::names::unread_note;
use crate::index::record::{PersonId, PersonRecord};
use crate::model::diagnostic::Finding;
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::report::run::{NoteDeed, NoteWrite};
use crate::write::intent::LogLine;

use super::find::person;
use super::writing::{Reports, carry_out, mode};

/// Arguments of `log`.
#[derive(Args, Debug)]
pub struct LogArgs {
    /// Who, when and what: `log 张三 昨天 午餐：聊了新项目`, `log "Jane Doe, Bob" last friday dinner`
    ///
    /// The name comes first; several are separated by `,`, `，` or `、`, and a name of several words needs quotes.
    /// A date may follow (2026-11-12, 11-12, 昨天, 上周五, 3 days ago); without one it is today. The rest is the text, and
    /// may begin with the channel (`午餐：…`, `call: …`) and hold tags such as #gave/intro or #获得/引荐.
    #[arg(value_name = "WORDS", required = true, num_args = 1..)]
    pub words: Vec<String>,
    /// How it took place: call, lunch, 见面, 微信 …
    #[arg(long, value_name = "WORD")]
    pub channel: Option<String>,
    /// Leave the reports as they are
    #[arg(long)]
    pub no_reports: bool,
    /// Whether to write.
    #[command(flatten)]
    pub writing: Writing,
}

/// Writes the line into each note named.
///
/// # Errors
/// The vault or its settings cannot be read, a name means nobody or several, or a date cannot be told.
pub fn run(args: &LogArgs, common: &Common, terminal: &Terminal) -> Result<Exit, CliError> {
    let session = Session::open(common, None, terminal)?;
    let loaded = session.load()?;
    let (who, rest) = people(&loaded, &args.words)?;
    if let Some(channel) = &args.channel
        && loaded.options.vocabulary.channel(&fold(channel)).is_none()
    {
        let between = if loaded.language == Language::Chinese { "、" } else { ", " };
        let known = channel_names(&loaded).join(between);
        return Err(Finding::new("channel-unknown", [channel, &known]).into());
    }
    let entry = typed_entry(&rest, session.today)?;
    if entry.text.is_empty() && args.channel.is_none() {
        return Err(Finding::new("log-without-text", []).into());
    }
    let mut intents = Vec::new();
    let mut names = Vec::new();
    for id in &who {
        let Some(record) = loaded.index.person(*id) else { continue };
        let lines = vec![line(&loaded, record, &who, &entry, args)];
        let intent = loaded.log_intent(record, lines);
        intents.push(
            intent
                .map_err(|refusal| CliError::Refused { path: record.path.to_string(), finding: refusal.finding() })?,
        );
        names.push(record.person.name.to_string());
    }
    let summary = NoteWrite {
        is_planned: entry.date > session.today.0,
        ..NoteWrite::new(mode(args.writing), NoteDeed::Log, names, entry.date)
    };
    let reports = if args.no_reports { Reports::Left } else { Reports::Fresh };
    carry_out(&session, &loaded, intents, &summary, reports)
}

/// The people that the first words name, and the words behind.
fn people(loaded: &Loaded, words: &[String]) -> Result<(Vec<PersonId>, Vec<String>), CliError> {
    let Some((first, rest)) = words.split_first() else { return Err(Finding::new("log-without-text", []).into()) };
    if !first.contains(is_between) {
        // An unquoted `Jane Doe` is one name where somebody is called just so.
        for count in (2..=4.min(words.len())).rev() {
            let (name, rest) = words.split_at(count);
            let typed = fold(&name.join(" "));
            let is_called = |record: &PersonRecord| {
                fold(&record.person.name) == typed || record.person.aliases.iter().any(|alias| fold(alias) == typed)
            };
            let is_known = loaded.index.people.iter().map(AsRef::as_ref).any(is_called);
            if is_known || unread_note(&loaded.index, &typed).is_some() {
                return Ok((vec![person(loaded, name)?], rest.to_vec()));
            }
        }
    }
    let mut who = Vec::new();
    for name in first.split(is_between).map(str::trim).filter(|name| !name.is_empty()) {
        let id = person(loaded, &[name.to_owned()])?;
        if !who.contains(&id) {
            who.push(id);
        }
    }
    if who.is_empty() {
        return Err(Finding::new("person-unknown", [first]).into());
    }
    Ok((who, rest.to_vec()))
}

fn is_between(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The line for one of them; the others are linked behind its words.
fn line(loaded: &Loaded, record: &PersonRecord, who: &[PersonId], entry: &TypedEntry, args: &LogArgs) -> LogLine {
    let own = |id: &&PersonId| loaded.index.person(**id).is_some_and(|other| other.path != record.path);
    let text = &entry.text;
    let others = who.iter().filter(own).filter(|id| {
        let other = loaded.index.person(**id);
        other.is_some_and(|other| !text.contains(&format!("[[{}", other.path.stem())))
    });
    let links: Vec<String> = others.filter_map(|id| loaded.link_to(*id, record)).collect();
    let text =
        if links.is_empty() { text.clone() } else { with_others(text, &loaded.in_company(record, text, &links)) };
    LogLine {
        date: entry.date,
        channel: args.channel.as_ref().map(|channel| loaded.channel_word(record, channel)),
        text: text.trim().to_owned(),
        nested: entry.nested.clone(),
        id: None,
    }
}

/// Tags and fields at the end of a text.
const MARKS: &str = r"(?:(?:^|\s+)(?:#\S+|\[[^\[\]:]+::(?:[^\[\]]|\[\[[^\]]*\]\])*\]))+\s*$";

/// The text with the words about others behind its own, before tags and fields, which stay last.
fn with_others(text: &str, others: &str) -> String {
    let marks = Regex::new(MARKS).ok().and_then(|marks| marks.find(text)).map_or(text.len(), |found| found.start());
    let (own, marks) = text.split_at_checked(marks).unwrap_or((text, ""));
    let (own, marks) = (own.trim_end(), marks.trim());
    // A full-width bracket needs no blank before it.
    let gap = if own.is_empty() || !others.starts_with('(') { "" } else { " " };
    let behind = if marks.is_empty() { "" } else { " " };
    [own, gap, others, behind, marks].concat()
}

#[cfg(test)]
mod tests {
    use super::with_others;

    #[test]
    fn others_stand_behind_the_words_and_before_the_tags() {
        for (text, others, expected) in [
            ("compared notes", "(with [[B]])", "compared notes (with [[B]])"),
            ("compared notes #got/view", "(with [[B]])", "compared notes (with [[B]]) #got/view"),
            (
                "看了数据 #获得/思路 [到:: 2026-12-01]",
                "（同[[乙]]）",
                "看了数据（同[[乙]]） #获得/思路 [到:: 2026-12-01]",
            ),
            ("#获得/思路", "（同[[乙]]）", "（同[[乙]]） #获得/思路"),
            ("a #b c", "(with [[B]])", "a #b c (with [[B]])"),
            ("", "(with [[B]])", "(with [[B]])"),
        ] {
            assert_eq!(with_others(text, others), expected, "{text}");
        }
    }
}
