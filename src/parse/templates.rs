//! Which notes are templates by where they lie and what they are called; a `{{…}}` in front matter is for whoever
//! reads that.

use crate::model::fold::fold;
use crate::model::obsidian::{ObsidianSettings, TemplatePlace};
use crate::model::path::NotePath;

/// What marks a place in a template that is filled in later: the core plugin's, and Templater's.
pub const PLACEHOLDERS: [&str; 2] = ["{{", "<%"];

/// Whether the note at `path` is a template by its folder or name. The words are asked folded: `is_stem` knows
/// names of notes never filled in (`_template`, `Untitled 2`), `is_folder` the top folders taken for templates
/// where no setting names one (`Templates`, `模板`).
pub fn is_template(
    path: &NotePath,
    settings: &ObsidianSettings,
    is_stem: impl Fn(&str) -> bool,
    is_folder: impl Fn(&str) -> bool,
) -> bool {
    has_placeholder(path.stem())
        || settings.templates.iter().any(|place| place.holds(path))
        || is_stem(&fold(path.stem()))
        || (!names_a_folder(settings) && top_folder(path).is_some_and(|folder| is_folder(&fold(folder))))
}

/// Whether a text holds a place to be filled in: `{{date}}`, `<% tp.file.title %>`.
pub fn has_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|mark| text.contains(mark))
}

fn top_folder(path: &NotePath) -> Option<&str> {
    path.as_str().split_once('/').map(|(folder, _)| folder)
}

fn names_a_folder(settings: &ObsidianSettings) -> bool {
    settings.templates.iter().any(|place| matches!(place, TemplatePlace::Folder(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognise(places: &[TemplatePlace], path: &str) -> bool {
        let settings = ObsidianSettings { templates: places.to_vec(), ..ObsidianSettings::default() };
        let is_stem = |stem: &str| ["_template", "untitled", "未命名"].contains(&stem);
        let is_folder = |folder: &str| ["templates", "模板"].contains(&folder);
        is_template(&NotePath::new(path), &settings, is_stem, is_folder)
    }

    #[test]
    fn without_settings_names_and_the_usual_top_folders_tell() {
        let cases = [
            ("_template.md", true),
            ("人脉/_Template.md", true),
            ("Untitled.md", true),
            ("未命名.md", true),
            ("x/{{title}}.md", true),
            ("<% tp.date.now() %>.md", true),
            ("Templates/Person.md", true),
            ("templates/deep/Person.md", true),
            ("模板/人物.md", true),
            ("x/Templates/Person.md", false),
            ("Templates.md", false),
            ("Untitled ideas.md", false),
            ("template.md", false),
            ("张三.md", false),
        ];
        for (path, template) in cases {
            assert_eq!(recognise(&[], path), template, "{path}");
        }
    }

    #[test]
    fn a_templates_folder_of_the_settings_takes_the_place_of_the_usual_ones() {
        let places = [TemplatePlace::Folder("meta/tpl".into())];
        assert!(recognise(&places, "meta/tpl/人物.md"));
        assert!(recognise(&places, "Meta/Tpl/x/人物.md"));
        assert!(!recognise(&places, "meta/人物.md"));
        assert!(!recognise(&places, "Templates/Person.md"));
        assert!(recognise(&places, "a/Untitled.md"));
    }

    #[test]
    fn the_template_of_a_daily_note_is_one_and_the_usual_folders_stay() {
        let places = [TemplatePlace::Note("Daily/Template".into())];
        assert!(recognise(&places, "Daily/Template.md"));
        assert!(!recognise(&places, "Daily/2026-11-20.md"));
        assert!(recognise(&places, "模板/人物.md"));
    }
}
