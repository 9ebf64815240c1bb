//! A small vocabulary and short forms of results, so that a test is a text and what is read from it.

use chrono::{NaiveDate, NaiveTime};

use crate::model::diagnostic::Finding;
use crate::model::entry::Entry;
use crate::model::note::NoteKind;
use crate::model::obsidian::TasksSettings;
use crate::model::span::{LineIndex, Span};
use crate::model::task::Task;
use crate::parse::body::{Body, BodyContext, read_body};
use crate::parse::words::Words;

/// A few words of each table, in both languages.
pub(super) struct FewWords;

impl Words for FewWords {
    fn is_log_heading(&self, heading: &str) -> bool {
        let names = heading.split('/').map(|part| part.split('(').next().unwrap_or_default().trim());
        names.into_iter().any(|name| matches!(name, "log" | "interaction log" | "互动记录"))
    }

    fn log_column(&self, heading: &str) -> Option<&'static str> {
        find(&[("date", "date 日期"), ("channel", "type 类型 方式")], heading)
    }

    fn is_log_date_field(&self, key: &str) -> bool {
        matches!(key, "in" | "date" | "日期")
    }

    fn channel(&self, word: &str) -> Option<&'static str> {
        let channels = [
            ("met", "met 见面"),
            ("call", "call 通话 电话"),
            ("video", "video 视频"),
            ("message", "message 消息 微信"),
            ("meeting", "meeting 会议"),
            ("lunch", "lunch 午餐"),
            ("dinner", "dinner 晚餐"),
            ("meal", "meal 吃饭 饭局"),
            ("coffee", "coffee 咖啡"),
            ("email", "email 邮件"),
            ("event", "event 活动"),
        ];
        if word == "phone call" { Some("call") } else { find(&channels, word) }
    }

    fn move_tag(&self, tag: &str) -> Option<&'static str> {
        let moves = [
            ("gave", "gave 输出"),
            ("gave/intro", "gave/intro 输出/引荐"),
            ("got/info/source", "got/info/source 获得/信息/源头"),
            ("thanked", "thanked 已谢"),
            ("cooperated", "cooperated 合作"),
            ("skip", "skip 跳过"),
            ("snooze", "snooze 暂缓"),
            ("observed/manner", "observed/manner 观察/言谈"),
            ("work", "work 工作"),
            ("learned", "learned 学到"),
            ("mistake", "mistake 犯错"),
            ("question", "question 疑问"),
            ("captured", "captured 要点"),
        ];
        find(&moves, tag)
    }

    fn move_field(&self, key: &str) -> Option<&'static str> {
        find(&[("for", "for 给"), ("until", "until 到"), ("expires", "expires 有效期至"), ("cc", "cc 抄送")], key)
    }

    /// ISO dates with an optional time; the program reads more.
    fn leading_date(&self, text: &str) -> Option<(NaiveDate, Option<NaiveTime>, usize)> {
        let date = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
        if text.get(10..)?.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        if text.get(10..) == Some(" Thu") {
            return Some((date, None, text.len()));
        }
        let time = text.get(10..16).and_then(|time| NaiveTime::parse_from_str(time, " %H:%M").ok());
        Some((date, time, if time.is_some() { 16 } else { 10 }))
    }

    fn date_warning(&self, text: &str) -> Option<Finding> {
        let date = text.get(..10).filter(|date| date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))?;
        self.leading_date(text).is_none().then(|| Finding::new("no-such-day", [date]))
    }
}

fn find(table: &[(&'static str, &str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(_, words)| words.split(' ').any(|known| known == word)).map(|(id, _)| *id)
}

/// Reads a text as the body of a note of the day 2026-11-20.
pub(super) fn read(kind: NoteKind, text: &str) -> Body {
    read_with(kind, text, &TasksSettings::default())
}

/// As [`read`], with settings of the Tasks plugin.
pub(super) fn read_with(kind: NoteKind, text: &str, tasks: &TasksSettings) -> Body {
    let lines = LineIndex::new(text);
    let note_date = NaiveDate::from_ymd_opt(2026, 11, 20);
    let context = BodyContext { kind, note_date, words: &FewWords, tasks, lines: &lines };
    read_body(text, Span::new(0, text.len()), &context)
}

/// `2026-01-01 LogItem call 文` for each entry.
pub(super) fn briefs(body: &Body) -> Vec<String> {
    body.entries.iter().map(brief).collect()
}

/// Date, time if any, shape, channel or `-`, text.
pub(super) fn brief(entry: &Entry) -> String {
    let time = entry.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
    format!("{}{time} {:?} {} {}", entry.date, entry.source, entry.channel.unwrap_or("-"), entry.text)
        .trim_end()
        .to_owned()
}

/// `target:Setting` for each link of all entries.
pub(super) fn links(body: &Body) -> Vec<String> {
    let nested = |entry: &Entry| entry.nested.iter().flat_map(|item| item.links.clone()).collect::<Vec<_>>();
    let all = body.entries.iter().flat_map(|entry| entry.links.iter().cloned().chain(nested(entry)));
    all.map(|found| format!("{}:{:?}", found.link.target, found.setting)).collect()
}

/// The only task of a text.
pub(super) fn only_task(text: &str) -> Task {
    let mut body = read(NoteKind::Other, text);
    assert_eq!(body.tasks.len(), 1, "{text}");
    body.tasks.remove(0)
}
