//! Asking a person for a secret, of which the terminal shows nothing.

use std::fs::File;
use std::io::{self, ErrorKind};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::SIGINT;
use signal_hook::low_level::emulate_default_handler;

use crate::interrupt::Held;

/// Prints `prompt` on the terminal and gives the line typed there.
///
/// The echo is off before the prompt appears: rpassword, which reads the line, prints first, and
/// what a person or a program answers at once would be seen. And it is on again before Ctrl-C ends
/// the program, for which rpassword, which reads that as a character, does not wait: not every
/// shell puts a terminal in order.
pub(crate) fn ask(prompt: &str) -> io::Result<String> {
    let held = Held::interrupt()?;
    let hidden = Hidden::start()?;
    let answer = rpassword::prompt_password(prompt);
    drop(hidden);
    drop(held);
    if answer.as_ref().is_err_and(|error| error.kind() == ErrorKind::Interrupted) {
        emulate_default_handler(SIGINT)?;
    }
    answer
}

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
