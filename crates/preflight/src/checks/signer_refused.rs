//! PF102: a certificate whose signatures the remote cluster refuses.

use crosstrust_report::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "PF102",
    severity: Severity::Error,
    summary: "a certificate whose signatures the remote cluster refuses",
    explanation: "With strong identity, requests carry the certificate that signs them, and the remote \
        cluster judges it before it compares the name: as a TLS client's, by \
        `cluster.remote.signing.certificate_authorities`, so that an extendedKeyUsage must allow \
        clientAuth and a keyUsage digitalSignature; by its dates; and its key must be RSA or EC, \
        on one of the curves P-256, P-384 and P-521. A node does not start with another kind of key for signing.",
    help: "sign with an RSA or EC key whose certificate comes from a CA that the remote cluster trusts for \
        signatures",
};
