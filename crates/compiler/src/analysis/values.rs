//! Sets of values of one signal, exact: sorted ranges over an order in which every value has a successor.

use footlight_core::condition::{Comparison, Literal, Set};
use footlight_core::texts::Texts;
use footlight_core::value::Type;

/// A place between two neighbouring values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut<'b> {
    /// Before this whole number, truth value or time, or before the double with this rank.
    Number(i128),
    /// Before this text, or right after it.
    Text(&'b str, bool),
    /// After everything.
    End,
}

/// What a signal can be: unknown, or a value in one of the ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values<'b> {
    pub(super) unknown: bool,
    /// From the first cut up to the second, ascending, with a gap between each two.
    ranges: Vec<(Cut<'b>, Cut<'b>)>,
}

const WHOLE: (i128, i128) = (i64::MIN as i128, i64::MAX as i128 + 1);

impl<'b> Values<'b> {
    /// Nothing.
    pub(super) const NONE: Self = Self { unknown: false, ranges: Vec::new() };

    /// Unknown and nothing else.
    pub(super) const UNKNOWN: Self = Self { unknown: true, ranges: Vec::new() };

    /// Every value of a type, when known. Of lists it only matters that they are.
    pub(super) fn known(kind: Type) -> Self {
        let (from, to) = match kind {
            Type::Bool => (Cut::Number(0), Cut::Number(2)),
            Type::Int | Type::Timestamp | Type::Duration => (Cut::Number(WHOLE.0), Cut::Number(WHOLE.1)),
            Type::Double => (Cut::Number(rank(f64::NEG_INFINITY)), Cut::Number(rank(f64::INFINITY) + 1)),
            Type::Text => (Cut::Text("", false), Cut::End),
            Type::TextList => (Cut::Number(0), Cut::Number(1)),
        };
        Self::range(from, to)
    }

    /// Whatever a signal of a type can be.
    pub(super) fn any(kind: Type) -> Self {
        Self { unknown: true, ..Self::known(kind) }
    }

    pub(super) fn range(from: Cut<'b>, to: Cut<'b>) -> Self {
        Self { unknown: false, ranges: if from < to { vec![(from, to)] } else { Vec::new() } }
    }

    /// Where a signal of a type compares so with a constant; `None` when they do not compare.
    pub(super) fn compared(
        kind: Type,
        operator: Comparison,
        literal: Literal,
        texts: &'b Texts,
    ) -> Option<Self> {
        let (before, after) = around(kind, literal, texts)?;
        let known = Self::known(kind);
        let (&(first, _), &(_, last)) = (known.ranges.first()?, known.ranges.last()?);
        Some(match operator {
            Comparison::Equal => Self::range(before, after),
            Comparison::NotEqual => Self::range(first, before).or(&Self::range(after, last)),
            Comparison::Less => Self::range(first, before),
            Comparison::LessOrEqual => Self::range(first, after),
            Comparison::Greater => Self::range(after, last),
            Comparison::GreaterOrEqual => Self::range(before, last),
        })
    }

