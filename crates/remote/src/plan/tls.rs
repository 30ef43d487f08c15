//! The kit of two clusters that know each other by their transport certificates.

use super::{connect, network, reissue, roles};
use crate::error::Error;
use crate::kit::Builder;
use crate::party::Party;

/// Names first, then trust on both sides, then the way between them and the connection.
pub(super) fn steps(
    local: &Party<'_>,
    remote: &Party<'_>,
    builder: &mut Builder,
) -> Result<(), Error> {
    reissue::step(local, builder)?;
    reissue::step(remote, builder)?;
    remote.platform().trust(remote, local, builder)?;
    local.platform().trust(local, remote, builder)?;
    network::step(local, remote, builder);
    roles::certificate_roles(local, remote, builder);
    connect::register(local, remote, builder);
    connect::verify(local, remote, builder);
    connect::removal(local, remote, builder);
    Ok(())
}
