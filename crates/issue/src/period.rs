//! Periods of the calendar, as elasticsearch-certutil's dialogue takes them: `5y`, `18m`, `1y,6m`.

use std::fmt;

use crosstrust_x509::Timestamp;
use time::{Date, Month, OffsetDateTime};

use crate::error::Error;

/// Years, months and days.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Period {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Days; weeks count seven.
    pub days: u32,
}

impl Period {
    /// A number of whole years.
    pub const fn of_years(years: u32) -> Self {
        Self { years, months: 0, days: 0 }
    }

    /// Reads numbers followed by `y`, `m`, `w` or `d` in that order and in either case; commas
    /// and blanks between them are dropped.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| Error::Period { text: text.to_owned() })
    }

    fn read(text: &str) -> Option<Self> {
        let compact: String = text.chars().filter(|c| *c != ',' && !c.is_whitespace()).collect();
        let mut period = Self { years: 0, months: 0, days: 0 };
        let (mut rest, mut units) = (compact.to_ascii_lowercase(), "ymwd");
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit())?;
            let number: u32 = rest.get(..digits)?.parse().ok()?;
            let unit = rest.get(digits..)?.chars().next()?;
            let place = units.find(unit)?;
            match unit {
                'y' => period.years = number,
                'm' => period.months = number,
                'w' => period.days = number.checked_mul(7)?,
                _ => period.days = period.days.checked_add(number)?,
            }
            units = units.get(place.checked_add(1)?..)?;
            rest = rest.get(digits.checked_add(1)?..)?.to_owned();
        }
        Some(period)
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self == Self::of_years(0)
    }

    /// Days, a month counted as 30 of them and a year as 12 months: enough to tell whether a
    /// period is short.
    pub fn approximate_days(self) -> u64 {
        self.whole_months() * 30 + u64::from(self.days)
    }

    /// The days of 24 hours from a point in time until it is over, counted in the calendar: a year
    /// from 29 February ends on 28 February.
    pub fn days_from(self, start: Timestamp) -> Result<u32, Error> {
        let too_long = || Error::PeriodTooLong { period: self.to_string() };
        self.count_days(start).ok_or_else(too_long)
    }

    fn count_days(self, start: Timestamp) -> Option<u32> {
        let start = OffsetDateTime::from_unix_timestamp(start.unix()).ok()?.date();
        let month = u64::from(u8::from(start.month())).checked_sub(1)?;
        let months = u64::try_from(start.year()).ok()?.checked_mul(12)?.checked_add(month)?;
        let months = months.checked_add(self.whole_months())?;
        let year = i32::try_from(months / 12).ok()?;
        let month = Month::try_from(u8::try_from(months % 12).ok()?.checked_add(1)?).ok()?;
        let day = start.day().min(month.length(year));
        let end = Date::from_calendar_date(year, month, day).ok()?;
        let days = i64::from(end.to_julian_day()) - i64::from(start.to_julian_day());
        u32::try_from(days).ok()?.checked_add(self.days)
    }

    fn whole_months(self) -> u64 {
        u64::from(self.years) * 12 + u64::from(self.months)
    }
}

/// `2y,3m,4d`, and `0d` for no time at all.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { years, months, days } = *self;
        let parts = [(years, 'y'), (months, 'm'), (days, 'd')];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let text: Vec<String> = parts.map(|(number, unit)| format!("{number}{unit}")).collect();
        f.write_str(if text.is_empty() { "0d" } else { "" })?;
        f.write_str(&text.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C09 and C10 of elasticsearch-certutil's tests.
    #[test]
    fn periods_are_read_and_written_as_by_certutil() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(Period::parse(text).unwrap().to_string(), expected, "{text}");
        }

        check("2y", "2y");
        check("18m", "18m");
        check("90d", "90d");
        check("1y, 6m", "1y,6m");
        check("2m 4d", "2m,4d");
        check("3Y", "3y");
        check("2y3m4d", "2y,3m,4d");
        check("2w1d", "15d");
        check("0d", "0d");
        for bad in ["", " ", "2m & 4d", "2", "y", "1d1y", "1y1y", "-1y", "99999999999y", "1 year"] {
            assert_eq!(Period::parse(bad), Err(Error::Period { text: bad.to_owned() }));
        }
    }

    /// C06: validity is counted in the calendar. The dates are those of Java's `LocalDate.plus`.
    #[test]
    fn periods_are_counted_in_the_calendar() {
        #[track_caller]
        fn check(start: &str, period: &str, end: &str) {
            let time = |day: &str| Timestamp::parse_rfc3339(&format!("{day}T10:00:00Z")).unwrap();
            let days = Period::parse(period).unwrap().days_from(time(start)).unwrap();
            assert_eq!(time(start).plus_days(i64::from(days)), time(end), "{start} + {period}");
        }

        check("2026-11-22", "5y", "2031-11-22");
        check("2028-02-29", "1y", "2029-02-28");
        check("2026-01-31", "1m", "2026-02-28");
        check("2026-11-22", "1y6m", "2028-05-22");
        check("2026-12-01", "90d", "2027-03-01");
        let long = Period::of_years(9000).days_from(Timestamp::from_unix(0));
        assert_eq!(long, Err(Error::PeriodTooLong { period: "9000y".to_owned() }));
    }
}
