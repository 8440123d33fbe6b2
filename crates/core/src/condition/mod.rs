//! Compiled conditions: CEL expressions as an acyclic graph in which each distinct expression stands once.

mod display;
mod evaluate;
mod node;

pub use display::display;
pub(crate) use display::{write_double, write_quoted};
pub use evaluate::{Evaluation, Truths};
pub use node::{Arithmetic, Comparison, Literal, MAX_DEPTH, Node, NodeId, Quantifier, Set, TextTest};
