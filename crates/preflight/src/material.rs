//! Rules about the files of clusters, for those who read them: what could not be used is a finding, and the rest
//! is judged.

use crosstrust_report::{Rule, Severity};

/// All of them.
pub(crate) const RULES: [&Rule; 3] = [&UNUSED_FILE, &NO_NODES, &NO_AUTHORITIES];

/// PF130: a file of a cluster that could not be used.
pub const UNUSED_FILE: Rule = Rule {
    code: "PF130",
    severity: Severity::Error,
    summary: "a file of a cluster that could not be used",
    explanation: "The file was passed over: it is not there, does not open with the passwords that were given, or is not \
        what its name says. Everything else of the cluster is judged as if the file were not there, so a node or a CA may be missing \
        from what is said of it. Where it is the cluster's restrictions file or its list of CAs, nothing is judged by \
        that cluster.",
    help: "see that the file is there, give its password, or take it out of the folder",
};

/// PF133: a cluster without nodes.
pub const NO_NODES: Rule = Rule {
    code: "PF133",
    severity: Severity::Error,
    summary: "a cluster of which there is no node",
    explanation: "The folder or the files of the cluster hold no certificate of a node: they are \
        empty, or there are only certificates of CAs. Whom the cluster would accept is judged, as \
        far as its CAs are there; it is not known whether it is accepted itself.",
    help: "put the certificates of the nodes there, or leave the folder out",
};

/// PF134: a cluster whose trusted certificates are not known.
pub const NO_AUTHORITIES: Rule = Rule {
    code: "PF134",
    severity: Severity::Error,
    summary: "a cluster whose trusted certificates are not known",
    explanation: "There is no CA beside the certificates of the nodes, and none is named. Nothing can be judged by this \
        cluster.",
    help: "name what the cluster trusts with ca=FILE, or put its CA beside the nodes",
};
