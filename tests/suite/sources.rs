//! Reads a Rust source just well enough to see what it imports and calls. Comments, texts and what is compiled for
//! tests only are left out. It is no parser: macros are read as if their tokens were code, which errs on the strict side.

/// One token of code: a name, or one character of punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
}

/// A path as code writes it, resolved from the crate's root where it is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UsedPath {
    /// Names from the root of the crate (ours) or from the first name written (others').
    pub(crate) segments: Vec<String>,
    /// Line in the file, from 1.
    pub(crate) line: usize,
    is_ours: bool,
}

/// One file of `src`, without comments, texts and test code.
pub(crate) struct Source {
    /// Path below `src`, with `/`.
    pub(crate) path: String,
    /// The module the file is, from the crate's root: `parse/fields/mod.rs` is `["parse", "fields"]`.
    pub(crate) module: Vec<String>,
    tokens: Vec<Token>,
    paths: Vec<UsedPath>,
}

impl Source {
    /// Reads `text`, the file at `path` below `src`.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let stem = path.strip_suffix(".rs").unwrap_or(path);
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        let module: Vec<String> = stem.split('/').map(str::to_owned).collect();
        let tokens = without_test_code(&tokens(text));
        let paths = used_paths(&tokens, &module);
        Self { path: path.to_owned(), module, tokens, paths }
    }

    /// The room the file is in: `main` and `lib` are their own.
    pub(crate) fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Whether the file is `place`, or lies in the folder of that name.
    pub(crate) fn lies_in(&self, place: &str) -> bool {
        let module = self.module.join("/");
        module == place || module.starts_with(&format!("{place}/"))
    }

    /// Paths into this crate, from its root.
    pub(crate) fn own_paths(&self) -> Vec<UsedPath> {
        self.paths.iter().filter(|path| path.is_ours).cloned().collect()
    }

    /// Lines that use `path` or what is below it.
    pub(crate) fn lines_of_path(&self, path: &str) -> Vec<usize> {
        let wanted: Vec<&str> = path.split("::").collect();
        let begins = |used: &&UsedPath| {
            used.segments.len() >= wanted.len() && used.segments.iter().zip(&wanted).all(|(own, other)| own == other)
        };
        self.paths.iter().filter(|used| !used.is_ours).filter(begins).map(|used| used.line).collect()
    }

    /// Lines where the name stands, as a whole name.
    pub(crate) fn lines_of_name(&self, name: &str) -> Vec<usize> {
        self.tokens.iter().filter(|token| token.text == name).map(|token| token.line).collect()
    }

    /// Lines that call `.name()`.
    pub(crate) fn lines_of_method(&self, name: &str) -> Vec<usize> {
        self.lines_of(&[".", name, "(", ")"])
    }

    /// Lines that call `name!`.
    pub(crate) fn lines_of_macro(&self, name: &str) -> Vec<usize> {
        self.lines_of(&[name, "!"])
    }

    /// Lines that derive or write an implementation of the trait.
    pub(crate) fn lines_of_implementation(&self, name: &str) -> Vec<usize> {
        let mut lines = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let end = match token.text.as_str() {
                "derive" => ")",
                "impl" => "for",
                _ => continue,
            };
            let head = self.tokens.get(at..).unwrap_or_default();
            let stop = |token: &&Token| token.text != end && token.text != "{" && token.text != ";";
            let reached = head.iter().take_while(stop).count();
            let is_whole = head.get(reached).is_some_and(|token| token.text == end);
            if is_whole && head.iter().take(reached).any(|token| token.text == name) {
                lines.push(token.line);
            }
        }
        lines
    }

    fn lines_of(&self, wanted: &[&str]) -> Vec<usize> {
        let windows = self.tokens.windows(wanted.len());
        let found = windows.filter(|window| window.iter().zip(wanted).all(|(token, text)| token.text == *text));
        found.filter_map(|window| window.first()).map(|token| token.line).collect()
    }
}

