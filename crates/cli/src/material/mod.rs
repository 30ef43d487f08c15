//! What commands read of files: certificates and keys, CAs, instances, restrictions, connections.

pub(crate) mod authority;
pub(crate) mod cluster;
pub(crate) mod connection;
pub(crate) mod expiry;
pub(crate) mod instances;
pub(crate) mod layers;
pub(crate) mod restrictions;
pub(crate) mod sources;
pub(crate) mod trust;
