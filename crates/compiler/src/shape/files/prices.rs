//! A market's price list: product id to price.

use super::{Keys, Shape};

/// A price list.
pub(crate) static PRICES: Shape = Shape::Map { keys: Keys::Any("product id"), value: &Shape::Decimal };
