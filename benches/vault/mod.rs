//! A generated vault: the same notes at each run.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each measurement uses what it needs, and stops when it cannot go on"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The day that the notes are written for.
pub(crate) const TODAY: &str = "2026-11-20";

/// Seven notes in ten are about people, the others are days that name three of them each.
pub(crate) fn write_vault(vault: &Path, notes: u32) {
    for folder in [".obsidian", "人物", "日记"] {
        fs::create_dir_all(vault.join(folder)).unwrap();
    }
    let people = notes * 7 / 10;
    let mut chance = Chance(1);
    for number in 0..people {
        fs::write(vault.join(format!("人物/{}.md", name(number))), person(number, people, &mut chance)).unwrap();
    }
    for number in 0..notes - people {
        let day = chrono::NaiveDate::default() + chrono::Days::new(u64::from(20_777 - number));
        let mut text = String::from("# 今天\n\n");
        for hour in [9, 12, 18] {
            let someone = name(chance.below(people));
            let _ = writeln!(text, "- {hour}:30 午餐：和 [[{someone}]] 聊了新项目的进展，约了下次再谈 #获得/信息");
        }
        text.push_str("\n- [ ] 整理今天的记录\n");
        fs::write(vault.join(format!("日记/{day}.md")), text).unwrap();
    }
}

pub(crate) fn name(number: u32) -> String {
    let family = ["张", "李", "王", "陈", "赵", "周", "吴", "曾", "单", "仇"];
    let given = ["雷", "梅", "强", "静", "伟", "芳", "磊", "娜"];
    let pick = |words: &[&'static str], place: u32| words[place as usize % words.len()];
    format!("{}{}{}{number}", pick(&family, number), pick(&given, number / 10), pick(&given, number / 80))
}

fn person(number: u32, people: u32, chance: &mut Chance) -> String {
    let cadence = ["每周", "每月", "3个月", "半年"][chance.below(4) as usize];
    let (month, day) = (chance.below(12) + 1, chance.below(28) + 1);
    let friend = name(chance.below(people));
    let mut text = format!(
        "---\ntype: 人物\n公司: \"[[晨星]]\"\n职位: 工程师\n联系频率: {cadence}\n生日: 1985-{month:02}-{day:02}\n介绍人: \"[[{friend}]]\"\n---\n\n# {}\n\n## 往来记录\n\n",
        name(number)
    );
    for year in [2026, 2025, 2024] {
        let (month, day) = (chance.below(10) + 1, chance.below(28) + 1);
        let _ = writeln!(
            text,
            "- {year}-{month:02}-{day:02} 午餐：聊了近况和下一步的打算\n  - 他在找一位懂数据的同事 #获得/信息"
        );
    }
    let _ = writeln!(text, "\n- [ ] 把上次说的书寄给他 📅 2026-12-{:02}", chance.below(28) + 1);
    text
}

/// Numbers that look like chance and are the same at each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).unwrap_or_default()
    }
}
