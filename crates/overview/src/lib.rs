//! An overview of clusters: who accepts whom, what expires when, whom restrictions let in, what is wrong.
//!
//! An [`Overview`] is made of clusters as `crosstrust-preflight` knows them and a time. It is written as
//! one HTML page that needs nothing else ([`Overview::page`]), as a drawing ([`Overview::graph`]), as a JSON document
//! ([`Overview::json`]) and as metrics for Prometheus ([`Overview::metrics`]). All grow with the number of certificates
//! and of clusters that accept each other, not with the square of all. Nothing is read and nothing is fetched, here or by the page.
//!
//! ```
//! use crosstrust_overview::{Member, Overview};
//! use crosstrust_preflight::{Cluster, Settings, TrustList};
//! use crosstrust_x509::Timestamp;
//!
//! let settings = Settings::new(TrustList::default());
//! let cluster = Cluster { name: "east".to_owned(), nodes: Vec::new(), settings };
//! let now = Timestamp::parse_rfc3339("2026-01-31T12:00:00Z")?;
//! let members = [Member::from(cluster)];
//! let overview = Overview::new(&members, now, 30);
//! assert!(overview.page().starts_with("<!doctype html>"));
//! # Ok::<(), crosstrust_x509::Error>(())
//! ```

mod admission;
mod certificate;
mod direction;
mod graph;
mod json;
mod layout;
mod member;
mod metrics;
mod overview;
mod page;
mod pairs;

pub use certificate::{ListedCertificate, Use, UseKind, ValidityState};
pub use member::Member;
pub use overview::Overview;
