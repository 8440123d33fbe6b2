//! Numbers and prices as people write them.
//!
//! The compiler turns CLDR's number patterns (Unicode TR35 part 3, "Number Patterns", "Currencies") into
//! [`NumberPattern`]s in which everything that depends on locale and currency alone is already decided: symbol,
//! spacing around it, bidi marks, digits. What is left for the edge is to write digits and separators.

use super::{Amount, Decimal};
use crate::wire;
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// What stands before and after the digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affixes {
    /// Before the first digit.
    pub prefix: String,
    /// After the last digit.
    pub suffix: String,
}

/// How a locale writes a number of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberPattern {
    /// Around zero and positive numbers.
    pub positive: Affixes,
    /// Around negative numbers, sign included.
    pub negative: Affixes,
    /// Between the whole part and the decimals.
    pub decimal: String,
    /// Between groups of digits.
    pub group: String,
    /// Digits in the group before the decimals; 0: no grouping.
    pub primary_group: u8,
    /// Digits in each further group: 2 in India (`12,34,567`), mostly equal to the first.
    pub secondary_group: u8,
    /// Digits that must stand before the first group separator for there to be one: 2 in Spanish (`1234`, `12.345`).
    pub minimum_grouping: u8,
    /// The digit zero; the other nine follow it in Unicode.
    pub zero: char,
}

/// How a price in one currency is written in one locale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencyFormat {
    /// Pattern with the currency's symbol in its affixes.
    pub pattern: NumberPattern,
    /// Decimals of an [`Amount`] in this currency.
    pub minor_units: u8,
    /// Decimals shown; fewer than `minor_units` rounds half away from zero, as `Intl` does.
    pub fraction_digits: u8,
    /// Leave out decimals that are all zero (`149 €`, but `149,90 €`), `Intl`'s `trailingZeroDisplay`.
    pub strip_zero_fraction: bool,
}

/// How a plain number or a percentage is written in one locale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberFormat {
    /// Pattern, with the percent sign in its affixes where it has one.
    pub pattern: NumberPattern,
    /// Decimals always shown.
    pub minimum_fraction: u8,
    /// Decimals shown at most; more are rounded half away from zero.
    pub maximum_fraction: u8,
    /// Powers of ten the number is multiplied by: 2 for a percentage.
    pub shift: u8,
}

impl CurrencyFormat {
    /// Appends the price to `out`.
    pub fn write(&self, amount: Amount, out: &mut String) {
        let mut number = Number::new(amount.to_decimal(self.minor_units), 0);
        number.round(self.fraction_digits);
        let minimum = if self.strip_zero_fraction && number.is_integer() { 0 } else { self.fraction_digits };
        self.pattern.write(&number, minimum, out);
    }
}

impl NumberFormat {
    /// Appends the number to `out`.
    pub fn write(&self, value: Decimal, out: &mut String) {
        let mut number = Number::new(value, self.shift);
        number.round(self.maximum_fraction);
        self.pattern.write(&number, self.minimum_fraction, out);
    }
}

/// Appends the price to `out`.
pub fn format_amount(format: &CurrencyFormat, amount: Amount, out: &mut String) {
    format.write(amount, out);
}

/// A magnitude that has been taken apart for writing: `magnitude` × 10^-`scale`.
struct Number {
    negative: bool,
    magnitude: u64,
    /// Below zero: zeros that follow the magnitude.
    scale: i32,
}

impl Number {
    fn new(value: Decimal, shift: u8) -> Self {
        let scale = i32::from(value.scale) - i32::from(shift);
        let scale = if value.mantissa == 0 { scale.max(0) } else { scale };
        Self { negative: value.mantissa < 0, magnitude: value.mantissa.unsigned_abs(), scale }
    }

    /// Keeps at most `digits` decimals, rounding half away from zero. The sign stays, as in `Intl`: -0.004 is `-0.00`.
    fn round(&mut self, digits: u8) {
        let mut dropped = 0;
        while self.scale > i32::from(digits) {
            dropped = self.magnitude % 10;
            self.magnitude /= 10;
            self.scale -= 1;
        }
        // The last digit dropped decides: what was dropped before it only adds to it.
        self.magnitude += u64::from(dropped >= 5);
    }

