//! SVG by hand: the frame every picture shares, and escaping. A picture has no script, no font and no address of its own;
//! it stands in a note as an image, where only its own `style` can tell light from dark.
//!
//! A picture paints its own ground, because a note's theme and the system's may differ: dark words on a dark page could
//! not be read.

use std::fmt::Write as _;

pub(super) mod heat_map;
pub(super) mod load;

/// How a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// Colours of one theme by class: shapes with the class are filled so. `ground` and `words` every picture has.
pub(super) type Colours<'c> = &'c [(&'c str, &'c str)];

/// What all pictures are drawn with: the ground, words and lines.
const LIGHT: Colours<'_> = &[("ground", "#ffffff"), ("words", "#57606a"), ("rule", "#d0d7de")];
const DARK: Colours<'_> = &[("ground", "#0d1117"), ("words", "#9198a1"), ("rule", "#3d444d")];

/// A picture that is being drawn, in whole pixels from the upper left corner.
pub(super) struct Drawing {
    out: String,
}

impl Drawing {
    /// Opens a picture of that size. `title` says what it is and `about` what it shows, for those who do not see it;
    /// `light` and `dark` are its colours by class.
    pub(super) fn new(size: (i64, i64), title: &str, about: &str, light: Colours<'_>, dark: Colours<'_>) -> Self {
        let (width, height) = size;
        let (title, about) = (escaped(title), escaped(about));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title about\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"about\">{about}</desc>\n<style>\n\
             text{{font:11px system-ui,sans-serif}}\n"
        );
        add_fills(&mut out, &[LIGHT, light]);
        out.push_str("@media (prefers-color-scheme:dark){\n");
        add_fills(&mut out, &[DARK, dark]);
        out.push_str("}\n</style>\n");
        let mut drawing = Drawing { out };
        let _ = writeln!(drawing.out, "<rect class=\"ground\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>");
        drawing
    }

    /// A filled rectangle: its corner, its size.
    pub(super) fn rect(&mut self, class: &str, at: (i64, i64), size: (i64, i64)) {
        let ((x, y), (width, height)) = (at, size);
        let _ =
            writeln!(self.out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
    }

    /// Words at the point where their line stands.
    pub(super) fn words(&mut self, at: (i64, i64), anchor: Anchor, text: &str) {
        let ((x, y), anchor) = (at, anchor.name());
        let _ = writeln!(
            self.out,
            "<text class=\"words\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
            escaped(text)
        );
    }

    /// Anything else, as SVG.
    pub(super) fn raw(&mut self, svg: &str) {
        self.out.push_str(svg);
        self.out.push('\n');
    }

    /// The whole picture.
    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }
}

fn add_fills(out: &mut String, themes: &[Colours<'_>]) {
    for (class, colour) in themes.iter().flat_map(|colours| colours.iter()) {
        let _ = writeln!(out, ".{class}{{fill:{colour}}}");
    }
}

/// Text inside an element or an attribute; what XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        for (raw, expected) in [
            ("</text><script>", "&lt;/text&gt;&lt;script&gt;"),
            ("\" onload=\"'&", "&quot; onload=&quot;&#39;&amp;"),
            ("a\nb\u{0}\u{1b}\u{fffe}c", "a bc"),
            ("李娜 🙂", "李娜 🙂"),
        ] {
            assert_eq!(escaped(raw), expected);
        }
    }

    #[test]
    fn a_picture_says_what_it_is_and_has_both_themes() {
        let mut drawing = Drawing::new((20, 10), "A & B", "<none>", &[("x", "#111111")], &[("x", "#eeeeee")]);
        drawing.rect("x", (1, 2), (3, 4));
        drawing.words((5, 6), Anchor::End, "<b>");
        let svg = drawing.finish();
        for part in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\" viewBox=\"0 0 20 10\" role=\"img\"",
            "<title id=\"title\">A &amp; B</title>\n<desc id=\"about\">&lt;none&gt;</desc>",
            ".x{fill:#111111}\n@media (prefers-color-scheme:dark){",
            ".x{fill:#eeeeee}\n}\n</style>",
            "<rect class=\"x\" x=\"1\" y=\"2\" width=\"3\" height=\"4\"/>",
            "text-anchor=\"end\">&lt;b&gt;</text>\n</svg>",
        ] {
            assert!(svg.contains(part), "{part}\n{svg}");
        }
    }
}
