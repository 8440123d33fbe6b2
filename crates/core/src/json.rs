//! Writes JSON, for the edge module: `serde_json` for the same texts takes 15 KB there.

use alloc::string::String;

use crate::write;

/// A JSON text in the making. Values follow each other; what goes between them is put in.
#[derive(Debug, Default)]
pub struct Json {
    out: String,
    /// Whether a value came last, so that another needs a comma.
    after_value: bool,
}

impl Json {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The finished text.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Begins an object, `{`, or an array, `[`.
    pub fn open(&mut self, bracket: char) {
        self.value();
        self.out.push(bracket);
        self.after_value = false;
    }

    /// Ends what was begun last, with `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
        self.after_value = true;
    }

    /// Begins a member of an object, and its array or object.
    pub fn open_member(&mut self, name: &str, bracket: char) {
        self.key(name);
        self.open(bracket);
    }

    /// The name of a member; its value follows.
    pub fn key(&mut self, name: &str) {
        self.text(name);
        self.out.push(':');
        self.after_value = false;
    }

    /// A member whose value is a text.
    pub fn member(&mut self, name: &str, text: &str) {
        self.key(name);
        self.text(text);
    }

    /// A member whose value is a text or nothing.
    pub fn optional(&mut self, name: &str, text: Option<&str>) {
        self.key(name);
        match text {
            Some(text) => self.text(text),
            None => self.literal("null"),
        }
    }

    /// `true`, `false`, `null`.
    pub fn literal(&mut self, literal: &str) {
        self.value();
        self.out.push_str(literal);
    }

    /// A whole number.
    pub fn number(&mut self, number: i64) {
        self.value();
        write::int(number, &mut self.out);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.value();
        self.out.push('"');
        for character in text.chars() {
            let escaped = match character {
                '"' | '\\' => character,
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\0'..' ' => {
                    self.out.push_str("\\u00");
                    write::hex(&[character as u8], &mut self.out);
                    continue;
                }
                _ => {
                    self.out.push(character);
                    continue;
                }
            };
            self.out.push('\\');
            self.out.push(escaped);
        }
        self.out.push('"');
    }

    fn value(&mut self) {
        if self.after_value {
            self.out.push(',');
        }
        self.after_value = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_serde_json_escapes_them() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("😀\u{2028}".chars()).collect();
        let mut json = Json::new();
        json.text(&every);
        assert_eq!(json.finish(), serde_json::to_string(&every).unwrap());
    }

    #[test]
    fn commas_stand_between_values_only() {
        let mut json = Json::new();
        json.open('{');
        json.open_member("a", '[');
        json.number(-1);
        json.text("b");
        json.open('{');
        json.close('}');
        json.close(']');
        json.optional("c", None);
        json.member("d", "e");
        json.close('}');
        assert_eq!(json.finish(), r#"{"a":[-1,"b",{}],"c":null,"d":"e"}"#);
    }
}
