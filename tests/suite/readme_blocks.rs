//! The blocks of a README that are made from the program: the agenda of the example, and tables from its data files.

use std::fs;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::support::{REPORTS, Vault, in_repository};

/// The agenda of the example in this language, up to the end of today.
pub(crate) fn agenda(language: &str) -> String {
    let vault = Vault::copy_of(&in_repository("example-vault"));
    let reports = vault.path().join(REPORTS);
    if reports.exists() {
        fs::remove_dir_all(reports).unwrap();
    }
    vault.run(&["scan", "--lang", language]).assert_done("scan");
    let report = String::from_utf8(vault.read(&format!("{REPORTS}/Agenda.md"))).unwrap();
    let start = report.find("\n# ").unwrap() + 1;
    let body = &report[start..];
    let first = body.find("\n## ").unwrap() + 1;
    let end = body[first..].find("\n## ").map_or(body.len(), |end| first + end);
    format!("```markdown\n{}\n```", body[..end].trim_end())
}

/// The excerpts of the tour: name, file, and the heading in English and Chinese from which some lines are shown.
const EXCERPTS: [(&str, &str, [&str; 2], usize); 8] = [
    ("stale", "Stale Contacts", ["## They once helped you", "## 帮过你，别让茶凉了"], 1),
    ("ledger", "Ledger", ["## To be thanked", "## 还没道谢"], 2),
    ("network", "Network", ["## Introductions you could make", "## 可以牵的线"], 4),
    ("endorsers", "Endorsers", ["### [[韩向东]]", "### [[韩向东]]"], 3),
    ("information", "Information", ["### 平湖园区", "### 平湖园区"], 3),
    ("plan", "Plan", ["## Planned and kept", "## 计划与实际"], 1),
    ("year", "Year 2026", ["## First work together", "## 第一次合作"], 2),
    ("brief", "Briefs/Brief 曾凡", ["## Since 6 Nov, you", "## 11 月 6 日见面以来，你"], 4),
];

/// The excerpts of the example's reports in this language, by the names of their blocks.
pub(crate) fn excerpts(language: &str) -> Vec<(String, String)> {
    let vault = Vault::copy_of(&in_repository("example-vault"));
    let reports = vault.path().join(REPORTS);
    if reports.exists() {
        fs::remove_dir_all(reports).unwrap();
    }
    vault.run(&["scan", "--lang", language]).assert_done("scan");
    let excerpt = |(name, file, headings, lines): (&str, &str, [&str; 2], usize)| {
        let heading = headings[usize::from(language != "en")];
        let report = String::from_utf8(vault.read(&format!("{REPORTS}/{file}.md"))).unwrap();
        let (_, below) = report.split_once(heading).unwrap_or_else(|| panic!("{file}: no heading {heading}"));
        let (rest, below) = below.split_once('\n').unwrap();
        let shown: Vec<&str> = below.lines().filter(|line| !line.is_empty()).take(lines).collect();
        let text = format!("```markdown\n{heading}{rest}\n\n{}\n```", shown.join("\n"));
        (format!("example:{name}"), text)
    };
    EXCERPTS.into_iter().map(excerpt).collect()
}

/// What the lessons teach, the report and section that serves it, and the test that proves it.
pub(crate) fn practices(language: &str) -> String {
    let is_english = language == "en";
    let head = if is_english {
        "| | practice | report and section | test |"
    } else {
        "| | 做法 | 报告和小节 | 测试 |"
    };
    let mut lines = vec![head.to_owned(), "|---|---|---|---|".to_owned()];
    for [id, english, chinese, in_english, in_chinese, test] in practice_rows() {
        let (practice, place) = if is_english { (english, in_english) } else { (chinese, in_chinese) };
        lines.push(format!("| {id} | {} | {} | `{test}` |", cell(&practice), cell(&place)));
    }
    lines.join("\n")
}

