//! Times as logs write them.

use footlight_core::time::{Date, parse_rfc3339};

use super::error::Fault;

/// A number since 1970; its size tells its unit: seconds, milliseconds, microseconds or nanoseconds.
pub(super) fn of_number(number: i64) -> Result<i64, Fault> {
    const YEAR_5138_S: i64 = 100_000_000_000;
    match number {
        i64::MIN..0 => Err(Fault::NegativeTime),
        0..YEAR_5138_S => Ok(number * 1_000),
        YEAR_5138_S..100_000_000_000_000 => Ok(number),
        100_000_000_000_000..100_000_000_000_000_000 => Ok(number / 1_000),
        _ => Ok(number / 1_000_000),
    }
}

/// Seconds since 1970 with a fraction.
pub(super) fn of_seconds(seconds: f64) -> Result<i64, Fault> {
    if seconds < 0.0 {
        return Err(Fault::NegativeTime);
    }
    if seconds >= 100_000_000_000.0 { of_number(seconds as i64) } else { Ok((seconds * 1_000.0) as i64) }
}

/// `2026-11-20T10:00:00.123+01:00`, or a number.
pub(super) fn of_text(text: &str) -> Result<i64, Fault> {
    if let Some(at_ms) = parse_rfc3339(text) {
        return not_before_1970(at_ms);
    }
    if let Ok(number) = text.parse::<i64>() {
        return of_number(number);
    }
    text.parse::<f64>().ok().filter(|seconds| seconds.is_finite()).map_or(Err(Fault::BadTime), of_seconds)
}

/// `20/Nov/2026:10:00:00 +0100`
pub(super) fn of_common_log(text: &str) -> Result<i64, Fault> {
    parse_common_log(text).map_or(Err(Fault::BadTime), not_before_1970)
}

fn parse_common_log(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(':')?;
    let mut date = date.split('/');
    let day = number(date.next()?, 2)?;
    let month = month(date.next()?)?;
    let year = number(date.next()?, 4)?;
    if date.next().is_some() {
        return None;
    }
    let (clock, zone) = time.split_once(' ')?;
    let mut clock = clock.split(':');
    let (hour, minute, second) =
        (number(clock.next()?, 2)?, number(clock.next()?, 2)?, number(clock.next()?, 2)?);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let zone = number(zone.get(1..)?, 4)?;
    let offset = sign * (i64::from(zone / 100) * 3_600 + i64::from(zone % 100) * 60);
    let days = Date::new(year, month, u8::try_from(day).ok()?)?.unix_days();
    let seconds = i64::from(days) * 86_400 + i64::from(hour * 3_600 + minute * 60 + second) - offset;
    Some(seconds * 1_000)
}

fn number(digits: &str, length: usize) -> Option<i32> {
    let is_number = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.bytes().fold(0, |number, digit| number * 10 + i32::from(digit - b'0')))
}

fn month(name: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let place = MONTHS.iter().position(|month| *month == name)?;
    u8::try_from(place + 1).ok()
}

const fn not_before_1970(at_ms: i64) -> Result<i64, Fault> {
    if at_ms < 0 { Err(Fault::NegativeTime) } else { Ok(at_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_logs_write_them() {
        const AT: i64 = 1_795_165_200_123;
        for (text, expected) in [
            ("2026-11-20T10:00:00.123+01:00", Ok(AT)),
            ("1795165200123", Ok(AT)),
            ("1795165200", Ok(AT - 123)),
            ("1795165200123456", Ok(AT)),
            ("1795165200123456789", Ok(AT)),
            ("1795165200.123", Ok(AT)),
            ("1969-12-31T23:59:59Z", Err(Fault::NegativeTime)),
            ("-5", Err(Fault::NegativeTime)),
            ("yesterday", Err(Fault::BadTime)),
            ("2026-02-30T00:00:00Z", Err(Fault::BadTime)),
            ("inf", Err(Fault::BadTime)),
        ] {
            assert_eq!(of_text(text), expected, "{text}");
        }
        for (text, expected) in [
            ("20/Nov/2026:10:00:00 +0100", Ok(AT - 123)),
            ("20/Nov/2026:04:00:00 -0500", Ok(AT - 123)),
            ("31/Dec/1969:23:59:59 +0000", Err(Fault::NegativeTime)),
            ("31/Feb/2026:10:00:00 +0100", Err(Fault::BadTime)),
            ("20/nov/2026:10:00:00 +0100", Err(Fault::BadTime)),
            ("20/Nov/2026:10:00:00", Err(Fault::BadTime)),
            ("20/Nov/2026:25:00:00 +0100", Err(Fault::BadTime)),
        ] {
            assert_eq!(of_common_log(text), expected, "{text}");
        }
    }
}
