//! What makes a note a person, the owner, a meeting or an event, and which names of notes and folders say otherwise.

use super::Vocabulary;
use super::source::TableName;

/// The class of a note, in the order in which one wins over another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The one note about the user.
    Owner,
    /// A meeting.
    Meeting,
    /// An event.
    Event,
    /// A note about someone.
    Person,
}

impl Class {
    fn from_id(id: &str) -> Option<Class> {
        match id {
            "owner" => Some(Class::Owner),
            "meeting" => Some(Class::Meeting),
            "event" => Some(Class::Event),
            "person" => Some(Class::Person),
            _ => None,
        }
    }
}

impl Vocabulary {
    /// The class a folded `type` value means.
    pub fn class_by_type(&self, folded: &str) -> Option<Class> {
        Class::from_id(self.id(TableName::ClassType, folded)?)
    }

    /// The word by which a `type` names a class, the id of which is `owner`, `meeting`, `event` or `person`.
    pub fn class_name<'a>(&'a self, id: &'a str, language: &str) -> &'a str {
        self.by_id(TableName::ClassType, id, language)
    }

    /// The class a folded link target in `categories` means.
    pub fn class_by_category(&self, folded: &str) -> Option<Class> {
        Class::from_id(self.id(TableName::ClassCategory, folded)?)
    }

    /// The class a folded tag without `#` means; `person/friend` is `person`.
    pub fn class_by_tag(&self, folded: &str) -> Option<Class> {
        let top = folded.split_once('/').map_or(folded, |(top, _)| top);
        let id = self.id(TableName::ClassTag, folded).or_else(|| self.id(TableName::ClassTag, top))?;
        Class::from_id(id)
    }

    /// The class of the notes in a folder, by one folded part of its path. A leading number is ignored (`03-人脉`).
    pub fn class_by_folder(&self, folded: &str) -> Option<Class> {
        let id = self.folder_id(TableName::ClassFolder, folded)?;
        Class::from_id(id)
    }

    /// Whether notes in a folder of this folded name are archived.
    pub fn is_archive_folder(&self, folded: &str) -> bool {
        self.folder_id(TableName::Folder, folded) == Some("archive")
    }

    /// Whether a top folder of this folded name is taken for templates where no setting names one.
    pub fn is_template_folder(&self, folded: &str) -> bool {
        self.folder_id(TableName::Folder, folded) == Some("template")
    }

    /// Whether a folded stem is that of an index note (`README`, `index`, or with `MOC`), which no folder makes a
    /// person.
    pub fn is_index_stem(&self, folded: &str) -> bool {
        self.id(TableName::Stem, folded) == Some("index") || self.contains_word(TableName::StemPart, "map", folded)
    }

    /// Whether a folded stem only says that the note speaks for its folder (`README`, `_index`).
    pub fn is_folder_stem(&self, folded: &str) -> bool {
        self.id(TableName::Stem, folded.trim_start_matches('_')) == Some("index")
    }

    /// What a note is called by its path: its file name without the ending, or the name of its folder where the file
    /// name, folded by `fold`, only says that it speaks for the folder.
    pub fn note_name<'p>(&self, path: &'p str, fold: fn(&str) -> String) -> &'p str {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file
            .rsplit_once('.')
            .map_or(file, |(stem, ending)| if ending.eq_ignore_ascii_case("md") { stem } else { file });
        let folder_name = folder.rsplit('/').next().unwrap_or(folder);
        if !folder_name.is_empty() && self.is_folder_stem(&fold(stem)) { folder_name } else { stem }
    }

    /// Whether a folded stem is that of a template or of a note not yet named (`_template`, `Untitled 2`).
    pub fn is_template_stem(&self, folded: &str) -> bool {
        let unnumbered = folded.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        self.id(TableName::Stem, unnumbered) == Some("template")
    }

    /// Whether the folded text in brackets of a file name says that the file is a conflict copy.
    pub fn names_conflict_copy(&self, folded: &str) -> bool {
        self.contains_word(TableName::StemPart, "conflict", folded)
    }

    /// The word that names a conflict copy, in a language.
    pub fn conflict_copy_word(&self, language: &str) -> &str {
        let words = self.entry(TableName::StemPart, "conflict").map_or(&[][..], |entry| entry.words(language));
        words.first().map_or("conflicted copy", |word| word)
    }

    fn folder_id(&self, table: TableName, folded: &str) -> Option<&'static str> {
        let unnumbered = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        let bare = unnumbered.trim_start_matches([' ', '-', '_', '.', '、']);
        let numbered = unnumbered.len() < folded.len();
        // `99_archive` keeps its `_`: the word is `_archive`.
        let bare = if numbered { bare } else { folded };
        [folded, unnumbered, bare].into_iter().find_map(|name| self.id(table, name))
    }

    /// Whether the folded words of a task say that someone is to be thanked.
    pub fn is_task_of_thanks(&self, folded: &str) -> bool {
        self.contains_word(TableName::TaskPart, "thanks", folded)
    }

    fn contains_word(&self, table: TableName, id: &str, folded: &str) -> bool {
        let Some(entry) = self.entry(table, id) else { return false };
        entry.chinese.iter().chain(&entry.english).any(|word| holds_whole(folded, word))
    }
}