    fn is_integer(&self) -> bool {
        let mut rest = self.magnitude;
        for _ in 0..self.scale.max(0) {
            if !rest.is_multiple_of(10) {
                return false;
            }
            rest /= 10;
        }
        true
    }

    /// The magnitude's digits, least significant first, and how many there are.
    fn digits(&self) -> ([u8; 20], usize) {
        let mut reversed = [0; 20];
        let mut rest = self.magnitude;
        let mut length = 0;
        for slot in &mut reversed {
            if rest == 0 {
                break;
            }
            // The remainder is below 10.
            *slot = (rest % 10) as u8;
            rest /= 10;
            length += 1;
        }
        (reversed, length)
    }
}

impl NumberPattern {
    /// Writes `number` with its decimals, zeros at their end only up to `minimum_fraction`.
    fn write(&self, number: &Number, minimum_fraction: u8, out: &mut String) {
        let (reversed, length) = number.digits();
        // The digit that counts 10^position.
        let digit = |position: i32| {
            let index = usize::try_from(position + number.scale).ok();
            index.filter(|index| *index < length).and_then(|index| reversed.get(index)).copied().unwrap_or(0)
        };
        let affixes = if number.negative { &self.negative } else { &self.positive };
        out.push_str(&affixes.prefix);
        let whole_digits = (i32::try_from(length).unwrap_or(0) - number.scale).max(1);
        for position in (0..whole_digits).rev() {
            self.push_digit(digit(position), out);
            if self.groups_at(position, whole_digits) {
                out.push_str(&self.group);
            }
        }
        let mut fraction_digits = number.scale.max(0);
        while fraction_digits > i32::from(minimum_fraction) && digit(-fraction_digits) == 0 {
            fraction_digits -= 1;
        }
        let fraction_digits = fraction_digits.max(i32::from(minimum_fraction));
        if fraction_digits > 0 {
            out.push_str(&self.decimal);
        }
        for position in 1..=fraction_digits {
            self.push_digit(digit(-position), out);
        }
        out.push_str(&affixes.suffix);
    }

    /// Whether a separator follows the digit at `position` (TR35 part 3, "Grouping").
    fn groups_at(&self, position: i32, whole_digits: i32) -> bool {
        let (primary, secondary) = (i32::from(self.primary_group), i32::from(self.secondary_group).max(1));
        primary > 0
            && whole_digits >= primary + i32::from(self.minimum_grouping)
            && position >= primary
            && (position - primary) % secondary == 0
    }

    fn push_digit(&self, digit: u8, out: &mut String) {
        let zero = u32::from(self.zero);
        out.push(char::from_u32(zero + u32::from(digit)).unwrap_or('0'));
    }
}

/// Writes `value` with a point, no grouping and all its decimals.
pub(super) fn write_plain(value: Decimal, out: &mut String) {
    let number = Number::new(value, 0);
    let pattern = NumberPattern {
        positive: Affixes::default(),
        negative: Affixes { prefix: "-".into(), suffix: String::new() },
        decimal: ".".into(),
        group: String::new(),
        primary_group: 0,
        secondary_group: 0,
        minimum_grouping: 1,
        zero: '0',
    };
    pattern.write(&number, value.scale, out);
}

