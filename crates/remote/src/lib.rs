//! Remote clusters: a connection file becomes a kit of files for both sides.
//!
//! [`Connection::parse`] reads what is known of two clusters and refuses what they cannot do together.
//! [`plan()`] makes the [`Kit`]: numbered steps for both sides, and every file and request body that
//! they speak of. [`check()`] says beforehand what would go wrong, and [`verify()`] afterwards whether it
//! did. Each platform knows its own side only; what it hands out and what it must be told
//! are the same with every other platform.
//!
//! Nothing here opens a file: certificates come as [`Material`], the kit goes out as text. A kit
//! holds no secret but those that a resource on Kubernetes has in clear text, of which it tells the names, and the
//! same input makes the same kit.
//!
//! ```
//! use crosstrust_remote::{Connection, Material, plan};
//!
//! let connection = Connection::parse(
//!     "alias: my-remote
//! model: api-key
//! local: {platform: self-managed, version: 9.1.0}
//! remote: {platform: ech, version: 9.1.0, endpoint: my-remote.es.us-central1.gcp.cloud.es.io}
//! access: {search: [{names: [\"logs-*\"]}]}
//! ",
//! )?;
//! let kit = plan(&connection, &Material::default())?;
//! assert!(kit.steps.iter().any(|step| step.title == "Create the cross-cluster API key"));
//! # Ok::<(), crosstrust_remote::Error>(())
//! ```

mod also;
mod check;
mod connection;
mod document;
mod error;
mod http;
mod kit;
mod party;
mod patch;
mod plan;
mod platform;
mod role;
mod template;
mod trust_settings;
mod verify;
mod version;

pub use also::Also;
pub use also::UnknownForm;
pub use check::Subject;
pub use check::check;
pub use check::check_kit;
pub use check::check_together;
pub use check::rules;
pub use connection::Accepts;
pub use connection::Access;
pub use connection::Connection;
pub use connection::Endpoint;
pub use connection::Grant;
pub use connection::Mode;
pub use connection::Model;
pub use connection::NamedNode;
pub use connection::NodeSet;
pub use connection::Platform;
pub use connection::Resource;
pub use connection::Side;
pub use connection::UnknownWord;
pub use connection::authority_paths;
pub use error::Error;
pub use http::HttpAnswer;
pub use http::HttpError;
pub use http::get_request;
pub use http::read_answer;
pub use kit::Base;
pub use kit::ClusterRole;
pub use kit::Kind;
pub use kit::Kit;
pub use kit::KitFile;
pub use kit::Request;
pub use kit::Step;
pub use plan::Material;
pub use plan::NodeCertificate;
pub use plan::Planned;
pub use plan::RestrictionsInUse;
pub use plan::ServerCertificate;
pub use plan::SideMaterial;
pub use plan::StoreUse;
pub use plan::TrustStore;
pub use plan::TrustedFile;
pub use plan::plan;
pub use plan::plan_together;
pub use role::SecurityRole;
pub use role::SecurityRoleError;
pub use template::Question;
pub use template::Template;
pub use trust_settings::TrustBody;
pub use trust_settings::TrustChange;
pub use trust_settings::TrustError;
pub use trust_settings::merge_trust;
pub use verify::AnswerError;
pub use verify::ClusterSettings;
pub use verify::LoadedFile;
pub use verify::Remote;
pub use verify::RemoteInfo;
pub use verify::RunningCertificates;
pub use verify::UNANSWERED;
pub use verify::verify;
pub use verify::verify_certificates;
pub use verify::verify_registration;
pub use version::Version;
