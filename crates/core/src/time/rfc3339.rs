//! Timestamps as text (RFC 3339, as CEL's `timestamp()` takes them).

use super::civil::{Civil, Date};
use super::{Instant, span::push_fraction};
use alloc::string::String;

/// A point in time with nanoseconds, in years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix_seconds: i64,
    /// Nanoseconds after that second, 0 to 999,999,999.
    pub nanos: u32,
}

const MIN_SECONDS: i64 = -62_135_596_800;
const MAX_SECONDS: i64 = 253_402_300_799;

impl Timestamp {
    /// A timestamp, or `None` outside years 1 to 9999 or with a whole second of nanoseconds.
    #[must_use]
    pub fn new(unix_seconds: i64, nanos: u32) -> Option<Self> {
        let in_range = (MIN_SECONDS..=MAX_SECONDS).contains(&unix_seconds) && nanos < 1_000_000_000;
        in_range.then_some(Self { unix_seconds, nanos })
    }

    /// Reads `2026-11-24T09:30:00.5+01:00`.
    ///
    /// `None` for what is not an RFC 3339 `date-time` with at most nine decimals, for leap seconds (there is no
    /// way to count them in Unix time) and for instants outside years 1 to 9999.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = Scan::new(text);
        let date = scan.date()?;
        scan.one_of(b"Tt")?;
        let hour = scan.number(2, 23)?;
        scan.one_of(b":")?;
        let minute = scan.number(2, 59)?;
        scan.one_of(b":")?;
        let second = scan.number(2, 59)?;
        let nanos = if scan.one_of(b".").is_some() { scan.nanos()? } else { 0 };
        let offset = scan.offset()?;
        if !scan.is_at_end() {
            return None;
        }
        let civil = Civil { date, second_of_day: hour * 3600 + minute * 60 + second };
        Self::new(civil.to_seconds() - offset, nanos)
    }

    /// Appends the timestamp in UTC, with as many decimals as it needs.
    pub fn write(self, out: &mut String) {
        let civil = Civil::from_seconds(self.unix_seconds);
        civil.date.write_iso(out);
        for (separator, number) in [
            ('T', civil.second_of_day / 3600),
            (':', civil.second_of_day / 60 % 60),
            (':', civil.second_of_day % 60),
        ] {
            out.push(separator);
            push_digits(number, 2, out);
        }
        push_fraction(self.nanos, out);
        out.push('Z');
    }

    /// The millisecond in which the timestamp lies.
    #[must_use]
    pub fn to_instant(self) -> Instant {
        Instant { unix_ms: self.unix_seconds * 1000 + i64::from(self.nanos / 1_000_000) }
    }

    /// The instant as a timestamp; `None` outside years 1 to 9999.
    #[must_use]
    pub fn from_instant(instant: Instant) -> Option<Self> {
        let nanos = u32::try_from(instant.unix_ms.rem_euclid(1000)).ok()? * 1_000_000;
        Self::new(instant.unix_seconds(), nanos)
    }
}

/// Reads a timestamp (see [`Timestamp::parse`]) as milliseconds since 1970-01-01T00:00:00Z.
#[must_use]
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    Timestamp::parse(text).map(|timestamp| timestamp.to_instant().unix_ms)
}

/// Appends the timestamp of `unix_ms`; beyond years 1 to 9999 the first or last one that there is.
pub fn write_rfc3339(unix_ms: i64, out: &mut String) {
    let unix_ms = unix_ms.clamp(MIN_SECONDS * 1000, MAX_SECONDS * 1000 + 999);
    if let Some(timestamp) = Timestamp::from_instant(Instant { unix_ms }) {
        timestamp.write(out);
    }
}

/// Writes `number` with at least `width` digits.
pub(super) fn push_digits(number: u32, width: u32, out: &mut String) {
    for position in (0..10).rev() {
        let scale = 10_u32.pow(position);
        if position < width || number >= scale {
            out.push(char::from_digit(number / scale % 10, 10).unwrap_or('0'));
        }
    }
}

