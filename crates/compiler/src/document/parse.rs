//! From TOML text to items.

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::{Entry, Item, Value, raw_text};
use crate::diagnostic::{At, Diagnostic, syntax};
use crate::sources::FileId;

/// Reads `text`; what cannot be read is reported and left out.
pub(crate) fn parse(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Item {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        diagnostics.push(syntax::toml(At::new(file, span), error.message()));
    }
    let reader = Reader { file, text };
    let span = table.span();
    Item { at: At::new(file, span), value: reader.table(table.into_inner()) }
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
}

impl Reader<'_> {
    fn table(&self, table: DeTable<'_>) -> Value {
        let entry = |(key, value): (Spanned<std::borrow::Cow<'_, str>>, Spanned<DeValue<'_>>)| Entry {
            key_at: At::new(self.file, key.span()),
            key: key.into_inner().into_owned(),
            item: self.item(value),
        };
        Value::Table(table.into_iter().map(entry).collect())
    }

    fn item(&self, value: Spanned<DeValue<'_>>) -> Item {
        let span = value.span();
        let value = match value.into_inner() {
            DeValue::String(text) => {
                let raw = self.text.get(span.clone()).unwrap_or("");
                let offsets = raw_text::offsets(raw, &text, span.start);
                Value::Text { text: text.into_owned(), offsets }
            }
            DeValue::Integer(integer) => Value::Integer(to_i64(&integer)),
            DeValue::Float(float) => Value::Float(float.as_str().to_owned()),
            DeValue::Boolean(value) => Value::Boolean(value),
            DeValue::Datetime(date) => Value::Date(date),
            DeValue::Array(list) => Value::List(list.into_iter().map(|item| self.item(item)).collect()),
            DeValue::Table(table) => self.table(table),
        };
        Item { at: At::new(self.file, span), value }
    }
}

fn to_i64(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Sources;

    fn parsed(text: &str) -> (Item, Vec<Diagnostic>) {
        let mut sources = Sources::new();
        sources.add("a.toml", text);
        let mut diagnostics = Vec::new();
        let item = parse(sources.find("a.toml").unwrap(), text, &mut diagnostics);
        (item, diagnostics)
    }

    #[test]
    fn a_slip_does_not_hide_what_follows() {
        let (item, diagnostics) = parsed("a = 'one\nb = 2\nc = [1, 2]]\n[d]\ne = 3\n");
        assert!(diagnostics.len() >= 2, "{diagnostics:?}");
        assert!(item.get("b").is_some());
        assert!(item.get("d").and_then(|d| d.get("e")).is_some());
    }

    #[test]
    fn values_know_where_they_stand() {
        let text = "a = 'x'\n[[rule]]\nid = \"y\"\nwhen = 12\n";
        let (item, diagnostics) = parsed(text);
        assert_eq!(diagnostics, []);
        let Some(Item { value: Value::List(rules), .. }) = item.get("rule") else { panic!("a list") };
        assert_eq!(&text[rules[0].get("id").unwrap().at.span()], "\"y\"");
        assert_eq!(&text[rules[0].get("when").unwrap().at.span()], "12");
        assert_eq!(&text[rules[0].at.span()], "[[rule]]");
    }
}
