//! JSON values of a log's fields: texts that are borrowed where they can be, and whatever else can be one.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A text, or a number or truth value that stands for one. Nothing and `null` are the empty text.
#[derive(Debug, Default)]
pub(super) struct Text<'j>(pub(super) Cow<'j, str>);

struct TextVisitor;

impl<'j> Visitor<'j> for TextVisitor {
    type Value = Text<'j>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'j str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Text(Cow::Borrowed(if value { "1" } else { "" })))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Text::default())
    }
}

impl<'de: 'j, 'j> Deserialize<'de> for Text<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A table of texts; of a list of values the first counts. Anything else than a table is an empty one, or one text.
#[derive(Debug, Default)]
pub(super) struct Texts<'j> {
    pub(super) entries: Vec<(Cow<'j, str>, Cow<'j, str>)>,
    /// The whole, where it is a text itself.
    pub(super) whole: Cow<'j, str>,
}

struct TextsVisitor;

impl<'j> Visitor<'j> for TextsVisitor {
    type Value = Texts<'j>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of texts, or a text")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Text<'j>>()? {
            let value: FirstText<'j> = map.next_value()?;
            entries.push((key.0, value.0));
        }
        Ok(Texts { entries, ..Texts::default() })
    }

    fn visit_borrowed_str<E: Error>(self, text: &'j str) -> Result<Self::Value, E> {
        Ok(Texts { whole: Cow::Borrowed(text), ..Texts::default() })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Texts { whole: Cow::Owned(text.to_owned()), ..Texts::default() })
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Texts::default())
    }
}

impl<'de: 'j, 'j> Deserialize<'de> for Texts<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

/// A text, or the first of a list.
struct FirstText<'j>(Cow<'j, str>);

struct FirstTextVisitor;

impl<'j> Visitor<'j> for FirstTextVisitor {
    type Value = FirstText<'j>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or a list of texts")
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let first = list.next_element::<Text<'j>>()?.unwrap_or_default();
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(FirstText(first.0))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'j str) -> Result<Self::Value, E> {
        TextVisitor.visit_borrowed_str(text).map(|text| FirstText(text.0))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        TextVisitor.visit_str(text).map(|text| FirstText(text.0))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        TextVisitor.visit_bool(value).map(|text| FirstText(text.0))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        TextVisitor.visit_i64(number).map(|text| FirstText(text.0))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        TextVisitor.visit_u64(number).map(|text| FirstText(text.0))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        TextVisitor.visit_f64(number).map(|text| FirstText(text.0))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(FirstText(Cow::Borrowed("")))
    }
}

impl<'de: 'j, 'j> Deserialize<'de> for FirstText<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FirstTextVisitor)
    }
}

impl<'j> Texts<'j> {
    /// The table as a `Cookie` header, or the header itself.
    pub(super) fn into_cookie_header(self) -> Cow<'j, str> {
        if self.entries.is_empty() {
            return self.whole;
        }
        let mut header = String::new();
        for (name, value) in &self.entries {
            if !header.is_empty() {
                header.push_str("; ");
            }
            header.push_str(name);
            header.push('=');
            // A value is as it was sent; only what would end it here was not.
            value.chars().for_each(|letter| match letter {
                ';' => header.push_str("%3B"),
                letter => header.push(letter),
            });
        }
        Cow::Owned(header)
    }
}