/// Names and punctuation, without comments, texts, characters and lifetimes.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let (mut tokens, mut index, mut line) = (Vec::new(), 0, 1);
    while index < chars.len() {
        let begin = index;
        match at(index) {
            '/' if at(index + 1) == '/' => {
                while index < chars.len() && at(index) != '\n' {
                    index += 1;
                }
            }
            '/' if at(index + 1) == '*' => index = after_block_comment(&chars, index),
            '"' => index = after_string(&chars, index),
            'r' | 'b' | 'c' if raw_string(&chars, index).is_some() => {
                index = raw_string(&chars, index).unwrap_or(index + 1);
            }
            '\'' if at(index + 1) == '\\' => {
                index += 3; // the quote, the backslash and what it escapes, which may be a quote
                while index < chars.len() && at(index) != '\'' {
                    index += 1;
                }
                index += 1;
            }
            '\'' if at(index + 2) == '\'' => index += 3,
            '\'' => {
                index += 1;
                while is_name(at(index)) {
                    index += 1;
                }
            }
            first if is_name(first) => {
                while is_name(at(index)) {
                    index += 1;
                }
                tokens.push(Token { text: chars[begin..index].iter().collect(), line });
            }
            other => {
                if !other.is_whitespace() {
                    tokens.push(Token { text: other.to_string(), line });
                }
                index += 1;
            }
        }
        index = index.min(chars.len());
        line += chars[begin..index].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Block comments nest.
fn after_block_comment(chars: &[char], begin: usize) -> usize {
    let (mut index, mut depth) = (begin, 0);
    while index < chars.len() {
        match (chars.get(index), chars.get(index + 1)) {
            (Some('/'), Some('*')) => (depth, index) = (depth + 1, index + 2),
            (Some('*'), Some('/')) => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
        if depth == 0 {
            break;
        }
    }
    index
}

fn after_string(chars: &[char], begin: usize) -> usize {
    let mut index = begin + 1;
    while let Some(c) = chars.get(index) {
        match c {
            '\\' => index += 2,
            '"' => return index + 1,
            _ => index += 1,
        }
    }
    index
}

/// The end of a raw text such as `r#"…"#` or `br"…"` that begins here; `None` if none does.
fn raw_string(chars: &[char], begin: usize) -> Option<usize> {
    let mut index = begin;
    while matches!(chars.get(index), Some('b' | 'c')) {
        index += 1;
    }
    if chars.get(index) != Some(&'r') {
        return None;
    }
    let hashes = chars.iter().skip(index + 1).take_while(|c| **c == '#').count();
    index += 1 + hashes;
    if chars.get(index) != Some(&'"') {
        return None;
    }
    index += 1;
    while index < chars.len() {
        let closes = chars.get(index) == Some(&'"')
            && chars.iter().skip(index + 1).take_while(|c| **c == '#').take(hashes).count() == hashes;
        if closes {
            return Some(index + 1 + hashes);
        }
        index += 1;
    }
    Some(index)
}

/// Drops each item under `#[cfg(test)]`, with its other attributes.
fn without_test_code(tokens: &[Token]) -> Vec<Token> {
    let is = |index: usize, text: &str| tokens.get(index).is_some_and(|token| token.text == text);
    let (mut kept, mut index) = (Vec::new(), 0);
    while index < tokens.len() {
        let opens = ["#", "[", "cfg", "(", "test", ")", "]"];
        if opens.iter().enumerate().all(|(offset, text)| is(index + offset, text)) {
            index = after_item(tokens, index);
        } else {
            kept.extend(tokens.get(index).cloned());
            index += 1;
        }
    }
    kept
}

/// The end of the item whose attributes begin here: its `;` or `,`, or the brace that closes it.
fn after_item(tokens: &[Token], begin: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(begin) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_use_group = tokens.get(index + 1).is_some_and(|next| next.text == ";");
        if depth == 0 && (token.text == ";" || token.text == "," || (token.text == "}" && !is_use_group)) {
            return index + 1;
        }
    }
    tokens.len()
}

/// Every path in the tokens, groups spread out: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn used_paths(tokens: &[Token], module: &[String]) -> Vec<UsedPath> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let is_inside = index > 0 && (is_joint(tokens, index.saturating_sub(2)) || text(tokens, index - 1) == ".");
        let begins = token.text.chars().next().is_some_and(is_name) && !is_inside;
        if !begins {
            index += 1;
            continue;
        }
        let is_visibility = token.text == "crate" && matches!(text(tokens, index.wrapping_sub(1)), "(" | "in");
        if is_visibility && !is_joint(tokens, index + 1) {
            index += 1;
            continue;
        }
        let mut spread = Vec::new();
        index = read_tree(tokens, index, &[], &mut spread);
        found.extend(spread.into_iter().filter_map(|(names, line)| resolve(names, line, module)));
    }
    found
}

fn text(tokens: &[Token], index: usize) -> &str {
    tokens.get(index).map_or("", |token| token.text.as_str())
}

/// Whether `::` stands at `index`.
fn is_joint(tokens: &[Token], index: usize) -> bool {
    text(tokens, index) == ":" && text(tokens, index + 1) == ":"
}

/// Reads one path, or a group of them, from `index`; the place after it.
fn read_tree(tokens: &[Token], index: usize, prefix: &[String], found: &mut Vec<(Vec<String>, usize)>) -> usize {
    let (mut at, mut names) = (index, prefix.to_vec());
    loop {
        let line = tokens.get(at).map_or(0, |token| token.line);
        match text(tokens, at) {
            "{" => {
                at += 1;
                while !matches!(text(tokens, at), "}" | "") {
                    let next = if text(tokens, at) == "," { at + 1 } else { read_tree(tokens, at, &names, found) };
                    at = next.max(at + 1);
                }
                return at + 1;
            }
            name if name.chars().next().is_some_and(is_name) || name == "*" => {
                if name != "self" || names.is_empty() {
                    names.push(name.to_owned());
                }
                at += 1;
            }
            _ => {
                found.push((names, line));
                return at;
            }
        }
        if !is_joint(tokens, at) {
            found.push((names, line));
            return at;
        }
        at += 2;
    }
}

/// Resolves `crate`, `vault_scan`, `self` and `super`; a lone name outside a path is no use of anything but `crate`.
fn resolve(names: Vec<String>, line: usize, module: &[String]) -> Option<UsedPath> {
    let first = names.first()?.as_str();
    let rest = || names.iter().skip(1).cloned().collect::<Vec<String>>();
    match first {
        "crate" | "vault_scan" => Some(UsedPath { segments: rest(), line, is_ours: true }),
        "self" if names.len() > 1 => {
            Some(UsedPath { segments: module.iter().cloned().chain(rest()).collect(), line, is_ours: true })
        }
        "super" => {
            let up = names.iter().take_while(|name| *name == "super").count();
            let base = module.iter().take(module.len().saturating_sub(up)).cloned();
            let segments = base.chain(names.iter().skip(up).cloned()).collect();
            Some(UsedPath { segments, line, is_ours: true })
        }
        _ if names.len() > 1 || is_crate_name(first) => Some(UsedPath { segments: names, line, is_ours: false }),
        _ => None,
    }
}

/// Names of crates that could be imported whole: `use tempfile;`.
fn is_crate_name(name: &str) -> bool {
    matches!(name, "walkdir" | "tempfile" | "notify" | "minijinja")
}
