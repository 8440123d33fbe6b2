//! The values that are left for one signal once some atoms hold.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use footlight_core::condition::Comparison;
use footlight_core::texts::TextId;

use super::atom::Atom;
use super::number::Number;

/// What is left for a signal.
#[derive(Clone, Debug, Default)]
pub(super) struct Domain {
    /// Whether it must be known, or must not.
    known: Option<bool>,
    truth: Option<bool>,
    /// The texts it can be, when they are counted.
    texts: Option<BTreeSet<TextId>>,
    not_texts: BTreeSet<TextId>,
    /// The numbers it can be, when they are counted.
    numbers: Option<Vec<Number>>,
    not_numbers: Vec<Number>,
    low: Option<Bound>,
    high: Option<Bound>,
    /// It is a whole number, so that nothing lies between 2 and 3.
    is_whole: bool,
    is_empty: bool,
}

/// An end of a range.
#[derive(Clone, Copy, Debug)]
struct Bound {
    number: Number,
    is_inclusive: bool,
}

impl Domain {
    pub(super) fn new(is_whole: bool) -> Self {
        Self { is_whole, ..Self::default() }
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Leaves only what the atom lets through.
    pub(super) fn apply(&mut self, atom: &Atom) {
        if !matches!(atom, Atom::Known(false)) {
            self.require_known(true);
        }
        match atom {
            Atom::Known(known) => self.require_known(*known),
            Atom::Is(value) => {
                self.is_empty |= self.truth.is_some_and(|truth| truth != *value);
                self.truth = Some(*value);
            }
            Atom::In(texts) => {
                let mut left = texts.clone();
                if let Some(known) = &self.texts {
                    left.retain(|text| known.contains(text));
                }
                left.retain(|text| !self.not_texts.contains(text));
                self.is_empty |= left.is_empty();
                self.texts = Some(left);
            }
            Atom::NotIn(texts) => {
                self.not_texts.extend(texts);
                if let Some(left) = &mut self.texts {
                    left.retain(|text| !texts.contains(text));
                    self.is_empty |= left.is_empty();
                }
            }
            Atom::Numbers(numbers) => {
                let left = numbers.iter().copied().filter(|number| self.admits(*number)).collect();
                self.numbers = Some(left);
            }
            Atom::NotNumber(number) => self.not_numbers.push(*number),
            Atom::Compares(Comparison::Equal, number) => {
                let left = if self.admits(*number) { vec![*number] } else { Vec::new() };
                self.numbers = Some(left);
            }
            Atom::Compares(operator, number) => self.limit(*operator, *number),
        }
        self.settle();
    }

    fn require_known(&mut self, known: bool) {
        self.is_empty |= self.known.is_some_and(|before| before != known);
        self.known = Some(known);
    }

    fn limit(&mut self, operator: Comparison, number: Number) {
        let bound = match (operator, number) {
            // Of whole numbers `> 2` is `>= 3`.
            (Comparison::Greater, Number::Int(int)) if self.is_whole && int < i64::MAX => {
                Bound { number: Number::Int(int + 1), is_inclusive: true }
            }
            (Comparison::Less, Number::Int(int)) if self.is_whole && int > i64::MIN => {
                Bound { number: Number::Int(int - 1), is_inclusive: true }
            }
            (Comparison::Greater | Comparison::Less, number) => Bound { number, is_inclusive: false },
            (_, number) => Bound { number, is_inclusive: true },
        };
        match operator {
            Comparison::Greater | Comparison::GreaterOrEqual => {
                if self.low.is_none_or(|low| above(bound, low)) {
                    self.low = Some(bound);
                }
            }
            Comparison::Less | Comparison::LessOrEqual => {
                if self.high.is_none_or(|high| below(bound, high)) {
                    self.high = Some(bound);
                }
            }
            Comparison::Equal | Comparison::NotEqual => {}
        }
    }

    /// Notes what follows from all that is known.
    fn settle(&mut self) {
        if let (Some(low), Some(high)) = (self.low, self.high) {
            match low.number.compare(high.number) {
                Ordering::Greater => self.is_empty = true,
                Ordering::Equal if !(low.is_inclusive && high.is_inclusive) => self.is_empty = true,
                // A range of one number.
                Ordering::Equal if self.numbers.is_none() => self.numbers = Some(vec![low.number]),
                _ => {}
            }
        }
        if let Some(numbers) = self.numbers.take() {
            let left: Vec<Number> = numbers.into_iter().filter(|number| self.admits(*number)).collect();
            self.is_empty |= left.is_empty();
            self.numbers = Some(left);
        }
    }

    /// Whether a number is left.
    fn admits(&self, number: Number) -> bool {
        let is_listed = self
            .numbers
            .as_ref()
            .is_none_or(|numbers| numbers.iter().any(|left| left.compare(number) == Ordering::Equal));
        let is_excluded = self.not_numbers.iter().any(|out| out.compare(number) == Ordering::Equal);
        let is_above = self.low.is_none_or(|low| match number.compare(low.number) {
            Ordering::Less => false,
            Ordering::Equal => low.is_inclusive,
            Ordering::Greater => true,
        });
        let is_below = self.high.is_none_or(|high| match number.compare(high.number) {
            Ordering::Less => true,
            Ordering::Equal => high.is_inclusive,
            Ordering::Greater => false,
        });
        is_listed && !is_excluded && is_above && is_below
    }

    /// Whether the atom holds for everything that is left.
    pub(super) fn implies(&self, atom: &Atom) -> bool {
        if !matches!(atom, Atom::Known(_)) && self.known != Some(true) {
            return false;
        }
        match atom {
            Atom::Known(known) => self.known == Some(*known),
            Atom::Is(value) => self.truth == Some(*value),
            Atom::In(texts) => self.texts.as_ref().is_some_and(|left| left.is_subset(texts)),
            Atom::NotIn(texts) => {
                let is_out = |text: &TextId| {
                    self.not_texts.contains(text)
                        || self.texts.as_ref().is_some_and(|left| !left.contains(text))
                };
                texts.iter().all(is_out)
            }
            Atom::Numbers(numbers) => self.numbers.as_ref().is_some_and(|left| {
                left.iter().all(|left| numbers.iter().any(|number| number.compare(*left) == Ordering::Equal))
            }),
            Atom::NotNumber(number) => self.is_about_numbers() && !self.admits(*number),
            Atom::Compares(operator, number) => self.implies_comparison(*operator, *number),
        }
    }

    fn implies_comparison(&self, operator: Comparison, number: Number) -> bool {
        let holds = |ordering: Ordering| match operator {
            Comparison::Equal => ordering.is_eq(),
            Comparison::NotEqual => ordering.is_ne(),
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            Comparison::GreaterOrEqual => ordering.is_ge(),
        };
        if let Some(numbers) = &self.numbers {
            return numbers.iter().all(|left| holds(left.compare(number)));
        }
        match operator {
            Comparison::Greater => self.low.is_some_and(|low| match low.number.compare(number) {
                Ordering::Greater => true,
                Ordering::Equal => !low.is_inclusive,
                Ordering::Less => false,
            }),
            Comparison::GreaterOrEqual => self.low.is_some_and(|low| low.number.compare(number).is_ge()),
            Comparison::Less => self.high.is_some_and(|high| match high.number.compare(number) {
                Ordering::Less => true,
                Ordering::Equal => !high.is_inclusive,
                Ordering::Greater => false,
            }),
            Comparison::LessOrEqual => self.high.is_some_and(|high| high.number.compare(number).is_le()),
            Comparison::Equal | Comparison::NotEqual => false,
        }
    }

    fn is_about_numbers(&self) -> bool {
        self.numbers.is_some() || self.low.is_some() || self.high.is_some() || !self.not_numbers.is_empty()
    }
}

fn above(bound: Bound, other: Bound) -> bool {
    match bound.number.compare(other.number) {
        Ordering::Greater => true,
        Ordering::Equal => !bound.is_inclusive,
        Ordering::Less => false,
    }
}

fn below(bound: Bound, other: Bound) -> bool {
    match bound.number.compare(other.number) {
        Ordering::Less => true,
        Ordering::Equal => !bound.is_inclusive,
        Ordering::Greater => false,
    }
}
