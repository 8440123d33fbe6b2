//! From the base currency to a market's.

use super::{Amount, Decimal, MoneyError, Rounding, rounding::power_of_ten};
use crate::wire;
use serde::{Deserialize, Serialize};

/// How many units of the market's currency one unit of the base currency is: an exact decimal above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Rate(Decimal);

impl Rate {
    /// The same currency.
    pub const ONE: Self = Self(Decimal { mantissa: 1, scale: 0 });

    /// Reads a decimal string such as `1.0842`.
    ///
    /// # Errors
    /// As [`Decimal::parse`], and [`MoneyError::NotPositive`].
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        Decimal::parse(text).and_then(Self::try_from)
    }
}

impl TryFrom<Decimal> for Rate {
    type Error = MoneyError;

    fn try_from(decimal: Decimal) -> Result<Self, MoneyError> {
        if decimal.mantissa > 0 { Ok(Self(decimal)) } else { Err(MoneyError::NotPositive) }
    }
}

impl From<Rate> for Decimal {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

/// The way from the base currency's amounts to a market's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// Market units for one base unit.
    pub rate: Rate,
    /// Decimals of the base currency.
    pub base_minor_units: u8,
    /// Decimals of the market's currency.
    pub market_minor_units: u8,
    /// The one rounding, after the exact product.
    pub rounding: Rounding,
}

impl Conversion {
    /// The market's price for `base`. Exact up to the one rounding.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the product or the result does not fit.
    pub fn convert(&self, base: Amount) -> Result<Amount, MoneyError> {
        self.exact(base).map(Amount::from_minor).ok_or(MoneyError::OutOfRange)
    }

    /// A sum of prices, such as a cart's value: to the nearest minor unit, and not to where prices end.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], as [`Self::convert`].
    pub fn convert_sum(&self, base: Amount) -> Result<Amount, MoneyError> {
        Self { rounding: Rounding::DEFAULT, ..*self }.convert(base)
    }

    fn exact(&self, base: Amount) -> Option<i64> {
        let Decimal { mantissa, scale } = self.rate.0;
        let product = i128::from(base.minor) * i128::from(mantissa);
        let factor = power_of_ten(self.market_minor_units)?;
        // Their product would have 127 bits or more.
        if product.unsigned_abs().leading_zeros() + factor.leading_zeros() < 130 {
            return None;
        }
        let numerator = product * factor;
        let denominator = power_of_ten(scale.checked_add(self.base_minor_units)?)?;
        self.rounding.apply(numerator, denominator)
    }
}

wire::structs! {
    Conversion { rate, base_minor_units, market_minor_units, rounding }
}

wire::checked! {
    Rate: Decimal, Self::ONE;
}

#[cfg(test)]
mod tests {
    use super::super::{Grid, Mode};
    use super::*;

    fn conversion(rate: &str, base: u8, market: u8, rounding: Rounding) -> Conversion {
        let rate = Rate::parse(rate).unwrap();
        Conversion { rate, base_minor_units: base, market_minor_units: market, rounding }
    }

    #[test]
    fn a_rate_is_applied_exactly() {
        for (rate, base_units, market_units, base, expected) in [
            ("1.08", 2, 2, 14_990, 16_189),
            ("1", 2, 2, 14_990, 14_990),
            ("163.42", 2, 0, 14_990, 24_497),
            ("0.3333", 2, 3, 100, 333),
            ("0.006119", 0, 2, 24_497, 14_990),
            ("1.08", 2, 2, 0, 0),
            ("1.08", 2, 2, -14_990, -16_189),
        ] {
            let conversion = conversion(rate, base_units, market_units, Rounding::DEFAULT);
            assert_eq!(
                conversion.convert(Amount::from_minor(base)),
                Ok(Amount::from_minor(expected)),
                "{rate}"
            );
        }
    }

    #[test]
    fn the_charm_ending_is_found_from_the_exact_product() {
        let charm = Rounding { mode: Mode::HalfUp, grid: Grid::ending(99, 2).unwrap() };
        let dollars = conversion("1.08", 2, 2, charm);
        assert_eq!(dollars.convert(Amount::from_minor(14_990)), Ok(Amount::from_minor(16_199)));
        assert_eq!(dollars.convert_sum(Amount::from_minor(14_990)), Ok(Amount::from_minor(16_189)));
    }

    #[test]
    fn a_rate_is_greater_than_zero() {
        for text in ["0", "0.00", "-1.08"] {
            assert_eq!(Rate::parse(text), Err(MoneyError::NotPositive));
        }
        assert_eq!(Rate::parse("one"), Err(MoneyError::NotADecimal));
    }

    #[test]
    fn overflow_is_an_error() {
        let large = conversion("999999999999999999", 0, 4, Rounding::DEFAULT);
        assert_eq!(large.convert(Amount::from_minor(i64::MAX)), Err(MoneyError::OutOfRange));
        let absurd = conversion("1.5", 255, 255, Rounding::DEFAULT);
        assert_eq!(absurd.convert(Amount::from_minor(1)), Err(MoneyError::OutOfRange));
    }
}
