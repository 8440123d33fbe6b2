//! The decision: stage, segments, rules by slot, edits, with the reasons.

mod answer;
mod budget;
mod cache;
mod decision;
mod demands;
mod engine;
mod index;
mod outcome;
mod pass;
mod preview;
mod render;
#[cfg(feature = "replay")]
mod replay;
#[cfg(test)]
mod tests;
mod trace;
mod visitor;

pub use answer::{Stranger, answer, recognize};
pub use cache::CachePolicy;
pub use decision::{Change, Decision, DefaultReason, SlotEdit, Winner};
pub use engine::{Context, Engine, Scratch};
pub use outcome::Outcome;
pub use preview::Preview;
pub use render::price;
#[cfg(feature = "replay")]
pub use replay::{Arrival, Fared, Replay, Replayed};
pub use visitor::COOKIE_ATTRIBUTES;
