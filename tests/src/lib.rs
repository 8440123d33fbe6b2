//! What the conformance and differential tests share.

pub mod demo;
pub mod material;
pub mod node;
