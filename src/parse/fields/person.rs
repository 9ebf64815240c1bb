//! A person's fields, typed.

use chrono::NaiveDate;

use crate::model::cadence::Cadence;
use crate::model::date::{LunarRule, PartialDate, SolarDay, WrittenDate, YearlyDay};
use crate::model::diagnostic::Finding;
use crate::model::fold::{fold, trim_blanks};
use crate::model::link::Link;
use crate::model::person::{
    At, BirthdayCalendar, Busyness, Closeness, InfoPosition, LabelledDay, NextContact, Person, Relation, Status,
};
use crate::model::span::{LineIndex, Span};
use crate::parse::cadence::read_cadence;
use crate::parse::dates::{ReadDate, read_date, read_dated_text, wrong_weekday};
use crate::parse::front_matter::tree::{Node, NodeKind};
use crate::parse::leading_date::{leading_date, refused_leading_date};
use crate::parse::lunar_dates::read_lunar;
use crate::parse::meeting::{read_meeting, read_move};
use crate::parse::read::Read;
use crate::parse::scan::Scan;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::keys::KeyScope;
use crate::vocabulary::normal::key_bracket;
use crate::vocabulary::time::{TimeWords, UnitWord};

use super::gather::{Fields, RawField};
use super::length::minutes;
use super::values::{LIST_SEPARATORS, Split, as_links, as_list, as_text, links_in, present_text, raw_text, texts};

/// What typing a person's fields needs beside the fields.
pub struct PersonContext<'a> {
    /// The words.
    pub words: &'a Vocabulary,
    /// The words of time.
    pub time: &'a TimeWords,
    /// Lines of the note.
    pub lines: &'a LineIndex<'a>,
}

/// Types every field of a person. `stem` names them when nothing else does. Findings come with their place.
pub fn read_person(
    fields: &Fields,
    stem: &str,
    context: &PersonContext<'_>,
    findings: &mut Vec<(Span, Finding)>,
) -> Person {
    let mut reader = Reader { fields, context, findings };
    let family_name = reader.text("family_name");
    let given_name = reader.text("given_name");
    let name = reader
        .text("name")
        .or_else(|| full_name(family_name.as_deref(), given_name.as_deref()))
        .unwrap_or_else(|| stem.trim_start_matches('@').into());
    let relationship = reader.list("relationship", Split::AtSeparators);
    let (status, paused_by_status) = reader.status();
    Person {
        name,
        aliases: texts(reader.list("aliases", Split::AtSeparators)),
        sort_as: reader.text("sort_as"),
        uid: reader.text("uid"),
        company: reader.companies(),
        role: reader.text("role"),
        department: reader.text("department"),
        level: reader.text("level"),
        industry: reader.text("industry"),
        manager: reader.link("manager"),
        city: reader.text("city"),
        timezone: reader.text("timezone"),
        phones: reader.qualified("phone"),
        wechat: reader.text("wechat"),
        emails: reader.qualified("email"),
        urls: reader.qualified("url"),
        birthday: reader.birthday(),
        lunar_birthday: reader.at("lunar_birthday", |text, time| read_lunar(text, time).map(Read::plain)),
        birthday_calendar: reader.word("birthday_calendar", |words, folded| match words.calendar(folded)? {
            "lunar" => Some(BirthdayCalendar::Lunar),
            "both" => Some(BirthdayCalendar::Both),
            _ => Some(BirthdayCalendar::Solar),
        }),
        lunar_rule: reader.word("lunar_rule", |words, folded| match words.lunar_rule(folded)? {
            "strict" => Some(LunarRule::Strict),
            "ordinary" => Some(LunarRule::Ordinary),
            _ => Some(LunarRule::Fallback),
        }),
        dates: reader.labelled_days(),
        presets: reader.presets(&relationship),
        relationship: texts(relationship),
        relations: reader.relations(),
        closeness: reader.closeness(),
        busyness: reader.word_at("busyness", |words, folded| match words.busyness(folded)? {
            "low" => Some(Busyness::Low),
            "high" => Some(Busyness::High),
            _ => Some(Busyness::Middle),
        }),
        met_on: reader.at("met_on", |text, time| partial(read_dated_text(text, time)?, text)),
        met_through: reader.text("met_through"),
        introduced_by: reader.link("introduced_by"),
        last_contact: reader.last_contact(),
        cadence: reader.cadence("cadence"),
        meeting: reader.at("meeting", read_meeting),
        meeting_start: reader.day("meeting_start"),
        meeting_length: reader.length("meeting_length"),
        meeting_moved: reader.list_at("meeting_moved", |text, context| read_move(text, context.time).map(Read::plain)),
        next_contact: reader.next_contact(),
        form: reader.text("form"),
        topics: texts(reader.list("topics", Split::AtSeparators)),
        needs: texts(reader.list("needs", Split::AtSeparators)),
        offers: texts(reader.list("offers", Split::AtSeparators)),
        my_offer: texts(reader.list("my_offer", Split::AtSeparators)),
        decision: reader.text("decision"),
        term_until: reader
            .at("term_until", |text, time| partial(read_dated_text(text, time)?, text))
            .map(|at| at.value),
        info_position: reader.word("info_position", |words, folded| match words.info_position(folded)? {
            "source" => Some(InfoPosition::Source),
            _ => Some(InfoPosition::Relayed),
        }),
        status,
        deceased: reader.deceased(),
        snooze_until: reader.day("snooze_until"),
        paused: reader.yes_no("paused").or(paused_by_status),
        paused_until: reader.day("paused_until"),
        pause_reason: reader.text("pause_reason"),
        skipped: reader.list_at("skipped", |text, context| whole_day(read_dated_text(text, context.time)?, text)),
        remind_before: reader.days("remind_before"),
        notes: reader.text("notes"),
        achievements: texts(reader.list("achievements", Split::AtSeparators)),
        share: reader.cadence("share"),
        family_name,
        given_name,
    }
}

