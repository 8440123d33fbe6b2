//! Releases: which bundle is live at a target, since when, by whom and why. `RELEASES.md` has the format.
//!
//! From small to large: a [`document`] in its signed [`envelope`]; the [`target`] that keeps documents and bundles; the
//! [`course`] that releases took; the [`order`] that a new one has to keep; and [`publish`], which makes it live.

mod audit;
pub(crate) mod author;
pub(crate) mod course;
pub(crate) mod document;
mod envelope;
pub(crate) mod error;
pub(crate) mod keys;
pub(crate) mod order;
pub(crate) mod publish;
pub(crate) mod step;
pub(crate) mod target;
pub(crate) mod when;

pub(crate) use error::ReleaseError;
pub(crate) use target::live_bundle;
