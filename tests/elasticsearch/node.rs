//! A node of Elasticsearch in a process of its own, and requests to it.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A node that runs until it is dropped.
pub(crate) struct RunningNode {
    process: Child,
    home: PathBuf,
}

impl RunningNode {
    /// Starts a node whose `config/elasticsearch.yml` stands below `home`, with the secure settings
    /// `KEY=VALUE`; does not wait for it.
    pub(crate) fn start(program: &Path, home: &Path, secure: &[&str]) -> Self {
        std::fs::create_dir_all(home.join("logs")).unwrap();
        let log = File::create(home.join("logs/node.log")).unwrap();
        let process = Command::new(program)
            .arg(home)
            .args(secure)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { process, home: home.to_owned() }
    }

    /// Waits until it has started.
    #[track_caller]
    pub(crate) fn wait(&mut self) {
        assert!(self.has_started(), "{}", self.log());
    }

    /// Waits until it has started, or has ended before.
    pub(crate) fn has_started(&mut self) -> bool {
        let mut line = String::new();
        BufReader::new(self.process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        line == "started\n"
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.home.join("logs/node.log")).unwrap()
    }

    /// The address of its transport layer.
    pub(crate) fn transport(&self) -> String {
        self.address("transport")
    }

    /// The address where it listens for a kind of connection: `transport`, `http`, `remote_cluster`.
    pub(crate) fn address(&self, kind: &str) -> String {
        let ports = std::fs::read_to_string(self.home.join(format!("logs/{kind}.ports"))).unwrap();
        ports.lines().next().unwrap().to_owned()
    }

    /// Puts a request as the anonymous user, and gives the body of the answer.
    #[track_caller]
    pub(crate) fn request(&self, method: &str, path: &str, body: &str) -> Value {
        self.request_with("", method, path, body)
    }

    /// Puts a request with a header of its own, a line.
    #[track_caller]
    pub(crate) fn request_with(&self, header: &str, method: &str, path: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(self.address("http")).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        exchange(&mut stream, header, [method, path, body])
    }
}

/// Sends a request, and gives the body of the answer. Its end need not be told as TLS has it.
#[track_caller]
pub(crate) fn exchange(
    stream: &mut (impl Read + Write),
    header: &str,
    [method, path, body]: [&str; 3],
) -> Value {
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.0\r\n{header}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).unwrap();
    let mut answer = String::new();
    match stream.read_to_string(&mut answer) {
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => panic!("{error}"),
        _ => {}
    }
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}"));
    let body = if head.contains("chunked") { whole(body) } else { body.to_owned() };
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

/// A body that comes in chunks, each after its length.
fn whole(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((length, rest)) = chunks.split_once("\r\n") {
        let (chunk, rest) = rest.split_at(usize::from_str_radix(length, 16).unwrap());
        body.push_str(chunk);
        chunks = rest.trim_start();
    }
    body
}

impl Drop for RunningNode {
    fn drop(&mut self) {
        drop(self.process.stdin.take()); // on which it ends
        for _ in 0..100 {
            if let Ok(Some(_)) = self.process.try_wait() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
