//! Signals, rules and decisions of edge personalization.
//!
//! Everything here is a pure function of its arguments: no I/O, no clock, no randomness, no JavaScript.
#![no_std]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]
extern crate alloc;

mod ascii;
mod base64url;
pub mod bundle;
pub mod condition;
pub mod consent;
pub mod cookie;
pub mod decide;
pub mod device;
pub mod experiment;
pub mod fact;
pub mod hash;
mod kept;
pub mod language;
pub mod money;
pub mod notes;
pub mod profile;
pub mod report;
pub mod request;
#[cfg(test)]
mod sample;
pub mod shipping;
pub mod signal;
pub mod stage;
pub mod template;
pub mod texts;
pub mod time;
pub mod traffic;
pub mod url;
pub mod value;
pub mod wire;
mod write;
