//! Checks rule sources and compiles them into a bundle.
//!
//! It knows no file system: [`Sources`] are in memory, so that it runs in a browser too. Everything that is wrong is
//! reported in one run, as [`Diagnostic`]s that say what, where, why it matters and what to write instead.

mod analysis;
mod calendar;
pub mod cases;
mod cel;
pub mod cldr;
mod compile;
mod contents;
pub mod diagnostic;
mod document;
pub mod examples;
pub mod expression;
pub mod file;
pub mod governance;
pub mod journey;
pub mod language;
mod previous;
mod program;
mod reads;
mod rules;
mod segments;
mod shape;
mod sharing;
mod site;
mod sources;
mod template;
pub mod traffic;
pub mod zones;

pub use compile::{Compilation, Options, compile, compile_after};
pub use diagnostic::{At, Diagnostic, Label, Severity};
pub use shape::schemas;
pub use sources::{FileId, Sources};
