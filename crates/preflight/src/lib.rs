//! Will these certificates be accepted? Elasticsearch's verdict before it is asked.
//!
//! A [`Node`] presents certificates; a [`Policy`] says who judges them. [`check_nodes`] gives the
//! verdict of the JDK's trust manager and of the trust restrictions for both roles of each node, and
//! findings by the rules of [`rules()`]. Everything is decided from bytes that were read before; nothing
//! is repaired. [`matrix()`] judges clusters by each other, and [`endpoint`] looks at live ports, over
//! connections that the caller opens. [`node_settings`] finds all that in a node's `elasticsearch.yml`.
//!
//! ```
//! use crosstrust_keystore::open::open;
//! use crosstrust_preflight::{Node, Policy, Settings, TrustList, check_node};
//! use crosstrust_x509::Timestamp;
//!
//! let certificates = |path| {
//!     let contents = open(&std::fs::read(path).unwrap(), &[]).unwrap();
//!     contents.certificates().into_iter().cloned().collect::<Vec<_>>()
//! };
//! let node = Node::new("node1", certificates("../../fixtures/cluster/nodes/self-managed-1.crt"));
//! let trusted = TrustList::new(certificates("../../fixtures/cluster/ca.crt"));
//! let now = Timestamp::parse_rfc3339("2026-01-31T12:00:00Z").unwrap();
//!
//! let verdict = check_node(&node, &Policy::new(Settings::new(trusted), now));
//! assert!(verdict.ok());
//! ```

mod admission;
pub mod certificate_identity;
mod chain;
mod checks;
mod cluster;
pub mod endpoint;
mod error;
mod examination;
mod explanation;
mod fleet;
pub mod host_name;
mod java_name;
mod known;
pub mod material;
mod matrix;
pub mod matrix_picture;
mod matrix_refusals;
mod node;
pub mod node_settings;
mod node_verdict;
mod obstacle;
mod path;
mod refusal;
mod role;
mod rules;
#[cfg(test)]
mod sample;
mod settings;
mod signature_cache;
mod trust_list;
mod unjudged;
mod verdict;
mod voucher;
mod wording;

pub use admission::admission;
pub use chain::Chain;
pub use checks::NOT_JUDGED;
pub use checks::start;
pub use cluster::Cluster;
pub use cluster::Expectation;
pub use cluster::NodePosition;
pub use error::LoadProblem;
pub use error::PathError;
pub use error::PolicyProblem;
pub use error::SignatureProblem;
pub use explanation::Explanation;
pub use explanation::reason;
pub use fleet::Direction;
pub use fleet::Fleet;
pub use fleet::JudgeClass;
pub use fleet::NodeClass;
pub use fleet::Outcome;
pub use fleet::Shortfall;
pub use matrix::Acceptance;
pub use matrix::ClusterNames;
pub use matrix::Matrix;
pub use matrix::MatrixVerdict;
pub use matrix::expected_matrix;
pub use matrix::matrix;
pub use matrix_refusals::MEANT;
pub use matrix_refusals::RULE as REFUSED;
pub use matrix_refusals::RefusalGroup;
pub use matrix_refusals::refusal_numbers;
pub use node::KeyContainer;
pub use node::Node;
pub use node_verdict::NodeVerdict;
pub use node_verdict::Verdicts;
pub use node_verdict::check_node;
pub use node_verdict::check_nodes;
pub use node_verdict::check_presented;
pub use node_verdict::check_signer;
pub use node_verdict::check_together;
pub use path::Judgement;
pub use path::Path;
pub use refusal::Refusal;
pub use role::Role;
pub use rules::explain;
pub use rules::rules;
pub use settings::Policy;
pub use settings::RestrictionsFile;
pub use settings::SecurityModel;
pub use settings::Settings;
pub use settings::UnknownMode;
pub use settings::UnknownModel;
pub use settings::VerificationMode;
pub use signature_cache::SignatureCache;
pub use trust_list::TrustFile;
pub use trust_list::TrustList;
pub use unjudged::Unjudged;
pub use verdict::Verdict;
