//! PF110: TLS settings of a node that speaks no TLS.

use crosstrust_report::{Report, Rule, Severity};
use crosstrust_settings::Setting;

use crate::node_settings::{ContextKind, ContextName, SECURITY, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "PF110",
    severity: Severity::Error,
    summary: "TLS settings of a node that speaks no TLS",
    explanation: "With `xpack.security.enabled: false` no port of the node speaks TLS, and with \
        `xpack.security.transport.ssl.enabled: false` the transport layer does not, whatever their \
        other settings are. Nodes and clusters that connect by TLS get no answer. The files that \
        the settings name are read all the same, and one that is missing stops the node.",
    help: "switch TLS on, or remove its settings",
};

pub(super) fn check(subject: &Subject<'_>, report: &mut Report) {
    if subject.is(SECURITY, "false") {
        let own = |kind| KINDS.contains(&kind);
        let contexts = subject.contexts.iter().filter(|context| own(context.kind));
        let first = contexts
            .filter_map(|context| first(subject, context))
            .min_by_key(|setting| setting.place.start);
        let told = first.zip(subject.file.get(SECURITY));
        if let Some((first, switch)) = told {
            let message =
                format!("`{SECURITY}` is `false`, so that `{}` counts for nothing", first.key);
            report.push(subject.finding(&RULE, message, switch.place));
        }
        return;
    }
    for context in subject.contexts.iter().filter(|one| one.kind == ContextKind::Transport) {
        let off = subject.setting(context, "enabled").filter(|off| subject.is(&off.key, "false"));
        if let (Some(off), Some(first)) = (off, first(subject, context)) {
            let message =
                format!("`{}` is `false`, so that `{}` counts for nothing", off.key, first.key);
            report.push(subject.finding(&RULE, message, off.place));
        }
    }
}

/// The first setting of a context beside its switch.
fn first<'a>(subject: &Subject<'a>, context: &ContextName) -> Option<&'a Setting> {
    let mut settings = subject.settings_of(context);
    settings.find(|(name, _)| *name != "enabled").map(|(_, setting)| setting)
}

/// The contexts of the node's own ports, and those to other clusters.
const KINDS: [ContextKind; 4] = [
    ContextKind::Transport,
    ContextKind::RemoteClusterServer,
    ContextKind::RemoteClusterClient,
    ContextKind::Http,
];