/// Two Han names join family and given without a blank; else given, blank, family.
pub fn full_name(family: Option<&str>, given: Option<&str>) -> Option<Box<str>> {
    let is_han =
        |name: &str| name.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '·'));
    match (family, given) {
        (Some(family), Some(given)) if is_han(family) && is_han(given) => Some(format!("{family}{given}").into()),
        (Some(family), Some(given)) => Some(format!("{given} {family}").into()),
        (Some(one), None) | (None, Some(one)) => Some(one.into()),
        (None, None) => None,
    }
}

/// A whole day, or why it is none here.
pub(super) fn whole_day(read: ReadDate, text: &str) -> Result<Read<NaiveDate>, Finding> {
    match read.value {
        WrittenDate::Civil(PartialDate::Day(day)) => Ok(Read { value: day, hints: read.hints }),
        WrittenDate::YearLess(_) => Err(Finding::new("date-without-year", [text])),
        WrittenDate::Civil(_) => Err(Finding::new("date-not-whole", [text])),
        WrittenDate::Lunar(_) => Err(Finding::new("lunar-date-here", [text])),
    }
}

/// A day, month or year.
fn partial(read: ReadDate, text: &str) -> Result<Read<PartialDate>, Finding> {
    match read.value {
        WrittenDate::Civil(date) => Ok(Read { value: date, hints: read.hints }),
        WrittenDate::YearLess(_) => Err(Finding::new("date-without-year", [text])),
        WrittenDate::Lunar(_) => Err(Finding::new("lunar-date-here", [text])),
    }
}

/// A number of days, with or without the word for them.
fn days(text: &str, time: &TimeWords) -> Option<u32> {
    let folded = fold(text);
    let mut scan = Scan::new(&folded);
    let count = scan.number(4, time)?;
    scan.blanks();
    (scan.is_at_end() || time.units.whole(scan.rest) == Some(UnitWord::Day)).then_some(count)
}

/// A day of every year, in either calendar.
fn yearly(read: ReadDate, text: &str) -> Result<Read<YearlyDay>, Finding> {
    let value = match read.value {
        WrittenDate::Civil(PartialDate::Day(day)) => YearlyDay::Solar(SolarDay::of(day)),
        WrittenDate::YearLess(day) => YearlyDay::Solar(day),
        WrittenDate::Lunar(day) => YearlyDay::Lunar(day),
        WrittenDate::Civil(_) => return Err(Finding::new("date-not-whole", [text])),
    };
    Ok(Read { value, hints: read.hints })
}

/// Reads one field after the other and collects what is to be said.
struct Reader<'f, 'c> {
    fields: &'f Fields,
    context: &'c PersonContext<'c>,
    findings: &'f mut Vec<(Span, Finding)>,
}

impl Reader<'_, '_> {
    fn first(&self, key: &str) -> Option<RawField> {
        self.fields.first(key, self.context.words).cloned()
    }

