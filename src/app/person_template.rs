//! The vault's own template for a note about someone, and how it is filled in.
//!
//! The placeholders of the core plugin are filled: `{{title}}`, `{{date}}`, `{{date:FORMAT}}`. A script of Templater is not
//! run: such a template is named, and not used.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::disk::Disk;
use crate::model::fold::fold;
use crate::model::language::Language;
use crate::model::obsidian::TemplatePlace;
use crate::parse::moment::written::written_date;
use crate::vault::read::read_text;
use crate::vocabulary::classes::Class;

use super::load::Loaded;

/// A template, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonTemplate {
    /// Where it lies, from the vault root.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl PersonTemplate {
    /// Whether it holds a script that only Obsidian runs.
    pub fn has_script(&self) -> bool {
        self.text.contains("<%")
    }
}

impl Loaded {
    /// The first template for a person: in our own folder, in those of Obsidian and Templater, or in one that is called
    /// so.
    pub fn person_template(&self, disk: &dyn Disk) -> Option<PersonTemplate> {
        let words = &self.options.vocabulary;
        let mut folders = vec![".vault-scan/templates".to_owned()];
        let named = self.obsidian.templates.iter().filter_map(|place| match place {
            TemplatePlace::Folder(folder) => Some(folder.clone()),
            TemplatePlace::Note(_) => None,
        });
        folders.extend(named);
        let top = disk.list(&self.root).unwrap_or_default();
        let top: BTreeSet<String> = top.into_iter().filter_map(|name| name.into_string().ok()).collect();
        folders.extend(top.into_iter().filter(|name| words.is_template_folder(&fold(name))));
        folders.iter().find_map(|folder| {
            let names = disk.list(&self.root.join(folder)).ok()?;
            let names: BTreeSet<String> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
            names.iter().filter(|name| self.is_for_people(name)).find_map(|name| {
                let path = format!("{folder}/{name}");
                let text = read_text(&self.root.join(&path)).ok()?;
                Some(PersonTemplate { path, text })
            })
        })
    }

    /// `Person.md`, `人物模板.md`, `Contact template.md`
    fn is_for_people(&self, name: &str) -> bool {
        let words = &self.options.vocabulary;
        let Some(stem) = name.strip_suffix(".md") else { return false };
        let folded = fold(stem);
        let is_person = |text: &str| {
            let text = text.trim_matches([' ', '-', '_']);
            words.class_by_type(text) == Some(Class::Person) || words.class_by_folder(text) == Some(Class::Person)
        };
        let is_template = |text: &str| words.is_template_folder(text.trim_matches([' ', '-', '_']));
        is_person(&folded)
            || folded.char_indices().any(|(at, _)| {
                let (first, second) = folded.split_at_checked(at).unwrap_or_default();
                (is_person(first) && is_template(second)) || (is_template(first) && is_person(second))
            })
    }
}

/// The text of a template with its places filled in for a note called `title`; places of other plugins become empty,
/// since a note that holds one would be taken for a template.
pub fn filled(template: &str, title: &str, date: NaiveDate, language: Language) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((place, after)) = after.split_once("}}").filter(|(place, _)| !place.contains('\n')) else {
            out.push_str("{{");
            rest = after;
            continue;
        };
        let (name, format) = place.split_once(':').map_or((place, None), |(name, format)| (name, Some(format)));
        match fold(name).as_str() {
            "title" => out.push_str(title),
            "date" => out.push_str(&written_date(format.unwrap_or("YYYY-MM-DD").trim(), date, language)),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_ones_emptied() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for (template, expected) in [
            ("# {{title}}\n{{date}} {{ Date : YYYY/MM }}", "# 张三\n2026-11-20 2026/11"),
            ("{{time}}{{VALUE:x}}.", "."),
            ("{{open\n}} {{", "{{open\n}} {{"),
            ("none", "none"),
        ] {
            assert_eq!(filled(template, "张三", date, Language::Chinese), expected);
        }
    }
}