/// The rows of the table of practices: id, practice, place (in English and in Chinese each) and test.
pub(crate) fn practice_rows() -> Vec<[String; 6]> {
    let text = fs::read_to_string(in_repository("tests/practices.tsv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        <[String; 6]>::try_from(cells).unwrap_or_else(|cells| panic!("not six cells: {cells:?}"))
    };
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(row).collect()
}

/// The tags of moves in both languages, a row for each kind with what may follow its slash, and the fields that refine
/// them.
pub(crate) fn moves(language: &str) -> String {
    let is_english = language == "en";
    let head = if is_english { "| tag or field | Chinese |" } else { "| 英文 | 中文 |" };
    let mut lines = vec![head.to_owned(), "|---|---|".to_owned()];
    let vocabulary = fs::read_to_string(in_repository("src/vocabulary.toml")).unwrap();
    let (tables, _) = DeTable::parse_recoverable(&vocabulary);
    let words_of = table("src/vocabulary.toml");
    let chinese = |table: &str, id: &str| words(&words_of[table][id], "zh")[0].to_owned();
    let ids = ids_in_order(tables.get_ref(), "move");
    for parent in ids.iter().filter(|id| !id.contains('/')) {
        let leaves: Vec<&String> = ids.iter().filter(|id| id.starts_with(&format!("{parent}/"))).collect();
        let last = |text: &str| text.split_once('/').unwrap().1.to_owned();
        let tag = |name: &str, leaves: Vec<String>| match leaves.is_empty() {
            true => format!("`#{name}`"),
            false => format!("`#{name}/` {}", leaves.join(", ")),
        };
        let english = tag(parent, leaves.iter().map(|id| last(id)).collect());
        let in_chinese = tag(&chinese("move", parent), leaves.iter().map(|id| last(&chinese("move", id))).collect());
        lines.push(format!("| {english} | {in_chinese} |"));
    }
    for id in ids_in_order(tables.get_ref(), "move_field") {
        lines.push(format!("| `[{id}:: …]` | `[{}:: …]` |", chinese("move_field", &id)));
    }
    lines.join("\n")
}

/// Every finding with its severity and message.
pub(crate) fn diagnostics(language: &str) -> String {
    let catalogue = table("src/diagnostics.toml");
    let (head, words, sentences) = match language {
        "en" => ("| code | severity | message |", ["error", "warning", "hint"], "en"),
        _ => ("| 代码 | 级别 | 内容 |", ["错误", "警告", "提示"], "zh"),
    };
    let mut lines = vec![head.to_owned(), "|---|---|---|".to_owned()];
    for (code, finding) in &catalogue {
        let severity = match text(&finding["severity"]) {
            "error" => words[0],
            "warning" => words[1],
            _ => words[2],
        };
        lines.push(format!("| `{code}` | {severity} | {} |", cell(text(&finding[sentences]["message"]))));
    }
    lines.join("\n")
}

/// Every key of front matter with its words in both languages, as the vocabulary orders them.
pub(crate) fn keys(language: &str) -> String {
    let english = language == "en";
    let kinds = [
        ("note", "any", "任何笔记"),
        ("person", "person", "人物"),
        ("owner", "you", "自己"),
        ("meeting", "meeting, event", "会议、活动"),
        ("event", "event", "活动"),
    ];
    let head = if english {
        "| note | key | Chinese | other English |"
    } else {
        "| 笔记 | 属性 | 其他中文 | 英文 |"
    };
    let mut lines = vec![head.to_owned(), "|---|---|---|---|".to_owned()];
    let vocabulary = fs::read_to_string(in_repository("src/vocabulary.toml")).unwrap();
    let (tables, _) = DeTable::parse_recoverable(&vocabulary);
    let values = table("src/vocabulary.toml");
    for (table, in_english, in_chinese) in kinds {
        for id in ids_in_order(tables.get_ref(), table) {
            let entry = &values[table][id.as_str()];
            let (zh, en) = (words(entry, "zh"), words(entry, "en"));
            lines.push(if english {
                format!("| {in_english} | `{id}` | {} | {} |", codes(&zh), codes(&en))
            } else {
                let key = zh.first().copied().unwrap_or(&id);
                let own_id = (key != id).then_some(id.as_str());
                let en: Vec<&str> = own_id.into_iter().chain(en).collect();
                format!("| {in_chinese} | `{key}` | {} | {} |", codes(zh.get(1..).unwrap_or_default()), codes(&en))
            });
        }
    }
    lines.join("\n")
}

/// Every role that comes with settings, as the commented settings order them.
pub(crate) fn presets(language: &str) -> String {
    let english = language == "en";
    let source = fs::read_to_string(in_repository("src/cli/config.en.toml")).unwrap();
    let (tables, _) = DeTable::parse_recoverable(&source);
    let settings = table("src/cli/config.en.toml");
    let names = &table("src/vocabulary.toml")["preset"];
    let head = if english {
        "| role | Chinese | rhythm | weight | form, minutes | before, after |"
    } else {
        "| 角色 | 英文 | 频率 | 权重 | 形式、分钟 | 之前、之后 |"
    };
    let mut lines = vec![head.to_owned(), "|---|---|---|---|---|---|".to_owned()];
    for id in ids_in_order(tables.get_ref(), "presets") {
        let preset = &settings["presets"][id.as_str()];
        let every = period(text(&preset["cadence"]), english);
        let weight = preset["weight"].as_float().unwrap();
        let zh = codes(&words(&names[id.as_str()], "zh"));
        let (first, second) = if english { (format!("`{id}`"), zh) } else { (zh, format!("`{id}`")) };
        let said = |keys: [&str; 2]| {
            let values = keys.into_iter().filter_map(|key| preset.get(key));
            let shown = values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            shown.collect::<Vec<_>>().join(if english { ", " } else { "、" })
        };
        let (form, steps) = (said(["form", "length"]), said(["before", "after"]));
        lines.push(format!("| {first} | {second} | {every} | {weight:.1} | {form} | {steps} |"));
    }
    lines.join("\n")
}

fn table(file: &str) -> Table {
    let text = fs::read_to_string(in_repository(file)).unwrap();
    text.parse().unwrap_or_else(|error: toml::de::Error| panic!("{file}: {} at {:?}", error.message(), error.span()))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The keys of a table in the order of the file.
fn ids_in_order(root: &DeTable<'_>, table: &str) -> Vec<String> {
    let DeValue::Table(entries) = root.get(table).map(Spanned::get_ref).unwrap() else { panic!("{table}: no table") };
    let mut ids: Vec<(usize, String)> =
        entries.iter().map(|(key, _)| (key.span().start, key.get_ref().to_string())).collect();
    ids.sort();
    ids.into_iter().map(|(_, id)| id).collect()
}

fn words<'v>(entry: &'v Value, language: &str) -> Vec<&'v str> {
    match entry.get(language) {
        Some(Value::Array(words)) => words.iter().map(text).collect(),
        Some(word) => vec![text(word)],
        None => Vec::new(),
    }
}

fn codes(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}

/// `2w` in words.
fn period(written: &str, english: bool) -> String {
    let split = written.find(|c: char| !c.is_ascii_digit()).unwrap();
    let (count, unit) = written.split_at(split);
    let (one, several, zh) = match unit {
        "w" => ("week", "weeks", "周"),
        "mo" => ("month", "months", "个月"),
        "y" => ("year", "years", "年"),
        other => panic!("{other}: unit without a name here"),
    };
    match (english, count) {
        (true, "1") => format!("1 {one}"),
        (true, _) => format!("{count} {several}"),
        (false, _) => format!("{count} {zh}"),
    }
}

/// Text for a table cell: what would be markup outside a code span is escaped.
fn cell(message: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for c in message.chars() {
        in_code ^= c == '`';
        match c {
            '|' => out.push_str("\\|"),
            '<' if !in_code => out.push_str("&lt;"),
            '*' | '_' | '~' | '[' if !in_code => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
