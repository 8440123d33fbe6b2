//! Compares a document with the shape it should have, and reports every difference.

use super::{Field, Keys, Record, Shape};
use crate::diagnostic::{At, Diagnostic, shapes};
use crate::document::{Entry, Item, Value};

/// Reports where `item` is not of `shape`.
pub(crate) fn check(item: &Item, shape: &'static Shape, diagnostics: &mut Vec<Diagnostic>) {
    Checker { diagnostics }.check(item, shape, "");
}

struct Checker<'o> {
    diagnostics: &'o mut Vec<Diagnostic>,
}

impl Checker<'_> {
    fn check(&mut self, item: &Item, shape: &'static Shape, key: &str) {
        if !fits(&item.value, shape) {
            // What could not be read has been reported; what came of it says nothing.
            if self.diagnostics.iter().any(|diagnostic| diagnostic.at.overlaps(item.at)) {
                return;
            }
            self.diagnostics.push(shapes::wrong_type(
                item.at,
                key,
                item.value.kind_name(),
                &shape.describe(),
            ));
            return;
        }
        match (shape, &item.value) {
            (Shape::Name { path }, Value::Text { text, .. }) if !is_name(text, *path) => {
                self.diagnostics.push(shapes::bad_name(item.at, text, *path));
            }
            (Shape::Choice { what, choices }, Value::Text { text, .. }) => {
                self.choose(item.at, what, text, *choices);
            }
            (Shape::Whole { least, most }, Value::Integer(number)) => match number {
                Some(number) if (*least..=*most).contains(number) => {}
                _ => self.diagnostics.push(shapes::out_of_range(item.at, key, *least, *most)),
            },
            (Shape::List(of), Value::List(items)) => items.iter().for_each(|item| self.check(item, of, key)),
            (Shape::Record(record), Value::Table(entries)) => self.check_record(item.at, entries, record),
            (Shape::Map { keys, value }, Value::Table(entries)) => {
                for entry in entries {
                    if let Keys::Choice { what, choices } = keys {
                        self.choose(entry.key_at, what, &entry.key, *choices);
                    }
                    self.check(&entry.item, value, &entry.key);
                }
            }
            (Shape::Either(shapes), value) => {
                if let Some(shape) = shapes.iter().find(|shape| fits(value, shape)) {
                    self.check(item, shape, key);
                }
            }
            _ => {}
        }
    }

    fn choose(&mut self, at: At, what: &'static str, text: &str, choices: fn() -> Vec<&'static str>) {
        let choices = choices();
        if !choices.contains(&text) {
            self.diagnostics.push(shapes::not_a_choice(at, what, text, &choices));
        }
    }

    fn check_record(&mut self, at: At, entries: &[Entry], record: &'static Record) {
        for entry in entries {
            match record.field(&entry.key) {
                Some(field) => self.check(&entry.item, &field.shape, field.name),
                None => {
                    let known = record.fields.iter().map(|field| field.name);
                    self.diagnostics.push(shapes::unknown_key(entry.key_at, record.what, &entry.key, known));
                }
            }
        }
        for Field { name, required, meaning, .. } in record.fields {
            if let Some(example) = required
                && !entries.iter().any(|entry| entry.key == *name)
            {
                self.diagnostics.push(shapes::missing_key(at, record.what, name, meaning, example));
            }
        }
    }
}

/// Whether the kind of value is right; what it says is another question.
fn fits(value: &Value, shape: &Shape) -> bool {
    match (shape, value) {
        (Shape::Text | Shape::Name { .. } | Shape::Choice { .. }, Value::Text { .. })
        | (Shape::Whole { .. }, Value::Integer(_))
        | (Shape::Boolean, Value::Boolean(_))
        | (Shape::False, Value::Boolean(false))
        | (Shape::Decimal, Value::Text { .. } | Value::Integer(Some(_)) | Value::Float(_))
        | (Shape::List(_), Value::List(_))
        | (Shape::Record(_) | Shape::Map { .. }, Value::Table(_)) => true,
        (Shape::Moment, Value::Date(date)) => date.date.is_some(),
        (Shape::Date, Value::Date(date)) => date.date.is_some() && date.time.is_none(),
        (Shape::Either(shapes), value) => shapes.iter().any(|shape| fits(value, shape)),
        _ => false,
    }
}

fn is_name(text: &str, path: bool) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
    };
    text.len() <= 100 && if path { text.split('/').all(is_word) } else { is_word(text) }
}
