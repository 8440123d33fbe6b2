//! Currencies (ISO 4217 codes, CLDR digits).

use super::MoneyError;
use crate::wire;
use serde::{Deserialize, Serialize};

/// An ISO 4217 alphabetic code in upper case, such as `EUR`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u8; 3]", into = "[u8; 3]")]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// Reads a code; lower case is accepted.
    ///
    /// # Errors
    /// [`MoneyError::NotACurrencyCode`] when the text is not three ASCII letters.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let bytes: [u8; 3] = text.as_bytes().try_into().map_err(|_| MoneyError::NotACurrencyCode)?;
        Self::try_from(bytes.map(|byte| byte.to_ascii_uppercase()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<[u8; 3]> for CurrencyCode {
    type Error = MoneyError;

    fn try_from(bytes: [u8; 3]) -> Result<Self, MoneyError> {
        if bytes.iter().all(u8::is_ascii_uppercase) {
            Ok(Self(bytes))
        } else {
            Err(MoneyError::NotACurrencyCode)
        }
    }
}

impl From<CurrencyCode> for [u8; 3] {
    fn from(code: CurrencyCode) -> Self {
        code.0
    }
}

impl core::fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::fmt::Display for MoneyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotADecimal => "not a decimal number",
            Self::TooPrecise => "more decimals than the currency has",
            Self::OutOfRange => "number out of range",
            Self::NotPositive => "not greater than zero",
            Self::NotACurrencyCode => "not a three-letter currency code",
        })
    }
}

impl core::error::Error for MoneyError {}

/// A currency and the size of its smallest units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// The ISO 4217 code.
    pub code: CurrencyCode,
    /// Decimals of an amount: 2 for EUR, 0 for JPY, 3 for KWD. As CLDR and `Intl` have it, which for a few
    /// currencies (HUF, IDR, …) is fewer than ISO 4217 says, because nobody prices in their minor units.
    pub minor_units: u8,
    /// The smallest step of a cash payment, in minor units: 5 for CHF, 50 for DKK, 1 where cash is exact.
    pub cash_step: u32,
}

wire::structs! {
    Currency { code, minor_units, cash_step }
}

wire::checked! {
    CurrencyCode: [u8; 3], Self(*b"XXX");
}
