//! Words as values: yes and no, absent, closeness, busyness, statuses, calendars, role presets, festivals.

use super::Vocabulary;
use super::source::TableName;

impl Vocabulary {
    /// What a folded yes/no value says.
    pub fn yes_no(&self, folded: &str) -> Option<bool> {
        self.id(TableName::YesNo, folded).map(|id| id == "yes")
    }

    /// Whether a folded value says that there is none; the empty text does.
    pub fn absent(&self, folded: &str) -> bool {
        folded.is_empty() || self.id(TableName::Absent, folded).is_some()
    }

    /// `core`, `strong` or `weak`, from a folded word, letter (A–D) or number: 1–10, or 1–5 doubled when written
    /// `4/5` or when the key ends in the bracket `1-5`.
    pub fn closeness(&self, folded: &str, key_bracket: Option<&str>) -> Option<&'static str> {
        self.id(TableName::Closeness, folded).or_else(|| closeness_of(closeness_number(folded, key_bracket)?))
    }

    /// `low`, `mid` or `high`.
    pub fn busyness(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::Busyness, folded)
    }

    /// The status of a person: `active`, `warmup`, `dormant`, `archived`, `let-go` or `paused`.
    pub fn status(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::Status, folded)
    }

    /// The status of a meeting or event: `planned`, `done` or `cancelled`.
    pub fn meeting_status(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::MeetingStatus, folded)
    }

    /// Which birthday is kept: `lunar`, `solar` or `both`; yes is `lunar` and no is `solar`, as the Chinese key asks
    /// whether the lunar one is kept.
    pub fn calendar(&self, folded: &str) -> Option<&'static str> {
        let answered = || self.yes_no(folded).map(|lunar| if lunar { "lunar" } else { "solar" });
        self.id(TableName::Calendar, folded).or_else(answered)
    }

    /// How a lunar day that a year lacks is kept: `fallback`, `strict` or `ordinary`.
    pub fn lunar_rule(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::LunarRule, folded)
    }

    /// Where 29 February falls in a common year: `feb28` or `mar1`.
    pub fn leap_day(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::LeapDay, folded)
    }

    /// How near a person is to information: `source` or `relayed`.
    pub fn info_position(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::InfoPosition, folded)
    }

    /// Whether folded words about how someone was met say that it was at an interview.
    pub fn tells_of_interview(&self, folded: &str) -> bool {
        self.holds_any(TableName::MetThrough, "interview", folded)
    }

    /// Whether folded words about a say in decisions say that there is none.
    pub fn tells_of_no_vote(&self, folded: &str) -> bool {
        self.yes_no(folded) == Some(false) || self.holds_any(TableName::Decision, "no-vote", folded)
    }

    /// The role preset a folded relationship names, such as `career-mentor`.
    pub fn preset(&self, folded: &str) -> Option<&'static str> {
        self.id(TableName::Preset, folded)
    }

    /// The word for a role preset.
    pub fn preset_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.written(TableName::Preset, id, language)
    }

    /// The name of a festival by its id, such as `mid-autumn`.
    pub fn festival_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.written(TableName::Festival, id, language)
    }

    /// What to keep in mind when greeting on a festival; `None` where the usual wishes are right.
    pub fn greeting(&self, festival: &str, language: &str) -> Option<&str> {
        self.entry(TableName::Greeting, festival)?.words(language).first().map(AsRef::as_ref)
    }
}

/// A closeness of 1–10, doubled when it is one of five.
fn closeness_number(folded: &str, key_bracket: Option<&str>) -> Option<u32> {
    let (number, of) = match folded.split_once('/') {
        Some((number, of)) => (number.trim(), Some(of.trim())),
        None => (folded, None),
    };
    let number: u32 = number.parse().ok()?;
    match of {
        Some("5") => doubled(number),
        Some("10") => Some(number),
        Some(_) => None,
        None if key_bracket.is_some_and(is_one_to_five) => doubled(number),
        None => Some(number),
    }
}

fn doubled(number: u32) -> Option<u32> {
    (number <= 5).then_some(number * 2)
}

fn is_one_to_five(bracket: &str) -> bool {
    let ends: Vec<&str> = bracket.split(['-', '–', '~', '到', '至']).map(str::trim).collect();
    ends == ["1", "5"]
}

