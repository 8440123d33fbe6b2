//! Rounding to the amounts that a market shows.

use crate::wire;
use serde::{Deserialize, Serialize};

/// Which of the two neighbours on the grid an amount between them becomes. Directions are of the magnitude: a
/// refund is rounded as the price is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// The nearer one; of two equally near the one with the even number on the grid.
    HalfEven,
    /// The nearer one; of two equally near the greater one.
    HalfUp,
    /// The greater one.
    Up,
    /// The lesser one.
    Down,
}

/// The amounts a price may end on: `offset`, `offset + step`, `offset + 2 × step`, … in minor units.
///
/// A step of 5 is CHF cash rounding; step 100 with offset 99 is the charm ending `.99`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Grid {
    step: u32,
    offset: u32,
}

impl Grid {
    /// Every minor unit.
    pub const EXACT: Self = Self { step: 1, offset: 0 };

    /// The amounts `offset + k × step`, in minor units; `None` unless `offset < step`.
    #[must_use]
    pub const fn new(step: u32, offset: u32) -> Option<Self> {
        if offset < step { Some(Self { step, offset }) } else { None }
    }

    /// Prices that end in `hundredths` of the major unit: 99 for `.99`, 95 for `.95`, 0 for whole amounts.
    ///
    /// `None` when the currency cannot show that ending: no decimals (JPY), or `hundredths` of 100 or more.
    #[must_use]
    pub fn ending(hundredths: u32, minor_units: u8) -> Option<Self> {
        let step = 10_u32.checked_pow(u32::from(minor_units))?;
        let scaled = hundredths.checked_mul(step)?;
        if scaled % 100 == 0 { Self::new(step, scaled / 100) } else { None }
    }

    /// The distance between neighbours, in minor units.
    #[must_use]
    pub const fn step(self) -> u32 {
        self.step
    }

    /// The least amount on the grid, in minor units.
    #[must_use]
    pub const fn offset(self) -> u32 {
        self.offset
    }
}

impl TryFrom<(u32, u32)> for Grid {
    type Error = &'static str;

    fn try_from((step, offset): (u32, u32)) -> Result<Self, Self::Error> {
        Self::new(step, offset).ok_or("grid offset is not below its step")
    }
}

impl From<Grid> for (u32, u32) {
    fn from(grid: Grid) -> Self {
        (grid.step, grid.offset)
    }
}

/// How an exact amount becomes one that the market shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    /// Which neighbour.
    pub mode: Mode,
    /// The neighbours.
    pub grid: Grid,
}

impl Rounding {
    /// To the minor unit, ties away from zero.
    pub const DEFAULT: Self = Self { mode: Mode::HalfUp, grid: Grid::EXACT };

    /// Rounds the exact amount `numerator / denominator` (in minor units) onto the grid, once.
    ///
    /// Zero stays zero. Anything else stays something: it never becomes free, and never changes its sign, but
    /// becomes the least amount on the grid that is not zero. `None` on overflow (always from a numerator of 126 bits or a
    /// denominator of 95 bits on), or unless `denominator > 0`.
    #[must_use]
    pub fn apply(self, numerator: i128, denominator: i128) -> Option<i64> {
        if numerator == 0 {
            return Some(0);
        }
        let exact = numerator.unsigned_abs();
        // INVARIANT: within these nothing below overflows, as steps and offsets have 32 bits.
        if denominator <= 0 || denominator >> 95 != 0 || exact >> 126 != 0 {
            return None;
        }
        let (step, offset) = (u128::from(self.grid.step), u128::from(self.grid.offset));
        let denominator = denominator.unsigned_abs();
        let width = step * denominator;
        // The neighbour below is the `below - 1`st above the offset; there is none for 0.
        let (below, rest) = divide(exact + width - offset * denominator, width)?;
        let up = match self.mode {
            Mode::Up => rest > 0,
            Mode::Down => false,
            // Not `2 × rest`, which could overflow.
            Mode::HalfUp => rest >= width - rest,
            Mode::HalfEven => rest > width - rest || (rest == width - rest && below & 1 == 0),
        };
        let least = if offset == 0 { step } else { offset };
        let magnitude = match below.checked_add(u64::from(up))?.checked_sub(1) {
            Some(count) => (offset + step * u128::from(count)).max(least),
            None => least,
        };
        let magnitude = i64::try_from(magnitude).ok()?;
        Some(if numerator < 0 { -magnitude } else { magnitude })
    }
}

/// The quotient, if it has 64 bits, and the rest. What the compiler brings for 128 bits is five times as large, and prices
/// hardly ever need it.
fn divide(mut dividend: u128, divisor: u128) -> Option<(u64, u128)> {
    if let (Ok(dividend), Ok(divisor)) = (u64::try_from(dividend), u64::try_from(divisor)) {
        return Some((dividend.checked_div(divisor)?, u128::from(dividend.checked_rem(divisor)?)));
    }
    let (mut quotient, mut rest) = (0_u128, 0_u128);
    for _ in 0..u128::BITS {
        rest = rest << 1 | dividend >> 127;
        dividend <<= 1;
        quotient <<= 1;
        if rest >= divisor {
            rest -= divisor;
            quotient |= 1;
        }
    }
    Some((u64::try_from(quotient).ok()?, rest))
}

