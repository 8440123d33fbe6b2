//! Numbers, compared by their mathematical value.

use std::cmp::Ordering;

use footlight_core::condition::Literal;

use crate::cel::Constant;

/// A whole number, a double, or a time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Double(f64),
}

impl Number {
    pub(super) fn of(literal: Literal) -> Option<Self> {
        match literal {
            Literal::Int(number) | Literal::Timestamp(number) | Literal::Duration(number) => {
                Some(Self::Int(number))
            }
            Literal::Double(number) if !number.is_nan() => Some(Self::Double(number)),
            _ => None,
        }
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        let constant = |number: Self| match number {
            Self::Int(number) => Constant::Int(number),
            Self::Double(number) => Constant::Double(number),
        };
        // INVARIANT: neither is NaN.
        constant(self).compare(&constant(other)).unwrap_or(Ordering::Equal)
    }
}
