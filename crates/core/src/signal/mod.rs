//! Signals: typed facts about the request and the visitor, read lazily; what no rule reads costs nothing.

mod answer;
pub mod catalogue;
mod consent;
mod custom;
mod device;
mod geo;
mod language;
mod market;
mod name;
mod network;
mod page;
mod reader;
mod shipping;
mod time;
mod traffic;
mod url;
mod visitor;

pub use catalogue::{Cardinality, Entry, NamedFamily, Plain, Signal, SiteCount, Source};
pub use name::{cardinality, purpose, source, write_name};
pub use reader::Signals;
