//! Every form, time and refusal of the meeting grammar.

use super::*;

fn read(text: &str) -> Result<Read<MeetingRule>, Finding> {
    read_meeting(text, &TimeWords::built_in())
}

fn shown(text: &str) -> (String, String) {
    let rule = read(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}")).value;
    (rule.recurrence.to_string(), rule.time.map(|t| t.format("%H:%M").to_string()).unwrap_or_default())
}

fn hints(text: &str) -> Vec<&'static str> {
    read(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}")).hints.iter().map(|hint| hint.code).collect()
}

#[test]
fn the_meeting_vectors_give_their_rule_time_and_next_three_days() {
    let anchor: NaiveDate = "2026-11-20".parse().unwrap();
    let mut cases = 0;
    for line in include_str!("../../tests/data/cadence_vectors.tsv").lines() {
        let [kind, text, rule, time, next] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        if kind != "meeting" {
            continue;
        }
        assert_eq!(shown(text), (rule.to_owned(), time.to_owned()), "{text}");
        let read = read(text).unwrap();
        let days: Vec<String> =
            read.value.recurrence.occurrences(Some(anchor), anchor).take(3).map(|d| d.to_string()).collect();
        assert_eq!(days.join(" "), next, "{text}");
        assert_eq!(read.hints, [], "{text}");
        cases += 1;
    }
    assert_eq!(cases, 19);
}

