//! How long a certificate is valid: from a little before now, never longer than its authority.

use crosstrust_x509::{Certificate, Timestamp};

use crate::error::Error;

/// The first and the last second of a certificate's validity.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Validity {
    /// The first second.
    pub not_before: Timestamp,
    /// The last second.
    pub not_after: Timestamp,
}

/// A validity that was cut because the authority's ends earlier.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Clamped {
    /// The end that was asked for.
    pub requested: Timestamp,
    /// The end that the certificate got: that of the authority.
    pub granted: Timestamp,
}

impl Validity {
    /// The first second of what is issued at `now`: 5 minutes before.
    pub fn start(now: Timestamp) -> Timestamp {
        now.plus_seconds(-BACKDATED_SECONDS)
    }

    /// From 5 minutes before `now`, so that a node whose clock is a little slow accepts the
    /// certificate, for `days` days of 24 hours from that start.
    pub fn starting(now: Timestamp, days: u32) -> Result<Self, Error> {
        if days == 0 {
            return Err(Error::NoDays);
        }
        let not_before = Self::start(now);
        Ok(Self { not_before, not_after: not_before.plus_days(i64::from(days)) })
    }

    /// Cut to the validity of the authority that signs; told if that costs a day or more. An
    /// authority whose validity is over at `now` is an error.
    pub fn within(
        self,
        authority: &Certificate,
        now: Timestamp,
    ) -> Result<(Self, Option<Clamped>), Error> {
        let end = authority.not_after();
        if end < now {
            let subject = authority.subject().to_string();
            return Err(Error::AuthorityExpired { subject, not_after: end });
        }
        if self.not_after <= end {
            return Ok((self, None));
        }
        let lost = end.days_until(self.not_after);
        let clamped = Clamped { requested: self.not_after, granted: end };
        Ok((Self { not_after: end, ..self }, Some(clamped).filter(|_| lost > 0)))
    }
}

const BACKDATED_SECONDS: i64 = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_24_hours_from_five_minutes_ago() {
        let now = Timestamp::from_unix(1_000_000);
        let validity = Validity::starting(now, 3).unwrap();
        assert_eq!(validity.not_before.unix(), 1_000_000 - 300);
        assert_eq!(validity.not_after.unix() - validity.not_before.unix(), 3 * 86_400);
        assert_eq!(Validity::starting(now, 0), Err(Error::NoDays));
    }
}
