//! Replaces the CA of a cluster by another one while its nodes keep running.
//!
//! A cluster rolls its CA over in three steps: both authorities are trusted, every node gets a certificate
//! of the new one, the old one is dropped. In the middle of each step some nodes have taken it and some
//! have not, and they must accept each other all the same. [`simulate`] takes Elasticsearch's decision for
//! each of these states, [`check`] says what would go wrong, and [`plan()`] writes the files and the
//! instructions of each step.
//!
//! Nothing is read here, and nothing of a cluster is changed: certificates and `now` go in, files come out.
//!
//! ```
//! use crosstrust_issue::{Authority, AuthorityRequest, Instance, InstanceText, Profile, Issuer, issue};
//! use crosstrust_keystore::{KeyType, PrivateKey};
//! use crosstrust_preflight::{Node, Settings, TrustList};
//! use crosstrust_rotate::{NewLeaves, RollOver, check, simulate};
//! use crosstrust_x509::Timestamp;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let now = Timestamp::parse_rfc3339("2026-01-31T12:00:00Z")?;
//! let key_type = KeyType::EcP256;
//! let authority = |name: &str, days| {
//!     Authority::generate(&AuthorityRequest { subject: name.to_owned(), days, key_type }, now)
//! };
//! let (old, new) = (authority("CN=CA 1", 100)?, authority("CN=CA 2", 1000)?);
//! let text = InstanceText { name: "node1".to_owned(), ..InstanceText::default() };
//! let instance = Instance::from_text(&text)?;
//! let profile = Profile { key_type, days: 30, now };
//! let signer = Issuer::Authority(&old);
//! let leaf = issue(&instance, PrivateKey::generate(key_type)?, signer, &profile)?.certificate;
//!
//! let roll_over = RollOver {
//!     old: vec![old.certificate().clone()],
//!     new: vec![new.certificate().clone()],
//!     kept: Vec::new(),
//!     nodes: vec![Node::new("node1.crt", vec![leaf])],
//!     settings: Settings::new(TrustList::default()),
//!     others: Vec::new(),
//!     now,
//! };
//! let simulation = simulate(&roll_over, &NewLeaves::stand_ins(&roll_over)?);
//! assert!(simulation.states.iter().all(|state| (state.refused == 0) == state.step.is_some()));
//! assert!(check(&roll_over, &simulation).is_empty());
//! # Ok(())
//! # }
//! ```

mod checks;
mod leaves;
mod plan;
mod roll_over;
mod simulation;

pub use checks::{check, rules};
pub use leaves::{NewLeaves, file_names, renew_all};
pub use plan::{Materials, Plan, PlanStep, plan};
pub use roll_over::RollOver;
pub use simulation::{Presents, Simulation, State, Trusts, simulate};
