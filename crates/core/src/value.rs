//! What a signal or an expression is worth: a typed value, or unknown and why.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::consent::Purpose;
use crate::wire;

/// The type of a signal or an expression. Names in messages are CEL's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// `bool`
    Bool,
    /// `int`, 64 bits, signed
    Int,
    /// `double`
    Double,
    /// `string`
    Text,
    /// `timestamp`, in milliseconds since 1970-01-01T00:00:00Z
    Timestamp,
    /// `duration`, in milliseconds
    Duration,
    /// `list(string)`
    TextList,
}

impl Type {
    /// The type's name in CEL.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Double => "double",
            Self::Text => "string",
            Self::Timestamp => "timestamp",
            Self::Duration => "duration",
            Self::TextList => "list(string)",
        }
    }
}

/// Why a value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// The request or the profile does not carry it.
    Absent,
    /// The visitor has not consented to the purpose that reading it needs.
    NoConsent(Purpose),
    /// It is there, but not of the declared type.
    Malformed,
    /// The arithmetic has no result: overflow, division by zero.
    NoResult,
}

/// A typed value, or unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No data, and the reason.
    Unknown(Unknown),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A double; never NaN (that is `Unknown::NoResult`).
    Double(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Timestamp(i64),
    /// Milliseconds.
    Duration(i64),
    /// A list of texts.
    TextList(Vec<Cow<'a, str>>),
}

impl<'a> Value<'a> {
    /// Text that is borrowed from the request or the bundle.
    #[must_use]
    pub const fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Known text, or absent.
    #[must_use]
    pub fn text_or_absent(text: Option<&'a str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Unknown(Unknown::Absent), Self::text)
    }

    /// Whether the value is known.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }
}

/// A double that CEL can compute with, or no result.
#[must_use]
pub(crate) fn double<'a>(number: f64) -> Value<'a> {
    if number.is_nan() { Value::Unknown(Unknown::NoResult) } else { Value::Double(number) }
}

/// A truth value with CEL's unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It does not hold.
    False,
    /// It holds.
    True,
    /// There is no data to say.
    Unknown,
}

impl Truth {
    /// The name in messages and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::True => "true",
            Self::Unknown => "unknown",
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

wire::enums! {
    Type: 7 {
        0 => Bool {},
        1 => Int {},
        2 => Double {},
        3 => Text {},
        4 => Timestamp {},
        5 => Duration {},
        6 => TextList {},
    }
}
