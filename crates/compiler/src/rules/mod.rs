//! Rule files: at a stage, for a segment, a slot gets content.

mod actions;
mod edits;
mod experiment;
mod preload;
mod read;
mod schedule;
mod texts;

pub(crate) use edits::Parts;
pub(crate) use read::{Draft, Environment, read};
