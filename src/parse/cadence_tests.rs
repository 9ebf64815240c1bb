//! Every form, word and refusal of the cadence grammar.

use super::*;

fn read(text: &str) -> Result<Read<CadenceRead>, Finding> {
    read_cadence(text, &TimeWords::built_in())
}

fn shown(text: &str) -> String {
    match read(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}")).value.cadence {
        Cadence::Every(period) => period.to_string(),
        Cadence::Untracked => "none".to_owned(),
    }
}

fn hints(text: &str) -> Vec<&'static str> {
    read(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}")).hints.iter().map(|hint| hint.code).collect()
}

#[test]
fn the_cadence_vectors_give_their_period() {
    let mut cases = 0;
    for line in include_str!("../../tests/data/cadence_vectors.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["cadence", text, expected, ..] = fields[..] {
            assert_eq!(shown(text), expected, "{text}");
            cases += 1;
        }
    }
    assert_eq!(cases, 44);
}

#[test]
fn every_form_of_the_grammar_is_read() {
    let table = [
        ("7", "P7D"),
        ("1000", "P1000D"),
        ("p2w", "P2W"),
        ("P90D", "P90D"),
        ("p1y", "P1Y"),
        ("P24M", "P24M"),
        ("24 months", "P24M"),
        ("2 quarters", "P6M"),
        ("2q", "P6M"),
        ("999d", "P999D"),
        ("every 2 weeks", "P2W"),
        ("once every 3 months", "P3M"),
        ("each 10 days", "P10D"),
        ("每 2 周", "P2W"),
        ("every week", "P1W"),
        ("each month", "P1M"),
        ("每个月", "P1M"),
        ("每个季度", "P3M"),
        ("每个星期", "P1W"),
        ("every other month", "P2M"),
        ("隔天", "P2D"),
        ("隔月", "P2M"),
        ("每隔一天", "P2D"),
        ("每隔一个月", "P2M"),
        ("每隔一个星期", "P2W"),
        ("every year", "P1Y"),
        ("a month", "P1M"),
        ("an year", "P1Y"),
        ("every ten days", "P10D"),
        ("twelve weeks", "P12W"),
        ("every twelve weeks", "P12W"),
        ("every six months", "P6M"),
        ("once every two weeks", "P2W"),
        ("once a year", "P1Y"),
        ("once a quarter", "P3M"),
        ("once per week", "P1W"),
        ("once every month", "P1M"),
        ("twice a year", "P6M"),
        ("thrice a year", "P4M"),
        ("4 times a year", "P3M"),
        ("three times each quarter", "P1M"),
        ("four times per year", "P3M"),
        ("12 times a year", "P1M"),
        ("2x/year", "P6M"),
        ("3x/q", "P1M"),
        ("1x/w", "P1W"),
        ("一年四次", "P3M"),
        ("每年12次", "P1M"),
        ("每季度三次", "P1M"),
        ("一季度一次", "P3M"),
        ("一周1次", "P1W"),
        ("每月联系一次", "P1M"),
        ("每两周联系一次。", "P2W"),
        ("every month once", "P1M"),
        ("every month.", "P1M"),
        ("两天", "P2D"),
        ("3 日", "P3D"),
        ("2wk", "P2W"),
        ("2 wks", "P2W"),
        ("6mos", "P6M"),
        ("2yrs", "P2Y"),
        ("1 yr", "P1Y"),
        ("三个礼拜", "P3W"),
        ("3星期", "P3W"),
        ("半年", "P6M"),
        ("廿天", "P20D"),
        ("九十天", "P90D"),
        ("二十一天", "P21D"),
        ("daily", "P1D"),
        ("天天", "P1D"),
        ("每天", "P1D"),
        ("每日", "P1D"),
        ("weekly", "P1W"),
        ("周", "P1W"),
        ("bi-weekly", "P2W"),
        ("every fortnight", "P2W"),
        ("半个月", "P15D"),
        ("每半月", "P15D"),
        ("每半个月", "P15D"),
        ("bimonthly", "P2M"),
        ("bi-monthly", "P2M"),
        ("双月", "P2M"),
        ("季度", "P3M"),
        ("每半年", "P6M"),
        ("half-yearly", "P6M"),
        ("semiannually", "P6M"),
        ("semi-annually", "P6M"),
        ("biannually", "P6M"),
        ("yearly", "P1Y"),
        ("annually", "P1Y"),
        ("年", "P1Y"),
        ("none", "none"),
        ("Never", "none"),
        ("无", "none"),
        ("ＭＯＮＴＨＬＹ", "P1M"),
        ("　每　月　", "P1M"),
        ("every  2\u{a0}weeks", "P2W"),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn a_share_without_whole_months_is_approximate_days() {
    let table = [
        ("一周两次", "P3D"),
        ("twice a week", "P3D"),
        ("一个月两次", "P15D"),
        ("每月三次", "P10D"),
        ("5 times a year", "P73D"),
        ("twice a quarter", "P45D"),
        ("每天两次", "P1D"),
        ("一周十一次", "P1D"),
        ("2x/week", "P3D"),
        ("3次", ""),
    ];
    for (text, expected) in table {
        if expected.is_empty() {
            assert!(read(text).is_err(), "{text}");
            continue;
        }
        assert_eq!(shown(text), expected, "{text}");
        assert_eq!(read(text).unwrap().value.precision, Precision::Approximate, "{text}");
    }
    for text in ["一周一次", "twice a year", "每季度三次", "2周"] {
        assert_eq!(read(text).unwrap().value.precision, Precision::Exact, "{text}");
    }
}

#[test]
fn words_of_two_readings_tell_which_was_taken() {
    for text in ["biweekly", "bi-weekly", "bimonthly", "bi-monthly", "biannually", "每隔两周", "隔三天", "每隔2个月"]
    {
        assert_eq!(hints(text), ["cadence-two-readings"], "{text}");
    }
    assert_eq!(shown("每隔两周"), "P2W");
    assert_eq!(shown("隔三天"), "P3D");
    for text in ["双周", "fortnightly", "每隔一周", "隔周", "每两周"] {
        assert!(hints(text).is_empty(), "{text}");
    }
}

#[test]
fn each_refusal_has_its_own_reason() {
    let table = [
        ("3m", "cadence-minutes"),
        ("3M", "cadence-minutes"),
        ("every 3m", "cadence-minutes"),
        ("经常", "cadence-vague"),
        ("偶尔", "cadence-vague"),
        ("有空", "cadence-vague"),
        ("often", "cadence-vague"),
        ("as-needed", "cadence-vague"),
        ("As needed", "cadence-vague"),
        ("每", "cadence-without-unit"),
        ("every", "cadence-without-unit"),
        ("每2", "cadence-without-unit"),
        ("every 2", "cadence-without-unit"),
        ("两", "cadence-without-unit"),
        ("0", "cadence-zero"),
        ("-3", "cadence-zero"),
        ("0d", "cadence-zero"),
        ("P0D", "cadence-zero"),
        ("每0天", "cadence-zero"),
        ("-3 days", "cadence-zero"),
        ("0 times a week", "cadence-zero"),
        ("2-3周", "cadence-not-whole"),
        ("两三周", "cadence-not-whole"),
        ("一年半", "cadence-not-whole"),
        ("1.5mo", "cadence-not-whole"),
        ("每2-3周", "cadence-not-whole"),
        ("1年6个月", "cadence-not-whole"),
        ("两个半月", "cadence-not-whole"),
        ("P1Y6M", "cadence-not-whole"),
        ("2到3个月", "cadence-not-whole"),
        ("每周一", "cadence-is-monday"),
        ("每星期一", "cadence-is-monday"),
        ("每个礼拜一", "cadence-is-monday"),
        ("12345", "cadence-unread"),
        ("2 3 周", "cadence-unread"),
        ("看情况吧", "cadence-unread"),
        ("", "cadence-unread"),
        ("P1H", "cadence-unread"),
        ("周五", "cadence-unread"),
    ];
    for (text, code) in table {
        assert_eq!(read(text).map(|read| read.value).map_err(|finding| finding.code), Err(code), "{text}");
    }
}

#[test]
fn a_meeting_rule_gives_its_period_with_a_hint() {
    let table = [
        ("每周三", "P1W"),
        ("every Monday", "P1W"),
        ("隔周五", "P2W"),
        ("每月第二个周五", "P1M"),
        ("每3个月第一个周一", "P3M"),
        ("每季度最后一个周五", "P3M"),
        ("每半年第一个周一", "P6M"),
        ("每年9月10日", "P1Y"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "P3W"),
        ("每周一 9:00", "P1W"),
        ("每周一9点", "P1W"),
    ];
    for (text, period) in table {
        assert_eq!(shown(text), period, "{text}");
        assert_eq!(hints(text), ["cadence-from-meeting"], "{text}");
    }
}

#[test]
fn a_word_the_user_defined_stands_for_its_cadence() {
    let mut words = TimeWords::built_in();
    words.define_cadence("经常", "每两周");
    words.define_cadence("now and then", "3mo");
    let shown = |text| read_cadence(text, &words).unwrap().value.cadence;
    assert_eq!(shown("经常"), Cadence::Every(Period::new(2, Unit::Week)));
    assert_eq!(shown("Now and  then"), Cadence::Every(Period::new(3, Unit::Month)));
    assert_eq!(read_cadence("偶尔", &words).unwrap_err().code, "cadence-vague");
}
