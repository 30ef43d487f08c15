//! What commands write: where it goes, what is there already, and what is told of it.

pub(crate) mod destination;
pub(crate) mod existing;
pub(crate) mod holding;
pub(crate) mod listing;
mod others;
pub(crate) mod place;
pub(crate) mod wanted;
