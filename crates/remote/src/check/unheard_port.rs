//! RC061: an endpoint with a port on which the nodes do not listen.

use crosstrust_report::{Report, Rule, Severity};

use super::Subject;
use crate::connection::{Connection, Model, Platform, REMOTE_SERVER_PORT};
use crate::plan;

pub(super) const RULE: Rule = Rule {
    code: "RC061",
    severity: Severity::Warning,
    summary: "the remote nodes do not listen on the port of the endpoint",
    explanation: "The remote cluster server listens on `remote_cluster.port`, 9443 unless it is set; the \
        transport layer on `transport.port`, the first of 9300 to 9400 that is free. Another port is \
        right where something in between, such as a load balancer, passes it on to these.",
    help: "write the nodes' port as `endpoint: host:port`, unless something in between maps it",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    let Connection { model, remote: side, .. } = subject.connection;
    let [_, remote] = subject.parties();
    if side.platform != Platform::SelfManaged || remote.material.settings_file().is_none() {
        return;
    }
    let (names, usual): (&[&str], _) = match model {
        Model::ApiKey => (&[REMOTE_SERVER_PORT], "9443"),
        Model::Tls => (&["transport.profiles.default.port", "transport.port"], "9300-9400"),
    };
    let set = names.iter().find(|name| remote.material.setting(name).is_some());
    // What a placeholder stands for, the nodes' environment says.
    let Some(ports) = set.map_or(Some(usual), |name| remote.said(name)) else { return };
    let [_, party] = plan::parties(subject.connection, subject.material);
    for endpoint in &side.endpoints {
        let port = endpoint.port.unwrap_or_else(|| party.port());
        if has(ports, port) == Some(false) {
            let address = endpoint.with_port(port);
            let source =
                set.map_or("where nothing is set".to_owned(), |name| format!("by `{name}`"));
            let message =
                format!("`{address}` is connected to, and the nodes listen on {ports} ({source})");
            report.push(subject.finding(&RULE, "remote.endpoint", message));
        }
    }
}

/// Whether ports as Elasticsearch writes them, such as `9300-9310,9400`, have one; nothing where they
/// are none.
fn has(ports: &str, port: u16) -> Option<bool> {
    let mut found = false;
    for range in ports.split(',').map(str::trim) {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last): (u16, u16) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        found |= (first..=last).contains(&port);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn ports_are_single_ones_lists_and_ranges() {
        assert_eq!(has("9443", 9443), Some(true));
        assert_eq!(has("9300-9400", 9301), Some(true));
        assert_eq!(has("9300-9310, 9400", 9400), Some(true));
        assert_eq!(has("9300-9310,9400", 9350), Some(false));
        assert_eq!(has("auto", 9350), None);
    }
}
