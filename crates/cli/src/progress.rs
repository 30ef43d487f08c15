//! A progress bar on standard error, for work of over half a second and only on a terminal.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// A count of things done.
pub(crate) struct Progress {
    what: &'static str,
    total: u64,
    done: AtomicU64,
    started: Instant,
    visible: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Counts `total` things; `what` names them, such as "certificates".
    pub(crate) fn new(what: &'static str, total: usize) -> Self {
        Self {
            what,
            total: u64::try_from(total).unwrap_or(u64::MAX),
            done: AtomicU64::new(0),
            started: Instant::now(),
            visible: std::io::stderr().is_terminal(),
            bar: OnceLock::new(),
        }
    }

    /// The same, shown only if it is wanted.
    pub(crate) fn shown(mut self, wanted: bool) -> Self {
        self.visible &= wanted;
        self
    }

    /// One more is done. May be called from any thread.
    pub(crate) fn tick(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if self.visible && self.started.elapsed() > PATIENCE {
            self.bar.get_or_init(|| self.new_bar()).set_position(done);
        }
    }

    fn new_bar(&self) -> ProgressBar {
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}, {eta} left");
        let bar = ProgressBar::new(self.total).with_message(self.what);
        match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

const PATIENCE: Duration = Duration::from_millis(500);
