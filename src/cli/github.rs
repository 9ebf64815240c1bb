//! A finding as a workflow command of GitHub Actions, which shows it beside the line in a pull request.

use crate::render::escape;
use crate::report::problems::Problem;

/// One line, without its end; `way` leads from the current folder to the vault.
pub fn annotation(problem: &Problem, way: &str) -> String {
    let level = match problem.severity {
        "error" => "error",
        "warning" => "warning",
        _ => "notice",
    };
    format!(
        "::{level} file={},line={},col={},title={}::{}",
        property(&format!("{way}{}", problem.path)),
        problem.line,
        problem.column,
        property(problem.code),
        data(&problem.message)
    )
}

/// The text of a command: percent and line ends are encoded, other controls shown.
fn data(text: &str) -> String {
    escape::terminal(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// A property, which also ends at a colon or comma.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(severity: &'static str, path: &str, message: &str) -> Problem {
        Problem {
            code: "date-unread",
            severity,
            path: path.into(),
            line: 3,
            column: 7,
            message: message.into(),
            help: String::new(),
            excerpt: String::new(),
        }
    }

    #[test]
    fn what_would_end_a_command_or_a_property_is_encoded() {
        assert_eq!(
            annotation(&problem("warning", "人脉/a,b: 100%.md", "100%: a,b\r\n::error::x\u{1b}"), "notes/"),
            "::warning file=notes/人脉/a%2Cb%3A 100%25.md,line=3,col=7,title=date-unread::100%25: a,b%0D%0A::error::x\\u{1b}"
        );
    }

    #[test]
    fn a_hint_is_a_notice() {
        assert!(annotation(&problem("hint", "a.md", "x"), "").starts_with("::notice file=a.md,"));
        assert!(annotation(&problem("error", "a.md", "x"), "").starts_with("::error file=a.md,"));
    }
}
