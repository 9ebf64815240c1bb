//! The ledger, thanks and what waits as they are read, in both languages.

use crate::index::record::PersonId;
use crate::index::support::{at, daily, every, line, log, note, person};
use crate::model::cadence::Unit;
use crate::model::language::Language;
use crate::model::moves::MoveKind;
use crate::model::note::{Note, NoteKind};
use crate::report::agenda::{AgendaOptions, agenda};
use crate::report::ledger::ledger;
use crate::report::support::{days_ago, settings, today, vault};
use crate::report::why::{OpenStep, Why, why};

use super::engine::Medium;
use super::style::Style;
use super::tests::engine;

/// Someone who helped twice and was thanked for the first, a gift that was not returned, and something kept to be told.
fn notes() -> Vec<Note> {
    let on = |date: &str, text: &str| log(date).channel("lunch").text(text);
    let zhang = person("人物/张三.md")
        .entry(on("2026-10-01", "改了稿").with_move(MoveKind::Got, "feedback"))
        .entry(log("2026-10-02").channel("email").text("写信").moved(MoveKind::Thanked))
        .entry(on("2026-11-16", "介绍了李四").with_move(MoveKind::Got, "intro"))
        .entry(on("2026-11-17", "送了茶").with_move(MoveKind::Got, "gift"));
    let habit = |person: &mut crate::model::person::Person| person.share = Some(at(every(1, Unit::Month)));
    let kept = line("2026-11-18").text("新标准出来了").kept_for("张三");
    vec![
        zhang.build(),
        note("我.md", NoteKind::Owner).with(habit).build(),
        daily("2026-11-18.md").entry(kept).build(),
        daily("2026-10-21.md").entry(line("2026-10-21").text("内部分享").with_move(MoveKind::Gave, "share")).build(),
    ]
}

fn holds(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "{line}\nin\n{text}");
    }
}

#[test]
fn the_ledger_reads_as_it_should_in_both_languages() {
    let report = ledger(&vault(notes()), &settings(), today());
    holds(
        &engine(Language::Chinese, Medium::Markdown).render("ledger", &report).unwrap(),
        &[
            "# 往来账\n\n2026 年 11 月 20 日，周五。今年有 1 位帮过你。还有 1 位等着你道谢。\n\n## 还没道谢\n\n",
            "- [[张三]]：11 月 16 日午餐：介绍了李四，另外还有 1 件。已经 4 天，可以请对方吃顿饭\n",
            "- [[张三]]：10 月 1 日午餐：改了稿。10 月 2 日邮件谢过：写信\n",
            "- [[张三]]：新标准出来了（11 月 18 日记下）\n",
            "每月一次。上次 10 月 21 日：内部分享。下一次在明天。过去 2 个月里有 1 个月分享过；这个月还没有。\n",
            "- [[张三]]：11 月 17 日午餐：送了茶。还没有回礼，下一个合适的日子是 2027 年 1 月 1 日（元旦）\n",
            "## 今年帮过你的人\n\n- [[张三]]：3 次，其中 2 次还没道谢。11 月 17 日午餐：送了茶；",
            "| [[张三]] |  |  | 反馈 1、礼物 1、引荐 1 | 11 月 17 日 |\n",
            "### 目前只有对方在给\n\n- [[张三]]：得到过 3 次，最近 11 月 17 日午餐：送了茶",
        ],
    );
    holds(
        &engine(Language::English, Medium::Markdown).render("ledger", &report).unwrap(),
        &[
            "1 person has helped you this year. 1 person is still to be thanked.\n\n## To be thanked\n\n",
            "- [[张三]]: 16 Nov, lunch: 介绍了李四, and 1 more. That was 4 days ago; a lunch would be fitting\n",
            "- [[张三]]: 1 Oct, lunch: 改了稿. Thanked on 2 Oct, email: 写信\n",
            "- [[张三]]: 新标准出来了 (noted 18 Nov)\n",
            "Meant to be every month. Last 21 Oct: 内部分享. The next is due tomorrow. Of the past 2 months 1 had one; none yet",
            "Nothing given back yet; the next fitting day is 1 Jan 2027 (New Year's Day)\n",
            "### So far only they have given\n\n- [[张三]]: got 3 times, last 17 Nov, lunch: 送了茶",
        ],
    );
    for language in Language::ALL {
        let text = engine(language, Medium::Terminal(Style::Plain)).render("ledger", &report).unwrap();
        assert!(!text.contains("[[") && text.lines().count() > 15, "{text}");
    }
}

