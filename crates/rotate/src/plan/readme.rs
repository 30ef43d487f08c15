//! `README.md` of a plan: what was tried, and the steps in order.

use std::fmt::Write;

use crosstrust_report::print::{self, Layout};
use crosstrust_x509::Certificate;

use super::{NEW_CERTIFICATES, Subject, TRUST_BOTH, TRUST_NEW};
use crate::simulation::{Presents, State, Trusts};

/// The page.
pub(super) fn write(subject: &Subject<'_>) -> String {
    let mut out = String::from("# From one CA to the next, without a stop\n\n");
    authorities(&mut out, subject);
    tried(&mut out, subject);
    out.push_str(BEFORE);
    first(&mut out, subject);
    second(&mut out, subject);
    third(&mut out, subject);
    out.push_str(BACK);
    out
}

fn authorities(out: &mut String, subject: &Subject<'_>) {
    let roll_over = subject.roll_over;
    out.push_str("| CA | subject | SHA-256 | until |\n|---|---|---|---|\n");
    let lists = [("old", &roll_over.old), ("new", &roll_over.new), ("stays", &roll_over.kept)];
    for (what, certificates) in lists {
        for certificate in certificates {
            let _ = writeln!(out, "| {what} | {}", row(certificate));
        }
    }
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    let nodes = counted(roll_over.nodes.len(), "node");
    let others = counted(roll_over.others.len(), "connected cluster");
    let _ = writeln!(
        out,
        "\n{nodes} and {others} were looked at. All verdicts are for {}.\n",
        roll_over.now
    );
}

fn row(certificate: &Certificate) -> String {
    let print: String = certificate.fingerprint_sha256().chars().take(16).collect();
    let subject = certificate.subject().to_string().replace('|', "\\|");
    format!("`{subject}` | `{print}…` | {} |", certificate.not_after())
}

/// The states, each with its verdict, and what there is to warn of.
fn tried(out: &mut String, subject: &Subject<'_>) {
    out.push_str(
        "## What was tried beforehand\n\nEach state that the cluster passes through was judged as Elasticsearch would, \
         every node in both roles. In the middle of a step, nodes that have taken it meet nodes that have not: \
         then its row and the one above hold at the same time.\n\n| step | a node presents its | to a node that trusts | verdict |\n|---|---|---|---|\n",
    );
    for state in &subject.simulation.states {
        let State { step, presents, trusts, refused, .. } = state;
        let step = match (step, presents, trusts) {
            (Some(0), ..) => "before".to_owned(),
            (Some(step), ..) => step.to_string(),
            (None, Presents::New, _) => "if 1 were left out".to_owned(),
            (None, Presents::Old, _) => "if 2 were left out".to_owned(),
        };
        let presents = format!("{} certificate", presents.word());
        let trusts = match trusts {
            Trusts::Both => "both CAs",
            Trusts::New => "the new CA",
            Trusts::Old => "the old CA",
        };
        let verdict = match (refused, subject.roll_over.nodes.len()) {
            (0, _) => "accepted".to_owned(),
            (refused, all) => format!("**refused** ({refused} of {all} nodes)"),
        };
        let _ = writeln!(out, "| {step} | {presents} | {trusts} | {verdict} |");
    }
    if subject.simulation.with_stand_ins {
        out.push_str(
            "\nThe new CA's key was not at hand, so the new certificates in this table are those of a CA with its name, \
             usages and path length and another key, with the nodes' own names. The check of step 2 judges the real ones.\n",
        );
    }
    if !subject.report.is_empty() {
        let findings = print::human(subject.report, Layout::default());
        let _ = write!(out, "\n## What there is to know first\n\n```text\n{findings}```\n");
    }
}

