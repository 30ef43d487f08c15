//! Whatever stands in a connection file or an answer, it is read or refused, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crosstrust_remote::{
    Connection, Material, Planned, RemoteInfo, Resource, RestrictionsInUse, SecurityRole, Subject,
    TrustChange, check, check_together, merge_trust, plan, plan_together, verify,
};
use crosstrust_settings::SettingsFile;
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

const OWN: &str = "\
alias: a
model: tls
local: {platform: self-managed, version: 9.1.0, ca: a, node_names: [a]}
remote: {platform: self-managed, version: 9.1.0, endpoint: b, ca: c, node_names: [b]}
access: {search: [{names: [a]}]}
";
/// Lines of an `elasticsearch.yml`.
const SETTINGS: [&str; 9] = [
    "xpack.security.transport.ssl:",
    "  certificate_authorities: [a.crt]",
    "  certificate_authorities:\n    - a.crt\n    # b\n    - c.crt",
    "  trust_restrictions.path: a.yml",
    "xpack.security.transport.ssl.truststore.path: t.p12",
    "xpack.security.remote_cluster_client.ssl.certificate_authorities: a",
    "{xpack.security.transport.ssl.certificate_authorities: [a.crt]}",
    "trust.subject_name: [a]",
    "transport.ping_schedule: 5s",
];

const KUBERNETES: &str = "\
alias: a
model: api-key
strong_identity: true
local: {platform: eck, version: 9.3.0, name: search, ca: a.crt}
remote: {platform: ech, version: 9.3.0, endpoint: es.example.com}
access: {search: [{names: [a]}]}
";
const RESOURCE: &str = "\
kind: Elasticsearch
metadata: {name: search}
spec:
  version: 9.3.0
  secureSettings: [{secretName: mine}]
  nodeSets:
  - name: hot
    count: 5
    config:
      node: {roles: [data]}
      xpack.security.transport.ssl:
        certificate_authorities: a.crt, b.crt
    podTemplate:
      spec:
        containers:
        - name: elasticsearch
          command: |
            one
             two

          env: [{name: A, value: \"1\"}]
";

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Connection::parse(&text);
        let _ = SecurityRole::parse_all("roles.json", &text);
        let _ = RemoteInfo::parse(&text).map(|info| verify(&info, None, &[], "info.json"));
    }

    /// Settings that are there are merged with, or left; kits of two connections are planned together.
    #[test]
    fn any_settings_are_merged_with(
        settings in prop::collection::vec(prop::sample::select(&SETTINGS[..]), 0..8),
        noise in "[ -~\n]{0,6}",
        at in 0_usize..200,
    ) {
        let mut text = settings.join("\n");
        text.insert_str(at.min(text.len()), &noise);
        let mut material = Material::default();
        for side in [&mut material.local, &mut material.remote] {
            side.elasticsearch_yml = Some(SettingsFile::parse(text.as_bytes()));
            side.restrictions =
                Some(RestrictionsInUse { path: "a.yml".to_owned(), bytes: text.clone().into_bytes() });
        }
        for text in [OWN, &OWN.replace("model: tls", "model: api-key")] {
            let connection = Connection::parse(text).unwrap();
            let planned = Planned { connection: &connection, material: &material };
            let _ = plan_together(&[planned, planned]);
            let now = Timestamp::from_unix(0);
            let subject =
                Subject { path: "a", text, connection: &connection, material: &material, now };
            let _ = check(&subject);
            let _ = check_together(&[subject, subject]);
        }
    }

    /// A resource that is there is merged with, or refused; what a kit makes of it is one again.
    #[test]
    fn any_resource_is_merged_with(noise in "[ -~\n]{0,8}", at in 0_usize..400) {
        let mut text = RESOURCE.to_owned();
        text.insert_str(at.min(text.len()), &noise);
        let connection = Connection::parse(KUBERNETES).unwrap();
        let mut material = Material::default();
        material.local.manifest = Resource::parse(&text).ok();
        let kit = plan(&connection, &material).unwrap();
        let manifests = kit.files.iter().filter(|file| file.path.ends_with("-elasticsearch.yml"));
        let mut count = 0;
        for file in manifests {
            count += 1;
            prop_assert!(Resource::parse(&file.text).is_ok(), "{}: {}", text, file.text);
        }
        prop_assert_eq!(count, 2);
        let (now, text) = (Timestamp::from_unix(0), KUBERNETES);
        let subject =
            Subject { path: "a", text, connection: &connection, material: &material, now };
        let _ = check(&subject);
    }

    #[test]
    fn any_answer_is_merged_with_or_refused(text in any::<String>(), trust in any::<String>()) {
        let _ = merge_trust(&text, &trust, None, TrustChange::Add);
        let whole = r#"{"resources": {"elasticsearch": [{"ref_id": 3, "region": [], "info": "#;
        let _ = merge_trust(&format!("{whole}{text}}}]}}}}"), &trust, None, TrustChange::Remove);
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
            let _ = check(&subject);
        }
    }
}