    /// Where a signal of a type is one of some constants.
    pub(super) fn one_of(kind: Type, set: &Set, texts: &'b Texts) -> Option<Self> {
        let literals: Vec<Literal> = match set {
            Set::Texts(ids) => ids.iter().copied().map(Literal::Text).collect(),
            Set::Ints(numbers) => numbers.iter().copied().map(Literal::Int).collect(),
            Set::Others(literals) => literals.clone(),
        };
        let around = |literal: Literal| around(kind, literal, texts);
        let mut points = literals.into_iter().map(around).collect::<Option<Vec<_>>>()?;
        points.sort_unstable();
        let mut ranges: Vec<(Cut<'b>, Cut<'b>)> = Vec::with_capacity(points.len());
        for (from, to) in points.into_iter().filter(|(from, to)| from < to) {
            match ranges.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => ranges.push((from, to)),
            }
        }
        Some(Self { unknown: false, ranges })
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.unknown && self.ranges.is_empty()
    }

    /// Whether it is known and has a value.
    pub(super) fn is_known(&self) -> bool {
        !self.unknown
    }

    /// Whether nothing but unknown is left.
    pub(super) fn must_be_unknown(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The least value, when it stands by itself.
    pub(super) fn first_point(&self) -> Option<Cut<'b>> {
        match *self.ranges.first()? {
            (from @ Cut::Number(number), _) if number != WHOLE.0 => Some(from),
            (from @ Cut::Text(text, false), _) if !text.is_empty() => Some(from),
            _ => None,
        }
    }

    /// All of its values, when it is known and they are few.
    pub(super) fn points(&self) -> Option<Vec<Cut<'b>>> {
        const FEW: usize = 8;
        if self.unknown || self.ranges.len() > FEW {
            return None;
        }
        let point = |range: &(Cut<'b>, Cut<'b>)| match *range {
            (from @ Cut::Number(number), Cut::Number(to)) if to == number + 1 => Some(from),
            (from @ Cut::Text(text, false), Cut::Text(to, true)) if to == text => Some(from),
            _ => None,
        };
        self.ranges.iter().map(point).collect()
    }

    /// What is in both. The smaller one is looked up in the larger, so that a long list costs little beside a value.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (few, many) = if self.ranges.len() <= other.ranges.len() { (self, other) } else { (other, self) };
        let mut ranges = Vec::new();
        for &(from, to) in &few.ranges {
            let start = many.ranges.partition_point(|range| range.1 <= from);
            for range in many.ranges.iter().skip(start).take_while(|range| range.0 < to) {
                ranges.push((from.max(range.0), to.min(range.1)));
            }
        }
        Self { unknown: self.unknown && other.unknown, ranges }
    }

    /// What is in either.
    pub(super) fn or(&self, other: &Self) -> Self {
        let mut all: Vec<_> = self.ranges.iter().chain(&other.ranges).copied().collect();
        all.sort_unstable();
        let mut ranges: Vec<(Cut<'b>, Cut<'b>)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match ranges.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => ranges.push((from, to)),
            }
        }
        Self { unknown: self.unknown || other.unknown, ranges }
    }

    /// What is in this and not in the other.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        for &(mut from, to) in &self.ranges {
            let start = other.ranges.partition_point(|range| range.1 <= from);
            for range in other.ranges.iter().skip(start).take_while(|range| range.0 < to) {
                if from < range.0 {
                    ranges.push((from, range.0));
                }
                from = range.1;
            }
            if from < to {
                ranges.push((from, to));
            }
        }
        Self { unknown: self.unknown && !other.unknown, ranges }
    }

    /// Whether all of this is in the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let is_in = |&(from, to): &(Cut<'b>, Cut<'b>)| {
            let place = other.ranges.partition_point(|range| range.1 <= from);
            other.ranges.get(place).is_some_and(|range| range.0 <= from && to <= range.1)
        };
        (!self.unknown || other.unknown) && self.ranges.iter().all(is_in)
    }

    /// Whether something is in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let (few, many) = if self.ranges.len() <= other.ranges.len() { (self, other) } else { (other, self) };
        let is_met = |&(from, to): &(Cut<'b>, Cut<'b>)| {
            let place = many.ranges.partition_point(|range| range.1 <= from);
            many.ranges.get(place).is_some_and(|range| range.0 < to)
        };
        self.unknown && other.unknown || few.ranges.iter().any(is_met)
    }
}

