//! Syntax trees of the subset, drawn at random and written as text.

use std::fmt;

use crate::interpreter;

/// SplitMix64 (Steele et al., 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    pub(crate) fn any<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    Int,
    Double,
    Text,
    Timestamp,
    Duration,
}

#[derive(Clone, Debug)]
pub(crate) enum Expression {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(&'static str),
    /// As written, and in milliseconds.
    Timestamp(&'static str, i64),
    Duration(&'static str, i64),
    Signal(&'static str),
    /// What the quantifier so many levels out binds.
    Element(usize),
    List(Vec<Expression>),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Conditional(Box<[Expression; 3]>),
    Binary(&'static str, Box<[Expression; 2]>),
    Has(&'static str),
    Size(Box<Expression>, bool),
    Test(&'static str, Box<[Expression; 2]>),
    /// The list, the element's name by its level, the condition.
    Quantifier(&'static str, Box<[Expression; 2]>, usize),
}

use Expression as E;

pub(crate) const INTS: [i64; 12] =
    [0, 1, -1, 2, 3, 7, -10, i64::MAX, i64::MIN, 9_007_199_254_740_993, 4_611_686_018_427_387_904, 100];
pub(crate) const DOUBLES: [f64; 10] =
    [0.0, 0.5, 1.0, -1.5, 2.0, 7.0, 1e300, -1e300, 9_007_199_254_740_992.0, 9_223_372_036_854_775_808.0];
pub(crate) const TEXTS: [&str; 7] = ["", "a", "ab", "b", "é", "日本", "a😀"];
pub(crate) const LISTS: [&[&str]; 4] = [&[], &["a"], &["b", "ab"], &["é", "a", "日本"]];
const TIMESTAMPS: [(&str, i64); 4] = [
    ("2026-11-20T00:00:00Z", 1_795_132_800_000),
    ("2026-11-20T01:00:00.500+01:00", 1_795_132_800_500),
    ("1970-01-01T00:00:00Z", 0),
    ("2100-12-31T23:59:59Z", 4_133_980_799_000),
];
const DURATIONS: [(&str, i64); 4] =
    [("0s", 0), ("36h", 129_600_000), ("-1h30m", -5_400_000), ("1500ms", 1_500)];

const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// A condition that the compiler must accept: without constants that divide by zero or overflow, which are errors.
pub(crate) fn condition(random: &mut Random) -> Expression {
    loop {
        let depth = 1 + random.below(4);
        let condition = draw(random, Type::Bool, depth, 0);
        if is_sound(&condition) {
            return condition;
        }
    }
}

fn draw(random: &mut Random, kind: Type, depth: usize, bound: usize) -> Expression {
    if depth == 0 {
        return leaf(random, kind, bound);
    }
    let down = depth - 1;
    if random.below(12) == 0 {
        let all = [Type::Bool, kind, kind].map(|kind| draw(random, kind, down, bound));
        return E::Conditional(Box::new(all));
    }
    let binary = |random: &mut Random, operator, left, right| {
        let operands = [left, right].map(|kind| draw(random, kind, down, bound));
        E::Binary(operator, Box::new(operands))
    };
    match kind {
        Type::Bool => match random.below(14) {
            0 => E::Not(Box::new(draw(random, Type::Bool, down, bound))),
            1 | 2 => {
                E::And((0..2 + random.below(2)).map(|_| draw(random, Type::Bool, down, bound)).collect())
            }
            3 | 4 => E::Or((0..2 + random.below(2)).map(|_| draw(random, Type::Bool, down, bound)).collect()),
            5..=7 => {
                let operator = random.any(&COMPARISONS);
                let number = [Type::Int, Type::Double];
                let (left, right) = match random.below(6) {
                    0 => (Type::Text, Type::Text),
                    1 => (Type::Timestamp, Type::Timestamp),
                    2 => (Type::Duration, Type::Duration),
                    3 => (Type::Bool, Type::Bool),
                    _ => (random.any(&number), random.any(&number)),
                };
                binary(random, operator, left, right)
            }
            8 | 9 => membership(random, down, bound),
            10 => {
                let operands = [Type::Text, Type::Text].map(|kind| draw(random, kind, down, bound));
                E::Test(random.any(&["startsWith", "endsWith", "contains"]), Box::new(operands))
            }
            11 => E::Has(random.any(&SIGNALS).0),
            12 => {
                let body = draw(random, Type::Bool, down, bound + 1);
                E::Quantifier(random.any(&["exists", "all"]), Box::new([list(random), body]), bound)
            }
            _ => leaf(random, Type::Bool, bound),
        },
        Type::Int => match random.below(7) {
            0 => E::Negate(Box::new(draw(random, Type::Int, down, bound))),
            1 => E::Size(Box::new(draw(random, Type::Text, down, bound)), random.below(2) == 0),
            2 => E::Size(Box::new(E::Signal("visitor.recently_viewed")), random.below(2) == 0),
            3 => leaf(random, Type::Int, bound),
            _ => {
                let operator = random.any(&["+", "-", "*", "/", "%"]);
                binary(random, operator, Type::Int, Type::Int)
            }
        },
        Type::Double => match random.below(5) {
            0 => E::Negate(Box::new(draw(random, Type::Double, down, bound))),
            1 => leaf(random, Type::Double, bound),
            _ => {
                let operator = random.any(&["+", "-", "*", "/"]);
                binary(random, operator, Type::Double, Type::Double)
            }
        },
        Type::Text => binary(random, "+", Type::Text, Type::Text),
        Type::Timestamp => match random.below(3) {
            0 => binary(random, "+", Type::Timestamp, Type::Duration),
            1 => binary(random, "+", Type::Duration, Type::Timestamp),
            _ => binary(random, "-", Type::Timestamp, Type::Duration),
        },
        Type::Duration => match random.below(3) {
            0 => binary(random, "-", Type::Timestamp, Type::Timestamp),
            1 => binary(random, "+", Type::Duration, Type::Duration),
            _ => binary(random, "-", Type::Duration, Type::Duration),
        },
    }
}

pub(crate) const SIGNALS: [(&str, Type); 9] = [
    ("custom.n", Type::Int),
    ("custom.m", Type::Int),
    ("custom.d", Type::Double),
    ("custom.e", Type::Double),
    ("custom.t", Type::Text),
    ("custom.u", Type::Text),
    ("custom.b", Type::Bool),
    ("custom.c", Type::Bool),
    ("time.now", Type::Timestamp),
];

fn leaf(random: &mut Random, kind: Type, bound: usize) -> Expression {
    let fitting: Vec<&str> = SIGNALS.iter().filter(|(_, of)| *of == kind).map(|(name, _)| *name).collect();
    if kind == Type::Text && bound > 0 && random.below(2) == 0 {
        return E::Element(random.below(bound));
    }
    if !fitting.is_empty() && random.below(3) > 0 {
        return E::Signal(random.any(&fitting));
    }
    constant(random, kind)
}

fn constant(random: &mut Random, kind: Type) -> Expression {
    match kind {
        Type::Bool => E::Bool(random.below(2) == 0),
        Type::Int => E::Int(random.any(&INTS)),
        Type::Double => E::Double(random.any(&DOUBLES)),
        Type::Text => E::Text(random.any(&TEXTS)),
        Type::Timestamp => {
            let (text, ms) = random.any(&TIMESTAMPS);
            E::Timestamp(text, ms)
        }
        Type::Duration => {
            let (text, ms) = random.any(&DURATIONS);
            E::Duration(text, ms)
        }
    }
}

fn list(random: &mut Random) -> Expression {
    if random.below(3) > 0 {
        return E::Signal("visitor.recently_viewed");
    }
    E::List((0..random.below(4)).map(|_| constant(random, Type::Text)).collect())
}

fn membership(random: &mut Random, down: usize, bound: usize) -> Expression {
    if random.below(3) == 0 {
        let operands = [draw(random, Type::Text, down, bound), E::Signal("visitor.recently_viewed")];
        return E::Binary("in", Box::new(operands));
    }
    let kind = random.any(&[
        Type::Int,
        Type::Double,
        Type::Text,
        Type::Text,
        Type::Bool,
        Type::Timestamp,
        Type::Duration,
    ]);
    let is_number = matches!(kind, Type::Int | Type::Double);
    let elements = (0..random.below(5))
        .map(|_| {
            let kind = if is_number { random.any(&[Type::Int, Type::Double, kind]) } else { kind };
            constant(random, kind)
        })
        .collect();
    E::Binary("in", Box::new([draw(random, kind, down, bound), E::List(elements)]))
}

/// Whether no constant part of it has no result, and nothing is divided by a constant zero.
fn is_sound(expression: &Expression) -> bool {
    let divides_by_zero = match expression {
        E::Binary("/" | "%", operands) if is_constant(&operands[1]) => {
            matches!(interpreter::constant(&operands[1]), interpreter::Value::Int(0))
                || matches!(interpreter::constant(&operands[1]), interpreter::Value::Double(zero) if zero == 0.0)
        }
        _ => false,
    };
    let has_no_result = is_constant(expression)
        && !matches!(expression, E::List(_))
        && interpreter::constant(expression) == interpreter::Value::Unknown;
    !divides_by_zero && !has_no_result && parts(expression).into_iter().all(is_sound)
}

fn is_constant(expression: &Expression) -> bool {
    !matches!(expression, E::Signal(_) | E::Element(_) | E::Has(_))
        && parts(expression).into_iter().all(is_constant)
}

fn parts(expression: &Expression) -> Vec<&Expression> {
    match expression {
        E::Not(a) | E::Negate(a) | E::Size(a, _) => vec![a],
        E::And(all) | E::Or(all) | E::List(all) => all.iter().collect(),
        E::Conditional(all) => all.iter().collect(),
        E::Binary(_, both) | E::Test(_, both) | E::Quantifier(_, both, _) => both.iter().collect(),
        _ => Vec::new(),
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, all: &[Self], operator: &str| {
            for (index, operand) in all.iter().enumerate() {
                write!(f, "{}({operand})", if index > 0 { operator } else { "" })?;
            }
            Ok(())
        };
        match self {
            E::Bool(value) => write!(f, "{value}"),
            E::Int(number) => write!(f, "{number}"),
            E::Double(number) => write!(f, "{number:?}"),
            E::Text(text) => write!(f, "'{text}'"),
            E::Timestamp(text, _) => write!(f, "timestamp('{text}')"),
            E::Duration(text, _) => write!(f, "duration('{text}')"),
            E::Signal(name) => f.write_str(name),
            E::Element(level) => write!(f, "x{level}"),
            E::List(elements) => {
                f.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if index > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            E::Not(a) => write!(f, "!({a})"),
            E::Negate(a) => write!(f, "-({a})"),
            E::And(all) => joined(f, all, " && "),
            E::Or(any) => joined(f, any, " || "),
            E::Conditional(all) => write!(f, "({}) ? ({}) : ({})", all[0], all[1], all[2]),
            E::Binary("in", both) => write!(f, "({}) in {}", both[0], both[1]),
            E::Binary(operator, both) => write!(f, "({}) {operator} ({})", both[0], both[1]),
            E::Has(name) => write!(f, "has({name})"),
            E::Size(a, false) => write!(f, "size({a})"),
            E::Size(a, true) => write!(f, "({a}).size()"),
            E::Test(name, both) => write!(f, "({}).{name}({})", both[0], both[1]),
            E::Quantifier(name, both, level) => write!(f, "{}.{name}(x{level}, {})", both[0], both[1]),
        }
    }
}
