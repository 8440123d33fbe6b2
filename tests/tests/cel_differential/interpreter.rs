//! What an expression means, as plainly as it can be said: no indices, no sharing, no laziness, and numbers compared as
//! fractions.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::expression::Expression as E;
use crate::visitor::Visitor;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Unknown,
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(String),
    Timestamp(i64),
    Duration(i64),
    List(Vec<Value>),
}

use Value as V;

/// What an expression without signals is worth.
pub(crate) fn constant(expression: &E) -> Value {
    value(expression, &Visitor::default(), &mut Vec::new())
}

/// What an expression is worth for a visitor; `elements` are what quantifiers bind, the outermost first.
pub(crate) fn value(expression: &E, visitor: &Visitor, elements: &mut Vec<String>) -> Value {
    let mut of = |expression: &E| value(expression, visitor, elements);
    match expression {
        E::Bool(value) => V::Bool(*value),
        E::Int(number) => V::Int(*number),
        E::Double(number) => V::Double(*number),
        E::Text(text) => V::Text((*text).to_owned()),
        E::Timestamp(_, ms) => V::Timestamp(*ms),
        E::Duration(_, ms) => V::Duration(*ms),
        E::Signal(name) => visitor.signal(name),
        E::Element(level) => V::Text(elements[*level].clone()),
        E::List(all) => V::List(all.iter().map(of).collect()),
        E::Not(a) => match of(a) {
            V::Bool(value) => V::Bool(!value),
            _ => V::Unknown,
        },
        E::Negate(a) => match of(a) {
            V::Int(number) => number.checked_neg().map_or(V::Unknown, V::Int),
            V::Double(number) => V::Double(-number),
            _ => V::Unknown,
        },
        E::And(all) => all_of(all.iter().map(of).collect()),
        E::Or(any) => not(all_of(any.iter().map(of).map(not).collect())),
        E::Conditional(all) => match of(&all[0]) {
            V::Bool(true) => of(&all[1]),
            V::Bool(false) => of(&all[2]),
            _ => V::Unknown,
        },
        E::Has(name) => V::Bool(visitor.signal(name) != V::Unknown),
        E::Size(a, _) => match of(a) {
            V::Text(text) => V::Int(text.chars().count() as i64),
            V::List(all) => V::Int(all.len() as i64),
            _ => V::Unknown,
        },
        E::Test(name, both) => match (of(&both[0]), of(&both[1])) {
            (V::Text(text), V::Text(part)) => V::Bool(match *name {
                "startsWith" => text.starts_with(&part),
                "endsWith" => text.ends_with(&part),
                _ => text.contains(&part),
            }),
            _ => V::Unknown,
        },
        E::Quantifier(name, both, _) => {
            let V::List(list) = of(&both[0]) else { return V::Unknown };
            let mut each = Vec::new();
            for element in list {
                let V::Text(text) = element else { return V::Unknown };
                elements.push(text);
                each.push(value(&both[1], visitor, elements));
                elements.pop();
            }
            if *name == "all" { all_of(each) } else { not(all_of(each.into_iter().map(not).collect())) }
        }
        E::Binary("in", both) => match (of(&both[0]), of(&both[1])) {
            (V::Unknown, _) | (_, V::Unknown) => V::Unknown,
            (value, V::List(all)) => {
                V::Bool(all.iter().any(|element| ordering(&value, element) == Some(Ordering::Equal)))
            }
            _ => V::Unknown,
        },
        E::Binary(operator, both) => {
            let (left, right) = (of(&both[0]), of(&both[1]));
            match (*operator, ordering(&left, &right)) {
                ("+" | "-" | "*" | "/" | "%", _) => arithmetic(operator, left, right),
                (_, None) => V::Unknown,
                (operator, Some(ordering)) => V::Bool(match operator {
                    "==" => ordering.is_eq(),
                    "!=" => ordering.is_ne(),
                    "<" => ordering.is_lt(),
                    "<=" => ordering.is_le(),
                    ">" => ordering.is_gt(),
                    _ => ordering.is_ge(),
                }),
            }
        }
    }
}

fn not(value: Value) -> Value {
    match value {
        V::Bool(value) => V::Bool(!value),
        _ => V::Unknown,
    }
}

/// Kleene's strong conjunction.
fn all_of(all: Vec<Value>) -> Value {
    if all.contains(&V::Bool(false)) {
        V::Bool(false)
    } else if all.contains(&V::Unknown) {
        V::Unknown
    } else {
        V::Bool(true)
    }
}

fn fraction(value: &Value) -> Option<BigRational> {
    match value {
        V::Int(number) => Some(BigRational::from_integer(BigInt::from(*number))),
        V::Double(number) => BigRational::from_float(*number),
        _ => None,
    }
}

fn ordering(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (V::Bool(a), V::Bool(b)) => Some(a.cmp(b)),
        (V::Text(a), V::Text(b)) => Some(a.chars().cmp(b.chars())),
        (V::Timestamp(a), V::Timestamp(b)) | (V::Duration(a), V::Duration(b)) => Some(a.cmp(b)),
        _ => Some(fraction(left)?.cmp(&fraction(right)?)),
    }
}

/// Whole numbers without bounds, and then whether the result is within them.
fn arithmetic(operator: &str, left: Value, right: Value) -> Value {
    let whole = |a: i64, b: i64| {
        let (a, b) = (i128::from(a), i128::from(b));
        let result = match operator {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" | "%" if b == 0 => return None,
            "/" => a / b,
            // Of the smallest number by -1 neither is representable on the way.
            _ if a == i128::from(i64::MIN) && b == -1 => return None,
            _ => a % b,
        };
        i64::try_from(result).ok()
    };
    let result = match (left, right) {
        (V::Int(a), V::Int(b)) => whole(a, b).map(V::Int),
        (V::Double(a), V::Double(b)) => {
            let result = match operator {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                _ => a / b,
            };
            result.is_finite().then_some(V::Double(result))
        }
        (V::Text(a), V::Text(b)) => Some(V::Text(a + &b)),
        (V::Timestamp(a), V::Timestamp(b)) | (V::Duration(a), V::Duration(b)) => whole(a, b).map(V::Duration),
        (V::Timestamp(a), V::Duration(b)) | (V::Duration(a), V::Timestamp(b)) => {
            whole(a, b).map(V::Timestamp)
        }
        _ => None,
    };
    result.unwrap_or(V::Unknown)
}
