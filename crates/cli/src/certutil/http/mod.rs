//! `certutil http`: certificates for the HTTP layer, with what Kibana needs, by a dialogue or, in
//! addition to the original, from options.

mod authority;
mod dialogue;
mod flags;
mod kind;
mod layout;
mod nodes;
mod plan;
mod questions;
mod template;
mod texts;

use super::options::{Argument, Options, Spec};
use super::output;
use super::stop::Stop;
use super::terminal::Terminal;
use super::{Mode, table};
use crate::context::now;

/// The mode.
pub(super) const MODE: Mode = Mode {
    name: "http",
    about: "generate certificates for the Elasticsearch HTTP layer; asks what is not given",
    options: &OPTIONS,
    run,
};

const OPTIONS: [Spec; 14] = [
    table::OUT,
    table::PASS,
    table::KEYSIZE,
    Spec::new(&["csr"], Argument::None, "make requests instead of certificates").unless(&[
        "ca",
        "ca-dn",
        "ca-validity",
        "validity",
    ]),
    Spec::new(&["ca"], Argument::Required("path"), "key store or PEM certificate of the CA")
        .unless(&["ca-dn", "ca-validity"]),
    Spec::new(
        &["ca-key"],
        Argument::Required("path"),
        "PEM key beside the PEM certificate of --ca",
    )
    .only_if(&["ca"]),
    Spec::new(&["ca-pass"], Argument::Optional("password"), "password of the CA, given or new"),
    Spec::new(&["ca-dn"], Argument::Required("DN"), "distinguished name of a new CA"),
    Spec::new(&["ca-validity"], Argument::Required("period"), "how long a new CA is valid [5y]"),
    Spec::new(&["validity"], Argument::Required("period"), "how long certificates are valid [5y]"),
    Spec::new(&["in"], Argument::Required("path"), "file of instances, a certificate for each"),
    Spec::new(&["name"], Argument::Required("name"), "name of the certificate").unless(&["in"]),
    Spec::new(&["dns"], Argument::Required("list"), "comma separated host names").unless(&["in"]),
    Spec::new(&["ip"], Argument::Required("list"), "comma separated IP addresses").unless(&["in"]),
];

fn run(options: &Options, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    terminal.say("Makes certificates and private keys for the HTTP layer of nodes,")?;
    terminal.say("with the files that Elasticsearch and Kibana need, in a zip file.\n")?;
    let plan = if flags::are_given(options) {
        flags::plan(options, terminal)?
    } else {
        dialogue::plan(options, terminal)?
    };
    let progress = terminal.progress("keys", plan.nodes.len());
    let (bundle, clamped) = layout::make(&plan, now(), &progress)?;
    drop(progress);
    if let Some(clamped) = clamped {
        super::warn_of_clamping(clamped, terminal);
    }
    output::write_archive(&plan.output, &bundle)?;
    terminal.say(&format!("Written to {}", plan.output.display()))
}

const DEFAULT_OUTPUT: &str = "elasticsearch-ssl-http.zip";
