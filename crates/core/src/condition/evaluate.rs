//! Evaluation with CEL's three-valued logic; each truth value is computed at most once per request.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{Arithmetic, Comparison, Literal, Node, NodeId, Quantifier, Set, TextTest};
use crate::signal::Signals;
use crate::texts::Texts;
use crate::value::{Truth, Unknown, Value, double};
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
    elements: Vec<Value<'a>>,
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
                compare(*operator, &left, &right)
            }
            Some(Node::OneOf { value, set }) => {
                let value = self.value(*value);
                self.one_of(&value, set)
            }
            Some(Node::In { value, list }) => match (self.value(*value), self.value(*list)) {
                (Value::Text(text), Value::TextList(list)) => Truth::from(list.contains(&text)),
                _ => Truth::Unknown,
            },
            Some(Node::TextTest { test, text, part }) => match (self.value(*text), self.value(*part)) {
                (Value::Text(text), Value::Text(part)) => Truth::from(match test {
                    TextTest::StartsWith => text.starts_with(&*part),
                    TextTest::EndsWith => text.ends_with(&*part),
                    TextTest::Contains => write::contains(&text, &part),
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
        for element in list {
            self.elements.push(Value::Text(element));
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
        match node {
            Node::Literal(literal) => self.literal(*literal),
            Node::List(set) => Value::TextList(match set {
                Set::Texts(texts) => texts.iter().map(|&id| Cow::Borrowed(self.texts.get(id))).collect(),
                _ => Vec::new(),
            }),
            Node::Signal(signal) => self.signals.read(*signal),
            Node::Element { depth } => self
                .elements
                .len()
                .checked_sub(1 + usize::from(*depth))
                .and_then(|index| self.elements.get(index))
                .cloned()
                .unwrap_or(Value::Unknown(Unknown::NoResult)),
            Node::If { test, then, otherwise } => match self.truth(*test) {
                Truth::True => self.value(*then),
                Truth::False => self.value(*otherwise),
                Truth::Unknown => self.unknown_of(*test),
            },
            Node::Size(a) => match self.value(*a) {
                Value::Text(text) => Value::Int(text.chars().count() as i64),
                Value::TextList(list) => Value::Int(list.len() as i64),
                unknown @ Value::Unknown(_) => unknown,
                _ => Value::Unknown(Unknown::NoResult),
            },
            Node::Negate(a) => match self.value(*a) {
                Value::Int(number) => {
                    number.checked_neg().map_or(Value::Unknown(Unknown::NoResult), Value::Int)
                }
                Value::Double(number) => Value::Double(-number),
                unknown @ Value::Unknown(_) => unknown,
                _ => Value::Unknown(Unknown::NoResult),
            },
            Node::Arithmetic { operator, left, right } => {
                let (left, right) = (self.value(*left), self.value(*right));
                arithmetic(*operator, left, right)
            }
            Node::Money(amount_minor) => self
                .signals
                .money(*amount_minor)
                .map_or(Value::Unknown(Unknown::Absent), |text| Value::Text(Cow::Owned(text))),
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
            Literal::Text(id) => Value::text(self.texts.get(id)),
            Literal::Timestamp(ms) => Value::Timestamp(ms),
            Literal::Duration(ms) => Value::Duration(ms),
        }
    }

    fn one_of(&self, value: &Value<'a>, set: &Set) -> Truth {
        match (value, set) {
            (Value::Unknown(_), _) => Truth::Unknown,
            (Value::Text(text), Set::Texts(texts)) => {
                Truth::from(texts.binary_search_by(|&id| self.texts.get(id).cmp(text)).is_ok())
            }
            (Value::Int(number), Set::Ints(numbers)) => Truth::from(numbers.binary_search(number).is_ok()),
            (Value::Double(number), Set::Ints(numbers)) => Truth::from(
                numbers.iter().any(|&int| compare_int_double(int, *number) == Some(Ordering::Equal)),
            ),
            (_, Set::Others(literals)) => Truth::from(
                literals
                    .iter()
                    .any(|&literal| compare(Comparison::Equal, value, &self.literal(literal)) == Truth::True),
            ),
            _ => Truth::Unknown,
        }
    }
}

/// CEL's comparisons: numbers across types by their mathematical value, other types among themselves.
fn compare(operator: Comparison, left: &Value<'_>, right: &Value<'_>) -> Truth {
    let ordering = match (left, right) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Int(a), Value::Int(b)) | (Value::Timestamp(a), Value::Timestamp(b)) => Some(a.cmp(b)),
        (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Double(b)) => compare_int_double(*a, *b),
        (Value::Double(a), Value::Int(b)) => compare_int_double(*b, *a).map(Ordering::reverse),
        (Value::Text(a), Value::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (Value::TextList(a), Value::TextList(b)) => {
            return match operator {
                Comparison::Equal => Truth::from(a == b),
                Comparison::NotEqual => Truth::from(a != b),
                _ => Truth::Unknown,
            };
        }
        _ => return Truth::Unknown,
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

fn arithmetic<'a>(operator: Arithmetic, left: Value<'a>, right: Value<'a>) -> Value<'a> {
    use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
    let result = match (operator, left, right) {
        (_, unknown @ Value::Unknown(_), _) | (_, _, unknown @ Value::Unknown(_)) => return unknown,
        (Add, Value::Int(a), Value::Int(b)) => a.checked_add(b).map(Value::Int),
        (Subtract, Value::Int(a), Value::Int(b)) => a.checked_sub(b).map(Value::Int),
        (Multiply, Value::Int(a), Value::Int(b)) => a.checked_mul(b).map(Value::Int),
        (Divide, Value::Int(a), Value::Int(b)) => a.checked_div(b).map(Value::Int),
        (Remainder, Value::Int(a), Value::Int(b)) => a.checked_rem(b).map(Value::Int),
        (Add, Value::Double(a), Value::Double(b)) => Some(double(a + b)),
        (Subtract, Value::Double(a), Value::Double(b)) => Some(double(a - b)),
        (Multiply, Value::Double(a), Value::Double(b)) => Some(double(a * b)),
        (Divide, Value::Double(a), Value::Double(b)) => Some(double(a / b)),
        (Add, Value::Text(a), Value::Text(b)) => Some(Value::Text(a + b)),
        (Add, Value::Timestamp(a), Value::Duration(b)) | (Add, Value::Duration(a), Value::Timestamp(b)) => {
            a.checked_add(b).map(Value::Timestamp)
        }
        (Subtract, Value::Timestamp(a), Value::Duration(b)) => a.checked_sub(b).map(Value::Timestamp),
        (Subtract, Value::Timestamp(a), Value::Timestamp(b)) => a.checked_sub(b).map(Value::Duration),
        (Add, Value::Duration(a), Value::Duration(b)) => a.checked_add(b).map(Value::Duration),
        (Subtract, Value::Duration(a), Value::Duration(b)) => a.checked_sub(b).map(Value::Duration),
        _ => None,
    };
    result.unwrap_or(Value::Unknown(Unknown::NoResult))
}
