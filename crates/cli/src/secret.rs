//! Asking a person for a secret, of which the terminal shows nothing.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::SIGINT;
use signal_hook::flag::register_conditional_default;
use signal_hook::low_level::emulate_default_handler;

/// Prints `prompt` on the terminal and gives the line typed there.
///
/// The echo is off before the prompt appears: rpassword, which reads the line, prints first, and
/// what a person or a program answers at once would be seen. And it is on again before Ctrl-C ends
/// the program, for which rpassword, which reads that as a character, does not wait: not every
/// shell puts a terminal in order.
pub(crate) fn ask(prompt: &str) -> io::Result<String> {
    let ends = SIGINT_ENDS.as_ref().map_err(|error| io::Error::from(error.kind()))?;
    let hidden = Hidden::start()?;
    ends.store(false, Ordering::SeqCst);
    let answer = rpassword::prompt_password(prompt);
    ends.store(true, Ordering::SeqCst);
    drop(hidden);
    if answer.as_ref().is_err_and(|error| error.kind() == ErrorKind::Interrupted) {
        emulate_default_handler(SIGINT)?;
    }
    answer
}

/// Whether the signal of Ctrl-C ends the program, as it does where nobody asks for this.
static SIGINT_ENDS: LazyLock<io::Result<Arc<AtomicBool>>> = LazyLock::new(|| {
    let ends = Arc::new(AtomicBool::new(true));
    register_conditional_default(SIGINT, Arc::clone(&ends)).map(|_| ends)
});

/// A terminal without echo, until this value is dropped. Ctrl-C is a character there.
struct Hidden {
    terminal: File,
    before: Termios,
}

impl Hidden {
    fn start() -> io::Result<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut modes = before.clone();
        modes.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ISIG);
        tcsetattr(&terminal, OptionalActions::Now, &modes)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A terminal that has gone needs no echo.
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
