//! A file the program generates, and how it goes into what stands there already.
//!
//! A person's text outside the markers stays byte for byte, front matter included: what the file was created with is
//! not written again. Lines a person added or changed between the markers move below the end marker, in order.
//! What is absent: reading ticks, which happens before, and the disk.

use std::collections::{BTreeSet, HashMap};

use crate::parse::ticks::block::blocks;

use super::markers::{OURS, Region, begin_marker, content, end_marker};
use super::ours::{GENERATED_BY, IGNORE_BY, PICTURE_BY, decode, is_conflict_edge, is_conflict_line, read_ours};
use super::refusal::Refusal;
use super::sum::{Sums, is_sum, sum_comments};
use super::target::TargetPath;

pub mod answered;

use answered::Answered;

/// Whether a report with nothing in it makes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The file is created if it does not exist.
    Always,
    /// Nothing to say: a file of ours that exists is brought up to date, none is created.
    IfPresent,
}

/// What a generated file should hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    target: TargetPath,
    name: &'static str,
    head: Head,
    inside: String,
    presence: Presence,
    answered: Option<Answered>,
}

/// What a file begins with, by which it is known as ours.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Head {
    /// Front matter: the lines after `generated_by`.
    Properties(String),
    /// A comment, as SVG has no front matter.
    Comment,
    /// A comment of a list for git, which has no markers: all its lines are among these, or the file is not ours.
    Ignore(BTreeSet<String>),
}

/// What merging makes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// The bytes that stand there are right.
    Unchanged,
    /// Nothing stood there; this is the whole file.
    Create(String),
    /// The file's new text.
    Replace {
        /// The whole file.
        text: String,
        /// How many lines of a person moved below the end marker, blank ones not counted.
        moved_lines: usize,
    },
}

impl GeneratedFile {
    /// A file at `target` whose markers carry `name`. `properties` are the flat front-matter lines after
    /// `generated_by`, without the `---` lines; `body` is the Markdown between the markers, any line ending.
    ///
    /// # Errors
    /// [`Refusal::TextHoldsMarker`] if a line would end the front matter or stand for a marker, and
    /// [`Refusal::TextHoldsAnswer`] if the next run would take one for the answer of a person: a template may hold
    /// anything.
    pub fn new(
        target: TargetPath,
        name: &'static str,
        properties: &str,
        body: &str,
        presence: Presence,
    ) -> Result<Self, Refusal> {
        let properties = plain(properties);
        let properties = properties.trim_matches('\n');
        let properties = properties.strip_prefix(GENERATED_BY).unwrap_or(properties).trim_start_matches('\n');
        let body = plain(body);
        let body = body.trim_matches('\n');
        let ends_front_matter = |line: &&str| matches!(content(line), "---" | "...");
        let is_ours = |line: &&str| line.starts_with(OURS);
        if let Some(line) = properties.lines().find(ends_front_matter).or_else(|| body.lines().find(is_ours)) {
            return Err(Refusal::TextHoldsMarker { line: line.into() });
        }
        if let Some(block) = blocks(body).iter().find(|block| !block.is_open()) {
            return Err(Refusal::TextHoldsAnswer { line: block.line.trim().into() });
        }
        // Blank lines keep the comments from joining a list, a table or a paragraph of the body.
        let inside = format!("\n{body}\n\n{}", sum_comments(body));
        let head = Head::Properties(properties.into());
        Ok(GeneratedFile { target, name, head, inside, presence, answered: None })
    }

    /// A picture at `target`: one `svg` element between comments, which XML allows before and after it.
    ///
    /// # Errors
    /// As for a report.
    pub fn picture(target: TargetPath, name: &'static str, svg: &str, presence: Presence) -> Result<Self, Refusal> {
        let file = GeneratedFile::new(target, name, "", svg, presence)?;
        Ok(GeneratedFile { head: Head::Comment, ..file })
    }

