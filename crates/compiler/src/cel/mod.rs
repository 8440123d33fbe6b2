//! Conditions in a subset of CEL, the Common Expression Language (<https://github.com/google/cel-spec>).
//!
//! The pipeline, a file each: text → tokens → syntax tree → names resolved, types checked, constants folded →
//! nodes, each distinct one once.

mod calls;
mod constant;
mod fold;
mod intern;
mod lexer;
mod lower;
mod names;
mod operators;
mod parser;
mod quantifiers;
mod scope;
mod string_literal;
mod syntax;
mod token;

pub use calls::OUTSIDE;
#[cfg(test)]
pub(crate) use calls::function_names;
pub(crate) use constant::Constant;
pub(crate) use intern::{Nodes, Texts};
pub use lower::Folding;
pub(crate) use lower::{Lowered, Place, condition, lower, lower_as};
pub(crate) use scope::Scope;
pub(crate) use string_literal::TextProblem;

/// The operators with two operands, as written, besides `&&` and `||`.
#[cfg(test)]
pub(crate) fn binary_operators() -> impl Iterator<Item = &'static str> {
    syntax::Binary::ALL.into_iter().map(syntax::Binary::text)
}
