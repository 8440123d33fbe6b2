//! What a signal or an expression is worth: a typed value, or unknown and why.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::consent::Purpose;
use crate::texts::{TextId, Texts};
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

/// A typed value, or unknown. It borrows what it does not hold, so that it is copied for nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// No data, and the reason.
    Unknown(Unknown),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A double; never infinite, nor NaN (that is `Unknown::NoResult`).
    Double(f64),
    /// Text.
    Text(&'a str),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Timestamp(i64),
    /// Milliseconds.
    Duration(i64),
    /// A list of texts.
    TextList(TextList<'a>),
}

/// A list of texts where it is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TextList<'a> {
    /// Constants of the bundle.
    Constants(&'a [TextId]),
    /// Texts of the profile.
    Strings(&'a [String]),
}

impl<'a> TextList<'a> {
    /// How many texts there are.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::Constants(ids) => ids.len(),
            Self::Strings(texts) => texts.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// One of them; `texts` are the bundle's.
    #[must_use]
    pub fn get(self, index: usize, texts: &'a Texts) -> Option<&'a str> {
        match self {
            Self::Constants(ids) => ids.get(index).map(|&id| texts.get(id)),
            Self::Strings(strings) => strings.get(index).map(String::as_str),
        }
    }
}

impl<'a> Value<'a> {
    /// Known text, or absent.
    #[must_use]
    pub fn text_or_absent(text: Option<&'a str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Unknown(Unknown::Absent), Self::Text)
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
    if number.is_finite() { Value::Double(number) } else { Value::Unknown(Unknown::NoResult) }
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
