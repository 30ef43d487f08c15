//! An overview of clusters: who accepts whom, what expires when, whom restrictions let in, what is wrong.
//!
//! An [`Overview`] is made of clusters as `crosstrust-preflight` knows them and a time. It is written as
//! one HTML page that needs nothing else ([`Overview::page`]), as a JSON document ([`Overview::json`]) and
//! as metrics for Prometheus ([`Overview::metrics`]). All three grow with the number of certificates,
//! not with its square. Nothing is read and nothing is fetched, here or by the page.
//!
//! ```
//! use crosstrust_overview::Overview;
//! use crosstrust_preflight::{Cluster, Settings, TrustList};
//! use crosstrust_x509::Timestamp;
//!
//! let settings = Settings::new(TrustList::default());
//! let cluster = Cluster { name: "east".to_owned(), nodes: Vec::new(), settings };
//! let now = Timestamp::parse_rfc3339("2026-01-31T12:00:00Z")?;
//! let overview = Overview::new(&[cluster], now, 30);
//! assert!(overview.page().starts_with("<!doctype html>"));
//! # Ok::<(), crosstrust_x509::Error>(())
//! ```

mod admission;
mod certificate;
mod direction;
mod json;
mod metrics;
mod overview;
mod page;

pub use certificate::{ListedCertificate, Use, UseKind, ValidityState};
pub use overview::Overview;
