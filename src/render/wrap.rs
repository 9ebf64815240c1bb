//! Long lines on a narrow terminal, broken where a reader would and continued under their own text.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Below this many columns nothing is broken; there would be no room for a word.
const NARROWEST: usize = 20;
/// A line with so many gaps is the row of a table.
const ROW: usize = 3;
/// Signs that do not begin a line.
const CLOSING: &str = ",.;:!?)]}%’”，。、；：！？）》」』】…~—";
/// Signs that do not end a line.
const OPENING: &str = "([{‘“（《「『【#";

/// Where a broken line goes on that is not set in and has no columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margin {
    /// At the margin, as a paragraph does.
    Flush,
    /// A little further in, as one of many entries does.
    Hanging,
}

/// The text with every line of more than `width` columns broken. A line goes on below its text: behind the gap of two
/// or more blanks that sets off a column, behind its number, else a little further in than it began; `margin`
/// says where those that begin at the margin go on. A word too long for a line stays whole, so that paths can be
/// copied.
pub fn wrapped(text: &str, width: usize, margin: Margin) -> String {
    if width < NARROWEST {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        wrap_line(line, width, margin, &mut out);
        out.push_str(end);
    }
    out
}

/// A piece of a line that is not broken, and the blanks behind it.
struct Piece<'t> {
    text: &'t str,
    columns: usize,
    blanks: &'t str,
}

fn wrap_line(line: &str, width: usize, margin: Margin, out: &mut String) {
    let pieces = pieces(line);
    let total: usize = pieces.iter().map(|piece| piece.columns + piece.blanks.len()).sum();
    let indent = line.len() - line.trim_start_matches(' ').len();
    if indent + total <= width {
        out.push_str(line);
        return;
    }
    let (hang, set_off) = hanging(&pieces, indent, width, margin);
    out.push_str(&" ".repeat(indent));
    // What stands behind the last gap, such as a place in a note, begins a line rather than being broken.
    let tail = pieces.iter().rposition(|piece| piece.blanks.len() > 1).map_or(0, |gap| gap + 1);
    let tail_columns: usize = pieces.iter().skip(tail).map(|piece| piece.columns + piece.blanks.len()).sum();
    let tail_columns = if hang + tail_columns > width { 0 } else { tail_columns };
    let mut column = indent;
    let mut blanks = "";
    for (number, piece) in pieces.iter().enumerate() {
        let next = if number == tail { tail_columns.max(piece.columns) } else { piece.columns };
        if number >= set_off.max(1) && column + blanks.len() + next > width && column > hang {
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            column = hang;
        } else {
            out.push_str(blanks);
            column += blanks.len();
        }
        out.push_str(piece.text);
        column += piece.columns;
        blanks = piece.blanks;
    }
}

/// The column where the continued line begins, and how many pieces stand before the gap that says so.
fn hanging(pieces: &[Piece<'_>], indent: usize, width: usize, margin: Margin) -> (usize, usize) {
    let is_number =
        |text: &str| text.strip_suffix('.').is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(number) = pieces.first().filter(|piece| is_number(piece.text)) {
        return (indent + number.columns + number.blanks.len(), 1);
    }
    let mut column = indent;
    let gaps = pieces.iter().enumerate().filter_map(|(number, piece)| {
        column += piece.columns + piece.blanks.len();
        (piece.blanks.len() > 1).then_some((column, number + 1))
    });
    let gaps: Vec<(usize, usize)> = gaps.collect();
    // A row of a table goes on in its last column, where that has room; text behind a name goes on under itself.
    let last = gaps.last().filter(|(column, _)| gaps.len() >= ROW && *column <= width * 3 / 4);
    if let Some(gap) = last.or_else(|| gaps.first().filter(|(column, _)| *column <= width / 2)) {
        return *gap;
    }
    let further = if indent == 0 && margin == Margin::Flush { 0 } else { 2 };
    (indent + further, 0)
}

/// The pieces of a line behind its indent. Between Chinese characters a line may be broken, else at blanks only.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line.trim_start_matches(' ');
    while !rest.is_empty() {
        let (end, columns) = piece_end(rest);
        let (text, after) = rest.split_at(end);
        let next = after.trim_start_matches(' ');
        let blanks = after.get(..after.len() - next.len()).unwrap_or_default();
        pieces.push(Piece { text, columns, blanks });
        rest = next;
    }
    pieces
}

