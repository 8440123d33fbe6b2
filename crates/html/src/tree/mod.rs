//! What the tree construction stage of HTML would feed back to the tokenizer, without building a tree.

mod content;
mod foreign;
mod open_elements;

pub(crate) use content::{Kind, kind_of};
pub(crate) use foreign::{Foreign, Namespace, Opening};
pub(crate) use open_elements::OpenElements;
