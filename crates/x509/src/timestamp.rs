//! Points in time, to the second, in UTC.

use std::fmt;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::error::Error;

/// A point in time: seconds since 1970-01-01T00:00:00Z. Prints as RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From seconds since the epoch, clamped to the years 0000 to 9999 that certificates can name.
    pub fn from_unix(seconds: i64) -> Self {
        Self(seconds.clamp(YEAR_0000, YEAR_9999))
    }

    /// Seconds since the epoch.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// Parses RFC 3339 text, such as `2026-01-31T12:00:00Z`; fractions of a second are dropped.
    pub fn parse_rfc3339(text: &str) -> Result<Self, Error> {
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|time| Self::from_unix(time.unix_timestamp()))
            .map_err(|_| Error::Time { text: text.to_owned() })
    }

    /// This time and a number of seconds, which may be negative.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// This time and a number of days of 86,400 seconds, which may be negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(SECONDS_A_DAY))
    }

    /// Whole days from this time to `later`, rounded down; negative if `later` is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(SECONDS_A_DAY)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = OffsetDateTime::from_unix_timestamp(self.0).map_err(|_| fmt::Error)?;
        f.write_str(&time.format(&Rfc3339).map_err(|_| fmt::Error)?)
    }
}

const SECONDS_A_DAY: i64 = 86_400;
const YEAR_0000: i64 = -62_167_219_200;
const YEAR_9999: i64 = 253_402_300_799;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_in_and_out() {
        #[track_caller]
        fn check(text: &str, unix: i64, printed: &str) {
            let time = Timestamp::parse_rfc3339(text).unwrap();
            assert_eq!((time.unix(), time.to_string().as_str()), (unix, printed));
        }

        check("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z");
        check("2026-11-22T01:00:00+01:00", 1_795_305_600, "2026-11-22T00:00:00Z");
        check("2026-11-22T00:00:00.75Z", 1_795_305_600, "2026-11-22T00:00:00Z");
        check("9999-12-31T23:59:59Z", 253_402_300_799, "9999-12-31T23:59:59Z");
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "tomorrow", "2026-11-22", "2026-13-01T00:00:00Z"] {
            assert_eq!(Timestamp::parse_rfc3339(text), Err(Error::Time { text: text.to_owned() }));
        }
    }

    #[test]
    fn extreme_times_print() {
        assert_eq!(Timestamp::from_unix(i64::MIN).to_string(), "0000-01-01T00:00:00Z");
        assert_eq!(Timestamp::from_unix(i64::MAX).to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::from_unix(0).plus_days(i64::MAX).to_string(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn days_are_rounded_down() {
        let start = Timestamp::from_unix(0);
        assert_eq!(start.days_until(Timestamp::from_unix(86_399)), 0);
        assert_eq!(start.days_until(Timestamp::from_unix(86_400)), 1);
        assert_eq!(start.days_until(Timestamp::from_unix(-1)), -1);
    }
}