#[test]
fn what_is_told_in_another_note_is_linked_there_once() {
    let told = line("2026-11-16").text("a_b 改了稿").link("张三").with_move(MoveKind::Got, "help");
    let index = vault(vec![person("人物/张三.md").build(), daily("2026-11-16.md").entry(told).build()]);
    let chain = why(&index, &settings(), PersonId(0), today()).unwrap();
    for language in Language::ALL {
        let text = engine(language, Medium::Markdown).render("why", &chain).unwrap();
        assert!(text.matches("[[2026-11-16]]").count() >= 2 && !text.contains(r"\\"), "{text}");
    }
}

#[test]
fn the_agenda_and_why_say_what_is_owed_and_what_waits() {
    let index = vault(notes());
    let report = agenda(&index, &settings(), &AgendaOptions::default(), today());
    let chain = why(&index, &settings(), PersonId(0), today()).unwrap();
    let chinese = engine(Language::Chinese, Medium::Markdown);
    holds(
        &chinese.render("agenda", &report).unwrap(),
        &[
            "要谢 1 位，有 1 件事要告诉别人",
            "- [ ] [[张三]]：11 月 16 日：介绍了李四，另外还有 1 件，可以请对方吃顿饭 ^vs-",
            "- [ ] [[张三]]：新标准出来了（11 月 18 日记下） ^vs-",
            "- [ ] 明天：该和大家分享一次了（每月一次）。上次 10 月 21 日：内部分享 ^vs-",
        ],
    );
    holds(
        &chinese.render("why", &chain).unwrap(),
        &[
            "- 得到过 3 次（反馈 1、礼物 1、引荐 1），最近 11 月 17 日午餐：送了茶\n",
            "- 11 月 16 日午餐：介绍了李四。还没道谢\n",
            "- 10 月 1 日午餐：改了稿。10 月 2 日谢过：写信",
        ],
    );
    let english = engine(Language::English, Medium::Markdown);
    holds(
        &english.render("agenda", &report).unwrap(),
        &[
            ", 1 person to thank, 1 thing to tell",
            "- [ ] [[张三]]: 16 Nov: 介绍了李四, and 1 more; a lunch would be fitting ^vs-",
            "- [ ] [[张三]]: 新标准出来了 (noted 18 Nov) ^vs-",
            "- [ ] Tomorrow: time to share something again (every month). Last 21 Oct: 内部分享 ^vs-",
        ],
    );
    holds(
        &english.render("why", &chain).unwrap(),
        &["- Got 3 times (feedback 1, gift 1, introduction 1), last 17 Nov, lunch: 送了茶\n", "Thanked on 2 Oct: 写信"],
    );
}

#[test]
fn each_open_step_is_a_line() {
    let step = |kind, ago| OpenStep { kind, date: days_ago(ago), source: None };
    let chain = why(&vault(notes()), &settings(), PersonId(0), today()).unwrap();
    let chain = Why { open_steps: vec![step("prepare", -1), step("summary", 13)], ..chain };
    let chinese = ["会面前后\n", "11 月 21 日的会面还没有准备\n", "11 月 7 日见过面，总结还没有记下\n"];
    let english = ["Around meetings\n", "Nothing noted yet to prepare for 21 Nov\n", "No summary noted yet of 7 Nov\n"];
    for medium in [Medium::Markdown, Medium::Terminal(Style::Plain)] {
        holds(&engine(Language::Chinese, medium).render("why", &chain).unwrap(), &chinese);
        holds(&engine(Language::English, medium).render("why", &chain).unwrap(), &english);
    }
}
