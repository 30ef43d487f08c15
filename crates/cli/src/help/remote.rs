//! The examples of `crosstrust remote` and the commands below it, for the table of all.

use super::{Example, example};

pub(super) const OVERVIEW: &[Example] = &[example(
    "The kit of a connection, from its file",
    "crosstrust remote plan connection.yml --out kit",
)];

pub(super) const CHECK: &[Example] = &[
    example(
        "What would go wrong, and is the kit still the one of its file?",
        "crosstrust remote check connection.yml --kit kit",
    ),
    example(
        "Do the local cluster's roles allow what the connection is for?",
        "crosstrust remote check connection.yml --roles roles.json",
    ),
];

pub(super) const INIT: &[Example] = &[
    example(
        "A connection file to fill in, from a deployment to a cluster of one's own",
        "crosstrust remote init --local ech --remote self-managed --model tls --out connection.yml",
    ),
    example(
        "The same, asked for at the terminal",
        "crosstrust remote init --interactive --out connection.yml",
    ),
];

pub(super) const MERGE_TRUST: &[Example] = &[
    example(
        "Let a kit's cluster into a deployment, beside those that it trusts",
        "crosstrust remote merge-trust deployment.json kit/local/03-trust.json --out body.json",
    ),
    example(
        "And take it out again",
        "crosstrust remote merge-trust --remove deployment.json kit/local/03-trust.json --out body.json",
    ),
];

pub(super) const PLAN: &[Example] = &[
    example(
        "The kit of a connection, from its file",
        "crosstrust remote plan connection.yml --out kit",
    ),
    example(
        "Two connections of one cluster, planned together",
        "crosstrust remote plan logs.yml metrics.yml --out kits",
    ),
    example(
        "For Terraform and Ansible too",
        "crosstrust remote plan connection.yml --out kit --also terraform --also ansible",
    ),
];

pub(super) const VERIFY: &[Example] = &[
    example(
        "Are the clusters connected? Ask the local one",
        "crosstrust remote verify --url https://localhost:9200 --api-key-env ES_KEY --ca /etc/elasticsearch/certs/http_ca.crt",
    ),
    example(
        "As they were planned, and has the node loaded its files?",
        "crosstrust remote verify connection.yml --url https://localhost:9200 --api-key-env ES_KEY --ca http_ca.crt --config /etc/elasticsearch/elasticsearch.yml",
    ),
    example(
        "The same of an answer that was saved",
        "crosstrust remote verify connection.yml --info remote-info.json",
    ),
];
