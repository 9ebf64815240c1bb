//! Lines below several copies of one line, put together: what they all say stands once, what only one says stays below
//! what it hung on.

use std::collections::HashMap;

/// A line that stands below another one.
pub trait Line {
    /// How far in it begins.
    fn columns(&self) -> usize;
    /// Its words.
    fn words(&self) -> &str;
    /// Lets it begin further in or out.
    fn set_columns(&mut self, columns: usize);
}

/// One of the uppermost lines, with what hangs on it in each copy.
struct Branch<L> {
    head: L,
    below: Vec<Vec<L>>,
}

/// The lines of the first copy with those of the others that are not among them. A line is the same as another one only
/// below the same line, and as often as it stands there.
pub fn joined<L: Line>(mut copies: Vec<Vec<L>>) -> Vec<L> {
    copies.retain(|lines| !lines.is_empty());
    if copies.len() < 2 {
        return copies.pop().unwrap_or_default();
    }
    let mut branches: Vec<Branch<L>> = Vec::new();
    let mut places: HashMap<(String, usize), usize> = HashMap::new();
    for lines in copies {
        let last = branches.last().map(|branch| branch.head.columns());
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (mut head, mut below) in items(lines) {
            let words = head.words().to_owned();
            let nth = seen.entry(words.clone()).or_default();
            *nth += 1;
            let place = places.entry((words, *nth)).or_insert(branches.len());
            if let Some(known) = branches.get_mut(*place) {
                let columns = known.head.columns();
                shift(&mut below, head.columns(), columns);
                known.below.push(below);
            } else {
                // Deeper than the line before it, it would hang on that.
                let columns = last.unwrap_or(head.columns());
                shift(&mut below, head.columns(), columns);
                if head.columns() != columns {
                    head.set_columns(columns);
                }
                branches.push(Branch { head, below: vec![below] });
            }
        }
    }
    branches.into_iter().flat_map(|branch| std::iter::once(branch.head).chain(joined(branch.below))).collect()
}

/// Moves lines as far as the line they hang on.
fn shift<L: Line>(lines: &mut [L], from: usize, to: usize) {
    for line in lines.iter_mut().filter(|_| from != to) {
        line.set_columns((line.columns() + to).saturating_sub(from));
    }
}

/// Each line that hangs on none of the others, with the deeper ones that follow it.
fn items<L: Line>(lines: Vec<L>) -> Vec<(L, Vec<L>)> {
    let mut items: Vec<(L, Vec<L>)> = Vec::new();
    for line in lines {
        match items.last_mut() {
            Some((head, below)) if line.columns() > head.columns() => below.push(line),
            _ => items.push((line, Vec::new())),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Line for String {
        fn columns(&self) -> usize {
            self.len() - self.trim_start().len()
        }

        fn words(&self) -> &str {
            self.trim()
        }

        fn set_columns(&mut self, columns: usize) {
            *self = " ".repeat(columns) + self.trim_start();
        }
    }

    #[test]
    fn what_all_copies_say_stands_once_and_all_else_stays_where_it_hung() {
        for (copies, expected) in [
            ("a + a", "a"),
            ("a + ", "a"),
            (" + a", "a"),
            ("a + b", "a|b"),
            ("a|b + b|a|c", "a|b|c"),
            ("a| yes|b| yes + a| yes|b| yes", "a| yes|b| yes"),
            ("a| yes + b| yes", "a| yes|b| yes"),
            ("a| yes + a| no", "a| yes| no"),
            ("a + a| no|b", "a| no|b"),
            ("a|a + a|a|a", "a|a|a"),
            ("a + b + a| c + b| c", "a| c|b| c"),
            // Another editor, another depth.
            (" a|  b +   a|     c|  d|    e", " a|  b|  c| d|   e"),
            ("  a|b + a|  c", "  a|    c|b"),
            ("a + a|   c| d|  e", "a|   c| d|  e"),
            ("a|   b + a|   c| d|  e", "a|   b|   c|   d|    e"),
        ] {
            let copies_of =
                |text: &str| text.split('|').filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(joined(copies.split(" + ").map(copies_of).collect()).join("|"), expected, "{copies}");
        }
    }
}
