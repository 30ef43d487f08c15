//! PF060: a client certificate that is asked for.

use crosstrust_report::{Report, Rule, Severity};

use crate::endpoint::causes::listed;
use crate::endpoint::observation::{Demand, Reply};
use crate::endpoint::sighting::Sighting;

pub(crate) const RULE: Rule = Rule {
    code: "PF060",
    severity: Severity::Note,
    summary: "a client certificate that is asked for",
    explanation: "A transport port asks for the certificate of whoever connects \
        (`client_authentication: required`), and Java names the CAs that it trusts when it does. So \
        the list tells whether the other side has our CA, before anything is restarted. The HTTP \
        port and the remote cluster server do not ask by default.",
    help: "give ours with `--cert` and `--key` to see whether it is accepted",
};

pub(super) fn check(sighting: &Sighting<'_>, report: &mut Report) {
    let Some(request) = &sighting.seen.first.request else { return };
    let asked = listed(&request.authorities);
    let message = match (sighting.seen.demand(), request.reply) {
        (Some(Demand::Required), Reply::NothingToSend) => {
            format!("it requires a client certificate of {asked}")
        }
        (_, Reply::NothingToSend) => format!("it asks for a client certificate of {asked}"),
        (Some(Demand::Optional), Reply::Withheld) => {
            format!("it asks for a client certificate of {asked}, which ours is not")
        }
        _ => return,
    };
    let finding = sighting.finding(&RULE, message);
    report.push(match request.reply {
        Reply::Withheld => finding.with_help("add the CA of ours to its CA list"),
        _ => finding,
    });
}
