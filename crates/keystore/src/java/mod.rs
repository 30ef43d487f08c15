//! What the JVM of Elasticsearch makes of a file: what it cannot open, what it does not see, which key
//! of several it presents, whom it trusts.
//!
//! Each question is answered as Java 17 and Java 25 answer it, which `fixtures/node-files.tsv` records.
//! Everything here looks at bytes or at contents that were opened before.

mod alias_order;
mod certificate_file;
mod key_file;
mod obstacle;
mod scheme;
mod store;
mod store_type;

pub use self::certificate_file::CertificateFile;
pub use self::certificate_file::certificate_file;
pub use self::key_file::key_blocks;
pub use self::key_file::key_file;
pub use self::obstacle::Layout;
pub use self::obstacle::Obstacle;
pub use self::obstacle::Reason;
pub use self::obstacle::RefusedBy;
pub use self::store::anchors;
pub(crate) use self::store::content_obstacles;
pub use self::store::key_obstacles;
pub use self::store::key_store_obstacles;
pub use self::store::key_store_obstacles_as;
pub use self::store::presented;
pub use self::store::trust_store_obstacles;
pub use self::store::trust_store_obstacles_as;
pub use self::store_type::StoreType;
