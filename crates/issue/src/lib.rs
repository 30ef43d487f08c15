//! Authorities and node certificates with the names that trust restrictions compare.
//!
//! A [`Manifest`] (`instances.yml`) or a single [`Instance`] says who is to get a certificate, an
//! [`Authority`] signs, [`Profile`] says for how long. Keys are generated in parallel by
//! [`issue_all`]; what comes out goes into files through [`Bundle`].
//!
//! Nothing here reads a clock or a file: `now` is a parameter, and files are bytes.

mod authority;
mod bundle;
mod error;
mod extensions;
mod instance;
mod issued;
mod manifest;
mod naming;
mod period;
mod reissue;
mod request;
mod serial;
mod suggestion;
mod to_be_signed;
mod validity;

pub use authority::{Authority, AuthorityRequest, Constraints};
pub use bundle::{Bundle, BundleFile, KeyFile, Packaging, key_store, package, package_request};
pub use error::Error;
pub use extensions::Purpose;
pub use instance::{Instance, InstanceText, Problem};
pub use issued::{Issued, Profile, Signer, issue, issue_all, issue_for};
pub use manifest::{Manifest, ManifestProblem};
pub use naming::{Naming, NamingError, NamingValues, NodeId, NodeIdSource};
pub use period::Period;
pub use reissue::ReissuePlan;
pub use request::{Requested, Signed, differences, request, request_all};
pub use suggestion::closest;
pub use validity::{Clamped, Validity};
