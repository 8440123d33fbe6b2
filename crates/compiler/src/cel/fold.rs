//! Arithmetic and comparison of constants.

use footlight_core::condition::{Arithmetic, Comparison};

use super::Constant;

/// Why constants have no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Overflow,
    DivisionByZero,
    NotANumber,
}

pub(super) fn negate(constant: &Constant) -> Option<Constant> {
    match constant {
        Constant::Int(number) => number.checked_neg().map(Constant::Int),
        Constant::Double(number) => Some(Constant::Double(-number)),
        _ => None,
    }
}

/// The result of arithmetic on constants whose types were checked.
pub(super) fn arithmetic(operator: Arithmetic, left: &Constant, right: &Constant) -> Result<Constant, Fault> {
    use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
    use Constant::{Double, Duration, Int, Text, Timestamp};
    let result = match (operator, left, right) {
        (Divide | Remainder, Int(_), Int(0)) => return Err(Fault::DivisionByZero),
        (Divide, Double(_), Double(0.0)) => return Err(Fault::DivisionByZero),
        (Add, Int(a), Int(b)) => a.checked_add(*b).map(Int),
        (Subtract, Int(a), Int(b)) => a.checked_sub(*b).map(Int),
        (Multiply, Int(a), Int(b)) => a.checked_mul(*b).map(Int),
        (Divide, Int(a), Int(b)) => a.checked_div(*b).map(Int),
        (Remainder, Int(a), Int(b)) => a.checked_rem(*b).map(Int),
        (Add, Double(a), Double(b)) => Some(Double(a + b)),
        (Subtract, Double(a), Double(b)) => Some(Double(a - b)),
        (Multiply, Double(a), Double(b)) => Some(Double(a * b)),
        (Divide, Double(a), Double(b)) => Some(Double(a / b)),
        (Add, Text(a), Text(b)) => Some(Text(format!("{a}{b}"))),
        (Add, Timestamp(a), Duration(b)) | (Add, Duration(a), Timestamp(b)) => {
            a.checked_add(*b).map(Timestamp)
        }
        (Subtract, Timestamp(a), Duration(b)) => a.checked_sub(*b).map(Timestamp),
        (Subtract, Timestamp(a), Timestamp(b)) | (Subtract, Duration(a), Duration(b)) => {
            a.checked_sub(*b).map(Duration)
        }
        (Add, Duration(a), Duration(b)) => a.checked_add(*b).map(Duration),
        _ => None,
    };
    match result {
        Some(Double(number)) if number.is_nan() => Err(Fault::NotANumber),
        Some(Double(number)) if number.is_infinite() => Err(Fault::Overflow),
        Some(constant) => Ok(constant),
        None => Err(Fault::Overflow),
    }
}

/// The result of comparing constants whose types were checked.
pub(super) fn compare(operator: Comparison, left: &Constant, right: &Constant) -> bool {
    match operator {
        Comparison::Equal => left.equals(right),
        Comparison::NotEqual => !left.equals(right),
        _ => left.compare(right).is_some_and(|ordering| match operator {
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            _ => ordering.is_ge(),
        }),
    }
}
