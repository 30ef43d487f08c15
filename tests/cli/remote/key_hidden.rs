//! What a server says that was given an API key: nothing of the key is printed, however it is written.

use crosstrust_testkit::{Ended, Folder};

use crate::https::{Https, Reply};
use crate::{crosstrust, fixture};

/// The text of the Elastic documentation, and the id and the secret that it stands for.
const KEY: &str = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==";
const ID: &str = "VuaCfGcBCdbkQm-e5aOx";
const SECRET: &str = "ui2lp2axTNmsyakw9tvNnw";

/// Asks a server that answers everything so, and looks at what is printed without its blanks and signs.
#[track_caller]
fn ask(status: &'static str, body: String, format: &str) -> Ended {
    let server = Https::start("self-managed-1", move |_| {
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json");
        let text = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        Reply::Bytes(text.into_bytes())
    });
    let url = format!("https://localhost:{}", server.port);
    let ca = fixture("cluster/ca.crt");
    let arguments = ["remote", "verify", "--url", &url, "--api-key-env", "ES_KEY", "--ca", &ca];
    let arguments = [&arguments[..], &["--format", format]].concat();
    let ended = crosstrust(&Folder::new(), &arguments).env("ES_KEY", KEY).run();
    let all = format!("{}{}", ended.text(), ended.messages());
    let letters: String = all.chars().filter(char::is_ascii_alphanumeric).collect();
    for secret in [KEY, ID, SECRET] {
        let secret: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
        assert!(!letters.contains(&secret), "{all}");
    }
    ended
}

#[test]
fn a_key_that_comes_back_is_not_printed() {
    let escaped: String = KEY.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let (one, two) = KEY.split_at(20);
    for key in [
        KEY.to_owned(),
        escaped,
        format!("{ID}:{SECRET}"),
        SECRET.to_owned(),
        format!("{one}\\n\\t {two}"),
        KEY.trim_end_matches('=').to_owned(),
    ] {
        let error = format!("{{\"error\": {{\"reason\": \"bad key {key} of yours\"}}}}");
        let ended = ask("401 Unauthorized", error, "human").exits_with(2);
        assert!(ended.messages().contains("bad key …"), "{}", ended.messages());
        let info = format!(
            "{{\"{key}\": {{\"connected\": false, \"mode\": \"sniff\", \"seeds\": [\"a:1\"], \
             \"num_nodes_connected\": 0, \"max_connections_per_cluster\": 3, \
             \"initial_connect_timeout\": \"30s\", \"skip_unavailable\": true}}}}"
        );
        for format in ["human", "json", "sarif", "concise"] {
            let ended = ask("200 OK", info.clone(), format).exits_with(1);
            assert!(ended.text().contains('…'), "{}", ended.text());
        }
    }
    ask("401 Unauthorized", format!("bad key {one}\n{two}"), "human").exits_with(2);
    ask("200 OK", format!("<html>{one}\r\n{two}"), "human").exits_with(2);
}

/// Nor does what the server says turn the direction of the text after it, or steer the terminal.
#[test]
fn an_answer_does_not_steer_the_terminal() {
    let error = r#"{"error": {"reason": "\u001b[2J\u202ehello\u2066"}}"#;
    let ended = ask("500 Internal Server Error", error.to_owned(), "human").exits_with(2);
    let messages = ended.messages();
    assert!(messages.contains("hello"), "{messages}");
    assert!(!messages.contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{messages:?}");
}
