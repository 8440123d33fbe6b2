//! Cookies as browsers send them.
//!
//! - `cookies`: the `Cookie` header, read pair by pair.

mod cookies;

pub use cookies::{Cookie, Cookies};
