//! Front-matter keys: which canonical key a written one means, in which kind of note.

use super::Vocabulary;
use super::source::TableName;

/// The kind of note a key stands in; the same word can mean two keys (`notes` of a person and of a meeting).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyScope {
    /// Any note, before its kind is known: `type`, `categories`, `tags`, `aliases`, `generated_by`, `uid`, `status`.
    Note,
    /// A person note.
    Person,
    /// The owner's note: the keys of a person, and `achievements` and `share`.
    Owner,
    /// A meeting note, or another dated note.
    Meeting,
    /// An event note: the keys of a meeting, and `met`.
    Event,
}

impl KeyScope {
    /// The tables that hold the keys of this scope, the most special first.
    fn tables(self) -> &'static [TableName] {
        match self {
            KeyScope::Note => &[TableName::Note],
            KeyScope::Person => &[TableName::Person, TableName::Note],
            KeyScope::Owner => &[TableName::Owner, TableName::Person, TableName::Note],
            KeyScope::Meeting => &[TableName::Meeting, TableName::Note],
            KeyScope::Event => &[TableName::Event, TableName::Meeting, TableName::Note],
        }
    }
}

impl Vocabulary {
    /// The canonical key a folded key means: `phone` for `联系电话`, `email` for `email[home]`.
    pub fn key(&self, scope: KeyScope, folded: &str) -> Option<&'static str> {
        scope.tables().iter().find_map(|table| self.id(*table, folded))
    }

    /// A key as it is written: by its id in English, by its first word in Chinese.
    pub fn key_name<'a>(&'a self, scope: KeyScope, id: &'a str, language: &str) -> &'a str {
        let table = scope.tables().iter().find(|table| self.entry(**table, id).is_some());
        table.map_or(id, |table| self.by_id(*table, id, language))
    }

    /// The canonical keys of a scope, sorted, each once.
    pub fn keys(&self, scope: KeyScope) -> Vec<&'static str> {
        let tables = scope.tables().iter().filter_map(|table| self.tables.get(table));
        let mut keys: Vec<&'static str> = tables.flat_map(|table| table.entries().keys().copied()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The two canonical keys of a key that holds two values split at the first `/`, such as `组织/身份`.
    pub fn combined_key(&self, folded: &str) -> Option<[&'static str; 2]> {
        let (first, second) = self.id(TableName::Combined, folded)?.split_once('+')?;
        Some([first, second])
    }

    /// The field of a move that an inline key means: `for`, `until`, `expires` or `cc`.
    pub fn move_field(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::MoveField, folded)
    }

    /// The key that a folded key means when its value is a link: `source` is who introduced someone.
    pub fn linked_key(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::Linked, folded)
    }
}

#[cfg(test)]
mod tests {
    use super::KeyScope::{Event, Meeting, Note, Owner, Person};
    use super::*;

