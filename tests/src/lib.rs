//! What the conformance and differential tests share.

pub mod material;
pub mod node;
