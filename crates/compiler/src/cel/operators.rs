//! Operators with two operands.

use std::ops::Range;

use footlight_core::condition::{Arithmetic, Comparison, Node};
use footlight_core::value::Type;

use super::lower::{Lowered, Lowering};
use super::syntax::{Binary, Expression};
use super::{Constant, fold, intern};
use crate::diagnostic::conditions;

impl Lowering<'_, '_> {
    pub(super) fn binary(
        &mut self,
        operator: Binary,
        operator_span: &Range<usize>,
        left: &Expression,
        right: &Expression,
    ) -> Option<Lowered> {
        // Both sides are looked at before either fails, so that both are reported.
        let (left_lowered, right_lowered) = (self.lower(left), self.lower(right));
        let operands = Operands {
            operator,
            operator_span,
            left: left_lowered?,
            left_span: &left.span,
            right: right_lowered?,
            right_span: &right.span,
        };
        match operator {
            Binary::In => self.membership(operands),
            Binary::Equal => self.comparison(Comparison::Equal, operands),
            Binary::NotEqual => self.comparison(Comparison::NotEqual, operands),
            Binary::Less => self.comparison(Comparison::Less, operands),
            Binary::LessOrEqual => self.comparison(Comparison::LessOrEqual, operands),
            Binary::Greater => self.comparison(Comparison::Greater, operands),
            Binary::GreaterOrEqual => self.comparison(Comparison::GreaterOrEqual, operands),
            Binary::Add => self.arithmetic(Arithmetic::Add, operands),
            Binary::Subtract => self.arithmetic(Arithmetic::Subtract, operands),
            Binary::Multiply => self.arithmetic(Arithmetic::Multiply, operands),
            Binary::Divide => self.arithmetic(Arithmetic::Divide, operands),
            Binary::Remainder => self.arithmetic(Arithmetic::Remainder, operands),
        }
    }

    fn mismatch(&mut self, operands: &Operands<'_>) -> Option<Lowered> {
        let left = (self.at(operands.left_span), operands.left.kind_name());
        let right = (self.at(operands.right_span), operands.right.kind_name());
        let at = self.at(operands.operator_span);
        self.report(conditions::operands(at, operands.operator.text(), left, right))
    }

    fn comparison(&mut self, operator: Comparison, operands: Operands<'_>) -> Option<Lowered> {
        let is_equality = matches!(operator, Comparison::Equal | Comparison::NotEqual);
        let comparable = match (operands.left.kind(), operands.right.kind()) {
            (Some(Type::Int | Type::Double), Some(Type::Int | Type::Double)) => true,
            (Some(Type::TextList), Some(Type::TextList)) => is_equality,
            (Some(left), Some(right)) => left == right,
            // Lists of other things are constants, and compare only with each other.
            (None, None | Some(Type::TextList)) | (Some(Type::TextList), None) => is_equality,
            _ => false,
        };
        if !comparable {
            return self.mismatch(&operands);
        }
        if let (Lowered::Constant(left), Lowered::Constant(right)) = (&operands.left, &operands.right) {
            return Some(Lowered::Constant(Constant::Bool(fold::compare(operator, left, right))));
        }
        if is_equality {
            self.check_values(&operands.left, std::slice::from_ref(&operands.right), operands.right_span);
            self.check_values(&operands.right, std::slice::from_ref(&operands.left), operands.left_span);
        }
        let left = self.as_node(operands.left, operands.left_span)?;
        let right = self.as_node(operands.right, operands.right_span)?;
        self.node(Node::Compare { operator, left, right }, Type::Bool)
    }

    fn membership(&mut self, operands: Operands<'_>) -> Option<Lowered> {
        match (&operands.left, &operands.right) {
            (Lowered::Constant(value), Lowered::Constant(Constant::List(elements))) => {
                let is_in = elements.iter().any(|element| element.equals(value));
                Some(Lowered::Constant(Constant::Bool(is_in)))
            }
            (Lowered::Node { id, kind }, Lowered::Constant(Constant::List(elements))) => {
                let fits = |element: &Constant| match (*kind, element.kind()) {
                    (Type::Int | Type::Double, Some(Type::Int | Type::Double)) => true,
                    (kind, element) => element == Some(kind),
                };
                if *kind == Type::TextList || !elements.iter().all(fits) {
                    return self.mismatch(&operands);
                }
                let constants: Vec<Lowered> = elements.iter().cloned().map(Lowered::Constant).collect();
                self.check_values(&operands.left, &constants, operands.right_span);
                let set = intern::set(elements, *kind, self.texts)?;
                self.node(Node::OneOf { value: *id, set }, Type::Bool)
            }
            (value, Lowered::Node { id: list, kind: Type::TextList }) if value.kind() == Some(Type::Text) => {
                let list = *list;
                let value = self.as_node(operands.left, operands.left_span)?;
                self.node(Node::In { value, list }, Type::Bool)
            }
            _ => self.mismatch(&operands),
        }
    }

    fn arithmetic(&mut self, operator: Arithmetic, operands: Operands<'_>) -> Option<Lowered> {
        let (Some(left), Some(right)) = (operands.left.kind(), operands.right.kind()) else {
            return self.mismatch(&operands);
        };
        let Some(kind) = result_type(operator, left, right) else { return self.mismatch(&operands) };
        if let (Lowered::Constant(left), Lowered::Constant(right)) = (&operands.left, &operands.right) {
            let span = operands.left_span.start..operands.right_span.end;
            return match fold::arithmetic(operator, left, right) {
                Ok(constant) => Some(Lowered::Constant(constant)),
                Err(fault) => {
                    let at = self.at(&span);
                    self.report(match fault {
                        fold::Fault::Overflow => conditions::overflow(at),
                        fold::Fault::DivisionByZero => conditions::division_by_zero(at),
                        fold::Fault::NotANumber => conditions::not_a_number(at),
                    })
                }
            };
        }
        let divides = matches!(operator, Arithmetic::Divide | Arithmetic::Remainder);
        let is_zero = |zero| operands.right == Lowered::Constant(zero);
        if divides && (is_zero(Constant::Int(0)) || is_zero(Constant::Double(0.0))) {
            let at = self.at(operands.right_span);
            return self.report(conditions::division_by_zero(at));
        }
        let left = self.as_node(operands.left, operands.left_span)?;
        let right = self.as_node(operands.right, operands.right_span)?;
        self.node(Node::Arithmetic { operator, left, right }, kind)
    }
}

/// Two operands and where they stand.
struct Operands<'e> {
    operator: Binary,
    operator_span: &'e Range<usize>,
    left: Lowered,
    left_span: &'e Range<usize>,
    right: Lowered,
    right_span: &'e Range<usize>,
}

/// CEL's overloads of the arithmetic operators.
fn result_type(operator: Arithmetic, left: Type, right: Type) -> Option<Type> {
    use Arithmetic::{Add, Divide, Multiply, Remainder, Subtract};
    use Type::{Double, Duration, Int, Text, Timestamp};
    Some(match (operator, left, right) {
        (_, Int, Int) => Int,
        (Add | Subtract | Multiply | Divide, Double, Double) => Double,
        (Add, Text, Text) => Text,
        (Add, Timestamp, Duration) | (Add, Duration, Timestamp) | (Subtract, Timestamp, Duration) => {
            Timestamp
        }
        (Subtract, Timestamp, Timestamp) | (Add | Subtract, Duration, Duration) => Duration,
        (Remainder | Multiply | Divide | Add | Subtract, _, _) => return None,
    })
}