fn closeness_of(number: u32) -> Option<&'static str> {
    match number {
        8..=10 => Some("core"),
        4..=7 => Some("strong"),
        1..=3 => Some("weak"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Lookup = fn(&Vocabulary, &str) -> Option<&'static str>;

    fn words() -> &'static Vocabulary {
        Vocabulary::built_in()
    }

    #[test]
    fn yes_and_no_are_read_in_every_spelling() {
        for (answer, spellings) in [(true, "true yes on 1 是"), (false, "false no off 0 否")] {
            for spelling in spellings.split(' ') {
                assert_eq!(words().yes_no(spelling), Some(answer), "{spelling}");
            }
        }
        assert_eq!(words().yes_no("maybe"), None);
    }

    #[test]
    fn words_for_nothing_are_absent() {
        for word in ["暂无", "无", "待补充", "none", "n/a", "-", ""] {
            assert!(words().absent(word), "{word}");
        }
        for word in ["absent", "no", "--", "_"] {
            assert!(!words().absent(word), "{word}");
        }
    }

    #[test]
    fn closeness_is_read_from_words_letters_and_numbers() {
        for (closeness, spellings) in [
            ("core", "core 核心 a 8 9 10 4/5 5/5 8/10"),
            ("strong", "strong 强 b c 4 5 6 7 2/5 3/5 7/10"),
            ("weak", "weak 弱 d 1 2 3 1/5 3/10"),
        ] {
            for spelling in spellings.split(' ') {
                assert_eq!(words().closeness(spelling, None), Some(closeness), "{spelling}");
            }
        }
        for odd in ["0", "11", "e", "6/5", "0/5", "4/7", "-1", "4.5", ""] {
            assert_eq!(words().closeness(odd, None), None, "{odd}");
        }
    }

    #[test]
    fn a_key_that_says_one_to_five_doubles_the_closeness() {
        for (number, closeness) in [("5", "core"), ("4", "core"), ("3", "strong"), ("2", "strong"), ("1", "weak")] {
            assert_eq!(words().closeness(number, Some("1-5")), Some(closeness), "{number}");
        }
        assert_eq!(words().closeness("6", Some("1-5")), None);
        assert_eq!(words().closeness("5", Some("1-10")), Some("strong"));
        assert_eq!(words().closeness("5", Some("可选")), Some("strong"));
    }

    #[test]
    fn small_sets_of_words_are_read_in_both_languages() {
        let rows: [(Lookup, &[(&str, &str)]); 7] = [
            (Vocabulary::busyness, &[("low", "low 低"), ("mid", "mid 中"), ("high", "high 高")]),
            (
                Vocabulary::status,
                &[
                    ("active", "active 活跃"),
                    ("warmup", "warmup 预热"),
                    ("dormant", "dormant 休眠"),
                    ("archived", "archived 归档"),
                    ("let-go", "let-go let_go 放下"),
                ],
            ),
            (Vocabulary::meeting_status, &[("planned", "planned 计划"), ("cancelled", "cancelled canceled 取消")]),
            (
                Vocabulary::calendar,
                &[("lunar", "lunar 农历 yes true 是"), ("solar", "solar 公历 no 否"), ("both", "both")],
            ),
            (Vocabulary::lunar_rule, &[("fallback", "fallback"), ("strict", "strict"), ("ordinary", "ordinary")]),
            (Vocabulary::leap_day, &[("mar1", "mar1"), ("feb28", "feb28")]),
            (Vocabulary::info_position, &[("source", "source 源头"), ("relayed", "relayed 转述")]),
        ];
        for (lookup, rows) in rows {
            for (id, spellings) in rows {
                for spelling in spellings.split(' ') {
                    assert_eq!(lookup(words(), spelling), Some(*id), "{spelling}");
                }
            }
            assert_eq!(lookup(words(), "something else"), None);
        }
    }

    #[test]
    fn interviews_and_missing_votes_are_found_within_other_words() {
        for (text, found) in [
            ("面试（第二轮面试官）", true),
            ("job interview", true),
            ("interviewed me in 2024", true),
            ("reinterviewing", false),
            ("入职后第一次季度评审", false),
        ] {
            assert_eq!(words().tells_of_interview(text), found, "{text}");
        }
        for (text, found) in [
            ("列席晋升委员会，可以发言，没有投票权", true),
            ("sits on the board, no vote on promotions", true),
            ("no", true),
            ("否", true),
            ("晋升委员会成员", false),
            ("no votes against so far", false),
            ("yes", false),
        ] {
            assert_eq!(words().tells_of_no_vote(text), found, "{text}");
        }
    }

    #[test]
    fn presets_are_read_in_both_languages_singular_and_plural() {
        for (id, spellings) in [
            ("skill-mentor", "skill-mentor,skill mentor,skill mentors,技能导师"),
            ("career-mentor", "career-mentor,career_mentor,职业导师,职场导师"),
            ("mentor", "mentor,mentors,导师"),
            ("teacher", "teacher,老师"),
            ("endorser", "endorser,背书人"),
            ("colleague", "colleague,colleagues,同事"),
            ("former-colleague", "former-colleague,former colleagues,前同事"),
            ("client", "client,客户"),
            ("assistant", "assistant,助理"),
            ("friend", "friend,friends,朋友"),
            ("interviewer", "interviewer,面试官"),
            ("boss", "boss,manager,上级"),
            ("supplier", "supplier,供应商"),
            ("classmate", "classmate,同学"),
            ("family", "family,家人"),
            ("journalist", "reporter,记者"),
        ] {
            for spelling in spellings.split(',') {
                assert_eq!(words().preset(spelling), Some(id), "{spelling}");
            }
        }
        assert_eq!(words().preset("stranger"), None);
        assert_eq!(words().preset_name("career-mentor", "zh-CN"), "职业导师");
        assert_eq!(words().preset_name("career-mentor", "en"), "career mentor");
    }

    #[test]
    fn festivals_have_names_and_some_a_note_on_greeting() {
        #[rustfmt::skip]
        let rows = [
            ("new-year", "元旦"), ("national-day", "国庆"), ("new-years-eve", "除夕"), ("spring-festival", "春节"),
            ("dragon-boat", "端午"), ("mid-autumn", "中秋"), ("teachers-day", "教师节"), ("lantern", "元宵"),
            ("double-ninth", "重阳"), ("qingming", "清明"), ("qixi", "七夕"), ("zhongyuan", "中元"),
            ("winter-solstice", "冬至"), ("laba", "腊八"), ("little-new-year", "小年"),
        ];
        for (id, chinese) in rows {
            assert_eq!(words().festival_name(id, "zh-CN"), chinese);
            assert_ne!(words().festival_name(id, "en"), id);
        }
        assert!(words().greeting("dragon-boat", "zh-CN").is_some_and(|note| note.contains("安康")));
        assert!(words().greeting("qingming", "en").is_some());
        assert_eq!(words().greeting("mid-autumn", "zh-CN"), None);
    }
}
