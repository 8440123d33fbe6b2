//! Durations as text, as CEL's `duration()` takes them.

use super::rfc3339::push_digits;
use alloc::string::String;

/// A length of time, forward or back, with nanoseconds: at most 10,000 years of 365.25 days, as in
/// `google.protobuf.Duration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    nanos: i128,
}

const MAX_NANOS: i128 = 315_576_000_000 * NANOS_PER_SECOND;
const NANOS_PER_SECOND: i128 = 1_000_000_000;

impl Span {
    /// A span, or `None` beyond 10,000 years.
    #[must_use]
    pub fn from_nanos(nanos: i128) -> Option<Self> {
        (-MAX_NANOS..=MAX_NANOS).contains(&nanos).then_some(Self { nanos })
    }

    /// Its length in nanoseconds.
    #[must_use]
    pub const fn nanos(self) -> i128 {
        self.nanos
    }

    /// Its length in whole seconds, rounded towards zero.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::try_from(self.nanos / NANOS_PER_SECOND).unwrap_or(0)
    }

    /// Reads `72h3m0.5s`: a sign or none, then numbers with units (`h`, `m`, `s`, `ms`, `us` or `µs`, `ns`); or `0`.
    ///
    /// `None` for anything else and beyond 10,000 years. Decimals finer than a nanosecond are cut off.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, mut rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        if rest == "0" {
            return Some(Self { nanos: 0 });
        }
        let mut nanos: i128 = 0;
        loop {
            let (part, after) = part(rest)?;
            nanos = nanos.checked_add(part).filter(|nanos| *nanos <= MAX_NANOS)?;
            if after.is_empty() {
                break;
            }
            rest = after;
        }
        Self::from_nanos(if negative { -nanos } else { nanos })
    }

    /// Appends the span in seconds: `259380.5s`.
    pub fn write(self, out: &mut String) {
        if self.nanos < 0 {
            out.push('-');
        }
        let nanos = self.nanos.unsigned_abs();
        let seconds = u64::try_from(nanos / NANOS_PER_SECOND.unsigned_abs()).unwrap_or(0);
        let rest = u32::try_from(nanos % NANOS_PER_SECOND.unsigned_abs()).unwrap_or(0);
        let millions = u32::try_from(seconds / 1_000_000).unwrap_or(0);
        let below = u32::try_from(seconds % 1_000_000).unwrap_or(0);
        if millions > 0 {
            push_digits(millions, 1, out);
        }
        push_digits(below, if millions > 0 { 6 } else { 1 }, out);
        push_fraction(rest, out);
        out.push('s');
    }
}

/// Reads one number with its unit; its nanoseconds and what follows.
fn part(text: &str) -> Option<(i128, &str)> {
    let (number, rest) = split_while(text, |byte| byte.is_ascii_digit() || byte == b'.');
    let (unit, rest) = split_while(rest, |byte| !byte.is_ascii_digit() && byte != b'.');
    let unit_nanos: i128 = match unit {
        "h" => 3600 * NANOS_PER_SECOND,
        "m" => 60 * NANOS_PER_SECOND,
        "s" => NANOS_PER_SECOND,
        "ms" => 1_000_000,
        "us" | "µs" | "μs" => 1_000,
        "ns" => 1,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') || number.len() > 40 {
        return None;
    }
    let mut nanos: i128 = 0;
    for digit in whole.bytes() {
        nanos = nanos.checked_mul(10)?.checked_add(i128::from(digit - b'0') * unit_nanos)?;
    }
    let (mut numerator, mut denominator) = (0_i128, 1_i128);
    // An hour has 13 digits of nanoseconds.
    for digit in fraction.bytes().take(13) {
        numerator = numerator * 10 + i128::from(digit - b'0');
        denominator *= 10;
    }
    Some((nanos.checked_add(unit_nanos * numerator / denominator)?, rest))
}

fn split_while(text: &str, keep: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(|byte| !keep(byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Writes `.5` for half a second in nanoseconds, nothing for none.
pub(super) fn push_fraction(nanos: u32, out: &mut String) {
    if nanos == 0 {
        return;
    }
    out.push('.');
    let mut scale = 100_000_000;
    let mut rest = nanos;
    while rest > 0 && scale > 0 {
        out.push(char::from_digit(rest / scale % 10, 10).unwrap_or('0'));
        rest %= scale;
        scale /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(span: Span) -> String {
        let mut out = String::new();
        span.write(&mut out);
        out
    }

    #[test]
    fn spans_are_read_and_written_in_seconds() {
        for (text, nanos, seconds) in [
            ("72h3m0.5s", 259_380_500_000_000, "259380.5s"),
            ("0", 0, "0s"),
            ("-0", 0, "0s"),
            ("0s", 0, "0s"),
            ("1.5h", 5_400_000_000_000, "5400s"),
            ("-1.5s", -1_500_000_000, "-1.5s"),
            ("+2m", 120_000_000_000, "120s"),
            (".5s", 500_000_000, "0.5s"),
            ("5.s", 5_000_000_000, "5s"),
            ("1ms2us3µs4ns", 1_005_004, "0.001005004s"),
            ("1000000s", 1_000_000_000_000_000, "1000000s"),
            ("315576000000s", MAX_NANOS, "315576000000s"),
            ("0.0000000019s", 1, "0.000000001s"),
        ] {
            let span = Span::parse(text).unwrap();
            assert_eq!(span.nanos(), nanos, "{text}");
            assert_eq!(written(span), seconds, "{text}");
        }
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in [
            "",
            "-",
            "+",
            "s",
            "1",
            "1x",
            "1 s",
            " 1s",
            "1s ",
            "--1s",
            "1h-5m",
            ".s",
            "1.2.3s",
            "1S",
            "１s",
            "1d",
            "315576000001s",
            "-315576000001s",
            "99999999999999999999999999999999999999999h",
            "9999999999999999999999999999999999999999h",
        ] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    #[test]
    fn whole_seconds_are_cut_towards_zero() {
        assert_eq!(Span::parse("-1.9s").unwrap().seconds(), -1);
        assert_eq!(Span::from_nanos(MAX_NANOS + 1), None);
    }
}
