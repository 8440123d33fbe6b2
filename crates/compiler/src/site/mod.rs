//! `site.toml`: the shop as a whole.

mod amounts;
mod consent;
pub(crate) mod countries;
mod holdouts;
mod markets;
mod names;
mod origins;
mod read;
mod routes;
mod shipping;
mod slots;
mod sourceless;

pub(crate) use amounts::decimal_text;
pub(crate) use read::{Claim, DeclaredSite, read};
pub(crate) use slots::{DeclaredSlot, as_set};
