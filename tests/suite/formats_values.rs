//! Values of every type as people write them, the traps of YAML, and dates of every class.

use crate::formats::Reading;

/// Front matter of a person, key, what is read, what is said.
type Row = (&'static str, &'static str, &'static str, &'static str);

fn assert_rows(rows: &[Row]) {
    let mut faults = Vec::new();
    for (front, key, expected, said) in rows {
        let read = Reading::of_person(front);
        if (&*read.value(key), &*read.said) != (*expected, *said) {
            faults.push(format!(
                "{front:?}\n  {key} = {:?}, not {expected:?}; said {:?}, not {said:?}",
                read.value(key),
                read.said
            ));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn each_type_is_read_as_people_write_it() {
    #[rustfmt::skip]
    let rows: &[Row] = &[
        // text: any scalar, by its raw text
        ("role: 007", "role", "007", ""),
        ("role: yes", "role", "yes", ""),
        ("role: 1e3", "role", "1e3", ""),
        ("role: 'a'", "role", "a", ""),
        ("role: [产品, 运营]", "role", "产品, 运营", ""),
        ("role: |\n  一\n  二", "role", "一\n二", ""),
        // list
        ("topics:\n  - 一\n  - 二", "topics", "一 | 二", ""),
        ("topics: [一, 二]", "topics", "一 | 二", ""),
        ("topics: 一", "topics", "一", ""),
        ("topics: 一, 二，三、四; 五；六", "topics", "一 | 二 | 三 | 四 | 五 | 六", ""),
        ("topics: [\"一, 二\"]", "topics", "一, 二", ""),
        ("company: Acme, Inc.", "company", "Acme, Inc.", ""),
        // link
        ("manager: \"[[王五]]\"", "manager", "[王五]", ""),
        ("manager: [[王五]]", "manager", "[王五]", "link-not-quoted"),
        ("manager: \"[王五](dir/王五.md)\"", "manager", "[dir/王五.md|王五]", ""),
        ("manager: 王五", "manager", "王五", ""),
        // yes/no
        ("paused: true", "paused", "true", ""),
        ("paused: Yes", "paused", "true", ""),
        ("paused: on", "paused", "true", ""),
        ("paused: 1", "paused", "true", ""),
        ("paused: 是", "paused", "true", ""),
        ("paused: false", "paused", "false", ""),
        ("paused: No", "paused", "false", ""),
        ("paused: off", "paused", "false", ""),
        ("paused: 0", "paused", "false", ""),
        ("paused: 否", "paused", "false", ""),
        ("paused: maybe", "paused", "", "unknown-word"),
        // closeness
        ("closeness: core", "closeness", "Core", ""),
        ("closeness: strong", "closeness", "Strong", ""),
        ("closeness: weak", "closeness", "Weak", ""),
        ("亲密度: 核心", "closeness", "Core", ""),
        ("亲密度: 强", "closeness", "Strong", ""),
        ("亲密度: 弱", "closeness", "Weak", ""),
        ("tier: A", "closeness", "Core", ""),
        ("tier: B", "closeness", "Strong", ""),
        ("tier: c", "closeness", "Strong", ""),
        ("tier: D", "closeness", "Weak", ""),
        ("closeness: 10", "closeness", "Core", ""),
        ("closeness: 8", "closeness", "Core", ""),
        ("closeness: 7", "closeness", "Strong", ""),
        ("closeness: 4", "closeness", "Strong", ""),
        ("closeness: 3", "closeness", "Weak", ""),
        ("closeness: 1", "closeness", "Weak", ""),
        ("closeness: 0", "closeness", "", "unknown-word"),
        ("closeness: 11", "closeness", "", "unknown-word"),
        ("closeness: 4/5", "closeness", "Core", ""),
        ("closeness: 3/5", "closeness", "Strong", ""),
        ("closeness: 1/5", "closeness", "Weak", ""),
        ("亲密度[1-5]: 4", "closeness", "Core", ""),
        ("closeness(1-5): 1", "closeness", "Weak", ""),
        ("亲密度: 很好", "closeness", "", "unknown-word"),
        // length
        ("meeting_length: 60", "meeting_length", "60", ""),
        ("meeting_length: 60min", "meeting_length", "60", ""),
        ("meeting_length: 1h", "meeting_length", "60", ""),
        ("时长: 1小时", "meeting_length", "60", ""),
        ("时长: 半小时", "meeting_length", "30", ""),
        ("时长: 30-60分钟", "meeting_length", "60", ""),
        ("时长: 很久", "meeting_length", "", "not-a-length"),
        ("提醒提前天数: 几天", "remind_before", "", "not-a-number"),
        // nothing
        ("city: 暂无", "city", "", ""),
        ("city: 无", "city", "", ""),
        ("city: 待补充", "city", "", ""),
        ("city: None", "city", "", ""),
        ("city: n/a", "city", "", ""),
        ("city: \"-\"", "city", "", ""),
        ("city:", "city", "", ""),
        ("city: \"\"", "city", "", ""),
        ("city: ~", "city", "", ""),
        ("birthday: 待补充", "birthday", "", ""),
        ("last_contact: 无", "last_contact", "", ""),
        ("closeness: 暂无", "closeness", "", ""),
        ("meeting: 无", "meeting", "", ""),
        ("aliases: [无, 老张]", "aliases", "老张", ""),
        ("manager: 无", "manager", "", ""),
        ("introduced_by: 暂无", "introduced_by", "", ""),
        ("dates: 无", "dates", "", ""),
        ("cadence: 无", "cadence", "none", ""),
        ("cadence: none", "cadence", "none", ""),
        ("cadence: 暂无", "cadence", "", ""),
        ("cadence: n/a", "cadence", "", ""),
        ("cadence: 待补充", "cadence", "", ""),
        ("cadence:", "cadence", "", ""),
    ];
    assert_rows(rows);
}

#[test]
fn each_trap_of_yaml_is_read_as_it_was_meant() {
    #[rustfmt::skip]
    let rows: &[Row] = &[
        ("手机: +8613800138000", "phone", "+8613800138000", ""),
        ("手机: 007", "phone", "007", ""),
        ("uid: 1e3", "uid", "1e3", ""),
        ("uid: 12345678901234567", "uid", "12345678901234567", ""),
        ("company: [[Acme]]", "company", "[Acme]", "link-not-quoted"),
        ("company: [[A]], [[B]]", "company", "[A] | [B]", "several-links"),
        ("姓名：张三丰", "name", "张三丰", "full-width-colon"),
        ("x: 1\n姓名：张三丰\ny: 2", "name", "张三丰", "full-width-colon"),
        ("tags: #导师", "tags", "", "value-is-comment"),
        ("topics:\n  - 一\n  - \n  - 二", "topics", "一 | 二", ""),
        ("aliases: 老张\n  - 张总", "aliases", "老张 | 张总", "scalar-then-list"),
        ("aliases: 老张\n- 张总", "aliases", "老张 | 张总", "scalar-then-list"),
        ("aliases:\n  - @handle", "aliases", "@handle", "reserved-sign"),
        ("wechat: @handle", "wechat", "@handle", "reserved-sign"),
        ("city: NO", "city", "NO", ""),
        ("paused: NO", "paused", "false", ""),
        ("生日: 1990-3-5", "birthday", "1990-03-05", "date-not-padded"),
        ("dates:\n  - date: 2019-06-01\n    label: 结婚", "dates", "2019-06-01 结婚", "nested-value"),
        ("dates:\n  - {日期: 2019-06-01, 名称: 结婚}\n  - {date: 05-20}", "dates", "2019-06-01 结婚 | 05-20 ", "nested-value"),
        ("dates:\n  2019-06-01: 结婚\n  2020-05-20: 生子", "dates", "2019-06-01 结婚 | 2020-05-20 生子", "nested-value"),
        ("dates: 2019-06-01 结婚, 2020-05-20 生子", "dates", "2019-06-01 结婚 | 2020-05-20 生子", ""),
        ("dates: 2019-06-01 结婚，在北京", "dates", "2019-06-01 结婚，在北京", ""),
        ("dates: June 1, 2019 wedding", "dates", "2019-06-01 wedding", ""),
        ("dates: 2019-06-01\n纪念日说明: 结婚", "dates", "2019-06-01 结婚", ""),
        ("anniversary: 农历八月十五 相识", "dates", "lunar:08-15 相识", ""),
        ("city:\u{a0}上海\u{200b}", "city", "上海", "odd-blanks"),
        ("city: \u{a0}上海\u{200b}", "city", "上海", ""),
        ("city: \u{3000}上海\u{3000}", "city", "上海", ""),
        ("city: 上海 # 常驻", "city", "上海", ""),
        ("city: \"上海", "city", "\"上海", "raw-value"),
        ("role: a: b", "role", "a: b", "raw-value"),
        ("city:\t上海", "city", "上海", ""),
    ];
    assert_rows(rows);
    let json = Reading::of("x/a.md", "---\n{\"type\": \"person\", \"city\": \"上海\"}\n---\n");
    assert_eq!((&*json.value("city"), &*json.said), ("上海", "json-front-matter"));
    let meeting = Reading::of("x/a.md", "---\ntype: meeting\ntime: 12:00\npeople: [[A]], [[B]]\n---\n");
    assert_eq!((&*meeting.value("time"), &*meeting.value("attendees")), ("12:00", "[A] | [B]"));
    assert_eq!(meeting.said, "several-links");
}

#[test]
fn each_class_of_date_is_read_where_its_key_allows() {
    #[rustfmt::skip]
    let rows: &[Row] = &[
        ("last_contact: 2026-11-20", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026-11-20 14:30", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026-11-20T14:30", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026-11-20T14:30:00+08:00", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026-11-20 周五 09:59", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026-11-20 周四 09:59", "last_contact", "2026-11-20", "wrong-weekday"),
        ("last_contact: \"[[2026-11-20]]\"", "last_contact", "2026-11-20", ""),
        ("last_contact: [[2026-11-20]]", "last_contact", "2026-11-20", "link-not-quoted"),
        ("last_contact: 2026-1-5", "last_contact", "2026-01-05", "date-not-padded"),
        ("last_contact: 2026/11/20", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026/1/5", "last_contact", "2026-01-05", ""),
        ("last_contact: 2026.11.20", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026年11月20日", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026年11月20号", "last_contact", "2026-11-20", ""),
        ("last_contact: 二〇二六年十一月二十日", "last_contact", "2026-11-20", ""),
        ("last_contact: 20 Nov 2026", "last_contact", "2026-11-20", ""),
        ("last_contact: November 20, 2026", "last_contact", "2026-11-20", ""),
        ("last_contact: 2026-11-20（聊了新项目）", "last_contact", "2026-11-20", ""),
        ("last_contact: 20261120", "last_contact", "", "date-compact"),
        ("birthday: 1990-03-05（农历二月初九）", "birthday", "1990-03-05", ""),
        ("deceased: 2025-04-01（肺炎）", "deceased", "2025-04-01", ""),
        ("skipped: [2026-10-01（出差）, 2026-11-01]", "skipped", "2026-10-01 | 2026-11-01", ""),
        ("birthday: 11-20", "birthday", "11-20", ""),
        ("birthday: --11-20", "birthday", "11-20", ""),
        ("birthday: --1120", "birthday", "11-20", ""),
        ("birthday: 11月20日", "birthday", "11-20", ""),
        ("birthday: 02-29", "birthday", "02-29", ""),
        ("dates: [--1120 纪念]", "dates", "11-20 纪念", ""),
        ("met_on: 2026-11", "met_on", "2026-11", ""),
        ("met_on: 2026年11月", "met_on", "2026-11", ""),
        ("met_on: 2026", "met_on", "2026", ""),
        ("term_until: 2026年11月", "term_until", "2026-11", ""),
        ("birthday: 农历八月十五", "birthday", "lunar:08-15", ""),
        ("birthday: 农历1997年九月十三", "birthday", "lunar:1997-09-13", ""),
        ("birthday: 闰六月初十", "birthday", "lunar:闰06-10", ""),
        ("birthday: 腊月三十", "birthday", "lunar:12-30", ""),
        ("birthday: lunar:08-15", "birthday", "lunar:08-15", ""),
        ("birthday: lunar:闰06-10", "birthday", "lunar:闰06-10", ""),
        ("农历生日: 八月十五", "lunar_birthday", "lunar:08-15", ""),
        ("农历生日: 08-15", "lunar_birthday", "lunar:08-15", ""),
        ("农历生日: 冬月廿五", "lunar_birthday", "lunar:11-25", ""),
        ("农历生日: 正月初一", "lunar_birthday", "lunar:01-01", ""),
        ("农历生日: 十一月卅", "lunar_birthday", "lunar:11-30", ""),
        ("农历生日: 十月二十", "lunar_birthday", "lunar:10-20", ""),
        ("农历生日: 八月三十一", "lunar_birthday", "", "lunar-date-no-such-day"),
        ("农历生日: 随便", "lunar_birthday", "", "lunar-date-unread"),
        ("birthday: 八月十五", "birthday", "", "date-lunar-or-solar"),
    ];
    assert_rows(rows);
}

#[test]
fn each_refusal_is_said_under_every_key_that_takes_a_date() {
    let refusals = [
        ("03/04/2026", "date-day-or-month"),
        ("11/20/2026", "date-year-last"),
        ("26-11-20", "date-two-digit-year"),
        ("2026-13-45", "date-no-such-day"),
        ("2026-02-30", "date-no-such-day"),
        ("1899-12-31", "date-year-outside"),
        ("2101-01-01", "date-year-outside"),
        ("昨天", "date-relative"),
        ("last week", "date-relative"),
    ];
    let keys = [
        "birthday",
        "dates",
        "met_on",
        "last_contact",
        "meeting_start",
        "next_contact",
        "term_until",
        "deceased",
        "snooze_until",
        "paused_until",
        "skipped",
    ];
    let mut faults = Vec::new();
    for key in keys {
        for (written, code) in refusals {
            let read = Reading::of_person(&format!("{key}: {written}"));
            let value = if key == "next_contact" { String::new() } else { read.value(key) };
            if read.said != code || !value.is_empty() {
                faults.push(format!("{key}: {written} = {value:?}, said {:?}, not {code}", read.said));
            }
        }
    }
    for key in ["date", "thanked"] {
        for (written, code) in refusals {
            let read = Reading::of("x/a.md", &format!("---\ntype: meeting\n{key}: {written}\n---\n"));
            if read.said != code || !read.value(key).is_empty() {
                faults.push(format!("{key}: {written}, said {:?}, not {code}", read.said));
            }
        }
    }
    // A day without a year, and what is no whole day.
    for key in [
        "met_on",
        "last_contact",
        "meeting_start",
        "next_contact",
        "term_until",
        "deceased",
        "snooze_until",
        "paused_until",
        "skipped",
    ] {
        let read = Reading::of_person(&format!("{key}: 11-20"));
        if read.said != "date-without-year" {
            faults.push(format!("{key}: 11-20, said {:?}", read.said));
        }
    }
    for key in [
        "birthday",
        "dates",
        "last_contact",
        "meeting_start",
        "next_contact",
        "snooze_until",
        "paused_until",
        "skipped",
    ] {
        let read = Reading::of_person(&format!("{key}: 2026-11"));
        if read.said != "date-not-whole" {
            faults.push(format!("{key}: 2026-11, said {:?}", read.said));
        }
    }
    for key in ["met_on", "last_contact", "meeting_start", "next_contact", "snooze_until", "paused_until", "skipped"] {
        let read = Reading::of_person(&format!("{key}: 农历八月十五"));
        if read.said != "lunar-date-here" {
            faults.push(format!("{key}: 农历八月十五, said {:?}", read.said));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_plan_may_be_words_and_a_weekday_that_does_not_fit_is_said_everywhere() {
    #[rustfmt::skip]
    let rows: &[Row] = &[
        ("next: 2026-12-01 周二 吃饭", "next_contact", "2026-12-01 吃饭", ""),
        ("next: 2026-12-01 周三", "next_contact", "2026-12-01", "wrong-weekday"),
        ("next: 约个时间，3-5 个人", "next_contact", "约个时间，3-5 个人", ""),
        ("next: 3-5 个人吃饭", "next_contact", "3-5 个人吃饭", ""),
        ("next: 2026-02-30 吃饭", "next_contact", "2026-02-30 吃饭", "date-no-such-day"),
        ("next: 年后", "next_contact", "年后", ""),
        ("snooze_until: 2026-12-01 周三", "snooze_until", "2026-12-01", "wrong-weekday"),
        ("met_on: 2026-12-01 周三", "met_on", "2026-12-01", "wrong-weekday"),
        ("last_contact: 2026-11-20 周四（聊了新项目）", "last_contact", "2026-11-20", "wrong-weekday"),
    ];
    assert_rows(rows);
    let person = "---\ntype: person\n---\n## 互动记录\n- 2026-11-20 周四 电话\n- 2026-11-20 周五 电话\n\n### [[2022-09-29 Fri]]\n见面\n";
    assert_eq!(Reading::of("x/张三.md", person).said, "wrong-weekday wrong-weekday");
    let meeting = |keys: &str| Reading::of("x/a.md", &format!("---\ntype: meeting\n{keys}\n---\n")).said;
    assert_eq!(meeting("date: 2026-11-20 周四 14:00"), "wrong-weekday");
    assert_eq!(meeting("thanked: 2026-11-20 周四"), "wrong-weekday");
    assert_eq!(Reading::of("x/2026-11-20 周四 聚餐.md", "x\n").said, "wrong-weekday");
    assert_eq!(Reading::of("x/2026-11-20 周四聚餐.md", "x\n").said, "");
    assert_eq!(Reading::of("x/2026-11-20（周四）聚餐.md", "x\n").said, "wrong-weekday");
    assert_eq!(Reading::of("2026-11-20 周四.md", "x\n").said, "wrong-weekday");
    assert_eq!(Reading::of("2026-11-20 周五.md", "x\n").said, "");
}

#[test]
fn a_note_of_no_class_is_not_nagged_about_a_date_that_need_be_none() {
    let rows = [
        ("time: 30 min", ""),
        ("date: 1998", ""),
        ("date: last week", ""),
        ("日期: 待定", ""),
        ("when: soon", ""),
        ("date: 2026-02-30", "date-no-such-day"),
        ("date: 03/04/2026", "date-day-or-month"),
    ];
    for (front, said) in rows {
        assert_eq!(Reading::of("x/a.md", &format!("---\n{front}\n---\n")).said, said, "{front}");
    }
}

#[test]
fn long_values_are_read_in_linear_time() {
    let many = |text: &str| text.repeat(120_000 / text.len());
    for (key, value) in [
        ("manager", many("[")),
        ("company", many("[[") + "]]"),
        ("relations", many("[](")),
        ("dates", many("2026-01-01 a, ")),
        ("dates", many("x ")),
        ("last_contact", many("二〇二六年")),
        ("meeting_length", many("1h")),
        ("cadence", many("每")),
    ] {
        let read = Reading::of_person(&format!("{key}: \"{value}\""));
        assert!(read.note.person.is_some(), "{key}");
    }
}
