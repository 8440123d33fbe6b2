//! The syntax tree.

use std::ops::Range;

/// An expression and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    /// How deep it nests; a leaf has 1.
    pub(super) depth: usize,
}

/// A name and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Reported already.
    Broken,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    Identifier(String),
    /// `of.name`
    Select {
        of: Box<Expression>,
        name: Name,
    },
    /// `of[index]`
    Index {
        of: Box<Expression>,
        index: Box<Expression>,
    },
    /// `name(arguments)`
    Call {
        name: Name,
        arguments: Vec<Expression>,
    },
    /// `of.name(arguments)`
    Method {
        of: Box<Expression>,
        name: Name,
        arguments: Vec<Expression>,
    },
    List(Vec<Expression>),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    /// `a && b && …`
    And(Vec<Expression>),
    /// `a || b || …`
    Or(Vec<Expression>),
    Binary {
        operator: Binary,
        operator_span: Range<usize>,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Conditional {
        test: Box<Expression>,
        then: Box<Expression>,
        otherwise: Box<Expression>,
    },
}

/// Operators with two operands, besides `&&` and `||`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Binary {
    #[cfg(test)]
    pub(super) const ALL: [Self; 12] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::In,
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Remainder,
    ];

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}
