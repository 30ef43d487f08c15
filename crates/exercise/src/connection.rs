//! Connection files, and what a cluster answers.

use crosstrust_remote::{
    ClusterSettings, Connection, Material, RemoteInfo, RunningCertificates, Subject, check, plan,
    read_answer, verify, verify_certificates,
};
use crosstrust_report::print;
use crosstrust_settings::SettingsFile;
use crosstrust_x509::Timestamp;

pub(crate) fn run(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    let connection = match Connection::parse(text) {
        Ok(connection) => connection,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let mut material = Material::default();
    // The settings of a node are YAML of somebody else: any text will do.
    material.local.elasticsearch_yml = Some(SettingsFile::parse(input));
    let subject = Subject {
        path: "connection.yml",
        text,
        connection: &connection,
        material: &material,
        now: Timestamp::from_unix(0),
    };
    print_report(&check(&subject));
    if let Ok(kit) = plan(&connection, &material) {
        let again = plan(&connection, &material).ok();
        assert_eq!(again.as_ref(), Some(&kit), "the same input made another kit");
    }
}

pub(crate) fn run_remote_info(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else { return };
    if let Ok(info) = RemoteInfo::parse(text) {
        for remote in info.remotes() {
            let _ = (remote.alias(), remote.model(), remote.is_connected(), remote.addresses());
        }
        print_report(&verify(&info, None, &[], "info.json"));
    }
}

/// An answer that a server ends wherever it likes; whole ones are read for all that was asked.
pub(crate) fn run_http_answer(mut input: &[u8]) {
    let length = input.len();
    let Ok(answer) = read_answer(&mut input) else { return };
    assert!(answer.body.len() <= length, "the body has more bytes than came");
    run_remote_info(&answer.body);
    let text = String::from_utf8_lossy(&answer.body);
    let _ = ClusterSettings::parse(&text);
    if let Ok(running) = RunningCertificates::parse(&text) {
        let now = Timestamp::from_unix(0);
        print_report(&verify_certificates(&running, Some(&[]), now, "certificates.json"));
    }
}

fn print_report(report: &crosstrust_report::Report) {
    let json = serde_json::from_str::<serde_json::Value>(&print::json(report));
    assert!(json.is_ok(), "the report is no JSON");
    let _ = print::human(report, print::Layout::default());
}
