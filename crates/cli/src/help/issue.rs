//! Examples of the commands that issue certificates.

use super::{Example, example};

pub(super) const CA: &[Example] = &[
    example("A CA in a key store, elastic-stack-ca.p12", "crosstrust ca --pass-file ca.pass"),
    example(
        "A CA as ca/ca.crt and ca/ca.key",
        "crosstrust ca --pem --dn 'CN=Transport CA,O=Example' --days 3650",
    ),
    example(
        "A CA below it that signs nodes and no further CAs",
        "crosstrust ca --ca-cert ca/ca.crt --ca-key ca/ca.key --dn 'CN=East CA,O=Example' --path-len 0 --out east-ca.p12",
    ),
    example(
        "A CA whose key is made in a token, as ca/ca.crt alone",
        "crosstrust ca --key 'pkcs11:token=ca;object=root' --generate --pass-file pin",
    ),
];

pub(super) const CERT: &[Example] = &[
    example(
        "Certificates for all nodes of a file",
        "crosstrust cert --ca elastic-stack-ca.p12 --in instances.yml --out certificates",
    ),
    example(
        "One node, as PEM, with the name that trust restrictions compare",
        "crosstrust cert --ca-cert ca/ca.crt --ca-key ca/ca.key --pem --name node1 --dns node1.example.com --cn node1.node.1234567abcd.cluster.myscope.account",
    ),
    example(
        "All nodes, with a CA key that is in a token",
        "crosstrust cert --ca-cert ca/ca.crt --ca-key 'pkcs11:token=ca;object=root?pin-source=pin' --in instances.yml",
    ),
    example(
        "As often as one likes: what is there and right is left alone",
        "crosstrust cert --ca ca.p12 --in instances.yml --skip-existing --format json",
    ),
    example(
        "Each night: what expires within 30 days is renewed, the rest stays",
        "crosstrust cert --ca ca.p12 --in instances.yml --skip-existing --renew-within 30",
    ),
    example(
        "With a CA key that a service keeps, asked by a program of one's own",
        "crosstrust cert --ca-cert ca.crt --ca-signer 'python3 transit.py transport-ca' --in instances.yml",
    ),
    example(
        "For a CA whose key is on another machine: what sign-offline is to sign there",
        "crosstrust cert --ca-cert ca.crt --in instances.yml --to-be-signed bundle",
    ),
    example(
        "And what came of it, with the keys that stayed here",
        "crosstrust cert --signed bundle --out certificates",
    ),
];

pub(super) const CSR: &[Example] = &[
    example(
        "Keys and requests for all nodes of a file, for somebody else's CA to sign",
        "crosstrust csr --in instances.yml --out requests",
    ),
    example(
        "One request with the name that trust restrictions compare",
        "crosstrust csr --name node1 --dns node1.example.com --cn node1.node.1234567abcd.cluster.myscope.account",
    ),
    example(
        "A request for a key that is in a token",
        "crosstrust csr --key 'pkcs11:token=ca;object=east' --pass-file pin --name 'East CA'",
    ),
];

pub(super) const SIGN: &[Example] = &[
    example(
        "Certificates for requests of other tools",
        "crosstrust sign --ca elastic-stack-ca.p12 --out signed node1.csr node2.csr",
    ),
    example(
        "Only if they ask for the names in the file",
        "crosstrust sign --ca-cert ca/ca.crt --ca-key ca/ca.key --in instances.yml 'requests/*/*.csr'",
    ),
];

pub(super) const SIGN_OFFLINE: &[Example] = &[
    example("Look at what would be signed", "crosstrust sign-offline bundle --ca ca.p12 --dry-run"),
    example(
        "Sign it, on the machine with the CA's key",
        "crosstrust sign-offline bundle --ca-cert ca.crt --ca-key ca.key",
    ),
];
