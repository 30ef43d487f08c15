//! Whatever stands in a connection file or an answer, it is read or refused, and nothing else.

use crosstrust_remote::{
    Connection, Material, RemoteInfo, SecurityRole, Subject, check, plan, verify,
};
use crosstrust_x509::Timestamp;
use proptest::prelude::*;

/// A connection file as lines, of which any may be missing, doubled or changed.
const LINES: [&str; 24] = [
    "alias: my-remote",
    "model: tls",
    "model: api-key",
    "mode: sniff",
    "same_operator: true",
    "strong_identity: true",
    "local:",
    "remote:",
    "  platform: ech",
    "  platform: eck",
    "  platform: ece",
    "  platform: self-managed",
    "  version: 9.3.0",
    "  name: quickstart",
    "  cluster_id: a",
    "  scope_id: b",
    "  account_id: c",
    "  endpoint: es.example.com",
    "  node_names: [a.example.com, b]",
    "  ca: a",
    "trust: {local_accepts: scope}",
    "access: {search: [{names: [a]}]}",
    "access: {replication: {names: a}}",
    "  truststore: 'it''s'",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Connection::parse(&text);
        let _ = SecurityRole::parse_all("roles.json", &text);
        let _ = RemoteInfo::parse(&text).map(|info| verify(&info, None, "info.json"));
    }

    #[test]
    fn any_lines_are_planned_or_refused(
        lines in prop::collection::vec(prop::sample::select(&LINES[..]), 0..30),
        noise in "[ -~\n]{0,8}",
        at in 0_usize..400,
    ) {
        let mut text = lines.join("\n");
        let at = at.min(text.len());
        text.insert_str(at, &noise);
        if let Ok(connection) = Connection::parse(&text) {
            let material = Material::default();
            let _ = plan(&connection, &material);
            let now = Timestamp::from_unix(0);
            let subject =
                Subject { path: "a", text: &text, connection: &connection, material: &material, now };
            check(&subject);
        }
    }
}