    /// The list of files in the folder of the reports that git leaves out, by name; none, and no file is made. `all` are
    /// the names that can stand in such a list; one that differs in its digits alone is that of another year.
    pub fn ignore_list(target: TargetPath, names: &[String], all: &[String]) -> Self {
        let inside: String = names.iter().map(|name| format!("/{name}\n")).collect();
        let presence = if names.is_empty() { Presence::IfPresent } else { Presence::Always };
        let head = Head::Ignore(names.iter().chain(all).map(|name| of_any_year(&format!("/{name}"))).collect());
        GeneratedFile { target, name: "ignore", head, inside, presence, answered: None }
    }

    /// The file, made in knowledge of what somebody answered in the one that stands there.
    pub fn knowing(self, answered: Answered) -> Self {
        GeneratedFile { answered: Some(answered), ..self }
    }

    /// Where it belongs.
    pub fn target(&self) -> &TargetPath {
        &self.target
    }

    /// Whether it is created if absent.
    pub fn presence(&self) -> Presence {
        self.presence
    }

    /// Whether somebody added or changed lines between the markers of `old`, a tick for one. What this file says too was
    /// not added.
    pub(super) fn holds_added_lines(&self, old: &str) -> bool {
        // Nothing in a list for git tells a name of ours from the same one that a person wrote.
        if let Head::Ignore(_) = self.head {
            return true;
        }
        let Ok(region) = Region::find(old, self.name) else { return true };
        let mut known = Sums::of_comments(region.inside);
        known.add_generated(&self.inside);
        region.inside.lines().any(|line| !is_sum(line) && !known.cover(line))
    }

    /// The whole file as it is first created: UTF-8, LF, final newline.
    fn whole(&self) -> String {
        let GeneratedFile { name, head, inside, .. } = self;
        if let Head::Ignore(_) = head {
            return format!("{IGNORE_BY}\n{inside}");
        }
        let (begin, end) = (begin_marker(name), end_marker(name));
        let head = match head {
            Head::Comment | Head::Ignore(_) => format!("{PICTURE_BY}\n"),
            Head::Properties(properties) if properties.is_empty() => format!("---\n{GENERATED_BY}\n---\n\n"),
            Head::Properties(properties) => format!("---\n{GENERATED_BY}\n{properties}\n---\n\n"),
        };
        format!("{head}{begin}\n{inside}{end}\n")
    }
}

/// Tells of a line whether the program wrote it between these markers; what stands between the markers is `inside`.
pub fn known_lines(inside: &str) -> impl Fn(&str) -> bool + use<> {
    let known: Sums<'static> = Sums::of_comments(inside);
    move |line| known.cover(line)
}

/// Puts `new` into the bytes `old` that stand at its place, if any.
///
/// # Errors
/// Every refusal that can be told from the bytes: not ours, not plain text, markers damaged, a merge unsolved, an answer
/// that was not read.
pub fn merge(old: Option<&[u8]>, new: &GeneratedFile) -> Result<Merged, Refusal> {
    let Some(old) = old else { return Ok(Merged::Create(new.whole())) };
    if let Head::Ignore(all) = &new.head {
        return merge_ignore_list(old, new, all);
    }
    let region = read_ours(old, new.name)?;
    let inside = match region.line_ending() {
        "\n" => new.inside.clone(),
        ending => new.inside.replace('\n', ending),
    };
    let (inside, settled, moved) = match &new.answered {
        Some(answered) => {
            let woven = answered.weave(region.inside, &inside)?;
            (woven.fresh, woven.settled, woven.moved)
        }
        None => (inside, BTreeSet::new(), BTreeSet::new()),
    };
    if inside == region.inside {
        return Ok(Merged::Unchanged);
    }
    let added = Added::find(region.inside, &new.inside, &settled, &moved);
    let moved_lines = added.lines;
    // Below its one element nothing of a picture may stand but comments.
    if new.head == Head::Comment && moved_lines > 0 {
        return Err(Refusal::PictureEdited);
    }
    let below = added.below(&region);
    let text = [region.before, region.begin, &inside, region.end, &below, region.after].concat();
    Ok(Merged::Replace { text, moved_lines })
}

