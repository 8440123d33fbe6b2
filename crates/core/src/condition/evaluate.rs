//! Evaluation with CEL's three-valued logic; each truth value is computed at most once per request.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{Arithmetic, Comparison, Literal, Node, NodeId, Quantifier, Set, TextTest};
use crate::signal::Signals;
use crate::texts::Texts;
use crate::value::{TextList, Truth, Unknown, Value, double};
use crate::write;

/// Truth values of a request's conditions, kept between requests only to use the memory again.
#[derive(Clone, Debug, Default)]
pub struct Truths {
    /// Tells this request's entries from older ones.
    generation: u32,
    /// The generation and the truth value of each node.
    known: Vec<(u32, Truth)>,
    /// Nodes evaluated in this generation.
    evaluated: u32,
}

impl Truths {
    fn begin(&mut self, nodes: usize) {
        self.evaluated = 0;
        self.generation = self.generation.wrapping_add(1);
        if self.generation == 0 || self.known.len() != nodes {
            self.generation = 1;
            self.known.clear();
            self.known.resize(nodes, (0, Truth::Unknown));
        }
    }

    fn get(&self, index: usize) -> Option<Truth> {
        let (generation, truth) = *self.known.get(index)?;
        (generation == self.generation).then_some(truth)
    }

    fn set(&mut self, index: usize, truth: Truth) {
        if let Some(known) = self.known.get_mut(index) {
            *known = (self.generation, truth);
            self.evaluated += 1;
        }
    }
}

/// The conditions of one request: evaluates nodes lazily and remembers truth values.
pub struct Evaluation<'a> {
    nodes: &'a [Node],
    texts: &'a Texts,
    signals: &'a Signals<'a>,
    truths: &'a mut Truths,
    elements: Vec<&'a str>,
}

impl<'a> Evaluation<'a> {
    /// An evaluation over a bundle's nodes and a request's signals.
    #[must_use]
    pub fn new(
        nodes: &'a [Node],
        texts: &'a Texts,
        signals: &'a Signals<'a>,
        truths: &'a mut Truths,
    ) -> Self {
        truths.begin(nodes.len());
        Self { nodes, texts, signals, truths, elements: Vec::new() }
    }

    /// How many conditions were evaluated so far.
    #[must_use]
    pub fn evaluated(&self) -> u32 {
        self.truths.evaluated
    }

    /// Whether the condition holds. What is not a truth value counts as unknown.
    pub fn truth(&mut self, id: NodeId) -> Truth {
        let index = id.0 as usize;
        // What stands under a quantifier depends on the element and is not remembered.
        let remember = self.elements.is_empty();
        if remember && let Some(truth) = self.truths.get(index) {
            return truth;
        }
        let truth = self.compute_truth(id);
        if remember {
            self.truths.set(index, truth);
        }
        truth
    }

