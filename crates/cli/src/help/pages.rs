//! The table of examples: a row for every command, in alphabetical order.

use super::{Page, example, issue, remote};

pub(super) const PAGES: &[Page] = &[
    Page {
        name: "",
        examples: &[
            example("See the whole way once, in ten seconds", "crosstrust demo"),
            example(
                "Check a node before it is restarted",
                "crosstrust preflight node node1.p12 --trust ca.pem",
            ),
        ],
    },
    Page { name: "ca", examples: issue::CA },
    Page { name: "cert", examples: issue::CERT },
    Page {
        name: "certutil",
        examples: &[
            example(
                "What the Elastic documentation says, word for word",
                "crosstrust certutil cert --ca elastic-stack-ca.p12 -in instances.yaml",
            ),
            example(
                "A drop-in for scripts that call it by its name",
                "ln -s /usr/local/bin/crosstrust bin/elasticsearch-certutil",
            ),
        ],
    },
    Page {
        name: "completions",
        examples: &[example(
            "Completions for bash",
            "crosstrust completions bash > ~/.local/share/bash-completion/completions/crosstrust",
        )],
    },
    Page {
        name: "convert",
        examples: &[
            example(
                "A key store to PEM files in a folder",
                "crosstrust convert node1.p12 --out node1",
            ),
            example(
                "PEM files to a key store",
                "crosstrust convert node1.crt node1.key ca.crt --out node1.p12 --pass-file node1.pass",
            ),
        ],
    },
    Page { name: "csr", examples: issue::CSR },
    Page {
        name: "demo",
        examples: &[example(
            "Two clusters that learn to trust each other",
            "crosstrust demo --out crosstrust-demo",
        )],
    },
    Page {
        name: "explain",
        examples: &[example("What a code means and what to do", "crosstrust explain PF032")],
    },
    Page {
        name: "extract-ca",
        examples: &[
            example(
                "The CA of a key store as PEM",
                "crosstrust extract-ca elastic-stack-ca.p12 --out ca.pem",
            ),
            example(
                "The CAs of many key stores, each once",
                "crosstrust extract-ca 'certificates/**/*.p12' --pass-env STORE_PASS",
            ),
            example(
                "What a live transport port presents",
                "crosstrust extract-ca --connect node1.example.com:9300",
            ),
        ],
    },
    Page {
        name: "inspect",
        examples: &[
            example(
                "Fail if something expires within 30 days",
                "crosstrust inspect --expires-within 30 'certs/**/*.crt'",
            ),
            example("Everything in a key store", "crosstrust inspect elastic-certificates.p12"),
            example("The same for a program", "crosstrust inspect --format json 'certs/*.crt'"),
            example(
                "For the ca_trusted_fingerprint of Fleet and Logstash",
                "crosstrust inspect --fingerprint http_ca.crt",
            ),
        ],
    },
    Page {
        name: "inventory",
        examples: &[example(
            "Name the clusters of a folder once, for all commands",
            "crosstrust inventory init clusters",
        )],
    },
    Page {
        name: "inventory-check",
        examples: &[example(
            "Is every file there, and does it open?",
            "crosstrust inventory check",
        )],
    },
    Page {
        name: "inventory-init",
        examples: &[example(
            "Each folder below clusters/ is a cluster",
            "crosstrust inventory init clusters",
        )],
    },
    Page {
        name: "inventory-schema",
        examples: &[example(
            "For an editor that knows YAML",
            "crosstrust inventory schema > crosstrust.schema.json",
        )],
    },
    Page {
        name: "preflight",
        examples: &[example(
            "Check a node before it is restarted",
            "crosstrust preflight node node1.p12 --trust ca.pem --restrictions trust.yml",
        )],
    },
    Page {
        name: "preflight-endpoint",
        examples: &[
            example(
                "What does it present, and of which CA?",
                "crosstrust preflight endpoint https://node1.example.com:9200",
            ),
            example(
                "Would this remote cluster and our node accept each other?",
                "crosstrust preflight endpoint node1.example.com:9300 --trust ca.pem --cert node1.crt --key node1.key",
            ),
            example(
                "A remote cluster server for API keys, and who answers there",
                "crosstrust preflight endpoint proxy.example.com:9443 --trust ca.pem --model api-key --transport-probe",
            ),
            example(
                "All nodes of a list, for a program",
                "crosstrust preflight endpoint --from nodes.txt --trust ca.pem --format json",
            ),
        ],
    },
    Page {
        name: "preflight-identity",
        examples: &[example(
            "Will the API key work with requests that these nodes sign?",
            r"crosstrust preflight identity --pattern 'CN=.*\.node\.1234567abcd\.cluster\.1053523734\.account' --trust signing-ca.pem -- 'nodes/*.crt'",
        )],
    },
    Page {
        name: "preflight-matrix",
        examples: &[
            example(
                "Two clusters, each with what it trusts",
                "crosstrust preflight matrix --cluster east=east/certificates,ca=ca.pem --cluster 'west=west/*.p12,ca=ca.pem,restrictions=west/trust.yml'",
            ),
            example(
                "The same as a picture",
                "crosstrust preflight matrix --cluster east=east --cluster west=west --svg matrix.svg --html matrix.html",
            ),
        ],
    },
    Page {
        name: "preflight-node",
        examples: &[
            example(
                "Would the remote cluster accept these nodes?",
                "crosstrust preflight node 'certificates/*/*.p12' --trust ca.pem --restrictions trust.yml",
            ),
            example(
                "Is this node configured so that its cluster, and another, will accept it?",
                "crosstrust preflight node --config config/elasticsearch.yml --trust other-ca.pem --restrictions other-trust.yml",
            ),
            example(
                "The same of a container, whose settings have its own paths",
                "crosstrust preflight node --config config/elasticsearch.yml --config-root config=/usr/share/elasticsearch/config",
            ),
            example(
                "How will it be in a year?",
                "crosstrust preflight node node1.crt --key node1.key --trust ca.pem --at 2027-11-01T00:00:00Z",
            ),
        ],
    },
    Page {
        name: "reissue",
        examples: &[
            example(
                "Give the nodes of a self-managed cluster the cloud's names",
                "crosstrust reissue --ca elastic-stack-ca.p12 --cluster-id 1234567abcd --scope-id myscope 'old/*.p12'",
            ),
            example(
                "Only show what would change",
                "crosstrust reissue --ca elastic-stack-ca.p12 --cluster-id 1234567abcd --scope-id myscope --dry-run certificate-bundle.zip",
            ),
        ],
    },
    Page { name: "remote", examples: remote::OVERVIEW },
    Page { name: "remote-check", examples: remote::CHECK },
    Page { name: "remote-init", examples: remote::INIT },
    Page { name: "remote-merge-trust", examples: remote::MERGE_TRUST },
    Page { name: "remote-plan", examples: remote::PLAN },
    Page { name: "remote-verify", examples: remote::VERIFY },
    Page {
        name: "report",
        examples: &[
            example(
                "A page of two clusters, report/index.html",
                "crosstrust report --out report east=east,ca=ca.pem west=west,restrictions=trust.yml",
            ),
            example(
                "A cluster from each folder of clusters/, and metrics for node_exporter",
                "crosstrust report clusters --out report --prometheus crosstrust.prom --force",
            ),
        ],
    },
    Page {
        name: "restrictions",
        examples: &[example(
            "The patterns as Elasticsearch will load them",
            "crosstrust restrictions show trust.yml",
        )],
    },
    Page {
        name: "restrictions-add",
        examples: &[example(
            "Let in one cluster more",
            "crosstrust restrictions add trust.yml '*.node.cf659f7fe6164d9691b284ae36811be1.cluster.1053523734.account'",
        )],
    },
    Page {
        name: "restrictions-check",
        examples: &[example(
            "Who is let in?",
            "crosstrust restrictions check trust.yml 'certs/*.crt'",
        )],
    },
    Page {
        name: "restrictions-explain",
        examples: &[example("What a rule means", "crosstrust restrictions explain TR005")],
    },
    Page {
        name: "restrictions-generate",
        examples: &[example(
            "Own nodes, and one cluster in the cloud",
            "crosstrust restrictions generate --own 'certificates/*/*.p12' --trust-cluster cf659f7fe6164d9691b284ae36811be1@1053523734 --out trust.yml",
        )],
    },
    Page {
        name: "restrictions-lint",
        examples: &[
            example(
                "What is wrong with a file, and does it let the own nodes in?",
                "crosstrust restrictions lint trust.yml --own 'certificates/*/*.p12'",
            ),
            example("Show what can be mended", "crosstrust restrictions lint --diff trust.yml"),
            example(
                "With the node's settings beside it",
                "crosstrust restrictions lint trust.yml --config elasticsearch.yml",
            ),
        ],
    },
    Page {
        name: "restrictions-match",
        examples: &[
            example(
                "Does a pattern match a name?",
                "crosstrust restrictions match '*.node.*.cluster.myscope.account' node1.node.1234567abcd.cluster.myscope.account",
            ),
            example(
                "Which names does a file let in?",
                "crosstrust restrictions match --file trust.yml - < names.txt",
            ),
        ],
    },
    Page {
        name: "restrictions-merge",
        examples: &[example(
            "The patterns of two files in one",
            "crosstrust restrictions merge trust.yml more.yml --out both.yml",
        )],
    },
    Page {
        name: "restrictions-show",
        examples: &[example(
            "The patterns as Elasticsearch will load them",
            "crosstrust restrictions show trust.yml",
        )],
    },
    Page {
        name: "rotate",
        examples: &[example(
            "The steps from one CA to the next, with the files of each",
            "crosstrust rotate plan --old old-ca.crt --new new-ca.p12 --sign 'certs/*.p12' --out roll-over",
        )],
    },
    Page {
        name: "rotate-plan",
        examples: &[
            example(
                "With the new CA's key at hand, as PEM files",
                "crosstrust rotate plan --old ca.crt --new new/ca.crt --sign --new-key new/ca.key --pem 'certs/*.crt' \
                 --out roll-over",
            ),
            example(
                "With a connected cluster, whose CA stays trusted",
                "crosstrust rotate plan --old ca.crt --new new.crt --keep west.crt --cluster west=west,ca=west-trust.crt \
                 'certs/*.p12' --out roll-over",
            ),
        ],
    },
    Page { name: "sign", examples: issue::SIGN },
    Page { name: "sign-offline", examples: issue::SIGN_OFFLINE },
];
