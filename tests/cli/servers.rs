//! Servers on the loopback address: other people's with TLS, and small ones of our own without.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crosstrust_testkit::{root, tool};

use crate::fixture;

/// A running program; it ends with this value.
pub(crate) struct Server {
    child: Child,
    /// The port it listens at.
    pub(crate) port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// OpenSSL's server with a node's certificate of `fixtures/cluster/nodes`; nothing if OpenSSL is not
/// installed.
pub(crate) fn openssl(node: &str, arguments: &[&str]) -> Option<Server> {
    let file = |extension: &str| fixture(&format!("cluster/nodes/{node}.{extension}"));
    openssl_with([&file("crt"), &file("key")], arguments)
}

/// OpenSSL's server with the files of a certificate and its key.
pub(crate) fn openssl_with([certificate, key]: [&str; 2], arguments: &[&str]) -> Option<Server> {
    let openssl = tool("openssl")?;
    let mut command = Command::new(openssl.path());
    command.args(["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key]);
    Some(start(command.args(arguments), |line| {
        line.strip_prefix("ACCEPT 127.0.0.1:")?.parse().ok()
    }))
}

/// What makes OpenSSL's server ask for a client certificate, of this fixture's authorities.
pub(crate) fn asking(authorities: &str) -> Vec<String> {
    let file = fixture(authorities);
    ["-CAfile", &file, "-Verify", "4", "-verify_return_error"].map(str::to_owned).to_vec()
}

/// Java's server with a node's key store of `fixtures/cluster/nodes`, which trusts the cluster's CA;
/// nothing if Java is not installed. The arguments are the last ones of `TlsServer.java`.
pub(crate) fn java(node: &str, arguments: &[&str]) -> Option<Server> {
    let java = tool("java")?;
    let mut command = Command::new(java.path());
    let store = fixture(&format!("cluster/nodes/{node}.p12"));
    let program = "tests/judges/TlsServer.java";
    command.args([program, &store, "changeit", &fixture("cluster/ca.crt")]).current_dir(root());
    Some(start(command.args(arguments), |line| line.parse().ok()))
}

/// Starts a server and waits for the line in which it tells its port.
#[track_caller]
fn start(command: &mut Command, port: impl Fn(&str) -> Option<u16>) -> Server {
    // Standard input stays open: both servers end when it does.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    #[allow(clippy::zombie_processes, reason = "the value that is given back waits for it")]
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        let count = output.read_line(&mut line).unwrap();
        assert!(count > 0, "{command:?} ended before it listened");
        if let Some(port) = port(line.trim()) {
            // Somebody must go on reading, or the server stops when the pipe is full.
            thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
            return Server { child, port };
        }
    }
}

/// Listens, and hands each connection to `serve` in a thread of its own. Goes on until the tests end.
pub(crate) fn listen(serve: impl Fn(TcpStream) + Clone + Send + 'static) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = serve.clone();
            thread::spawn(move || serve(stream));
        }
    });
    port
}

/// Answers whatever comes first with these bytes, and waits for the end.
pub(crate) fn answering(answer: &'static [u8]) -> u16 {
    listen(move |mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(answer);
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    })
}

/// Reads and never says anything.
pub(crate) fn silent() -> u16 {
    listen(|mut stream| {
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    })
}

/// A port where nobody listens.
pub(crate) fn closed() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// A node without TLS: speaks the transport protocol, and closes when it hears anything else. Answers
/// the handshake as 7.17.3 does, or as 9.0.0.
pub(crate) fn transport(release: &'static str) -> u16 {
    listen(move |mut stream| {
        let mut frame = [0; 6];
        if stream.read_exact(&mut frame).is_err() || !frame.starts_with(b"ES") {
            return;
        }
        let mut message = vec![0; usize::from(frame[5])];
        if stream.read_exact(&mut message).is_err() {
            return;
        }
        let nine = message[9..13] == [0x00, 0x86, 0x47, 0x00];
        let answer = match (release, nine) {
            ("7.17.3", _) => b"ES\0\0\0\x17\0\0\0\0\0\0\0\x01\x09\x00\x6d\x68\x33\0\0\0\x02\0\0\xdf\xd2\xb5\x03".to_vec(),
            (_, false) => b"ES\0\0\0\x17\0\0\0\0\0\0\0\x01\x09\x00\x6d\x68\x33\0\0\0\x02\0\0\xc9\xa8\xa5\x04".to_vec(),
            (_, true) => b"ES\0\0\0\x1d\0\0\0\0\0\0\0\x01\x09\x00\x86\x47\x00\0\0\0\x02\0\0\xc9\xa8\xa5\x04\x059.0.0".to_vec(),
        };
        let _ = stream.write_all(&answer);
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    })
}

/// Passes each connection on to the next of these ports in turn, as a load balancer does.
pub(crate) fn balanced(ports: [u16; 2]) -> u16 {
    let turn = Arc::new(AtomicUsize::new(0));
    listen(move |client| {
        pass_on(client, ports[turn.fetch_add(1, Ordering::SeqCst) % ports.len()], &[]);
    })
}

/// Passes a connection on if its ClientHello comes in one segment, as a bad proxy does. Otherwise it
/// closes the connection, or waits in silence.
pub(crate) fn wanting_one_segment(port: u16, silent: bool) -> u16 {
    listen(move |mut client| {
        let mut segment = [0; 1448];
        let Ok(count) = client.read(&mut segment) else { return };
        let heard = &segment[..count];
        let length = usize::from(u16::from_be_bytes([heard[3], heard[4]]));
        if length + 5 <= count {
            pass_on(client, port, heard);
        } else if silent {
            let _ = std::io::copy(&mut client, &mut std::io::sink());
        }
    })
}

/// Passes a connection on to a port, after what was already heard of it.
fn pass_on(mut client: TcpStream, port: u16, heard: &[u8]) {
    let Ok(mut server) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return };
    let (Ok(mut from), Ok(mut to)) = (server.try_clone(), client.try_clone()) else { return };
    thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
    if server.write_all(heard).is_ok() {
        let _ = std::io::copy(&mut client, &mut server);
    }
    let _ = server.shutdown(Shutdown::Both);
}