    fn compute_truth(&mut self, id: NodeId) -> Truth {
        match self.nodes.get(id.0 as usize) {
            Some(Node::Not(a)) => match self.truth(*a) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                Truth::Unknown => Truth::Unknown,
            },
            Some(Node::And(all)) => self.fold(all, Truth::False, Truth::True),
            Some(Node::Or(any)) => self.fold(any, Truth::True, Truth::False),
            Some(Node::If { test, then, otherwise }) => match self.truth(*test) {
                Truth::True => self.truth(*then),
                Truth::False => self.truth(*otherwise),
                Truth::Unknown => Truth::Unknown,
            },
            Some(Node::Known(a)) => Truth::from(self.value(*a).is_known()),
            Some(Node::Compare { operator, left, right }) => {
                let (left, right) = (self.value(*left), self.value(*right));
                self.compare(*operator, left, right)
            }
            Some(Node::OneOf { value, set }) => {
                let value = self.value(*value);
                self.one_of(value, set)
            }
            Some(Node::In { value, list }) => match (self.value(*value), self.value(*list)) {
                (Value::Text(text), Value::TextList(list)) => {
                    Truth::from((0..list.len()).any(|index| list.get(index, self.texts) == Some(text)))
                }
                _ => Truth::Unknown,
            },
            Some(Node::TextTest { test, text, part }) => match (self.value(*text), self.value(*part)) {
                (Value::Text(text), Value::Text(part)) => Truth::from(match test {
                    TextTest::StartsWith => text.starts_with(part),
                    TextTest::EndsWith => text.ends_with(part),
                    TextTest::Contains => write::contains(text, part),
                }),
                _ => Truth::Unknown,
            },
            Some(Node::Quantifier { quantifier, list, body }) => self.quantify(*quantifier, *list, *body),
            _ => match self.value(id) {
                Value::Bool(value) => Truth::from(value),
                _ => Truth::Unknown,
            },
        }
    }

    /// CEL's `&&` and `||`: a deciding operand decides whatever the others are, an unknown one only matters else.
    fn fold(&mut self, operands: &[NodeId], deciding: Truth, otherwise: Truth) -> Truth {
        let mut result = otherwise;
        for &operand in operands {
            let truth = self.truth(operand);
            if truth == deciding {
                return deciding;
            }
            if truth == Truth::Unknown {
                result = Truth::Unknown;
            }
        }
        result
    }

    fn quantify(&mut self, quantifier: Quantifier, list: NodeId, body: NodeId) -> Truth {
        let Value::TextList(list) = self.value(list) else { return Truth::Unknown };
        let (deciding, mut result) = match quantifier {
            Quantifier::Exists => (Truth::True, Truth::False),
            Quantifier::All => (Truth::False, Truth::True),
        };
        let mut index = 0;
        while let Some(element) = list.get(index, self.texts) {
            index += 1;
            self.elements.push(element);
            let truth = self.truth(body);
            self.elements.pop();
            if truth == deciding {
                return deciding;
            }
            if truth == Truth::Unknown {
                result = Truth::Unknown;
            }
        }
        result
    }

    /// The value of an expression.
    pub fn value(&mut self, id: NodeId) -> Value<'a> {
        let nodes = self.nodes;
        let Some(node) = nodes.get(id.0 as usize) else { return Value::Unknown(Unknown::NoResult) };
        match *node {
            Node::Literal(literal) => self.literal(literal),
            Node::List(ref set) => Value::TextList(TextList::Constants(match set {
                Set::Texts(texts) => texts,
                _ => &[],
            })),
            Node::Signal(signal) => self.signals.read(signal),
            Node::Element { depth } => {
                let index = self.elements.len().wrapping_sub(1 + usize::from(depth));
                self.elements.get(index).map_or(Value::Unknown(Unknown::NoResult), |text| Value::Text(text))
            }
            Node::If { test, then, otherwise } => match self.truth(test) {
                Truth::True => self.value(then),
                Truth::False => self.value(otherwise),
                Truth::Unknown => self.unknown_of(test),
            },
            Node::Size(a) => match self.value(a) {
                Value::Text(text) => Value::Int(characters(text)),
                Value::TextList(list) => Value::Int(list.len() as i64),
                other => unknown(other),
            },
            Node::Negate(a) => match self.value(a) {
                Value::Int(number) => int(number.checked_neg()),
                Value::Double(number) => Value::Double(-number),
                other => unknown(other),
            },
            Node::Arithmetic { operator, left, right } => {
                let (left, right) = (self.value(left), self.value(right));
                self.arithmetic(operator, left, right)
            }
            Node::Money(amount_minor) => match self.signals.money(amount_minor) {
                Some(text) => Value::Text(self.signals.kept.keep(text)),
                None => Value::Unknown(Unknown::Absent),
            },
            _ => match self.truth(id) {
                Truth::True => Value::Bool(true),
                Truth::False => Value::Bool(false),
                Truth::Unknown => self.unknown_of(id),
            },
        }
    }

    /// Why an expression is unknown: the reason of the first unknown value in it.
    fn unknown_of(&mut self, id: NodeId) -> Value<'a> {
        Value::Unknown(self.first_unknown(id).unwrap_or(Unknown::NoResult))
    }

    /// The reason of the first unknown signal that an expression reads.
    pub fn first_unknown(&mut self, id: NodeId) -> Option<Unknown> {
        let nodes = self.nodes;
        let node = nodes.get(id.0 as usize)?;
        if let Node::Signal(signal) = node {
            return match self.signals.read(*signal) {
                Value::Unknown(reason) => Some(reason),
                _ => None,
            };
        }
        let mut found = None;
        node.operands(|operand| {
            if found.is_none() {
                found = self.first_unknown(operand);
            }
        });
        found
    }

    fn literal(&self, literal: Literal) -> Value<'a> {
        match literal {
            Literal::Bool(value) => Value::Bool(value),
            Literal::Int(number) => Value::Int(number),
            Literal::Double(number) => double(number),
            Literal::Text(id) => Value::Text(self.texts.get(id)),
            Literal::Timestamp(ms) => Value::Timestamp(ms),
            Literal::Duration(ms) => Value::Duration(ms),
        }
    }

    fn one_of(&self, value: Value<'a>, set: &Set) -> Truth {
        Truth::from(match (value, set) {
            (Value::Text(text), Set::Texts(texts)) => {
                texts.binary_search_by(|&id| self.texts.get(id).cmp(text)).is_ok()
            }
            (Value::Int(number), Set::Ints(numbers)) => numbers.binary_search(&number).is_ok(),
            (Value::Double(number), Set::Ints(numbers)) => {
                numbers.iter().any(|&int| compare_int_double(int, number) == Some(Ordering::Equal))
            }
            (Value::Unknown(_), _) => return Truth::Unknown,
            (_, Set::Others(literals)) => {
                let mut literals = literals.iter();
                literals.any(|&literal| {
                    self.compare(Comparison::Equal, value, self.literal(literal)) == Truth::True
                })
            }
            _ => return Truth::Unknown,
        })
    }

    /// CEL's comparisons: numbers across types by their mathematical value, other types among themselves.
    fn compare(&self, operator: Comparison, left: Value<'a>, right: Value<'a>) -> Truth {
        let ordering = match (left, right) {
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(&b)),
            (Value::Int(a), Value::Int(b))
            | (Value::Timestamp(a), Value::Timestamp(b))
            | (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(&b)),
            (Value::Double(a), Value::Double(b)) => a.partial_cmp(&b),
            (Value::Int(a), Value::Double(b)) => compare_int_double(a, b),
            (Value::Double(a), Value::Int(b)) => compare_int_double(b, a).map(Ordering::reverse),
            (Value::Text(a), Value::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (Value::TextList(a), Value::TextList(b)) => {
                let equal = a.len() == b.len()
                    && (0..a.len()).all(|index| a.get(index, self.texts) == b.get(index, self.texts));
                return match operator {
                    Comparison::Equal => Truth::from(equal),
                    Comparison::NotEqual => Truth::from(!equal),
                    _ => Truth::Unknown,
                };
            }
            _ => None,
        };
        let Some(ordering) = ordering else { return Truth::Unknown };
        Truth::from(match operator {
            Comparison::Equal => ordering.is_eq(),
            Comparison::NotEqual => ordering.is_ne(),
            Comparison::Less => ordering.is_lt(),
            Comparison::LessOrEqual => ordering.is_le(),
            Comparison::Greater => ordering.is_gt(),
            Comparison::GreaterOrEqual => ordering.is_ge(),
        })
    }

    fn arithmetic(&self, operator: Arithmetic, left: Value<'a>, right: Value<'a>) -> Value<'a> {
        use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
        let of_numbers = |a: i64, b: i64| match operator {
            Add => a.checked_add(b),
            Subtract => a.checked_sub(b),
            Multiply => a.checked_mul(b),
            Divide => a.checked_div(b),
            Remainder => a.checked_rem(b),
        };
        let result = match (left, right) {
            (Value::Unknown(_), _) => return left,
            (_, Value::Unknown(_)) => return right,
            (Value::Int(a), Value::Int(b)) => of_numbers(a, b).map(Value::Int),
            (Value::Double(a), Value::Double(b)) => match operator {
                Add => Some(double(a + b)),
                Subtract => Some(double(a - b)),
                Multiply => Some(double(a * b)),
                Divide => Some(double(a / b)),
                Remainder => None,
            },
            (Value::Text(a), Value::Text(b)) if operator == Add => {
                let mut text = String::from(a);
                text.push_str(b);
                Some(Value::Text(self.signals.kept.keep(text)))
            }
            (Value::Timestamp(a), Value::Duration(b)) if matches!(operator, Add | Subtract) => {
                of_numbers(a, b).map(Value::Timestamp)
            }
            (Value::Duration(a), Value::Timestamp(b)) if operator == Add => {
                of_numbers(a, b).map(Value::Timestamp)
            }
            (Value::Timestamp(a), Value::Timestamp(b)) if operator == Subtract => {
                of_numbers(a, b).map(Value::Duration)
            }
            (Value::Duration(a), Value::Duration(b)) if matches!(operator, Add | Subtract) => {
                of_numbers(a, b).map(Value::Duration)
            }
            _ => None,
        };
        result.unwrap_or(Value::Unknown(Unknown::NoResult))
    }
}

/// How many characters a text has: bytes that begin one.
fn characters(text: &str) -> i64 {
    text.bytes().map(|byte| i64::from(byte & 0xc0 != 0x80)).sum()
}

fn int<'a>(number: Option<i64>) -> Value<'a> {
    number.map_or(Value::Unknown(Unknown::NoResult), Value::Int)
}

/// What an operation makes of a value that it cannot take.
fn unknown(value: Value<'_>) -> Value<'_> {
    if value.is_known() { Value::Unknown(Unknown::NoResult) } else { value }
}

/// Compares by mathematical value, exactly: an `i64` does not always fit a double.
fn compare_int_double(int: i64, double: f64) -> Option<Ordering> {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    if double.is_nan() {
        None
    } else if double >= TWO_TO_63 {
        Some(Ordering::Less)
    } else if double < -TWO_TO_63 {
        Some(Ordering::Greater)
    } else {
        let whole = double as i64;
        Some(
            int.cmp(&whole)
                .then_with(|| 0.0.partial_cmp(&(double - whole as f64)).unwrap_or(Ordering::Equal)),
        )
    }
}
