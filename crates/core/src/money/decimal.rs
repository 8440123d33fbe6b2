//! Decimal numbers as they are written in attributes and rule files.

use super::MoneyError;
use crate::ascii::{cut, without_end};
use crate::wire;
use serde::{Deserialize, Serialize};

/// An exact decimal number: `mantissa` / 10^`scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decimal {
    /// All digits, as one number.
    pub mantissa: i64,
    /// How many of the digits are decimals.
    pub scale: u8,
}

const MAX_DIGITS: u8 = 18;

impl Decimal {
    /// Reads `149.90`, `1299` or `-0.5`; surrounding ASCII white space is ignored, zeros that end the decimals are
    /// dropped.
    ///
    /// Grouping, exponents, `+`, and a point without a digit on both sides are refused: in a machine-readable
    /// attribute they are more likely a mistake (`1,299` means two different prices) than a number.
    ///
    /// # Errors
    /// [`MoneyError::NotADecimal`], or [`MoneyError::OutOfRange`] beyond 18 significant digits.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim_ascii();
        let (negative, unsigned) = match text.strip_prefix("-") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match cut(unsigned, b'.') {
            Some((_, "")) => return Err(MoneyError::NotADecimal),
            Some((whole, fraction)) => (whole, without_end(fraction, "0")),
            None => (unsigned, ""),
        };
        if whole.is_empty() {
            return Err(MoneyError::NotADecimal);
        }
        let mut mantissa: i64 = 0;
        let mut digits = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(MoneyError::NotADecimal);
            }
            digits += u8::from(digits > 0 || byte != b'0');
            if digits > MAX_DIGITS {
                return Err(out_of_range_unless_junk(whole, fraction));
            }
            mantissa = mantissa * 10 + i64::from(byte - b'0');
        }
        // 0.000…0001 has few significant digits and still more decimals than any use has.
        let scale = u8::try_from(fraction.len()).ok().filter(|scale| *scale <= MAX_DIGITS);
        let scale = scale.ok_or(MoneyError::OutOfRange)?;
        Ok(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }
}

fn out_of_range_unless_junk(whole: &str, fraction: &str) -> MoneyError {
    if whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        MoneyError::OutOfRange
    } else {
        MoneyError::NotADecimal
    }
}

wire::structs! {
    Decimal { mantissa, scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_shops_write_in_attributes() {
        for (text, mantissa, scale) in [
            ("149.90", 1499, 1),
            ("1299", 1299, 0),
            ("0", 0, 0),
            ("-0", 0, 0),
            ("0.00", 0, 0),
            ("-12.34", -1234, 2),
            (" 5.5\n", 55, 1),
            ("000000000000000000000001.10", 11, 1),
            ("999999999999999999", 999_999_999_999_999_999, 0),
            ("1.0842", 10842, 4),
            ("0.000000000000000001", 1, 18),
        ] {
            assert_eq!(Decimal::parse(text), Ok(Decimal { mantissa, scale }), "{text}");
        }
    }

    #[test]
    fn refuses_junk() {
        for text in [
            "",
            " ",
            "-",
            ".",
            ".5",
            "5.",
            "-.5",
            "--1",
            "+1",
            "1,299",
            "1 299",
            "1.2.3",
            "1e3",
            "€5",
            "5 €",
            "٣",
            "NaN",
            "0x10",
            "1.",
            "-5.-5",
            "1234567890123456789012345x",
            "1.\u{660}",
            "1.00x00",
        ] {
            assert_eq!(Decimal::parse(text), Err(MoneyError::NotADecimal), "{text}");
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        for text in
            ["1000000000000000000", "9223372036854775808", "0.0000000000000000001", "1.0000000000000000001"]
        {
            assert_eq!(Decimal::parse(text), Err(MoneyError::OutOfRange), "{text}");
        }
    }
}