wire::structs! {
    Affixes { prefix, suffix }
    NumberPattern { positive, negative, decimal, group, primary_group, secondary_group, minimum_grouping, zero }
    CurrencyFormat { pattern, minor_units, fraction_digits, strip_zero_fraction }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn affixes(prefix: &str, suffix: &str) -> Affixes {
        Affixes { prefix: prefix.into(), suffix: suffix.into() }
    }

    fn german() -> NumberPattern {
        NumberPattern {
            positive: affixes("", "\u{a0}€"),
            negative: affixes("-", "\u{a0}€"),
            decimal: ",".into(),
            group: ".".into(),
            primary_group: 3,
            secondary_group: 3,
            minimum_grouping: 1,
            zero: '0',
        }
    }

    fn price(
        pattern: NumberPattern,
        minor_units: u8,
        fraction_digits: u8,
        strip: bool,
        minor: i64,
    ) -> String {
        let format = CurrencyFormat { pattern, minor_units, fraction_digits, strip_zero_fraction: strip };
        let mut out = String::new();
        format_amount(&format, Amount::from_minor(minor), &mut out);
        out
    }

    #[test]
    fn groups_signs_and_decimals_stand_where_the_pattern_says() {
        for (minor, expected) in [
            (0, "0,00\u{a0}€"),
            (5, "0,05\u{a0}€"),
            (-5, "-0,05\u{a0}€"),
            (14_990, "149,90\u{a0}€"),
            (99_999, "999,99\u{a0}€"),
            (100_000, "1.000,00\u{a0}€"),
            (-123_456_789, "-1.234.567,89\u{a0}€"),
            (i64::MAX, "92.233.720.368.547.758,07\u{a0}€"),
            (i64::MIN, "-92.233.720.368.547.758,08\u{a0}€"),
        ] {
            assert_eq!(price(german(), 2, 2, false, minor), expected);
        }
    }

    #[test]
    fn indian_groups_have_two_digits_after_the_first() {
        let pattern = NumberPattern {
            positive: affixes("₹", ""),
            decimal: ".".into(),
            group: ",".into(),
            secondary_group: 2,
            ..german()
        };
        assert_eq!(price(pattern.clone(), 2, 2, false, 123_456_789), "₹12,34,567.89");
        assert_eq!(price(pattern, 2, 2, false, 99_999), "₹999.99");
    }

    #[test]
    fn spanish_does_not_group_four_digits() {
        let pattern = NumberPattern { minimum_grouping: 2, ..german() };
        assert_eq!(price(pattern.clone(), 2, 2, false, 123_456), "1234,56\u{a0}€");
        assert_eq!(price(pattern, 2, 2, false, 1_234_567), "12.345,67\u{a0}€");
    }

    #[test]
    fn digits_are_the_locales_own() {
        let pattern = NumberPattern { zero: '٠', decimal: "٫".into(), group: "٬".into(), ..german() };
        assert_eq!(price(pattern, 2, 2, false, 123_456), "١٬٢٣٤٫٥٦\u{a0}€");
    }

    #[test]
    fn decimals_can_be_rounded_away_or_stripped_when_zero() {
        assert_eq!(price(german(), 2, 0, false, 14_950), "150\u{a0}€");
        assert_eq!(price(german(), 2, 0, false, 14_949), "149\u{a0}€");
        assert_eq!(price(german(), 2, 0, false, -40), "-0\u{a0}€");
        assert_eq!(price(german(), 2, 0, false, 99_999), "1.000\u{a0}€");
        assert_eq!(price(german(), 2, 2, true, 14_900), "149\u{a0}€");
        assert_eq!(price(german(), 2, 2, true, 14_990), "149,90\u{a0}€");
        assert_eq!(price(german(), 2, 2, true, 0), "0\u{a0}€");
        assert_eq!(price(german(), 0, 0, false, 1234), "1.234\u{a0}€");
    }

    #[test]
    fn percentages_are_shifted() {
        let pattern = NumberPattern { positive: affixes("", "\u{a0}%"), ..german() };
        let format = NumberFormat { pattern, minimum_fraction: 0, maximum_fraction: 1, shift: 2 };
        for (text, expected) in [
            ("0.1234", "12,3\u{a0}%"),
            ("0.12", "12\u{a0}%"),
            ("1234.5", "123.450\u{a0}%"),
            ("0", "0\u{a0}%"),
        ] {
            let mut out = String::new();
            format.write(Decimal::parse(text).unwrap(), &mut out);
            assert_eq!(out, expected);
        }
    }
}