/// Where the first piece of `rest` ends, and how many columns it takes; colour codes take none.
fn piece_end(rest: &str) -> (usize, usize) {
    let mut columns = 0;
    let mut before = "";
    let mut in_code = false;
    // Colour codes behind the last visible sign belong to what follows, should it begin the next piece.
    let mut end = 0;
    for (at, sign) in rest.grapheme_indices(true) {
        if in_code || sign == "\u{1b}" {
            in_code = sign != "m";
            continue;
        }
        if sign == " " {
            if !counts(before, rest.get(at + 1..).unwrap_or_default()) {
                return (at, columns);
            }
        } else if parts(before, sign) {
            return (end, columns);
        }
        columns += sign.width();
        before = sign;
        end = at + sign.len();
    }
    (rest.len(), columns)
}

/// Whether a number and what it counts stand around a blank (`11 月`), and so stay together.
fn counts(before: &str, after: &str) -> bool {
    let unit = after.graphemes(true).next().is_some_and(|sign| sign.width() > 1);
    unit && before.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line may be broken between two signs that no blank parts.
fn parts(before: &str, after: &str) -> bool {
    let wide = before.width() > 1 || after.width() > 1;
    !before.trim().is_empty() && wide && !CLOSING.contains(after) && !OPENING.contains(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_goes_on_under_its_own_text() {
        for (text, width, expected) in [
            ("short\n", 20, "short\n"),
            ("one two three four five six", 20, "one two three four\n  five six"),
            ("  Ann   told me a long story\n", 20, "  Ann   told me a\n        long story\n"),
            (
                "  李娜  谈了新项目的预算，约好下周再谈",
                20,
                "  李娜  谈了新项目的\n        预算，约好下\n        周再谈",
            ),
            ("一二三四五六七八九十，下文", 20, "一二三四五六七八九\n  十，下文"),
            ("到了 11 月 20 日那天再说 1 次", 20, "到了 11 月 20 日那天\n  再说 1 次"),
            ("一二三四五六七八到 11 月了", 20, "一二三四五六七八到\n  11 月了"),
            ("  Ann told me this story  Log/Ann.md:12", 24, "  Ann told me this story\n    Log/Ann.md:12"),
            (
                "Ann  1 May  ok  set to every month",
                24,
                "Ann  1 May  ok  set to\n                every\n                month",
            ),
            ("https://example.com/a/very/long/way", 20, "https://example.com/a/very/long/way"),
            ("\u{1b}[1mone\u{1b}[0m two three four five", 20, "\u{1b}[1mone\u{1b}[0m two three four\n  five"),
            ("one two three four five six", 8, "one two three four five six"),
            ("", 20, ""),
        ] {
            assert_eq!(wrapped(text, width, Margin::Hanging), expected, "{text:?}");
        }
    }

    #[test]
    fn paragraphs_go_on_at_the_margin_and_steps_behind_their_number() {
        for (text, expected) in [
            ("one two three four five six", "one two three four\nfive six"),
            ("  one two three four five", "  one two three four\n    five"),
            ("1. one two three four five", "1. one two three\n   four five"),
        ] {
            assert_eq!(wrapped(text, 20, Margin::Flush), expected);
        }
    }

    #[test]
    fn nothing_is_lost_but_blanks() {
        let text = "  Ann  told “王五” a《长故事》, with   gaps and 标点。And more of it\n\nthe end  ";
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        for width in 1..90 {
            assert_eq!(bare(&wrapped(text, width, Margin::Hanging)), bare(text), "{width}");
        }
    }
}