/// Whether a text holds a word that no ASCII letter touches: `moc` in `people moc` and `人脉moc`, not in `democracy`.
fn holds_whole(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
        !letter(before) && !letter(after)
    })
}

#[cfg(test)]
mod tests {
    use super::Class::{Event, Meeting, Owner, Person};
    use super::*;

    fn words() -> &'static Vocabulary {
        Vocabulary::built_in()
    }

    #[test]
    fn every_type_names_its_class_in_singular_and_plural() {
        for (class, values) in [
            (Owner, "me self 我 本人"),
            (Meeting, "meeting meetings 1:1 1:1s one-on-one one-on-ones 会议 面谈"),
            (Event, "event events 活动 聚会"),
            (Person, "person persons people contact contacts 人物 联系人"),
        ] {
            for value in values.split(' ') {
                assert_eq!(words().class_by_type(value), Some(class), "{value}");
            }
        }
        assert_eq!(words().class_by_type("one on one"), Some(Meeting));
        assert_eq!(words().class_by_type("book"), None);
    }

    #[test]
    fn every_category_names_its_class_in_singular_and_plural() {
        for (class, targets) in [
            (Meeting, "meetings meeting 会议"),
            (Event, "events event 活动"),
            (Person, "people person contacts contact 人物 人脉"),
        ] {
            for target in targets.split(' ') {
                assert_eq!(words().class_by_category(target), Some(class), "{target}");
            }
        }
        assert_eq!(words().class_by_category("me"), None);
    }

    #[test]
    fn every_tag_and_its_sub_tags_name_the_class() {
        for (class, tags) in [
            (Meeting, "meeting meetings 会议 meeting/1on1"),
            (Event, "event events 活动 活动/聚餐"),
            (Person, "person people contact contacts 人物 人脉 联系人 person/friend 人脉/导师/技能"),
        ] {
            for tag in tags.split(' ') {
                assert_eq!(words().class_by_tag(tag), Some(class), "{tag}");
            }
        }
        assert_eq!(words().class_by_tag("personal"), None);
        assert_eq!(words().class_by_tag("project/person"), None);
    }

    #[test]
    fn every_folder_of_people_is_known_with_or_without_a_number() {
        for folder in "people contacts contact friends friend crm network 人物 人脉 联系人 通讯录".split(' ')
        {
            for name in [folder.to_owned(), format!("03-{folder}"), format!("3. {folder}"), format!("07 {folder}")] {
                assert_eq!(words().class_by_folder(&name), Some(Person), "{name}");
            }
        }
        for other in ["my people", "2024", "", "会议", "-人脉"] {
            assert_eq!(words().class_by_folder(other), None, "{other}");
        }
    }

    #[test]
    fn archive_folders_are_told_from_folders_about_archives() {
        for folder in ["_archived", "_archive", "归档", "99_archive", "99-归档"] {
            assert!(words().is_archive_folder(folder), "{folder}");
        }
        assert!(!words().is_archive_folder("archives"));
        assert!(!words().is_archive_folder("archive"));
    }

    #[test]
    fn index_notes_and_templates_are_told_by_their_names() {
        for stem in ["readme", "index", "people moc", "moc", "人脉moc", "moc-friends"] {
            assert!(words().is_index_stem(stem), "{stem}");
        }
        assert!(!words().is_index_stem("democracy"));
        for (stem, expected) in
            [("_index", true), ("readme", true), ("目录", true), ("people moc", false), ("dana", false)]
        {
            assert_eq!(words().is_folder_stem(stem), expected, "{stem}");
        }
        for (path, expected) in [
            ("People/Dana/_index.md", "Dana"),
            ("_index.md", "_index"),
            ("People/Dana.MD", "Dana"),
            ("2026/2026-11-20 v1.2.md", "2026-11-20 v1.2"),
        ] {
            assert_eq!(words().note_name(path, str::to_lowercase), expected, "{path}");
        }
        assert!(!words().is_index_stem("张三"));
        for stem in ["_template", "untitled", "untitled 1", "未命名", "未命名 2"] {
            assert!(words().is_template_stem(stem), "{stem}");
        }
        assert!(!words().is_template_stem("template for talks"));
    }

    #[test]
    fn conflict_copies_are_named_in_both_languages() {
        assert!(words().names_conflict_copy("conflicted copy mymac 202611201430"));
        assert!(words().names_conflict_copy("mymac 的冲突副本 2026-11-20"));
        assert!(!words().names_conflict_copy("copy"));
    }
}
