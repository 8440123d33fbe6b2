//! The shapes of the TOML files: one description that the reader checks against and the JSON Schemas are made from.

mod check;
mod files;
mod schema;
mod table;

pub(crate) use check::check;
pub(crate) use files::{CASES, JOURNEY, KPIS, PRICES, RULES, SEGMENTS, SITE, TRAFFIC};
pub use schema::schemas;
pub(crate) use table::Table;

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Any text.
    Text,
    /// A name: lower-case letters, digits and single `-`; `/` too where `path` is set.
    Name { path: bool },
    /// One of a closed list of texts.
    Choice { what: &'static str, choices: fn() -> Vec<&'static str> },
    /// A whole number.
    Whole { least: i64, most: i64 },
    /// `true` or `false`.
    Boolean,
    /// `false` alone: takes something away.
    False,
    /// A decimal number, as a text or a number; always read exactly.
    Decimal,
    /// A date, or a date with a time.
    Moment,
    /// A date without a time.
    Date,
    /// A list.
    List(&'static Self),
    /// A table with these keys.
    Record(&'static Record),
    /// A table whose keys are names.
    Map { keys: Keys, value: &'static Self },
    /// The first that the kind of value fits.
    Either(&'static [Self]),
}

/// Which names the keys of a map can be.
#[derive(Debug)]
pub(crate) enum Keys {
    /// Any: what they name, for the schema.
    Any(&'static str),
    /// A closed list.
    Choice { what: &'static str, choices: fn() -> Vec<&'static str> },
}

/// A table with known keys.
#[derive(Debug)]
pub(crate) struct Record {
    /// What the table describes, such as `rule`.
    pub(crate) what: &'static str,
    /// Its keys.
    pub(crate) fields: &'static [Field],
}

/// A key of a record.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// Where it must be there: a line to write.
    pub(crate) required: Option<&'static str>,
    /// What it means.
    pub(crate) meaning: &'static str,
}

impl Record {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Shape {
    /// What it is, for messages: `expected …`.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Name { .. } => "a name".to_owned(),
            Self::Choice { what, .. } => format!("a {what}"),
            Self::Whole { least: i64::MIN, most: i64::MAX } => "a whole number".to_owned(),
            Self::Whole { least, most } => format!("a whole number from {least} to {most}"),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::False => "`false`".to_owned(),
            Self::Decimal => "a decimal number such as `\"4.90\"`".to_owned(),
            Self::Moment => "a date such as `2027-02-01`, without quotes".to_owned(),
            Self::Date => "a date such as `2026-12-25`, without quotes or a time".to_owned(),
            Self::List(of) => format!("a list, each {}", of.describe()),
            Self::Record(record) => format!("a table, the {}", record.what),
            Self::Map { keys: Keys::Any(what) | Keys::Choice { what, .. }, .. } => {
                format!("a table by {what}")
            }
            Self::Either(shapes) => {
                let all: Vec<String> = shapes.iter().map(Self::describe).collect();
                all.join(", or ")
            }
        }
    }
}
