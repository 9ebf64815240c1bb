//! Words in the body of a note: headings of the log and of meeting sections, columns and fields of the log, channels.

use super::Vocabulary;
use super::keys::KeyScope;
use super::normal::without_bracket;
use super::source::TableName;

impl Vocabulary {
    /// Whether a folded heading opens the interaction log. A trailing bracket is allowed, and any part of a name joined
    /// by `/` may be the word: `interaction log / 互动记录(流水)`.
    pub fn is_log_heading(&self, folded: &str) -> bool {
        heading_names(folded).any(|name| self.id(TableName::Heading, name) == Some("log"))
    }

    /// The key of a meeting or event whose text stands below a folded heading: `goal`, `prep`, `minutes`, `summary`,
    /// `follow_up`, `attendees`, `met` or `place`.
    pub fn section(&self, folded: &str) -> Option<&'static str> {
        heading_names(folded).find_map(|name| {
            let key = self.key(KeyScope::Event, name)?;
            self.entry(TableName::Section, key).is_some().then_some(key)
        })
    }

    /// What a column of a table in the log holds, by its folded heading: `date`, `channel` or `text`.
    pub fn log_column(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::LogColumn, folded)
    }

    /// Whether an inline field of this folded key dates its line, so that the line is an entry (`IN::`, `date::`).
    pub fn is_log_date_field(&self, folded: &str) -> bool {
        self.id(TableName::LogField, folded) == Some("date")
    }

    /// The channel a folded word means: `met`, `call`, `video`, `message`, `meeting`, `lunch`, `dinner`, `meal`,
    /// `coffee`, `email`, `event`, or one the configuration adds.
    pub fn channel(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::Channel, folded)
    }

    /// The word for a channel, as a log line starts with it.
    pub fn channel_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.written(TableName::Channel, id, language)
    }
}

/// The names a heading gives, each without bracket and final colon: the whole, then the parts between `/`.
fn heading_names(folded: &str) -> impl Iterator<Item = &str> {
    std::iter::once(folded)
        .chain(folded.split('/'))
        .map(|name| without_bracket(name.trim()).trim_end_matches([':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> &'static Vocabulary {
        Vocabulary::built_in()
    }

    #[test]
    fn every_log_heading_is_known() {
        for heading in [
            "互动记录",
            "近期操作",
            "联系记录",
            "沟通记录",
            "往来记录",
            "跟进记录",
            "log",
            "interaction log",
            "interaction history",
            "contact log",
            "recent interactions",
            "interactions",
            "meetings",
            "interaction log / 互动记录(流水)",
            "互动记录(流水) / 其他",
            "log (newest first)",
            "互动记录:",
        ] {
            assert!(words().is_log_heading(heading), "{heading}");
        }
        for heading in ["blog", "logistics", "会议", "notes", "", "work log"] {
            assert!(!words().is_log_heading(heading), "{heading}");
        }
    }

    #[test]
    fn every_section_of_a_meeting_is_known() {
        for (key, headings) in [
            ("goal", "goal 目标"),
            ("prep", "prep preparation 准备"),
            ("minutes", "minutes notes 纪要 纪要/minutes"),
            ("summary", "summary 总结"),
            ("follow_up", "follow-up follow_up 后续"),
            ("met", "met 见到 认识了"),
            ("attendees", "attendees people 参会人 与会人 人物"),
            ("place", "place 地点"),
        ] {
            for heading in headings.split(' ') {
                assert_eq!(words().section(heading), Some(key), "{heading}");
            }
        }
        assert_eq!(words().section("follow up"), Some("follow_up"));
        for other in ["tags", "主题", "状态", "background"] {
            assert_eq!(words().section(other), None, "{other}");
        }
    }

    #[test]
    fn every_channel_is_read_and_written_in_both_languages() {
        for (id, chinese, english, others) in [
            ("met", "见面", "met", ""),
            ("call", "通话", "call", "电话 phone"),
            ("video", "视频", "video", ""),
            ("message", "消息", "message", "微信 wechat"),
            ("meeting", "会议", "meeting", ""),
            ("lunch", "午餐", "lunch", ""),
            ("dinner", "晚餐", "dinner", ""),
            ("meal", "吃饭", "meal", "饭局"),
            ("coffee", "咖啡", "coffee", ""),
            ("email", "邮件", "email", "e-mail mail"),
            ("event", "活动", "event", ""),
        ] {
            for word in others.split_whitespace().chain([chinese, english]) {
                assert_eq!(words().channel(word), Some(id), "{word}");
            }
            assert_eq!(words().channel_name(id, "zh-CN"), chinese);
            assert_eq!(words().channel_name(id, "en"), english);
        }
        assert_eq!(words().channel("sent"), None);
    }

    #[test]
    fn columns_and_fields_of_the_log_are_known() {
        for (column, headings) in [("date", "date 日期"), ("channel", "type 类型 方式"), ("text", "notes 内容")]
        {
            for heading in headings.split(' ') {
                assert_eq!(words().log_column(heading), Some(column), "{heading}");
            }
        }
        assert_eq!(words().log_column("mood"), None);
        assert!(words().is_log_date_field("in"));
        assert!(words().is_log_date_field("date"));
        assert!(!words().is_log_date_field("for"));
    }
}