/// The cuts before and after a constant among the values of a type; the same when no value is equal to it.
fn around<'b>(kind: Type, literal: Literal, texts: &'b Texts) -> Option<(Cut<'b>, Cut<'b>)> {
    let numbers = |before: i128, after: i128| Some((Cut::Number(before), Cut::Number(after)));
    match (kind, literal) {
        (Type::Text, Literal::Text(id)) => {
            let text = texts.get(id);
            Some((Cut::Text(text, false), Cut::Text(text, true)))
        }
        (Type::Bool, Literal::Bool(value)) => numbers(value.into(), i128::from(value) + 1),
        (Type::Int, Literal::Int(number))
        | (Type::Timestamp, Literal::Timestamp(number))
        | (Type::Duration, Literal::Duration(number)) => numbers(number.into(), i128::from(number) + 1),
        (Type::Int, Literal::Double(number)) if !number.is_nan() => {
            let clamp = |number: i128| number.clamp(WHOLE.0, WHOLE.1);
            numbers(clamp(number.ceil() as i128), clamp((number.floor() as i128).saturating_add(1)))
        }
        (Type::Double, Literal::Double(number)) if !number.is_nan() => {
            numbers(rank(number), rank(number) + 1)
        }
        (Type::Double, Literal::Int(number)) => {
            let nearest = number as f64;
            // Every double of that size is a whole number, so that nothing is lost on the way.
            Some(match i128::from(number).cmp(&(nearest as i128)) {
                std::cmp::Ordering::Equal => (Cut::Number(rank(nearest)), Cut::Number(rank(nearest) + 1)),
                std::cmp::Ordering::Less => (Cut::Number(rank(nearest)), Cut::Number(rank(nearest))),
                std::cmp::Ordering::Greater => {
                    (Cut::Number(rank(nearest) + 1), Cut::Number(rank(nearest) + 1))
                }
            })
        }
        _ => None,
    }
}

/// A double's place among all doubles; both zeros have the same.
fn rank(number: f64) -> i128 {
    let bits = number.to_bits() as i64;
    i128::from(if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_and_whole_numbers_compare_by_their_mathematical_value() {
        let texts = Texts::default();
        let of = |kind, operator, literal| Values::compared(kind, operator, literal, &texts).unwrap();
        let int = |operator, literal| of(Type::Int, operator, literal);
        assert!(int(Comparison::Equal, Literal::Double(1.5)).is_empty());
        assert_eq!(
            int(Comparison::Greater, Literal::Double(1.5)),
            int(Comparison::GreaterOrEqual, Literal::Int(2))
        );
        assert_eq!(
            int(Comparison::Less, Literal::Double(-1.5)),
            int(Comparison::LessOrEqual, Literal::Int(-2))
        );
        assert_eq!(int(Comparison::Less, Literal::Double(f64::INFINITY)), Values::known(Type::Int));
        assert!(int(Comparison::Greater, Literal::Int(i64::MAX)).is_empty());
        let double = |operator, literal| of(Type::Double, operator, literal);
        let (below, above) = (9_007_199_254_740_992.0, 9_007_199_254_740_994.0);
        let odd = Literal::Int(9_007_199_254_740_993);
        assert!(double(Comparison::Equal, odd).is_empty());
        assert_eq!(double(Comparison::Less, odd), double(Comparison::LessOrEqual, Literal::Double(below)));
        assert_eq!(
            double(Comparison::Greater, odd),
            double(Comparison::GreaterOrEqual, Literal::Double(above))
        );
        assert_eq!(
            double(Comparison::Equal, Literal::Double(-0.0)),
            double(Comparison::Equal, Literal::Int(0))
        );
    }

    #[test]
    fn sets_behave_as_sets() {
        let all: Vec<Values<'_>> = (0..64_u32)
            .map(|bits| {
                (0..6).filter(|bit| bits >> bit & 1 == 1).fold(Values::NONE, |values, bit| {
                    if bit == 5 {
                        return values.or(&Values::UNKNOWN);
                    }
                    let point = Values::range(Cut::Number(bit.into()), Cut::Number(i128::from(bit) + 1));
                    values.or(&point)
                })
            })
            .collect();
        let get = |bits: usize| &all[bits];
        for a in 0..64 {
            for b in 0..64 {
                assert_eq!(get(a).and(get(b)), *get(a & b));
                assert_eq!(get(a).or(get(b)), *get(a | b));
                assert_eq!(get(a).without(get(b)), *get(a & !b));
                assert_eq!(get(a).is_within(get(b)), a & !b == 0);
                assert_eq!(get(a).meets(get(b)), a & b != 0);
            }
        }
    }
}
