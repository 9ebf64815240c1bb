//! Every key in every spelling, with its type, read into the model; and what is said when two spellings disagree.

use vault_scan::model::note::NoteKind;

use crate::formats::Reading;

/// Canonical key, its spellings (`;` between them), what is written, what is read.
#[rustfmt::skip]
const PERSON: &[(&str, &str, &str, &str)] = &[
    ("name", "name; 姓名; 名字; 全名; full_name; fn; FN; Full Name; prm_name", "李四", "李四"),
    ("family_name", "family_name; 姓; last_name; n_fn; N.FN", "李", "李"),
    ("given_name", "given_name; 名; first_name; n_gn; N.GN", "雷", "雷"),
    ("aliases", "aliases; 别名; 昵称; 英文名; 花名; 别名/昵称/搜索词; alias; nickname", "老张, Tom", "老张 | Tom"),
    ("aliases", "aliases; 别名; alias", "[老张, 张总]", "老张 | 张总"),
    ("uid", "uid; 编号; id", "007", "007"),
    ("company", "company; 公司; 单位; 机构; 组织; 关联公司; 任职公司; org; organization; employer; affiliation",
        "Acme, Inc.", "Acme, Inc."),
    ("company", "company; 公司", "[\"[[甲公司]]\", 乙]", "[甲公司] | 乙"),
    ("role", "role; 职位; 职务; 岗位; 头衔; 角色; 身份; position; job_title; title", "产品总监", "产品总监"),
    ("department", "department; 部门; team", "市场部", "市场部"),
    ("level", "level; 级别; 层级; seniority", "M3", "M3"),
    ("industry", "industry; 行业", "金融", "金融"),
    ("manager", "manager; 上级; 主管; reports_to", "\"[[王五]]\"", "[王五]"),
    ("city", "city; 城市; 所在地; 常驻; location; loc; based_in", "上海", "上海"),
    ("city", "ADR[HOME].LOCALITY; ADR.LOCALITY", "上海", "上海"),
    ("timezone", "timezone; 时区", "Asia/Shanghai", "Asia/Shanghai"),
    ("phone", "phone; 手机; 电话; 手机号; 联系电话; tel; mobile; TEL[CELL]", "+8613800138000", "+8613800138000"),
    ("phone", "手机", "13800138000、010-1234", "13800138000 | 010-1234"),
    ("wechat", "wechat; 微信; 微信号; weixin", "zhang_san", "zhang_san"),
    ("email", "email; 邮箱; 电子邮箱; 邮件; e_mail; E-mail; mail; EMAIL[1:WORK]", "a@b.cn, c@d.cn", "a@b.cn | c@d.cn"),
    ("url", "url; 网址; website; linkedin; twitter", "https://a.cn", "https://a.cn"),
    ("birthday", "birthday; 生日; 出生日期; 公历生日; 阳历生日; bday; birth; birth_date; date_of_birth; dob; 生日（可选）",
        "1990-03-05", "1990-03-05"),
    ("lunar_birthday", "lunar_birthday; 农历生日; 阴历生日; 旧历生日", "八月十五", "lunar:08-15"),
    ("birthday_calendar", "birthday_calendar; 过农历生日", "是", "Lunar"),
    ("birthday_calendar", "birthday_calendar", "both", "Both"),
    ("birthday_calendar", "birthday_calendar", "solar", "Solar"),
    ("birthday_calendar", "birthday_calendar", "lunar", "Lunar"),
    ("birthday_calendar", "过农历生日", "no", "Solar"),
    ("lunar_rule", "lunar_rule; 农历规则", "strict", "Strict"),
    ("lunar_rule", "lunar_rule", "ordinary", "Ordinary"),
    ("lunar_rule", "lunar_rule", "fallback", "Fallback"),
    ("dates", "dates; 重要日期; 纪念日; important_dates; anniversary", "2019-06-01 结婚", "2019-06-01 结婚"),
    ("dates", "dates", "[2019-06-01 结婚, 05-20 纪念]", "2019-06-01 结婚 | 05-20 纪念"),
    ("dates", "dates", "\n  - 2019-06-01: 结婚\n  - 05-20：相识", "2019-06-01 结婚 | 05-20 相识"),
    ("relationship", "relationship; 关系; 关系类型; 角色预设; category; person_type; preset", "职业导师、朋友", "职业导师 | 朋友"),
    ("presets", "relationship; 关系; 关系类型; 角色预设; category; person_type; preset", "职业导师", "career-mentor"),
    ("presets", "relationship", "Mentors", "mentor"),
    ("presets", "关系", "\"[[猎头]]\"", "headhunter"),
    ("relations", "relations; 人物关系", "[\"[[李四]] 大学同学\", \"[[王五]]\"]", "[李四] 大学同学 | [王五] "),
    ("relations", "relations", "[\"[Li](li.md) (school)\"]", "[li.md|Li] (school)"),
    ("closeness", "closeness; 亲密度; 关系强度; 强度; 强弱; relationship_strength; relevance; tier; tie", "强", "Strong"),
    ("busyness", "busyness; 繁忙程度", "高", "High"),
    ("busyness", "busyness; 繁忙程度", "mid", "Middle"),
    ("busyness", "busyness", "低", "Low"),
    ("met_on", "met_on; 首次见面; 认识时间; 认识日期; 首次接触; met_date; first_met; first_contact; first_seen",
        "2019-06-01", "2019-06-01"),
    ("met_on", "met_on; 认识时间", "2019年6月", "2019-06"),
    ("met_on", "met_on", "2019", "2019"),
    ("met_through", "met_through; 认识渠道; 认识途径; 认识方式; 来源; met; met_context; how_we_met; context; source",
        "行业大会", "行业大会"),
    ("introduced_by", "introduced_by; 介绍人; 引荐人; 来源; source", "\"[[王五]]\"", "[王五]"),
    ("last_contact", "last_contact; 最后联系; 最近联系; 上次联系; 最近一次联系; last; last_contacted; last_chat; \
        last_chatted; last_touched; date_last_spoken; last_spoken; last_interaction", "2026-11-01", "2026-11-01"),
    ("cadence", "cadence; 联系频率; 频率; 维护频率; 多久联系一次; contact_frequency; frequency; keep_in_touch", "每月", "P1M"),
    ("cadence", "cadence; 联系频率", "none", "none"),
    ("cadence", "cadence; 联系频率", "无", "none"),
    ("meeting", "meeting; 固定会议; 例会; 定期见面; recurring_meeting", "每周五 10:00", "Weekly"),
    ("meeting_start", "meeting_start; 起始; 起始日期; start", "2026-01-02", "2026-01-02"),
    ("meeting_length", "meeting_length; 时长; duration; length", "半小时", "30"),
    ("meeting_moved", "meeting_moved; 改期; moved", "[2026-12-11 -> 2026-12-18, 2027-01-01 → 取消]",
        "2026-12-11 > 2026-12-18 | 2027-01-01 > none"),
    ("next_contact", "next_contact; 下次联系; 下次跟进; 下一步计划; next; next_follow_up; next_contact_due; follow_up",
        "2026-12-01", "2026-12-01"),
    ("next_contact", "next_contact; 下一步计划", "约他吃饭", "约他吃饭"),
    ("next_contact", "next_contact; 下次联系", "2026-12-01 约他吃饭", "2026-12-01 约他吃饭"),
    ("form", "form; 形式; 联系形式; 方式; channel", "电话", "电话"),
    ("topics", "topics; 话题; 话题/切入点; 主题; topic", "骑行、红酒", "骑行 | 红酒"),
    ("needs", "needs; 需求; 对方需求; TA 可能找我; asks", "招聘", "招聘"),
    ("offers", "offers; 资源; 对方能提供; 我可以找 TA; value_in", "[渠道, 资金]", "渠道 | 资金"),
    ("my_offer", "my_offer; 我能提供; 我的输出; 输出; value_out", "推荐；点评", "推荐 | 点评"),
    ("presets", "endorser; 背书人", "yes", "endorser"),
    ("decision", "decision; 决策权; has_say", "有", "有"),
    ("term_until", "term_until; 任期至; in_office_until", "2028-06", "2028-06"),
    ("info_position", "info_position; 信息位置", "源头", "Source"),
    ("info_position", "info_position; 信息位置", "relayed", "Relayed"),
    ("status", "status; 状态", "休眠", "Dormant"),
    ("status", "status", "active", "Active"),
    ("status", "状态", "预热", "Warmup"),
    ("status", "status", "archived", "Archived"),
    ("status", "status", "let go", "LetGo"),
    ("status", "状态", "放下", "LetGo"),
    ("paused", "status; 状态", "paused", "true"),
    ("paused", "status; 状态", "暂停", "true"),
    ("deceased", "deceased; 去世; 逝世; died", "是", "yes"),
    ("deceased", "deceased; 去世", "2025-04-01", "2025-04-01"),
    ("snooze_until", "snooze_until; 暂缓到; 免打扰到", "2026-12-31", "2026-12-31"),
    ("paused", "paused; 暂停; 不跟踪", "on", "true"),
    ("paused", "paused", "否", "false"),
    ("paused_until", "paused_until; 暂停到", "2027-01-31", "2027-01-31"),
    ("pause_reason", "pause_reason; 暂停原因", "休产假", "休产假"),
    ("skipped", "skipped; 跳过", "[2026-10-01, 2026-11-01]", "2026-10-01 | 2026-11-01"),
    ("remind_before", "remind_before; 提醒提前天数", "7", "7"),
    ("remind_before", "remind_before; 提醒提前天数", "7天", "7"),
    ("remind_before", "remind_before", "7 days", "7"),
    ("tags", "tags; 标签; tag", "[人脉/导师, \"#friend\"]", "人脉/导师 | friend"),
    ("notes", "notes; 备注", "爱喝茶, 不喝酒", "爱喝茶, 不喝酒"),
];

