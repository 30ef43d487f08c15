//! RC078: the running node has other certificates than its files.

use std::collections::BTreeMap;

use crosstrust_report::{Finding, Rule, Severity};
use crosstrust_x509::Certificate;

use super::certificates::{LoadedFile, Running, RunningCertificates};

pub(super) const RULE: Rule = Rule {
    code: "RC078",
    severity: Severity::Warning,
    summary: "the running node has other certificates than its files",
    explanation: "The certificates that the node which answered has loaded are compared with the files that its \
        `elasticsearch.yml` names, by serial number and end. Elasticsearch looks at its files every few seconds and \
        loads what has changed, but goes on with the old certificates where the new file does not load, and \
        never learns of a path or a password that was changed in the settings. What the files say \
        of the connection does not hold for this node then.",
    help: "check the new files with `crosstrust preflight node --config elasticsearch.yml`, look for \
        `SSLConfigurationReloader` in the node's log, and restart the node where a path or a password was changed",
};

pub(super) fn check(running: &RunningCertificates, files: &[LoadedFile]) -> Vec<Finding> {
    let mut by_path: BTreeMap<&str, Vec<&Running>> = BTreeMap::new();
    for entry in running.entries() {
        by_path.entry(&entry.path).or_default().push(entry);
    }
    let mut findings = Vec::new();
    for (path, loaded) in by_path {
        match files.iter().find(|file| file.configured == path) {
            None => {
                let message = format!(
                    "the running node has certificates of `{path}`, a file that is not named"
                );
                findings.push(Finding::new(&RULE, message));
            }
            Some(file) => findings.extend(compare(file, &loaded)),
        }
    }
    findings
}

fn compare(file: &LoadedFile, loaded: &[&Running]) -> Vec<Finding> {
    let Some(certificates) = &file.certificates else { return Vec::new() };
    let told = |message| Finding::new(&RULE, message).in_file(&file.path);
    let gone = loaded.iter().filter(|entry| !certificates.iter().any(|one| entry.is(one)));
    let gone = gone.map(|Running { subject, serial, .. }| {
        told(format!(
            "the running node has `{subject}` (serial {serial}) of it, which the file does not have"
        ))
    });
    // A store may hold what its user does not take; a list of CAs is taken whole.
    let is_list = loaded.iter().all(|entry| !entry.has_private_key) && !file.is_store();
    let new =
        certificates.iter().filter(|one| is_list && !loaded.iter().any(|entry| entry.is(one)));
    let new = new.map(|one: &Certificate| {
        let (subject, serial) = (one.subject(), one.serial_hex());
        told(format!(
            "the file has `{subject}` (serial {serial}), which the running node does not have"
        ))
    });
    gone.chain(new).collect()
}

impl LoadedFile {
    fn is_store(&self) -> bool {
        let stores = [".p12", ".pfx", ".jks", ".keystore"];
        let path = self.configured.to_ascii_lowercase();
        stores.iter().any(|end| path.ends_with(end))
    }
}
