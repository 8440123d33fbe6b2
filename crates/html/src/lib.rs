//! A streaming HTML rewriter for named places in a page.
//!
//! The page goes in by chunks of any size, and comes out with the elements that selectors match edited: content set,
//! put around or removed, attributes changed. What is not edited comes out byte for byte. No more is held back than a
//! tag that is not complete, no tree is built, and once no edit can occur any more, the rewriter says so
//! ([`Rewriter::is_finished`]).
//!
//! See [`Rewriter`] for an example. Whatever the input, nothing panics, memory stays bounded and time linear; where
//! something cannot be handled, the page passes through unchanged ([`Rewriter::status`]).
//!
//! # What an element is
//!
//! Tags are told from text as the [HTML standard] does, in scripts, comments, SVG and all. The elements are those that
//! the tags say: an end tag closes the innermost open element of its name and all inside it. End tags that authors may
//! omit are not made up: `<li>` without `</li>` lasts until its list ends. An element whose parent ends first ends
//! with it; one that is never closed ends with the page. Elements deeper than 1,024 levels match nothing.
//!
//! Attribute values are compared and given to handlers with their character references resolved: all numeric ones,
//! and the named ones that are common in prices and URLs; others stay as written.
//!
//! [HTML standard]: https://html.spec.whatwg.org/multipage/parsing.html
#![no_std]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]
extern crate alloc;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod block;
mod bytes;
mod editor;
mod edits;
mod element;
mod encoding;
mod handler;
mod name;
mod reference;
mod rewriter;
mod selector;
pub mod tokenizer;
mod tree;

pub use edits::Edits;
pub use element::Element;
pub use encoding::Encoding;
pub use handler::{Edit, Handler, Output};
pub use rewriter::{Plan, Rewriter, Status};
pub use selector::{Occurrence, Selector, SelectorError, SelectorErrorKind, Selectors, SelectorsBuilder};
