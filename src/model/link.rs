//! A link as written; which note it means is decided later, when all notes are known.

use super::span::Span;

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkForm {
    /// `[[target|label]]`
    Wiki,
    /// `[label](target.md)`
    Markdown,
    /// A bare name where a link is expected, in front matter.
    Plain,
}

/// A link to another note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The target: percent-decoded, without `#heading`, `^block` or `|label`; a path or a name.
    pub target: Box<str>,
    /// The words shown for it, when they differ from the target.
    pub label: Option<Box<str>>,
    /// How it was written.
    pub form: LinkForm,
    /// The whole link.
    pub span: Span,
}

impl Link {
    /// The words a reader sees.
    pub fn shown(&self) -> &str {
        match &self.label {
            Some(label) => label,
            None => {
                let name = self.target.rsplit('/').next().unwrap_or(&self.target);
                name.strip_suffix(".md").unwrap_or(name)
            }
        }
    }
}