fn first(out: &mut String, subject: &Subject<'_>) {
    let folder = TRUST_BOTH.folder;
    let store = match subject.materials.trust_stores {
        Some(_) => format!(", or `{folder}/truststore.p12`, the same as a key store"),
        None => String::new(),
    };
    let _ = write!(
        out,
        "\n## Step 1: {}\n\nWho: the administrator of every node, and of everything that trusts the old CA.\n\
         File: `{folder}/ca.crt`{store}.\n\n\
         1. On every node, put it in the place of the file that the node trusts now:\n   \
         `xpack.security.transport.ssl.certificate_authorities`, or `xpack.security.transport.ssl.truststore.path`. Where the\n   \
         trust store is the node's own key store, as `elasticsearch-certutil` makes it, add the new CA to that:\n   \
         `keytool -importcert -noprompt -keystore STORE.p12 -storetype PKCS12 -alias new-ca -file {folder}/new-ca.crt`\n\
         2. If the old CA signs certificates of the HTTP layer as well, give the file to its clients: Kibana\n   \
         (`elasticsearch.ssl.certificateAuthorities`), Logstash, Beats, Elastic Agent and your own programs.\n",
        TRUST_BOTH.title
    );
    let mut number = 3;
    for other in &subject.roll_over.others {
        let name = &other.name;
        let _ = writeln!(
            out,
            "{number}. Give it to the administrators of the cluster `{name}`, who put it beside the CAs they trust. They\n   \
             come first: step 2 must not begin before they are done."
        );
        number += 1;
    }
    if subject.roll_over.others.is_empty() {
        let _ = writeln!(
            out,
            "{number}. Clusters that are connected with this one as remote clusters must trust the new CA as well. None was named\n   \
             to this plan; name them with `--cluster` if there are some."
        );
    }
    let _ = write!(
        out,
        "\nCheck: `sh {folder}/check.sh`, and of each live node\n`crosstrust preflight endpoint HOST:9300 --trust {folder}/ca.crt`. \
         Every node has it when `GET /_ssl/certificates`,\nasked of each node, lists the new CA.\n"
    );
}

fn second(out: &mut String, subject: &Subject<'_>) {
    let folder = NEW_CERTIFICATES.folder;
    let _ = write!(
        out,
        "\n## Step 2: {}\n\nNot before step 1 is done on the last node and in the last connected cluster.\n",
        NEW_CERTIFICATES.title
    );
    if subject.materials.issued.is_some() {
        let _ = writeln!(
            out,
            "The certificates are in `{folder}/`, a folder a node, with the subject and the names of the old ones."
        );
    } else {
        let _ = write!(
            out,
            "They are yet to be signed, where the new CA's key is:\n\n    \
             crosstrust cert --ca NEW_CA.p12 --in {folder}/instances.yml --out {folder}\n\n\
             or plan once more with `--sign`, which also keeps names of other forms than DNS, address and otherName. For\n\
             a CA of somebody else: `crosstrust csr --in {folder}/instances.yml`, and send what it makes.\n"
        );
    }
    let _ = write!(
        out,
        "\nWho: the administrator of each node, one node after the other.\n\n\
         1. Put certificate and key in the place of the node's present ones: \
         `xpack.security.transport.ssl.certificate` and\n   `.key`, or `.keystore.path`. Where they are two files, a reload \
         between the one and the other fails, is logged, and is\n   made good by the next. A key store of another password needs\n   \
         `xpack.security.transport.ssl.keystore.secure_password` in the Elasticsearch keystore, and a restart.\n\
         2. Key stores in `{folder}/` hold the new CA only. Where a node's `truststore.path` and `keystore.path` name one \
         file, give\n   it `truststore.path: {first}/truststore.p12` first, with a restart, or it would refuse the nodes \
         that are yet to follow.\n\
         3. See that the node is back in the cluster before you turn to the next.\n\n\
         Check: `sh {folder}/check.sh`, with the files' password as `--pass-file FILE` where they are key stores.\n",
        first = TRUST_BOTH.folder
    );
}

fn third(out: &mut String, subject: &Subject<'_>) {
    let folder = TRUST_NEW.folder;
    let store = if subject.materials.trust_stores.is_some() {
        ", or `truststore.p12` beside it"
    } else {
        ""
    };
    let _ = write!(
        out,
        "\n## Step 3: {}\n\nNot before the last node presents a certificate of the new CA: one that still has an old one \
         is refused from here on.\n\nWho: everybody who took part in step 1, in any order.\nFile: `{folder}/ca.crt`{store}, in the place of the file \
         of step 1.\n\nCheck: `sh {folder}/check.sh`. Then keep the old CA's key where nobody can use it, or destroy it.\n",
        TRUST_NEW.title
    );
}

impl Presents {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Old => "old",
        }
    }
}

impl Trusts {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::New => "new",
            Self::Old => "old",
        }
    }
}

const BEFORE: &str = "
## How changes take effect

Elasticsearch looks at its certificate, key, CA and restrictions files every five seconds (`resource.reload.interval.high`)
and takes changed contents without a restart, as long as the *path* in the settings stays the same. A changed setting or
password needs a restart of the node. A file that cannot be read is logged, and the old contents stay in use until the
next restart, which then fails: look at the log after each file.

Connections that are open are not judged again. A mistake shows at the next connection, which may be days later, so
check each step, or end it with a rolling restart.
";
const BACK: &str = "
## Back

Each step can be taken back with the files that were there before it, as long as the next one has not begun: keep them.
";
