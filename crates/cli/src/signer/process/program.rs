//! The program that signs: its three streams, its time, and its end.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use crate::interrupt::Held;

/// A program that runs, in a process group of its own: whatever it starts ends with it.
pub(super) struct Program {
    child: Child,
    /// What is to be written to it; nothing once its standard input is closed.
    requests: Option<Sender<Vec<u8>>>,
    answers: Receiver<Answer>,
    said: Said,
    /// Whether it was waited for.
    is_over: bool,
    /// A signal that ends this program is not sent to its group, so it is ended first.
    signals: Held,
}

/// Why there is no answer.
pub(super) enum Silence {
    /// Its standard output ended, or it did.
    Ended,
    /// A line without an end.
    LongLine,
    /// A signal asks this program to end.
    Interrupted,
    /// The time is over.
    OutOfTime,
    /// Its standard output cannot be read.
    Unreadable(io::Error),
}

/// What its standard output brings.
enum Answer {
    Line(Vec<u8>),
    Silence(Silence),
}

/// The last of what it wrote to standard error.
struct Said {
    tail: Arc<Mutex<VecDeque<u8>>>,
    /// Ends with the stream.
    ended: Receiver<()>,
}

impl Program {
    /// Starts a program, which is looked for on `PATH` unless it has a `/`.
    pub(super) fn start(program: &str, arguments: &[String]) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).process_group(0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let signals = Held::all()?;
        let mut child = command.spawn()?;
        let (requests, to_write) = mpsc::channel();
        // One line waits for being asked for, and the rest in the pipe: it cannot fill the memory.
        let (answered, answers) = mpsc::sync_channel(1);
        if let Some(input) = child.stdin.take() {
            thread::spawn(move || write_all(input, &to_write));
        }
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || read_lines(output, &answered));
        }
        let said = Said::of(child.stderr.take());
        Ok(Self { child, requests: Some(requests), answers, said, is_over: false, signals })
    }

    /// Writes a line, and reads the next one.
    pub(super) fn ask(&mut self, request: Vec<u8>, limit: Duration) -> Result<Vec<u8>, Silence> {
        if let Some(requests) = &self.requests {
            // Where it does not read any more, its output ends or the time does.
            let _ = requests.send(request);
        }
        let until = Instant::now() + limit;
        let mut has_ended = false;
        loop {
            if self.signals.has_come() {
                return Err(Silence::Interrupted);
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left.min(LOOK)) {
                Ok(Answer::Line(line)) => return Ok(line),
                Ok(Answer::Silence(silence)) => return Err(silence),
                Err(RecvTimeoutError::Disconnected) => return Err(Silence::Ended),
                // What it started may hold its standard output open.
                Err(RecvTimeoutError::Timeout) if has_ended => return Err(Silence::Ended),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Err(Silence::OutOfTime),
                Err(RecvTimeoutError::Timeout) => has_ended = self.has_ended(),
            }
        }
    }

    /// Ends it at once. Gives its exit status, if it had ended before, and the last of what it said.
    pub(super) fn end(&mut self) -> (Option<ExitStatus>, String) {
        // It may be on its way out.
        let ended = self.ends_within(LOOK);
        let status = self.kill();
        (status.filter(|_| ended), self.said.last())
    }

    /// Whether it ended, without waiting for it: its number stays its own until then.
    fn has_ended(&self) -> bool {
        let Some(id) = self.id() else { return true };
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        !matches!(waitid(WaitId::Pid(id), options), Ok(None))
    }

    fn ends_within(&self, limit: Duration) -> bool {
        let until = Instant::now() + limit;
        while !self.has_ended() {
            if Instant::now() >= until {
                return false;
            }
            thread::sleep(POLL);
        }
        true
    }

    /// Ends its whole group, and waits for it.
    fn kill(&mut self) -> Option<ExitStatus> {
        if let Some(id) = self.id().filter(|_| !self.is_over) {
            let _ = kill_process_group(id, Signal::KILL);
        }
        self.is_over = true;
        self.child.wait().ok()
    }

    fn id(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }
}

/// The end of its standard input tells it to end; it has a moment for that.
impl Drop for Program {
    fn drop(&mut self) {
        self.requests = None;
        if !self.is_over {
            // Until it is waited for, its number is its own, and its group may outlive it.
            if !self.signals.has_come() {
                self.ends_within(GRACE);
            }
            self.kill();
        }
    }
}

impl Said {
    fn of(stream: Option<ChildStderr>) -> Self {
        let (running, ended) = mpsc::channel();
        let tail = Arc::new(Mutex::new(VecDeque::new()));
        let kept = Arc::clone(&tail);
        if let Some(stream) = stream {
            thread::spawn(move || {
                keep_last(stream, &kept);
                drop(running);
            });
        }
        Self { tail, ended }
    }

    /// Its last lines, after its end.
    fn last(&self) -> String {
        let _ = self.ended.recv_timeout(LOOK);
        let bytes = self.tail.lock().map(|tail| tail.iter().copied().collect::<Vec<u8>>());
        let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).trim_end().to_owned();
        let lines = text.lines().rev().filter(|line| !line.trim().is_empty()).take(LINES);
        let mut lines = lines.map(str::trim).collect::<Vec<_>>();
        lines.reverse();
        lines.join("; ")
    }
}

fn write_all(mut input: ChildStdin, requests: &Receiver<Vec<u8>>) {
    for request in requests {
        if input.write_all(&request).and_then(|()| input.flush()).is_err() {
            return;
        }
    }
}

fn read_lines(output: ChildStdout, answers: &SyncSender<Answer>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        let answer = match output.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Err(error) => Answer::Silence(Silence::Unreadable(error)),
            Ok(_) if line.ends_with(b"\n") => Answer::Line(line),
            Ok(_) if u64::try_from(line.len()).unwrap_or(u64::MAX) >= LONGEST_LINE => {
                Answer::Silence(Silence::LongLine)
            }
            Ok(0) => Answer::Silence(Silence::Ended),
            // The last line needs no end.
            Ok(_) => Answer::Line(line),
        };
        let is_last = matches!(answer, Answer::Silence(_));
        if answers.send(answer).is_err() || is_last {
            return;
        }
    }
}

fn keep_last(mut stream: ChildStderr, tail: &Mutex<VecDeque<u8>>) {
    let mut piece = [0; 1 << 10];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        let Ok(mut tail) = tail.lock() else { return };
        tail.extend(piece.iter().take(read));
        let beyond = tail.len().saturating_sub(KEPT);
        tail.drain(..beyond);
    }
}

/// Bytes of an answer.
const LONGEST_LINE: u64 = 64 << 10;
/// Bytes that are kept of what it says.
const KEPT: usize = 2 << 10;
/// Lines that are told of what it says.
const LINES: usize = 5;
/// How often its end is looked for while it does not answer.
const LOOK: Duration = Duration::from_millis(200);
const POLL: Duration = Duration::from_millis(5);
/// How long it may take to end when nothing more is asked.
const GRACE: Duration = Duration::from_secs(2);
