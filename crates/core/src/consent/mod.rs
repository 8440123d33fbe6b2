//! Consent: what the visitor allows the shop to do.
//!
//! - `purpose`: the purposes and sets of them.
//! - `source`: the site's consent cookie, and the purposes it grants.
//! - `words`: consent cookies of plain words and of `key:value` flags.
//! - [`tcf`]: IAB Transparency and Consent Framework v2 strings.
//! - `bits`: the base64url bit fields that both are made of.

mod bits;
mod purpose;
mod source;
pub mod tcf;
mod words;

pub use purpose::{Purpose, Purposes};
pub use source::{ConsentFormat, ConsentSource, TcfMapping, purposes};
