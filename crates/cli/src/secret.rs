//! Asking a person for a secret, of which the terminal shows nothing.

use std::fs::File;
use std::io;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Prints `prompt` on the terminal and gives the line typed there.
///
/// The echo is off before the prompt appears: rpassword, which reads the line, prints first, and
/// what a person or a program answers at once would be seen.
pub(crate) fn ask(prompt: &str) -> io::Result<String> {
    let _hidden = Hidden::start()?;
    rpassword::prompt_password(prompt)
}

/// A terminal without echo, until this value is dropped.
struct Hidden {
    terminal: File,
    before: Termios,
}

impl Hidden {
    fn start() -> io::Result<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut modes = before.clone();
        modes.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
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
