//! What commands read of files: certificates and keys, CAs, instances, restrictions, connections.

pub(crate) mod asked;
pub(crate) mod authority;
pub(crate) mod cluster;
pub(crate) mod config_root;
mod configured;
pub(crate) mod configured_files;
pub(crate) mod connection;
pub(crate) mod exchange;
pub(crate) mod expiry;
pub(crate) mod file_kind;
pub(crate) mod instances;
pub(crate) mod inventory;
pub(crate) mod kept_keys;
pub(crate) mod keys;
pub(crate) mod layers;
pub(crate) mod member;
mod misplaced;
pub(crate) mod node_keys;
pub(crate) mod request;
pub(crate) mod restrictions;
mod restrictions_beside;
pub(crate) mod sources;
pub(crate) mod trust;
