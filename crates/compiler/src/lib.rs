//! Checks rule sources and compiles them into a bundle.

pub mod cldr;
pub mod zones;
