//! Governance: which rules there are, why, who answers for them, and what of that is overdue.

mod html;
mod maturity;
mod record;
mod text;

pub(crate) use html::page;
pub(crate) use maturity::{Answered, maturity};
pub(crate) use record::{Evidence, Record, Share, records};
pub(crate) use text::print;

use serde::Serialize;

/// The whole.
#[derive(Debug, Serialize)]
pub(crate) struct Audit {
    pub(crate) site: String,
    /// The day of the audit.
    pub(crate) on: String,
    /// Where the shares of traffic are from; none when nothing was replayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) traffic: Option<String>,
    pub(crate) maturity: Vec<Answered>,
    /// What needs somebody first.
    pub(crate) rules: Vec<Record>,
}