#[test]
fn each_key_of_a_person_is_read_in_each_spelling_by_its_type() {
    let mut faults = Vec::new();
    for (key, spellings, written, expected) in PERSON {
        for spelling in spellings.split("; ").map(str::trim) {
            let read = Reading::of_person(&format!("{spelling}: {written}"));
            if read.value(key) != *expected || !["", "nested-value"].contains(&&*read.said) {
                faults.push(format!("{spelling}: {written}\n  {key} = {:?}, said {:?}", read.value(key), read.said));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_owner_has_keys_of_their_own_besides() {
    let rows = [
        ("achievements", "achievements; 成果; 成就", "[获奖, 上线]", "获奖 | 上线"),
        ("share", "share; 分享频率", "每月", "P1M"),
        ("offers", "offers; 资源", "简历点评", "简历点评"),
    ];
    for (key, spellings, written, expected) in rows {
        for spelling in spellings.split("; ") {
            let read = Reading::of("我.md", &format!("---\ntype: me\n{spelling}: {written}\n---\n"));
            assert_eq!((&*read.value(key), &*read.said), (expected, ""), "{spelling}");
        }
    }
}

/// Canonical key, spellings, what is written, what is read.
#[rustfmt::skip]
const MEETING: &[(&str, &str, &str, &str)] = &[
    ("date", "date; 日期; 时间; time; when", "2026-11-20", "2026-11-20"),
    ("time", "date; 时间; when", "2026-11-20 14:30", "14:30"),
    ("time", "time; 时间", "12:00", "12:00"),
    ("attendees", "attendees; 参会人; 与会人; 人物; people; person", "\"[[张三]]、[[李四]]\"", "[张三] | [李四]"),
    ("attendees", "people", "张三、[[李四]]，王五", "张三 | [李四] | 王五"),
    ("attendees", "attendees; people", "[张三, \"[[x/李四|老李]]\"]", "张三 | [x/李四|老李]"),
    ("title", "title; 主题; topic", "季度评审", "季度评审"),
    ("place", "place; 地点; location; city", "国贸", "国贸"),
    ("goal", "goal; 目标", "定方案", "定方案"),
    ("prep", "prep; 准备; preparation", "读材料", "读材料"),
    ("minutes", "minutes; 纪要; notes", "已定", "已定"),
    ("summary", "summary; 总结", "顺利", "顺利"),
    ("follow_up", "follow_up; 后续; follow-up", "发合同", "发合同"),
    ("thanked", "thanked; 致谢; thanks", "2026-11-21", "2026-11-21"),
    ("status", "status; 状态", "planned", "Planned"),
    ("status", "status; 状态", "取消", "Cancelled"),
    ("status", "status; 状态", "done", "Filled"),
];

#[test]
fn each_key_of_a_meeting_and_of_an_event_is_read_in_each_spelling() {
    for (key, spellings, written, expected) in MEETING {
        for spelling in spellings.split("; ") {
            for kind in ["meeting", "event"] {
                let read = Reading::of("x/y.md", &format!("---\ntype: {kind}\n{spelling}: {written}\n---\n"));
                assert_eq!((&*read.value(key), &*read.said), (*expected, ""), "{kind} {spelling}");
            }
        }
    }
    for spelling in ["met", "见到", "认识了"] {
        let text = |kind| format!("---\ntype: {kind}\n{spelling}: \"[[张三]]\"\n---\n");
        assert_eq!(Reading::of("x/y.md", &text("event")).value("met"), "[张三]", "{spelling}");
        assert_eq!(Reading::of("x/y.md", &text("meeting")).value("met"), "", "{spelling}");
    }
}

#[test]
fn text_keys_of_a_meeting_may_be_headings_and_an_empty_one_is_absent() {
    let rows = [
        ("goal", "goal; 目标; Goal", "定方案", "定方案"),
        ("prep", "prep; 准备; Preparation", "读材料", "读材料"),
        ("minutes", "minutes; 纪要; Notes", "已定", "已定"),
        ("summary", "summary; 总结", "顺利", "顺利"),
        ("follow_up", "follow_up; 后续; Follow-up", "发合同", "发合同"),
        ("place", "place; 地点; Location", "国贸", "国贸"),
        ("attendees", "attendees; 参会人; People", "- [[张三]]\n- [[李四]]", "[张三] | [李四]"),
        ("met", "met; 见到; 认识了", "- [[张三]]", "[张三]"),
        ("goal", "goal; 目标", "", ""),
        ("summary", "summary; 总结", "<!-- 待写 -->", ""),
    ];
    for (key, headings, written, expected) in rows {
        for heading in headings.split("; ") {
            let text = format!("---\ntype: event\ndate: 2026-11-10\n---\n## {heading}\n{written}\n\n## 其他\n随便\n");
            assert_eq!(Reading::of("x/y.md", &text).value(key), expected, "{heading}");
        }
    }
}

#[test]
fn spellings_that_disagree_are_settled_by_their_rule() {
    #[rustfmt::skip]
    let rows = [
        // two aliases of one key
        ("公司: 甲\ncompany: 乙", "company", "甲", "key-conflict"),
        ("公司: 甲\ncompany: 甲", "company", "甲", ""),
        ("公司:\ncompany: 乙", "company", "乙", ""),
        ("公司: 暂无\ncompany: 乙", "company", "乙", ""),
        ("aliases: [甲]\n昵称: 乙", "aliases", "甲", "key-conflict"),
        ("最后联系: 2026-01-01\nlast_contact: 2026-03-01\nlast: 2026-02-01", "last_contact", "2026-03-01", ""),
        ("TEL[CELL]: 1\nTEL[HOME]: 2", "phone", "1 | 2", ""),
        ("ADR[HOME].LOCALITY: 上海\nADR[WORK].LOCALITY: 北京", "city", "上海", ""),
        // one key twice
        ("城市: 上海\n城市: 北京", "city", "北京", "duplicate-key"),
        // title
        ("title: 总监", "role", "总监", ""),
        ("title: 张三", "role", "", ""),
        ("name: 李四\ntitle: 李四", "role", "", ""),
        ("title: 总监\nrole: 经理", "role", "经理", ""),
        ("title: 总监\n职位: 经理", "role", "经理", ""),
        ("title: 总监\nrole:", "role", "总监", ""),
        // source
        ("来源: \"[[王五]]\"", "introduced_by", "[王五]", ""),
        ("source: \"[王五](王五.md)\"", "introduced_by", "[王五.md|王五]", ""),
        ("来源: 王五", "met_through", "王五", ""),
        ("met: \"[[华东论坛]]\"", "met_through", "华东论坛", ""),
        ("职位: \"[[x/产品|产品]]总监\"", "role", "产品总监", ""),
        ("话题: \"[[徒步]]、[[AI]]\"", "topics", "徒步 | AI", ""),
        // two values in one key
        ("组织/身份: 甲公司/顾问/兼职", "company", "甲公司", ""),
        ("组织/身份: 甲公司/顾问/兼职", "role", "顾问/兼职", ""),
        ("城市/时区: 上海/Asia/Shanghai", "city", "上海", ""),
        ("城市/时区: 上海/Asia/Shanghai", "timezone", "Asia/Shanghai", ""),
        ("城市/时区: 上海", "city", "上海", ""),
        // vCard names
        ("fn: 张三丰\nn_fn: 张\nn_gn: 三丰", "name", "张三丰", ""),
        ("fn: 张三丰\nn_fn: 张", "family_name", "张", ""),
        ("姓: 张\n名: 三", "name", "张三", ""),
        ("first_name: Tom\nlast_name: Smith", "name", "Tom Smith", ""),
    ];
    for (front, key, expected, said) in rows {
        let read = Reading::of_person(front);
        assert_eq!((&*read.value(key), &*read.said), (expected, said), "{front}");
    }
}

#[test]
fn front_matter_wins_over_the_body_and_the_body_goes_by_file_order() {
    let rows = [
        ("城市: 上海", "- 城市：北京", "上海", "key-conflict"),
        ("城市:", "- 城市：北京", "北京", ""),
        ("x: 1", "- 城市：北京\n\n城市:: 深圳", "北京", "key-conflict"),
        ("x: 1", "城市:: 深圳\n\n- 城市：北京", "深圳", "key-conflict"),
        ("城市: 上海", "城市:: 上海", "上海", ""),
    ];
    for (front, body, expected, said) in rows {
        let read = Reading::of("x/张三.md", &format!("---\ntype: person\n{front}\n---\n{body}\n"));
        assert_eq!((&*read.value("city"), &*read.said), (expected, said), "{front} / {body}");
    }
}

#[test]
fn keys_are_compared_whole() {
    let rows = [
        ("我的城市", ""),
        ("城市2", ""),
        ("prm_城市", "上海"),
        ("Based  In", "上海"),
        ("城市（可选）", "上海"),
        ("based.in [x]", "上海"),
    ];
    for (key, expected) in rows {
        assert_eq!(Reading::of_person(&format!("{key}: 上海")).value("city"), expected, "{key}");
    }
    assert_eq!(Reading::of_person("城市: 上海").kind(), NoteKind::Person);
}