    fn text(&self, key: &str) -> Option<Box<str>> {
        present_text(&self.fields.first(key, self.context.words)?.value, self.context.words)
    }

    fn list(&self, key: &str, split: Split) -> Vec<(Box<str>, Span)> {
        let field = self.fields.first(key, self.context.words);
        field.map(|field| as_list(&field.value, split, self.context.words)).unwrap_or_default()
    }

    fn qualified(&self, key: &str) -> Vec<Box<str>> {
        let fields = self.fields.qualified(key, self.context.words);
        let mut values = Vec::new();
        for field in fields {
            for (value, _) in as_list(&field.value, Split::AtSeparators, self.context.words) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values
    }

    fn companies(&self) -> Vec<Link> {
        let Some(field) = self.fields.first("company", self.context.words) else { return Vec::new() };
        let list = as_list(&field.value, Split::Never, self.context.words);
        let one = |(text, span): (Box<str>, Span)| {
            let found = links_in(&text, span);
            if text.contains("](") || text.contains("[[") {
                found
            } else {
                vec![Link { target: text, label: None, form: crate::model::link::LinkForm::Plain, span }]
            }
        };
        list.into_iter().flat_map(one).collect()
    }

    fn link(&self, key: &str) -> Option<Link> {
        as_links(&self.fields.first(key, self.context.words)?.value).into_iter().next()
    }

    fn relations(&self) -> Vec<Relation> {
        let list = self.list("relations", Split::AtSeparators);
        let relation = |(text, span): (Box<str>, Span)| {
            let link = links_in(&text, span).into_iter().next()?;
            let label = text.rsplit("]]").next().filter(|_| text.contains("]]")).unwrap_or_default();
            Some(Relation { link, label: trim_blanks(label).into() })
        };
        list.into_iter().filter_map(relation).collect()
    }

    /// A typed value with its place; one that cannot be read is told and absent.
    fn at<T>(&mut self, key: &str, read: impl FnOnce(&str, &TimeWords) -> Result<Read<T>, Finding>) -> Option<At<T>> {
        let field = self.first(key)?;
        let text = as_text(&field.value)?;
        let result = read(&text, self.context.time);
        self.settle(result, field.value.span)
    }

    fn settle<T>(&mut self, result: Result<Read<T>, Finding>, span: Span) -> Option<At<T>> {
        match result {
            Ok(read) => {
                self.findings.extend(read.hints.into_iter().map(|hint| (span, hint)));
                Some(At { value: read.value, span, line: self.context.lines.line(span.start) })
            }
            Err(refused) => {
                self.findings.push((span, refused));
                None
            }
        }
    }

    fn list_at<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str, &PersonContext<'_>) -> Result<Read<T>, Finding>,
    ) -> Vec<At<T>> {
        let context = self.context;
        let list = self.list(key, Split::AtSeparators);
        list.into_iter().filter_map(|(text, span)| self.settle(read(&text, context), span)).collect()
    }

    fn day(&mut self, key: &str) -> Option<At<NaiveDate>> {
        self.at(key, |text, time| whole_day(read_dated_text(text, time)?, text))
    }

    /// The newest of all spellings: an older one may have stayed behind.
    fn last_contact(&mut self) -> Option<At<NaiveDate>> {
        let fields = self.fields.all("last_contact").to_vec();
        let mut days = Vec::new();
        for field in fields {
            let Some(text) = present_text(&field.value, self.context.words) else { continue };
            let read = read_dated_text(&text, self.context.time).and_then(|read| whole_day(read, &text));
            days.extend(self.settle(read, field.value.span));
        }
        days.into_iter().max_by_key(|at| at.value)
    }

    fn birthday(&mut self) -> Option<At<YearlyDay>> {
        self.at("birthday", |text, time| yearly(read_dated_text(text, time)?, text))
    }

    fn cadence(&mut self, key: &str) -> Option<At<Cadence>> {
        // "无" and "none" are no absence here: they say "not tracked".
        let context = self.context;
        let mut written = self.fields.all(key).iter().filter_map(|field| Some((field, as_text(&field.value)?)));
        let (span, read) = written.find_map(|(field, text)| match read_cadence(&text, context.time) {
            Err(_) if context.words.absent(&fold(&text)) => None,
            read => Some((field.value.span, read)),
        })?;
        self.settle(read.map(|read| Read { value: read.value.cadence, hints: read.hints }), span)
    }

