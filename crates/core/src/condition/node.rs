//! The nodes of compiled conditions.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::signal::Signal;
use crate::texts::TextId;
use crate::value::Type;
use crate::wire;

/// How deep expressions may nest; the evaluator recurses this deep and no deeper.
pub const MAX_DEPTH: usize = 64;

/// Names one node of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(pub u32);

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// `true`, `false`
    Bool(bool),
    /// `42`
    Int(i64),
    /// `1.5`; never NaN
    Double(f64),
    /// `'text'`
    Text(TextId),
    /// `timestamp('2026-11-20T00:00:00Z')`, milliseconds since 1970
    Timestamp(i64),
    /// `duration('36h')`, milliseconds
    Duration(i64),
}

impl Literal {
    /// The constant's type.
    #[must_use]
    pub const fn kind(self) -> Type {
        match self {
            Self::Bool(_) => Type::Bool,
            Self::Int(_) => Type::Int,
            Self::Double(_) => Type::Double,
            Self::Text(_) => Type::Text,
            Self::Timestamp(_) => Type::Timestamp,
            Self::Duration(_) => Type::Duration,
        }
    }
}

/// A set of constants that `in` looks into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Set {
    /// Texts, ascending by their bytes.
    Texts(Vec<TextId>),
    /// Whole numbers, ascending.
    Ints(Vec<i64>),
    /// Any other constants, in the order written.
    Others(Vec<Literal>),
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Tests of one text within another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextTest {
    /// `text.startsWith(part)`
    StartsWith,
    /// `text.endsWith(part)`
    EndsWith,
    /// `text.contains(part)`
    Contains,
}

/// Arithmetic operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

/// Macros over lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Quantifier {
    /// `list.exists(x, condition)`
    Exists,
    /// `list.all(x, condition)`
    All,
}

/// One expression. INVARIANT: the nodes it names have lower numbers than itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// A constant.
    Literal(Literal),
    /// A list of constants outside `in`.
    List(Set),
    /// A signal of the request.
    Signal(Signal),
    /// The element that the quantifier `depth` levels out binds; 0 is the innermost.
    Element {
        /// How many quantifiers lie between.
        depth: u8,
    },
    /// `!a`
    Not(NodeId),
    /// `a && b && …`
    And(Vec<NodeId>),
    /// `a || b || …`
    Or(Vec<NodeId>),
    /// `test ? then : otherwise`
    If {
        /// The condition.
        test: NodeId,
        /// The value when it holds.
        then: NodeId,
        /// The value when it does not.
        otherwise: NodeId,
    },
    /// `left == right` and its like
    Compare {
        /// The operator.
        operator: Comparison,
        /// Left operand.
        left: NodeId,
        /// Right operand.
        right: NodeId,
    },
    /// `value in ['a', 'b']`
    OneOf {
        /// What is looked for.
        value: NodeId,
        /// The constants.
        set: Set,
    },
    /// `value in list`
    In {
        /// What is looked for.
        value: NodeId,
        /// The list.
        list: NodeId,
    },
    /// `text.startsWith(part)` and its like
    TextTest {
        /// Which test.
        test: TextTest,
        /// The text.
        text: NodeId,
        /// What is looked for in it.
        part: NodeId,
    },
    /// `size(a)`: characters of a text, elements of a list
    Size(NodeId),
    /// `has(signal)`: whether it is known
    Known(NodeId),
    /// `left + right` and its like
    Arithmetic {
        /// The operator.
        operator: Arithmetic,
        /// Left operand.
        left: NodeId,
        /// Right operand.
        right: NodeId,
    },
    /// `-a`
    Negate(NodeId),
    /// `list.exists(x, body)` and its like
    Quantifier {
        /// Which.
        quantifier: Quantifier,
        /// The list.
        list: NodeId,
        /// The condition on each element.
        body: NodeId,
    },
    /// `money('49.90')` in templates: an amount in the base currency's minor units, shown in the visitor's market.
    Money(i64),
}

impl Node {
    /// Calls `visit` with each operand.
    pub fn operands(&self, mut visit: impl FnMut(NodeId)) {
        match self {
            Self::Literal(_) | Self::List(_) | Self::Signal(_) | Self::Element { .. } | Self::Money(_) => {}
            Self::Not(a)
            | Self::Size(a)
            | Self::Known(a)
            | Self::Negate(a)
            | Self::OneOf { value: a, .. } => {
                visit(*a);
            }
            Self::And(all) | Self::Or(all) => all.iter().copied().for_each(visit),
            Self::If { test, then, otherwise } => {
                visit(*test);
                visit(*then);
                visit(*otherwise);
            }
            Self::Compare { left: a, right: b, .. }
            | Self::In { value: a, list: b }
            | Self::TextTest { text: a, part: b, .. }
            | Self::Arithmetic { left: a, right: b, .. }
            | Self::Quantifier { list: a, body: b, .. } => {
                visit(*a);
                visit(*b);
            }
        }
    }
}

wire::structs! {
    NodeId { 0 => Nodes }
}

wire::enums! {
    Literal: 6 {
        0 => Bool { 0 },
        1 => Int { 0 },
        2 => Double { 0 },
        3 => Text { 0 },
        4 => Timestamp { 0 },
        5 => Duration { 0 },
    }
    Set: 3 {
        0 => Texts { 0 },
        1 => Ints { 0 },
        2 => Others { 0 },
    }
    Comparison: 6 {
        0 => Equal {},
        1 => NotEqual {},
        2 => Less {},
        3 => LessOrEqual {},
        4 => Greater {},
        5 => GreaterOrEqual {},
    }
    TextTest: 3 {
        0 => StartsWith {},
        1 => EndsWith {},
        2 => Contains {},
    }
    Arithmetic: 5 {
        0 => Add {},
        1 => Subtract {},
        2 => Multiply {},
        3 => Divide {},
        4 => Remainder {},
    }
    Quantifier: 2 {
        0 => Exists {},
        1 => All {},
    }
    Node: 18 {
        0 => Literal { 0 },
        1 => List { 0 },
        2 => Signal { 0 },
        3 => Element { depth },
        4 => Not { 0 },
        5 => And { 0 },
        6 => Or { 0 },
        7 => If { test, then, otherwise },
        8 => Compare { operator, left, right },
        9 => OneOf { value, set },
        10 => In { value, list },
        11 => TextTest { test, text, part },
        12 => Size { 0 },
        13 => Known { 0 },
        14 => Arithmetic { operator, left, right },
        15 => Negate { 0 },
        16 => Quantifier { quantifier, list, body },
        17 => Money { 0 },
    }
}