    #[test]
    fn every_key_of_a_person_is_read_in_every_spelling() {
        #[rustfmt::skip]
        let rows = [
            ("name", "name 姓名 名字 全名 full_name fn"),
            ("family_name", "family_name 姓 last_name n_fn n.fn"),
            ("given_name", "given_name 名 first_name n_gn n.gn"),
            ("sort_as", "sort_as 排序"),
            ("aliases", "aliases 别名 昵称 英文名 花名 别名/昵称/搜索词 alias nickname"),
            ("uid", "uid 编号 id"),
            ("company", "company 公司 单位 机构 组织 关联公司 任职公司 org organization employer affiliation"),
            ("role", "role 职位 职务 岗位 头衔 角色 身份 position job_title title"),
            ("department", "department 部门 team"),
            ("level", "level 级别 层级 seniority"),
            ("industry", "industry 行业"),
            ("manager", "manager 上级 主管 reports_to"),
            ("city", "city 城市 所在地 常驻 location loc based_in adr.locality"),
            ("timezone", "timezone 时区"),
            ("phone", "phone 手机 电话 手机号 联系电话 tel mobile tel[cell]"),
            ("wechat", "wechat 微信 微信号 weixin"),
            ("email", "email 邮箱 电子邮箱 邮件 e_mail e-mail mail email[home] email[1:work]"),
            ("url", "url 网址 website linkedin twitter url[booking]"),
            ("birthday", "birthday 生日 出生日期 公历生日 阳历生日 bday birth birth_date date_of_birth dob 生日(可选)"),
            ("lunar_birthday", "lunar_birthday 农历生日 阴历生日 旧历生日"),
            ("birthday_calendar", "birthday_calendar 过农历生日"),
            ("lunar_rule", "lunar_rule 农历规则"),
            ("dates", "dates 重要日期 纪念日 important_dates anniversary"),
            ("dates_label", "纪念日说明"),
            ("relationship", "relationship 关系 关系类型 角色预设 category person_type preset"),
            ("relations", "relations 人物关系"),
            ("closeness", "closeness 亲密度 关系强度 强度 强弱 relationship_strength relevance tier tie closeness[1-5]"),
            ("busyness", "busyness 繁忙程度"),
            ("met_on", "met_on 首次见面 认识时间 认识日期 首次接触 met_date first_met first_contact first_seen"),
            ("met_through", "met_through 认识渠道 认识途径 认识方式 来源 met met_context how_we_met context source"),
            ("introduced_by", "introduced_by 介绍人 引荐人"),
            ("last_contact", "last_contact 最后联系 最近联系 上次联系 最近一次联系 last last_contacted last_chat \
                last_chatted last_touched date_last_spoken last_spoken last_interaction prm_last_contact"),
            ("cadence", "cadence 联系频率 频率 维护频率 多久联系一次 contact_frequency frequency keep_in_touch"),
            ("meeting", "meeting 固定会议 例会 定期见面 recurring_meeting"),
            ("meeting_start", "meeting_start 起始 起始日期 start"),
            ("meeting_length", "meeting_length 时长 duration length"),
            ("meeting_moved", "meeting_moved 改期 moved"),
            ("next_contact", "next_contact 下次联系 下次跟进 下一步计划 next next_follow_up next_contact_due follow_up"),
            ("form", "form 形式 联系形式 方式 channel"),
            ("topics", "topics 话题 话题/切入点 主题 topic"),
            ("needs", "needs 需求 对方需求 ta_可能找我 asks"),
            ("offers", "offers 资源 对方能提供 我可以找_ta value_in"),
            ("my_offer", "my_offer 我能提供 我的输出 输出 value_out"),
            ("endorser", "endorser 背书人"),
            ("decision", "decision 决策权 has_say"),
            ("term_until", "term_until 任期至 in_office_until"),
            ("info_position", "info_position 信息位置"),
            ("status", "status 状态"),
            ("deceased", "deceased 去世 逝世 died"),
            ("snooze_until", "snooze_until 暂缓到 免打扰到"),
            ("paused", "paused 暂停 不跟踪"),
            ("paused_until", "paused_until 暂停到"),
            ("pause_reason", "pause_reason 暂停原因"),
            ("skipped", "skipped 跳过"),
            ("remind_before", "remind_before 提醒提前天数"),
            ("tags", "tags 标签 tag"),
            ("notes", "notes 备注"),
        ];
        assert_rows(Person, &rows);
        assert_rows(Owner, &rows);
        let words = Vocabulary::built_in();
        assert_eq!(words.key(Person, "ta 可能找我"), Some("needs"));
        assert_eq!(words.key(Person, "我可以找 ta"), Some("offers"));
    }

    #[test]
    fn the_owner_has_two_keys_more() {
        assert_rows(Owner, &[("achievements", "achievements 成果 成就"), ("share", "share 分享频率")]);
        assert_eq!(Vocabulary::built_in().key(Person, "成果"), None);
    }

    #[test]
    fn every_key_of_a_meeting_is_read_in_every_spelling() {
        let rows = [
            ("date", "date 日期 时间 time when"),
            ("attendees", "attendees 参会人 与会人 人物 people person"),
            ("title", "title 主题 topic"),
            ("place", "place 地点 location city"),
            ("goal", "goal 目标"),
            ("prep", "prep 准备 preparation"),
            ("minutes", "minutes 纪要 notes"),
            ("summary", "summary 总结"),
            ("follow_up", "follow_up 后续 follow-up"),
            ("thanked", "thanked 致谢 thanks"),
            ("status", "status 状态"),
        ];
        assert_rows(Meeting, &rows);
        assert_rows(Event, &rows);
        assert_rows(Event, &[("met", "met 见到 认识了")]);
        assert_eq!(Vocabulary::built_in().key(Meeting, "见到"), None);
    }

    #[test]
    fn keys_of_any_note_are_known_before_its_kind() {
        let rows = [
            ("type", "type 类型"),
            ("categories", "categories 分类"),
            ("tags", "tags"),
            ("generated_by", "generated_by"),
        ];
        for scope in [Note, Person, Owner, Meeting, Event] {
            assert_rows(scope, &rows);
        }
        assert_eq!(Vocabulary::built_in().key(Person, "favourite_colour"), None);
    }

    #[test]
    fn combined_keys_name_both_parts_in_order() {
        let words = Vocabulary::built_in();
        assert_eq!(words.combined_key("组织/身份"), Some(["company", "role"]));
        assert_eq!(words.combined_key("城市/时区"), Some(["city", "timezone"]));
        assert_eq!(words.combined_key("公司"), None);
        for key in ["company", "role", "city", "timezone"] {
            assert_eq!(words.key(Person, key), Some(key));
        }
    }

    #[test]
    fn move_fields_are_read_in_both_languages() {
        let words = Vocabulary::built_in();
        for (id, chinese) in [("for", "给"), ("until", "到"), ("expires", "有效期至"), ("cc", "抄送")] {
            assert_eq!(words.move_field(id), Some(id));
            assert_eq!(words.move_field(chinese), Some(id));
        }
        assert_eq!(words.move_field("due"), None);
    }

    fn assert_rows(scope: KeyScope, rows: &[(&str, &str)]) {
        for (key, spellings) in rows {
            for spelling in spellings.split_whitespace() {
                assert_eq!(Vocabulary::built_in().key(scope, spelling), Some(*key), "{scope:?} {spelling}");
            }
        }
    }
}
