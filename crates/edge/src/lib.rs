//! The edge module: `footlight-core` and `footlight-html`, joined and made callable from JavaScript.
//!
//! Nothing is decided here. Nothing but numbers and bytes crosses the border: a few numbers and the request's facts
//! for a decision, one number for each chunk of a page. Words are the worker's business.
#![cfg_attr(all(target_arch = "wasm32", not(test)), no_std)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]
extern crate alloc;

mod buffers;
mod engine;
mod page;
mod probe;
mod report;
#[cfg(all(target_arch = "wasm32", not(test)))]
mod runtime;
mod summary;
#[cfg(all(test, target_arch = "wasm32"))]
mod test;
mod watcher;

pub use buffers::Buffers;
pub use engine::Engine;
pub use page::Page;
