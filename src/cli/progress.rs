//! A progress bar for long work: on a terminal only, on standard error, not before one second has passed.

use std::sync::Once;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::app::load::Progress;

use super::colour::Target;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar over the notes of a vault; it goes away when dropped.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    target: Target,
    appears: Once,
}

impl Bar {
    /// A bar that shows itself when the work turns out long and `target`, standard error, is a terminal.
    pub fn new(target: Target) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        // The template is fixed; should it not parse, the bar has its default look.
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len}") {
            bar.set_style(style);
        }
        Bar { bar, target, appears: Once::new() }
    }

    /// Takes in how far the reading is.
    pub fn update(&self, progress: Progress) {
        match progress {
            Progress::Found(notes) => self.bar.set_length(notes as u64),
            Progress::Read => self.bar.inc(1),
        }
        if self.target == Target::Terminal && self.bar.elapsed() > PATIENCE {
            self.appears.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_into_a_pipe_stays_hidden() {
        let bar = Bar::new(Target::Pipe);
        bar.update(Progress::Found(10));
        bar.update(Progress::Read);
        assert_eq!((bar.bar.position(), bar.bar.length()), (1, Some(10)));
        assert!(bar.bar.is_hidden());
    }
}
