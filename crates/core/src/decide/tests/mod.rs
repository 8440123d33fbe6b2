//! What the decision promises, on small sites made by hand.

mod consent;
mod experiments;
mod index;
mod law;
