//! Exact amounts in minor units, their conversion, rounding and formatting.
//!
//! Prices are never floats: a decimal string becomes an integer count of minor units once, at the border
//! ([`Amount::parse`]), conversion is exact until the one rounding at its end ([`Conversion`]), and
//! formatting writes digits ([`CurrencyFormat`]).

mod amount;
mod conversion;
mod currency;
mod decimal;
pub mod format;
mod pricing;
mod rounding;

pub use amount::Amount;
pub use conversion::{Conversion, Rate};
pub use currency::{Currency, CurrencyCode};
pub use decimal::Decimal;
pub use format::{CurrencyFormat, NumberFormat, NumberPattern};
pub use pricing::{MarketPricing, PriceList};
pub use rounding::{Grid, Mode, Rounding};

/// Why a text or a number is not usable as money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// The text is not a decimal number: an optional `-`, digits, and optionally a `.` with digits.
    NotADecimal,
    /// The number has more decimals than the currency has.
    TooPrecise,
    /// The number does not fit: more than 18 significant digits, or a result beyond 64 bits.
    OutOfRange,
    /// A rate must be greater than zero.
    NotPositive,
    /// A currency code is three letters A to Z (ISO 4217).
    NotACurrencyCode,
}