/// 10^`exponent`, or `None` above 10^27, which no product of an amount and a rate needs.
#[inline(never)]
pub(super) fn power_of_ten(exponent: u8) -> Option<i128> {
    if exponent > 27 {
        return None;
    }
    let mut power = 1;
    for _ in 0..exponent {
        power *= 10;
    }
    Some(power)
}

wire::structs! {
    Rounding { mode, grid }
}

wire::enums! {
    Mode: 4 {
        0 => HalfEven {},
        1 => HalfUp {},
        2 => Up {},
        3 => Down {},
    }
}

wire::checked! {
    Grid: (u32, u32), Self::EXACT;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(mode: Mode, step: u32, offset: u32, numerator: i128, denominator: i128) -> Option<i64> {
        Rounding { mode, grid: Grid::new(step, offset).unwrap() }.apply(numerator, denominator)
    }

    #[test]
    fn ties_go_where_the_mode_says() {
        for (numerator, half_even, half_up, up, down) in
            [(5, 2, 3, 3, 2), (15, 8, 8, 8, 7), (10, 5, 5, 5, 5), (11, 6, 6, 6, 5), (-5, -2, -3, -3, -2)]
        {
            assert_eq!(round(Mode::HalfEven, 1, 0, numerator, 2), Some(half_even), "{numerator}/2");
            assert_eq!(round(Mode::HalfUp, 1, 0, numerator, 2), Some(half_up), "{numerator}/2");
            assert_eq!(round(Mode::Up, 1, 0, numerator, 2), Some(up), "{numerator}/2");
            assert_eq!(round(Mode::Down, 1, 0, numerator, 2), Some(down), "{numerator}/2");
        }
    }

    #[test]
    fn charm_endings_go_to_the_nearest_next_or_previous() {
        for (exact, nearest, up, down) in [
            (16_189, 16_199, 16_199, 16_099),
            (16_110, 16_099, 16_199, 16_099),
            (16_199, 16_199, 16_199, 16_199),
            (30, 99, 99, 99),
            (-16_110, -16_099, -16_199, -16_099),
        ] {
            assert_eq!(round(Mode::HalfUp, 100, 99, exact, 1), Some(nearest), "{exact}");
            assert_eq!(round(Mode::Up, 100, 99, exact, 1), Some(up), "{exact}");
            assert_eq!(round(Mode::Down, 100, 99, exact, 1), Some(down), "{exact}");
        }
    }

    #[test]
    fn increments_of_cash_are_kept() {
        assert_eq!(round(Mode::HalfUp, 5, 0, 1_002, 1), Some(1_000));
        assert_eq!(round(Mode::HalfUp, 5, 0, 10_025, 10), Some(1_005));
        assert_eq!(round(Mode::HalfEven, 50, 0, 12_525, 1), Some(12_500));
        assert_eq!(round(Mode::HalfEven, 50, 0, 12_575, 1), Some(12_600));
    }

    #[test]
    fn a_price_never_becomes_free_and_free_stays_free() {
        assert_eq!(round(Mode::Down, 100, 0, 40, 1), Some(100));
        assert_eq!(round(Mode::HalfUp, 1, 0, 1, 1000), Some(1));
        assert_eq!(round(Mode::HalfUp, 1, 0, -1, 1000), Some(-1));
        assert_eq!(round(Mode::Up, 100, 99, 0, 1), Some(0));
    }

    #[test]
    fn overflow_is_none() {
        assert_eq!(round(Mode::Up, 1, 0, i128::MAX, 1), None);
        assert_eq!(round(Mode::Up, 1, 0, i128::MIN, 1), None);
        assert_eq!(round(Mode::Up, 100, 99, i128::MAX, i128::MAX), None);
        assert_eq!(round(Mode::Up, 1, 0, 1, 0), None);
        assert_eq!(round(Mode::Up, 1, 0, 1, -1), None);
        assert_eq!(round(Mode::Up, 1, 0, i128::from(i64::MAX) * 2 - 1, 2), Some(i64::MAX));
    }

    #[test]
    fn endings_follow_the_currency() {
        assert_eq!(Grid::ending(99, 2), Grid::new(100, 99));
        assert_eq!(Grid::ending(95, 3), Grid::new(1000, 950));
        assert_eq!(Grid::ending(0, 2), Grid::new(100, 0));
        assert_eq!(Grid::ending(0, 0), Grid::new(1, 0));
        assert_eq!(Grid::ending(99, 0), None);
        assert_eq!(Grid::ending(100, 2), None);
        assert_eq!(Grid::ending(99, 255), None);
    }
}
