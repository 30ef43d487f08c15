//! Signals that end the program, held back while something is to be put in order first.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_default};
use signal_hook::low_level::emulate_default_handler;

/// Some signals are held back until this value is dropped; one that came meanwhile then ends the program.
pub(crate) struct Held {
    signals: Vec<&'static Line>,
}

impl Held {
    /// Holds back Ctrl-C.
    pub(crate) fn interrupt() -> io::Result<Self> {
        Self::of(&[SIGINT])
    }

    /// Holds back Ctrl-C and the signal that asks a program to end.
    pub(crate) fn all() -> io::Result<Self> {
        Self::of(&[SIGINT, SIGTERM])
    }

    fn of(signals: &[i32]) -> io::Result<Self> {
        let lines = LINES.as_ref().map_err(|error| io::Error::from(error.kind()))?;
        let held = lines.iter().filter(|line| signals.contains(&line.signal));
        let signals: Vec<&Line> = held.collect();
        for line in &signals {
            if line.held.fetch_add(1, Ordering::SeqCst) == 0 {
                line.came.store(false, Ordering::SeqCst);
                line.ends.store(false, Ordering::SeqCst);
            }
        }
        Ok(Self { signals })
    }

    /// Whether one of them came.
    pub(crate) fn has_come(&self) -> bool {
        self.signals.iter().any(|line| line.came.load(Ordering::SeqCst))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let is_last = |line: &&&Line| line.held.fetch_sub(1, Ordering::SeqCst) == 1;
        let free: Vec<&&Line> = self.signals.iter().filter(is_last).collect();
        for line in &free {
            line.ends.store(true, Ordering::SeqCst);
        }
        for line in free.iter().filter(|line| line.came.load(Ordering::SeqCst)) {
            // Where it cannot be had, the program goes on, as nobody has asked it to end.
            let _ = emulate_default_handler(line.signal);
        }
    }
}

/// A signal.
struct Line {
    signal: i32,
    /// Whether it ends the program, as it does where nobody holds it back.
    ends: Arc<AtomicBool>,
    came: Arc<AtomicBool>,
    /// How many hold it back.
    held: AtomicUsize,
}

static LINES: LazyLock<io::Result<Vec<Line>>> = LazyLock::new(|| {
    let line = |signal| {
        let (ends, came) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(false)));
        register_conditional_default(signal, Arc::clone(&ends))?;
        register(signal, Arc::clone(&came))?;
        Ok(Line { signal, ends, came, held: AtomicUsize::new(0) })
    };
    [SIGINT, SIGTERM].into_iter().map(line).collect()
});
