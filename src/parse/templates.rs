//! Which notes are templates by where they lie and what they are called; a `{{…}}` in front matter is for whoever
//! reads that.

use crate::model::fold::fold;
use crate::model::obsidian::{ObsidianSettings, TemplatePlace, below_folder};
use crate::model::path::NotePath;

/// What marks a place in a template that is filled in later: the core plugin's, and Templater's.
pub const PLACEHOLDERS: [&str; 2] = ["{{", "<%"];

/// Names that mark a template in any vault, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateNames {
    folders: Vec<String>,
    stems: Vec<String>,
}

impl TemplateNames {
    /// `folders` are the top folders taken for templates where no setting names one (`Templates`, `模板`); `stems`
    /// are names of notes never filled in (`_template`, `Untitled`).
    pub fn new<'w>(folders: impl IntoIterator<Item = &'w str>, stems: impl IntoIterator<Item = &'w str>) -> Self {
        TemplateNames { folders: folders.into_iter().map(fold).collect(), stems: stems.into_iter().map(fold).collect() }
    }

    /// Whether the note at `path` is a template by its folder or name.
    pub fn recognise(&self, path: &NotePath, settings: &ObsidianSettings) -> bool {
        has_placeholder(path.stem())
            || settings.templates.iter().any(|place| place.holds(path))
            || self.is_stem(path.stem())
            || (!names_a_folder(settings)
                && self.folders.iter().any(|folder| below_folder(path.as_str(), folder).is_some()))
    }

    /// Also with the number that Obsidian adds to the second of a name: `Untitled 1`.
    fn is_stem(&self, stem: &str) -> bool {
        let stem = fold(stem);
        let unnumbered = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        let unnumbered = unnumbered.strip_suffix(' ').unwrap_or(&stem);
        self.stems.iter().any(|known| *known == stem || known == unnumbered)
    }
}

/// Whether a text holds a place to be filled in: `{{date}}`, `<% tp.file.title %>`.
pub fn has_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|mark| text.contains(mark))
}

fn names_a_folder(settings: &ObsidianSettings) -> bool {
    settings.templates.iter().any(|place| matches!(place, TemplatePlace::Folder(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognise(places: &[TemplatePlace], path: &str) -> bool {
        let settings = ObsidianSettings { templates: places.to_vec(), ..ObsidianSettings::default() };
        let names = TemplateNames::new(["Templates", "模板"], ["_template", "Untitled", "未命名"]);
        names.recognise(&NotePath::new(path), &settings)
    }

    #[test]
    fn without_settings_names_and_the_usual_top_folders_tell() {
        let cases = [
            ("_template.md", true),
            ("人脉/_Template.md", true),
            ("Untitled.md", true),
            ("x/Untitled 3.md", true),
            ("未命名.md", true),
            ("未命名 1.md", true),
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
            ("Untitled3.md", false),
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