    fn word<T>(&mut self, key: &str, read: impl FnOnce(&Vocabulary, &str) -> Option<T>) -> Option<T> {
        self.word_at(key, read).map(|at| at.value)
    }

    fn word_at<T>(&mut self, key: &str, read: impl FnOnce(&Vocabulary, &str) -> Option<T>) -> Option<At<T>> {
        let field = self.first(key)?;
        let text = as_text(&field.value)?;
        let found = read(self.context.words, &fold(&text)).map(Read::plain);
        self.settle(found.ok_or_else(|| Finding::new("unknown-word", [&text, &field.key])), field.value.span)
    }

    fn closeness(&mut self) -> Option<At<Closeness>> {
        let bracket = self.first("closeness").and_then(|field| key_bracket(&field.key).map(str::to_owned));
        self.word_at("closeness", |words, folded| match words.closeness(folded, bracket.as_deref())? {
            "core" => Some(Closeness::Core),
            "weak" => Some(Closeness::Weak),
            _ => Some(Closeness::Strong),
        })
    }

    fn yes_no(&mut self, key: &str) -> Option<At<bool>> {
        self.word_at(key, Vocabulary::yes_no)
    }

    /// The status, or whether it says that the relation is paused, which is a key of its own.
    fn status(&mut self) -> (Option<Status>, Option<At<bool>>) {
        let Some(found) = self.word_at("status", Vocabulary::status) else { return (None, None) };
        let status = match found.value {
            "paused" => return (None, Some(At { value: true, span: found.span, line: found.line })),
            "warmup" => Status::Warmup,
            "dormant" => Status::Dormant,
            "archived" => Status::Archived,
            "let-go" => Status::LetGo,
            _ => Status::Active,
        };
        (Some(status), None)
    }

    /// `deceased: yes`, or the day.
    fn deceased(&mut self) -> Option<At<Option<NaiveDate>>> {
        let field = self.first("deceased")?;
        let text = as_text(&field.value)?;
        let span = field.value.span;
        match self.context.words.yes_no(&fold(&text)) {
            Some(true) => self.settle(Ok(Read::plain(None)), span),
            Some(false) => None,
            None => {
                let read = read_dated_text(&text, self.context.time).and_then(|read| partial(read, &text));
                self.settle(read.map(|read| Read { value: read.value.day(), hints: read.hints }), span)
            }
        }
    }

    /// A number of days: `7`, `7天`.
    fn days(&mut self, key: &str) -> Option<u32> {
        self.at(key, |text, time| days(text, time).map(Read::plain).ok_or_else(|| Finding::new("not-a-number", [text])))
            .map(|at| at.value)
    }

    fn length(&mut self, key: &str) -> Option<u32> {
        self.at(key, |text, time| {
            minutes(text, time).map(Read::plain).ok_or_else(|| Finding::new("not-a-length", [text]))
        })
        .map(|at| at.value)
    }

    fn next_contact(&mut self) -> Option<At<NextContact>> {
        let field = self.first("next_contact")?;
        let text = as_text(&field.value)?;
        let (date, rest) = match leading_date(&text, self.context.time) {
            Some(found) => {
                let written = text.get(..found.length).unwrap_or_default();
                let wrong = found.wrong_weekday.map(|_| wrong_weekday(written, found.date));
                self.findings.extend(wrong.map(|wrong| (field.value.span, wrong)));
                (Some(found.date), text.get(found.length..).unwrap_or_default())
            }
            None => {
                self.findings.extend(refused_plan(&text, self.context.time).map(|why| (field.value.span, why)));
                (None, &*text)
            }
        };
        let rest = rest.trim_start_matches([':', '：', '-', '–', '—', '|', ',', '，']);
        let value = NextContact { date, text: trim_blanks(rest).into() };
        self.settle(Ok(Read::plain(value)), field.value.span)
    }

    /// Presets named by the relationship, then `endorser: yes`.
    fn presets(&mut self, relationship: &[(Box<str>, Span)]) -> Vec<At<Box<str>>> {
        let words = self.context.words;
        let lines = self.context.lines;
        let named = relationship.iter().filter_map(|(text, span)| {
            let shown = links_in(text, *span).first().map(|link| link.shown().to_owned());
            let preset = words.preset(&fold(shown.as_deref().unwrap_or(text)))?;
            Some(At { value: preset.into(), span: *span, line: lines.line(span.start) })
        });
        let mut presets: Vec<At<Box<str>>> = named.collect();
        if let Some(yes) = self.yes_no("endorser").filter(|yes| yes.value) {
            presets.push(At { value: "endorser".into(), span: yes.span, line: yes.line });
        }
        presets
    }

