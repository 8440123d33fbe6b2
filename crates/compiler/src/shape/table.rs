//! Reading a checked table: what is missing or of the wrong shape has been reported and reads as absent.

use super::{Record, Shape};
use crate::diagnostic::At;
use crate::document::{Entry, Excerpt, Item, Value};

/// A table of a known record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'d> {
    item: &'d Item,
    record: &'static Record,
}

impl<'d> Table<'d> {
    pub(crate) const fn new(item: &'d Item, record: &'static Record) -> Self {
        Self { item, record }
    }

    /// Where the table, or its header, stands.
    pub(crate) const fn at(&self) -> At {
        self.item.at
    }

    /// The value of `key`.
    pub(crate) fn item(&self, key: &str) -> Option<&'d Item> {
        // INVARIANT: what is read is described, so that schema and reader cannot drift apart.
        debug_assert!(
            self.record.field(key).is_some(),
            "`{key}` is not in the shape of a {}",
            self.record.what
        );
        self.item.get(key)
    }

    /// Where the key itself stands.
    pub(crate) fn key_at(&self, key: &str) -> At {
        match &self.item.value {
            Value::Table(entries) => {
                entries.iter().find(|entry| entry.key == key).map_or(self.item.at, |entry| entry.key_at)
            }
            _ => self.item.at,
        }
    }

    pub(crate) fn text(&self, key: &str) -> Option<Excerpt<'d>> {
        self.item(key).and_then(Item::excerpt)
    }

    pub(crate) fn whole(&self, key: &str) -> Option<i64> {
        match self.item(key)?.value {
            Value::Integer(number) => number,
            _ => None,
        }
    }

    pub(crate) fn boolean(&self, key: &str) -> Option<bool> {
        match self.item(key)?.value {
            Value::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The elements of a list; a single value that could be a list is a list of one.
    pub(crate) fn list(&self, key: &str) -> &'d [Item] {
        self.item(key).map_or(&[], Item::list)
    }

    pub(crate) fn entries(&self, key: &str) -> &'d [Entry] {
        self.item(key).map_or(&[], Item::entries)
    }

    /// The table at `key`.
    pub(crate) fn table(&self, key: &str) -> Option<Self> {
        let item = self.item(key)?;
        let record = record_in(&self.record.field(key)?.shape)?;
        matches!(item.value, Value::Table(_)).then_some(Self { item, record })
    }

    /// The tables of a list at `key`.
    pub(crate) fn tables(&self, key: &str) -> impl Iterator<Item = Self> + use<'d> {
        let record = self.record.field(key).and_then(|field| record_in(&field.shape));
        let items = match self.item(key) {
            Some(Item { value: Value::List(items), .. }) => items.as_slice(),
            _ => &[],
        };
        items.iter().filter_map(move |item| {
            let record = record?;
            matches!(item.value, Value::Table(_)).then_some(Self { item, record })
        })
    }

    /// The tables of a map at `key`, with their names.
    pub(crate) fn named_tables(&self, key: &str) -> impl Iterator<Item = (&'d Entry, Self)> + use<'d> {
        let record = self.record.field(key).and_then(|field| record_in(&field.shape));
        self.entries(key).iter().filter_map(move |entry| {
            let record = record?;
            matches!(entry.item.value, Value::Table(_)).then_some((entry, Self { item: &entry.item, record }))
        })
    }
}

impl Item {
    /// The text, when this is one.
    pub(crate) fn excerpt(&self) -> Option<Excerpt<'_>> {
        match &self.value {
            Value::Text { text, offsets } => Some(Excerpt::new(text, offsets, self.at)),
            _ => None,
        }
    }

    /// The elements of a list; a single value is a list of one.
    pub(crate) fn list(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries, when this is a table.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }
}

/// The record that a shape holds at its end.
fn record_in(shape: &'static Shape) -> Option<&'static Record> {
    match shape {
        Shape::Record(record) => Some(record),
        Shape::List(of) => record_in(of),
        Shape::Map { value, .. } => record_in(value),
        Shape::Either(shapes) => shapes.iter().find_map(record_in),
        _ => None,
    }
}
