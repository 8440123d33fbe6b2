//! Conversion and rounding against arithmetic with big rationals and a look at both neighbours on the grid.

use footlight_core::money::{Amount, Conversion, Grid, Mode, Rate, Rounding};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn power_of_ten(exponent: u32) -> BigRational {
    BigRational::from_integer(BigInt::from(10).pow(exponent))
}

fn integer(value: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(value.into())
}

/// What the documentation says, step by step.
fn naive(base: i64, mantissa: i64, scale: u32, units: (u8, u8), rounding: Rounding) -> BigRational {
    let rate = integer(mantissa) / power_of_ten(scale);
    let exact = integer(base) / power_of_ten(units.0.into()) * rate * power_of_ten(units.1.into());
    let zero = integer(0);
    if exact == zero {
        return zero;
    }
    let magnitude = if exact < zero { -exact.clone() } else { exact.clone() };
    let (step, offset) = (integer(rounding.grid.step()), integer(rounding.grid.offset()));
    let lower = ((&magnitude - &offset) / &step).floor() * &step + &offset;
    let upper = ((&magnitude - &offset) / &step).ceil() * &step + &offset;
    let (to_lower, to_upper) = (&magnitude - &lower, &upper - &magnitude);
    let lower_is_even = ((&lower - &offset) / &step / integer(2)).is_integer();
    let rounded = match rounding.mode {
        Mode::Down => lower,
        Mode::Up => upper,
        _ if to_lower < to_upper => lower,
        _ if to_upper < to_lower => upper,
        Mode::HalfUp => upper,
        Mode::HalfEven => {
            if lower_is_even {
                lower
            } else {
                upper
            }
        }
    };
    let least = if offset == zero { step } else { offset };
    let rounded = if rounded < least { least } else { rounded };
    if exact < zero { -rounded } else { rounded }
}

fn rate_text(mantissa: i64, scale: u32) -> String {
    let digits = format!("{mantissa:0>width$}", width = scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

fn roundings() -> impl Strategy<Value = Rounding> {
    let mode = prop_oneof![Just(Mode::HalfEven), Just(Mode::HalfUp), Just(Mode::Up), Just(Mode::Down)];
    let known = prop_oneof![
        Just((1, 0)),
        Just((5, 0)),
        Just((10, 0)),
        Just((50, 0)),
        Just((100, 0)),
        Just((100, 99)),
        Just((100, 95)),
        Just((1000, 990)),
    ];
    let any = (1_u32..=100_000).prop_flat_map(|step| (Just(step), 0..step));
    let grid = prop_oneof![known, any].prop_map(|(step, offset)| Grid::new(step, offset).unwrap());
    (mode, grid).prop_map(|(mode, grid)| Rounding { mode, grid })
}

fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![-200_i64..200, -100_000_000_i64..100_000_000, any::<i64>()]
}

fn rates() -> impl Strategy<Value = (i64, u32)> {
    let few_digits = (1_i64..100_000, 0_u32..=5);
    prop_oneof![few_digits, (1_i64..1_000_000_000_000_000_000, 0_u32..=18), Just((1, 0)), Just((5, 1))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, rng_seed: RngSeed::Fixed(48), ..ProptestConfig::default() })]

    #[test]
    fn conversion_is_the_exact_product_rounded_once(
        base in amounts(),
        (mantissa, scale) in rates(),
        units in (0_u8..=4, 0_u8..=4),
        rounding in roundings(),
    ) {
        let rate = Rate::parse(&rate_text(mantissa, scale)).unwrap();
        let (base_minor_units, market_minor_units) = units;
        let conversion = Conversion { rate, base_minor_units, market_minor_units, rounding };
        let expected = naive(base, mantissa, scale, units, rounding);
        match conversion.convert(Amount::from_minor(base)) {
            Ok(amount) => prop_assert_eq!(integer(amount.minor), expected),
            // Refused: only where the result or the exact product is beyond what any price can be.
            Err(_) => {
                let limit = integer(i64::MAX) / integer(1_000_000);
                prop_assert!(expected > limit || expected < -limit || mantissa > 1_000_000_000_000);
            }
        }
    }
}
