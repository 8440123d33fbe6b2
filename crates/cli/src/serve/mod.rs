//! A local preview: a shop's pages, personalized by rules that are being written.
//!
//! A request goes from [`server`] to [`shop`], which asks the [`origin`], lets a [`visit`] decide and sends the page through
//! a [`passage`]. The [`rules`] are compiled again whenever a file is saved, and [`events`] tell the pages; the [`panel`] in
//! them shows what was decided, and why. What the worker does with a page at the edge is done here too, in files of the
//! same names as in `crates/edge/npm/src`, and tests hold both to the same bytes.

mod beginning;
mod body;
mod decoding;
mod eligible;
mod endpoints;
mod events;
mod facts;
mod log;
mod origin;
mod panel;
mod passage;
mod place;
mod policy;
mod pretence;
mod preview;
mod refusal;
mod response_headers;
mod rules;
mod server;
mod shop;
mod single;
mod visit;

use std::net::IpAddr;

use footlight_core::profile::Keys;

pub(crate) use place::Place;
pub(crate) use single::fetch;

use crate::arguments::{Format, Rules};
use crate::failure::Failure;
use crate::output::Outcome;

/// What the command line says.
pub(crate) struct Settings<'a> {
    /// A URL or a folder.
    pub(crate) origin: &'a str,
    pub(crate) rules: Rules,
    pub(crate) listen: IpAddr,
    pub(crate) port: u16,
    /// Where visitors come from.
    pub(crate) place: Place,
    pub(crate) keys: Keys,
    pub(crate) format: Format,
}

/// Serves until Ctrl-C.
pub(crate) fn run(settings: Settings<'_>) -> Result<Outcome, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::Serve { error })?;
    let outcome = runtime.block_on(server::run(settings));
    // Whoever is still reading a page, or waits for the next change, need not be waited for.
    runtime.shutdown_background();
    outcome
}
