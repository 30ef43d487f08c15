//! The inventory, `crosstrust.yml`: which clusters there are, and who is meant to reach whom.
//!
//! An [`Inventory`] is read from YAML text. A cluster has a name, the files of its nodes, what it trusts, its
//! restrictions, where its passwords are, and the clusters that it is expected to accept. Paths are as they are
//! written, relative to the folder of the file; nothing is opened here. [`schema()`] describes the file to
//! editors, and [`Draft`] writes one.
//!
//! ```
//! use crosstrust_inventory::Inventory;
//!
//! let text = "
//! clusters:
//!   east:
//!     nodes: certificates/east/*.p12
//!     ca: ca/east.crt
//!     passwords:
//!       nodes: {env: EAST_PASSWORD}
//!     expect: {accepts: [west], nobody_else: true}
//!   west:
//!     nodes: certificates/west.zip
//! ";
//! let inventory = Inventory::parse(text)?;
//! let east = inventory.cluster("east").unwrap();
//! assert_eq!(east.nodes, ["certificates/east/*.p12"]);
//! assert_eq!(east.expect.as_ref().unwrap().accepts, ["west"]);
//! # Ok::<(), crosstrust_inventory::Error>(())
//! ```

mod cluster;
mod draft;
mod expect;
mod inventory;
mod keys;
mod password;
mod schema;

pub use cluster::Cluster;
pub use draft::Draft;
pub use inventory::{Error, FILE_NAME, Inventory, is_name};
pub use password::{PasswordSource, Passwords};
pub use schema::schema;
