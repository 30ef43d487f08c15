//! PF061: our certificate is refused.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::causes::causes;
use crate::endpoint::observation::{End, Reply};
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF061",
    severity: Severity::Error,
    summary: "our certificate is refused",
    explanation: "The endpoint asked for our certificate and then ended the connection. With TLS \
        1.3 a client has finished its handshake by then, so one more read is made here. Java gives \
        one alert, certificate_unknown (46), for nearly every reason: an unknown CA, a name that \
        the restrictions do not admit, usages, dates. Which one it was stands in the log of the \
        other side, in the lines of DiagnosticTrustManager or after `Rejecting certificate`.",
    help: "check our certificate against the other side's CA list and restrictions file with \
        `crosstrust preflight node`, and look into its log",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let first = &sighting.seen.first;
    let Some(request) = &first.request else { return };
    if sighting.seen.accepts_us() != Some(false) {
        return;
    }
    let how = match &first.end {
        End::Alert(alert) => format!("with the alert {alert}"),
        _ => "by closing the connection".to_owned(),
    };
    let what = match request.reply {
        Reply::Withheld => "it refuses us",
        _ => "it refuses our certificate",
    };
    let causes = causes(sighting.plan, request, &first.end);
    let likely = match causes.as_slice() {
        [] => String::new(),
        [one] if request.reply == Reply::Withheld => format!(": {one}"),
        [one] => format!("; most likely {one}"),
        several => format!("; most likely {}", several.join(", or ")),
    };
    let finding = sighting.finding(&RULE, format!("{what} {how}{likely}"));
    report.push(match request.reply {
        Reply::Withheld => finding.with_help(HELP_FOR_WITHHELD),
        _ => finding,
    });
}

const HELP_FOR_WITHHELD: &str = "add the CA of our certificate to `certificate_authorities` on the \
    other side; if it is there, that list has not been loaded yet";
