//! Amounts.

use super::{Decimal, MoneyError};
use crate::wire;
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// An amount of money, counted in the minor units of a currency that is known from where the amount stands
/// (the site's base currency, or a market's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// Minor units, such as cents.
    pub minor: i64,
}

impl Amount {
    /// Nothing to pay.
    pub const ZERO: Self = Self { minor: 0 };

    /// Counts minor units.
    #[must_use]
    pub const fn from_minor(minor: i64) -> Self {
        Self { minor }
    }

    /// Reads a decimal string such as `149.90` (see [`Decimal::parse`]) in a currency with `minor_units` decimals.
    ///
    /// # Errors
    /// [`MoneyError::NotADecimal`], [`MoneyError::TooPrecise`] or [`MoneyError::OutOfRange`].
    pub fn parse(text: &str, minor_units: u8) -> Result<Self, MoneyError> {
        Self::from_decimal(Decimal::parse(text)?, minor_units)
    }

    /// The amount of `decimal` in a currency with `minor_units` decimals.
    ///
    /// # Errors
    /// [`MoneyError::TooPrecise`] or [`MoneyError::OutOfRange`].
    pub fn from_decimal(decimal: Decimal, minor_units: u8) -> Result<Self, MoneyError> {
        let missing = minor_units.checked_sub(decimal.scale).ok_or(MoneyError::TooPrecise)?;
        let mut minor = decimal.mantissa;
        for _ in 0..missing {
            minor = minor.checked_mul(10).ok_or(MoneyError::OutOfRange)?;
        }
        Ok(Self { minor })
    }

    /// The amount as a decimal number, for formats that machines read.
    #[must_use]
    pub fn to_decimal(self, minor_units: u8) -> Decimal {
        Decimal { mantissa: self.minor, scale: minor_units }
    }

    /// Writes `149.90`: a point, no grouping, all decimals of the currency.
    pub fn write_plain(self, minor_units: u8, out: &mut String) {
        super::format::write_plain(self.to_decimal(minor_units), out);
    }

    /// The difference, or `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.minor.checked_sub(other.minor).map(Self::from_minor)
    }
}

wire::structs! {
    Amount { minor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_minor_units_of_the_currency() {
        assert_eq!(Amount::parse("149.90", 2), Ok(Amount::from_minor(14_990)));
        assert_eq!(Amount::parse("149.900", 2), Ok(Amount::from_minor(14_990)));
        assert_eq!(Amount::parse("1299", 2), Ok(Amount::from_minor(129_900)));
        assert_eq!(Amount::parse("1299", 0), Ok(Amount::from_minor(1299)));
        assert_eq!(Amount::parse("1299.00", 0), Ok(Amount::from_minor(1299)));
        assert_eq!(Amount::parse("1.234", 3), Ok(Amount::from_minor(1234)));
        assert_eq!(Amount::parse("-0.5", 2), Ok(Amount::from_minor(-50)));
        assert_eq!(Amount::parse("0", 2), Ok(Amount::ZERO));
    }

    #[test]
    fn refuses_more_decimals_than_the_currency_has_and_what_overflows() {
        assert_eq!(Amount::parse("1.234", 2), Err(MoneyError::TooPrecise));
        assert_eq!(Amount::parse("1.5", 0), Err(MoneyError::TooPrecise));
        assert_eq!(Amount::parse("92233720368547758.07", 2), Err(MoneyError::OutOfRange));
        assert_eq!(Amount::parse("99999999999999999", 2), Err(MoneyError::OutOfRange));
        assert_eq!(Amount::parse("1", 255), Err(MoneyError::OutOfRange));
        assert_eq!(Amount::parse("9223372036854775.80", 2), Ok(Amount::from_minor(922_337_203_685_477_580)));
    }

    #[test]
    fn writes_plain_decimals() {
        for (minor, units, expected) in [
            (14_990, 2, "149.90"),
            (5, 2, "0.05"),
            (-5, 3, "-0.005"),
            (0, 0, "0"),
            (1299, 0, "1299"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ] {
            let mut out = String::new();
            Amount::from_minor(minor).write_plain(units, &mut out);
            assert_eq!(out, expected);
        }
    }
}
