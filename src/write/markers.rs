//! The two marker lines around generated text, and what lies before, between and after them.
//!
//! What is absent: what the text between them means; see `generated`.

use super::refusal::Refusal;

/// How every comment line of ours begins.
pub(super) const OURS: &str = "<!-- vault-scan:";

/// A file of ours cut at its markers; the five parts in order are the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region<'t> {
    /// A person's text above, front matter included.
    pub before: &'t str,
    /// The begin marker with its line ending.
    pub begin: &'t str,
    /// The lines between.
    pub inside: &'t str,
    /// The end marker with its line ending, if it has one.
    pub end: &'t str,
    /// A person's text below.
    pub after: &'t str,
}

/// The begin marker of the report called `name`, without a line ending.
pub fn begin_marker(name: &str) -> String {
    format!("{OURS}begin {name} -->")
}

/// The end marker of the report called `name`, without a line ending.
pub fn end_marker(name: &str) -> String {
    format!("{OURS}end {name} -->")
}

impl<'t> Region<'t> {
    /// Finds the region called `name`: exactly one begin and one end marker, in order, each alone on its line
    /// (blanks may follow).
    ///
    /// # Errors
    /// [`Refusal::MarkerMissing`], [`Refusal::MarkerTwice`] or [`Refusal::MarkersSwapped`].
    pub fn find(text: &'t str, name: &str) -> Result<Self, Refusal> {
        let (begin_at, begin_to) = only_line(text, begin_marker(name))?;
        let (end_at, end_to) = only_line(text, end_marker(name))?;
        if end_at < begin_to {
            return Err(Refusal::MarkersSwapped);
        }
        // The four offsets are starts of lines in ascending order, so no cut can miss a character boundary.
        let (rest, after) = text.split_at(end_to);
        let (rest, end) = rest.split_at(end_at);
        let (rest, inside) = rest.split_at(begin_to);
        let (before, begin) = rest.split_at(begin_at);
        Ok(Region { before, begin, inside, end, after })
    }

    /// The line ending generated text takes here: the begin marker's own.
    pub fn line_ending(&self) -> &'static str {
        if self.begin.ends_with("\r\n") { "\r\n" } else { "\n" }
    }
}

/// The content of a line, without its ending and the blanks before it.
pub(super) fn content(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r', ' ', '\t'])
}

/// Start and end of the one line that is `marker`.
fn only_line(text: &str, marker: String) -> Result<(usize, usize), Refusal> {
    let mut found = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if content(line) == marker && found.replace((start, end)).is_some() {
            return Err(Refusal::MarkerTwice { marker });
        }
        start = end;
    }
    found.ok_or(Refusal::MarkerMissing { marker })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<!-- vault-scan:begin agenda -->";
    const END: &str = "<!-- vault-scan:end agenda -->";

    #[test]
    fn a_file_is_cut_at_its_markers() {
        let text = format!("above\n{BEGIN} \t\r\none\ntwo\n{END}\nbelow");
        let region = Region::find(&text, "agenda").unwrap();
        assert_eq!((region.before, region.inside, region.after), ("above\n", "one\ntwo\n", "below"));
        assert_eq!(region.line_ending(), "\r\n");
        assert_eq!([region.before, region.begin, region.inside, region.end, region.after].concat(), text);
    }

    #[test]
    fn an_empty_region_and_a_missing_last_newline_are_fine() {
        let text = format!("{BEGIN}\n{END}");
        let region = Region::find(&text, "agenda").unwrap();
        assert_eq!((region.before, region.inside, region.end, region.after), ("", "", END, ""));
    }

    #[test]
    fn damaged_markers_are_refused() {
        let missing = |marker: &str| Refusal::MarkerMissing { marker: marker.into() };
        let twice = |marker: &str| Refusal::MarkerTwice { marker: marker.into() };
        let cases = [
            (format!("{BEGIN}\n"), missing(END)),
            (format!("{END}\n"), missing(BEGIN)),
            (format!(" {BEGIN}\n{END}\n"), missing(BEGIN)),
            (format!("x {BEGIN}\n{END}\n"), missing(BEGIN)),
            (format!("{BEGIN}\n{BEGIN}\n{END}\n"), twice(BEGIN)),
            (format!("{BEGIN}\n{END}\n{END}"), twice(END)),
            (format!("{END}\n{BEGIN}\n"), Refusal::MarkersSwapped),
            (format!("{BEGIN}\n{END}\n").replace("agenda", "stale"), missing(BEGIN)),
        ];
        for (text, refusal) in cases {
            assert_eq!(Region::find(&text, "agenda"), Err(refusal), "{text:?}");
        }
    }
}
