//! RC047: trust, or a certificate, that nobody looked at.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_restrictions::RESTRICTIONS_SETTING;

use super::Subject;
use crate::connection::{Model, authority_paths};
use crate::kit::ClusterRole;
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC047",
    severity: Severity::Warning,
    summary: "nobody looked at what the nodes trust or present",
    explanation: "`elasticsearch.yml` names a trust store or files of CAs that are not beside it, or that do not \
        open. Partners whose CAs are in there are not known: restrictions that the kit switches on may shut \
        them out, a new key store may lack their CAs, and a CA that is there may be added again. Whether the \
        certificate of a remote cluster server that is not there is accepted is not judged.",
    help: "put the file where `elasticsearch.yml` names it, and give the store's password with --pass, \
        --pass-file or --pass-env",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let connection = subject.connection;
    for own in plan::parties(connection, subject.material) {
        let mut unseen: Vec<String> = Vec::new();
        let stores = own.material.trust_store.iter();
        let closed = stores.filter(|store| store.certificates.is_none());
        unseen.extend(closed.map(|store| store.path.clone()));
        // What is in a list only matters to those whom restrictions shut out.
        let is_restricted = own.material.setting(RESTRICTIONS_SETTING).is_some();
        if let Some(file) = own.material.settings_file().filter(|_| !is_restricted) {
            let seen = |path: &String| own.material.trusted_files.iter().any(|it| it.path == *path);
            let listed = authority_paths(file, connection.model).into_iter();
            unseen.extend(listed.filter(|path| connection.model == Model::Tls && !seen(path)));
        }
        let server = own.material.server_certificate.iter();
        let server = server.filter(|it| it.chain.is_empty() && own.role == ClusterRole::Remote);
        unseen.extend(server.map(|it| it.path.clone()));
        for path in unseen {
            let message = format!("nobody looked into `{path}` of the {} nodes", own.word());
            let key = if own.side.elasticsearch_yml.is_some() {
                "elasticsearch_yml"
            } else {
                "truststore"
            };
            report.push(subject.finding(&RULE, &format!("{}.{key}", own.word()), message));
        }
    }
}
