//! PF091: a file that some releases of Java do not open.

use crosstrust_report::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "PF091",
    severity: Severity::Warning,
    summary: "a file that some releases of Java do not open",
    explanation: "Whether the node starts depends on the Java that it runs on, so the verdict is `not judged`. Java 17 \
        takes ASCII passwords alone for what is encrypted with PBES2, knows no PBKDF2 with SHA-512/256, and reads \
        no PEM certificate behind a byte order mark or blanks; Java 25 does. Elasticsearch brings its own Java, \
        unless `ES_JAVA_HOME` names another.",
    help: "write the file in a way that every release takes",
};
