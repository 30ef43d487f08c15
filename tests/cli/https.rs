//! A server on the loopback address that speaks HTTP over TLS, answers what a test says, and remembers what it
//! was asked.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{fixture, servers};

/// What the server does with a request.
pub(crate) enum Reply {
    /// Sends these bytes and ends the connection as TLS has it.
    Bytes(Vec<u8>),
    /// Sends these bytes and cuts the connection.
    Cut(Vec<u8>),
    /// Sends these bytes, and then others without end.
    Endless(Vec<u8>),
    /// Sends these bytes, and then one every tenth of a second.
    Slow(Vec<u8>),
}

/// A running server.
pub(crate) struct Https {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Https {
    /// Serves with a node's certificate of `fixtures/cluster/nodes`; `answer` takes the path that is asked for.
    pub(crate) fn start(
        node: &str,
        answer: impl Fn(&str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let file = |extension: &str| fixture(&format!("cluster/nodes/{node}.{extension}"));
        let chain = CertificateDer::pem_file_iter(file("crt")).unwrap();
        let chain: Vec<_> = chain.map(Result::unwrap).collect();
        let key = PrivateKeyDer::from_pem_file(file("key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let (config, answer) = (Arc::new(config), Arc::new(answer));
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = Arc::clone(&requests);
        let port = servers::listen(move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let Some(request) = head(&mut stream) else { return };
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            heard.lock().unwrap().push(request);
            let _ = serve(stream, answer(&path));
        });
        Self { port, requests }
    }

    /// The heads of the requests that came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// The head of a request; nothing if the client ends before.
fn head(stream: &mut impl Read) -> Option<String> {
    let mut text = String::new();
    let mut byte = [0];
    while !text.ends_with("\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        text.push(char::from(byte[0]));
    }
    Some(text)
}

fn serve(
    mut stream: StreamOwned<ServerConnection, TcpStream>,
    reply: Reply,
) -> std::io::Result<()> {
    match reply {
        Reply::Bytes(bytes) => {
            stream.write_all(&bytes)?;
            stream.conn.send_close_notify();
            stream.flush()
        }
        Reply::Cut(bytes) => {
            stream.write_all(&bytes)?;
            stream.flush()
        }
        Reply::Endless(bytes) => {
            stream.write_all(&bytes)?;
            loop {
                stream.write_all(&[b' '; 16 << 10])?;
            }
        }
        Reply::Slow(bytes) => {
            stream.write_all(&bytes)?;
            loop {
                stream.write_all(b" ")?;
                stream.flush()?;
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}
