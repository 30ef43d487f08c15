//! The platforms, a file each: what a side hands out, and what it must be told.

pub(crate) mod cloud;
mod ece;
mod ech;
pub(crate) mod eck;
mod self_managed;

use crate::connection::Platform;
use crate::party::Behaviour;

/// The behaviour of a platform.
pub(crate) fn of(platform: Platform) -> &'static dyn Behaviour {
    match platform {
        Platform::Ece => &ece::Ece,
        Platform::Ech => &ech::Ech,
        Platform::Eck => &eck::Eck,
        Platform::SelfManaged => &self_managed::SelfManaged,
    }
}