/// The rest of a text that is being read.
pub(super) struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// RFC 3339 `full-date`.
    pub(super) fn date(&mut self) -> Option<Date> {
        let year = self.number(4, 9999)?;
        self.one_of(b"-")?;
        let month = self.number(2, 12)?;
        self.one_of(b"-")?;
        let day = self.number(2, 31)?;
        Date::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        if !bytes.contains(first) {
            return None;
        }
        self.rest = rest;
        Some(*first)
    }

    fn digit(&mut self) -> Option<u32> {
        self.one_of(b"0123456789").map(|byte| u32::from(byte - b'0'))
    }

    /// Exactly `width` digits, at most `max`.
    fn number(&mut self, width: usize, max: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..width {
            number = number * 10 + self.digit()?;
        }
        (number <= max).then_some(number)
    }

    /// One to nine decimals.
    fn nanos(&mut self) -> Option<u32> {
        let mut nanos = self.digit()?;
        for _ in 1..9 {
            nanos = nanos * 10 + self.digit().unwrap_or(0);
        }
        Some(nanos)
    }

    /// RFC 3339 `time-offset`, in seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2, 23)?;
        self.one_of(b":")?;
        let minutes = self.number(2, 59)?;
        Some(sign * i64::from(hours * 3600 + minutes * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(timestamp: Timestamp) -> String {
        let mut out = String::new();
        timestamp.write(&mut out);
        out
    }

    #[test]
    fn timestamps_are_read_and_written() {
        for (text, seconds, nanos, utc) in [
            ("1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"),
            ("2009-02-13T23:31:30Z", 1_234_567_890, 0, "2009-02-13T23:31:30Z"),
            ("2026-11-24T09:30:00.5+01:00", 1_795_509_000, 500_000_000, "2026-11-24T08:30:00.5Z"),
            ("2026-11-24t09:30:00.000001-05:30", 1_795_532_400, 1_000, "2026-11-24T15:00:00.000001Z"),
            ("0001-01-01T00:00:00Z", MIN_SECONDS, 0, "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", MAX_SECONDS, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000, "1969-12-31T23:59:59.5Z"),
        ] {
            let timestamp = Timestamp::parse(text).unwrap();
            assert_eq!((timestamp.unix_seconds, timestamp.nanos), (seconds, nanos), "{text}");
            assert_eq!(written(timestamp), utc);
        }
    }

    #[test]
    fn what_is_no_timestamp_is_refused() {
        for text in [
            "",
            "2026-11-24",
            "2026-11-24T09:30:00",
            "2026-11-24 09:30:00Z",
            "2026-11-24T09:30Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T09:60:00Z",
            "2026-12-31T23:59:60Z",
            "2026-02-30T00:00:00Z",
            "2026-11-24T09:30:00.Z",
            "2026-11-24T09:30:00.1234567890Z",
            "2026-11-24T09:30:00+24:00",
            "2026-11-24T09:30:00+0100",
            "2026-11-24T09:30:00Zx",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "10000-01-01T00:00:00Z",
            "-001-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn instants_are_milliseconds() {
        let timestamp = Timestamp::parse("1969-12-31T23:59:59.9996Z").unwrap();
        assert_eq!(timestamp.to_instant(), Instant { unix_ms: -1 });
        assert_eq!(
            Timestamp::from_instant(Instant { unix_ms: -1 }).map(written).unwrap(),
            "1969-12-31T23:59:59.999Z"
        );
        assert_eq!(Timestamp::from_instant(Instant { unix_ms: i64::MAX }), None);
        assert_eq!(parse_rfc3339("1970-01-01T00:00:01.5Z"), Some(1500));
        let mut out = String::new();
        write_rfc3339(i64::MAX, &mut out);
        write_rfc3339(i64::MIN, &mut out);
        assert_eq!(out, "9999-12-31T23:59:59.999Z0001-01-01T00:00:00Z");
    }
}
