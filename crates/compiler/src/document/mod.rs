//! TOML documents with every value's place, read with recovery: one slip does not hide the rest of the file.

mod excerpt;
mod parse;
mod raw_text;

pub(crate) use excerpt::{Excerpt, Offsets};
pub(crate) use parse::parse;

use crate::diagnostic::At;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) at: At,
    pub(crate) value: Value,
}

/// A TOML value.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text {
        text: String,
        offsets: Offsets,
    },
    /// `None` beyond 64 bits.
    Integer(Option<i64>),
    /// As written.
    Float(String),
    Boolean(bool),
    Date(toml_datetime::Datetime),
    List(Vec<Item>),
    Table(Vec<Entry>),
}

/// A key, where it stands, and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_at: At,
    pub(crate) item: Item,
}

impl Value {
    /// What TOML calls it, for messages.
    pub(crate) const fn kind_name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "a text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number with a point",
            Self::Boolean(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Item {
    /// The value of `key`, when this is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.item),
            _ => None,
        }
    }
}
