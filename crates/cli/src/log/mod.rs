//! Request logs: from files of any kind to requests in their order, on all cores, in bounded memory.
//!
//! One thread reads, unpacks and cuts into blocks of whole lines; parsers turn lines into requests and file each under
//! its visitor; every visitor belongs to one evaluator, which takes blocks in the log's order. What cannot be read is
//! counted and never stops anything.

mod arguments;
mod batch;
mod blocks;
mod combined;
mod consent;
mod detect;
mod error;
mod fields;
mod json;
mod logpush;
mod moment;
mod ndjson;
mod open;
mod parser;
mod progress;
mod remembered;
mod replay;
mod tally;
mod visitor;

pub(crate) use arguments::LogArguments;
pub(crate) use batch::{Entry, Layout};
pub(crate) use consent::Consent;
pub(crate) use error::{Fault, LogError};
pub(crate) use fields::Skipped;
pub(crate) use remembered::Remembered;
pub(crate) use replay::{Evaluate, Run, Site, run};
pub(crate) use visitor::Identity;