    /// `dates`: `date label`, one or several, `{date, label}` maps, or one date with its label in `dates_label`.
    fn labelled_days(&mut self) -> Vec<At<LabelledDay>> {
        let Some(field) = self.first("dates") else { return Vec::new() };
        let label = self.text("dates_label").unwrap_or_default();
        let mut days = Vec::new();
        for item in field.value.items() {
            for (text, own_label) in labelled_parts(item, self.context) {
                let read = labelled(&text, self.context.time).map(|read| {
                    let label = [own_label.as_deref(), Some(&*read.value.label), Some(&*label)];
                    let label = label.into_iter().flatten().find(|label| !label.is_empty()).unwrap_or_default();
                    Read { value: LabelledDay { day: read.value.day, label: label.into() }, hints: read.hints }
                });
                days.extend(self.settle(read, item.span));
            }
        }
        days
    }
}

/// Why a plan's text, which may be words alone, is a date that cannot be used: 明天, `11-20`, `03/04/2026 lunch`.
fn refused_plan(text: &str, time: &TimeWords) -> Option<Finding> {
    match read_date(text, time) {
        Ok(read) => whole_day(read, text).err(),
        Err(refused) if refused.code != "date-unread" => Some(refused),
        Err(_) => refused_leading_date(text, time),
    }
}

/// The date texts of one item of `dates`, each with its label where that stands apart.
fn labelled_parts(item: &Node, context: &PersonContext<'_>) -> Vec<(String, Option<String>)> {
    let NodeKind::Map(entries) = &item.kind else {
        let text = as_text(item).filter(|text| !context.words.absent(&fold(text))).unwrap_or_default();
        return dated_parts(&text, context.time).into_iter().map(|part| (part.to_owned(), None)).collect();
    };
    let is_date = |key: &str| context.words.key(KeyScope::Meeting, &fold(key)) == Some("date");
    let (dates, others): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| is_date(&key.text));
    match dates.first().and_then(|(_, value)| raw_text(value)) {
        Some(date) => vec![(date.to_owned(), others.first().and_then(|(_, label)| as_text(label)))],
        // `2019-06-01: wedding` reads as a map
        None => others.iter().map(|(key, value)| (key.text.to_string(), as_text(value))).collect(),
    }
}

/// `2019-06-01 wedding, 05-20 met` in parts: at each separator behind which another date stands, so that
/// `June 1, 2019 wedding` and a label with a comma stay whole.
fn dated_parts<'t>(text: &'t str, time: &TimeWords) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, separator) in text.match_indices(LIST_SEPARATORS) {
        let (before, after) = (text.get(start..at), text.get(at + separator.len()..));
        if let (Some(before), Some(after)) = (before, after)
            && labelled(before, time).is_ok()
            && labelled(after, time).is_ok_and(|read| !read.value.label.starts_with(|c: char| c.is_ascii_digit()))
        {
            parts.push(trim_blanks(before));
            start = at + separator.len();
        }
    }
    parts.extend(text.get(start..).map(trim_blanks));
    parts.retain(|part| !part.is_empty());
    parts
}

/// `2019-06-01 wedding`: the longest beginning that is a date, and the rest.
fn labelled(text: &str, time: &TimeWords) -> Result<Read<LabelledDay>, Finding> {
    let mut refused: Option<Finding> = None;
    let mut ends: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_whitespace() || *c == '：').map(|(at, _)| at).collect();
    ends.push(text.len());
    for end in ends.into_iter().rev() {
        let (date, label) = (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default());
        match read_date(date, time).and_then(|read| yearly(read, date)) {
            Ok(read) => {
                let label = trim_blanks(label.trim_start_matches(['：', ':'])).into();
                return Ok(Read { value: LabelledDay { day: read.value, label }, hints: read.hints });
            }
            // Of all beginnings the longest that is nearly a date says best what is the matter.
            Err(finding) => {
                let tells = refused.as_ref().is_some_and(|before| before.code != "date-unread");
                refused = if tells { refused } else { Some(finding) };
            }
        }
    }
    Err(refused.unwrap_or_else(|| Finding::new("date-not-whole", [text])))
}
