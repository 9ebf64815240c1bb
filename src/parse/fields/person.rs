//! A person's fields, typed.

use chrono::NaiveDate;

use crate::model::date::{LunarRule, PartialDate, WrittenDate, YearlyDay};
use crate::model::diagnostic::Finding;
use crate::model::fold::{fold, trim_blanks};
use crate::model::link::{Link, LinkForm};
use crate::model::person::{
    At, BirthdayCalendar, Busyness, Closeness, InfoPosition, LabelledDay, NextContact, Person, Relation, Status,
};
use crate::model::span::{LineIndex, Span};
use crate::parse::cadence::{CadenceRead, read_cadence};
use crate::parse::dates::{ReadDate, read_date, read_dated_text, wrong_weekday};
use crate::parse::leading_date::{leading_date, refused_leading_date};
use crate::parse::lunar_dates::read_lunar;
use crate::parse::meeting::{read_meeting, read_move};
use crate::parse::read::Read;
use crate::parse::scan::Scan;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::normal::key_bracket;
use crate::vocabulary::time::{TimeWords, UnitWord};

use super::gather::{Fields, RawField};
use super::length::minutes;
use super::values::{Split, as_links, as_list, as_text, links_in, present_text, shown_words, texts};
use super::yearly_days::{labelled, labelled_parts, yearly};

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
    let cadence = reader.cadence("cadence");
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
        met_at_interview: reader.says("met_through", Vocabulary::tells_of_interview),
        met_through: reader.text("met_through"),
        introduced_by: reader.link("introduced_by"),
        last_contact: reader.last_contact(),
        cadence_precision: cadence.as_ref().map(|read| read.value.precision).unwrap_or_default(),
        cadence: cadence.map(|read| read.map(|read| read.cadence)),
        meeting: reader.at("meeting", read_meeting),
        meeting_start: reader.day("meeting_start"),
        meeting_length: reader.length("meeting_length"),
        meeting_moved: reader.list_at("meeting_moved", |text, context| read_move(text, context.time).map(Read::plain)),
        next_contact: reader.next_contact(),
        form: reader.text("form"),
        topics: texts(reader.list("topics", Split::AtSeparators)),
        needs: reader.texts_at("needs"),
        offers: reader.texts_at("offers"),
        my_offer: reader.texts_at("my_offer"),
        has_no_vote: reader.says("decision", Vocabulary::tells_of_no_vote),
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
        achievements: reader.texts_at("achievements"),
        share: reader.cadence("share").map(|read| read.map(|read| read.cadence)),
        family_name,
        given_name,
    }
}

/// Two Han names join family and given without a blank; else given, blank, family.
fn full_name(family: Option<&str>, given: Option<&str>) -> Option<Box<str>> {
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
pub(in crate::parse) fn whole_day(read: ReadDate, text: &str) -> Result<Read<NaiveDate>, Finding> {
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
        present_text(&self.fields.first(key, self.context.words)?.value, self.context.words).map(shown_words)
    }

    /// What the vocabulary finds in the words of a field.
    fn says(&self, key: &str, find: impl FnOnce(&Vocabulary, &str) -> bool) -> bool {
        self.text(key).is_some_and(|text| find(self.context.words, &fold(&text)))
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
                vec![Link { target: text, label: None, form: LinkForm::Plain, span }]
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
            let end = match link.form {
                LinkForm::Wiki => text.rfind("]]").map(|at| at + "]]".len()),
                LinkForm::Markdown => text.find("](").and_then(|at| Some(at + text.get(at..)?.find(')')? + 1)),
                LinkForm::Plain => None,
            };
            let label = end.and_then(|end| text.get(end..)).unwrap_or_default();
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

    fn texts_at(&mut self, key: &str) -> Vec<At<Box<str>>> {
        self.list_at(key, |text, _| Ok(Read::plain(shown_words(text.into()))))
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

    /// Address books of Apple write a birthday without a year in the year 1604.
    fn birthday(&mut self) -> Option<At<YearlyDay>> {
        self.at("birthday", |text, time| {
            let without_year = text.strip_prefix("1604-").map(|day| format!("--{day}"));
            yearly(read_dated_text(without_year.as_deref().unwrap_or(text), time)?, text)
        })
    }

    /// "无" and "none" are no absence here: they say "not tracked". Other words for nothing are.
    fn cadence(&mut self, key: &str) -> Option<At<CadenceRead>> {
        let read = self.fields.all(key).iter().find_map(|field| {
            let text = as_text(&field.value)?;
            let read = read_cadence(&text, self.context.time);
            (read.is_ok() || !self.context.words.absent(&fold(&text))).then_some((read, field.value.span))
        });
        let (read, span) = read?;
        self.settle(read, span)
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
        let value = NextContact { date, text: shown_words(trim_blanks(rest).into()) };
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
                    Read {
                        value: LabelledDay { day: read.value.day, label: shown_words(label.into()) },
                        hints: read.hints,
                    }
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