/// A list of ours is replaced whole. One in which a person wrote a line is theirs from then on.
fn merge_ignore_list(old: &[u8], new: &GeneratedFile, all: &BTreeSet<String>) -> Result<Merged, Refusal> {
    let (old, text) = (decode(old)?, new.whole());
    let mut lines = old.lines();
    let is_ours = |line: &str| line.is_empty() || all.contains(&of_any_year(line));
    if old.lines().eq(text.lines()) {
        return Ok(Merged::Unchanged);
    }
    if lines.next() == Some(IGNORE_BY) && lines.all(is_ours) {
        return Ok(Merged::Replace { text, moved_lines: 0 });
    }
    Err(Refusal::Foreign)
}

/// A file name without the year in it.
fn of_any_year(name: &str) -> String {
    name.replace(|c: char| c.is_ascii_digit(), "0")
}

/// LF alone, and no NUL: what the program could not read again it does not write.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

/// The lines between the markers that a person wrote, with their own line endings.
#[derive(Debug, Default)]
struct Added {
    text: String,
    lines: usize,
}

impl Added {
    /// The lines of `old` that neither its sums nor the text now generated cover. Lines that stood apart stay apart
    /// by one blank line, so that two paragraphs never become one.
    fn find(old: &str, fresh: &str, settled: &BTreeSet<usize>, moved: &BTreeSet<usize>) -> Self {
        let mut known = Sums::of_comments(old);
        known.add_generated(fresh);
        let mut added = Added::default();
        let mut conflict = Conflict::default();
        let mut apart = false;
        let mut at = 0;
        for line in old.split_inclusive('\n') {
            let (is_settled, is_moved) = (settled.contains(&at), moved.contains(&at));
            at += line.len();
            let is_known = is_settled || is_sum(line) || !is_moved && known.cover(line);
            if conflict.passes(line) || is_known || conflict.had(line) {
                apart = true;
                continue;
            }
            if apart && added.lines > 0 {
                added.text.push_str(ending_of(line));
            }
            apart = false;
            added.text.push_str(line);
            added.lines += 1;
        }
        added
    }

    /// What goes between the end marker and the text after it.
    fn below(self, region: &Region<'_>) -> String {
        if self.lines == 0 {
            return String::new();
        }
        let ending = region.line_ending();
        let close = if region.end.ends_with('\n') { "" } else { ending };
        let starts_blank = region.after.lines().next().is_none_or(|line| content(line).is_empty());
        let gap = if starts_blank { "" } else { ending };
        [close, ending, &self.text, gap].concat()
    }
}

/// An unsolved merge between the markers: its own lines are nobody's, and a line several sides hold is kept as often
/// as the side that has it most.
#[derive(Default)]
struct Conflict<'t> {
    open: bool,
    earlier_sides: HashMap<&'t str, usize>,
    this_side: HashMap<&'t str, usize>,
}

impl<'t> Conflict<'t> {
    /// Whether `line` is a line that git put in. A row of equal signs is one only inside a conflict; else it
    /// underlines a heading.
    fn passes(&mut self, line: &str) -> bool {
        if is_conflict_edge(line) {
            *self = Conflict { open: line.starts_with('<'), ..Conflict::default() };
            return true;
        }
        let next_side = self.open && (is_conflict_line(line, "=======") || is_conflict_line(line, "|||||||"));
        if next_side {
            for (line, count) in self.this_side.drain() {
                let most = self.earlier_sides.entry(line).or_default();
                *most = count.max(*most);
            }
        }
        next_side
    }

    /// Whether an earlier side of this conflict had the same line, counting how often.
    fn had(&mut self, line: &'t str) -> bool {
        if !self.open {
            return false;
        }
        let count = self.this_side.entry(line).or_default();
        *count += 1;
        self.earlier_sides.get(line).is_some_and(|most| *count <= *most)
    }
}

fn ending_of(line: &str) -> &str {
    if line.ends_with("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests;