#[test]
fn every_form_of_the_grammar_is_read() {
    let table = [
        // weekly
        ("每周三十点", "FREQ=WEEKLY;BYDAY=WE", "10:00"),
        ("每周三、四十点", "FREQ=WEEKLY;BYDAY=WE,TH", "10:00"),
        ("每周一、三点", "FREQ=WEEKLY;BYDAY=MO", "03:00"),
        ("每个周五", "FREQ=WEEKLY;BYDAY=FR", ""),
        ("每星期日", "FREQ=WEEKLY;BYDAY=SU", ""),
        ("每个礼拜天晚上8点", "FREQ=WEEKLY;BYDAY=SU", "20:00"),
        ("每周周五", "FREQ=WEEKLY;BYDAY=FR", ""),
        ("每周一、周四", "FREQ=WEEKLY;BYDAY=MO,TH", ""),
        ("每周一和周四", "FREQ=WEEKLY;BYDAY=MO,TH", ""),
        ("每周四及周一", "FREQ=WEEKLY;BYDAY=TH,MO", ""),
        ("每周一至周五 9:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00"),
        ("每周一到三", "FREQ=WEEKLY;BYDAY=MO,TU,WE", ""),
        ("every Monday to Wednesday", "FREQ=WEEKLY;BYDAY=MO,TU,WE", ""),
        ("every Friday to Monday", "FREQ=WEEKLY;BYDAY=FR,SA,SU,MO", ""),
        ("every week on Friday", "FREQ=WEEKLY;BYDAY=FR", ""),
        ("Every Fri at noon", "FREQ=WEEKLY;BYDAY=FR", "12:00"),
        ("Mondays", "FREQ=WEEKLY;BYDAY=MO", ""),
        ("Mondays and Thursdays 4pm", "FREQ=WEEKLY;BYDAY=MO,TH", "16:00"),
        ("Mon, Wed, and Fri every week", "FREQ=WEEKLY;BYDAY=MO,WE,FR", ""),
        ("上午9点每周三", "FREQ=WEEKLY;BYDAY=WE", "09:00"),
        ("9:30 每周三", "FREQ=WEEKLY;BYDAY=WE", "09:30"),
        ("中午每月第二个周五", "FREQ=MONTHLY;BYDAY=2FR", "12:00"),
        // every so many weeks
        ("双周五", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", ""),
        ("双周周五", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", ""),
        ("每隔一周周五", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", ""),
        ("每三周周五", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", ""),
        ("每3周五", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", ""),
        ("每两个星期五", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", ""),
        ("every 3 weeks on Friday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", ""),
        ("every two weeks Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", ""),
        ("every other week on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", ""),
        // by month
        ("每月的第一个周一", "FREQ=MONTHLY;BYDAY=1MO", ""),
        ("每个月第1个星期一", "FREQ=MONTHLY;BYDAY=1MO", ""),
        ("每月最后一个周五", "FREQ=MONTHLY;BYDAY=-1FR", ""),
        ("每月倒数第二个周五", "FREQ=MONTHLY;BYDAY=-2FR", ""),
        ("每月第一、第三个周五", "FREQ=MONTHLY;BYDAY=1FR,3FR", ""),
        ("每月第一、三个周五", "FREQ=MONTHLY;BYDAY=1FR,3FR", ""),
        ("first and third Monday of every month", "FREQ=MONTHLY;BYDAY=1MO,3MO", ""),
        ("second Friday", "FREQ=MONTHLY;BYDAY=2FR", ""),
        ("every second Friday", "FREQ=MONTHLY;BYDAY=2FR", ""),
        ("every month 2nd Friday 9:30", "FREQ=MONTHLY;BYDAY=2FR", "09:30"),
        ("each last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR", ""),
        ("last Friday of every month at 6:30 pm", "FREQ=MONTHLY;BYDAY=-1FR", "18:30"),
        ("每两个月第一个周一", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", ""),
        ("every 3 months first Monday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", ""),
        ("first Monday every 3 months", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", ""),
        ("first Monday of every 3 months 10:00", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "10:00"),
        // by quarter and half year
        ("每季度第一个周一", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", ""),
        ("每个季度倒数第二个周五", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-2FR", ""),
        ("every quarter last Friday", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR", ""),
        ("每半年第一个周一", "FREQ=MONTHLY;BYMONTH=1,7;BYDAY=1MO", ""),
        ("每半年最后一个周一", "FREQ=MONTHLY;BYMONTH=6,12;BYDAY=-1MO", ""),
        // days of the month
        ("每月十五日", "FREQ=MONTHLY;BYMONTHDAY=15", ""),
        ("每月1号、15号", "FREQ=MONTHLY;BYMONTHDAY=1,15", ""),
        ("每月15号下午3点半", "FREQ=MONTHLY;BYMONTHDAY=15", "15:30"),
        ("每月底", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("每月月底", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("每月末", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("每个月最后一天", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("每月倒数第二天", "FREQ=MONTHLY;BYMONTHDAY=-2", ""),
        ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", ""),
        ("every month 1st", "FREQ=MONTHLY;BYMONTHDAY=1", ""),
        ("15th of every month", "FREQ=MONTHLY;BYMONTHDAY=15", ""),
        ("monthly last", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("monthly on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
        ("每3个月15号", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", ""),
        ("每季度15号", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=15", ""),
        ("每季度最后一天", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", ""),
        ("每半年1号", "FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=1", ""),
        ("每年十二月二十五日", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", ""),
        ("every year on September 10", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=10", ""),
        // working days, every day, RFC 5545
        ("工作日 9:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", ""),
        ("weekdays at 9:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:15"),
        ("每天 8:30", "FREQ=DAILY", "08:30"),
        ("every day", "FREQ=DAILY", ""),
        ("freq=monthly;byday=mo,fr;bysetpos=-1", "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1", ""),
        ("FREQ=WEEKLY;BYDAY=FR 9:30", "FREQ=WEEKLY;BYDAY=FR", "09:30"),
        ("每周五。", "FREQ=WEEKLY;BYDAY=FR", ""),
        ("每周五　９：３０", "FREQ=WEEKLY;BYDAY=FR", "09:30"),
    ];
    for (text, rule, time) in table {
        assert_eq!(shown(text), (rule.to_owned(), time.to_owned()), "{text}");
    }
}

#[test]
fn each_refusal_has_its_own_reason() {
    let table = [
        ("每周末", "meeting-weekend"),
        ("周末 10:00", "meeting-weekend"),
        ("every weekend", "meeting-weekend"),
        ("每月中", "meeting-mid-month"),
        ("每个月月中", "meeting-mid-month"),
        ("每季度第五个周五", "meeting-fifth-of-quarter"),
        ("每半年第五个周五", "meeting-fifth-of-quarter"),
        ("fifth Friday of the quarter", "meeting-fifth-of-quarter"),
        ("每月32号", "meeting-day-over-31"),
        ("monthly on the 45th", "meeting-day-over-31"),
        ("每月0号", "meeting-day-over-31"),
        ("每月第六个周五", "meeting-ordinal"),
        ("每月", "meeting-without-day"),
        ("每周 9:00", "meeting-without-day"),
        ("every month", "meeting-without-day"),
        ("周五", "meeting-once"),
        ("Friday 9:00", "meeting-once"),
        ("每年2月30日", "date-no-such-day"),
        ("每周五晚上12点", "time-after-midnight"),
        ("每周五25:00", "no-such-time"),
        ("FREQ=HOURLY", "rule-finer-than-daily"),
        ("FREQ=WEEKLY;BYDAY=2FR", "rule-parts-conflict"),
        ("有空就见", "meeting-unread"),
        ("每周五下午", "meeting-unread"),
        ("", "meeting-without-day"),
    ];
    for (text, code) in table {
        assert_eq!(read(text).map_err(|finding| finding.code), Err(code), "{text}");
    }
}

#[test]
fn days_some_months_lack_give_one_warning_and_two_readings_a_hint() {
    assert_eq!(hints("每月第五个周五"), ["meeting-fifth-weekday"]);
    assert_eq!(hints("FREQ=MONTHLY;BYDAY=5FR"), ["meeting-fifth-weekday"]);
    for text in ["每月29号", "每月30号", "每月31号", "每季度31号", "每年2月29日", "monthly on the 31st"]
    {
        assert_eq!(hints(text), ["meeting-day-skipped"], "{text}");
    }
    for text in ["每月28号", "每月最后一天", "每年1月31日", "每月第四个周五"] {
        assert!(hints(text).is_empty(), "{text}");
    }
    assert_eq!(hints("每隔两周周五"), ["interval-two-readings"]);
    assert_eq!(hints("每周五3点"), ["time-small-hour"]);
    assert_eq!(hints("每周五 6:30"), ["time-small-hour"]);
    assert!(hints("每周五下午3点").is_empty());
}

#[test]
fn moves_are_read_with_arrows_of_both_kinds() {
    let words = TimeWords::built_in();
    let shown = |text| {
        read_move(text, &words).map(|m| (m.from.to_string(), m.to.map(|(day, time)| (day.to_string(), time.is_some()))))
    };
    let from = || "2026-12-11".to_owned();
    let to = |timed| Some(("2026-12-18".to_owned(), timed));
    assert_eq!(shown("2026-12-11 -> 2026-12-18"), Ok((from(), to(false))));
    assert_eq!(shown("2026-12-11→2026-12-18 14:00"), Ok((from(), to(true))));
    assert_eq!(shown("2026年12月11日 → 2026/12/18 下午2点"), Ok((from(), to(true))));
    assert_eq!(shown("2026-12-11 -> none"), Ok((from(), None)));
    assert_eq!(shown("2026-12-11 -> 无"), Ok((from(), None)));
    assert_eq!(shown("2026-12-11 → 取消"), Ok((from(), None)));
    assert_eq!(shown("2026-12-11").unwrap_err().code, "meeting-move-unread");
    assert_eq!(shown("12-11 -> 12-18").unwrap_err().code, "meeting-move-unread");
    assert_eq!(shown("2026-12-11 -> 下周五").unwrap_err().code, "date-relative");
}
